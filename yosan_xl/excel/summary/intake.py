"""目次: who is missing, what came in and is counted, where every sheet is, and what is not counted."""

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

_MISSING, _LATE = "未提出の課", "期限のあとに提出した課"
_FILES, _COUNTED, _ANYWAY = "提出されたファイル", "算入", "うち誤りのまま算入"
_LEFT_OUT, _AGAIN = "未算入", "重複（計に入れません）"
_STATES = (_ANYWAY, _LEFT_OUT, _AGAIN)
_ABOUT = {"no": Style("row", "about")}


def write_intake(page: Page, pages: Sequence[Page]) -> None:
    """Write who is missing, the counts, the links, then the requests that are not simply counted."""
    intake = page.contents.intake
    top = _units(page, FIRST_ROW)
    beside = f"ほかに添付 {intake.status.beside} 件" if intake.status.beside else None
    files: dict[str, Content] = {"state": _FILES, "count": intake.files, "no": beside}
    page.write(top, files, "row", styles=_ABOUT)
    _counted(page, top + 1)
    parts = (intake.anyway, intake.left_out, intake.again)
    directory = top + 6 + bool(intake.again)
    at = directory + directory_rows(page)
    left_out, again = at + len(intake.anyway), at + len(intake.anyway) + len(intake.left_out)
    _of(page, top + 2, _ANYWAY, intake.anyway, at)
    _of(page, top + 3, _LEFT_OUT, intake.left_out, left_out)
    _total(page, top + 4, (top + 1, top + 3))
    if intake.again:
        _of(page, top + 5, _AGAIN, intake.again, again)
    write_directory(page, directory, pages)
    named = [(state, one) for state, part in zip(_STATES, parts, strict=True) for one in part]
    if named:
        page.write(at - 1, {field.key: field.label for field in page.sheet.fields}, "heading")
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


def _units(page: Page, row: int) -> int:
    """Write who handed nothing in, and who did so after the day; return the next row (0-based)."""
    status = page.contents.intake.status
    if not status.units:
        return row
    told = [(_MISSING, status.missing, "すべての課は「提出状況」にあります。")]
    if status.due:
        told.append((_LATE, status.handed_in_late, f"期限は {status.due.isoformat()} です。"))
    for at, (state, units, note) in enumerate(told, row):
        who = f"{status.names(units)}。{note}" if units else None
        values: dict[str, Content] = {"state": state, "count": len(units), "no": who}
        styles = {**_ABOUT, "state": Style("warning")} if units else _ABOUT
        page.write(at, values, "row", styles=styles)
    return row + len(told)


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


def _total(page: Page, row: int, summed: Sequence[int]) -> None:
    contents = page.contents
    values: dict[str, Content] = {"state": contents.definition.total}
    rows, left_out = contents.rollup.rows, contents.intake.left_out
    sums = contents.rollup.sums(rows).requested + asked(left_out)
    for key, value in (("count", len(rows) + len(left_out)), ("requested", sums)):
        parts = [_cells(page, key, at, at) for at in summed]
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
