"""The two tables that go out: 一覧, one row per request, and 明細, one row per line item.

One cell one datum, numbers without commas or units, the unit and 西暦 in columns of their own
(総務省, 統計表における機械判読可能なデータの表記方法の統一ルール).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from yosan_xl.form.definition import Definition, FieldKind
from yosan_xl.model.axes import SOURCES
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import AMOUNTS, Document, Request
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.table import Column, Table, Value

UNIT = "千円"
_NOTE = "/funding/general/name"
"""一般財源の備考: a note, which is not for the public."""

_Field = tuple[str, Callable[[Request], Value]]
"""A column's heading, and its value in a request."""

_KEYS: tuple[_Field, ...] = (
    ("要求書ID", attrgetter("id")),
    ("年度", lambda request: _year(request)),
    ("年度（西暦）", attrgetter("fiscal_year")),
    ("NO", attrgetter("no")),
    ("会計", attrgetter("account")),
    ("款", attrgetter("kan")),
    ("所管課コード", attrgetter("department_code")),
    ("部", attrgetter("bureau")),
    ("課", attrgetter("section")),
    ("事業名", attrgetter("title")),
    ("要求区分", attrgetter("category")),
)
"""What tells one request from another, alike in both tables."""


def request_table(rows: Sequence[SummaryRow], form: Definition, *, public: bool) -> Table:
    """Return 一覧; what is not for the public is left out with its columns."""
    fields = list(_request_fields(form, public=public))
    sources = () if public else ("ファイル", "シート")
    values = [
        (
            *(value(row.request) for _, value in fields),
            *(() if public else (row.source.file, row.source.sheet)),
        )
        for row in rows
    ]
    headings = (*(heading for heading, _ in fields), *sources)
    return Table("一覧", tuple(map(Column, headings)), tuple(values))


def line_table(rows: Sequence[SummaryRow], form: Definition, *, public: bool) -> Table:
    """Return 明細: the line items of the requests in their order, numbered from 1 in each."""
    labels = {column.field.key: column.field.label for column in form.lines.columns}
    headings = (
        *(heading for heading, _ in _KEYS),
        "明細の番号",
        "明細の区分",
        labels["label"],
        *(labels[key] for key in AMOUNTS),
        "単位",
    )
    values = [
        (
            *(value(row.request) for _, value in _KEYS),
            at,
            line.part,
            line.label,
            *(getattr(line.amounts, key) for key in AMOUNTS),
            UNIT,
        )
        for row in rows
        for at, line in enumerate(row.request.lines, 1)
    ]
    return Table("明細", tuple(map(Column, headings)), tuple(values))


def public_document(document: Document) -> Document:
    """Return a request document without its notes; every key stays, as the schema wants it."""
    funding = document.get("funding")
    if not isinstance(funding, dict) or not isinstance(funding.get("general"), dict):
        return document
    general = {**funding["general"], "name": None}
    return {**document, "funding": {**funding, "general": general}}


def _year(request: Request) -> str | None:
    return FiscalYear(request.fiscal_year).label if request.fiscal_year else None


def _request_fields(form: Definition, *, public: bool) -> Iterator[_Field]:
    label = {pointer: field.label for pointer, field in form.fields.items()}
    yield from _KEYS
    for key in AMOUNTS:
        yield label[f"/total/{key}"], attrgetter(f"total.{key}")
    for source in SOURCES:
        for key in ("amount", "budgeted", "name"):
            pointer = f"/funding/{source}/{key}"
            if not (public and pointer == _NOTE):
                yield label[pointer], _funding(source, key)
    for key, unit in (("term_start", "（西暦）"), ("term_end", "（西暦）"), ("limit", "")):
        pointer = f"/contract_authorization/{key}"
        yield label[pointer] + unit, attrgetter(pointer[1:].replace("/", "."))
    yield "単位", lambda _: UNIT
    for pointer, field in form.fields.items():
        if field.kind is FieldKind.PROSE:
            yield field.label, _text(pointer.removeprefix("/"))


def _funding(source: str, key: str) -> Callable[[Request], Value]:
    return lambda request: getattr(request.funding.get(source), key, None)


def _text(key: str) -> Callable[[Request], Value]:
    return lambda request: request.texts.get(key)
