"""Made-up forms by their axes alone, and requests of them: a prefecture's with everything, a small town's with next to nothing."""

from __future__ import annotations

from typing import Any

from yosan_xl.model.axes import (
    ASKED,
    DECIDED,
    ENVELOPE,
    LAST_YEAR,
    STEP,
    TOTAL,
    Axes,
    Column,
    FieldWords,
    RowList,
    Source,
    Stage,
)
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document, Request
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.settings import Account, Settings

SECRET = "内緒の"
"""Begins every text that is not for the public."""

_LABELS = {
    "id": "調書番号",
    "year": "予算年度",
    "no": "整理番号",
    "unit_code": "課の番号",
    "unit_upper": "局",
    "unit": "室",
}
_ENVELOPE = tuple(
    FieldWords(pointer, _LABELS[meaning], "text", "finance", meaning)
    for meaning, pointer in ENVELOPE.items()
)


def _stage(key: str, label: str, by: str, sources: tuple[str, ...], **more: Any) -> Stage:
    amounts = {one: f"/amounts/{key}/{one}" for one in (TOTAL, *sources)}
    role = more.pop("role", key if key in (ASKED, DECIDED, LAST_YEAR) else STEP)
    return Stage(key, label, role, by, more.pop("total", "entry"), amounts, **more)


_SOURCES = ("grant", "bond", "fee", "general")

PREFECTURE = Axes(
    form="made-prefecture",
    title="予算見積調書",
    unit="千円",
    stages=(
        _stage(LAST_YEAR, "当初予算", "prior", _SOURCES),
        _stage(ASKED, "見積", "department", _SOURCES, total="lines"),
        _stage("change", "差引", "formula", (), total="difference", of=(ASKED, LAST_YEAR)),
        _stage("notice", "内示", "finance", _SOURCES),
        _stage("appeal", "復活", "department", _SOURCES),
        _stage(DECIDED, "計上", "finance", _SOURCES),
    ),
    sources=(
        Source("grant", "国費", name="/source_names/grant"),
        Source("bond", "県の債券"),
        Source("fee", "使用の料"),
        Source("general", "県費", is_rest=True, name="/source_names/general", name_label="備考"),
    ),
    lists=(
        RowList(
            key="items",
            label="節ごとの積上げ",
            pointer="/lists/items",
            columns=(
                Column("code", "細節", "text", "department", picture="99-99"),
                Column("what", "摘要", "text", "department", "label"),
                Column("how", "計算", "text", "department", "estimate"),
                Column("ratio", "割合", "number", "department"),
                Column("amount", "見積", "money", "department", stage=ASKED),
                Column("offer", "内示", "money", "finance", stage="notice"),
                Column("ruling", "可否", "choice", "finance", "verdict"),
                Column("memo", "覚え", "text", "department", private=True),
            ),
            subtotals="/subtotals/items",
            groups=("報償費", "委託料"),
            subtotal="節の計",
        ),
        RowList(
            key="income",
            label="国費などの根拠",
            pointer="/lists/income",
            columns=(
                Column("name", "名目", "text", "department", "label"),
                Column("amount", "受入", "money", "department"),
            ),
        ),
    ),
    fields=(
        *_ENVELOPE,
        FieldWords("/budget", "予算の別", "choice", "department", "account"),
        FieldWords("/chapter", "大区分", "choice", "department", "level1"),
        FieldWords("/section", "中区分", "choice", "department", "level2"),
        FieldWords("/item", "小区分", "choice", "department", "level3"),
        FieldWords("/name", "細事業", "text", "department", "title"),
        FieldWords("/code", "番号", "text", "department", "project_code", picture="9999"),
        FieldWords("/outline", "あらまし", "prose", "department", number=4),
        FieldWords("/people", "対象の人数", "number", "department"),
        FieldWords("/rate", "補助の割合", "number", "department"),
        FieldWords("/since", "始めた年度", "year", "department"),
        FieldWords("/whole", "全体の額", "money", "department"),
        FieldWords("/phone", "内線", "text", "department", "contact", private=True),
        FieldWords("/reason", "査定のわけ", "prose", "finance", "rationale"),
    ),
)

TOWN = Axes(
    form="made-town",
    title="要求一覧",
    unit="円",
    stages=(
        _stage(ASKED, "要望", "department", ("help", "own")),
        _stage(DECIDED, "決定", "finance", ("help", "own")),
    ),
    sources=(Source("help", "補助"), Source("own", "町のお金", is_rest=True)),
    lists=(),
    fields=(
        *_ENVELOPE,
        FieldWords("/work", "しごと", "text", "department", "title"),
    ),
)


def _amounts(axes: Axes, stage: str, *amounts: int) -> dict[str, int]:
    keys = [*(source.key for source in axes.sources)]
    return {TOTAL: sum(amounts), **dict(zip(keys, amounts, strict=True))}


def prefecture_document(number: int = 1, **changes: object) -> Document:
    """Return a request of the prefecture in which everything is given."""
    form = PREFECTURE
    return {
        "form": form.form,
        "id": f"01-{number}",
        "fiscal_year": 2027,
        "no": number,
        "department": {"code": "01", "bureau": "県土局", "section": "道路室"},
        "budget": "普通の会計",
        "chapter": "土木の費",
        "section": "道路の費",
        "item": "橋の費",
        "name": f"橋の直し{number}",
        "code": "0042",
        "outline": "古い橋を直す。",
        "people": 12_345,
        "rate": 0.55,
        "since": 2021,
        "whole": 7_654_321,
        "phone": f"{SECRET}電話",
        "reason": "急ぐため。",
        "amounts": {
            LAST_YEAR: _amounts(form, LAST_YEAR, 10, 20, 30, 40),
            ASKED: _amounts(form, ASKED, 1_100, 2_200, 3_300, -600),
            "change": {TOTAL: 5_900},
            "notice": _amounts(form, "notice", 1_001, 2_002, 3_003, 4_004),
            "appeal": _amounts(form, "appeal", 51, 52, 53, 54),
            DECIDED: _amounts(form, DECIDED, 1_111, 2_222, 3_333, 4_444),
        },
        "source_names": {"grant": "橋の交付金", "general": f"{SECRET}繰入"},
        "lists": {
            "items": [
                {
                    "group": "報償費",
                    "code": "07-01",
                    "what": "委員の謝礼",
                    "how": "2人×3回",
                    "ratio": 0.25,
                    "amount": 2_000,
                    "offer": 1_500,
                    "ruling": "一部だめ",
                    "memo": f"{SECRET}覚え",
                },
                {
                    "group": "委託料",
                    "code": "12-01",
                    "what": "点検の委託",
                    "how": None,
                    "ratio": None,
                    "amount": 4_000,
                    "offer": None,
                    "ruling": None,
                    "memo": None,
                },
            ],
            "income": [{"name": "橋の交付金の計算", "amount": 1_234}],
        },
        "subtotals": {
            "items": [
                {"group": "報償費", "amount": 2_000, "offer": 1_500},
                {"group": "委託料", "amount": 4_000, "offer": None},
            ]
        },
        **changes,
    }


def town_document(number: int = 1, decided: int | None = None, **changes: object) -> Document:
    """Return a request of the small town."""
    return {
        "form": TOWN.form,
        "id": f"1-{number}",
        "fiscal_year": 2027,
        "no": number,
        "department": {"code": "1", "bureau": "", "section": "総務係"},
        "work": f"草刈り{number}",
        "amounts": {
            ASKED: _amounts(TOWN, ASKED, 100_000, 23_456),
            DECIDED: {TOTAL: decided, "help": None, "own": decided},
        },
        "source_names": {},
        **changes,
    }


def made_row(document: Document, axes: Axes) -> SummaryRow:
    """Return a request as a row of a year."""
    place = Place(f"{document['department']['code']}.xlsx", f"要求{document['no']}")
    return SummaryRow(Request.from_document(document, axes), place)


PREFECTURE_YEAR = Settings(
    municipality="まぼろし県",
    year=FiscalYear(2027),
    form=PREFECTURE.form,
    accounts=(Account("普通の会計", ("土木の費",)), Account("港の会計", ("港の費",))),
    categories=(),
)
TOWN_YEAR = Settings(
    municipality="まぼろし町",
    year=FiscalYear(2027),
    form=TOWN.form,
    accounts=(),
    categories=(),
)
PREFECTURE_UNITS = Roster(
    (Department("01", "県土局", "道路室"), Department("02", "県土局", "港室"))
)
TOWN_UNITS = Roster((Department("1", "", "総務係"),))
