"""What staff typed into 積算, at the same cells of the clean sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yosan_xl.excel import styles
from yosan_xl.excel.cells import put_value
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.sheet_names import ESTIMATE
from yosan_xl.excel.typed import Cell, Typed
from yosan_xl.form.area import Area

_TEXT: styles.Style = {**styles.LIST_TEXT, "locked": False}
_FIGURE: styles.Style = {**styles.LIST_MONEY, "locked": False, "num_format": "#,##0.##"}
_MONEY: styles.Style = {**styles.LIST_MONEY, "locked": False, "bold": True}
_FREE: styles.Style = {**styles.PLAIN, "locked": False}

_HEAD, _BOTTOM, _RIGHT = 4, 34, 8
"""Rows of headings, and where the ruled rows and columns of the sheet end."""

_ROWS, _COLUMNS = 2_000, 60
"""More than anybody calculates on it."""


def write_estimate(book: CheckedBook, typed: Mapping[Cell, Typed]) -> None:
    """Write what was typed over the clean 積算, which is written already."""
    sheet = CheckedSheet(book.get_worksheet_by_name(ESTIMATE))
    for (row, column), one in typed.items():
        if _has_room(row, column) and not _is_heading(row, column):
            write_typed(book, sheet, Area(row, column, row, column), one, _style(row, column))


def beyond(typed: Mapping[Cell, Typed]) -> int:
    """Give how many cells lie beyond what is carried."""
    return sum(not _has_room(row, column) for row, column in typed)


def write_typed(
    book: CheckedBook, sheet: CheckedSheet, area: Area, typed: Typed, style: styles.Style
) -> None:
    """Write a content into one cell: a formula with its value, a date as a date."""
    looks: dict[str, Any] = {**style, **_own_look(typed)}
    if typed.formula is None:
        first = Area(area.top, area.left, area.top, area.left)
        put_value(book, sheet, first, typed.value, looks)
        return
    cached = "" if typed.value is None else typed.value
    sheet.write_formula(area.top, area.left, f"={typed.formula}", book.format(looks), cached)


def _own_look(typed: Typed) -> styles.Style:
    """A date needs a date's format to be one, and TRUE in a text's format is 1 to LibreOffice."""
    if typed.is_date:
        return {"num_format": "yyyy/m/d"}
    return {"num_format": "General"} if isinstance(typed.value, bool) else {}


def _has_room(row: int, column: int) -> bool:
    return row < _ROWS and column < _COLUMNS


def _is_heading(row: int, column: int) -> bool:
    return row < _HEAD and column < _RIGHT


def _style(row: int, column: int) -> styles.Style:
    if row >= _BOTTOM or row < _HEAD or column >= _RIGHT:
        return _FREE
    return _TEXT if column < 2 else _FIGURE if column < 6 else _MONEY
