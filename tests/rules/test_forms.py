"""The rules of real forms: what a book's own formulas work out is never told of, whatever staff entered."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.form.samples import FORMS, filled, form, plan_of
from tests.rules.samples import locate
from yosan_xl.form.mapping import complete, document_of
from yosan_xl.form.schema import request_schema
from yosan_xl.rules.check import check, rules_by_field, rules_of
from yosan_xl.rules.entry import SchemaCheck

_WORKED_OUT = {"YX201", "YX202", "YX206", "YX216"}
_OF_ENTRY = {"YX101", "YX103", "YX104", "YX105", "YX108"}
"""Nothing entered, no choice of the list, a sum too large, not as the picture is or longer: the values are any."""

named = pytest.mark.parametrize("name", FORMS)


@named
def test_schema__of_every_form_has_a_code_for_each_keyword(name: str) -> None:
    assert SchemaCheck(request_schema(form(name)), form(name).axes.unit).faults({})


@named
def test_reads__of_every_form_are_places_of_its_documents(name: str) -> None:
    definition = form(name)
    known = {pointer.rpartition("/*")[0] or pointer for pointer in definition.order}
    for rule in rules_of(definition.axes):
        for read in rule.reads_of(definition.axes):
            assert any(_is_in(read, pointer) for pointer in known), (rule.code.code, read)


def _is_in(read: str, pointer: str) -> bool:
    return f"{read}/".startswith(f"{pointer}/") or pointer.startswith(f"{read}/")


@named
def test_rules_by_field__names_every_rule_of_every_form(name: str) -> None:
    axes = form(name).axes
    said = {
        code for *_, codes in rules_by_field(request_schema(form(name)), axes) for code in codes
    }

    assert said == {rule.code.code for rule in rules_of(axes)}


@named
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_check__of_what_the_formulas_work_out(name: str, data: st.DataObject) -> None:
    plan = plan_of(name)
    values: dict[str, Any] = complete(data.draw(filled(name)), plan, {})
    document = document_of(values, plan)[0]
    schema = SchemaCheck(request_schema(form(name)), plan.axes.unit)
    found = check(document, axes=plan.axes, schema=schema, context=None, locate=locate)

    told = {one.code for one in found}
    assert told.isdisjoint(_WORKED_OUT), [str(one) for one in found if one.code in _WORKED_OUT]
    assert {code for code in told if code.startswith("YX1")} <= _OF_ENTRY
    assert all("{" not in f"{one.fact}{one.remedy}" or "{" in str(document) for one in found)
