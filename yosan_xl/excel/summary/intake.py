"""目次: who is missing, what came in and is counted, where every sheet is, and what is not counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import quote_sheetname, xl_range_abs

from yosan_xl.excel.rows import Content, Formula, Link, Value
from yosan_xl.excel.summary.definition import ASKED_TOTAL, FIRST_ROW
from yosan_xl.excel.summary.fields import (
    asked_sources,
    is_typed,
)
from yosan_xl.excel.summary.formulas import (
    count_decided,
    count_filled,
    sum_decided,
    sum_where,
)
from yosan_xl.excel.summary.listing import request_link
from yosan_xl.excel.summary.page import Style, SummaryPage
from yosan_xl.excel.summary.paper import A3
from yosan_xl.excel.summary.stages import shown_no
from yosan_xl.model.axes import ASKED
from yosan_xl.model.intake import Doubtful, asked
from yosan_xl.model.money import with_commas
from yosan_xl.model.rollup import Sums, place_of

_MISSING, _LATE = "未提出の課", "期限のあとに提出した課"
_FILES, _COUNTED, _ANYWAY = "提出されたファイル", "算入", "うち誤りのまま算入"
_LEFT_OUT, _AGAIN = "未算入", "重複（計に入れません）"
_STATES = (_ANYWAY, _LEFT_OUT, _AGAIN)
_HEADINGS = {
    "state": "シート（押すと開きます）",
    "count": "件数",
    "no": "内容",
}
_PROVISIONAL = (
    "「仮」の付いたNOは、まだ変わることがあります（yosan-xl number を実行すると決まります）。"
)
_LARGE = "A3横"
_ABOUT = {"no": Style("row", "about")}


def write_intake(page: SummaryPage, pages: Sequence[SummaryPage]) -> None:
    """Write who is missing, the counts, the links, then the requests that are not simply counted."""
    intake = page.contents.intake
    if any(row.provisional for row in page.contents.rollup.rows):
        page.note(f"{_PROVISIONAL}{page.sheet.note}")
    top = _write_units(page, FIRST_ROW)
    beside = f"ほかに添付 {intake.status.beside} 件" if intake.status.beside else None
    files: dict[str, Content] = {"state": _FILES, "count": intake.files, "no": beside}
    page.write(top, files, "row", styles=_ABOUT)
    _write_counted(page, top + 1)
    parts = [_in_order(page, one) for one in (intake.anyway, intake.left_out, intake.again)]
    below = top + 5 + bool(intake.again)
    _write_decided(page, below)
    directory = below + 1 + _is_assessed(page)
    at = directory + _directory_rows(page)
    named = [(state, one) for state, part in zip(_STATES, parts, strict=True) for one in part]
    listed = (at, at + len(named) - 1) if named else None
    _write_part(page=page, row=top + 2, state=_ANYWAY, named=intake.anyway, listed=listed)
    _write_part(page=page, row=top + 3, state=_LEFT_OUT, named=intake.left_out, listed=listed)
    _write_total(page, top + 4, listed)
    if intake.again:
        _write_part(page=page, row=top + 5, state=_AGAIN, named=intake.again, listed=listed)
    _write_directory(page, directory, pages)
    if named:
        page.write(at - 1, {field.key: field.label for field in page.sheet.fields}, "heading")
    for row, (state, doubtful) in enumerate(named, at):
        page.write(
            row,
            _values(page, state, doubtful),
            "row",
            styles={"state": Style("warning")},
            links=request_link(page.contents.books, doubtful.row),
        )
    last = at + len(named) - 1
    page.finish(last, last, at - 1)


def _in_order(page: SummaryPage, doubtful: Sequence[Doubtful]) -> list[Doubtful]:
    roster = page.contents.rollup.roster
    return sorted(doubtful, key=lambda one: place_of(one.row, roster))


def _write_units(page: SummaryPage, row: int) -> int:
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


def _write_counted(page: SummaryPage, row: int) -> None:
    rollup = page.contents.rollup
    sums = rollup.sums(rollup.rows)
    values = {"count": sums.count, ASKED_TOTAL: sums.requested}
    texts = {key: Formula(_counted(page, key), value) for key, value in values.items()}
    page.write(row, {"state": _COUNTED, **texts}, "row")


def _counted(page: SummaryPage, key: str) -> str:
    """Return the formula of what is counted: 件数 or 要求額 of 一覧."""
    definition = page.contents.definition
    return count_filled(definition, "file") if key == "count" else sum_where(definition, {}, key)


def _is_assessed(page: SummaryPage) -> bool:
    """Return whether finance types what is decided."""
    definition = page.contents.definition
    return definition.listing.has(definition.plan.last.verdict_key) and is_typed(definition.axes)


def _write_decided(page: SummaryPage, row: int) -> None:
    """Write how many of the requests are decided at the last stage that is shown, and what these come to."""
    if not _is_assessed(page):
        return
    contents, definition = page.contents, page.contents.definition
    stage = definition.plan.last
    sums = contents.values.sums(contents.rollup.rows, stage)
    counted = count_decided(definition, {}, stage)
    whole = count_filled(definition, "file")[1:]
    amount = sum_decided(definition, {}, stage)[1:]
    unit = definition.axes.unit
    said = f"決定 {sums.how_far}件"
    said += "" if sums.amount is None else f"、計 {with_commas(sums.amount)}{unit}"
    text = (
        f'="決定 "&{counted}&" / "&{whole}&"件"'
        f'&IF({counted}=0,"","、計 "&SUBSTITUTE(TEXT({amount},"#,##0"),"-","△")&"{unit}")'
    )
    values: dict[str, Content] = {
        "state": f"決定（{definition.labels[stage.key()]}）",
        "count": Formula(f"={counted}", sums.decided),
        "no": Formula(text, said, is_literal=True),
    }
    page.write(row, values, "row", styles=_ABOUT)


_Rows = tuple[int, int] | None
"""The first and last row (0-based) of the requests that are not simply counted, None where there are none."""


def _write_part(
    page: SummaryPage, row: int, state: str, named: Sequence[Doubtful], listed: _Rows
) -> None:
    """Write how many there are, and what they ask for: sums over the rows below that say the same."""
    values = {"count": len(named), ASKED_TOTAL: asked(named)}
    said = page.here("state")
    texts = {key: Formula(f"={_of(page, key, said, listed)}", one) for key, one in values.items()}
    page.write(row, {"state": state, **texts}, "row")


def _of(page: SummaryPage, key: str, said: str, listed: _Rows) -> str:
    """Return, without its =, the sum of a column over the requests below whose state is what a cell or text says."""
    if listed is None:
        return "0"
    states, figures = (_down(page, one, listed) for one in ("state", key))
    return f"SUMPRODUCT(1*EXACT({states},{said}),{figures})"


def _down(page: SummaryPage, key: str, listed: tuple[int, int]) -> str:
    column = page.sheet.column(key)
    return str(xl_range_abs(listed[0], column, listed[1], column))


def _write_total(page: SummaryPage, row: int, listed: _Rows) -> None:
    contents = page.contents
    rows, left_out = contents.rollup.rows, contents.intake.left_out
    requested = contents.rollup.sums(rows).requested + asked(left_out)
    values = {"count": len(rows) + len(left_out), ASKED_TOTAL: requested}
    said = f'"{_LEFT_OUT}"'
    texts = {
        key: Formula(f"{_counted(page, key)}+{_of(page, key, said, listed)}", value)
        for key, value in values.items()
    }
    page.write(row, {"state": contents.definition.total, **texts}, "total")


def _values(page: SummaryPage, state: str, doubtful: Doubtful) -> dict[str, Value]:
    request, source = doubtful.row.request, doubtful.row.source
    return {
        "state": state,
        "count": 1,
        ASKED_TOTAL: request.amount(ASKED),
        "no": shown_no(doubtful.row),
        "department": page.contents.rollup.unit(request).name,
        "title": request.title,
        "why": doubtful.why,
        "file": source.file,
        "sheet": source.sheet,
        "id": request.id,
    }


def _directory_rows(page: SummaryPage) -> int:
    """Return how many rows `_write_directory` needs, with the room below it."""
    return len(page.contents.sheets) + len(page.contents.absent) + 2


def _write_directory(page: SummaryPage, row: int, pages: Sequence[SummaryPage]) -> None:
    """Write from `row` (0-based) a link per sheet, and what sheets there could be besides."""
    asked_label = f"{page.contents.definition.labels[ASKED_TOTAL]}の計"
    headings = {**_HEADINGS, ASKED_TOTAL: asked_label}
    page.write(row, headings, "heading", styles={"no": Style("heading", "about")})
    sums = page.contents.rollup.sums(page.contents.rollup.rows)
    others = [one for one in pages if one is not page]
    for at, other in enumerate(others, row + 1):
        _write_link(page, at, other, sums)
    for at, (name, why) in enumerate(page.contents.absent, row + len(others) + 1):
        page.write(at, {"state": name, "no": why}, "row", styles=_ABOUT)


def _write_link(page: SummaryPage, row: int, other: SummaryPage, sums: Sums) -> None:
    name = other.sheet.name
    link = Link("", f"{quote_sheetname(name)}!A1", name)
    on_a3 = f"（{_LARGE}）" if other.sheet.paper == A3 else ""
    said = f"{other.sheet.about or other.sheet.note}{on_a3}"
    said = "。".join(filter(None, (said, other.remark)))
    total = _sheet_total(other, sums)
    values = {"state": name, "count": other.entries, "no": said, **total}
    page.write(row, values, "row", styles=_ABOUT, links={"state": link})


def _sheet_total(other: SummaryPage, sums: Sums) -> Mapping[str, Formula]:
    """Return what the sheet comes to: every sheet of sums must say the same."""
    sources = asked_sources(other.contents.definition.axes)
    figures = {
        "grouped": (("count", "count", sums.count), (ASKED_TOTAL, ASKED_TOTAL, sums.requested)),
        "comparison": ((ASKED_TOTAL, ASKED_TOTAL, sums.requested),),
        "draft": ((ASKED_TOTAL, ASKED_TOTAL, sums.requested),),
        "funding": ((ASKED_TOTAL, "amount", sums.funding(ASKED, sources)),),
    }
    return {
        key: Formula(f"={text}", value)
        for key, of_other, value in figures.get(other.sheet.kind, ())
        if (text := other.whole(of_other))
    }
