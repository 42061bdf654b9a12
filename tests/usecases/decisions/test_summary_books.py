"""A summary that somebody has open: the result stands beside it, and both are carried over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.store.test_books_open import excel_mark
from tests.usecases.decisions.test_apply import codes, run, year
from tests.usecases.decisions.test_entries import Desk, desk
from tests.usecases.resaved import save_at
from tests.usecases.typing import left, shown, type_in
from yosan_xl.excel.summary.beside import LostContent
from yosan_xl.excel.summary.stamp import NOT_OURS, NotASummary
from yosan_xl.form.load import load_definition
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.snapshot import Snapshot, snapshot, unreadable
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.decisions import summary_books
from yosan_xl.usecases.decisions.summary_books import (
    FoundSummaries,
    KeptSummary,
    NotOurs,
    NotRead,
    OfNewerProgram,
    SummaryBook,
    find_summaries,
    keep,
    numbered,
    read_book,
)
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.year import form_of

__all__ = ["desk", "year"]

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


@pytest.mark.parametrize("before", ["as it was read", None])
def test_keep__a_target_that_is_gone_is_written_anew(tmp_path: Path, before: str | None) -> None:
    target = tmp_path / "R2_集計.xlsx"
    assert keep(target, b"new", before) == KeptSummary(target)
    assert target.read_bytes() == b"new"


def test_keep__a_target_that_cannot_be_read_any_more_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> Snapshot:
        raise unreadable(path, PermissionError(13, "no"))

    target = tmp_path / "R2_集計.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(summary_books, "snapshot", refuse)
    assert keep(target, b"new", "as it was read").path.name == "R2_集計(2).xlsx"
    assert target.read_bytes() == b"old"


def test_saved__a_book_without_a_time_is_the_earliest(desk: Desk) -> None:
    one, two = desk.book(at="x"), desk.book(at=EARLY)
    assert (one.saved.year, two.saved.year) == (1, 2019)


@pytest.mark.parametrize(("count", "more"), [(0, None), (5, ""), (6, " ほか 1 か所")])
def test_yx619__hits_what_has_no_place_and_keeps_a_copy_once(
    desk: Desk, count: int, more: str | None
) -> None:
    lost = tuple(LostContent("一覧", f"A{at}", "図形") for at in range(count))
    book = desk.book(lost=(*lost, *lost[:1]))
    for _ in range(2):
        told = list(summary_books.keep_copies(desk.year, [book]))
        copies = list(desk.year.summary.rglob(f"R2_集計_{book.shot.sha256[:8]}.xlsx"))
        assert (len(told), len(copies)) == ((0, 0) if more is None else (1, 1))
    if more is not None:
        named = "、".join(f"「一覧」A{at}の図形" for at in range(5))
        assert f"{named}{more}" in told[0].fact
        assert ("ほか" in told[0].fact) is bool(more)


@dataclass
class Shelf:
    """Files in a year's 集計 and elsewhere, of which each says what it is: a summary, or why it is not read."""

    desk: Desk

    def put(self, path: Path, text: str) -> Path:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, path: Path, shot: Snapshot, *_: object) -> SummaryBook:
        kind = shot.data.decode()
        faults: dict[str, type[NotRead]] = {
            "other": NotOurs,
            "broken": NotRead,
            "new": OfNewerProgram,
        }
        if kind in faults:
            raise faults[kind](kind)
        reading = replace(
            self.desk.book().reading, modified=EARLY, absorbed=frozenset(kind.split())
        )
        return SummaryBook(path, shot, reading)

    def find(self, *known: str, **more: Any) -> FoundSummaries:
        return find_summaries(self.desk.year, form_of(self.desk.year), known, **more)


@pytest.fixture
def shelf(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    made = Shelf(desk)
    monkeypatch.setattr(summary_books, "read_book", made.read)
    return made


def test_find__every_book_of_the_folder_once(shelf: Shelf) -> None:
    folder = shelf.desk.year.summary
    own = shelf.put(folder / "R2_集計.xlsx", "1")
    shelf.put(folder / "写し.xlsx", "1")
    shelf.put(folder / "田中.xlsx", "2")
    for name in ("~$R2_集計.xlsx", ".隠し.xlsx", "メモ.txt"):
        shelf.put(folder / name, name)
    found = shelf.find()
    assert [one.path.name for one in found.books] == ["R2_集計.xlsx", "田中.xlsx"]
    assert found.target == snapshot(own).sha256
    assert len(found.known) == 3
    again = shelf.find(*found.known)
    assert (again.books, again.known) == ((), found.known)


def test_find__a_target_elsewhere_with_those_beside_it_and_what_is_given(
    shelf: Shelf, tmp_path: Path
) -> None:
    target = shelf.put(tmp_path / "別" / "市長.xlsx", "1")
    shelf.put(tmp_path / "別" / "市長(2).xlsx", "2")
    shelf.put(tmp_path / "別" / "ほか.xlsx", "3")
    given = shelf.put(tmp_path / "届いた.xlsx", "4")
    shelf.put(shelf.desk.year.summary / "R2_集計.xlsx", "5")
    found = shelf.find(target=target, given=[given])
    names = {one.path.name for one in found.books}
    assert names == {"市長.xlsx", "市長(2).xlsx", "届いた.xlsx", "R2_集計.xlsx"}
    assert found.target == snapshot(target).sha256
    assert shelf.find(target=tmp_path / "別" / "ない.xlsx").target is None


def test_find__what_another_says_it_has_is_not_read_twice(shelf: Shelf) -> None:
    folder = shelf.desk.year.summary
    old = snapshot(shelf.put(folder / "R2_集計(2).xlsx", "1")).sha256
    shelf.put(folder / "R2_集計.xlsx", old)
    assert [one.path.name for one in shelf.find().books] == ["R2_集計.xlsx"]
    # The target itself is read whatever others say of it.
    own = snapshot(shelf.put(folder / "R2_集計.xlsx", "1 ")).sha256
    shelf.put(folder / "R2_集計(2).xlsx", own)
    assert len(shelf.find().books) == 2


@pytest.mark.parametrize(
    ("name", "kind", "is_told", "is_known"),
    [
        ("作業.xlsx", "other", False, True),
        ("R2_集計_写し.xlsx", "other", True, True),
        ("作業.xlsx", "broken", True, False),
        ("R2_集計(2).xlsx", "new", True, False),
    ],
)
def test_yx620__hits_a_book_that_is_not_read_where_it_may_be_ours(
    shelf: Shelf, name: str, kind: str, is_told: bool, is_known: bool
) -> None:
    shelf.put(shelf.desk.year.summary / name, kind)
    found = shelf.find()
    assert ([one.code for one in found.findings] == ["YX620"]) is is_told
    assert (len(found.known) == 1) is is_known


@pytest.mark.parametrize(("kind", "code"), [("broken", "YX616"), ("new", "YX715")])
def test_find__what_is_to_be_written_over_must_be_read(shelf: Shelf, kind: str, code: str) -> None:
    path = shelf.put(shelf.desk.year.summary / "R2_集計.xlsx", kind)
    with pytest.raises(WrongInput) as error:
        shelf.find()
    assert [one.code for one in error.value.findings] == [code]
    path.unlink()
    given = shelf.put(shelf.desk.year.root / "届いた.xlsx", kind)
    with pytest.raises(WrongInput):
        shelf.find(given=[given])


@pytest.mark.parametrize(
    ("what", "is_notice", "copied", "kind", "said"),
    [
        (NOT_OURS, True, "一覧", NotRead, "内示のブックです"),
        (NOT_OURS, False, "一覧", NotRead, "シート「一覧」を写したもので"),
        (NOT_OURS, False, None, NotOurs, NOT_OURS),
        ("見出しがちがいます", True, "一覧", NotRead, "見出しがちがいます"),
    ],
)
def test_read_book__says_what_a_book_is_that_is_no_summary(
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    is_notice: bool,
    copied: str | None,
    kind: type[NotRead],
    said: str,
) -> None:
    def refuse(*_: object) -> None:
        raise NotASummary(what)

    summary = "yosan_xl.excel.summary"
    monkeypatch.setattr(f"{summary}.reading.read_summary", refuse)
    monkeypatch.setattr(f"{summary}.opened.unstamped_list", lambda *_: copied)
    monkeypatch.setattr("yosan_xl.excel.notice.reading.read_notice_stamp", lambda _: is_notice)
    path, form = Path("R2_集計.xlsx"), load_definition("minato-r2")
    with pytest.raises(NotRead) as error:
        read_book(path, Snapshot(path, b"", ""), FiscalYear(2020), form)
    assert (type(error.value), error.value.what.startswith(said)) == (kind, True)
