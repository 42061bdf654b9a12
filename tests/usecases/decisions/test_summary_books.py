"""A summary that somebody has open: the result stands beside it, and both are carried over."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.store.test_books_open import excel_mark
from tests.usecases.decisions.test_apply import codes, run, year
from tests.usecases.resaved import save_at
from tests.usecases.typing import left, shown, type_in
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.decisions.summary_books import keep, numbered

__all__ = ["year"]

ENTRY = ("0602-1", "予算額", None)
OTHER = ("0601-1", "予算額", None)


def mark(path: Path) -> Path:
    found = path.with_name(f"~${path.name}")
    found.write_bytes(excel_mark("山田"))
    return found


def test_yx617__hits_an_open_target_after_waiting_and_names_the_holder(year: Path) -> None:
    path = run(year).summary
    before = path.read_bytes()
    mark(path)
    waited: list[float] = []
    done = consolidate([year], year.parent, wait=waited.append)
    assert len(waited) == 2
    assert codes(done) == ["YX617"]
    assert "山田 さんが開いている" in done.findings[0].fact
    assert done.summary.name == "R2_集計(2).xlsx"
    assert path.read_bytes() == before
    assert run(year).summary.name == "R2_集計(3).xlsx"


def test_yx617__does_not_hit_once_it_is_closed_while_we_wait(year: Path) -> None:
    path = run(year).summary
    open_mark = mark(path)
    done = consolidate([year], year.parent, wait=lambda seconds: open_mark.unlink())
    assert (codes(done), done.summary) == ([], path)


def test_yx622__hits_once_the_book_that_was_written_beside_an_open_one(year: Path) -> None:
    path = run(year).summary
    open_mark = mark(path)
    second = run(year).summary
    open_mark.unlink()
    type_in(path, {ENTRY: 4_000})
    done = run(year)
    assert (done.summary, codes(done)) == (path, ["YX622"])
    assert "「R2_集計(2).xlsx」の記入は、すべて「R2_集計.xlsx」に入りました。" in str(
        done.findings[-1]
    )
    assert codes(run(year)) == []
    type_in(second, {OTHER: 300})
    assert codes(run(year)) == ["YX618"]


def test_yx622__does_not_hit_a_book_that_is_put_away(year: Path) -> None:
    path = run(year).summary
    open_mark = mark(path)
    run(year).summary.unlink()
    open_mark.unlink()
    assert codes(run(year)) == []


def test_yx617__hits_a_refused_replace(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = run(year).summary

    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr("os.replace", refuse)
    with monkeypatch.context() as patch:
        patch.setattr("yosan_xl.usecases.consolidate.remember", lambda *_: ())
        patch.setattr("yosan_xl.usecases.consolidate.write_decisions", lambda *_: None)
        done = run(year)
    assert (codes(done), done.summary.name) == (["YX617"], "R2_集計(2).xlsx")
    assert "Excel など" in done.findings[0].fact
    assert path.exists()


EARLY, LATE = "2019-10-01T01:00:00Z", "2019-10-01T02:00:00Z"


@pytest.mark.parametrize(("own", "other"), [(EARLY, LATE), (LATE, EARLY), (LATE, LATE)])
def test_yx618__hits_entries_in_both_books_and_brings_them_together(
    year: Path, own: str, other: str
) -> None:
    path = run(year).summary
    type_in(path, {ENTRY: 4_000})
    open_mark = mark(path)
    second = run(year).summary
    assert shown(second, *ENTRY) == 4_000
    type_in(second, {OTHER: 300})
    type_in(path, {ENTRY: 4_100})
    save_at(path, own)
    save_at(second, other)
    open_mark.unlink()
    done = run(year)
    assert (codes(done), done.summary) == (["YX618", "YX622"], path)
    assert (shown(path, *ENTRY), shown(path, *OTHER), left(path)) == (4_100, 300, [])
    # From now on the second book has nothing to say.
    type_in(path, {OTHER: 200})
    assert codes(run(year)) == []
    assert shown(path, *OTHER) == 200
    # Unless somebody types into it again: then that counts, and what it did not know of is listed.
    type_in(second, {ENTRY: 5_000})
    run(year)
    assert (shown(path, *ENTRY), shown(path, *OTHER)) == (5_000, 200)
    assert {row[2] for row in left(path)} == {"4100"}


def test_yx618__hits_and_lists_an_entry_that_was_typed_differently_in_both(year: Path) -> None:
    path = run(year).summary
    open_mark = mark(path)
    second = run(year).summary
    type_in(path, {ENTRY: 4_100})
    type_in(second, {ENTRY: 4_200})
    open_mark.unlink()
    done = run(year)
    assert sorted(codes(done)) == ["YX612", "YX618", "YX622"]
    both = {str(shown(path, *ENTRY)), *(str(row[2]) for row in left(path))}
    assert both == {"4100", "4200"}


def test_yx618__does_not_hit_with_one_book(year: Path) -> None:
    run(year)
    assert "YX618" not in codes(run(year))


def test_yx620__hits_a_book_beside_that_cannot_be_read(year: Path) -> None:
    path = run(year).summary
    path.with_name("R2_集計(2).xlsx").write_bytes(b"broken")
    for _ in range(2):
        assert codes(run(year)) == ["YX620"]


@pytest.mark.parametrize("name", ["一覧", "査定"])
def test_yx620__hits_a_sheet_that_was_copied_into_a_book_of_its_own(year: Path, name: str) -> None:
    path = run(year).summary
    type_in(path, {ENTRY: 4_000})
    book = openpyxl.load_workbook(path)
    for other in book.sheetnames:
        if other != name:
            del book[other]
    book.save(path.with_name("市長説明.xlsx"))
    for _ in range(2):
        (told,) = run(year).findings
        assert (told.code, f"シート「{name}」を写したもの" in told.fact) == ("YX620", True)
        assert "ファイルごと写したもの" in told.remedy


def test_yx620__does_not_hit_a_list_of_finance_s_own(year: Path) -> None:
    path = run(year).summary
    book = openpyxl.Workbook()
    book.worksheets[0].append(("要求書ID", "事業名", "備考"))
    book.save(path.with_name("作業.xlsx"))
    assert codes(run(year)) == []


def test_yx620__says_how_a_book_of_another_kind_is_read(year: Path) -> None:
    path = run(year).summary
    path.with_name("R2_集計.ods").write_bytes(b"any")
    (told,) = run(year).findings
    assert (told.code, "（.xlsx）として同じフォルダーに保存し直す" in told.remedy) == (
        "YX620",
        True,
    )


def test_keep__a_target_saved_since_it_was_read_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "R2_集計.xlsx"
    openpyxl.Workbook().save(target)
    saved = target.read_bytes()
    kept = keep(
        target,
        b"new",
        "as it was read",
        wait=lambda seconds: None,
    )
    assert (kept.path.name, [one.code for one in kept.findings]) == ("R2_集計(2).xlsx", ["YX617"])
    assert (target.read_bytes(), kept.path.read_bytes()) == (saved, b"new")


def test_yx620__does_not_hit_a_book_beside_that_can_be_read(year: Path) -> None:
    path = run(year).summary
    path.with_name("R2_集計(2).xlsx").write_bytes(path.read_bytes())
    assert codes(run(year)) == []


def test_numbered__gives_two_to_ninety_nine() -> None:
    names = [path.name for path in numbered(Path("R2_集計.xlsx"))]
    assert (names[0], names[-1], len(names)) == ("R2_集計(2).xlsx", "R2_集計(99).xlsx", 98)
