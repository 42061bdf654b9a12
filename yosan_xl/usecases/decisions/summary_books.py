"""The summaries that finance may have typed into, found whatever they are called; and the new one kept, under another name where its own is open."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.form.definition import Definition
from yosan_xl.model.finding import Code, Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear, save_time
from yosan_xl.store.books import holder
from yosan_xl.store.faults import PathError, StoreError, shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import Snapshot, snapshot
from yosan_xl.store.write import (
    ANYTHING,
    TARGET_OPEN,
    WriteFailed,
    refuse_over,
    write_bytes,
    write_new_bytes,
)
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.decisions import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.outputs import SUMMARY

if TYPE_CHECKING:
    from yosan_xl.excel.summary.reading import SummaryReading

_MOST_BESIDE = 99
_BOOKS = (".xlsx", ".xlsm")
_OTHER_KINDS = (".xls", ".xlsb", ".ods", ".xltx")
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_TRIES = 3
_SECONDS = 1

Wait = Callable[[float], None]
Make = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class SummaryBook:
    """A summary as it was found: its bytes, and what it says."""

    path: Path
    shot: Snapshot = field(repr=False)
    reading: SummaryReading = field(repr=False)

    @property
    def name(self) -> str:
        """Return its name as findings say it: no path of this machine stands in a summary."""
        return shown(self.path.name)

    @property
    def losses(self) -> list[str]:
        """Return in words what somebody put into it that has no place in a new one."""
        lost = (f"「{one.sheet}」{one.cell or ''}の{one.what}" for one in self.reading.lost)
        strange = (f"シート「{name[:31]}」に加えられたもの" for name in self.reading.strange_sheets)
        return [shown(one) for one in dict.fromkeys((*lost, *strange))]

    @property
    def saved(self) -> datetime:
        """Return when it was saved: our own books bear a date long past."""
        return save_time(self.reading.modified) or _EARLIEST


@dataclass(frozen=True, slots=True)
class FoundSummaries:
    """The summaries with something to say, the oldest first, and what is told of others.

    `target` is the SHA-256 of the one that is to be written over, None where there is none. `known` are those that
    had nothing new to say.
    """

    books: tuple[SummaryBook, ...] = ()
    findings: tuple[Finding, ...] = ()
    target: str | None = None
    known: tuple[str, ...] = ()


def usual_summary(year: YearFolder) -> Path:
    """Return where the summary of a year is, unless another place is named."""
    return year.at(FilePlace.SUMMARY)


def find_summaries(
    year: YearFolder,
    form: Definition,
    known: Iterable[str],
    target: Path | None = None,
    given: Sequence[Path] = (),
) -> FoundSummaries:
    """Read every summary in 集計, the `target` and those beside it, and the `given` ones, but for the `known` (SHA-256).

    Raises WrongInput where the target or a given book is there and cannot be read: what is in it would be lost.
    """
    target = target or usual_summary(year)
    folder = year.summary
    others = [*summaries_in(folder), *(() if target.parent == folder else beside(target))]
    paths = [*([target] if target.exists() else []), *others, *given]
    needed = {path.absolute() for path in (target, *given)}
    search = _Search(year, form, frozenset(known), needed)
    for path in dict.fromkeys(path.absolute() for path in paths):
        search.look_at(path)
    own = search.hashes.get(target.absolute())
    # Until version 3 a summary itself said which others are all in it.
    absorbed = {sha256 for book in search.books for sha256 in book.reading.absorbed} - {own}
    books = [book for book in search.books if book.shot.sha256 not in absorbed]
    return FoundSummaries(
        books=tuple(sorted(books, key=lambda one: (one.saved, one.path.name))),
        findings=tuple(search.findings),
        target=own,
        known=tuple(search.hashes.values()),
    )


class _Search:
    """Reads one book after the other."""

    def __init__(
        self, year: YearFolder, form: Definition, known: frozenset[str], needed: set[Path]
    ) -> None:
        self.year, self.form, self.known, self.needed = year, form, known, needed
        self.usual = usual_summary(year)
        self.books: list[SummaryBook] = []
        self.findings: list[Finding] = []
        self.hashes: dict[Path, str] = {}

    def look_at(self, path: Path) -> None:
        try:
            shot = snapshot(path)
            is_new = shot.sha256 not in self.known and shot.sha256 not in self.hashes.values()
            self.hashes[path] = shot.sha256
            if is_new:
                self.books.append(read_book(path, shot, self.year.settings.year, self.form))
        except (NotRead, PathError) as error:
            if not isinstance(error, NotOurs):  # whoever can read it later finds what is in it
                self.hashes.pop(path, None)
            self._tell(path, error)

    def _tell(self, path: Path, error: NotRead | PathError) -> None:
        if path in self.needed:
            is_newer = isinstance(error, OfNewerProgram)
            code = codes.NEWER_SUMMARY if is_newer else codes.UNREADABLE_SUMMARY
            raise WrongInput(_unread(code, path, error)) from error
        # Other books of 集計 are none of ours: what compare or validate wrote, what finance keeps there.
        is_ours = path.name.startswith(self.usual.stem) or not isinstance(error, NotOurs)
        if is_ours:
            self.findings.append(_unread(codes.NOT_READ, path, error))


def summaries_in(folder: Path) -> list[Path]:
    """Return the files of 集計 that may be summaries, whatever they are called; its folders (控え) are not looked into."""
    if not folder.is_dir():
        return []
    kinds = (*_BOOKS, *_OTHER_KINDS)
    found = (path for path in folder.iterdir() if path.suffix.lower() in kinds)
    return sorted(path for path in found if not path.name.startswith(("~$", ".")))


def beside(path: Path) -> list[Path]:
    """Return the books that were kept under another name: `R2_集計(2).xlsx`, ..."""
    return [other for other in numbered(path) if other.is_file()]


def numbered(path: Path, first: int = 2) -> Iterator[Path]:
    """Yield the names under which a summary is kept where its own is taken."""
    for number in range(first, _MOST_BESIDE + 1):
        yield path.with_name(f"{path.stem}({number}){path.suffix}")


_COPY = "要る記入があれば、新しい集計ブックに書き写してください。"
_SAVE_AGAIN = "集計ブックなら、Excel か LibreOffice で開き、Excel ブック（.xlsx）として同じフォルダーに保存し直すと、記入を読みます。"
_COPY_BOOK = (
    "要る記入を集計ブックの同じ欄に書き写し、このブックは集計フォルダーの外へ移してください。"
    "集計ブックのファイルごと写したものなら、どんな名前でも読みます。"
)


class NotRead(Exception):
    """A book that is not read as a summary of the year; `what` says why, `remedy` what to do, in Japanese."""

    def __init__(self, what: str, remedy: str = _COPY) -> None:
        """Keep what is wrong."""
        super().__init__(what)
        self.what, self.remedy = what, remedy


class NotOurs(NotRead):
    """A workbook that is something else."""


class OfNewerProgram(NotRead):
    """A summary that a newer program wrote."""


def read_book(path: Path, shot: Snapshot, year: FiscalYear, form: Definition) -> SummaryBook:
    """Return a summary of the year; raise NotRead."""
    # It takes long to import, and a year's first run has no summary to read.
    from yosan_xl.excel.notice.reading import read_notice_stamp
    from yosan_xl.excel.summary.opened import unstamped_list
    from yosan_xl.excel.summary.reading import read_summary, why_refused
    from yosan_xl.excel.summary.stamp import NOT_OURS, NewerSummary, NotASummary
    from yosan_xl.excel.summary.template import every_definition

    if path.suffix.lower() in _OTHER_KINDS:
        raise NotRead("Excel ブック（.xlsx）ではありません", _SAVE_AGAIN)
    try:
        reading = read_summary(shot.data, shown(path.name), form)
    except Refused as error:
        raise NotRead(why_refused(error)) from error
    except NewerSummary as error:
        raise OfNewerProgram(error.what) from error
    except NotASummary as error:
        if error.what == NOT_OURS and read_notice_stamp(shot.data):
            raise NotRead(
                "内示のブックです（復活要求は「復活」のフォルダーに入れると読みます）"
            ) from error
        if error.what != NOT_OURS:
            raise NotRead(error.what) from error
        if copied := unstamped_list(shot.data, every_definition(form)):
            what = f"シート「{copied}」を写したもので、集計ブックの隠しシートがありません"
            raise NotRead(what, _COPY_BOOK) from error
        raise NotOurs(error.what) from error
    if reading.fiscal_year != year.western:
        raise NotRead(f"{FiscalYear(reading.fiscal_year).label}の集計ブックです")
    return SummaryBook(path, shot, reading)


def _unread(code: Code, path: Path, error: NotRead | PathError) -> Finding:
    if isinstance(error, PathError):
        problem, remedy = f"読めません（{error.findings[0].fact.rstrip('。')}）", _COPY
    else:
        problem, remedy = error.what, error.remedy
    return code.at(Place(shown(path.name)), name=shown(path.name), problem=problem, remedy=remedy)


def keep_copies(year: YearFolder, books: Iterable[SummaryBook]) -> Iterator[Finding]:
    """Put a copy of every book with something that has no place in a new summary into 控え, and tell of it."""
    for book in books:
        if losses := book.losses:
            place = _free_copy(year, book)
            if not place.exists():
                refuse_over(place, ANYTHING)
                write_new_bytes(place, book.shot.data)
            more = f" ほか {len(losses) - _NAMED} か所" if len(losses) > _NAMED else ""
            what = "、".join(losses[:_NAMED]) + more
            yield codes.STRANGE_SHEETS.at(
                Place(book.name), what=what, kept=f"{place.parent.name}/{shown(place.name)}"
            )


_NAMED = 5


def _free_copy(year: YearFolder, book: SummaryBook) -> Path:
    """Return where a copy goes: by its name and its bytes, so that the same book is kept once."""
    name = f"{book.path.stem}_{book.shot.sha256[:8]}{book.path.suffix}"
    return year.at(FilePlace.SUMMARY_COPY, name=name)


@dataclass(frozen=True, slots=True)
class KeptSummary:
    """Where the summary is now, and what there is to tell of that."""

    path: Path
    findings: tuple[Finding, ...] = ()


def keep(
    target: Path,
    data: bytes,
    before: str | None,
    inputs: Iterable[Path] = (),
    wait: Wait = time.sleep,
) -> KeptSummary:
    """Write the summary; raise WrongInput where nothing can be written.

    A target that is open, or that was saved again since it was read (`before` is its SHA-256), is left as it is, and
    the result stands beside it: `R2_集計(2).xlsx`. The next run takes over the entries of both.
    """
    for tried in range(_TRIES):
        if _changed(target, before):
            return _beside(target, data, "読んだあとに保存し直されたため")
        try:
            write_bytes(target, data, SUMMARY, inputs)
        except WriteFailed as error:
            if error.code is not TARGET_OPEN:
                raise
            if tried + 1 < _TRIES:
                wait(_SECONDS)
        else:
            return KeptSummary(target)
    name = holder(target)
    who = f"{name} さんが開いているため" if name else "Excel などで開かれているため"
    return _beside(target, data, who)


def _changed(target: Path, before: str | None) -> bool:
    try:
        return snapshot(target).sha256 != before
    except StoreError:
        return before is not None and target.exists()


def _beside(target: Path, data: bytes, why: str) -> KeptSummary:
    path = next((one for one in numbered(target) if not one.exists()), target)
    # With every name taken this refuses, as it should: nothing is ever written over.
    write_new_bytes(path, data)
    name, kept = shown(target.name), shown(path.name)
    finding = codes.KEPT_ASIDE.at(Place(shown(target.name)), name=name, holder=why, kept=kept)
    return KeptSummary(path, (finding,))
