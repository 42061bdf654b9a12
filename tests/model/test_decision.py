"""What finance types of a request, by its form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.excel.summary.samples import AXES
from tests.report.forms import PREFECTURE, PREFECTURE_YEAR
from tests.rules.forms import TOWN, A, a_list, axes, sources, stage
from tests.usecases.year import example_documents
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL, Axes
from yosan_xl.model.decision import (
    FinanceEntries,
    LineKey,
    Spot,
    Typed,
    assessed_sources,
    base_of,
    decided_cells,
    is_decided_by_rows,
    line_keys,
    reason_field,
    reason_word,
    request_key,
)
from yosan_xl.model.finding import Place
from yosan_xl.model.request import Request
from yosan_xl.model.settings import AssessmentStage, Settings

SPOT = Spot("1", "decided/total")
STAGED = replace(PREFECTURE_YEAR, stages=(AssessmentStage("財政課"),))


def test_decided_cells__are_those_that_finance_types() -> None:
    assert decided_cells(TOWN) == ((DECIDED, TOTAL),)


def test_decided_cells__are_none_where_nothing_is_decided_or_it_follows_from_others() -> None:
    asked, first = stage(ASKED, "要求", []), stage("first", "財政課", [], by="finance")
    assert decided_cells(axes([asked])) == ()
    follows = stage(DECIDED, "計", [], by="formula", total="sum", of=(ASKED, "first"))
    assert decided_cells(axes([asked, first, follows])) == ()


@pytest.mark.parametrize(
    ("year", "form", "field", "word"),
    [
        (PREFECTURE_YEAR, PREFECTURE, "rationale", "査定のわけ"),
        (STAGED, PREFECTURE, "reason", "理由"),
        (PREFECTURE_YEAR, TOWN, "", "理由"),
    ],
    ids=["in the form", "of the stage", "nowhere"],
)
def test_reason__is_where_the_year_has_it(
    year: Settings, form: Axes, field: str, word: str
) -> None:
    assert (reason_field(year, form), reason_word(year, form)) == (field, word)


def test_assessed_sources__are_those_that_what_is_decided_has_else_those_asked_for() -> None:
    own = sources("国", "県", "町費", rest="町費")
    asked, decided = stage(ASKED, "要求", ["s1", "s3"]), stage(DECIDED, "査定", ["s2", "s3"])
    assert assessed_sources(axes([asked, decided], own)) == ("s2",)
    assert assessed_sources(axes([asked], own)) == ("s1",)


def test_is_decided_by_rows__only_where_the_main_list_alone_makes_it_up() -> None:
    both = [stage(ASKED, "要求", []), stage(DECIDED, "査定", [], by="finance")]
    rows = a_list("rows", "内訳", [A("amount"), A("given", DECIDED)])
    more = a_list("more", "その他", [A("given", DECIDED)])
    asked = a_list("asked", "内訳", [A("amount")])
    assert is_decided_by_rows(axes(both, lists=[rows, asked]))
    assert not is_decided_by_rows(axes(both, lists=[rows, more]))
    assert not is_decided_by_rows(axes(both, lists=[asked, more]))
    follows = stage(DECIDED, "計", [], by="formula", total="sum", of=(ASKED,))
    assert not is_decided_by_rows(axes([both[0], follows], lists=[rows]))


@pytest.mark.parametrize(
    ("own", "is_changed", "is_decision"), [("5", False, True), ("3", True, False), ("", True, True)]
)
def test_typed__is_changed_since_it_was_written_and_a_decision_beside_the_document(
    own: str, is_changed: bool, is_decision: bool
) -> None:
    typed = Typed(SPOT, None, own, Place("a.xlsx"), base="3", written="5", own=own)
    assert (typed.is_changed, typed.is_decision) == (is_changed, is_decision)


def test_finance_entries__show_what_was_typed_before_what_the_document_says() -> None:
    entries = FinanceEntries({SPOT: None}, {SPOT: 5, replace(SPOT, request="2"): 7})
    spots = (replace(SPOT, request=one) for one in "123")
    assert [entries.shown(one) for one in spots] == [None, 7, None]


def test_request_key__is_the_id_or_else_the_sheet() -> None:
    assert request_key("0103-1", Place("a.xlsx", "要求書1")) == "0103-1"
    assert request_key(None, Place("a.xlsx", "要求書1")) == "a.xlsx 要求書1"
    assert request_key("", Place("a.xlsx")) == "a.xlsx"


def test_line_keys__count_from_1_and_say_what_a_sheet_shows() -> None:
    row = {"label": None, "part": None}
    lines = [{**row, "label": "委託料", "part": "経常経費分"}, {**row, "label": " "}]
    request = Request.from_document({"lines": lines}, AXES)
    assert line_keys(request) == (LineKey(1, "経常経費分", "委託料"), LineKey(2))


def test_base_of__has_what_a_document_says_of_a_request_and_of_its_lines() -> None:
    own = next(one for one in example_documents() if one["id"] == "0103-1")
    own["lines"][0]["budgeted"], own["total"]["budgeted"] = 7, 9
    request = Request.from_document(own, AXES)
    line = line_keys(request)[0]
    found = base_of(request, "0103-1")
    assert found[Spot("0103-1", "decided/total", line)] == 7
    assert found[Spot("0103-1", "decided/total")] == 9
    asked = {"decided/total", "decided/specific", "rationale", "verdict"}
    assert {spot.field for spot in found if spot.line} == {"decided/total"}
    assert {spot.field for spot in found} - asked <= {f"decided/{one.key}" for one in AXES.sources}
