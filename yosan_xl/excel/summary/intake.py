"""目次: what came in and is counted, where every sheet is, and by name what is not counted."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name

from yosan_xl.excel.rows import Content, Formula, Value
from yosan_xl.excel.summary.directory import directory_rows, write_directory
from yosan_xl.excel.summary.formulas import count_filled, sum_of
from yosan_xl.excel.summary.grid import FIRST_ROW
from yosan_xl.excel.summary.list_links import title_link
from yosan_xl.excel.summary.page import Page, Style
from yosan_xl.model.intake import Doubtful, asked

_FILES, _COUNTED, _ANYWAY, _LEFT_OUT = "提出されたファイル", "算入", "うち誤りのまま算入", "未算入"
_HEAD = 5
"""Rows of counts above the links to the sheets."""


def write_intake(page: Page, pages: Sequence[Page]) -> None:
    """Write the counts, the links, then every request that is 未算入 or counted with errors."""
    intake = page.contents.intake
    page.write(FIRST_ROW, {"state": _FILES, "count": intake.files}, "row")
    _counted(page, FIRST_ROW + 1)
    directory = FIRST_ROW + _HEAD + 1
    at = directory + directory_rows(page)
    _of(page, FIRST_ROW + 2, _ANYWAY, intake.anyway, at)
    _of(page, FIRST_ROW + 3, _LEFT_OUT, intake.left_out, at + len(intake.anyway))
    _total(page, FIRST_ROW + 4)
    write_directory(page, directory, pages)
    if intake.anyway or intake.left_out:
        page.write(at - 1, {field.key: field.label for field in page.sheet.fields}, "heading")
    named = [(_ANYWAY, one) for one in intake.anyway] + [(_LEFT_OUT, x) for x in intake.left_out]
    for row, (state, doubtful) in enumerate(named, at):
        link = title_link(page.contents.books, doubtful.row)
        page.write(
            row,
            _values(page, state, doubtful),
            "row",
            styles={"state": Style("warning")},
            links={"title": link} if link else {},
        )
    last = at + len(named) - 1
    page.finish(last, last)


def _counted(page: Page, row: int) -> None:
    definition, rollup = page.contents.definition, page.contents.rollup
    sums = rollup.sums(rollup.rows)
    values: dict[str, Content] = {
        "state": _COUNTED,
        "count": Formula(count_filled(definition, "file"), sums.count),
        "requested": Formula(sum_of([definition.range_name("requested")]), sums.requested),
    }
    page.write(row, values, "row")


def _of(page: Page, row: int, state: str, named: Sequence[Doubtful], first: int) -> None:
    """Write how many there are, and what they ask for: sums over their rows below."""
    values: dict[str, Content] = {"state": state}
    for key, value in (("count", len(named)), ("requested", asked(named))):
        cells = [_cells(page, key, first, first + len(named) - 1)] if named else []
        values[key] = Formula(sum_of(cells), value)
    page.write(row, values, "row")


def _total(page: Page, row: int) -> None:
    contents = page.contents
    values: dict[str, Content] = {"state": contents.definition.total}
    rows, left_out = contents.rollup.rows, contents.intake.left_out
    sums = contents.rollup.sums(rows).requested + asked(left_out)
    for key, value in (("count", len(rows) + len(left_out)), ("requested", sums)):
        parts = [_cells(page, key, at, at) for at in (FIRST_ROW + 1, FIRST_ROW + 3)]
        values[key] = Formula(sum_of(parts), value)
    page.write(row, values, "total")


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
