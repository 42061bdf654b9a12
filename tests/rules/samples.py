"""A valid request document, its schema and its year; tests change one thing of it at a time."""

from __future__ import annotations

import copy
from typing import Any

from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.form.load import load_definition
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import LIMIT
from yosan_xl.model.request import Document, Request
from yosan_xl.model.settings import Account, Settings
from yosan_xl.rules.check import check
from yosan_xl.rules.entry import SchemaCheck
from yosan_xl.rules.registry import RuleContext

AXES = load_definition(USUAL_FORM).axes
AMOUNTS = tuple(key for key, _ in AXES.lists[0].amounts)
"""The keys of the amounts of a line, a subtotal or the total."""

LEVEL_UP, CURRENT = "レベルアップ分", "経常経費分"

CONTEXT = RuleContext(
    Settings(
        municipality="港区",
        year=FiscalYear(2020),
        form="minato-r2",
        accounts=(
            Account("一般会計", ("議会費", "総務費", "民生費", "衛生費")),
            Account("国民健康保険事業会計", ("総務費", "保険給付費")),
        ),
        categories=("新規事業", "臨時事業", "レベルアップ事業"),
    ),
    Roster(
        (
            Department("0203", "保健福祉支援部", "国保年金課"),
            Department("0301", "企画経営部", "企画課"),
            Department("0302", "企画経営部", "区長室"),
            Department("0901", "会計室", ""),
        )
    ),
)


def flat(**changes: object) -> Document:
    """Give a request with a flat list: 90,955千円, of which 12,000千円 are 都支出金."""
    document = {
        "id": "0203-1",
        "fiscal_year": 2020,
        "no": 59,
        "department": {"code": "0203", "bureau": "保健福祉支援部", "section": "国保年金課"},
        "account": "国民健康保険事業会計",
        "kan": "総務費",
        "title": "糖尿病性腎症重症化予防事業",
        "category": "レベルアップ事業",
        "description": "事業の説明",
        "lines": [line("委託料", 78955), line("印刷費", 12000, 12000)],
        "subtotals": [],
        "total": amounts(90955, 12000),
        "funding": funding(metropolitan=12000, general=78955),
        "contract_authorization": {"term_start": 2020, "term_end": 2022, "limit": 30000},
    }
    return {**document, **changes}


def sectioned(**changes: object) -> Document:
    """Give a request in two parts: 4,500千円 + 1,000千円, all of it 一般財源."""
    parts = [
        line("委託料", 4000, part=LEVEL_UP),
        line("消耗品費", 500, part=LEVEL_UP),
        line("保守料", 1000, part=CURRENT),
    ]
    subtotals = [{"part": LEVEL_UP, **amounts(4500)}, {"part": CURRENT, **amounts(1000)}]
    return flat(
        lines=parts,
        subtotals=subtotals,
        total=amounts(5500),
        funding=funding(general=5500),
        **changes,
    )


def amounts(
    requested: int | None = None,
    earmarked: int | None = None,
    budgeted: int | None = None,
    budgeted_earmarked: int | None = None,
) -> dict[str, int | None]:
    """Give the four amounts of a line, a subtotal or the total (千円)."""
    return dict(zip(AMOUNTS, (requested, earmarked, budgeted, budgeted_earmarked), strict=True))


def line(label: str | None, *figures: int | None, part: str | None = None) -> dict[str, Any]:
    """Give a line item with its amounts (千円)."""
    return {"label": label, **amounts(*figures), "part": part}


def funding(**rows: int | tuple[int | None, int | None]) -> dict[str, Any]:
    """Give 財源内訳 from the amounts (千円), or the pairs of amount and budgeted, of its rows."""
    result = {}
    for source in ("national", "metropolitan", "other", "general"):
        row = rows.get(source)
        amount, budgeted = row if isinstance(row, tuple) else (row, None)
        result[source] = {"name": None, "amount": amount, "budgeted": budgeted}
    return result


def changed(document: Document, pointer: str, value: object) -> Document:
    """Give the document with another value at `pointer`."""
    result = copy.deepcopy(document)
    node: Any = result
    *parents, last = pointer.strip("/").split("/")
    for step in parents:
        node = node[int(step) if isinstance(node, list) else step]
    node[int(last) if isinstance(node, list) else last] = value
    return result


def locate(pointer: str) -> Place:
    """Give a place that tells the pointer."""
    return Place("0203_国保年金課.xlsx", "要求書1", pointer)


def findings(document: Document, *broken: str) -> list[Finding]:
    """Check a document against the sample schema, year and roster."""
    return check(
        document,
        axes=AXES,
        schema=SchemaCheck(schema()),
        context=CONTEXT,
        locate=locate,
        broken=broken,
    )


def codes(document: Document, *broken: str) -> list[str]:
    """Give the codes of the findings of a document."""
    return [finding.code for finding in findings(document, *broken)]


def item(
    no: int | None, id_: str | None, file: str, title: str | None = None, **changes: object
) -> tuple[Request, Any]:
    """Give a request as check_all takes it; its title tells the file where none is given."""
    changes["title"] = f"{file}の事業" if title is None else title
    request = Request.from_document(flat(no=no, id=id_, **changes), AXES)
    return request, lambda pointer: Place(file, "要求書1", pointer)


def schema() -> dict[str, Any]:
    """Give a schema of the shape that the form definition generates."""
    rows = {column: _money(title) for column, title in zip(AMOUNTS, _COLUMNS, strict=True)}
    source = {"name": _text("名称"), "amount": _money("金額"), "budgeted": _money("予算額")}
    return _object(
        {
            "id": {**_text("要求書ID"), "pattern": r"^\d{4}-\d+$", "examples": ["0301-1"]},
            "fiscal_year": {**_whole("年度", 1926, 2999), "type": "integer"},
            "no": _whole("NO", 1, 999_999),
            "department": _object(
                title="所管課",
                properties={
                    "code": {"title": "所管課コード", "type": "string", "minLength": 1},
                    "bureau": _text("部"),
                    "section": _text("課"),
                },
            ),
            "account": {"title": "会計", "type": "string", "minLength": 1},
            "kan": {"title": "款", "type": "string", "minLength": 1},
            "title": {"title": "事業名", "type": "string", "minLength": 1, "maxLength": 20},
            "category": {"title": "要求区分", "type": "string", "minLength": 1},
            "description": _text("事業説明文"),
            "lines": {
                "title": "要求内容",
                "type": "array",
                "minItems": 1,
                "items": _object({"label": _text("内容"), **rows, "part": _PART}),
            },
            "subtotals": {
                "title": "小計",
                "type": "array",
                "maxItems": 2,
                "items": _object({"part": {**_PART, "enum": [LEVEL_UP, CURRENT]}, **rows}),
            },
            "total": _object(rows, "合計"),
            "funding": _object(
                {key: _object(source, title) for key, title in _SOURCES.items()}, "財源内訳"
            ),
            "contract_authorization": _object(
                {
                    "term_start": _whole("期間の初年度", 1926, 2999),
                    "term_end": _whole("期間の最終年度", 1926, 2999),
                    "limit": _money("限度額"),
                },
                "債務負担行為",
            ),
        }
    )


_SOURCES = {
    "national": "国庫支出金",
    "metropolitan": "都支出金",
    "other": "その他特財",
    "general": "一般財源",
}
_COLUMNS = ("要求額", "うち特財", "予算額", "予算額のうち特財")
_PART = {"title": "区分", "type": ["string", "null"], "enum": [None, LEVEL_UP, CURRENT]}


def _object(properties: dict[str, Any], title: str = "項目") -> dict[str, Any]:
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(title: str) -> dict[str, Any]:
    return {"title": title, "type": ["string", "null"], "minLength": 1}


def _whole(title: str, low: int, high: int) -> dict[str, Any]:
    return {"title": title, "type": ["integer", "null"], "minimum": low, "maximum": high}


def _money(title: str) -> dict[str, Any]:
    return _whole(title, -LIMIT, LIMIT)
