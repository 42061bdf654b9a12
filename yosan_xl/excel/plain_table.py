"""A sheet with one table in the looks of the summary: title, note, headings, rows, print set-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.heights import line_count, row_height
from yosan_xl.excel.summary.styles import Formats
from yosan_xl.model.money import with_commas

NOTE_ROW, HEADING_ROW, FIRST_ROW = 1, 3, 4
_A4 = 9
_MOST = 32_767  # characters of a cell; documents from elsewhere may hold anything

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in digits, and its kind (`KINDS` of summary/styles.py)."""

    label: str
    width: int
    kind: str


class PlainTable:
    """The sheet being written, from the top."""

    def __init__(
        self,
        book: CheckedBook,
        formats: Formats,
        name: str,
        columns: Sequence[Column],
        heading: str,
    ) -> None:
        """Add the sheet with its title and its headings."""
        self.target: CheckedSheet = book.add_worksheet(name)
        self._formats = formats
        self._columns = columns
        self._heading = heading
        self._text(0, 0, heading, "plain", "title")
        for at, column in enumerate(columns):
            self.target.set_column(at, at, column.width)
            self._text(HEADING_ROW, at, column.label, "plain", "heading")
        for row, height in enumerate((26, 16, 6, 34)):
            self.target.set_row(row, height)

    @property
    def pixels(self) -> int:
        """Give how wide the table is on the screen (Excel: 7 a digit, and 5)."""
        return sum(7 * column.width + 5 for column in self._columns)

    def note(self, sentence: str, unit: str) -> None:
        """Write the line below the title, and the unit at its right end."""
        self._text(NOTE_ROW, 0, sentence, "plain", "note")
        if unit:
            self._text(NOTE_ROW, len(self._columns) - 1, unit, "unit", "note")

    def write(self, row: int, values: Sequence[Value], level: str) -> None:
        """Write a row (0-based); columns beyond the values get the looks alone."""
        padded = [*values, *[None] * (len(self._columns) - len(values))]
        lines = 1
        for at, (column, value) in enumerate(zip(self._columns, padded, strict=True)):
            self._put(row, at, value, column.kind, level)
            lines = max(lines, line_count(value, column.width))
        self.target.set_row(row, row_height(lines))

    def formula(self, row: int, at: int, formula: str, value: Value, level: str) -> None:
        """Write a formula with the value it has, for viewers that do not calculate."""
        looks = self._formats(self._columns[at].kind, level)
        self.target.write_formula(row, at, formula, looks, value)

    def finish(self, last_row: int, last_filtered: int) -> None:
        """Set print area, filter and page."""
        target, last = self.target, len(self._columns) - 1
        target.autofilter(HEADING_ROW, 0, max(last_filtered, HEADING_ROW), last)
        target.freeze_panes(FIRST_ROW, 0)
        target.print_area(0, 0, last_row, last)
        target.repeat_rows(0, HEADING_ROW)
        target.set_landscape()
        target.set_paper(_A4)
        target.fit_to_pages(1, 0)
        target.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        target.print_foot(self._heading, "&R&A")
        target.hide_gridlines(2)

    def _put(self, row: int, at: int, value: Value, kind: str, level: str) -> None:
        if isinstance(value, str) and value:
            self._text(row, at, value, kind, level)
        elif isinstance(value, int | float):
            self.target.write_number(row, at, value, self._formats(kind, level))
        else:
            self.target.write_blank(row, at, None, self._formats(kind, level))

    def _text(self, row: int, at: int, text: str, kind: str, level: str) -> None:
        # Text of staff is data: write() would make a formula or a link of it.
        self.target.write_string(row, at, text[:_MOST], self._formats(kind, level))


def cell(row: int, column: int) -> str:
    """Give `C5` for a row and a column (0-based)."""
    return str(xl_rowcol_to_cell(row, column))


def figure_width(amounts: Iterable[int]) -> int:
    """Give how wide a column must be that no sum of these shows as ####."""
    most = max((abs(amount) for amount in amounts), default=0)
    return max(len(with_commas(-most)) + 3, 14)
