"""一覧, 査定, 明細, 引き継げない記入: rows of values; 一覧 is what other sheets calculate from.

明細 is for programs to read: one heading row, one datum a cell, no merges, no formulas, every heading
repeated, the unit and the western year beside the era's
(統計表における機械判読可能なデータの表記方法の統一ルール, 総務省).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yosan_xl.excel.rows import MOST_CHARACTERS, MOST_LINKS, Books, Link, Value
from yosan_xl.excel.summary.definition import SheetDefinition, SummaryContents
from yosan_xl.excel.summary.marks import EntryRow, marks_of_row
from yosan_xl.excel.summary.page import NO_LINES, NO_REQUESTS, ListRow, SummaryPage
from yosan_xl.model.axes import SOURCES
from yosan_xl.model.decision import (
    OUTSIDE,
    FinanceEntries,
    LineKey,
    Spot,
    Uncarried,
    line_keys,
    request_key,
)
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.rollup import Rollup, SummaryRow, amounts_of

POINTERS = {
    "requested": "/total/requested",
    "earmarked": "/total/earmarked",
    **{source: f"/funding/{source}/amount" for source in SOURCES},
    "limit": "/contract_authorization/limit",
}
"""The amounts of 一覧 that open their cell, and where the document has each."""

FEWER = "1シートに置けるリンクの数を超えるため、金額のリンクを省き、要求書1件に1つにしています。"
CUT = f"リンクは上から{MOST_LINKS:,}件までです。"
UNIT = "千円"

_KEYS = ("account", "kan", "category", "department_code", "bureau", "section")
# What the formulas refer to.
_NAMED = (*_KEYS, "requested", "earmarked", *SOURCES, "budgeted", "limit", "file", "sheet")


def write_listing(page: SummaryPage) -> None:
    """Write every request in the order of the roll-up, with links to its sheet and its amounts."""
    page.entries = page.write_list(_listed(page), NO_REQUESTS)
    page.name_columns(_NAMED, page.entries)


def write_decisions(page: SummaryPage) -> None:
    """Write a row per line item, in the order of the list and of the form."""
    rows = _entry_rows_of_lines(page.contents, page.sheet)
    page.write_list((_marked(page, row) for row in rows), NO_LINES)


def write_detail(page: SummaryPage) -> None:
    """Write the line items of every request that is counted, in the order of the list."""
    page.entries = page.write_list(map(ListRow, _details(page.contents.rollup)))


def title_link(books: Books, row: SummaryRow) -> Link | None:
    """Return the link from a request's title to its sheet; None where there is no title to click."""
    if not row.request.title:
        return None
    place = row.source
    sheet = place.sheet if row.cells else None
    return books.link(place.file, sheet, row.cells.get("/title"), row.request.title)


def _listed(page: SummaryPage) -> Iterator[ListRow]:
    contents, room = page.contents, _has_room(page)
    for row in contents.rollup.rows:
        values = _of_request(contents.rollup, row)
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
    for row in contents.rollup.rows:
        request = row.request
        same = {
            "no": request.no,
            "department": contents.rollup.unit(request).name,
            "title": request.title,
            "id": request_key(request.id, row.source),
        }
        for key, line in zip(line_keys(request), request.lines, strict=True):
            values = {
                **same,
                "position": key.position,
                "part": line.part,
                "line": line.label,
                "requested": line.amounts.requested,
                "earmarked": line.amounts.earmarked,
            }
            yield _entry_row(
                entries=contents.entries, sheet=sheet, row=row, line=key, values=values
            )


def _entry_row(
    entries: FinanceEntries,
    sheet: SheetDefinition,
    row: SummaryRow,
    line: LineKey | None,
    values: Mapping[str, Value],
) -> EntryRow:
    request = request_key(row.request.id, row.source)
    spots = {field: Spot(request, field, line) for field in sheet.entries}
    shown = {field: entries.shown(spot) for field, spot in spots.items()}
    base = {field: entries.base.get(spot) for field, spot in spots.items()}
    return EntryRow(request, line, {**values, **shown}, base)


def _of_request(rollup: Rollup, row: SummaryRow) -> Mapping[str, Value]:
    request, contract = row.request, row.request.contract_authorization
    return {
        **request.texts,
        **rollup.keys(row),
        **amounts_of(request),
        "id": request_key(request.id, row.source),
        "no": request.no,
        "title": request.title,
        "term_start": contract.term_start,
        "term_end": contract.term_end,
        "file": row.source.file,
        "sheet": row.source.sheet,
    }


def _details(rollup: Rollup) -> Iterator[Mapping[str, Value]]:
    for row in rollup.rows:
        request = row.request
        western = request.fiscal_year or rollup.settings.year.western
        same = {
            **rollup.keys(row),
            "no": request.no,
            "id": request.id,
            "year": FiscalYear(western).label,
            "western_year": western,
            "title": request.title,
            "line_unit": UNIT,
        }
        for number, line in enumerate(request.lines, 1):
            amounts = line.amounts
            yield {
                **same,
                "line_no": number,
                "line_part": line.part,
                "line_label": line.label,
                "requested": amounts.requested,
                "earmarked": amounts.earmarked,
                "budgeted": amounts.budgeted,
                "budgeted_earmarked": amounts.budgeted_earmarked,
            }


def _has_room(page: SummaryPage) -> bool:
    """Return whether every amount can have a link; where not, 目次 is to say so."""
    rows, books = page.contents.rollup.rows, page.contents.books
    amounts = (len(_cells(row)) for row in rows if books.link(row.source.file, None, None, ""))
    if sum(amounts) + len(rows) <= MOST_LINKS:
        return True
    page.remark = FEWER + (CUT if len(rows) > MOST_LINKS else "")
    return False


def _links(page: SummaryPage, row: SummaryRow, *, with_amounts: bool) -> dict[str, Link]:
    """Return what a request's title and its amounts open: its department's book."""
    books, source = page.contents.books, row.source
    cells = _cells(row) if with_amounts else {}
    found = {key: books.link(source.file, source.sheet, cell, cell) for key, cell in cells.items()}
    if page.links < MOST_LINKS:
        found["title"] = title_link(books, row)
    return {key: link for key, link in found.items() if link is not None}


def _cells(row: SummaryRow) -> dict[str, str]:
    """Return the cells of a request's amounts; an amount in a JSON document has none.

    A blank is left out: openpyxl and the like read the link of an empty cell as its text.
    """
    if not row.cells:
        return {}
    given = amounts_of(row.request)
    cells = {key: row.cells.get(pointer) for key, pointer in POINTERS.items()}
    return {key: cell for key, cell in cells.items() if cell and given[key] is not None}


NONE_LEFT = "引き継げない記入はありません。"
_OUTSIDE_LABEL = "欄の外"


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
    labels = page.contents.definition.labels
    return {
        "id": spot.request,
        "title": typed.title,
        "position": line.position or None,
        "part": line.part,
        "line": line.label,
        "field": _OUTSIDE_LABEL if spot.field == OUTSIDE else labels[spot.field],
        "why": one.why,
        "origin": str(typed.place),
    }
