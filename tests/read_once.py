"""Books with the same bytes read once: the same files are read hundreds of times.

What reads bytes is a function of these alone; which file they come from is still asked of the disk each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from copy import copy
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any
from unittest import mock

import openpyxl
from openpyxl.worksheet.merge import MergedCellRange

from tests.lazy_book import lazy_book
from yosan_xl.excel.foreign.read_values import values_by
from yosan_xl.excel.ooxml.book import Book
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.reading import read_book
from yosan_xl.excel.reading.read_book import BookReading
from yosan_xl.excel.summary import reading
from yosan_xl.excel.summary.reading import SummaryReading
from yosan_xl.form.definition import Definition
from yosan_xl.form.plan import Plan
from yosan_xl.form.stamp import Stamp


@lru_cache(100)
def opened_book(data: bytes, *, tolerated: tuple[str, ...], annotated: bool) -> Book:
    """Open a request book as `open_book` does; in all tests (conftest.py)."""
    return open_book(data, tolerated=tolerated, annotated=annotated)


@dataclass(frozen=True, slots=True)
class _Sheets:
    """What `_read_sheets` is asked; the same where it is of the same book and plans, as objects, and of a like stamp."""

    key: tuple[object, ...]
    ask: Callable[[], BookReading] = field(compare=False)


_read_sheets = read_book._read_sheets


def sheets_read(book: Book, file: str, stamp: Stamp, plans: Sequence[Plan]) -> BookReading:
    """Read the sheets of a book as `_read_sheets` does; in all tests (conftest.py)."""
    key = (id(book), file, repr(stamp), *map(id, plans))
    return _sheets(_Sheets(key, lambda: _read_sheets(book, file, stamp, plans)))


@lru_cache(300)
def _sheets(asked: _Sheets) -> BookReading:
    return asked.ask()


second_values = lru_cache(500)(values_by)
"""What another reader's process says of a book; in all tests (conftest.py)."""


@lru_cache(8)
def values_of(data: bytes) -> openpyxl.Workbook:
    """Return a book as openpyxl reads its values; nothing of it may be changed."""
    return lazy_book(data, values=True)


def looks_of_the_first(merged: MergedCellRange) -> None:
    """Give all cells of a merged range the looks of its first; in all tests (conftest.py)."""
    cells: Any = merged.ws._cells
    for at in merged.cells:
        cells[at]._style = copy(cells[merged.min_row, merged.min_col]._style)


@contextmanager
def read_once() -> Iterator[None]:
    """Let requests' books and summaries be read by `opened` and `read`."""
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(read_book, "_open", opened))
        stack.enter_context(mock.patch.object(reading, "read_summary", read))
        yield


opened = cache(read_book._open)
_read_summary = reading.read_summary
_forms: dict[str, Definition] = {}


def read(data: bytes, file: str, form: Definition | None = None) -> SummaryReading:
    """Read a summary as `read_summary` does."""
    key = form.sha256 if form else ""
    if form:
        _forms[key] = form
    return _read(data, file, key)


@cache
def _read(data: bytes, file: str, form: str) -> SummaryReading:
    return _read_summary(data, file, _forms.get(form))
