"""XlsxWriter as we need it: what it lets its users override, overridden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.url import Url
from xlsxwriter.worksheet import CellStringTuple, Worksheet

from yosan_xl.excel.links import MOST_LINKS


class WriteFailed(RuntimeError):
    """XlsxWriter refused or dropped something; the book must not be handed out."""


class OwnWorksheet(Worksheet):  # type: ignore[misc]
    """Takes formulas as they stand in the file.

    XlsxWriter would look for some 120 newer functions (LET, FILTER, ...) in each of them, which is
    a third of the time of a book; our formulas use none, for Excel 2016's sake.
    """

    original: OwnWorksheet | None = None
    """The sheet written before this one whose XML is this one's too, but for `own_texts`."""

    own_texts: Mapping[str, int] = MappingProxyType({})
    """Of a copy: the numbers of its own texts in the shared strings, by the cell's address."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def link_cell(self, row: int, column: int, link: Url) -> int:
        """Let a cell that is written open something, whatever value it has; -4 for one too many."""
        self.hlink_count += 1
        if self.hlink_count > MOST_LINKS:
            return -4
        self.hyperlinks[row][column] = link
        return 0

    def _assemble_xml_file(self) -> None:
        if self.original is None:
            super()._assemble_xml_file()
        else:
            self.fh.write(self._copied(self.original.fh.getvalue()))
            self.str_table.count += self.original.count_strings() - len(self.own_texts)

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


class _Strings(SharedStrings):  # type: ignore[misc]
    """Writes a text that looks like XlsxWriter's own mark for rich text (`<r>…</r>`) as a text."""

    def _xml_rich_si_element(self, string: str) -> None:
        self._xml_si_element(string)


class _Packager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        strings = _Strings()
        strings.string_table = self.workbook.str_table
        if self.workbook.str_table.count:
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()


class OwnWorkbook(Workbook):  # type: ignore[misc]
    """A workbook whose texts are all texts."""

    def _get_packager(self) -> Packager:
        return _Packager()
