"""The form that comes with the program, compiled; and any request document that fits it."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import Definition, FieldKind
from yosan_xl.form.load import load_definition, read_definition
from yosan_xl.form.mapping import put
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import LIMIT
from yosan_xl.model.request import Document

YEAR = FiscalYear(2020)
ROWS = [(8, 6), (20, 10), (1, 1)]
AMOUNTS = ("requested", "earmarked", "budgeted", "budgeted_earmarked")
LEVEL_UP, CURRENT = "レベルアップ分", "経常経費分"


@lru_cache
def definition() -> Definition:
    return load_definition("minato-r2")


@lru_cache
def plan(rows: tuple[int, int] = (8, 6)) -> Plan:
    return compile_plan(definition(), YEAR, rows)


FORMS = {
    "minato-r2": "templates/minato-r2/form.toml",
    "municipal-1": "templates/municipal-1/form.toml",
    "prefecture": "tests/forms/prefecture.toml",
    "small_town": "tests/forms/small_town.toml",
    "every_check": "tests/forms/every_check.toml",
}
"""The forms that are tried, of either vocabulary."""


@lru_cache
def form(name: str) -> Definition:
    """Give a form in the words of a prefecture's city."""
    return read_definition(Path(__file__).parents[2] / FORMS[name]).worded("県")


@lru_cache
def plan_of(name: str) -> Plan:
    return compile_plan(form(name), YEAR)


def examples() -> list[Document]:
    """Give the bundled requests."""
    path = Path(__file__).parents[2] / "examples" / "R2" / "requests.json"
    rows: list[Document] = json.loads(path.read_text(encoding="utf-8"))
    return rows


_amounts = st.none() | st.integers(-LIMIT, LIMIT)
_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=20)
_values = {
    FieldKind.MONEY: _amounts,
    FieldKind.NUMBER: st.none() | st.integers(1, 999_999),
    FieldKind.YEAR: st.none() | st.integers(1926, 2999),
}


@st.composite
def filled(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Draw the values of a sheet of any form: what its cells may hold, here and there."""
    sheet = plan_of(name)
    values: dict[str, Any] = {}
    for slot in sheet.slots:
        if slot.formula is None and draw(st.booleans()):
            one = _value_of(slot)
            rows = st.lists(one, min_size=slot.area.height, max_size=slot.area.height)
            values[slot.name] = draw(rows.map(tuple) if slot.repeats else one)
    for group in sheet.groups:
        if group.group_slot and group.group_slot in values:
            values[group.group_slot] = group.name
    return values


def _value_of(slot: Slot) -> st.SearchStrategy[Any]:
    if slot.decimals:
        return st.decimals(0, 99_999, places=slot.decimals)
    return _values.get(slot.kind, st.none() | _texts)


@st.composite
def documents(draw: st.DrawFn, rows: tuple[int, int] = (8, 6)) -> Document:
    """Draw a document that the form can hold: a flat list, one in parts, or both at once."""
    document: Document = {}
    for pointer in definition().order:
        field = definition().fields.get(pointer)
        if field and not field.relation:
            put(document, pointer, draw(_values.get(field.kind, st.none() | _texts)))
    first = draw(st.sampled_from([None, LEVEL_UP]))
    groups = [draw(_lines(first, rows[0])), draw(_lines(CURRENT, rows[1]))]
    document["lines"] = groups[0] + groups[1]
    document["subtotals"] = [
        {"part": group[0]["part"], **_sums(group)} for group in groups if group and group[0]["part"]
    ]
    document["total"] = _sums(document["lines"])
    _put_general(document)
    return document


def _lines(part: str | None, most: int) -> st.SearchStrategy[list[Document]]:
    amounts = {key: _amounts for key in AMOUNTS}
    row = st.fixed_dictionaries({"label": st.none() | _texts, **amounts, "part": st.just(part)})
    return st.lists(row.filter(_says_something), max_size=most)


def _says_something(row: dict[str, Any]) -> bool:
    return any(value is not None for key, value in row.items() if key != "part")


def _sums(rows: list[Document]) -> Document:
    return {key: _sum([row[key] for row in rows]) for key in AMOUNTS}


def _sum(amounts: list[int | None]) -> int | None:
    given = [amount for amount in amounts if amount is not None]
    return sum(given) if given else None


def _put_general(document: Document) -> None:
    for key, total in (("amount", "requested"), ("budgeted", "budgeted")):
        whole = document["total"][total]
        sources = [document["funding"][s][key] or 0 for s in ("national", "metropolitan", "other")]
        put(document, f"/funding/general/{key}", None if whole is None else whole - sum(sources))
