"""How far an assessment is, and what that comes to."""

from __future__ import annotations

from dataclasses import replace

from tests.report.forms import PREFECTURE, made_row, prefecture_document
from yosan_xl.model.assessment import Progress, StageDecision
from yosan_xl.model.axes import TOTAL
from yosan_xl.model.money import Money
from yosan_xl.model.settings import AssessmentStage
from yosan_xl.model.standing import standing_of


def test_standing__sources_typed_in_part_are_added_and_their_requests_counted() -> None:
    row = made_row(prefecture_document(), PREFECTURE)
    whole = StageDecision("財政課", {TOTAL: Money(10), "grant": Money(4)}, progress=Progress.DONE)
    partly = replace(
        whole,
        amounts={TOTAL: Money(50), "grant": Money(8), "bond": None},
        progress=Progress.DOUBTFUL,
        is_funded=False,
    )
    rows = [replace(row, decisions=(one,)) for one in (whole, partly)]
    (found,) = standing_of([AssessmentStage("財政課")], [], rows, PREFECTURE).stages
    assert (found.amounts[TOTAL], found.amounts["grant"]) == (60, 12)
    assert found.amounts.get("bond") is None
    assert (found.unfunded, found.unfunded_amount) == (1, 50)
