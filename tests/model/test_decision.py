"""What finance types of a request, by its form."""

from __future__ import annotations

from tests.rules.forms import TOWN, axes, stage
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL
from yosan_xl.model.decision import decided_cells


def test_decided_cells__are_those_that_finance_types() -> None:
    assert decided_cells(TOWN) == ((DECIDED, TOTAL),)


def test_decided_cells__are_none_where_nothing_is_decided_or_it_follows_from_others() -> None:
    asked, first = stage(ASKED, "要求", []), stage("first", "財政課", [], by="finance")
    assert decided_cells(axes([asked])) == ()
    follows = stage(DECIDED, "計", [], by="formula", total="sum", of=(ASKED, "first"))
    assert decided_cells(axes([asked, first, follows])) == ()
