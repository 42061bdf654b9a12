"""Forms made up by hand, and documents of them that balance: any stages, sources, lists, with or without a rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tests.rules.samples import CONTEXT, locate
from yosan_xl.model.axes import (
    ASKED,
    DECIDED,
    ENVELOPE,
    LAST_YEAR,
    MEANING_WORDS,
    SPECIFIC,
    STEP,
    TOTAL,
    Axes,
    Column,
    FieldWords,
    RowList,
    Source,
    Stage,
    ToldRelation,
)
from yosan_xl.model.finding import Finding
from yosan_xl.model.request import Document, Request
from yosan_xl.rules.check import check
from yosan_xl.rules.entry import SchemaCheck
from yosan_xl.rules.registry import RuleContext

ANY = SchemaCheck({})
"""A schema that allows everything: what stands here is for the rules alone."""


class A(NamedTuple):
    """An amount column of a list: its key, the stage and source that it adds up to, and its label."""

    key: str
    stage: str = ASKED
    source: str = TOTAL
    label: str = "金額"
    by: str = "department"


def stage(key: str, label: str, sources: Sequence[str], **words: Any) -> Stage:
    """Return a stage with its total and these sources; `words` are its other fields."""
    role = key if key in (ASKED, DECIDED, LAST_YEAR) else STEP
    given = {"by": "department", "total": "entry", **words}
    amounts = {one: f"/amounts/{key}/{one}" for one in (TOTAL, *sources)}
    return Stage(key, label, role, amounts=amounts, **given)


def sources(*labels: str, rest: str | None = None) -> tuple[Source, ...]:
    """Return sources called so, of which one is the rest."""
    return tuple(
        Source(f"s{at}", label, label == rest, f"/source_names/s{at}")
        for at, label in enumerate(labels, 1)
    )


def a_list(
    key: str, label: str, amounts: Sequence[A], groups: Sequence[str] = (), /, **texts: str
) -> RowList:
    """Return a list with texts (by meaning their label) and amounts."""
    words = tuple(
        Column(meaning, text, "text", "department", meaning) for meaning, text in texts.items()
    )
    columns = tuple(
        Column(one.key, one.label, "money", one.by, stage=one.stage, source=one.source)
        for one in amounts
    )
    subtotals = f"/subtotals/{key}" if groups else None
    return RowList(key, label, f"/lists/{key}", (*words, *columns), subtotals, groups=tuple(groups))


def field(meaning: str, label: str = "", kind: str = "prose", **words: Any) -> FieldWords:
    """Return a field of a meaning that departments fill."""
    return FieldWords(
        ENVELOPE.get(meaning, f"/{meaning}"),
        label or MEANING_WORDS[meaning],
        kind,
        "department",
        meaning,
        **words,
    )


def axes(
    stages: Sequence[Stage],
    own: Sequence[Source] = (),
    lists: Sequence[RowList] = (),
    fields: Sequence[FieldWords] = (),
    *,
    unit: str = "千円",
    told: Sequence[ToldRelation] = (),
) -> Axes:
    """Return the axes of a form with a title."""
    return Axes(
        form="made-up",
        title="要求書",
        unit=unit,
        stages=tuple(stages),
        sources=tuple(own),
        lists=tuple(lists),
        fields=(field("title", "事業の名", "text"), *fields),
        told=tuple(told),
    )


def document(
    own: Axes,
    amounts: Mapping[str, Mapping[str, int | None]],
    lists: Mapping[str, list[dict[str, Any]]] | None = None,
    **values: Any,
) -> Document:
    """Return a document of a form: what is not given is null, a row without a label gets one."""
    rows = {one.key: _rows(one, (lists or {}).get(one.key, [])) for one in own.lists}
    return {
        "id": "0203-1",
        "fiscal_year": 2020,
        "no": None,
        "department": {"code": "0203", "bureau": "保健福祉支援部", "section": "国保年金課"},
        "title": "窓口の改修",
        "amounts": {
            one.key: {**dict.fromkeys(one.amounts), **amounts.get(one.key, {})}
            for one in own.stages
        },
        "source_names": {one.key: None for one in own.sources},
        "lists": rows,
        "subtotals": {one.key: _subtotals(one, rows[one.key]) for one in own.lists if one.groups},
        **values,
    }


def _rows(own: RowList, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    blank = {one.key: "委託料" if one.meaning == "label" else None for one in own.columns}
    return [{**blank, **row} for row in rows]


def _subtotals(own: RowList, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "group": group,
            **{
                key: sum(row[key] or 0 for row in rows if row["group"] == group)
                for key, _ in own.amounts
            },
        }
        for group in dict.fromkeys(row["group"] for row in rows)
    ]


def findings(
    own: Axes, given: Document, *broken: str, context: RuleContext | None = CONTEXT
) -> list[Finding]:
    """Return what the rules say of a document of a form."""
    return check(given, axes=own, schema=ANY, context=context, locate=locate, broken=broken)


def codes(own: Axes, given: Document, *broken: str) -> list[str]:
    """Return the codes of what the rules say."""
    return [one.code for one in findings(own, given, *broken)]


def request(own: Axes, given: Document) -> Request:
    """Return a document of a form as a value."""
    return Request.from_document(given, own)


# A prefecture: five stages × five sources in 円, rows by 節 with a formula, a list of what the sources rest on.

_PREFECTURE_SOURCES = sources("国庫", "県債", "繰入金", "諸収入", "一般財源", rest="一般財源")
_ALL = [one.key for one in _PREFECTURE_SOURCES]

PREFECTURE = axes(
    [
        stage(LAST_YEAR, "前年度当初", _ALL, by="prior"),
        stage(ASKED, "要求", [*_ALL, SPECIFIC], total="lines"),
        stage("notice", "内示", _ALL, by="finance"),
        stage("adjusted", "調整要求", _ALL, total="sources"),
        stage(DECIDED, "査定", _ALL, by="finance"),
        stage("change", "増減", _ALL, by="formula", total="difference", of=(DECIDED, LAST_YEAR)),
    ],
    _PREFECTURE_SOURCES,
    [
        a_list(
            "lines", "節別の内訳", [A("amount")], ["報酬", "委託料"], label="説明", estimate="積算"
        ),
        a_list(
            "grants", "特財の積算根拠", [A("amount", source=SPECIFIC, label="特財")], label="根拠"
        ),
    ],
    [field("funding_effort", "特財の確保")],
    unit="円",
)


def of_prefecture(**changes: Any) -> Document:
    """Return a request of the prefecture: 3,000,000円, of which 1,200,000円 are 特定財源."""
    asked = {"s1": 1_000_000, "s2": 200_000, "s5": 1_800_000}
    prior = {TOTAL: 2_000_000, "s1": 500_000, "s5": 1_500_000}
    decided = {TOTAL: 2_500_000, "s1": 900_000, "s5": 1_600_000}
    return document(
        PREFECTURE,
        {
            LAST_YEAR: prior,
            ASKED: {TOTAL: 3_000_000, SPECIFIC: 1_200_000, **asked},
            "notice": {TOTAL: 2_400_000, "s1": 900_000, "s5": 1_500_000},
            "adjusted": {TOTAL: 2_600_000, "s1": 1_000_000, "s5": 1_600_000},
            DECIDED: decided,
            "change": {TOTAL: 500_000, "s1": 400_000, "s5": 100_000},
        },
        {
            "lines": [
                {"group": "報酬", "amount": 1_000_000},
                {"group": "委託料", "amount": 1_500_000},
                {"group": "委託料", "amount": 500_000},
            ],
            "grants": [{"amount": 1_000_000}, {"amount": 200_000}],
        },
        **changes,
    )


# A small town: two sources, none of them the rest; no list, no prose.

TOWN = axes(
    [stage(ASKED, "要望額", ["s1", "s2"]), stage(DECIDED, "決定額", [], by="finance")],
    sources("国県", "町費"),
)


def of_town(**changes: Any) -> Document:
    """Return a request of the town: 500千円, 200 of the state and 300 of its own."""
    return document(
        TOWN, {ASKED: {TOTAL: 500, "s1": 200, "s2": 300}, DECIDED: {TOTAL: 400}}, **changes
    )
