"""XlsxWriter as we need it: what it lets its users override, overridden."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from io import BytesIO
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.url import Url
from xlsxwriter.worksheet import CellStringTuple, Worksheet

from yosan_xl.excel.links import MOST_LINKS
from yosan_xl.excel.packing import OwnPackager, Texts, pack
from yosan_xl.excel.rows import Content, Formula, Row, Value, fitting, row_xml

_LONGEST_FOOT = 100

_NUMBER = attrgetter("number")


class WriteFailed(RuntimeError):
    """XlsxWriter refused or dropped something; the book must not be handed out."""


class OwnWorksheet(Worksheet):  # type: ignore[misc]
    """Takes formulas as they stand in the file, and whole rows.

    XlsxWriter would look for some 120 newer functions (LET, FILTER, ...) in each formula, which is
    a third of the time of a book; our formulas use none, for Excel 2016's sake.
    """

    original: OwnWorksheet | None = None
    """The sheet written before this one whose XML is this one's too, but for `own_texts`."""

    own_texts: Mapping[str, int] = MappingProxyType({})
    """Of a copy: the numbers of its own texts in the shared strings, by the cell's address."""

    def __init__(self) -> None:
        """Begin a sheet without rows."""
        super().__init__()
        self.poured: list[Row] = []

    def print_foot(self, heading: str, right: str = "") -> None:
        """Print `heading`, the number of the page and `right` at the foot of every page.

        XlsxWriter takes the && in `A&&G市` for a picture; Excel allows 255 characters in all.
        """
        shown = heading[:_LONGEST_FOOT].replace("&", "&&")
        self.footer, self.header_footer_changed = f"&L{shown}&C&P / &N{right}", True

    def pour(self, row: Row) -> int:
        """Take a whole row, below all that was written cell by cell; -1 outside the sheet, -4 for a link too many."""
        last = len(row.values) - 1
        if self._check_dimensions(row.number, 0) or self._check_dimensions(row.number, last):
            return -1
        self.str_table.take(value for value in row.values if isinstance(value, str) and value)
        self.poured.append(row)
        self.outline_row_level: int = max(self.outline_row_level, row.level)
        for column, link in row.links.items():
            # As XlsxWriter has it: only a link on a figure says what it opens.
            link._is_object_link = not isinstance(row.values[column], str)
            if self._link(row.number, column, link):
                return -4
        return 0

    def _link(self, row: int, column: int, link: Url) -> int:
        self.hlink_count += 1
        if self.hlink_count > MOST_LINKS:
            return -4
        self.hyperlinks[row][column] = link
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _assemble_xml_file(self) -> None:
        if self.original is None:
            super()._assemble_xml_file()
        else:
            self.fh.write(self._copied(self.original.fh.getvalue()))
            self.str_table.count += self.original.count_strings() - len(self.own_texts)

    def _write_rows(self) -> None:
        if not self.poured:
            super()._write_rows()
            return
        # XlsxWriter would look into every row up to the last for cells of its own.
        self.dim_rowmax = max((*self.table, *self.row_info), default=self.dim_rowmin)
        super()._write_rows()
        self.fh.write_later(self._rows_xml())

    def _rows_xml(self) -> Iterator[str]:
        for row in self.poured:
            yield row_xml(row, self.str_table.string_table)
        self.poured.clear()  # the rows of the sheets still to come need their memory

    def _get_range_data(
        self, row_start: int, col_start: int, row_end: int, col_end: int
    ) -> list[Any]:
        """Give what a chart keeps of the cells it shows."""
        at = bisect_left(self.poured, row_start, key=_NUMBER)
        end = bisect_left(self.poured, row_end + 1, key=_NUMBER)
        if at == end:
            return list(super()._get_range_data(row_start, col_start, row_end, col_end))
        shown = (row.values[col_start : col_end + 1] for row in self.poured[at:end])
        return [_kept(value) for values in shown for value in values]

    def copy(self, original: OwnWorksheet, texts: Mapping[str, str]) -> None:
        """Become what `original` is, but for the texts of some of its text cells (by A1)."""
        index_of = self.str_table._get_shared_string_index
        self.original = original
        self.own_texts = {cell: index_of(text) for cell, text in texts.items()}

    def _copied(self, xml: str) -> str:
        for cell, index in self.own_texts.items():
            written = re.compile(rf'(<c r="{cell}"[^>]* t="s"><v>)\d+')
            xml, times = written.subn(rf"\g<1>{index}", xml, count=1)
            if not times:
                raise WriteFailed(f"{cell} holds no text to be replaced")
        return xml

    def count_strings(self) -> int:
        """Give how many cells refer to the book's shared strings."""
        rows = self.table.values()
        return sum(isinstance(cell, CellStringTuple) for row in rows for cell in row.values())


def _kept(value: Content) -> Value:
    if isinstance(value, Formula):
        return value.value
    if isinstance(value, str):
        return fitting(value)
    return "" if value is None else value


class OwnWorkbook(Workbook):  # type: ignore[misc]
    """A workbook whose texts are all texts, and whose sheets may have whole rows."""

    filename: BytesIO

    def __init__(self, *args: Any) -> None:
        """Begin a book as XlsxWriter does."""
        super().__init__(*args)
        self.str_table = Texts()
        self._packager = OwnPackager()

    @property
    def has_rows(self) -> bool:
        """Tell whether any of its sheets has whole rows."""
        return any(sheet.poured for sheet in self.worksheets())

    def _get_packager(self) -> OwnPackager:
        return self._packager

    def _store_workbook(self) -> None:
        """Pack the book; XlsxWriter packs it without whole rows first, so that they are never in memory as one text."""
        if not self.has_rows:
            super()._store_workbook()
            return
        out, self.filename = self.filename, BytesIO()
        super()._store_workbook()
        pack(self.filename, self._packager.unfinished, out)
