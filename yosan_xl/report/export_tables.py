"""The two tables that go out: 一覧, one row per request, and 明細, one row per line item.

One cell one datum, numbers without commas or units, the unit and 西暦 in columns of their own
(総務省, 統計表における機械判読可能なデータの表記方法の統一ルール).
"""

from __future__ import annotations

from collections.abc import Sequence

from yosan_xl.form.definition import Definition, FieldKind
from yosan_xl.model.axes import SOURCES
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import AMOUNTS, Document, Request
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.table import Column, Table, Value

UNIT = "千円"
_NOTE = "/funding/general/name"
"""一般財源の備考: a note, which is not for the public."""


def request_table(rows: Sequence[SummaryRow], form: Definition, *, public: bool) -> Table:
    """Return 一覧; what is not for the public is left out with its columns."""
    headings = [heading for heading, _ in _request_cells(None, form, public=public)]
    values = [tuple(value for _, value in _request_cells(row, form, public=public)) for row in rows]
    return Table("一覧", tuple(map(Column, headings)), tuple(values))


def line_table(rows: Sequence[SummaryRow], form: Definition, *, public: bool) -> Table:
    """Return 明細: the line items of the requests in their order, numbered from 1 in each."""
    labels = {column.field.key: column.field.label for column in form.lines.columns}
    headings = (
        *(heading for heading, _ in _key_cells(None)),
        "明細の番号",
        "明細の区分",
        labels["label"],
        *(labels[key] for key in AMOUNTS),
        "単位",
    )
    values = [
        (
            *(value for _, value in _key_cells(row.request)),
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


def _key_cells(request: Request | None) -> list[tuple[str, Value]]:
    """Return what tells one request from another, alike in both tables."""
    year = request.fiscal_year if request else None
    values: dict[str, Value] = {
        "要求書ID": request.id if request else None,
        "年度": FiscalYear(year).label if year else None,
        "年度（西暦）": year,
        "NO": request.no if request else None,
        "会計": request.account if request else None,
        "款": request.kan if request else None,
        "所管課コード": request.department_code if request else None,
        "部": request.bureau if request else None,
        "課": request.section if request else None,
        "事業名": request.title if request else None,
        "要求区分": request.category if request else None,
    }
    return list(values.items())


def _request_cells(
    row: SummaryRow | None, form: Definition, *, public: bool
) -> list[tuple[str, Value]]:
    request = row.request if row else None
    cells = [
        *_key_cells(request),
        *((form.fields[f"/total/{key}"].label, _total(request, key)) for key in AMOUNTS),
        *_funding_cells(request, form, public),
        *_contract_cells(request, form),
        ("単位", UNIT),
        *_prose_cells(request, form),
    ]
    if public:
        return cells
    return [
        *cells,
        ("ファイル", row.source.file if row else None),
        ("シート", row.source.sheet if row else None),
    ]


def _total(request: Request | None, key: str) -> int | None:
    return getattr(request.total, key) if request else None


def _funding_cells(
    request: Request | None, form: Definition, public: bool
) -> list[tuple[str, Value]]:
    rows = request.funding if request else {}
    cells = {
        f"/funding/{source}/{key}": getattr(rows.get(source), key, None)
        for source in SOURCES
        for key in ("amount", "budgeted", "name")
    }
    shown = {key: value for key, value in cells.items() if not (public and key == _NOTE)}
    return [(form.fields[pointer].label, value) for pointer, value in shown.items()]


def _contract_cells(request: Request | None, form: Definition) -> list[tuple[str, Value]]:
    contract = request.contract_authorization if request else None
    return [
        (form.fields[f"/contract_authorization/{key}"].label + end, getattr(contract, key, None))
        for key, end in (("term_start", "（西暦）"), ("term_end", "（西暦）"), ("limit", ""))
    ]


def _prose_cells(request: Request | None, form: Definition) -> list[tuple[str, Value]]:
    texts = request.texts if request else {}
    return [
        (field.label, texts.get(key.removeprefix("/")))
        for key, field in form.fields.items()
        if field.kind is FieldKind.PROSE
    ]
