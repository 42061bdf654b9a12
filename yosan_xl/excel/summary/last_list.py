"""前年度一覧: last year's requests as values; what 前年度比較 calculates from."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import quote_sheetname, xl_range_abs

from yosan_xl.excel.checked import CheckedBook
from yosan_xl.excel.rows import Value
from yosan_xl.excel.summary.definition import Definition
from yosan_xl.excel.summary.grid import FIRST_ROW
from yosan_xl.excel.summary.listing import last_row
from yosan_xl.excel.summary.page import Page
from yosan_xl.model.last_year import base
from yosan_xl.model.rollup import Rollup, SummaryRow

KIND = "last_list"
_NAMED = ("account", "kan", "bureau", "base", "file", "sheet")


def write_last_list(page: Page) -> None:
    """Write every request of last year, with the amount that this year is compared with."""
    comparison = page.contents.comparison
    if comparison is None:
        raise ValueError("no last year to list")
    last = comparison.last
    for at, row in enumerate(last.rows, FIRST_ROW):
        page.write(at, _values(last, row), "row")
    page.entries = len(last.rows)
    page.finish(last_row(last), last_row(last))


def define_last_ranges(book: CheckedBook, definition: Definition, last: Rollup) -> None:
    """Name the columns of the list (前年度一覧_会計) for the formulas of 前年度比較."""
    sheet = definition.of_kind(KIND)
    for key in _NAMED:
        column = sheet.column(key)
        cells = xl_range_abs(FIRST_ROW, column, last_row(last), column)
        book.define_name(
            definition.range_name(key, KIND), f"={quote_sheetname(sheet.name)}!{cells}"
        )


def _values(last: Rollup, row: SummaryRow) -> Mapping[str, Value]:
    request, total = row.request, row.request.total
    return {
        **last.keys(row),
        "no": request.no,
        "title": request.title,
        "last_requested": total.requested,
        "last_budgeted": total.budgeted,
        "base": base(request),
        "basis": "要求額" if total.budgeted is None else "予算額",
        "file": row.source.file,
        "sheet": row.source.sheet,
        "id": request.id,
    }
