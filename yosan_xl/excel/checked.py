"""XlsxWriter in memory: its silent failures are exceptions, and its bytes are reproducible."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import Any

from yosan_xl.excel.own_xlsxwriter import OwnWorkbook, OwnWorksheet, WriteFailed

_DATA_IS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


class CheckedSheet:
    """A worksheet (or workbook) whose every method raises WriteFailed on a failure code."""

    def __init__(self, target: Any) -> None:
        """Wrap an XlsxWriter worksheet."""
        self.target = target

    def __getattr__(self, name: str) -> Any:
        """Give the target's own attribute; a method comes checked."""
        found = getattr(self.target, name)
        if not callable(found):
            return found
        # Kept in the instance, so that the next call finds it without coming here.
        self.__dict__[name] = wrapped = _checked(found, name)
        return wrapped


class CheckedBook(CheckedSheet):
    """A workbook being written: checked, its sheets too, with one format per look."""

    def __init__(self, target: OwnWorkbook) -> None:
        """Wrap an XlsxWriter workbook."""
        super().__init__(target)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._by_identity: dict[int, tuple[Mapping[str, Any], Any]] = {}

    def add_worksheet(self, name: str) -> CheckedSheet:
        """Add a sheet; XlsxWriter's own exceptions (a name twice, too long) come through."""
        return CheckedSheet(self.target.add_worksheet(name, OwnWorksheet))

    def add_copy(self, name: str, original: CheckedSheet, texts: Mapping[str, str]) -> CheckedSheet:
        """Add a sheet that holds what `original` holds, but for the `texts` of some text cells (A1).

        It costs a tenth. Its names and print area are the workbook's and still to be given.
        """
        copy = self.add_worksheet(name)
        copy.target.copy(original.target, texts)
        return copy

    def format(self, style: Mapping[str, Any]) -> Any:
        """Give the workbook's format for a look, made once."""
        known = self._by_identity.get(id(style))
        if known and known[0] is style:
            return known[1]
        found = self._by_content(style)
        self._by_identity[id(style)] = (style, found)
        return found

    def _by_content(self, style: Mapping[str, Any]) -> Any:
        key = tuple(style.items())
        if key not in self._formats:
            self._formats[key] = self.target.add_format(dict(style))
        return self._formats[key]


@contextmanager
def workbook(
    out: BytesIO,
    *,
    title: str,
    author: str = "",
    year: int,
    default_font: Mapping[str, Any],
) -> Iterator[CheckedBook]:
    """Write a workbook into `out`; its date of creation is fixed by the fiscal year (西暦).

    Raises WriteFailed where XlsxWriter gives a failure code or only warns (a list over 255
    characters, ...).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        try:
            book = OwnWorkbook(
                out, {**_DATA_IS_TEXT, "default_format_properties": dict(default_font)}
            )
            # Budgeting begins in the September before the fiscal year; no clock stands in a book.
            created = datetime(year - 1, 9, 1)
            book.set_properties({"title": title, "author": author, "created": created})
            yield CheckedBook(book)
            book.close()
        except UserWarning as warning:
            raise WriteFailed(str(warning)) from warning


def _checked(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:
        result = method(*args, **options)
        # bool is an int, but no failure; the failures are -1, -2, ... -5.
        if isinstance(result, int) and result < 0:
            raise WriteFailed(f"{name}: {result} {args[:3]!r}")
        return result

    return call
