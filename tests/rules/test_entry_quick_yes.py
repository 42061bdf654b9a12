"""The quick yes to a document: never where jsonschema finds a fault, and for every good document."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.form.samples import FORMS, form, plan_of
from tests.usecases.year import example_documents
from yosan_xl.form.definition import USUAL_FORM, FieldKind
from yosan_xl.form.load import load_definition
from yosan_xl.form.mapping import complete, document_of
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.schema import request_schema
from yosan_xl.model.axes import ASKED
from yosan_xl.model.money import LIMIT
from yosan_xl.rules.entry import SchemaCheck, _allows

SCHEMA = request_schema(load_definition(USUAL_FORM))
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        True,
        0,
        1,
        -1,
        3.0,
        2020,
        10**16,
        "",
        " ",
        "　",
        "あ",
        "あ" * 40_000,
        "一般会計",
        [],
        {},
    ]
)


def faults(document: Any) -> bool:
    """Tell whether jsonschema finds a fault."""
    return not SchemaCheck(SCHEMA)._validator.is_valid(document)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the way to every value in a document."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [at, *(path for key, one in inner for path in paths(one, (*at, key)))]


PATHS = [path for path in paths(example_documents()[4]) if path]


@pytest.mark.parametrize("document", example_documents(), ids=lambda document: document["no"])
def test_allows__every_good_document(document: dict[str, Any]) -> None:
    assert _allows(SCHEMA, document)
    assert not faults(document)


@given(path=st.sampled_from(PATHS), value=VALUES, extra=st.booleans())
def test_allows__never_what_jsonschema_finds_fault_with(
    path: tuple[Any, ...], value: Any, extra: bool
) -> None:
    document: Any = copy.deepcopy(example_documents()[4])
    at = document
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    if extra:
        document["ほか"] = 1
    assert not (_allows(SCHEMA, document) and faults(document))


@pytest.mark.parametrize("missing", sorted(SCHEMA["required"]))
def test_allows__not_where_a_key_is_missing(missing: str) -> None:
    document = example_documents()[0]
    del document[missing]
    assert not _allows(SCHEMA, document)


@pytest.mark.parametrize("name", FORMS)
def test_allows__a_document_of_any_form(name: str) -> None:
    """Blank but for what is required: jsonschema stays away from it."""
    plan, schema = plan_of(name), request_schema(form(name))
    values: dict[str, Any] = {
        slot.name: _any_value(slot, plan)
        for slot in plan.slots
        if (slot.required or slot.pointer == plan.axes.pointer(ASKED))
        and slot.formula is None
        and not slot.repeats
    }
    for group in plan.groups[:1]:
        texts = [slot for slot in plan.slots if slot.name in group.columns.values()]
        values |= {
            slot.name: (_any_value(slot, plan),) for slot in texts if slot.kind is FieldKind.TEXT
        }
    document = document_of(complete(values, plan, {}), plan)[0]

    assert _allows(schema, document)
    assert not SchemaCheck(schema).faults(document)
    assert name == "minato-r2" or not _allows(schema, {**document, "form": "no such form"})


def _any_value(slot: Slot, plan: Plan) -> str | int:
    if own := plan.choices.get(slot.choices or ""):
        return own[0]
    if slot.picture:
        return slot.picture.replace("9", "1").replace("A", "B")
    return "あ" if slot.kind in (FieldKind.TEXT, FieldKind.PROSE, FieldKind.CHOICE) else 2027


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer", "const": "x"}, "x"),
        ({"type": "string", "const": "x"}, "y"),
        ({"const": "x"}, "y"),
        ({"const": "x"}, None),
        ({"type": "number", "multipleOf": 0.1}, 0.25),
        ({"type": ["number", "null"]}, True),
    ],
)
def test_allows__never_another_than_the_schema_names(schema: dict[str, Any], value: object) -> None:
    assert not _allows(schema, value)
    assert not SchemaCheck(schema)._validator.is_valid(value)


@pytest.mark.parametrize(
    ("schema", "value", "allowed"),
    [
        (True, 5, True),
        (False, 5, False),
        ({}, 5, True),
        ({"type": "integer"}, 5, True),
        ({"type": "integer"}, 5.0, False),
        ({"type": "number"}, 5, True),
        ({"type": "number", "minimum": 5, "maximum": 5}, 5, True),
        ({"type": "number", "minimum": 6}, 5, False),
        ({"type": "number", "maximum": 4}, 5, False),
        ({"type": "number", "multipleOf": 1}, 0.5, False),
        ({"type": "number", "multipleOf": 0.1}, 0.5, True),
        ({"type": "number", "multipleOf": 0.1}, 0.55, False),
        ({"type": "number", "multipleOf": 0.01}, 0.07, True),
        ({"type": "array"}, [5], True),
        ({"type": "array", "items": {"type": "integer"}}, ["5"], False),
        ({"type": "array", "minItems": 1, "maxItems": 1}, [5], True),
        ({"type": "array", "minItems": 2}, [5], False),
        ({"type": "array", "maxItems": 0}, [5], False),
        ({"type": "object"}, {"a": 5}, True),
        ({"type": "object", "additionalProperties": False}, {"a": 5}, False),
        ({"type": "object", "required": ["a"]}, {}, False),
        ({"type": "string", "minLength": 2}, " 一", False),
        ({"type": "string", "minLength": 1}, "一", True),
        ({"type": "string", "maxLength": 1}, "一", True),
        ({"type": "string", "maxLength": 1}, "一二", False),
        ({"type": "string", "pattern": "^a"}, "ba", False),
        ({"type": "string", "const": "a"}, "b", False),
        ({"const": "a"}, "a", True),
        ({"const": "a"}, "b", False),
        ({"type": ["string", "null"]}, None, True),
        ({"type": "string", "enum": ["a"]}, "b", False),
    ],
)
def test_quick_yes__of_a_single_word_of_a_schema(
    schema: Any, value: object, *, allowed: bool
) -> None:
    assert _allows(schema, value) is allowed


@pytest.mark.parametrize(
    ("bounds", "value", "is_money"),
    [
        ({"maximum": LIMIT}, LIMIT + 1, True),
        ({"minimum": -LIMIT}, -LIMIT - 1, True),
        ({"maximum": LIMIT - 1}, LIMIT, False),
        ({"minimum": 1 - LIMIT}, -LIMIT, False),
        ({"minimum": 5, "maximum": 9}, 4, False),
    ],
)
def test_yx104__an_amount_is_what_has_the_bounds_of_one(
    bounds: dict[str, int], value: int, *, is_money: bool
) -> None:
    ((_, fault),) = SchemaCheck({"type": "integer", "title": "額", **bounds}).faults(value)
    assert ("単位" in str(fault.facts["look_at"])) is is_money
