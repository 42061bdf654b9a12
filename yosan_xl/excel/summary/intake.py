"""目次: what came in and is counted, where every sheet is, and by name what is not counted."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name

from yosan_xl.excel.summary.directory import write_directory
from yosan_xl.excel.summary.formulas import count_filled, sum_of
from yosan_xl.excel.summary.list_links import title_link
from yosan_xl.excel.summary.page import FIRST_ROW, Page, Value
from yosan_xl.model.intake import Doubtful, asked

_FILES, _COUNTED, _ANYWAY, _LEFT_OUT = "提出されたファイル", "算入", "うち誤りのまま算入", "未算入"
_HEAD = 5
"""Rows of counts above the links to the sheets."""


def write_intake(page: Page, pages: Sequence[Page]) -> None:
    """Write the counts, the links, then every request that is 未算入 or counted with errors."""
    intake = page.contents.intake
    at = write_directory(page, FIRST_ROW + _HEAD + 1, pages)
    page.write(FIRST_ROW, {"state": _FILES, "count": intake.files}, "row")
    _counted(page, FIRST_ROW + 1)
    _of(page, FIRST_ROW + 2, _ANYWAY, intake.anyway, at)
    _of(page, FIRST_ROW + 3, _LEFT_OUT, intake.left_out, at + len(intake.anyway))
    _total(page, FIRST_ROW + 4)
    if intake.anyway or intake.left_out:
        page.headings(at - 1, {field.key: field.label for field in page.sheet.fields})
    named = [(_ANYWAY, one) for one in intake.anyway] + [(_LEFT_OUT, x) for x in intake.left_out]
    for row, (state, doubtful) in enumerate(named, at):
        page.write(row, _values(page, state, doubtful), "row")
        page.restyle(row, "state", state, "warning")
        page.link_cell(row, "title", title_link(page.contents.books, doubtful.row))
    last = at + len(named) - 1
    page.finish(last, last)


def _counted(page: Page, row: int) -> None:
    definition, rollup = page.contents.definition, page.contents.rollup
    page.write(row, {"state": _COUNTED}, "row")
    page.formula(row, "count", count_filled(definition, "file"), len(rollup.rows), "row")
    sums = rollup.sums(rollup.rows)
    amount = sum_of([definition.range_name("requested")])
    page.formula(row, "requested", amount, sums.requested, "row")


def _of(page: Page, row: int, state: str, named: Sequence[Doubtful], first: int) -> None:
    """Write how many there are, and what they ask for: sums over their rows below."""
    page.write(row, {"state": state}, "row")
    for key, value in (("count", len(named)), ("requested", asked(named))):
        cells = [_cells(page, key, first, first + len(named) - 1)] if named else []
        page.formula(row, key, sum_of(cells), value, "row")


def _total(page: Page, row: int) -> None:
    contents = page.contents
    page.write(row, {"state": contents.definition.total}, "total")
    rows, left_out = contents.rollup.rows, contents.intake.left_out
    sums = contents.rollup.sums(rows).requested + asked(left_out)
    for key, value in (("count", len(rows) + len(left_out)), ("requested", sums)):
        parts = [_cells(page, key, at, at) for at in (FIRST_ROW + 1, FIRST_ROW + 3)]
        page.formula(row, key, sum_of(parts), value, "total")


def _values(page: Page, state: str, doubtful: Doubtful) -> dict[str, Value]:
    request, source = doubtful.row.request, doubtful.row.source
    return {
        "state": state,
        "count": 1,
        "requested": request.total.requested,
        "no": request.no,
        "department": page.contents.rollup.unit(request).name,
        "title": request.title,
        "why": doubtful.why,
        "file": source.file,
        "sheet": source.sheet,
        "id": request.id,
    }


def _cells(page: Page, key: str, first: int, last: int) -> str:
    column = xl_col_to_name(page.sheet.column(key))
    return f"{column}{first + 1}" if first == last else f"{column}{first + 1}:{column}{last + 1}"
