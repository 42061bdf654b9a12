"""The rows of the two sheets that finance types into, as values: what is written and told again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yosan_xl.excel.rows import Value
from yosan_xl.excel.summary.definition import SheetDefinition
from yosan_xl.excel.summary.page import Contents
from yosan_xl.model.decision import Desk, LineKey, Spot, request_key
from yosan_xl.model.request import Line
from yosan_xl.model.rollup import Rollup, SummaryRow, amounts_of

NO_LINES = "明細はまだありません。"
KEYS = ("account", "kan", "category", "department_code", "bureau", "section")


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A row: whose it is, what it shows, and what its entry cells would show without finance."""

    request: str
    line: LineKey | None
    values: Mapping[str, Value]
    base: Mapping[str, Value]


def desk_rows(contents: Contents, sheet: SheetDefinition) -> Iterator[DeskRow]:
    """Give the rows of a sheet with entry cells, from top to bottom."""
    for row in contents.rollup.rows:
        if sheet.kind == "list":
            yield _desk_row(contents.desk, sheet, row, None, _of_request(contents.rollup, row))
        else:
            same = _of_lines(contents.rollup, row)
            for position, line in enumerate(row.request.lines, 1):
                key = LineKey(position, line.part, line.label)
                values = {**same, **_of_line(position, line)}
                yield _desk_row(contents.desk, sheet, row, key, values)


def _desk_row(
    desk: Desk,
    sheet: SheetDefinition,
    row: SummaryRow,
    line: LineKey | None,
    values: Mapping[str, Value],
) -> DeskRow:
    request = request_key(row.request.id, row.source)
    spots = {field: Spot(request, field, line) for field in sheet.entries}
    shown = {field: desk.shown(spot) for field, spot in spots.items()}
    base = {field: desk.base.get(spot) for field, spot in spots.items()}
    return DeskRow(request, line, {**values, **shown}, base)


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


def _of_lines(rollup: Rollup, row: SummaryRow) -> Mapping[str, Value]:
    """Give what all lines of a request show."""
    request = row.request
    return {
        "no": request.no,
        "department": rollup.unit(request).name,
        "title": request.title,
        "id": request_key(request.id, row.source),
    }


def _of_line(position: int, line: Line) -> Mapping[str, Value]:
    return {
        "position": position,
        "part": line.part,
        "line": line.label,
        "requested": line.amounts.requested,
        "earmarked": line.amounts.earmarked,
    }
