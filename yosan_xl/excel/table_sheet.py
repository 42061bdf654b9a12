"""A table as a sheet in the looks of the summary: title, note, headings, rows, total, print set-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.rows import fitting
from yosan_xl.excel.summary.styles import Formats, set_page
from yosan_xl.excel.wrapping import line_count, row_height
from yosan_xl.model.money import with_commas
from yosan_xl.model.table import ColumnKind, Table, Value

NOTE_ROW, HEADING_ROW, FIRST_ROW = 1, 3, 4
_WIDTHS = {ColumnKind.COUNT: 11, ColumnKind.CODE: 9, ColumnKind.RATE: 10, ColumnKind.TEXT: 40}
_SUMMED = (ColumnKind.COUNT, ColumnKind.MONEY)


class TableSheet:
    """The sheet of a table, and what is written beside it."""

    def __init__(
        self, book: CheckedBook, table: Table, heading: str, widths: Mapping[str, int]
    ) -> None:
        """Write headings, rows and total; `widths` are those of columns by their labels, in digits."""
        self.target: CheckedSheet = book.add_worksheet(table.name)
        self._formats = Formats(book)
        self._table, self._heading = table, heading
        self._widths = list(_all_widths(table, widths))
        self._write_head()
        for at, row in enumerate(table.rows, FIRST_ROW):
            self._write_row(at, row, "row")
        for at, row in enumerate(table.subtotals, self.sums_row):
            self._write_row(at, row, "total")
        if table.total:
            self._write_row(self.total_row, table.total, "total")

    @property
    def sums_row(self) -> int:
        """Return the row (0-based) below the last of the table: its first sum."""
        return FIRST_ROW + len(self._table.rows)

    @property
    def total_row(self) -> int:
        """Return the row (0-based) of the sum of all."""
        return self.sums_row + len(self._table.subtotals)

    @property
    def pixels(self) -> int:
        """Return how wide the table is on the screen (Excel: 7 a digit, and 5)."""
        return sum(7 * width + 5 for width in self._widths)

    def note(self, sentence: str, unit: str = "") -> None:
        """Write the line below the title, and the unit at its right end."""
        self._write(NOTE_ROW, 0, sentence, "plain", "note")
        if unit:
            self._write(NOTE_ROW, len(self._widths) - 1, unit, "unit", "note")

    def put(self, row: int, column: int, value: Value, level: str) -> None:
        """Write a cell (0-based) in the looks of its column and of a level of row."""
        self._write(row, column, value, self._table.columns[column].kind.value, level)

    def looks(self, column: int, level: str) -> object:
        """Return the format of a column's cells in a level of row."""
        return self._formats(self._table.columns[column].kind.value, level)

    def finish(self, below: int = 0, foot: str = "") -> None:
        """Set filter, print area and page; `below` are rows (of a chart) that are printed too."""
        target, last = self.target, len(self._widths) - 1
        last_row = max(self.sums_row - 1, HEADING_ROW)
        printed = self.total_row if self._table.total else last_row
        target.autofilter(HEADING_ROW, 0, last_row, last)
        target.freeze_panes(FIRST_ROW, 0)
        target.print_area(0, 0, printed + below, last)
        set_page(target, HEADING_ROW, self._heading, foot)

    def _write_head(self) -> None:
        self._write(0, 0, self._heading, "plain", "title")
        for at, (column, width) in enumerate(zip(self._table.columns, self._widths, strict=True)):
            self.target.set_column(at, at, width)
            self._write(HEADING_ROW, at, column.label, "plain", "heading")
        for row, height in enumerate((26, 16, 6, 34)):
            self.target.set_row(row, height)

    def _write_row(self, row: int, values: Sequence[Value], level: str) -> None:
        for at, value in enumerate(values):
            formula = self._formula(row, at)
            if formula:
                is_rate = self._table.columns[at].kind is ColumnKind.RATE and isinstance(value, int)
                cached = int(value or 0) / 10 if is_rate else value
                shown = "" if cached is None else cached
                self.target.write_formula(row, at, formula, self.looks(at, level), shown)
            else:
                self.put(row, at, value, level)
        lines = max(map(line_count, values, self._widths))
        self.target.set_row(row, row_height(lines))

    def _formula(self, row: int, at: int) -> str:
        """Return the formula that a reader would type, nothing where a value stands for itself."""
        column = self._table.columns[at]
        if column.of:
            first, second = (_cell(row, self._table.at(key)) for key in column.of)
            if column.kind is ColumnKind.RATE:
                # A rate of 0.1 % is no money; the sheet's own ROUND gives the same.
                return f'=IF({first}=0,"",ROUND({second}/ABS({first})*100,1))'
            return f"={second}-{first}"
        if row >= self.sums_row and column.kind in _SUMMED:
            top, bottom = self._summed(row)
            return f"=SUM({_cell(top, at)}:{_cell(bottom, at)})"
        return ""

    def _summed(self, row: int) -> tuple[int, int]:
        """Return the first and last row (0-based) of what a row of sums adds up."""
        if row == self.total_row:
            return FIRST_ROW, self.sums_row - 1
        wanted = self._table.subtotals[row - self.sums_row][0]
        places = [at for at, one in enumerate(self._table.rows, FIRST_ROW) if one[0] == wanted]
        return places[0], places[-1]

    def _write(self, row: int, at: int, value: Value, kind: str, level: str) -> None:
        # Documents from elsewhere may hold anything.
        shown = fitting(value) if isinstance(value, str) else value
        self.target.write(row, at, shown, self._formats(kind, level))


def _cell(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column))


def _all_widths(table: Table, widths: Mapping[str, int]) -> Iterable[int]:
    for column in table.columns:
        usual = _WIDTHS[column.kind] if column.kind in _WIDTHS else _figure_width(table)
        yield widths.get(column.label, usual)


def _figure_width(table: Table) -> int:
    """Return how wide a column must be that no amount of the table shows as ####: △ is as wide as two digits."""
    rows = (*table.rows, *table.subtotals, table.total or ())
    amounts = [value for row in rows for value in row if isinstance(value, int)]
    widths = (len(with_commas(abs(one))) + (6 if one < 0 else 4) for one in amounts)
    return max(14, *widths, 0)
