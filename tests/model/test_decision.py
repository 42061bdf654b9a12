"""What finance types of a request, by its form."""

from __future__ import annotations

from tests.excel.summary.samples import AXES
from tests.rules.forms import TOWN, axes, stage
from tests.usecases.year import example_documents
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL
from yosan_xl.model.decision import Spot, base_of, decided_cells, line_keys
from yosan_xl.model.request import Request


def test_decided_cells__are_those_that_finance_types() -> None:
    assert decided_cells(TOWN) == ((DECIDED, TOTAL),)


def test_decided_cells__are_none_where_nothing_is_decided_or_it_follows_from_others() -> None:
    asked, first = stage(ASKED, "要求", []), stage("first", "財政課", [], by="finance")
    assert decided_cells(axes([asked])) == ()
    follows = stage(DECIDED, "計", [], by="formula", total="sum", of=(ASKED, "first"))
    assert decided_cells(axes([asked, first, follows])) == ()


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
