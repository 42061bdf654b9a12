"""Putting values, formulas and names into the cells of a sheet that is being written."""

from __future__ import annotations

from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.styles import Style
from yosan_xl.form.area import Area
from yosan_xl.form.relation import CellValue
from yosan_xl.model.text import shown_text


def put_value(
    book: CheckedBook, sheet: CheckedSheet, area: Area, value: CellValue, style: Style
) -> None:
    """Write a value into a (merged) cell; text is always text, never a formula or a link."""
    merge(book, sheet, area, style)
    sheet.write(area.top, area.left, value, book.format(style))


def put_formula(
    book: CheckedBook, sheet: CheckedSheet, area: Area, text: str, value: CellValue, style: Style
) -> None:
    """Write a formula into a (merged) cell, with the value it has."""
    merge(book, sheet, area, style)
    cached = shown_text(value) if isinstance(value, str) else "" if value is None else value
    sheet.write_formula(area.top, area.left, text, book.format(style), cached)


def merge(book: CheckedBook, sheet: CheckedSheet, area: Area, style: Style) -> None:
    """Merge an area of several cells."""
    if not area.is_single:
        sheet.merge(area.top, area.left, area.bottom, area.right, book.format(style))


def name_cells(book: CheckedBook, sheet: str, name: str, area: Area) -> None:
    """Define a name that belongs to one sheet, so that a copy of the sheet has its own."""
    book.define_name(name, f"={sheet}!{area.a1(absolute=True)}", sheet)


def name_list(book: CheckedBook, sheet: str, name: str, area: Area) -> None:
    """Define a name that belongs to the book."""
    book.define_name(name, f"={sheet}!{area.a1(absolute=True)}")
