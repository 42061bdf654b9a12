"""一覧, 査定, 明細, 引き継げない記入: rows of values; 一覧 is what other sheets calculate from.

明細 is for programs to read: one heading row, one datum a cell, no merges, no formulas, every heading
repeated, the unit and the western year beside the era's
(統計表における機械判読可能なデータの表記方法の統一ルール, 総務省).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.excel.rows import MOST_CHARACTERS, MOST_LINKS, Books, Link, Value
from yosan_xl.excel.summary.definition import SheetDefinition, SummaryContents
from yosan_xl.excel.summary.fields import (
    CHECK,
    LEVELS,
    LINE,
    OF_MEANING,
    PROGRESS,
    RESTORED,
    RESTORED_GIVEN,
    RESTORED_WHOLE,
    amount_key,
    asked_sources,
    column_key,
    key_of,
    restored_key,
)
from yosan_xl.excel.summary.marks import EntryRow, marks_of_row
from yosan_xl.excel.summary.page import NO_LINES, NO_REQUESTS, ListRow, SummaryPage
from yosan_xl.excel.summary.stages import (
    ListedStage,
    decision_of,
    shown_no,
    what_to_see,
)
from yosan_xl.model.axes import ASKED, LAST_YEAR, SPECIFIC, TOTAL, Axes, FieldWords
from yosan_xl.model.decision import (
    REASON,
    FinanceEntries,
    LineKey,
    Spot,
    Uncarried,
    line_keys,
    request_key,
)
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import VERDICT, Line
from yosan_xl.model.rollup import Rollup, SummaryRow, amounts_of

FEWER = "1シートに置けるリンクの数を超えるため、金額のリンクを省き、要求書1件に1つにしています。"
CUT = f"リンクは上から{MOST_LINKS:,}件までです。"

_KEYS = (*LEVELS, "category", "department_code", "bureau", "section", "limit", "file", "sheet")
_OF_UNIT = ("department_code", "bureau", "section")


def linked_amounts(axes: Axes) -> Mapping[str, str]:
    """Return the amounts of 一覧 that open their cell, and where a document of the form has each: what is asked for."""
    asked = axes.stage(ASKED).amounts
    found = {amount_key(ASKED, source): pointer for source, pointer in asked.items()}
    limit = axes.meanings.get("contract_limit")
    return found | ({"limit": limit} if limit else {})


def _named(page: SummaryPage) -> Iterator[str]:
    """Yield the columns that formulas refer to: keys, what is asked for and its sources, and the totals of other stages."""
    axes = page.contents.definition.axes
    totals = (amount_key(one.key) for one in axes.stages)
    sources = (SPECIFIC, *asked_sources(axes))
    asked = (amount_key(stage, source) for stage in (ASKED, LAST_YEAR) for source in sources)
    staged = (
        key
        for one in page.contents.definition.plan.stages
        for key in (one.key(), one.verdict_key, *map(one.key, sources))
    )
    return filter(page.sheet.has, dict.fromkeys((*_KEYS, *totals, *asked, *staged, PROGRESS)))


def write_listing(page: SummaryPage) -> None:
    """Write every request in the order of the roll-up, with links to its sheet and its amounts."""
    page.entries = page.write_list(_listed(page), NO_REQUESTS)
    page.name_columns(_named(page), page.entries)


def write_decisions(page: SummaryPage) -> None:
    """Write a row per line item, in the order of the list and of the form."""
    rows = _entry_rows_of_lines(page.contents, page.sheet)
    page.write_list((_marked(page, row) for row in rows), NO_LINES)


def write_detail(page: SummaryPage) -> None:
    """Write the line items of every request that is counted, in the order of the list."""
    page.entries = page.write_list(map(ListRow, _details(page.contents.rollup, page.sheet)))


def request_link(books: Books, row: SummaryRow) -> dict[str, Link]:
    """Return the link to a request's sheet by its column: its NO, or its title where it has none; nothing where there is neither.

    LibreOffice does not wrap a text that is a link; a number stays short.
    """
    request, place = row.request, row.source
    key = "title" if request.no is None else "no"
    if key == "title" and not request.title:
        return {}
    cell = row.cells.get(request.axes.meanings.get("title", ""))
    link = books.link(place.file, place.sheet if row.cells else None, cell, request.title or "")
    return {key: link} if link else {}


def _listed(page: SummaryPage) -> Iterator[ListRow]:
    contents, room = page.contents, _has_room(page)
    for row in contents.rollup.rows:
        values = _of_request(contents.rollup, row) | _of_stages(contents, row)
        marked = _marked(
            page,
            _entry_row(
                entries=contents.entries, sheet=page.sheet, row=row, line=None, values=values
            ),
        )
        yield marked._replace(links=_links(page, row, with_amounts=room))


def _marked(page: SummaryPage, row: EntryRow) -> ListRow:
    page.marks.append(marks_of_row(page.sheet, row))
    return ListRow(row.values)


def _entry_rows_of_lines(contents: SummaryContents, sheet: SheetDefinition) -> Iterator[EntryRow]:
    columns = _line_columns(contents.definition.axes, sheet)
    for row in contents.rollup.rows:
        request = row.request
        same = {
            "no": shown_no(row),
            "department": contents.rollup.unit(request).name,
            "title": request.title,
            "id": request_key(request.id, row.source),
        }
        for key, line in zip(line_keys(request), request.lines, strict=True):
            place = {"position": key.position, "part": line.group, LINE: line.label}
            staged = _of_closed(contents, row, key.position - 1)
            values = {**same, **place, **staged, **_of_line(line, columns)}
            yield _entry_row(
                entries=contents.entries, sheet=sheet, row=row, line=key, values=values
            )


class _LineColumn(NamedTuple):
    """A column of a list: its key on the sheet and in a row, and the amount that it is."""

    key: str
    own: str
    amount: tuple[str, str] | None


def _line_columns(axes: Axes, sheet: SheetDefinition) -> tuple[_LineColumn, ...]:
    """Return the columns of a list that a sheet shows as the rows say them."""
    list_key = sheet.list_key
    every = (
        _LineColumn(column_key(list_key, one.key), one.key, one.amount)
        for one in axes.rows(list_key).columns
    )
    return tuple(one for one in every if sheet.has(one.key))


def _of_line(line: Line, columns: Iterable[_LineColumn]) -> dict[str, Value]:
    """Return what a row of a list says in each of its columns."""
    amounts, values = line.amounts, line.values
    return {
        key: amounts.get(cell) if cell else shown_value(values.get(own))
        for key, own, cell in columns
    }


def shown_value(value: object) -> Value:
    """Return a text or a number of a document; what is neither is not shown."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) < _MOST else None


_MOST = 10**15
"""A cell has no more figures than these."""


def _entry_row(
    entries: FinanceEntries,
    sheet: SheetDefinition,
    row: SummaryRow,
    line: LineKey | None,
    values: Mapping[str, Value],
) -> EntryRow:
    request = request_key(row.request.id, row.source)
    spots = {field: Spot(request, field, line) for field in sheet.entries}
    # A column that is locked shows what the stage decided, one that is open what stands in finance's cells.
    shown = {field: entries.shown(spot) for field, spot in spots.items()}
    base = {field: entries.base.get(spot) for field, spot in spots.items()}
    return EntryRow(request, line, {**values, **shown}, base)


def _of_request(rollup: Rollup, row: SummaryRow) -> dict[str, Value]:
    request, contract = row.request, row.request.contract_authorization
    own = {key_of(one): shown_value(request.value(one)) for one in _own_fields(request.axes)}
    return {
        **own,
        **rollup.keys(row),
        **amounts_of(request),
        "id": request_key(request.id, row.source),
        "no": shown_no(row),
        "term_start": contract.term_start,
        "term_end": contract.term_end,
        "file": row.source.file,
        "sheet": row.source.sheet,
    }


def _of_stages(contents: SummaryContents, row: SummaryRow) -> dict[str, Value]:
    """Return what stands of a request in the columns of the stages of the assessment: entries are added later."""
    plan = contents.definition.plan
    found: dict[str, Value] = {PROGRESS: contents.values.progress(row).value}
    for stage in plan.stages:
        found |= _of_stage(contents, row, stage)
    decision = decision_of(row, plan.last)
    found[CHECK] = what_to_see(row, decision) if decision else None
    return found | restored(row)


def _of_stage(contents: SummaryContents, row: SummaryRow, stage: ListedStage) -> dict[str, Value]:
    values, axes = contents.values, contents.definition.axes
    sources = (TOTAL, SPECIFIC, *asked_sources(axes))
    return {
        **{stage.key(source): values.amount(row, stage, source) for source in sources},
        stage.verdict_key: values.text(row, stage, VERDICT),
        stage.reason_key: values.text(row, stage, REASON),
    }


def restored(row: SummaryRow) -> dict[str, Value]:
    """Return what a department asks for again (復活要求) beyond what was given, by source, and why."""
    asked = row.restoration
    if asked is None:
        return {}
    again = next((one.again for one in reversed(row.decisions) if one.again), None)
    return {
        **dict(zip(RESTORED, (asked.amounts.get(TOTAL), asked.reason), strict=True)),
        **{restored_key(one): asked.amounts.get(one) for one in asked_sources(row.request.axes)},
        RESTORED_GIVEN: again.given if again else None,
        RESTORED_WHOLE: again.total if again else None,
    }


def _of_closed(contents: SummaryContents, row: SummaryRow, line: int) -> dict[str, Value]:
    """Return what the closed stages decided of a line (from 0)."""
    found: dict[str, Value] = {}
    for stage in contents.definition.plan.before:
        decision = decision_of(row, stage)
        lines = decision.lines if decision else ()
        found[stage.own_key(TOTAL)] = lines[line].get(TOTAL) if line < len(lines) else None
    return found


@lru_cache
def _own_fields(axes: Axes) -> tuple[FieldWords, ...]:
    """Return the fields of a form whose values are shown as they are."""
    return tuple(one for one in axes.fields if OF_MEANING.get(one.meaning or "") not in _MADE)


_MADE = {*LEVELS, *_OF_UNIT, "category", "id", "no", "year", "term_start", "term_end", "limit"}
"""The columns of fields that the roll-up fills, or that are bounded."""


def _details(rollup: Rollup, sheet: SheetDefinition) -> Iterator[Mapping[str, Value]]:
    columns = _line_columns(rollup.axes, sheet)
    for row in rollup.rows:
        request = row.request
        western = request.fiscal_year or rollup.settings.year.western
        same: dict[str, Value] = {
            **rollup.keys(row),
            "no": shown_no(row),
            "id": request.id,
            "year": FiscalYear(western).label,
            "western_year": western,
            "title": request.title,
            "line_unit": request.axes.unit,
        }
        for number, line in enumerate(request.lists.get(sheet.list_key, ()), 1):
            place: dict[str, Value] = {"line_no": number, "line_part": line.group}
            yield {**same, **place, **_of_line(line, columns)}


def _has_room(page: SummaryPage) -> bool:
    """Return whether every amount can have a link; where not, 目次 is to say so."""
    rows, books = page.contents.rollup.rows, page.contents.books
    amounts = (len(_cells(row)) for row in rows if books.link(row.source.file, None, None, ""))
    if sum(amounts) + len(rows) <= MOST_LINKS:
        return True
    page.remark = FEWER + (CUT if len(rows) > MOST_LINKS else "")
    return False


def _links(page: SummaryPage, row: SummaryRow, *, with_amounts: bool) -> dict[str, Link]:
    """Return what a request's NO and its amounts open: its department's book."""
    books, source = page.contents.books, row.source
    cells = _cells(row) if with_amounts else {}
    found = {key: books.link(source.file, source.sheet, cell, cell) for key, cell in cells.items()}
    opened = request_link(books, row) if page.links < MOST_LINKS else {}
    return opened | {key: link for key, link in found.items() if link is not None}


def _cells(row: SummaryRow) -> dict[str, str]:
    """Return the cells of a request's amounts; an amount in a JSON document has none.

    A blank is left out: openpyxl and the like read the link of an empty cell as its text.
    """
    if not row.cells:
        return {}
    given = amounts_of(row.request)
    pointers = linked_amounts(row.request.axes)
    cells = {key: row.cells.get(pointer) for key, pointer in pointers.items()}
    return {key: cell for key, cell in cells.items() if cell and given[key] is not None}


NONE_LEFT = "引き継げない記入はありません。"


def write_uncarried(page: SummaryPage) -> None:
    """Write what has no place: whose it was, what was typed, why it is here and where it stood."""
    rows = (row for one in page.contents.entries.uncarried for row in _uncarried_rows(page, one))
    page.write_list(map(ListRow, rows), NONE_LEFT)


def _uncarried_rows(page: SummaryPage, one: Uncarried) -> Iterator[Mapping[str, Value]]:
    """Return the row of what was typed; a text longer than a cell can hold goes on in the next."""
    values, raw = _uncarried_values(page, one), one.typed.raw
    for at in range(0, len(raw), MOST_CHARACTERS):
        yield {**values, "typed": raw[at : at + MOST_CHARACTERS]}


def _uncarried_values(page: SummaryPage, one: Uncarried) -> Mapping[str, Value]:
    typed = one.typed
    spot, line = typed.spot, typed.spot.line or LineKey(0)
    return {
        "id": spot.request,
        "title": typed.title,
        "position": line.position or None,
        "part": line.group,
        LINE: line.label,
        "field": one.label or page.contents.definition.entry_label(spot),
        "why": one.why,
        "origin": str(typed.place),
        "entry": one.number,
    }
