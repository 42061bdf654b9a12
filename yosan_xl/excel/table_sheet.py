"""A table as a sheet in the looks of the summary: title, note, headings, rows, total, print set-up.

A sum adds up the rows of its key, or all of them, wherever they are sorted to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.rows import fitting
from yosan_xl.excel.summary.paper import (
    A4,
    LEAST_PERCENT,
    PrintedColumn,
    percent_of_page,
    printed_width,
)
from yosan_xl.excel.summary.styles import STILL_ALLOWED, Formats, set_page
from yosan_xl.excel.wrapping import line_count, row_height
from yosan_xl.model.money import with_commas
from yosan_xl.model.table import ColumnKind, Table, Value

NOTE_ROW, HEADING_ROW, FIRST_ROW = 1, 3, 4
_WIDTHS = {ColumnKind.COUNT: 11, ColumnKind.CODE: 9, ColumnKind.RATE: 10, ColumnKind.TEXT: 40}
_OF_CHART = "グラフの数値（上の表から数式で計算しています）"
_INDENT = 2
"""Characters by which a text stands off the edge of its column."""

_LEAST_TEXT, _MOST_KEYS = 10, 3
"""The fewest characters on a line of a text, and the most columns that stand on every page side by side."""

_SUMMED = (ColumnKind.COUNT, ColumnKind.MONEY)


class TableSheet:
    """The sheet of a table, and what is written beside it."""

    def __init__(
        self, book: CheckedBook, table: Table, heading: str, widths: Mapping[str, int]
    ) -> None:
        """Write headings, rows and total; `widths` are those of columns by their labels, in digits."""
        self.target: CheckedSheet = book.add_worksheet(table.name)
        self._formats = Formats(book)
        self._table, self._heading, self._unit = table, heading, ""
        self._keys = _leading_texts(table)
        self._printed = printed_width(list(_columns(table, widths)), self._keys, (A4,))
        self._widths = self._printed.widths
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
        """Return how wide the table is on the screen, or a page of it on paper."""
        return self._printed.pixels

    def note(self, sentence: str, unit: str = "") -> None:
        """Write the line below the title, and the unit at its right end."""
        self._unit = unit
        last = len(self._widths) - 1 - bool(unit)
        if last > 0:
            self.target.merge_range(NOTE_ROW, 0, NOTE_ROW, last, "")
        self._write(NOTE_ROW, 0, sentence, "note", "note")
        lines = line_count(sentence, sum(self._widths[: last + 1]))
        self.target.set_row(NOTE_ROW, max(16, row_height(lines)))
        if unit:
            self._write(NOTE_ROW, len(self._widths) - 1, unit, "unit", "note")

    def put(self, row: int, column: int, value: Value, level: str) -> None:
        """Write a cell (0-based) in the looks of its column and of a level of row."""
        self._write(row, column, value, self._table.columns[column].kind.value, level)

    def looks(self, column: int, level: str) -> object:
        """Return the format of a column's cells in a level of row."""
        return self._formats(self._table.columns[column].kind.value, level)

    def write_again(self, row: int) -> None:
        """Write the rows once more from `row` (0-based) on, as sums by their keys: for a chart, whose cells nobody is to sort or filter."""
        self._write(row - 1, 0, _OF_CHART, "plain", "note")
        keys = [at for at, one in enumerate(self._table.columns) if one.kind not in _SUMMED]
        for at, values in enumerate(self._table.rows, row):
            for column, value in enumerate(values):
                if column in keys:
                    self.put(at, column, value, "row")
                else:
                    text = self._of_keys(at, column, keys)
                    self.target.write_formula(
                        at, column, text, self.looks(column, "row"), value or 0
                    )

    def finish(self, below: int = 0, foot: str = "") -> None:
        """Set filter, print area, page, and the protection of what is computed; `below` are rows (of a chart) that are printed too."""
        target, last = self.target, len(self._widths) - 1
        last_row = max(self.sums_row - 1, HEADING_ROW)
        printed = self.total_row if self._table.total else last_row
        target.autofilter(HEADING_ROW, 0, last_row, last)
        target.freeze_panes(FIRST_ROW, 0)
        top = HEADING_ROW if self._printed.pages > 1 else 0
        target.print_area(top, 0, printed + below, last)
        set_page(
            target,
            HEADING_ROW,
            self._heading,
            foot,
            pages_wide=self._printed.pages,
            first_row=top,
            percent=self._set_below(printed + 1, below) if below else 0,
        )
        if top:
            target.repeat_columns(0, self._keys - 1)
            target.print_head(self._heading, self._unit)
        if next(target.cells.formulas(), None):
            target.protect("", STILL_ALLOWED)

    def _set_below(self, row: int, below: int) -> int:
        """Let what stands from a row on below the table share its page, or begin one of its own; return the size (percent)."""
        whole = percent_of_page(self.target.row_heights(row + below - 1))
        if whole >= LEAST_PERCENT:
            return min(whole, self._printed.percent)
        self.target.set_h_pagebreaks([row])
        return self._printed.percent

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
        lines = max(map(line_count, values, (one - _INDENT for one in self._widths)))
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
        if row == self.total_row and column.kind in _SUMMED:
            return f"=SUM({self._down(at)})"
        if row >= self.sums_row and column.kind in _SUMMED:
            return self._of_keys(row, at, [0])
        return ""

    def _of_keys(self, row: int, at: int, keys: Sequence[int]) -> str:
        """Return the sum of a column over the rows of the table that have the words of `row` in some columns."""
        tests = (f"EXACT({self._down(key)},${_cell(row, key)})" for key in keys)
        return f"=SUMPRODUCT({'*'.join(('1', *tests))},{self._down(at)})"

    def _down(self, at: int) -> str:
        """Return the cells of a column in the rows of the table."""
        return str(xl_range_abs(FIRST_ROW, at, self.sums_row - 1, at))

    def _write(self, row: int, at: int, value: Value, kind: str, level: str) -> None:
        # Documents from elsewhere may hold anything.
        shown = fitting(value) if isinstance(value, str) else value
        self.target.write(row, at, shown, self._formats(kind, level))


def _cell(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column))


def _columns(table: Table, widths: Mapping[str, int]) -> Iterable[PrintedColumn]:
    for column in table.columns:
        usual = _WIDTHS[column.kind] if column.kind in _WIDTHS else _figure_width(table)
        width, is_text = widths.get(column.label, usual), column.kind is ColumnKind.TEXT
        yield PrintedColumn(width, min(width, _LEAST_TEXT) if is_text else width, is_text)


def _leading_texts(table: Table) -> int:
    """Return how many columns at the left say whose row it is."""
    texts = takewhile(lambda one: one.kind is not ColumnKind.MONEY, table.columns)
    return min(len(list(texts)), _MOST_KEYS)


def _figure_width(table: Table) -> int:
    """Return how wide a column must be that no amount of the table shows as ####: △ is as wide as two digits."""
    rows = (*table.rows, *table.subtotals, table.total or ())
    amounts = [value for row in rows for value in row if isinstance(value, int)]
    widths = (len(with_commas(abs(one))) + (6 if one < 0 else 4) for one in amounts)
    return max(14, *widths, 0)
