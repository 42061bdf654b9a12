"""Fixtures, marks and the hypothesis profile of all tests."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings
from openpyxl.worksheet.merge import MergedCellRange

from tests import read_once
from tests.office.plugin import office
from yosan_xl.excel.reading import read_book, second_reader

__all__ = ["office"]

settings.register_profile("no deadlines", deadline=None)  # no test judges how long anything takes
settings.load_profile("no deadlines")

gc.set_threshold(1_000_000, 50, 50)  # as the program does
# Of the same bytes the same is read: what is tested of reading is tested of other bytes.
read_book.open_book = read_once.opened_book  # type: ignore[assignment, attr-defined]
read_book._read_sheets = read_once.sheets_read
second_reader.values_by = read_once.second_values  # type: ignore[attr-defined]
# openpyxl puts the looks of merged cells together anew whenever it opens a book: half of its time.
MergedCellRange.format = read_once.looks_of_the_first  # type: ignore[method-assign, assignment]
os.fsync = os.fstat  # type: ignore[assignment]  # no power fails here; a file that is closed is one still


def pytest_collection_finish() -> None:
    """Leave what stays to the end, modules and tests, out of all collections."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for LibreOffice."""
    for item in items:
        if "office" in getattr(item, "fixturenames", ()):
            item.add_marker("programs")
