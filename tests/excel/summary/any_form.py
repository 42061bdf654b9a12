"""Requests of any form: documents with random values in every place that its axes know."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from yosan_xl.form.definition import Definition
from yosan_xl.model.axes import ENVELOPE, Axes, RowList
from yosan_xl.model.comparison import YearRequests
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession
from yosan_xl.model.request import Document, Request, put, steps
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.settings import Account, Settings
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.usecases.succession import two_years

SETTINGS = Settings(
    municipality="架空市",
    year=FiscalYear(2027),
    form="any-form",
    accounts=(Account("一般会計", ("総務費", "民生費")), Account("介護保険会計", ("総務費",))),
    categories=("新規", "継続"),
)
ROSTER = Roster(
    (
        Department("0101", "総務部", "財政課"),
        Department("0102", "総務部", "税務課"),
        Department("0201", "福祉部", "福祉政策課"),
    )
)
Draw = Callable[[str, random.Random], Any]
"""Returns a value of a kind."""

_WORDS = ("一般会計", "介護保険会計", "総務費", "民生費", "=1+2", "~*総?費", "甲\n乙", "0123")


_ODD = (
    *(
        "甲\t乙",
        "改行\r\nする",
        "\r",
        "  前後  ",
        "　",
        "",
        "a\u200bb",
        "\x07鐘",
        "👨‍👩‍👧",
        "\ud800",
        "e\u0301",
    ),
    *("_x000D_", "0", "０１２", "1/2", "1,234", "△5", "-", "TRUE", "'abc", "=SUM(A1)", "#REF!"),
    *("（記入なし）", "計", "小計", "要求書はまだありません。", "目次", "あ" * 33_000),
)
_ODD_NUMBERS = (-160.0, 100.0, 0.1 + 0.2, -4.7, 2.675, 1e-7, 123_456_789.123, 1e14, -0.0)


def rows_of(form: Definition, count: int, chance: random.Random) -> list[SummaryRow]:
    """Return requests of a form, each from a sheet of its own."""
    return [_row(form, at, chance, _value) for at in range(count)]


def odd_rows_of(form: Definition, count: int, chance: random.Random) -> list[SummaryRow]:
    """Return requests with texts and numbers in them that no cell shows as they are."""
    return [_row(form, at, chance, _odd_value) for at in range(count)]


def against(rows: list[SummaryRow], last: list[SummaryRow]) -> AgainstLastYear:
    """Bring the rows together with those of the year before."""
    axes = rows[0].request.axes
    before, now = (Rollup.of(own, SETTINGS, ROSTER, axes).rows for own in (last, rows))
    years = [
        YearRequests(year.short, year, tuple(one.request for one in found), ROSTER, SETTINGS)
        for year, found in ((FiscalYear(2026), before), (SETTINGS.year, now))
    ]
    return AgainstLastYear(before, two_years(years[0], years[1], Succession())[0])


def _row(form: Definition, at: int, chance: random.Random, draw: Draw) -> SummaryRow:
    unit = chance.choice(list(ROSTER))
    document: Document = {"form": form.id} if "/form" in form.order else {}
    for pointer, value in _values(form.axes, lambda kind: draw(kind, chance), chance).items():
        document = put(document, steps(pointer), value)
    department = {"code": unit.code, "bureau": unit.bureau, "section": unit.section}
    number = at + 1 if chance.random() < 0.8 else None
    document |= {"id": f"{unit.code}-{at}", "no": number, "fiscal_year": 2027}
    document |= {"department": department}
    place = Place(f"{unit.code}_{unit.section}.xlsx", f"要求書{at}")
    return SummaryRow(Request.from_document(document, form.axes), place)


def _values(axes: Axes, draw: Callable[[str], Any], chance: random.Random) -> dict[str, Any]:
    single = {one.pointer: draw(one.kind) for one in axes.fields if one.meaning not in ENVELOPE}
    amounts = {p: draw("money") for s in axes.stages for p in s.amounts.values()}
    names = {one.name: draw("text") for one in axes.sources if one.name}
    lists = {one.pointer: _rows(one, draw, chance) for one in axes.lists}
    return {**single, **amounts, **names, **lists}


def _rows(own: RowList, draw: Callable[[str], Any], chance: random.Random) -> list[Document]:
    groups = own.groups or ("",)
    return [
        {one.key: draw(one.kind) for one in own.columns}
        | ({own.group: group} if own.groups else {})
        for group in groups
        for _ in range(chance.randint(0, 2))
    ]


def _odd_value(kind: str, chance: random.Random) -> Any:
    if chance.random() < 0.4:
        return _value(kind, chance)
    if kind == "money":
        return chance.choice((999_999_999_999, -999_999_999_999))
    if kind == "number":
        return chance.choice(_ODD_NUMBERS)
    return _value(kind, chance) if kind == "year" else chance.choice(_ODD)


def _value(kind: str, chance: random.Random) -> Any:
    if chance.random() < 0.25:
        return None
    if kind == "money":
        return chance.choice((0, 1, -5, 1_234, 60_000, -60_000, chance.randint(-(10**6), 10**6)))
    if kind == "number":
        return chance.choice((0, 7, 0.5))
    if kind == "year":
        return chance.randint(2025, 2030)
    return chance.choice(_WORDS)
