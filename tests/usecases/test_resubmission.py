"""Resubmission: a later book of the same sheets replaces, a copy is told, anything else is an error."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.usecases.edit import set_cell
from tests.usecases.resaved import save_at
from tests.usecases.year import make_year
from yosan_xl.usecases.consolidate import Consolidated, consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.resubmission import BookFile, settled

OCTOBER, LATER = "2019-10-01T01:00:00Z", "2019-10-02T01:00:00Z"
MENDED = 383_511 - 2_769 + 2_000


@pytest.fixture
def year(tmp_path: Path) -> Path:
    made = make_year(tmp_path / "R2")
    fill(made / "requests.json", made / "提出")
    return made


def _again(year: Path, first: str, second: str) -> Consolidated:
    """Hand in 区長室's book saved at `first`, and one with 2,000 for 2,769 saved at `second`."""
    old = year / "提出/0602_区長室.xlsx"
    new = year / "提出/0602_あとから.xlsx"
    shutil.copyfile(old, new)
    set_cell(new, "yx_lines1_requested", 0, 2_000)
    save_at(new, second)
    save_at(old, first)
    return consolidate([year], year)


def _codes(done: Consolidated) -> list[tuple[str, str]]:
    return [(f.code, f.place.file) for f in done.findings if not f.code.startswith("YX04")]


def test_yx096__hits_the_book_that_a_later_one_replaces(year: Path) -> None:
    done = _again(year, OCTOBER, LATER)
    assert _codes(done) == [("YX096", "0602_区長室.xlsx")]
    assert done.counted == 9
    (told,) = (f for f in done.findings if f.code == "YX096")
    assert "（保存 2019-10-01 10:00）は、同じ所管課の新しい「0602_あとから.xlsx」" in told.fact


def test_yx096__hits_by_the_time_within_the_book_and_not_by_its_name(year: Path) -> None:
    done = _again(year, LATER, OCTOBER)
    assert _codes(done) == [("YX096", "0602_あとから.xlsx")]
    assert done.requested == 383_511


@pytest.mark.parametrize(
    ("first", "second"), [(OCTOBER, OCTOBER), (OCTOBER, ""), ("", LATER), ("昨日", "今日")]
)
def test_yx096__does_not_hit_where_the_later_one_is_not_certain(
    first: str, second: str, year: Path
) -> None:
    done = _again(year, first, second)
    found = [code for code, _ in _codes(done)]
    assert "YX096" not in found
    assert found.count("YX502") == found.count("YX065") == 1
    assert done.counted == 9


def test_yx097__hits_a_copy_under_another_name(year: Path) -> None:
    book = year / "提出/0602_区長室.xlsx"
    shutil.copyfile(book, year / "提出/0602_区長室(1).xlsx")
    done = consolidate([year], year)
    assert _codes(done) == [("YX097", "0602_区長室.xlsx")]
    assert (done.files, done.counted, done.requested, done.intake.untouched) == (7, 9, 383_511, 21)


def test_yx097__does_not_hit_two_strangers(year: Path) -> None:
    for name in ("一.txt", "二.txt"):
        (year / "提出" / name).write_text("覚え書き", encoding="utf-8")
    found = [code for code, _ in _codes(consolidate([year], year))]
    assert "YX097" not in found
    assert len(found) == 2


def _book(name: str, requests: str, modified: str | None, unit: str = "0602") -> BookFile:
    return BookFile(name, name, unit, modified, tuple(requests), is_read=True)


def _settled(*files: BookFile) -> tuple[dict[str, str], list[str]]:
    replaced, findings = settled(files)
    return dict(replaced), [f"{f.code} {f.place.file}" for f in findings]


def test_yx098__hits_two_books_that_share_no_request() -> None:
    files = _book("一", "1", OCTOBER), _book("二", "2", LATER)
    assert _settled(*files) == ({}, ["YX098 二"])


@pytest.mark.parametrize(
    "files",
    [
        (_book("一", "1", OCTOBER), _book("二", "2", LATER, "0601")),
        (_book("一", "12", OCTOBER), _book("二", "13", LATER)),
        (_book("一", "12", OCTOBER), _book("二", "1", LATER)),
        (_book("一", "1", OCTOBER), _book("二", "", LATER)),
        (_book("一", "", None), _book("二", "1", LATER)),
    ],
    ids=["other unit", "overlap", "fewer", "blank later", "blank without a time"],
)
def test_yx098__does_not_hit(files: tuple[BookFile, ...]) -> None:
    assert _settled(*files) == ({}, [])


def test_settled__a_later_book_with_more_replaces_all_before_it() -> None:
    files = (
        _book("一", "1", "2019-10-01T00:00:00Z"),
        _book("二", "12", "2019-10-01T10:00:00+09:00"),
        _book("三", "123", LATER),
    )
    assert _settled(*files) == ({"一": "三", "二": "三"}, ["YX096 一", "YX096 二"])


def test_settled__a_copy_of_a_replaced_book_is_both_told() -> None:
    old = _book("一", "1", OCTOBER)
    copy = BookFile("一 (1)", old.sha256, "0602", OCTOBER, ("1",), is_read=True)
    replaced, told = _settled(old, copy, _book("二", "1", LATER))
    assert replaced == {"一 (1)": "一", "一": "二"}
    assert told == ["YX097 一 (1)", "YX096 一"]


_FILES = st.builds(
    BookFile,
    name=st.uuids().map(str),
    sha256=st.sampled_from("abcdefgh"),
    department=st.sampled_from(["0601", "0602", None]),
    modified=st.sampled_from([None, "昨日", OCTOBER, LATER, "2019-10-02T10:00:00+09:00"]),
    requests=st.lists(st.sampled_from("1234"), unique=True).map(tuple),
    is_read=st.booleans(),
    is_json=st.booleans(),
)


_ALIKE = st.lists(_FILES, max_size=8, unique_by=(lambda file: file.name, lambda file: file.sha256))


@given(_ALIKE, st.integers(0, 7))
def test_settled__no_request_is_lost_and_no_two_replace_one_another(
    files: list[BookFile], copied: int
) -> None:
    if files:
        files = [*files, replace(files[copied % len(files)], name="コピー")]
    replaced, _ = settled(files)
    by_name = {file.name: file for file in files}
    for name in replaced:
        last = name
        for _ in files:
            last = replaced.get(last, last)
        assert last not in replaced
        assert set(by_name[name].requests) <= set(by_name[last].requests)
        assert by_name[name].department == by_name[last].department
