"""Any definition within the language compiles; any spoilt one does as well, or has faults with lines."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.form.definitions import Table, spoilt, tables
from tests.form.samples import YEAR
from tests.form.test_language import TEXT
from tests.form.toml_text import to_toml
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import DefinitionError, DefinitionFault
from yosan_xl.form.load import parse_definition, parse_toml
from yosan_xl.form.plan import Plan
from yosan_xl.form.schema import request_schema


def refusal(table: Table) -> tuple[DefinitionFault, ...] | None:
    """Return the faults of a definition, None where it compiles."""
    try:
        plan(table)
    except DefinitionError as error:
        return error.faults
    return None


def plan(table: Table) -> Plan:
    """Compile a definition, with its schema."""
    form = parse_definition(to_toml(table).encode(), "form.toml")
    request_schema(form)
    return compile_plan(form, YEAR)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_any_definition__compiles_with_every_field_once(table: Table) -> None:
    made = plan(table)
    pointers = [slot.pointer for slot in made.slots if slot.pointer and slot.group is None]
    assert len(pointers) == len(set(pointers))
    assert {pointer for pointer in made.order if made.slot_at(pointer)} == set(pointers)


@settings(max_examples=120, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_any_spoilt_definition__has_faults_with_lines_or_compiles(
    table: Table, chance: random.Random
) -> None:
    told = refusal(spoilt(table, chance))
    assert told is None or all(one.line and one.problem.endswith("。") for one in told)
    assert told != ()


@settings(max_examples=80, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_spoilt_definition__has_faults_with_lines_or_compiles(chance: random.Random) -> None:
    told = refusal(spoilt(parse_toml(TEXT), chance))
    assert told is None or all(one.line and one.problem.endswith("。") for one in told)
    assert told != ()


@pytest.mark.parametrize("key", sorted(set(parse_toml(TEXT)) - {"vocabulary"}))
def test_a_definition_without_a_part__has_faults_with_lines_or_compiles(key: str) -> None:
    table = parse_toml(TEXT)
    del table[key]
    told = refusal(table)
    assert told is None or all(one.line for one in told)
    assert (told is None) == (key in ("relations", "checks"))
