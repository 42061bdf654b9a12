"""一覧 and the sheets of lists of a summary read back: a year's requests with their rows, as far as it shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass

from yosan_xl.excel.ooxml.book import CellKind, Sheet
from yosan_xl.excel.ooxml.limits import SUMMARY_LIMITS
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.summary.definition import ASKED_TOTAL, SheetDefinition
from yosan_xl.excel.summary.entries import columns_by_heading
from yosan_xl.excel.summary.fields import (
    OF_MEANING,
    amount_key,
    column_key,
    key_of,
    line_key,
)
from yosan_xl.excel.summary.stamp import SHEET, NotASummary, SummaryStamp, read_stamp
from yosan_xl.excel.summary.template import every_definition
from yosan_xl.form.definition import Definition
from yosan_xl.model.axes import DECIDED, ENVELOPE, Axes, RowList
from yosan_xl.model.decision import request_key
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import VERDICT, Document, put, steps
from yosan_xl.model.rollup import NOT_GIVEN

_YEAR = re.compile(r"(?:令和|平成|昭和)(?:元|[0-9]+)年度")
_NEEDED = {"no", "department_code", ASKED_TOTAL, "file", "sheet"}

Value = str | int | float | None
Row = Mapping[str, Value]
FindForm = Callable[[str], Definition]
"""Returns the definition of a form by its id; raises KeyError."""


@dataclass(frozen=True, slots=True)
class ListedRequest:
    """A request as 一覧 and the sheets of lists show it, and the file and sheet that it came from."""

    document: Document
    place: Place


@dataclass(frozen=True, slots=True)
class ListedYear:
    """The requests that a summary shows, and the form that they are of."""

    form: Definition
    requests: tuple[ListedRequest, ...]


def listed_requests(
    data: bytes, form: Definition, find: FindForm | None = None
) -> ListedYear | None:
    """Return the requests of 一覧 with what the summary shows of them; None where this is no summary of ours.

    They are documents of the form that the summary is of, which `find` knows, else of `form`. An amount
    that is no whole number (typed over, say) is taken as not given.
    """
    try:
        shown = _Shown.of(data, form, find)
    except Refused:
        return None
    listing = shown.rows(shown.definition.listing, _NEEDED)
    if listing is None:
        return None
    lists = {one.key: _rows_by_request(shown, one) for one in shown.form.axes.lists}
    year = shown.year
    requests = (
        _listed(
            shown.form,
            values,
            year,
            {key: rows.get(str(values.get("id")), []) for key, rows in lists.items()},
        )
        for values in listing
        if values["file"] is not None
    )
    return ListedYear(shown.form, tuple(requests))


class _Shown:
    """The sheets of a summary, with the keys of their columns."""

    def __init__(self, data: bytes, form: Definition, stamp: SummaryStamp | None) -> None:
        self.form, self._stamp = form, stamp
        self._definitions = every_definition(form)
        self.definition = self._definitions[0]
        kinds = ("list", "decisions", "detail")
        names = (self._name(one) for one in self.definition.sheets if one.kind in kinds)
        self._book = open_book(data, SUMMARY_LIMITS, {*names}.__contains__)

    @classmethod
    def of(cls, data: bytes, form: Definition, find: FindForm | None) -> _Shown:
        """Open a summary; raise Refused."""
        try:
            stamp = read_stamp(open_book(data, SUMMARY_LIMITS, SHEET.__eq__))
        except NotASummary:
            stamp = None  # without its hidden sheet it is a list as it stands
        own = form
        if stamp and stamp.form not in ("", form.id) and find:
            with suppress(KeyError):
                own = find(stamp.form)
        return cls(data, own, stamp)

    def rows(self, own: SheetDefinition, needed: Set[str] = frozenset()) -> list[Row] | None:
        """Return the rows of a sheet by the keys of its columns; None where it is not there, or lacks a needed one."""
        sheet = self._book.sheet(self._name(own))
        columns = self._columns(sheet, own) if sheet else {}
        if sheet is None or not needed <= columns.keys():
            return None
        numbers = sorted({row for row, _ in sheet.cells if row > own.heading_row})
        return [
            {
                key: None if self._is_step(key, own) else _value(sheet, row, column)
                for key, column in columns.items()
            }
            for row in numbers
        ]

    def _is_step(self, key: str, own: SheetDefinition) -> bool:
        """Return whether a column has what a stage before the last thinks, which is not what is decided."""
        is_open = self._stamp is not None and not self._stamp.history.is_last
        is_typed = key == VERDICT or key.startswith(f"{DECIDED}/")
        return is_open and is_typed and own.kind in ("list", "decisions")

    @property
    def year(self) -> int | None:
        """Return the fiscal year (西暦) that the title of 一覧 names."""
        sheet = self._book.sheet(self.definition.listing.name)
        found = _YEAR.search(sheet.cell(0, 0).text) if sheet else None
        return FiscalYear.parse(found[0]).western if found else None

    def _name(self, own: SheetDefinition) -> str:
        """Return what a sheet was called when it was written: that of a list has had the list's label."""
        lists = self._stamp.lists if self._stamp else {}
        judged = {one.name for one in self.definition.every_of("decisions")}
        written = (
            name for name, key in lists.items() if key == own.list_key and name not in judged
        )
        return next(written, own.name) if own.kind == "detail" else own.name

    def _columns(self, sheet: Sheet, own: SheetDefinition) -> Mapping[str, int]:
        """Return the columns by key: as the stamp says, else as the headings say in the words of any form."""
        texts = {
            column: cell.text
            for (row, column), cell in sheet.cells.items()
            if row == own.heading_row and cell.kind is CellKind.TEXT
        }
        written = self._stamp.columns.get(self._name(own)) if self._stamp else None
        if written:
            return columns_by_heading(written, texts)
        same = (each for one in reversed(self._definitions) for each in one.every_of(own.kind))
        keys = {field.label: field.key for each in same for field in each.fields}
        return {keys[text]: column for column, text in texts.items() if text in keys}


def _rows_by_request(shown: _Shown, own: RowList) -> Mapping[str, list[Document]]:
    """Return the rows of a list by their request: from 査定, which has every column of the main list, else from its own sheet."""
    sheets = [*shown.definition.every_of("decisions"), *shown.definition.every_of("detail")]
    for sheet in (one for one in sheets if one.list_key == own.key):
        keys = _keys_on(sheet, shown.form.axes, own)
        needed = {"id", *(keys[one.key] for one in own.columns if one.stage)}
        rows = shown.rows(sheet, needed)
        if rows is not None:
            return _by_request(rows, own, keys)
    return {}


def _keys_on(sheet: SheetDefinition, axes: Axes, own: RowList) -> Mapping[str, str]:
    """Return by the keys of a row what the columns of a sheet are."""
    is_judged = sheet.kind == "decisions"
    keys = {
        one.key: line_key(axes, own.key, one) if is_judged else column_key(own.key, one.key)
        for one in own.columns
    }
    return {**keys, own.group: "part" if is_judged else "line_part"} if own.groups else keys


def _by_request(
    rows: Iterable[Row], own: RowList, keys: Mapping[str, str]
) -> Mapping[str, list[Document]]:
    kinds = {one.key: one.kind for one in own.columns}
    found: dict[str, list[Document]] = {}
    for values in rows:
        row = {key: _fitting(kinds.get(key, "text"), values.get(at)) for key, at in keys.items()}
        found.setdefault(str(values["id"]), []).append(row)
    return found


def _fitting(kind: str, value: Value) -> Value:
    """Return a value that a field of this kind can have, else nothing."""
    if kind in ("text", "prose", "choice"):
        return value if isinstance(value, str) else None
    return (
        value
        if (kind == "number" and not isinstance(value, str)) or isinstance(value, int)
        else None
    )


def _value(sheet: Sheet, row: int, column: int) -> Value:
    cell = sheet.cell(row, column)
    number = cell.number()
    if number is not None:
        return int(number) if number == number.to_integral_value() else float(number)
    return cell.text if cell.kind is CellKind.TEXT and cell.text != NOT_GIVEN else None


def _listed(
    form: Definition, values: Row, year: int | None, lists: Mapping[str, list[Document]]
) -> ListedRequest:
    axes, place = form.axes, Place(str(values["file"]), str(values["sheet"]))
    document: Document = {"form": axes.form} if "/form" in form.order else {}
    for pointer, value in _single(axes, values):
        document = put(document, steps(pointer), value)
    for one in axes.lists:
        document = put(document, steps(one.pointer), lists[one.key])
    document |= {"id": _id(values, place), "fiscal_year": year}
    return ListedRequest(document, place)


def _single(axes: Axes, values: Row) -> Iterator[tuple[str, Value]]:
    """Yield the single fields and the amounts by pointer; the texts beside the sources 一覧 does not show."""
    for meaning, pointer in ENVELOPE.items():
        yield pointer, values.get(OF_MEANING[meaning])
    for one in axes.fields:
        if one.meaning not in ENVELOPE:
            yield one.pointer, _fitting(one.kind, values.get(key_of(one)))
    for stage in axes.stages:
        for source, pointer in stage.amounts.items():
            yield pointer, _fitting("money", values.get(amount_key(stage.key, source)))
    yield from ((one.name, None) for one in axes.sources if one.name)


def _id(values: Row, place: Place) -> Value:
    """Return the id; a request without one is shown by its place, which is none."""
    shown = values.get("id")
    return None if shown == request_key(None, place) else shown
