"""What is asked of a request by stage, source and meaning, without a key of its document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.rules.forms import A, a_list, axes, field, sources, stage
from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.form.load import load_definition
from yosan_xl.model.axes import (
    ASKED,
    DECIDED,
    LAST_YEAR,
    SPECIFIC,
    TOTAL,
    Axes,
    FieldWords,
    Stage,
)
from yosan_xl.model.money import Money
from yosan_xl.model.request import Request, lacks_last_year

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


def test_requested__that_is_not_given_adds_nothing() -> None:
    assert (REQUEST.requested, Request.from_document({}, FORM.axes).requested) == (500, 0)


def test_amount__specific_is_what_stands_there_or_the_sum_of_its_sources() -> None:
    given = {"total": 9, "specific": None, "s1": 4, "s2": None, "s3": 0}
    own = _form(stage(ASKED, "要求額", ["s1", "s2", "s3"]), rest="s3")
    document_ = {"amounts": {ASKED: given}}
    assert Request.from_document(document_, own).amount(ASKED, SPECIFIC) == 4
    nothing = Request.from_document({"amounts": {ASKED: {"total": 9, "s3": 9}}}, own)
    assert nothing.amount(ASKED, SPECIFIC) is None
    listed = _form(stage(ASKED, "要求額", ["s1", "s2", "s3", SPECIFIC]), rest="s3")
    assert Request.from_document(document_, listed).amount(ASKED, SPECIFIC) is None


def _form(*stages: Stage, rest: str, kind: bool = True, **more: Any) -> Axes:
    three = tuple(one._replace(is_rest=one.key == rest) for one in sources("甲", "乙", "丙"))
    fields = [field("kind", kind="choice")] if kind else []
    return axes([*stages], three, fields=[*fields, *more.pop("fields", ())], **more)


ASKED_STAGE = stage(ASKED, "要求額", ["s1"])
LAST = stage(LAST_YEAR, "前年度", ["s1"], by="prior")
CHANGE = stage("change", "増減", ["s1"], by="formula", total="difference", of=(ASKED, LAST_YEAR))
SUM = stage("sum", "計", ["s1"], by="formula", total="sum", of=(ASKED, LAST_YEAR))


@pytest.mark.parametrize(
    ("kind", "is_listed", "lacks"),
    [
        ("新規事業", True, False),
        ("新規事業", False, False),
        ("臨時事業", True, False),
        ("臨時事業", False, True),
        ("継続事業", True, True),
        ("継続事業", False, True),
        (None, True, True),
        (None, False, True),
    ],
)
def test_lacks_last_year__by_what_its_category_says(
    kind: str | None, *, is_listed: bool, lacks: bool
) -> None:
    own = Request.from_document({"kind": kind}, _form(LAST, ASKED_STAGE, rest="s3"))
    assert lacks_last_year(own, is_listed=is_listed) is lacks


def test_lacks_last_year__not_where_it_is_given_or_the_form_has_no_such_stage() -> None:
    form = _form(LAST, ASKED_STAGE, rest="s3")
    for amount, lacks in ((0, False), (7, False), (None, True)):
        own = Request.from_document({"amounts": {LAST_YEAR: {"total": amount}}}, form)
        assert lacks_last_year(own, is_listed=True) is lacks
    without = Request.from_document({}, _form(ASKED_STAGE, rest="s3"))
    assert not lacks_last_year(without, is_listed=True)


@pytest.mark.parametrize("is_listed", [True, False])
def test_lacks_last_year__without_categories_only_where_no_amounts_are_there(
    *, is_listed: bool
) -> None:
    own = Request.from_document({}, _form(LAST, ASKED_STAGE, rest="s3", kind=False))
    assert lacks_last_year(own, is_listed=is_listed) is not is_listed


@pytest.mark.parametrize(
    ("last", "asked", "change", "lacks"),
    [
        (None, 7, None, True),
        (None, 0, None, True),
        (None, 7, 7, False),
        (None, 7, 0, False),
        (None, None, None, False),
        (5, 7, None, False),
        (0, 7, None, False),
    ],
)
def test_from_document__a_change_that_is_open_says_that_last_year_is_not_known(
    last: int | None, asked: int | None, change: int | None, *, lacks: bool
) -> None:
    totals = {LAST_YEAR: last, ASKED: asked, "change": change, "sum": None}
    amounts = {key: {"total": one} for key, one in totals.items()}
    form = _form(LAST, ASKED_STAGE, CHANGE, SUM, rest="s3")
    assert Request.from_document({"amounts": amounts}, form).lacks_last_year is lacks
    only_sum = _form(LAST, ASKED_STAGE, SUM, rest="s3")
    assert not Request.from_document({"amounts": amounts}, only_sum).lacks_last_year


def test_without_last_year__nothing_against_it_is_known() -> None:
    form = _form(LAST, ASKED_STAGE, CHANGE, stage(DECIDED, "決定", [], by="finance"), rest="s3")
    own = Request.from_document(
        {"amounts": {LAST_YEAR: {"total": 5}, ASKED: {"total": 7}, "change": {"total": 2}}}, form
    )
    computed = own.with_computed(own.amounts)
    assert (computed["change", TOTAL], own.lacks_last_year) == (2, False)
    open_ = own.without_last_year()
    assert (open_.amount("change"), open_.amount(ASKED), open_.lacks_last_year) == (None, 7, True)
    assert open_.document["amounts"]["change"]["total"] is None
    assert open_.with_computed(own.amounts)["change", TOTAL] is None
    assert open_.with_computed(own.amounts)[ASKED, TOTAL] == 7


RATE = FieldWords(
    "/rate",
    "増減率",
    "number",
    "formula",
    rate_of=("/amounts/decided/total", "/amounts/asked/total"),
)


def _decided(asked: int | None, decided: int | None) -> Request:
    form = _form(
        ASKED_STAGE,
        stage("notice", "内示", [], by="finance"),
        stage(DECIDED, "決定", [], by="department"),
        stage("gap", "差", [], by="formula", total="difference", of=(DECIDED, ASKED)),
        rest="s3",
        fields=[RATE],
        lists=[
            a_list(
                "lines",
                "明細",
                [A("amount"), A("given", stage=DECIDED), A("first", stage="notice")],
                label="内容",
            )
        ],
    )
    own = Request.from_document(
        {
            "amounts": {ASKED: {"total": asked}, "gap": {"total": 99}, "notice": {"total": 98}},
            "rate": 97,
            "lists": {"lines": [{"label": "委託料", "amount": 7, "given": None, "first": 3}]},
        },
        form,
    )
    amounts = {(DECIDED, TOTAL): decided, (ASKED, TOTAL): 1_000_000, ("notice", TOTAL): 4}
    lines = [
        replace(one, amounts={(DECIDED, TOTAL): Money(6), (ASKED, TOTAL): Money(8)})
        for one in own.lines
    ]
    money = {cell: None if one is None else Money(one) for cell, one in amounts.items()}
    money[ASKED, TOTAL] = None if asked is None else Money(asked)
    return own.with_decision(
        lines=lines, subtotals=(), amounts=own.with_computed({**own.amounts, **money}), said={}
    )


def test_document__of_a_decided_request_has_what_is_decided_and_computed() -> None:
    document_ = _decided(8, 6).document
    assert {key: one["total"] for key, one in document_["amounts"].items()} == {
        ASKED: 8,
        "notice": 4,
        DECIDED: 6,
        "gap": -2,
    }
    (row,) = document_["lists"]["lines"]
    assert row == {"label": "委託料", "amount": 7, "given": 6, "first": 3}


@pytest.mark.parametrize(
    ("asked", "decided", "rate"),
    [
        (8, 6, -25.0),
        (8, 9, 12.5),
        (3, 4, 33.3),
        (-8, -6, 25.0),
        (8, 0, -100.0),
        (0, 6, None),
        (None, 6, None),
        (8, None, None),
    ],
)
def test_document__of_a_decided_request_has_its_rate_anew(
    asked: int | None, decided: int | None, rate: float | None
) -> None:
    own = _decided(asked, decided)
    assert (own.value(RATE), own.document["rate"]) == (rate, rate)
    as_it_was = replace(own, is_decided=False)
    assert (as_it_was.value(RATE), as_it_was.document["rate"]) == (97, 97)


@pytest.mark.parametrize(
    ("key", "most"), [("fiscal_year", 9_999), ("no", 999_999_999)], ids=["year", "no"]
)
def test_from_document__numbers_within_their_bounds(key: str, most: int) -> None:
    for value, read in ((most, most), (-most, -most), (most + 1, None), (True, None), ("1", None)):
        own = Request.from_document({key: value}, FORM.axes)
        assert getattr(own, key) == read
