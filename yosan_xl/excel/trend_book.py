"""A trend of many years as a workbook, with a native chart."""

from __future__ import annotations

from io import BytesIO

from yosan_xl.excel.checked import CheckedBook, workbook
from yosan_xl.excel.comparison_book import key_columns
from yosan_xl.excel.plain_table import (
    FIRST_ROW,
    HEADING_ROW,
    Column,
    PlainTable,
    cell,
    figure_width,
)
from yosan_xl.excel.summary.styles import BODY, FONT, Formats
from yosan_xl.model.comparison import Trend, TrendRow

SHEET, COUNTS = "推移", "件数"
MOST_SERIES = 12
"""More parts than these nobody tells apart in a chart; then it shows the sum alone."""

CHART_ROWS = 25
"""So many rows of ordinary height (20 pixels) below the sum are the chart's."""

_SMALL = {"name": FONT, "size": 9}


def trend_bytes(found: Trend) -> bytes:
    """Give the workbook (xlsx); the same input gives the same bytes. Raises checked.WriteFailed."""
    out = BytesIO()
    year = found.years[-1].year.western
    with workbook(out, title=found.heading, year=year, default_font=BODY) as book:
        formats = Formats(book)
        page = _write_table(book, formats, found, SHEET, "money")
        _write_chart(book, page, found)
        _write_table(book, formats, found, COUNTS, "count")
    return out.getvalue()


def _write_table(
    book: CheckedBook, formats: Formats, found: Trend, name: str, kind: str
) -> PlainTable:
    keys = key_columns(found.by.headings)
    width = figure_width(amount.sum for amount in found.total.amounts)
    columns = [*keys, *(Column(year.label, width, kind) for year in found.years)]
    page = PlainTable(book, formats, name, columns, found.heading)
    page.note(found.basis, "単位：千円" if kind == "money" else "単位：件")
    last = FIRST_ROW + len(found.rows) - 1
    for at, row in enumerate(found.rows, FIRST_ROW):
        page.write(at, (*row.key, *_figures(row, kind)), "row")
    page.write(last + 1, ("計",), "total")
    for at, amount in enumerate(found.total.amounts, len(keys)):
        value = amount.sum if kind == "money" else amount.count
        area = f"{cell(FIRST_ROW, at)}:{cell(last, at)}"
        page.formula(last + 1, at, f"=SUM({area})", value, "total")
    below = CHART_ROWS if kind == "money" else 0
    page.finish(last + 1 + below, last)
    return page


def _figures(row: TrendRow, kind: str) -> list[int | None]:
    """Give a figure for each year; where there is no request there is none, which is not 0."""
    sums = kind == "money"
    return [
        (amount.sum if sums else amount.count) if amount.count else None for amount in row.amounts
    ]


def _write_chart(book: CheckedBook, page: PlainTable, found: Trend) -> None:
    first = len(found.by.headings)
    last = first + len(found.years) - 1
    total = FIRST_ROW + len(found.rows)
    parts = range(FIRST_ROW, total) if len(found.rows) <= MOST_SERIES else range(total, total + 1)
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for row in parts:
        chart.add_series(
            {
                "name": _name(found, row, total),
                "categories": [SHEET, HEADING_ROW, first, HEADING_ROW, last],
                "values": [SHEET, row, first, row, last],
                "gap": 60,
            }
        )
    chart.set_title({"name": found.heading, "name_font": {"name": FONT, "size": 12}})
    chart.set_y_axis({"num_format": "#,##0;△#,##0;0", "num_font": _SMALL, "name": "千円"})
    chart.set_x_axis({"num_font": _SMALL})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_size({"width": page.pixels, "height": (CHART_ROWS - 3) * 20})
    page.target.insert_chart(total + 2, 0, chart, {"description": found.heading})


def _name(found: Trend, row: int, total: int) -> str:
    key = ("計",) if row == total else found.rows[row - FIRST_ROW].key
    # A name that begins with = would be taken for a reference to a cell.
    return " ".join(key).lstrip("=") or "計"
