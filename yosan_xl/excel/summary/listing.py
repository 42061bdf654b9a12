"""一覧: one row per request, as values; what every other sheet calculates from."""

from __future__ import annotations

from xlsxwriter.utility import quote_sheetname, xl_range_abs

from yosan_xl.excel.checked import CheckedBook
from yosan_xl.excel.summary.definition import Definition
from yosan_xl.excel.summary.desk_rows import KEYS, desk_rows
from yosan_xl.excel.summary.grid import FIRST_ROW
from yosan_xl.excel.summary.grouped import NOTHING
from yosan_xl.excel.summary.list_links import has_room, links_of
from yosan_xl.excel.summary.marks import marks_of_row
from yosan_xl.excel.summary.page import Page
from yosan_xl.model.axes import SOURCES
from yosan_xl.model.rollup import Rollup

# What the formulas refer to.
_NAMED = (*KEYS, "requested", "earmarked", *SOURCES, "budgeted", "limit", "file", "sheet")


def write_listing(page: Page) -> None:
    """Write every request in the order of the roll-up."""
    rollup, room = page.contents.rollup, has_room(page)
    rows = zip(rollup.rows, desk_rows(page.contents, page.sheet), strict=True)
    for at, (request, row) in enumerate(rows, FIRST_ROW):
        page.write(at, row.values, "row", links=links_of(page, request, with_amounts=room))
        page.marks.append(marks_of_row(page.sheet, row))
    if not rollup.rows:
        page.say(FIRST_ROW, NOTHING)
    last = last_row(rollup)
    page.entries = len(rollup.rows)
    page.finish(last, last)


def define_ranges(book: CheckedBook, definition: Definition, rollup: Rollup) -> None:
    """Name the columns of the list (一覧_要求額), for formulas that read as what they do."""
    sheet = definition.listing
    for key in _NAMED:
        column = sheet.column(key)
        cells = xl_range_abs(FIRST_ROW, column, last_row(rollup), column)
        place = f"={quote_sheetname(sheet.name)}!{cells}"
        book.define_name(definition.range_name(key), place)


def last_row(rollup: Rollup) -> int:
    """Give the list's last row (0-based); a list of nothing keeps one empty row to refer to."""
    return FIRST_ROW + max(len(rollup.rows), 1) - 1
