"""Books of which openpyxl reads a sheet when it is first looked at: most tests look at one or two of twenty."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import openpyxl
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet.worksheet import Worksheet

_read_worksheets = ExcelReader.read_worksheets
_KNOWN = {
    "title",
    "_WorkbookChild__title",
    "parent",
    "_parent",
    "defined_names",
    "__dict__",
    "__class__",
}
"""What is known of a sheet before its part is read."""


def lazy_book(book: bytes | Path, *, values: bool = False) -> openpyxl.Workbook:
    """Open a book as `load_workbook` does, with the formulas or with the `values` saved for them."""
    data = book if isinstance(book, bytes) else book.read_bytes()
    with mock.patch.object(ExcelReader, "read_worksheets", _name_sheets):
        return openpyxl.load_workbook(BytesIO(data), data_only=values)


class _Unread(Worksheet):
    """A sheet that is read as soon as anything else is asked of it."""

    def __getattribute__(self, name: str) -> Any:
        if name in _KNOWN:
            return super().__getattribute__(name)
        reader, file, found = self.__dict__.pop("unread")
        self.__class__ = Worksheet  # type: ignore[assignment]
        reader.archive = zipfile.ZipFile(file)
        # The reader makes one sheet, and is given this one for it.
        reader.wb = SimpleNamespace(create_sheet=lambda title: self, vba_archive=None)
        reader.parser.find_sheets = lambda: [found]
        _read_worksheets(reader)
        return getattr(self, name)


def _name_sheets(reader: ExcelReader) -> None:
    """Put the sheets into the book, each to be read from the same bytes later."""
    file = reader.archive.fp
    for sheet, part in list(reader.parser.find_sheets()):
        own = reader.wb.create_sheet(sheet.name)
        own.__dict__["unread"] = (reader, file, (sheet, part))
        own.__class__ = _Unread
