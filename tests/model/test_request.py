"""What is asked of a request by stage, source and meaning, without a key of its document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.form.load import load_definition
from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL
from yosan_xl.model.request import Request

FORM = load_definition(USUAL_FORM)
REQUEST = Request.from_document(
    {
        "id": "0301-1",
        "title": "預貯金照会",
        "department": {"code": "0301", "bureau": "企画経営部", "section": "税務課"},
        "kan": "総務費",
        "funding_effort": "特定財源なし",
        "lines": [{"label": "委託料", "requested": 500, "earmarked": 100}],
        "total": {"requested": 500, "earmarked": 100, "budgeted": 400},
        "funding": {
            "metropolitan": {"name": "都の交付金", "amount": 100, "budgeted": None},
            "general": {"name": None, "amount": 400},
        },
    },
    FORM.axes,
)


@pytest.mark.parametrize(
    ("stage", "source", "amount"),
    [
        (ASKED, TOTAL, 500),
        (ASKED, SPECIFIC, 100),
        (ASKED, "metropolitan", 100),
        (ASKED, "general", 400),
        (ASKED, "national", None),
        (DECIDED, TOTAL, 400),
        (DECIDED, SPECIFIC, None),
        (DECIDED, "metropolitan", None),
    ],
)
def test_amount__of_a_stage_and_a_source(stage: str, source: str, amount: int | None) -> None:
    assert REQUEST.amount(stage, source) == amount


def test_amount__of_a_line() -> None:
    (line,) = REQUEST.lines
    assert (line.amount(ASKED), line.amount(ASKED, SPECIFIC)) == (500, 100)
    assert line.amount(DECIDED) is None


def test_stage__points_at_fields_of_the_form() -> None:
    pointers = {pointer for stage in FORM.axes.stages for pointer in stage.amounts.values()}
    assert len(pointers) == 12
    assert pointers <= FORM.fields.keys()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", "預貯金照会"),
        ("unit_code", "0301"),
        ("unit", "税務課"),
        ("level1", "総務費"),
        ("funding_effort", "特定財源なし"),
        ("future_cost", None),
    ],
)
def test_meaning__is_what_stands_in_its_field(name: str, text: str | None) -> None:
    assert REQUEST.meaning(name) == text


def test_meaning__that_the_form_lacks_is_not_given() -> None:
    assert REQUEST.meaning("level2") is None


def test_value__of_a_single_field() -> None:
    fields = {one.pointer: one for one in FORM.axes.fields}
    numbered = Request.from_document(REQUEST.document | {"no": 56}, FORM.axes)
    assert numbered.value(fields["/no"]) == 56
    assert replace(numbered, no=57).value(fields["/no"]) == 57
    assert numbered.value(fields["/title"]) == "預貯金照会"
    limit = next(one for one in FORM.axes.fields if one.meaning == "contract_limit")
    assert numbered.value(limit) is None
