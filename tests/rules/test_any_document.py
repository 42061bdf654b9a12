"""Rules never fail on a document, whatever stands in it: strange text, huge numbers, wrong types."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rules.nine import NINE, told
from tests.rules.samples import AXES, changed
from yosan_xl.model.finding import Finding
from yosan_xl.model.request import Request
from yosan_xl.rules.across import check_all
from yosan_xl.rules.check import rules_of
from yosan_xl.rules.registry import NO_YEAR

_AMOUNTS_IN_TEXT = "0123456789０１,.千円@×÷+＋=%()（）内訳うち約特財なし、\n ㍻𠮷\u3099"
_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(_AMOUNTS_IN_TEXT, max_size=60),
    st.text(st.characters(categories=("Cs", "Cc", "Co", "Mn", "Nd")), max_size=20),
)
_SCALAR = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    _TEXT,
)
_VALUE = st.recursive(
    _SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3)
)


def _pointers(value: Any, at: str = "") -> list[str]:
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    inner = [
        pointer
        for step, each in steps
        for pointer in (
            _pointers(each, f"{at}/{step}") if isinstance(each, dict | list) else [f"{at}/{step}"]
        )
    ]
    return [at, *inner] if at else inner


_PLACES = [(index, pointer) for index, each in enumerate(NINE) for pointer in _pointers(each)]


def _are_sentences(found: list[Finding]) -> bool:
    return all(each.fact.endswith("。") and each.remedy.endswith("。") for each in found)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(_PLACES), _VALUE)
def test_check__of_any_value_at_any_place(place: tuple[int, str], value: Any) -> None:
    index, pointer = place

    assert _are_sentences(told(changed(NINE[index], pointer, value)))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(sorted(NINE[0])), _VALUE))
def test_rules__of_any_document_one_by_one_and_across(document: dict[str, Any]) -> None:
    request = Request.from_document(document, AXES)
    faults = [fault for rule in rules_of(AXES) for fault in rule.check(request, NO_YEAR)]
    found = told(document)
    across = check_all([(request, lambda pointer: found[0].place)] * 2)

    assert all(fault.pointer.startswith("/") for fault in faults)
    assert _are_sentences([*found, *across])
