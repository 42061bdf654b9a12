"""一覧 and 査定 of a summary read back: a year's requests with their lines, as far as it shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yosan_xl.excel.ooxml.book import CellKind, Sheet
from yosan_xl.excel.ooxml.limits import SUMMARY_LIMITS
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.summary.definition import (
    FIRST_ROW,
    HEADING_ROW,
    SheetDefinition,
    SummaryDefinition,
    every_definition,
)
from yosan_xl.form.definition import Definition
from yosan_xl.model.axes import SOURCES
from yosan_xl.model.decision import request_key
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import AMOUNTS, Document
from yosan_xl.model.rollup import NOT_GIVEN

_YEAR = re.compile(r"(?:令和|平成|昭和)(?:元|[0-9]+)年度")
_NEEDED = ("no", "account", "kan", "department_code", "title", "requested", "file", "sheet")

_OF_REQUEST = ("no", "account", "kan", "title", "category")

Value = str | int | None


@dataclass(frozen=True, slots=True)
class ListedRequest:
    """A request as 一覧 and 査定 show it, and the file and sheet that it came from."""

    document: Document
    place: Place


def listed_requests(data: bytes, form: Definition | None = None) -> list[ListedRequest] | None:
    """Return the requests of 一覧 with what it shows of them; None where this is no summary of ours.

    An amount that is no whole number of 千円 (typed over, say) is taken as not given.
    """
    definitions = every_definition(form)
    definition = definitions[0]
    listing, lines = definition.listing, definition.of_kind("decisions")
    try:
        book = open_book(data, SUMMARY_LIMITS, (listing.name, lines.name).__contains__)
    except Refused:
        return None
    sheet = book.sheet(listing.name)
    columns = _columns(sheet, listing, definitions) if sheet else {}
    if sheet is None or not set(_NEEDED) <= set(columns):
        return None
    by_request = _lines(book.sheet(lines.name), lines, definitions)
    year, prose = _year(sheet), [one.key for one in listing.fields if one.kind == "prose"]
    return [
        _listed(values, year, by_request.get(str(values.get("id")), []), prose)
        for values in _rows(sheet, columns)
        if values["file"] is not None
    ]


def _lines(
    sheet: Sheet | None, own: SheetDefinition, definitions: Sequence[SummaryDefinition]
) -> Mapping[str, list[Document]]:
    """Return the line items of 査定 by their request; none of a summary from before it had any."""
    columns = _columns(sheet, own, definitions) if sheet else {}
    found: dict[str, list[Document]] = {}
    if sheet is None or not {"id", "line", *AMOUNTS} <= set(columns):
        return found
    for values in _rows(sheet, columns):
        line = {"label": values["line"], **{key: values.get(key) for key in ("part", *AMOUNTS)}}
        found.setdefault(str(values["id"]), []).append(line)
    return found


def _columns(
    sheet: Sheet, own: SheetDefinition, definitions: Sequence[SummaryDefinition]
) -> Mapping[str, int]:
    """Return the columns by field: as the headings say, in the words of any form, whichever the version had."""
    sheets = [one.of_kind(own.kind) for one in reversed(definitions)]
    keys = {field.label: field.key for one in sheets for field in one.fields}
    return {
        keys[cell.text]: column
        for (row, column), cell in sheet.cells.items()
        if row == HEADING_ROW and cell.text in keys
    }


def _rows(sheet: Sheet, columns: Mapping[str, int]) -> Iterator[Mapping[str, Value]]:
    for row in sorted({row for row, _ in sheet.cells if row >= FIRST_ROW}):
        yield {key: _value(sheet, row, column) for key, column in columns.items()}


def _value(sheet: Sheet, row: int, column: int) -> Value:
    cell = sheet.cell(row, column)
    number = cell.number()
    if number is not None:
        return int(number) if number == number.to_integral_value() else None
    return cell.text if cell.kind is CellKind.TEXT and cell.text != NOT_GIVEN else None


def _year(sheet: Sheet) -> int | None:
    """Return the fiscal year (西暦) that the title names."""
    found = _YEAR.search(sheet.cell(0, 0).text)
    return FiscalYear.parse(found[0]).western if found else None


def _listed(
    values: Mapping[str, Value], year: int | None, lines: Sequence[Document], prose: Sequence[str]
) -> ListedRequest:
    place = Place(str(values["file"]), str(values["sheet"]))
    unit = {
        "code": values["department_code"],
        "bureau": values.get("bureau"),
        "section": values.get("section"),
    }
    document = {
        "id": _id(values, place),
        **{key: values.get(key) for key in (*_OF_REQUEST, *prose)},
        "fiscal_year": year,
        "department": unit,
        "total": {key: values.get(key) for key in AMOUNTS},
        "lines": list(lines),
        "funding": {source: {"name": None, "amount": values.get(source)} for source in SOURCES},
    }
    return ListedRequest(document, place)


def _id(values: Mapping[str, Value], place: Place) -> Value:
    """Return the id; a request without one is shown by its place, which is none."""
    shown = values.get("id")
    return None if shown == request_key(None, place) else shown
