"""Resubmission: a later book of the same sheets replaces, a copy is told, anything else is an error."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.excel.reading.edit import Editor
from tests.usecases.edit import cell_of, set_cell
from tests.usecases.resaved import save_at
from tests.usecases.year import EXAMPLE, hand_in_filled, make_year
from yosan_xl.form.load import load_definition
from yosan_xl.form.stamp import SHEET
from yosan_xl.model.intake import UnitState
from yosan_xl.model.request import Request
from yosan_xl.report.status_text import status_text
from yosan_xl.store.ledger import read_ledger
from yosan_xl.usecases.archive.add import add
from yosan_xl.usecases.consolidate import Consolidated, consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.status import status
from yosan_xl.usecases.submitted.resubmission import BookFile, settled
from yosan_xl.usecases.year import open_year

AXES = load_definition("minato-r2").axes
OCTOBER, LATER = "2019-10-01T01:00:00Z", "2019-10-02T01:00:00Z"
MENDED = 383_511 - 2_769 + 2_000


@pytest.fixture
def year(tmp_path: Path) -> Path:
    made = make_year(tmp_path / "R2")
    hand_in_filled(made)
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
    assert (found.count("YX502"), found.count("YX065")) == (1, 0)
    assert done.counted == 9


def test_yx097__hits_a_copy_under_another_name(year: Path) -> None:
    book = year / "提出/0602_区長室.xlsx"
    shutil.copyfile(book, year / "提出/0602_区長室(1).xlsx")
    done = consolidate([year], year)
    assert _codes(done) == [("YX097", "0602_区長室(1).xlsx")]
    assert (done.files, done.counted, done.requested, done.intake.untouched) == (7, 9, 383_511, 21)


def test_yx097__does_not_hit_two_strangers(year: Path) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        (year / "提出" / name).write_text("覚え書き", encoding="utf-8")
    found = [code for code, _ in _codes(consolidate([year], year))]
    assert "YX097" not in found
    assert len(found) == 2


ROSTER = open_year(EXAMPLE).roster
TODAY = datetime(2019, 11, 1, tzinfo=UTC)


def _book(name: str, requests: str, modified: str | None, unit: str = "0602") -> BookFile:
    ids = tuple(requests)
    return BookFile(name, name, unit, modified, ids, is_read=True, form="様式", is_saved=True)


def _settled(*files: BookFile) -> tuple[dict[str, str], list[str]]:
    requests = {
        file.name: [
            Request.from_document({"id": one, "title": f"事業{one}"}, AXES) for one in file.requests
        ]
        for file in files
    }
    found, findings = settled(files, requests, ROSTER, TODAY)
    replaced = {file.name: file.replaced_by for file in found if file.replaced_by}
    return replaced, [f"{f.code} {f.place.file}" for f in findings]


@pytest.mark.parametrize(("one", "two"), [("1", "2"), ("12", "13")])
def test_yx098__hits_two_books_that_each_have_a_request_of_their_own(one: str, two: str) -> None:
    files = _book("一", one, OCTOBER), _book("二", two, LATER)
    assert _settled(*files) == ({}, ["YX098 二"])


@pytest.mark.parametrize(
    "files",
    [
        (_book("一", "1", OCTOBER), _book("二", "2", LATER, "0601")),
        (_book("一", "1", OCTOBER), _book("二", "12", None)),
        (_book("一", "12", OCTOBER), _book("二", "1", OCTOBER)),
        (_book("一", "", None), _book("二", "1", LATER)),
    ],
    ids=["other unit", "more without a time", "fewer at the same time", "blank without a time"],
)
def test_yx098__does_not_hit(files: tuple[BookFile, ...]) -> None:
    assert _settled(*files) == ({}, [])


@pytest.mark.parametrize("left", ["1", ""], ids=["fewer", "blank"])
def test_yx515__hits_a_later_book_that_lacks_a_request(left: str) -> None:
    files = _book("一", "12", OCTOBER), _book("二", left, LATER)
    assert _settled(*files) == ({}, ["YX515 二"])


def test_yx515__does_not_hit_a_sheet_alone() -> None:
    alone = replace(_book("二", "1", LATER), form=None)
    assert _settled(_book("一", "12", OCTOBER), alone) == ({}, [])


def test_settled__a_later_book_with_more_replaces_all_before_it() -> None:
    files = (
        _book("一", "1", "2019-10-01T00:00:00Z"),
        _book("二", "12", "2019-10-01T10:00:00+09:00"),
        _book("三", "123", LATER),
    )
    assert _settled(*files) == ({"一": "三", "二": "三"}, ["YX096 一", "YX096 二"])


def test_settled__a_copy_of_a_replaced_book_is_both_told() -> None:
    old = _book("一", "1", OCTOBER)
    copy = replace(old, name="一 (1)")
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
    form=st.sampled_from([None, "様式"]),
    is_saved=st.booleans(),
    answers=st.lists(st.sampled_from("abcdefgh"), max_size=2).map(tuple),
)


_ALIKE = st.lists(_FILES, max_size=8, unique_by=(lambda file: file.name, lambda file: file.sha256))


@given(_ALIKE, st.integers(0, 7))
def test_settled__no_request_is_lost_and_no_two_replace_one_another(
    files: list[BookFile], copied: int
) -> None:
    # No book knows the hash of one that was made after it.
    files = [
        replace(file, answers=tuple(sha for sha in file.answers if sha < file.sha256))
        for file in files
    ]
    if files:
        files = [*files, replace(files[copied % len(files)], name="コピー")]
    replaced, _ = _settled(*files)
    by_name = {file.name: file for file in files}
    for name in replaced:
        last = name
        for _ in files:
            last = replaced.get(last, last)
        assert last not in replaced
        answered = any(file.answers for file in files)
        assert answered or set(by_name[name].requests) <= set(by_name[last].requests)
        assert by_name[name].department == by_name[last].department


TAX, OWN = "0103_税務課.xlsx", "0103_税務課-差替え.xlsx"


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a year with 税務課's three requests (106,185千円), saved in October, and its blank book."""
    made = make_year(tmp_path_factory.mktemp("whose") / "R2")
    hand_in_filled(made)
    for book in (made / "提出").iterdir():
        if book.name != TAX:
            book.unlink()
    save_at(made / "提出" / TAX, OCTOBER)
    for code in ("0102", "0103"):
        generate(made, code)
    return made


@pytest.fixture
def tax(handed_in: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(handed_in, tmp_path / "R2"))


def _edition(year: Path, name: str, *changes: Callable[[Editor], object], at: str = LATER) -> Path:
    """Hand in 税務課's book once more, changed and saved by Excel at `at`."""
    editor = Editor((year / "提出" / TAX).read_bytes())
    for change in changes:
        change(editor)
    path = year / "提出" / name
    path.write_bytes(editor.data())
    return save_at(path, at)


def _type(name: str, row: int, text: str, sheet: str = "要求書1") -> Callable[[Editor], object]:
    def typed(editor: Editor) -> None:
        put = editor.put_number if text.lstrip("-").isdigit() else editor.put_text
        put(sheet, cell_of(name, row), text)

    return typed


def _clear(name: str, row: int = 0, sheet: str = "要求書1") -> Callable[[Editor], object]:
    return lambda editor: editor.clear(sheet, cell_of(name, row))


def _blank(year: Path, *sheets: str) -> Callable[[Editor], object]:
    def emptied(editor: Editor) -> None:
        blank = Editor((year / "配布" / TAX).read_bytes())
        for sheet in sheets:
            editor.take_sheet(sheet, blank, sheet)

    return emptied


AMOUNT, LABEL, TITLE = "yx_lines1_requested", "yx_lines1_label", "yx_title"
NEW_REQUEST = (
    _type(TITLE, 0, "新しい事業", "要求書4"),
    _type(LABEL, 0, "委託料", "要求書4"),
    _type(AMOUNT, 0, "900", "要求書4"),
)


@pytest.mark.parametrize(
    ("changes", "total"),
    [
        ([_type(AMOUNT, 0, "4000")], 106_184),
        ([_clear(LABEL, 1), _clear(AMOUNT, 1)], 106_185 - 26_441),
        ([_type("yx_description", 0, "短い説明")], 106_185),
        (NEW_REQUEST, 107_085),
        ([_type(TITLE, 0, "名を改めた事業")], 106_185),
        ([_type(LABEL, 0, "委託料（機器の設定を含む）")], 106_185),
    ],
    ids=["amount", "a line cut", "a text shortened", "a request more", "title", "a line reworded"],
)
def test_yx096__hits_a_correction(
    tax: Path, changes: list[Callable[[Editor], object]], total: int
) -> None:
    _edition(tax, OWN, *changes)
    done = consolidate([tax], tax)
    assert [code for code, _ in _codes(done) if code < "YX100"] == ["YX096"]
    assert done.requested == total


_PASTED = [
    _type(name, row, text, sheet)
    for sheet in ("要求書1", "要求書2", "要求書3")
    for name, row, text in [
        (TITLE, 0, f"産業の{sheet}"),
        (LABEL, 0, "補助金"),
        (AMOUNT, 0, "12000"),
        (LABEL, 1, "審査員謝礼"),
        (AMOUNT, 1, "34"),
    ]
]


@pytest.mark.parametrize(
    ("changes", "name", "at"),
    [
        (_PASTED, OWN, LATER),
        ([_type(AMOUNT, 0, "4000")], "0102_産業振興課.xlsx", LATER),
        ([_type(AMOUNT, 0, "4000")], "0103_税務課-PC03.xlsx", LATER),
        ([_type(AMOUNT, 0, "4000")], OWN, "2999-01-01T00:00:00Z"),
        ([_clear("yx_description"), _type(AMOUNT, 0, "4000")], OWN, LATER),
        ([_clear(LABEL, 0), _clear(AMOUNT, 0), *NEW_REQUEST], OWN, LATER),
    ],
    ids=[
        "typed over",
        "another name",
        "conflict copy",
        "future",
        "a text gone",
        "line for request",
    ],
)
def test_yx502__hits_where_it_is_not_certain_that_a_book_replaces_another(
    tax: Path, changes: list[Callable[[Editor], object]], name: str, at: str
) -> None:
    _edition(tax, name, *changes, at=at)
    done = consolidate([tax], tax)
    found = {code for code, _ in _codes(done)}
    assert "YX502" in found
    assert "YX096" not in found
    told = next(f for f in done.findings if f.code == "YX502")
    files = {told.place.file, next(file for file in (TAX, name) if file != told.place.file)}
    assert files == {TAX, name}
    assert all(file in str(told) for file in files)


def test_yx502__hits_a_book_that_nobody_saved_after_it_was_made(tax: Path) -> None:
    made = tax / "提出" / OWN
    fill(tax / "requests.json", tax / "もう一度")
    changed = Editor((tax / "もう一度" / TAX).read_bytes())
    changed.put("要求書1", cell_of(AMOUNT), 4_000)
    made.write_bytes(changed.data())
    assert "YX502" in [code for code, _ in _codes(consolidate([tax], tax))]


def test_consolidate__what_the_ledger_has_accepted_stays_counted(tax: Path) -> None:
    consolidate([tax], tax)
    _edition(tax, "0103_税務課(A).xlsx", *_PASTED)
    done = consolidate([tax], tax)
    assert (done.counted, done.requested) == (3, 106_185)
    told = next(f for f in done.findings if f.code == "YX502")
    assert told.place.file == "0103_税務課(A).xlsx"
    assert "「産業の要求書1」12,357千円" in told.fact
    assert "「税務資料の電子化の推進」30,765千円" in told.fact
    assert [book.file for book in read_ledger(tax).books] == [TAX]


def test_consolidate__a_book_moved_to_its_folder_is_kept_and_not_counted(tax: Path) -> None:
    later = _edition(tax, OWN, *_PASTED)
    aside = tax / "提出/差替え前"
    aside.mkdir()
    later.rename(aside / OWN)
    done = consolidate([tax], tax)
    assert (_codes(done), done.requested) == ([], 106_185)
    found = status(tax)
    assert found.status.aside == (f"差替え前/{OWN}",)
    assert f"差替え前/{OWN}" in status_text(found.year, found.intake)
    added = add(tax, archive=tax.parent / "保存庫")
    kept = list((tax.parent / "保存庫").rglob(OWN))
    assert (added.requests, len(kept)) == (3, 1)


def test_yx511__hits_the_book_that_was_returned_whatever_the_times(tax: Path) -> None:
    original = _edition(tax, TAX, _type(AMOUNT, 0, "約４０００"))
    names = ["0103_税務課 (1).xlsx", "0103_税務課(修正).xlsx"]
    for name in names:  # returned twice: the second answers the first, and what the first answered
        (book,) = return_books(tax, force=True).books[-1:]
        shutil.copyfile(book.path, tax / "提出" / name)
    done = consolidate([tax], tax)
    assert [one for one in _codes(done) if one[0] == "YX511"] == [
        ("YX511", names[0]),
        ("YX511", original.name),
    ]
    assert "YX502" not in [code for code, _ in _codes(done)]


def test_yx511__does_not_hit_under_another_unit_s_name(tax: Path) -> None:
    _edition(tax, TAX, _type(AMOUNT, 0, "約４０００"))
    (book,) = return_books(tax).books
    shutil.copyfile(book.path, tax / "提出/0602_区長室.xlsx")
    found = [code for code, _ in _codes(consolidate([tax], tax))]
    assert "YX511" not in found
    assert "YX057" in found


def test_yx512__hits_a_request_that_is_gone_in_the_answer(tax: Path) -> None:
    _edition(tax, TAX, _type(AMOUNT, 0, "約４０００"))
    (book,) = return_books(tax).books
    answer = Editor(book.path.read_bytes())
    _blank(tax, "要求書2")(answer)
    (tax / "提出" / OWN).write_bytes(answer.data())
    (told,) = (f for f in consolidate([tax], tax).findings if f.code == "YX512")
    assert "0103-2「口座振替等納税奨励」38,484千円" in told.fact


def test_yx512__does_not_hit_where_all_are_there(tax: Path) -> None:
    _edition(tax, OWN, _type(AMOUNT, 0, "4000"))
    assert "YX512" not in [code for code, _ in _codes(consolidate([tax], tax))]


@pytest.mark.parametrize(
    "name",
    [
        "0602_区長室.xlsx",
        "0102_税務課.xlsx",
        "区長室提出分.xlsx",
        "1001.xlsx",
        "0103_区長室.xlsx",
        "０１０２_予算.xlsx",
    ],
)
def test_yx057__hits_a_book_under_another_unit_s_name(tax: Path, name: str) -> None:
    (tax / "提出" / TAX).rename(tax / "提出" / name)
    done = consolidate([tax], tax)
    assert (_codes(done), done.requested) == ([("YX057", name)], 106_185)


def test_yx057__hits_a_book_in_another_unit_s_folder(tax: Path) -> None:
    """The nearest name that names a unit counts: that of the file, else that of its folder."""
    for folder in ("0102_産業振興課", "10月"):
        (tax / "提出" / folder).mkdir()
    path = (tax / "提出" / TAX).rename(tax / "提出/0102_産業振興課/要求書.xlsx")
    assert _codes(consolidate([tax], tax)) == [("YX057", "0102_産業振興課/要求書.xlsx")]
    path = path.rename(path.with_name(TAX))
    assert _codes(consolidate([tax], tax)) == []
    path.rename(tax / "提出/10月/要求書.xlsx")
    assert _codes(consolidate([tax], tax)) == []


def test_yx057__hits_and_status_says_it_at_both_units(tax: Path) -> None:
    (tax / "提出" / TAX).rename(tax / "提出/0602_区長室.xlsx")
    units = {unit.department.code: unit for unit in status(tax).status.units}
    assert units["0602"].state is UnitState.MISSING
    assert "「0602_区長室.xlsx」はこの課の名前ですが、0103 産業" in units["0602"].notes[0]
    assert "区長室の名前の「0602_区長室.xlsx」で出ています" in units["0103"].notes[0]


@pytest.mark.parametrize(
    "name",
    [
        "0103_税務課 - コピー.xlsx",
        "0103_税務課(1)_20261012_1201.xlsx",
        "税務課_最終_区長室確認済.xlsx",
        "予算要求書.xlsx",
        "産業・地域振興支援部.xlsx",
        "財政課あて 要求書.xlsx",
        "区民課.xlsx",
        "0103_副区長室.xlsx",
        "0103_0602.xlsx",
    ],
)
def test_yx057__does_not_hit(tax: Path, name: str) -> None:
    (tax / "提出" / TAX).rename(tax / "提出" / name)
    assert _codes(consolidate([tax], tax)) == []


def test_consolidate__one_sheet_alone_and_the_rest_make_the_whole(tax: Path) -> None:
    _edition(tax, "0103_税務課_1.xlsx", _blank(tax, "要求書2", "要求書3"))
    both = consolidate([tax], tax)
    assert (both.counted, both.requested) == (3, 106_185)
    assert {code for code, _ in _codes(both)} == {"YX504", "YX515"}
    _edition(tax, TAX, _blank(tax, "要求書1"))
    parts = consolidate([tax], tax)
    assert (_codes(parts), parts.requested) == ([("YX098", "0103_税務課_1.xlsx")], 106_185)


def test_consolidate__two_copies_with_a_request_more_each_both_count(tax: Path) -> None:
    _edition(tax, "0103_税務課-PC03.xlsx", *NEW_REQUEST)
    _edition(tax, TAX, _type(TITLE, 0, "五つめ", "要求書5"), _type(AMOUNT, 0, "70", "要求書5"))
    done = consolidate([tax], tax)
    assert done.requested == 106_185 + 900 + 70
    assert "YX098" in [code for code, _ in _codes(done)]


def _gathered_in(year: Path, *, moved: bool = False) -> None:
    """Put 税務課's first sheet into 産業振興課's blank book, by copying the sheet."""
    host = Editor((year / "配布/0102_産業振興課.xlsx").read_bytes())
    host.take_sheet(
        host.copy_sheet("要求書1"), Editor((year / "提出" / TAX).read_bytes()), "要求書1"
    )
    (year / "提出/0102_産業振興課.xlsx").write_bytes(host.data())
    if moved:
        _edition(year, TAX, _blank(year, "要求書1"))


@pytest.mark.parametrize("moved", [False, True])
def test_consolidate__a_sheet_of_another_unit_counts_once_and_for_that_unit(
    tax: Path, moved: bool
) -> None:
    _gathered_in(tax, moved=moved)
    done = consolidate([tax], tax)
    assert ("YX055", "0102_産業振興課.xlsx") in _codes(done)
    assert not {"YX034", "YX046"} & {f.code for f in done.findings}
    assert done.requested == 106_185
    found = status(tax).status
    units = {unit.department.code: unit for unit in found.units}
    assert (units["0103"].requested, units["0102"].requested) == (106_185, 0)
    assert "この課の要求書 1 件が、0102" in units["0103"].notes[0]
    assert found.requested == done.requested


def test_consolidate__cells_of_another_unit_pasted_over_an_own_sheet(tax: Path) -> None:
    host = Editor((tax / "配布/0102_産業振興課.xlsx").read_bytes())
    host.take_sheet("要求書2", Editor((tax / "提出" / TAX).read_bytes()), "要求書1")
    (tax / "提出/0102_産業振興課.xlsx").write_bytes(host.data())
    done = consolidate([tax], tax)
    assert ("YX055", "0102_産業振興課.xlsx") in _codes(done)
    assert done.requested == 106_185


@pytest.mark.parametrize(
    ("pointer", "text", "code"),
    [
        ("yx_department_code", "0102", "YX055"),
        ("yx_department_section", "産業振興課", "YX304"),
        ("yx_fiscal_year", "令和3年度", "YX305"),
    ],
)
def test_consolidate__a_sheet_that_does_not_say_whose_it_is_is_not_counted(
    tax: Path, pointer: str, text: str, code: str
) -> None:
    _edition(tax, TAX, _type(pointer, 0, text))
    done = consolidate([tax], tax)
    told = {f.code: f.place.cell for f in done.findings if f.is_error}
    assert told[code] == cell_of(pointer)
    assert done.requested == 106_185 - 30_765
    assert "どの課のどの年度の要求か決まらない" in "".join(f.fact for f in done.findings)


def test_consolidate__a_stamp_of_another_unit_is_told_at_every_sheet(tax: Path) -> None:
    _edition(tax, TAX, lambda editor: editor.set_stamp(SHEET, "department", "0101"))
    done = consolidate([tax], tax)
    assert [code for code, _ in _codes(done)] == ["YX057", *["YX055"] * 3]
    assert done.requested == 106_185
