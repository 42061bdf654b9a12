"""明細: one row per line item, as values, for programs to read.

One heading row, one datum a cell, no merges, no formulas, every heading repeated, the unit and the
western year beside the era's (統計表における機械判読可能なデータの表記方法の統一ルール, 総務省).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yosan_xl.excel.rows import Value
from yosan_xl.excel.summary.page import Page
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Line
from yosan_xl.model.rollup import Rollup, SummaryRow

UNIT = "千円"


def write_detail(page: Page) -> None:
    """Write the line items of every request that is counted, in the order of the list."""
    at = page.sheet.heading_row
    for at, values in enumerate(_rows(page.contents.rollup), page.sheet.heading_row + 1):
        page.write(at, values, "row")
    page.entries = at - page.sheet.heading_row
    page.finish(at, at)


def _rows(rollup: Rollup) -> Iterator[Mapping[str, Value]]:
    for row in rollup.rows:
        same = _of_request(rollup, row)
        for number, line in enumerate(row.request.lines, 1):
            yield {**same, "line_no": number, **_of_line(line)}


def _of_request(rollup: Rollup, row: SummaryRow) -> Mapping[str, Value]:
    request = row.request
    western = request.fiscal_year or rollup.settings.year.western
    return {
        **rollup.keys(row),
        "no": request.no,
        "id": request.id,
        "year": FiscalYear(western).label,
        "western_year": western,
        "title": request.title,
        "line_unit": UNIT,
    }


def _of_line(line: Line) -> Mapping[str, Value]:
    amounts = line.amounts
    return {
        "line_part": line.part,
        "line_label": line.label,
        "requested": amounts.requested,
        "earmarked": amounts.earmarked,
        "budgeted": amounts.budgeted,
        "budgeted_earmarked": amounts.budgeted_earmarked,
    }
