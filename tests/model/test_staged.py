"""Stages of the assessment as columns beside the form's own."""

from __future__ import annotations

from dataclasses import replace

from tests.report.forms import PREFECTURE, PREFECTURE_YEAR, made_row, prefecture_document
from yosan_xl.model.assessment import Progress, Restoration, StageDecision
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.settings import AssessmentStage
from yosan_xl.model.staged import RESTORATION, staged

THREE = replace(
    PREFECTURE_YEAR,
    stages=(
        AssessmentStage("財政課"),
        AssessmentStage("知事", column="内示", notice=True),
        AssessmentStage("復活査定", restoration=True),
        AssessmentStage("最終"),
    ),
)


def _row() -> SummaryRow:
    row = made_row(prefecture_document(), PREFECTURE)
    decision = StageDecision("財政課", {TOTAL: Money(7), "grant": Money(3)}, progress=Progress.DONE)
    return replace(row, decisions=(decision,))


def test_staged__stages_without_a_column_stand_before_those_that_fill_one() -> None:
    rows, axes = staged([_row()], PREFECTURE, THREE)
    assert [one.label for one in axes.stages] == [
        *("当初予算", "見積", "差引", "財政課の額", "内示", "復活", "復活査定の額", "計上"),
    ]
    assert rows[0].request.amount("step.1") == 7
    assert rows[0].request.amount("step.1", "grant") == 3
    assert rows[0].request.amount("step.1", "bond") is None
    assert rows[0].request.amount("step.3") is None
    assert rows[0].request.amount(DECIDED) == 11_110


def test_staged__what_is_asked_back_stands_before_its_stage() -> None:
    back = Restoration("01-1", {TOTAL: Money(5), "fee": Money(2)}, "足りない。", "復活.xlsx")
    rows, axes = staged([replace(_row(), restoration=back)], PREFECTURE, THREE)
    keys = [one.key for one in axes.stages]
    assert keys.index(RESTORATION) + 1 == keys.index("step.3")
    assert rows[0].request.amount(RESTORATION) == 5
    assert rows[0].request.amount(RESTORATION, "fee") == 2


def test_staged__what_is_asked_back_is_not_there_twice_where_the_form_has_it() -> None:
    stages = (
        AssessmentStage("知事", notice=True),
        AssessmentStage("調整", column="内示", restoration=True),
        AssessmentStage("最終"),
    )
    back = Restoration("01-1", {TOTAL: Money(5)}, "足りない。", "復活.xlsx")
    settings = replace(PREFECTURE_YEAR, stages=stages)
    _, axes = staged([replace(_row(), restoration=back)], PREFECTURE, settings)
    labels = ["当初予算", "見積", "差引", "内示", "復活", "知事の額", "調整の額", "計上"]
    assert [one.label for one in axes.stages] == labels


def test_staged__without_stages_of_its_own_a_year_is_as_it_was() -> None:
    rows, axes = staged([_row()], PREFECTURE, PREFECTURE_YEAR)
    assert axes is PREFECTURE
    assert rows == (_row(),)
    assert axes.stage(ASKED).label == "見積"
