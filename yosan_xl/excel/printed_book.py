"""The book of a publication: one sheet for each request, in the printed form only.

All of its sheets are chosen when it is opened, so that one PDF of all of them is one action in Excel.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet, workbook
from yosan_xl.excel.layout.page import Page, lay_out
from yosan_xl.excel.layout.paper import MARGIN_INCHES
from yosan_xl.excel.request_sheet import set_page
from yosan_xl.excel.table_sheet import TableSheet
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.printed import PrintedSheet
from yosan_xl.form.relation import CellValue
from yosan_xl.model.table import Table

_WITH_NOTE = 0.6
"""The margin (inches) in which a note has room."""


def printed_book(
    title: str, sheets: Sequence[PrintedSheet], *, year: int, table: Table | None = None
) -> bytes:
    """Return the book of these sheets (at least one), a table behind them, as the bytes of an .xlsx file; raise NotWritable."""
    out = BytesIO()
    with workbook(out, title=title, year=year, default_font=styles.DEFAULT_FONT) as book:
        for one in sheets:
            write_printed_sheet(book, one)
        if table:
            TableSheet(book, table, title, {}).finish()
        for sheet in book.sheets.values():
            sheet.select()
        book.sheets[sheets[0].name].activate()
    return out.getvalue()


def write_printed_sheet(book: CheckedBook, printed: PrintedSheet) -> None:
    """Write a request in its printed form: no colour of an entry, no panel, no choice, on one page."""
    sheet, plan = book.add_worksheet(printed.name), printed.plan
    page = lay_out(plan, printed.values)
    _set_sizes(sheet, page, plan.print_area.bottom, plan.print_area.right)
    for label in printed.labels:
        sheet.put(label.area, label.text, styles.label_style(label, plan, roomy=page.is_roomy))
    for slot in printed.slots:
        _write_slot(sheet, slot, printed.values.get(slot.name), plan, page)
    set_page(sheet, plan, page)
    if printed.note:
        sheet.set_margins(*[MARGIN_INCHES] * 3, bottom=_WITH_NOTE)
        sheet.print_note(printed.note)
    sheet.protect("", {"format_rows": True})


def _set_sizes(sheet: CheckedSheet, page: Page, last_row: int, last_column: int) -> None:
    for column, width in enumerate(page.widths[: last_column + 1]):
        sheet.set_column_pixels(column, column, width)
    for row, height in enumerate(page.heights[: last_row + 1]):
        sheet.set_row(row, height)


def _write_slot(
    sheet: CheckedSheet,
    slot: Slot,
    value: CellValue | tuple[CellValue, ...],
    plan: Plan,
    page: Page,
) -> None:
    style = styles.printed_style(slot, plan, roomy=page.is_roomy)
    column = value if isinstance(value, tuple) else (value,)
    for index, area in enumerate(slot.cells()):
        one = column[index] if index < len(column) else None
        sheet.put(area, one, style)
