"""LibreOffice Calc for tests: opens a book, types into it as a person does, saves and prints it.

Facts that the tests rest on (LibreOffice 7.4, Japanese locale):

- A formula's saved value is kept when a book is opened; only `recalculate` computes it again.
- The UNO calls behind `enter` ignore protection; therefore the worker asks first and refuses.
- Neither `enter` nor `type_into` is stopped by a data validation: a list can be overruled here.
- Typing at a locked cell opens a message box, and that ends a LibreOffice without a screen.
- Formulas and list sources come back in LibreOffice's own notation (`$一覧.$A$1:$A$3`).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from signal import Signals
from typing import Any, Literal, NewType

from tests.office.process import OfficeDied, WorkerProcess

Book = NewType("Book", int)  # an open book's handle
Kind = Literal["number", "text", "empty", "error"]


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell shows: a constant or a formula's last result (an error as its text, #DIV/0!)."""

    kind: Kind
    value: int | Decimal | str | None


@dataclass(frozen=True, slots=True)
class Display:
    """What a cell shows: its text in its number format; whether it is struck out, and seen at all.

    Not seen is what stands in a hidden or too thin row or column, or under a merged cell.
    """

    text: str
    is_struck: bool
    is_seen: bool


@dataclass(frozen=True, slots=True)
class UsedCell:
    """A cell that is not empty, with its formula where it has one."""

    a1: str
    kind: Kind
    value: int | Decimal | str | None
    formula: str | None


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet of an open book."""

    name: str
    visible: bool
    protected: bool


@dataclass(frozen=True, slots=True)
class Validation:
    """A cell's data validation (kind: UNO's word, ANY where there is none)."""

    kind: str  # ANY, LIST, WHOLE, DECIMAL, DATE, TIME, TEXT_LEN, CUSTOM
    source: str  # formula 1: a list's source, or a comparison's first operand
    error_title: str
    error_message: str
    shows_error: bool
    shows_list: bool


@dataclass(frozen=True, slots=True)
class Typing:
    """What typing at a cell did to it (after: None where LibreOffice ended before it was asked)."""

    before: CellValue
    after: CellValue | None

    @property
    def changed(self) -> bool:
        """Return whether the typed text was seen to change the cell."""
        return self.after is not None and self.after != self.before


def _decoded(kind: Kind, value: Any) -> int | Decimal | str | None:
    """Return a fraction as a Decimal (the worker sends it as text) and the rest as it is."""
    if kind == "number" and isinstance(value, str):
        return Decimal(value)
    decoded: int | str | None = value
    return decoded


class Office:
    """A lazily started LibreOffice; a call raises OfficeError (refused) or OfficeDied (ended).

    After OfficeDied the next call starts a new one; books opened before are then unknown to it.
    Cells are named by A1 or by a defined name that the sheet sees (its first cell is meant).
    """

    def __init__(self, timeout: float = 120) -> None:
        """Take the seconds that any one call may last."""
        self.timeout = timeout
        self._worker: WorkerProcess | None = None
        self._handles = itertools.count(1)

    def open(self, path: Path) -> Book:
        """Open a private copy of a file; the file itself is neither locked nor changed."""
        handle = Book(next(self._handles))
        self._call("open", handle=handle, path=str(path))
        return handle

    def close(self, book: Book) -> None:
        """Close a book without saving."""
        self._call("close", handle=book)

    def save_as(self, book: Book, path: Path) -> None:
        """Write the book as xlsx, as LibreOffice does; the book stays open."""
        self._call("save_as", handle=book, path=str(path))

    def save_pdf(self, book: Book, path: Path, sheets: Sequence[str] | None = None) -> None:
        """Print to PDF: all visible sheets, or only the named ones (hidden ones too)."""
        wanted = None if sheets is None else list(sheets)
        self._call("save_pdf", handle=book, path=str(path), sheets=wanted)

    def recalculate(self, book: Book) -> None:
        """Compute every formula of the book again."""
        self._call("recalculate", handle=book)

    def sort(
        self, book: Book, sheet: str, area: str, column: int, *, descending: bool = False
    ) -> None:
        """Take the protection off and sort an area (A1, headings first) by its `column` (from 0)."""
        self._call(
            "sort", handle=book, sheet=sheet, area=area, column=column, descending=descending
        )

    def rename(self, book: Book, sheet: str, name: str) -> None:
        """Give a sheet another name."""
        self._call("rename", handle=book, sheet=sheet, name=name)

    def copy(self, book: Book, sheet: str, name: str) -> None:
        """Copy a sheet behind all others."""
        self._call("copy", handle=book, sheet=sheet, name=name)

    def colour(self, book: Book, sheet: str, cell: str) -> None:
        """Fill a cell with yellow, protected or not."""
        self._call("colour", handle=book, sheet=sheet, cell=cell)

    def comment(self, book: Book, sheet: str, cell: str, text: str) -> None:
        """Put a note at a cell, protected or not."""
        self._call("comment", handle=book, sheet=sheet, cell=cell, text=text)

    def sheets(self, book: Book) -> list[SheetInfo]:
        """Return the sheets in their order."""
        return [SheetInfo(*row) for row in self._call("sheets", handle=book)]

    def values(self, book: Book, sheet: str, cells: Sequence[str]) -> list[CellValue]:
        """Return what each cell shows."""
        answer = self._call("values", handle=book, sheet=sheet, cells=list(cells))
        return [CellValue(one["kind"], _decoded(one["kind"], one["value"])) for one in answer]

    def displays(self, book: Book, sheet: str, cells: Sequence[str]) -> list[Display]:
        """Give what each cell shows on the screen."""
        found = self._call("displays", handle=book, sheet=sheet, cells=list(cells))
        return [Display(*one) for one in found]

    def formulas(self, book: Book, sheet: str, cells: Sequence[str]) -> list[str | None]:
        """Return each cell's formula with its "=", or None where it has none."""
        answer: list[str | None] = self._call(
            "formulas", handle=book, sheet=sheet, cells=list(cells)
        )
        return answer

    def used(self, book: Book, sheet: str) -> list[UsedCell]:
        """Return all cells that are not empty, row by row."""
        answer = self._call("used", handle=book, sheet=sheet)
        return [UsedCell(a1, kind, _decoded(kind, value), text) for a1, kind, value, text in answer]

    def enter(
        self, book: Book, sheet: str, entries: Sequence[tuple[str, int | str | None]]
    ) -> None:
        """Put values into unlocked cells: an int as a number, a str as text (never read as a
        number or a formula), None empties. One locked or covered cell, and none is entered.
        """
        self._call("enter", handle=book, sheet=sheet, entries=[list(entry) for entry in entries])

    def type_into(self, book: Book, sheet: str, entries: Sequence[tuple[str, str]]) -> None:
        r"""Type texts into unlocked cells as a person does (GoToCell, then EnterString).

        In a cell of format @ every text stays as typed, also `=1+2`, `1,234` and an apostrophe.
        Elsewhere LibreOffice reads it: `1,234`, `１２３４`, `(500)`, `￥500` and `3%` become
        numbers, `2020/1/1`, `1-2` and `1/2` dates, `=1+2` a formula; `・…`, `@456円×8`, `-abc`,
        `▲500`, `500円` and `＝1+2` stay text. A leading apostrophe goes (and forces text) only
        before what would be a number; before other text, `'=1+2` too, it stays (Excel drops it).
        A \n becomes a line break within the cell. A broken formula (`=1+`) outside format @ makes
        LibreOffice ask a question, which ends it: OfficeDied.
        """
        typed = [list(entry) for entry in entries]
        self._call("type_into", handle=book, sheet=sheet, entries=typed)

    def type_where_granted(
        self, book: Book, sheet: str, entries: Sequence[tuple[str, str]]
    ) -> None:
        """Type at locked cells of a range that all may edit; at any other locked cell LibreOffice ends."""
        typed = [list(entry) for entry in entries]
        self._call("type_unguarded", handle=book, sheet=sheet, entries=typed)

    def tab(self, book: Book, sheet: str, cell: str, times: int) -> list[str]:
        """Return the cells (A1) that Tab goes to on a protected sheet, from a cell on."""
        answer = self._call("tab", handle=book, sheet=sheet, cell=cell, times=times)
        return [str(one) for one in answer]

    def is_locked(self, book: Book, sheet: str, cell: str) -> bool:
        """Return whether the sheet is protected and the cell is locked."""
        return bool(self._call("is_locked", handle=book, sheet=sheet, cell=cell))

    def lifts(self, book: Book, password: str) -> dict[str, bool]:
        """Return whether a password lifts the protection of each protected sheet."""
        answer = self._call("lifts", handle=book, password=password)
        return {name: not is_protected for name, is_protected in answer}

    def validations(self, book: Book, sheet: str, cells: Sequence[str]) -> list[Validation]:
        """Return each cell's data validation."""
        answer = self._call("validations", handle=book, sheet=sheet, cells=list(cells))
        return [Validation(**one) for one in answer]

    def type_at_locked_cell(
        self, path: Path, sheet: str, entry: str, cell: str, text: str
    ) -> tuple[Typing, Typing]:
        """Type at an entry cell and then at a locked one without asking for its lock, in a LibreOffice of its own.

        The message box at a locked cell ends that LibreOffice moments later; the cell is read
        before. What is typed at the entry cell must change it: it shows that this way of typing works.
        """
        alone = Office(self.timeout)
        try:
            book = alone.open(path)
            first, second = (alone._type(book, sheet, one, text) for one in (entry, cell))
            return first, second
        finally:
            alone.stop()

    def _type(self, book: Book, sheet: str, cell: str, text: str) -> Typing:
        (before,) = self.values(book, sheet, [cell])
        try:
            self._call("type_unguarded", handle=book, sheet=sheet, entries=[[cell, text]])
            (after,) = self.values(book, sheet, [cell])
        except OfficeDied:
            return Typing(before, None)
        return Typing(before, after)

    def signal(self, sign: Signals) -> None:
        """Send LibreOffice a signal (for the tests of what follows its death)."""
        if self._worker is not None:
            self._worker.signal(sign)

    def stop(self) -> None:
        """End LibreOffice; a later call would start it again."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def _call(self, op: str, **arguments: object) -> Any:
        if self._worker is None:
            self._worker = WorkerProcess(self.timeout)
        try:
            return self._worker.call(op, self.timeout, arguments)
        except OfficeDied:
            self._worker = None
            raise
