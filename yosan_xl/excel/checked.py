"""XlsxWriter tells of a failure by a return code and a warning: here both are exceptions."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from xlsxwriter import Workbook


class WriteFailed(RuntimeError):
    """XlsxWriter refused or dropped something; the book must not be handed out."""


@contextmanager
def _no_warnings(what: str) -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        try:
            yield
        except UserWarning as warning:
            raise WriteFailed(f"{what}: {warning}") from warning


def checked(function: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Call `function` of XlsxWriter and give its result; raise WriteFailed where it failed.

    A warning can only be caught while the call runs, so the function is given, not its result.
    """
    name = getattr(function, "__name__", repr(function))
    with _no_warnings(name):
        result = function(*args, **options)
    # bool is an int, but no failure; the failures are -1, -2, ... -5.
    if isinstance(result, int) and result < 0:
        raise WriteFailed(f"{name}: {result} {args[:3]!r}")
    return result


class CheckedSheet:
    """A worksheet whose every method raises WriteFailed where XlsxWriter would only warn."""

    def __init__(self, target: Any) -> None:
        """Wrap an XlsxWriter worksheet."""
        self.target = target

    def __getattr__(self, name: str) -> Any:
        """Give the worksheet's own attribute; a method comes checked."""
        found = getattr(self.target, name)
        if not callable(found):
            return found
        return lambda *args, **options: checked(found, *args, **options)


class CheckedBook(CheckedSheet):
    """A workbook whose methods are checked, and whose sheets are `CheckedSheet`s."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Open an XlsxWriter workbook with the same arguments as `xlsxwriter.Workbook`."""
        super().__init__(checked(Workbook, *args, **options))

    def add_worksheet(self, name: str) -> CheckedSheet:
        """Add a sheet; XlsxWriter's own exceptions (a name twice, too long) come through."""
        return CheckedSheet(checked(self.target.add_worksheet, name))
