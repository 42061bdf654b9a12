"""一覧 of a summary read back: last year's requests, where nothing else of them is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from yosan_xl.excel.ooxml.book import CellKind, Sheet
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.summary.definition import Definition, load_definition
from yosan_xl.excel.summary.grid import FIRST_ROW, HEADING_ROW
from yosan_xl.model.axes import SOURCES
from yosan_xl.model.decision import request_key
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document
from yosan_xl.model.rollup import NOT_GIVEN

_YEAR = re.compile(r"(?:令和|平成|昭和)(?:元|[0-9]+)年度")
_NEEDED = ("no", "account", "kan", "department_code", "title", "requested", "file", "sheet")

Value = str | int | None


def listing_documents(data: bytes) -> list[Document] | None:
    """Give the requests of 一覧 with what it shows of them; None where this is no summary of ours.

    An amount that is no whole number of 千円 (typed over, say) is taken as not given.
    """
    definition = load_definition()
    name = definition.listing.name
    try:
        sheet = open_book(data, sheets=lambda one: one == name).sheet(name)
    except Refused:
        return None
    columns = _columns(sheet, definition) if sheet else {}
    if sheet is None or not set(_NEEDED) <= set(columns):
        return None
    return [_document(values, _year(sheet)) for values in _rows(sheet, columns)]


def _columns(sheet: Sheet, definition: Definition) -> Mapping[str, int]:
    """Give the columns by field: as the headings say, whichever the version had."""
    keys = {label: key for key, label in definition.labels.items() if key in _keys(definition)}
    return {
        keys[cell.text]: column
        for (row, column), cell in sheet.cells.items()
        if row == HEADING_ROW and cell.text in keys
    }


def _keys(definition: Definition) -> set[str]:
    return {field.key for field in definition.listing.fields} | {"budgeted"}


def _rows(sheet: Sheet, columns: Mapping[str, int]) -> Iterator[Mapping[str, Value]]:
    for row in sorted({row for row, _ in sheet.cells if row >= FIRST_ROW}):
        values = {key: _value(sheet, row, column) for key, column in columns.items()}
        if values["file"] is not None:
            yield values


def _value(sheet: Sheet, row: int, column: int) -> Value:
    cell = sheet.cell(row, column)
    number = cell.number()
    if number is not None:
        return int(number) if number == number.to_integral_value() else None
    return cell.text if cell.kind is CellKind.TEXT and cell.text != NOT_GIVEN else None


def _year(sheet: Sheet) -> int | None:
    """Give the fiscal year (西暦) that the title names."""
    found = _YEAR.search(sheet.cell(0, 0).text)
    return FiscalYear.parse(found[0]).western if found else None


def _document(values: Mapping[str, Value], year: int | None) -> Document:
    unit = {
        "code": values["department_code"],
        "bureau": values.get("bureau"),
        "section": values.get("section"),
    }
    return {
        "id": _id(values),
        **{key: values.get(key) for key in ("no", "account", "kan", "title", "category")},
        "fiscal_year": year,
        "department": unit,
        "total": {key: values.get(key) for key in ("requested", "earmarked", "budgeted")},
        "funding": {source: {"name": None, "amount": values.get(source)} for source in SOURCES},
    }


def _id(values: Mapping[str, Value]) -> Value:
    """Give the id; a request without one is shown by its place, which is none."""
    shown, source = values.get("id"), Place(str(values["file"]), str(values["sheet"]))
    return None if shown == request_key(None, source) else shown
