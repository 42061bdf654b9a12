"""The hidden sheet of a book: the stamp, and the lists that drop-downs offer."""

from __future__ import annotations

from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.form import stamp
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Plan
from yosan_xl.form.relation import list_name
from yosan_xl.form.stamp import Stamp
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.settings import Settings

_LISTS_FROM = 3
"""The column (from 0) of the first list; the stamp has the first two."""

YEARS_BACK, YEARS_AHEAD = 10, 40
"""How far the years of a 債務負担行為 may lie from the fiscal year."""


def write_hidden_sheet(book: CheckedBook, own: Stamp, plan: Plan, settings: Settings) -> None:
    """Write the stamp and the lists of the book."""
    sheet = book.add_worksheet(stamp.SHEET)
    rows = own.rows()
    for row, (key, text) in enumerate(rows):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, text)
    _name(book, stamp.NAME, Area(0, 0, len(rows) - 1, 1))
    column = _LISTS_FROM
    for name, entries in _lists(plan, settings).items():
        _write_list(book, sheet, column, name, entries)
        column += 1
    _write_kan(book, sheet, column, settings)
    sheet.protect()
    sheet.hide()


def _lists(plan: Plan, settings: Settings) -> dict[str, list[str]]:
    first = settings.year.western - YEARS_BACK
    last = settings.year.western + YEARS_AHEAD
    parts = {
        f"part{number}": [group.part]
        for number, group in enumerate(plan.groups, 1)
        if group.part_slot
    }
    return {
        "accounts": [account.name for account in settings.accounts],
        "categories": list(settings.categories),
        "years": [FiscalYear(year).label for year in range(first, last + 1)],
        **parts,
    }


def _write_list(
    book: CheckedBook, sheet: CheckedSheet, column: int, name: str, entries: list[str]
) -> None:
    for row, entry in enumerate(entries):
        sheet.write_string(row, column, entry)
    _name(book, list_name(name), Area(0, column, len(entries) - 1, column))


def _write_kan(book: CheckedBook, sheet: CheckedSheet, column: int, settings: Settings) -> None:
    """Write the 款 of each account below its name, a column an account, in the accounts' order."""
    for offset, account in enumerate(settings.accounts):
        for row, text in enumerate((account.name, *account.kan)):
            sheet.write_string(row, column + offset, text)
    _name(book, list_name("kan"), Area(0, column, 0, column))


def _name(book: CheckedBook, name: str, area: Area) -> None:
    book.define_name(name, f"={stamp.SHEET}!{area.a1(absolute=True)}")
