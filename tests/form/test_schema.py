from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.form.samples import FORMS, definition, examples, form, plan_of
from tests.form.test_language import ONE_AMOUNT, TEXT
from tests.seed import seed_documents
from yosan_xl.form.load import parse_definition
from yosan_xl.form.mapping import complete, document_of, get
from yosan_xl.form.schema import read_result_schema, request_schema
from yosan_xl.model.money import LIMIT
from yosan_xl.model.request import Document
from yosan_xl.model.statutory import SETSU
from yosan_xl.resources import data_root
from yosan_xl.rules.entry import SchemaCheck

SCHEMA = request_schema(definition())
VALIDATOR = Draft202012Validator(SCHEMA)
JAPANESE = re.compile(r"[ぁ-ん一-龥ァ-ヶ]")
FORM_WORDS = {"NO"}
"""Labels of the form that are written in Latin letters."""

FLAT = {
    *("type", "enum", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"),
    *("required", "additionalProperties", "properties", "items", "title", "description"),
    *("$schema", "$comment", "$id"),
}


def schemas(schema: dict[str, Any], at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give a schema and those of its properties and items, with where they stand."""
    yield at, schema
    for key, inner in schema.get("properties", {}).items():
        yield from schemas(inner, f"{at}/{key}")
    if isinstance(schema.get("items"), dict):
        yield from schemas(schema["items"], f"{at}/*")


def faults(document: Document) -> list[str]:
    return [error.json_path for error in VALIDATOR.iter_errors(document)]


@pytest.mark.parametrize("schema", [SCHEMA, read_result_schema()], ids=["request", "read"])
def test_schema__is_one(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


def test_keywords__are_flat_and_dull() -> None:
    used = {keyword for _, schema in schemas(SCHEMA) for keyword in schema}
    assert used <= FLAT
    assert all(isinstance(s.get("additionalProperties", False), bool) for _, s in schemas(SCHEMA))


@pytest.mark.parametrize("schema", [SCHEMA, read_result_schema()], ids=["request", "read"])
def test_properties__have_a_title_and_a_description_in_japanese(schema: dict[str, Any]) -> None:
    bare = [
        at
        for at, inner in schemas(schema)
        for word in ("title", "description")
        if "$ref" not in inner
        and (at != "/sources/*" and at != "/reasons/*")
        and not JAPANESE.search(inner.get(word, ""))
        and inner.get(word) not in FORM_WORDS
    ]
    assert bare == []


def test_objects__are_closed_and_complete() -> None:
    objects = [schema for _, schema in schemas(SCHEMA) if schema["type"] == "object"]
    assert len(objects) >= 10
    for schema in objects:
        assert schema["required"] == list(schema["properties"])
        assert schema["additionalProperties"] is False


@pytest.mark.parametrize("name", FORMS)
def test_forms__schema_is_one_and_closed_and_refuses_what_is_blank(name: str) -> None:
    schema = request_schema(form(name))
    Draft202012Validator.check_schema(schema)
    used = {keyword for _, inner in schemas(schema) for keyword in inner}
    assert used <= FLAT | {"const", "pattern", "examples", "multipleOf"}
    for _, inner in schemas(schema):
        if inner.get("type") == "object":
            assert inner["required"] == list(inner["properties"])
    blank = document_of(complete({}, plan_of(name)), plan_of(name))[0]
    assert list(schema["properties"]) == list(blank)
    lacking = {e.json_path for e in Draft202012Validator(schema).iter_errors(blank)}
    assert lacking >= {"$.fiscal_year", "$.title", "$.department.code"}
    other = {**blank, "form": "other"}
    wrong = {e.json_path for e in Draft202012Validator(schema).iter_errors(other)} - lacking
    assert wrong == ({"$"} if name == "minato-r2" else {"$.form"})


def test_forms__codes_choices_and_decimals_are_bound() -> None:
    properties = request_schema(form("every_check"))["properties"]
    assert properties["code"]["pattern"] == "^[A-Za-z][0-9]{2}-[0-9]{2}$"
    assert properties["code"]["examples"] == ["A12-34"]
    assert properties["way"]["enum"] == [None, "直営", "委託"]
    assert (
        properties["area"] | {"multipleOf": 0.01, "type": ["number", "null"]} == properties["area"]
    )
    assert "minItems" in properties["lists"]["properties"]["lines"]
    assert "minItems" not in properties["lists"]["properties"]["grounds"]


def test_forms__a_number_may_be_negative() -> None:
    own = request_schema(form("every_check"))["properties"]
    assert own["area"]["minimum"] == -own["area"]["maximum"] < 0 < own["no"]["minimum"]


def _schema(text: str) -> dict[str, Any]:
    schema: dict[str, Any] = request_schema(parse_definition(text.encode(), "form.toml"))[
        "properties"
    ]
    return schema


def _asked(text: str) -> list[str]:
    total = _schema(text)["amounts"]["properties"]["request"]["properties"]["total"]
    return [total["type"]] if isinstance(total["type"], str) else total["type"]


def test_forms__what_is_asked_for_must_be_there_as_rows_or_as_a_total() -> None:
    assert _asked(TEXT) == ["integer", "null"]
    assert _asked(ONE_AMOUNT) == ["integer"]
    second = """
[lists.extra]
label = "別枠"
rows = 2
[lists.extra.columns]
item = { label = "内容", max = 20 }
amount = { label = "金額", stage = "request" }
[[bands]]
list = "extra"
"""
    both = TEXT + second
    assert _asked(both) == ["integer"]
    lists = _schema(both)["lists"]["properties"].values()
    assert not [one for one in lists if "minItems" in one]


def test_forms__setsu_are_those_of_the_law() -> None:
    text = ONE_AMOUNT.replace("[[bands]]", 'setsu = { label = "節", choices = "setsu" }\n[[bands]]')
    text = text.replace('rows = [["title",', 'rows = [["title", "setsu",')
    assert _schema(text)["setsu"]["enum"] == [None, *SETSU]


def test_order__is_that_of_the_document() -> None:
    assert list(SCHEMA["properties"]) == list(examples()[0])


@pytest.mark.parametrize(
    "document", [*examples(), *(seed_documents() or [])], ids=lambda document: document["id"]
)
def test_bundled_requests__are_valid(document: Document) -> None:
    assert faults(document) == []


@pytest.mark.parametrize("document", examples(), ids=lambda document: document["id"])
def test_committed_schema__any_validator_takes_the_nine(document: Document) -> None:
    text = (data_root() / "schemas" / "request.schema.json").read_text(encoding="utf-8")
    validator = Draft202012Validator(json.loads(text))
    assert validator.is_valid(document)
    assert not validator.is_valid({**document, "fiscal_year": "令和2年度"})


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/title", None),
        ("/title", ""),
        ("/title", "あ" * 61),
        ("/fiscal_year", "2020"),
        ("/no", 0),
        ("/no", 1.5),
        ("/funding/national/amount", LIMIT + 1),
        ("/funding/national/amount", True),
        ("/contract_authorization/term_start", 1925),
        ("/lines", []),
        ("/department/code", None),
    ],
)
def test_wrong_value__is_refused_where_it_stands(pointer: str, value: object) -> None:
    document = changed(pointer, value)
    assert faults(document) == ["$" + pointer.replace("/", ".")]


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/title", "あ" * 60),
        ("/no", None),
        ("/funding/national/amount", -LIMIT),
        ("/funding/national/amount", 0),
        ("/plans", None),
        ("/department/bureau", None),
    ],
)
def test_right_value__is_taken(pointer: str, value: object) -> None:
    assert faults(changed(pointer, value)) == []


def test_unknown_and_missing_keys__are_refused() -> None:
    document = copy.deepcopy(examples()[0])
    document["memo"] = "x"
    del document["trends"]
    assert faults(document) == ["$", "$"]


def changed(pointer: str, value: object) -> Document:
    document = copy.deepcopy(examples()[0])
    parent, _, last = pointer.rpartition("/")
    (get(document, parent) if parent else document)[last] = value
    return document


def test_read_result__takes_a_place_whose_cell_is_gone() -> None:
    schema = read_result_schema()
    place = schema["properties"]["sources"]["items"]["additionalProperties"]
    validator = Draft202012Validator(place)
    assert validator.is_valid({"file": "a.xlsx", "sheet": "要求書1", "cell": None})
    assert validator.is_valid({"file": "a.xlsx", "sheet": "要求書1", "cell": "B4"})
    assert not validator.is_valid({"file": "a.xlsx", "sheet": "要求書1"})


@pytest.mark.parametrize("row", [{}, 1])
def test_lines__beyond_the_bound_are_told_of_at_once(row: object) -> None:
    document = {**examples()[0], "lines": [row] * 50_000}
    faults = SchemaCheck(SCHEMA).faults(document)
    (rows,) = (fault for _, fault in faults if fault.pointer == "/lines")
    assert (rows.facts["rows"], rows.facts["limit"]) == (50_000, 200)
    assert len(faults) <= 1 + 200 * len(SCHEMA["properties"]["lines"]["items"]["properties"])
