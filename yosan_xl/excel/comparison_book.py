"""A comparison of two years, and a trend with a native chart, as workbooks: sums and 増減 are formulas."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from yosan_xl.excel.checked import CheckedBook, workbook
from yosan_xl.excel.summary.styles import BODY, FONT
from yosan_xl.excel.table_sheet import FIRST_ROW, HEADING_ROW, TableSheet
from yosan_xl.model.comparison import Comparison, Trend
from yosan_xl.model.comparison_table import comparison_table, sheet_keys, trend_keys, trend_table
from yosan_xl.model.table import Column, Table

SHEET, ASKED = "比較", "確認"
TREND, COUNTS = "推移", "件数"
MOST_SERIES = 12
"""More parts than these nobody tells apart in a chart; then it shows the sums alone."""

CHART_ROWS = 25
"""So many rows of ordinary height (20 pixels) below the sum are the chart's."""

_WIDTHS = {
    "要求書ID": 11,
    "所管課": 30,
    "会計": 22,
    "款": 18,
    "部": 26,
    "要求区分": 20,
    "区分": 8,
    "種類": 20,
    "内容": 100,
}
_SAME, _QUESTION = "同じものとして比べた", "確かめてください"
_SMALL = {"name": FONT, "size": 9}
_FOOT = "&R&A"


def comparison_bytes(found: Comparison) -> bytes:
    """Return the workbook (xlsx); the same input gives the same bytes. Raises checked.WriteFailed."""
    out = BytesIO()
    with workbook(out, title=found.heading, year=found.new.year.western, default_font=BODY) as book:
        table = comparison_table(found).pick(sheet_keys(found))
        sheet = TableSheet(book, table, found.heading, _WIDTHS)
        sheet.note(found.basis, "単位：千円")
        sheet.finish(foot=_FOOT)
        if found.notes or found.questions:
            _write_asked(book, found)
    return out.getvalue()


def trend_bytes(found: Trend) -> bytes:
    """Return the workbook (xlsx); the same input gives the same bytes. Raises checked.WriteFailed."""
    out = BytesIO()
    year = found.years[-1].year.western
    with workbook(out, title=found.heading, year=year, default_font=BODY) as book:
        table = trend_table(found)
        sheet = TableSheet(book, table.pick(trend_keys(found)), found.heading, _WIDTHS)
        sheet.note(found.basis, "単位：千円")
        _write_chart(book, sheet, found)
        sheet.finish(CHART_ROWS, foot=_FOOT)
        counts = replace(table.pick(trend_keys(found, "count")), name=COUNTS)
        sheet = TableSheet(book, counts, found.heading, _WIDTHS)
        sheet.note(found.basis, "単位：件")
        sheet.finish(foot=_FOOT)
    return out.getvalue()


def _write_asked(book: CheckedBook, found: Comparison) -> None:
    notes = [(_SAME, one) for one in found.notes]
    questions = [(_QUESTION, one) for one in found.questions]
    table = Table(ASKED, (Column("種類"), Column("内容")), (*notes, *questions))
    sheet = TableSheet(book, table, found.heading, _WIDTHS)
    sheet.note("同じ事業かどうかは、人が決めて 対応表.csv に書きます。")
    sheet.finish(foot=_FOOT)


def _write_chart(book: CheckedBook, sheet: TableSheet, found: Trend) -> None:
    first, total = len(found.by.headings), sheet.total_row
    last = first + len(found.years) - 1
    few = len(found.rows) <= MOST_SERIES
    # Of many rows the sums of the accounts: a 特別会計 is no part of 一般会計.
    parts = (
        range(FIRST_ROW, sheet.sums_row)
        if few
        else range(sheet.sums_row, max(total, sheet.sums_row + 1))
    )
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for row in parts:
        chart.add_series(
            {
                "name": _name(found, row - FIRST_ROW),
                "categories": [TREND, HEADING_ROW, first, HEADING_ROW, last],
                "values": [TREND, row, first, row, last],
                "gap": 60,
            }
        )
    chart.set_title({"name": found.heading, "name_font": {"name": FONT, "size": 12}})
    chart.set_y_axis({"num_format": "#,##0;△#,##0;0", "num_font": _SMALL, "name": "千円"})
    chart.set_x_axis({"num_font": _SMALL})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_size({"width": sheet.pixels, "height": (CHART_ROWS - 3) * 20})
    sheet.target.insert_chart(total + 2, 0, chart, {"description": found.heading})


def _name(found: Trend, at: int) -> str:
    key = (*found.rows, *found.subtotals, found.total)[at].key
    # A name that begins with = would be taken for a reference to a cell.
    return " ".join(key).lstrip("=") or "計"
