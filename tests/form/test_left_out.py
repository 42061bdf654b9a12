"""What a document leaves out is put in again: it is whole, and says no more than it did."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.form.samples import FORMS, filled, plan_of
from yosan_xl.form.left_out import with_left_out
from yosan_xl.form.mapping import complete, document_of, get
from yosan_xl.form.plan import Plan

OWN = [name for name in FORMS if name != "minato-r2"]


def whole(plan: Plan, values: dict[str, Any]) -> dict[str, Any]:
    return document_of(complete(values, plan), plan)[0]


def short(value: Any, plan: Plan, at: str = "") -> Any:
    """Return a document without null, without what is empty, and without what the sheet computes."""
    if isinstance(value, list):
        return [short(one, plan, f"{at}/*") for one in value]
    if not isinstance(value, dict):
        return value
    inner = {key: short(one, plan, f"{at}/{key}") for key, one in value.items()}
    computed = {slot.pointer for slot in plan.slots if slot.formula}
    return {
        key: one
        for key, one in inner.items()
        if one not in (None, {}, []) and f"{at}/{key}" not in computed and key != "subtotals"
    }


@pytest.mark.parametrize("name", OWN)
@settings(max_examples=40)
@given(data=st.data())
def test_left_out__is_put_in_again(name: str, data: st.DataObject) -> None:
    plan = plan_of(name)
    document = whole(plan, data.draw(filled(name)))
    assert with_left_out(short(document, plan), plan) == document
    assert with_left_out(document, plan) == document


@pytest.mark.parametrize("name", OWN)
def test_nothing__is_a_document_with_every_key(name: str) -> None:
    plan = plan_of(name)
    assert with_left_out({}, plan) == whole(plan, {})


LINES: list[dict[str, Any]] = [{"amount": 30}] * 20


def test_rows__more_than_the_sheet_has_are_added_up() -> None:
    found = with_left_out({"lists": {"lines": LINES}}, plan_of("municipal-1"))
    assert get(found, "/amounts/request/total") == 600
    assert len(found["lists"]["lines"]) == 20


@pytest.mark.parametrize(
    "odd",
    [
        {"amounts": 5},
        {"amounts": {"request": [1]}},
        {"lists": {"lines": "行"}},
        {"lists": {"lines": [1, None, {"amount": "30"}]}},
        {"lists": [1]},
        {"subtotals": 3, "source_names": "名"},
        {"amounts": {"request": {"total": 31}}, "lists": {"lines": [{"amount": 30}]}},
        {"unknown": {"key": 1}},
    ],
)
def test_what_is_there__stays_as_it_is(odd: dict[str, Any]) -> None:
    plan, before = plan_of("municipal-1"), copy.deepcopy(odd)
    found = with_left_out(odd, plan)
    assert odd == before
    for key, value in before.items():
        if isinstance(value, dict):
            assert value.items() <= found[key].items() or key in ("amounts", "lists")
        else:
            assert found[key] == value
    total = before.get("amounts")
    if isinstance(total, dict) and isinstance(total["request"], dict):
        assert get(found, "/amounts/request/total") == 31


def test_null__says_no_more_than_leaving_out() -> None:
    plan = plan_of("prefecture")
    nothing = {"amounts": None, "lists": None, "subtotals": None}
    assert with_left_out(nothing, plan) == whole(plan, {})


def test_a_row__that_names_no_group_stays_without_one() -> None:
    found = with_left_out({"lists": {"lines": [{"amount": 30}]}}, plan_of("prefecture"))
    (row,) = found["lists"]["lines"]
    assert "group" not in row
    assert row["amount"] == 30
