"""A plain model of what finance typed: a list of entries, each with its project; and what must be seen of them.

It is kept beside the year by what was done to it, and reads none of it but through openpyxl.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.decisions.books import (
    AMOUNT,
    LEFT,
    LINES,
    LIST,
    SPECIFIC,
    Place,
    columns,
    everything,
    load,
    rows,
)

FIRST_AMOUNT, _PRIME = 713_017, 997
"""Amounts that are typed are all different, no amount of a request, and no sum or difference of two is that of two others
(Erdős and Turán): what the summary works out of some is no other."""


@dataclass(slots=True)
class Entry:
    """Something that somebody typed, which is like nothing else: `value` tells it from all others.

    `at` is the project and the cell it was typed for, None for a note that belongs nowhere; it `is_sure` to stand
    there as long as nobody altered the project, and `is_live` until somebody who saw it wrote over it. `book` is the
    name of the book it was typed into and how often anything had been consolidated when that was written.
    """

    value: int | str
    project: str | None = None
    heading: str = ""
    line: int | None = None
    is_live: bool = True
    is_sure: bool = True
    is_taken: bool = False
    book: tuple[str, int] = ("", 0)
    is_told: bool = False

    @property
    def cell(self) -> tuple[str | None, str, int | None]:
        """Return the cell it was typed for, whatever the id of the project now is."""
        return self.project, self.heading, self.line


@dataclass
class Ledger:
    """All entries; those that stand in a book and were not consolidated yet, by the name of the book.

    `outdated` has by the name of a book the projects that are not what it shows.
    """

    entries: list[Entry] = field(default_factory=list)
    pending: dict[str, list[tuple[Entry | None, Entry | None]]] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    outdated: dict[str, set[str]] = field(default_factory=dict)
    made: int = 0
    times: int = 0

    def amount(self) -> int:
        """Return an amount that nobody typed yet."""
        self.made += 1
        return FIRST_AMOUNT + 2 * _PRIME * self.made + self.made**2 % _PRIME

    def words(self, what: str) -> str:
        """Return words that nobody typed yet."""
        self.made += 1
        return f"{what}〔{self.made:04d}〕"

    def find(self, value: object) -> Entry | None:
        """Return the entry with this value."""
        return next((one for one in self.entries if one.value == value), None)

    def type(self, book: str, entry: Entry | None, over: Entry | None = None) -> None:
        """Take down that somebody typed (or, None, emptied) a cell of a book that showed another entry."""
        if entry:
            entry.book = book, self.written.get(book, 0)
            entry.is_sure = entry.project not in self.outdated.get(book, ())
            # A book put back as it was written cannot be told from the one that somebody goes on typing into.
            same = (one for one in self.rivals(entry) if one.book == entry.book)
            over = over or next(same, None)
            self.entries.append(entry)
        if over:
            over.is_live = False
        self.pending.setdefault(book, []).append((entry, over))

    def lose(self, book: str) -> None:
        """Take down that a book is gone with what nobody consolidated of it."""
        gone = self.pending.pop(book, [])
        elsewhere = [id(entry) for each in self.pending.values() for entry, _ in each]
        for entry, over in reversed(gone):
            if entry and id(entry) in elsewhere:
                continue
            if entry:
                self.entries.remove(entry)
            if over:
                over.is_live = True

    def copy(self, book: str, other: str) -> None:
        """Take down that a book has all that another one has."""
        self.pending[other] = list(self.pending.get(book, ()))
        self.written[other] = self.written.get(book, 0)
        self.outdated[other] = {*self.outdated.get(book, ())}

    def consolidated(self, book: str) -> None:
        """Take down that everything that stood in the books of 集計 was taken, and a book written."""
        self.times += any(self.pending.values())
        self.written[book] = self.times
        self.outdated[book] = set()
        for each in self.pending.values():
            for entry, _ in each:
                if entry:
                    entry.is_taken = True
        self.pending.clear()

    def rivals(self, entry: Entry) -> list[Entry]:
        """Return the other entries of its cell that nobody wrote over: two people typed without seeing one another."""
        return [
            one
            for one in self.entries
            if one is not entry and one.is_live and entry.project and one.cell == entry.cell
        ]

    def doubt(self, project: str) -> None:
        """Take down that a project is not what it was: its entries stand there or on a list."""
        for entry in self.entries:
            if entry.project == project:
                entry.is_sure = False
        for book in self.written:
            self.outdated.setdefault(book, set()).add(project)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a summary, and all that stands beside it, show of entries."""

    cells: dict[tuple[str, str, int | None], object]
    rows: dict[str, list[object]]
    elsewhere: str


def see(summary: Path, told: str) -> Seen:
    """Read a summary and the copies that were kept; `told` are the findings."""
    book = load(summary, values=True)
    cells = dict(_cells(book))
    found: dict[str, list[object]] = {}
    for (request, _, _), value in cells.items():
        found.setdefault(request, []).append(value)
    left = [str(cell.value) for row in book[LEFT] for cell in row if cell.value is not None]
    copies = [everything(path) for path in sorted((summary.parent / "控え").glob("*.xlsx"))]
    return Seen(cells, found, "\n".join([*left, told, *copies]))


def _cells(book: Any) -> Iterator[tuple[tuple[str, str, int | None], object]]:
    for name in (LIST, LINES):
        sheet = book[name]
        names = columns(sheet)
        for row, request, line in rows(sheet):
            for heading, column in names.items():
                yield (request, heading, line), sheet.cell(row, column).value


def problems(ledger: Ledger, ids: dict[str, str], seen: Seen) -> Iterator[str]:
    """Yield what is lost or wrong; `ids` has the request of every project that is counted now."""
    owner = {ids[project]: project for project in ids}
    for entry in ledger.entries:
        if not entry.is_live:
            continue
        request = ids.get(entry.project or "")
        at = (request or "", entry.heading, entry.line)
        is_there = seen.cells.get(at) == entry.value or (
            request is not None and entry.value in seen.rows.get(request, ())
        )
        entry.is_told = entry.is_told or str(entry.value) in seen.elsewhere
        is_sure = entry.is_sure and request is not None and not ledger.rivals(entry)
        if is_sure and not is_there:
            yield f"not at its project: {entry} in {at}, there is {seen.cells.get(at)!r}"
        elif not (is_there or entry.is_told):
            yield f"lost: {entry} in {at}"
    for (request, heading, line), value in seen.cells.items():
        if heading not in (AMOUNT, SPECIFIC) and "の額" not in heading:
            continue
        found = ledger.find(value)
        if found and found.project and owner.get(request) != found.project:
            yield f"at another project: {found} at {request} {line}"
        if (
            found
            and found.project
            and not found.is_live
            and found.cell
            == (
                owner.get(request),
                heading,
                line,
            )
        ):
            yield f"an old entry is back: {found} at {request} {line}"


def place(entry: Entry, ids: dict[str, str]) -> Place:
    """Return where an entry is typed now."""
    return Place(ids[entry.project or ""], entry.heading, entry.line)
