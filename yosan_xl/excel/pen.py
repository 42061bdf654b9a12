"""An XlsxWriter workbook in memory whose failures are exceptions and whose bytes are reproducible."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_DATA_IS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


class WriteRefused(RuntimeError):
    """XlsxWriter dropped or refused something; the book must not be handed out."""


def ok(result: Any) -> Any:
    """Give back XlsxWriter's return value; raise WriteRefused where it is a failure code."""
    if isinstance(result, int) and result < 0:
        raise WriteRefused(f"XlsxWriter: {result}")
    return result


@dataclass(slots=True)
class Pen:
    """A workbook being written, with one format per look."""

    book: Workbook
    _formats: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def format(self, style: Mapping[str, Any]) -> Format:
        """Give the workbook's format for a look."""
        key = tuple(style.items())
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(style))
        return self._formats[key]

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet."""
        return self.book.add_worksheet(name)


@contextmanager
def workbook(
    out: BytesIO, *, title: str, year: int, default_font: Mapping[str, Any] | None = None
) -> Iterator[Pen]:
    """Write a workbook into `out`; its date of creation is fixed by the fiscal year (西暦).

    Raises WriteRefused where XlsxWriter would only warn (a list over 255 characters, ...).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        book = Workbook(out, {**_DATA_IS_TEXT, "default_format_properties": dict(default_font or {})})
        # Budgeting begins in the September before the fiscal year; no clock stands in a book.
        book.set_properties({"title": title, "created": datetime(year - 1, 9, 1)})
        try:
            yield Pen(book)
            book.close()
        except UserWarning as warning:
            raise WriteRefused(str(warning)) from warning
