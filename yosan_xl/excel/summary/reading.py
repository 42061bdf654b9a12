"""A summary read back: every entry of finance, and whatever else was typed on its two sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.book import Book, CellKind, Sheet
from yosan_xl.excel.ooxml.extent import Extent
from yosan_xl.excel.ooxml.limits import SUMMARY_LIMITS
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.summary.decisions import NONE_LEFT
from yosan_xl.excel.summary.definition import Definition, SheetDefinition, load_definition
from yosan_xl.excel.summary.entry_value import understood
from yosan_xl.excel.summary.leftover_rows import read_leftovers
from yosan_xl.excel.summary.marks import (
    NOTHING,
    SHEET,
    Marks,
    Stamp,
    loose_mark,
    mark,
    marks_of,
    read_stamp,
    row_mark,
)
from yosan_xl.form.area import a1
from yosan_xl.model.decision import OUTSIDE, LineKey, Spot, Typed
from yosan_xl.model.finding import Place

_ELSEWHERE = "入力欄の外に書かれています"
_OVER = "集計ブックの値が書きかえられています"
_STRANGE_ROW = "どの要求書の行か分かりません"
_COMMENT = "セルのコメントです"
_NO_SIZE = (0, 0)


class NotASummary(Exception):
    """The book is no summary of ours, or has lost what tells so; `what` says it in Japanese."""

    def __init__(self, what: str) -> None:
        """Keep what is wrong."""
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class SummaryReading:
    """What finance typed into a summary.

    `cells` are the entry cells that hold a decision or were changed, emptied ones too; `notes` all
    that stands outside of them; `leftovers` what the summary itself lists as 引き継げない記入.
    `strange_sheets` are sheets that somebody added, or wrote beside the table of. `modified` is the save time (ISO 8601).
    """

    file: str
    fiscal_year: int
    cells: tuple[Typed, ...]
    notes: tuple[Typed, ...]
    leftovers: tuple[Typed, ...]
    strange_sheets: tuple[str, ...]
    modified: str | None
    absorbed: frozenset[str]


def read_summary(data: bytes, file: str) -> SummaryReading:
    """Read a summary, as hostile as any book; raise Refused, or NotASummary."""
    definition = load_definition()
    typed_into = (
        sheet for sheet in definition.sheets if sheet.entries or sheet.kind == "leftovers"
    )
    read = {SHEET, *(sheet.name for sheet in typed_into)}
    book = open_book(data, SUMMARY_LIMITS, lambda name: name.casefold() in read, measured=True)
    stamp = _stamp(book)
    cells: list[Typed] = []
    notes: list[Typed] = []
    for sheet in definition.entry_sheets:
        reader = _reader(book, definition, stamp, sheet, file)
        cells += reader.cells()
        notes += reader.notes()
    return SummaryReading(
        file,
        stamp.fiscal_year,
        tuple(cells),
        tuple(notes),
        tuple(_leftovers(book, definition, file)),
        tuple(_strange(book, stamp, data)),
        book.modified,
        stamp.absorbed,
    )


def why_refused(error: Refused) -> str:
    """Give in a few words why bytes are no book that can be read."""
    encrypted = error.code is refusals.ENCRYPTED
    return "パスワード付きです" if encrypted else f"{error.code.title}です"


def _stamp(book: Book) -> Stamp:
    hidden = book.sheet(SHEET)
    if hidden is None:
        raise NotASummary("yosan-xl の集計ブックではありません")
    rows = sorted({row for row, _ in hidden.cells})
    texts = [tuple(hidden.cell(row, column).text for column in range(3)) for row in rows]
    try:
        return read_stamp([(one, two, three) for one, two, three in texts])
    except ValueError as error:
        raise NotASummary("集計ブックの隠しシートがこわれています") from error


def _strange(book: Book, stamp: Stamp, data: bytes) -> Iterator[str]:
    """Give the sheets that somebody added, and those of ours with something beside the table."""
    # Whether a cell far out says anything is worth reading the sheet for, once there is one.
    doubtful = {
        name
        for name, extent in book.extents.items()
        if name in stamp.sheets and not _is_within(extent, stamp.sizes.get(name, _NO_SIZE))
    }
    read = open_book(data, SUMMARY_LIMITS, doubtful.__contains__) if doubtful else None
    for name in book.extents:
        sheet = read.sheet(name) if read and name in doubtful else None
        if name not in stamp.sheets or (
            sheet and _has_notes(sheet, stamp.sizes.get(name, _NO_SIZE))
        ):
            yield name


def _is_within(extent: Extent | None, size: Extent) -> bool:
    return extent is not None and extent[0] <= size[0] and extent[1] <= size[1]


def _has_notes(sheet: Sheet, size: Extent) -> bool:
    beyond = (at for at in sheet.cells if at[0] > size[0] or at[1] > size[1])
    return bool(sheet.comments) or any(raw_text(sheet.cells[at]) for at in beyond)


def _leftovers(book: Book, definition: Definition, file: str) -> Iterator[Typed]:
    own = next(sheet for sheet in definition.sheets if sheet.kind == "leftovers")
    sheet = book.sheet(own.name)
    if sheet is None:
        return
    columns = _columns(sheet, own)
    if columns is None:
        raise NotASummary(f"「{own.name}」の見出しが変わっています")
    heading, places = columns
    yield from read_leftovers(
        sheet, own, definition, heading, places, Place(file, own.name), NONE_LEFT
    )


def _reader(
    book: Book, definition: Definition, stamp: Stamp, own: SheetDefinition, file: str
) -> _Reader:
    sheet = book.sheet(own.name)
    if sheet is None:
        raise NotASummary(f"シート「{own.name}」がありません")
    found = _columns(sheet, own)
    if found is None:
        raise NotASummary(f"「{own.name}」の見出しが変わっています")
    return _Reader(book, sheet, own, stamp, found[0], found[1], file)


def _columns(sheet: Sheet, own: SheetDefinition) -> tuple[int, Mapping[str, int]] | None:
    """Give the row of headings and where each column stands now; None where one is missing."""
    wanted = {field.label: field.key for field in own.fields}
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.kind is CellKind.TEXT and cell.text in wanted:
            rows.setdefault(row, {}).setdefault(wanted[cell.text], column)
    whole = [row for row in sorted(rows) if len(rows[row]) == len(wanted)]
    return (whole[0], rows[whole[0]]) if whole else None


class _Known(NamedTuple):
    """A row that the stamp knows: whose it is, and its marks."""

    request: str
    line: LineKey | None
    marks: Marks


class _Reader:
    """One of the two sheets, with the place of its headings."""

    def __init__(
        self,
        book: Book,
        sheet: Sheet,
        own: SheetDefinition,
        stamp: Stamp,
        heading: int,
        columns: Mapping[str, int],
        file: str,
    ) -> None:
        """Find the rows that the stamp knows; raise NotASummary where their marks are broken."""
        self.book, self.sheet, self.own, self.file = book, sheet, own, file
        self.heading, self.columns = heading, columns
        self.fields = {field.key: field for field in own.fields}
        self.our_texts = stamp.own.get(own.name, frozenset())
        self.known = dict(self._known_rows(stamp))

    def cells(self) -> Iterator[Typed]:
        """Give the entries of the rows that are known."""
        for row, known in self.known.items():
            for key in self.own.entries:
                base, written = known.marks.of(key)
                raw = self._text(row, key)
                own = mark(raw) if raw else NOTHING
                if not own == base == written:
                    spot = Spot(known.request, key, known.line)
                    yield self._typed(row, key, spot, raw, (base, written, own))

    def notes(self) -> Iterator[Typed]:
        """Give all that stands where nobody is to type."""
        by_column = {column: key for key, column in self.columns.items()}
        for (row, column), cell in sorted(self.sheet.cells.items()):
            text = raw_text(cell)
            why = self._why(row, by_column.get(column), text) if text else None
            if why:
                yield self._note(row, column, text, why)
        for (row, column), text in sorted(self.sheet.comments.items()):
            yield self._note(row, column, text, _COMMENT)

    def _why(self, row: int, key: str | None, text: str) -> str | None:
        """Say why a text is nobody's, None where it is ours or an entry."""
        known = self.known.get(row)
        if known is None:
            if loose_mark(text) in self.our_texts:
                return None
            return _STRANGE_ROW if row > self.heading and key else _ELSEWHERE
        if key is None:
            return _ELSEWHERE
        return None if key in self.own.entries or known.marks.tell(key, text) else _OVER

    def _known_rows(self, stamp: Stamp) -> Iterator[tuple[int, _Known]]:
        seen = set()
        for row in sorted({row for row, _ in self.sheet.cells if row > self.heading}):
            request, line = self._key(row)
            key = row_mark(request, line)
            text = stamp.rows.get((self.own.name, key))
            if text is None or key in seen:  # a copied row is no second request
                continue
            seen.add(key)
            try:
                yield row, _Known(request, line, marks_of(text, self.own))
            except ValueError as error:
                raise NotASummary("集計ブックの隠しシートがこわれています") from error

    def _key(self, row: int) -> tuple[str, LineKey | None]:
        request = self._text(row, "id")
        if "position" not in self.columns:
            return request, None
        position = self._text(row, "position")
        number = (
            int(position)
            if position.isascii() and position.isdecimal() and len(position) < 6
            else 0
        )
        return request, LineKey(
            number, self._text(row, "part") or None, self._text(row, "line") or None
        )

    def _text(self, row: int, key: str) -> str:
        cell = self.sheet.cells.get((row, self.columns[key]))
        return raw_text(cell) if cell else ""

    def _typed(
        self, row: int, key: str, spot: Spot, raw: str, marks: tuple[str, str, str]
    ) -> Typed:
        column = self.columns[key]
        cell = self.sheet.cell(row, column)
        entry = understood(cell, self.fields[key], self.book)
        base, written, own = marks
        return Typed(
            spot,
            entry.value,
            raw,
            self._place(row, column),
            self._text(row, "title"),
            problem=entry.problem,
            repaired=entry.repaired,
            formula=cell.formula,
            base=base,
            written=written,
            own=own,
        )

    def _note(self, row: int, column: int, text: str, why: str) -> Typed:
        below = row > self.heading
        request, line = self._key(row) if below else ("", None)
        title = self._text(row, "title") if below else ""
        spot = Spot(request, OUTSIDE, line)
        return Typed(spot, text, text, self._place(row, column), title, why=why)

    def _place(self, row: int, column: int) -> Place:
        return Place(self.file, self.own.name, a1(row, column))
