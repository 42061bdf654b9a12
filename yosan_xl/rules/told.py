"""What a form itself demands of its amounts, in its own words: one rule for each of its relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from yosan_xl.model.axes import Axes, ToldRelation
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.rules.registry import Rule, RuleContext

Number = int | Decimal

TOLD = Code(
    "YX217",
    Weight.ERROR,
    title="様式が求める額の関係が成り立たない",
    fact="{say}{label}は {given}、{others}は {expected} で、{gap} {how}。",
    remedy="どの額が正しいか確かめて直してください。",
    why="様式の定義(form.toml の relations)に書かれた、その団体の決まりです。重さ(誤りか注意)も文もそこにあります。",
    wrong="「査定額は市長査定と同じにしてください。」という様式で、査定額 1,000千円、市長査定 900千円",
    right="査定額 1,000千円、市長査定 1,000千円",
)


@lru_cache(maxsize=64)
def told_rules(axes: Axes) -> tuple[Rule, ...]:
    """Return a rule for each relation that a form tells of."""
    return tuple(_rule(one, f"told{number}") for number, one in enumerate(axes.told, 1))


def _rule(relation: ToldRelation, name: str) -> Rule:
    """Return the rule of a relation; `name` is what the panel calls its check."""

    def check(request: Request, _: RuleContext) -> Iterator[Fault]:
        return _faults(relation, name, request)

    return Rule(TOLD, lambda axes: (relation.cell, *relation.of), check)


def _faults(relation: ToldRelation, check: str, request: Request) -> Iterator[Fault]:
    cells = (relation.cell, *relation.of)
    values = [_value(request, pointer) for pointer in cells]
    places = [_places(request.axes)[pointer] for pointer in cells]
    waits = any(value is None and place.waits for value, place in zip(values, places, strict=True))
    given, of = values[0], values[1:]
    expected = _expected(relation.kind, of)
    excess: Number = (given or 0) - expected
    off = excess > 0 if relation.kind == "not_more" else excess != 0
    if off and not waits and set(values) != {None}:
        unit = request.axes.unit if places[0].is_money else ""
        facts = {
            "check": check,
            "say": f"{relation.say.removesuffix('。')}。",
            "label": places[0].words,
            "others": _others(relation.kind, [place.words for place in places[1:]]),
            "given": "(入力なし)" if given is None else _shown(given, unit),
            "expected": _shown(expected, unit),
            "gap": _shown(max(excess, -excess), unit),
            "how": "上回っています" if relation.kind == "not_more" else "ちがいます",
            "raw_value": given if isinstance(given, int) else str(given),
            "raw_expected": expected if isinstance(expected, int) else str(expected),
        }
        yield Fault(relation.cell.partition("/*")[0], facts, Weight(relation.weight))


def _expected(kind: str, of: list[Number | None]) -> Number:
    first, *others = (value or 0 for value in of)
    return first - sum(others) if kind == "difference" else first + sum(others)


def _others(kind: str, words: list[str]) -> str:
    first, *others = words
    if kind == "difference":
        return f"{first}から{'と'.join(others)}を引いた額"
    return f"{'と'.join(words)}の計" if others else first


class AmountPlace(NamedTuple):
    """A place of an amount: its words, whether it is money, and whether nothing there only means not yet."""

    words: str
    is_money: bool
    waits: bool


@lru_cache(maxsize=64)
def _places(axes: Axes) -> Mapping[str, AmountPlace]:
    """Return every place of an amount that a form has, by its pointer."""
    grid = {
        at: AmountPlace(f"「{axes.amount_label(own.key, source)}」", True, own.by != "department")
        for own in axes.stages
        for source, at in own.amounts.items()
    }
    columns = {
        own.row_pointer(one.key): AmountPlace(
            f"「{own.label}」の「{one.label}」の計", one.kind == "money", one.by != "department"
        )
        for own in axes.lists
        for one in own.columns
    }
    fields = {
        one.pointer: AmountPlace(f"「{one.label}」", one.kind == "money", one.by != "department")
        for one in axes.fields
    }
    return {**fields, **columns, **grid}


def _value(request: Request, pointer: str) -> Number | None:
    """Return the amount at a pointer, of a column the sum of its rows; None where nothing is given."""
    found = [
        number
        for one in _at(request.document, pointer.split("/")[1:])
        if (number := _number(one)) is not None
    ]
    return sum(found) if found else None


def _at(value: object, steps: list[str]) -> Iterator[object]:
    for at, step in enumerate(steps):
        if step == "*":
            for row in value if isinstance(value, list) else ():
                yield from _at(row, steps[at + 1 :])
            return
        value = value.get(step) if isinstance(value, dict) else None
    yield value


def _number(value: object) -> Number | None:
    if isinstance(value, float):
        return Decimal(repr(value)) if isfinite(value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _shown(value: Number, unit: str) -> str:
    return f"{'△' if value < 0 else ''}{abs(value):,}{unit}"
