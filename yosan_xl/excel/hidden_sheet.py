"""The hidden sheet of a book: the stamp, and the lists that drop-downs offer."""

from __future__ import annotations

from yosan_xl.excel.cells import name_list
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.form import stamp
from yosan_xl.form.area import Area
from yosan_xl.form.plan import KAN, Lists
from yosan_xl.form.relation import list_name
from yosan_xl.form.stamp import Stamp

_LISTS_FROM = 3
"""The column (from 0) of the first list; the stamp has the first two."""


def write_hidden_sheet(book: CheckedBook, own: Stamp, lists: Lists, password: str) -> None:
    """Write the stamp and the lists of the book."""
    sheet = book.add_worksheet(stamp.SHEET)
    rows = own.rows()
    _write_column(sheet, 0, [key for key, _ in rows])
    _write_column(sheet, 1, [text for _, text in rows])
    name_list(book, stamp.SHEET, stamp.NAME, Area(0, 0, len(rows) - 1, 1))
    column = _LISTS_FROM
    for name, entries in lists.items():
        if not name.startswith(KAN):
            _write_column(sheet, column, list(entries))
            area = Area(0, column, len(entries) - 1, column)
            name_list(book, stamp.SHEET, list_name(name), area)
            column += 1
    _write_kan(sheet, column, lists)
    name_list(book, stamp.SHEET, list_name("kan"), Area(0, column, 0, column))
    sheet.protect(password)
    sheet.hide()


def _write_kan(sheet: CheckedSheet, column: int, lists: Lists) -> None:
    """Write the 款 of each account below its name, a column an account, in the accounts' order."""
    for offset, account in enumerate(lists["accounts"]):
        _write_column(sheet, column + offset, [account, *lists[f"{KAN}{account}"]])


def _write_column(sheet: CheckedSheet, column: int, texts: list[str]) -> None:
    for row, text in enumerate(texts):
        sheet.write_string(row, column, text)
