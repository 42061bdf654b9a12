"""How far an assessment is, and what that comes to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.report.forms import PREFECTURE, made_row, prefecture_document
from yosan_xl.model.assessment import Progress, StageDecision
from yosan_xl.model.axes import SPECIFIC, TOTAL
from yosan_xl.model.money import Money
from yosan_xl.model.settings import AssessmentStage
from yosan_xl.model.standing import AssessmentStanding, StageStanding, StageState, standing_of


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


CLOSED, OPEN, AHEAD = StageState.CLOSED, StageState.OPEN, StageState.AHEAD


@pytest.mark.parametrize(
    ("closed", "states"),
    [
        ([], [OPEN, AHEAD, AHEAD]),
        (["財政課"], [CLOSED, OPEN, AHEAD]),
        (["財政課", "区長"], [CLOSED, CLOSED, OPEN]),
        (["財政課", "区長", "復活"], [CLOSED, CLOSED, CLOSED]),
    ],
)
def test_standing__the_first_stage_that_is_not_closed_is_open(
    closed: list[str], states: list[StageState]
) -> None:
    stages = [AssessmentStage(name) for name in ("財政課", "区長", "復活")]
    found = standing_of(stages, closed, [], PREFECTURE)
    assert [one.state for one in found.stages] == states
    open_ = found.open_stage
    assert (open_.state if open_ else None) == (OPEN if OPEN in states else None)
    assert [one.how_far for one in found.stages] == [
        "" if one is AHEAD else "決定 0 / 0" for one in states
    ]


def test_standing__counts_the_decisions_of_each_stage() -> None:
    row = made_row(prefecture_document(), PREFECTURE)
    done = StageDecision("財政課", {TOTAL: Money(10), SPECIFIC: Money(4)}, progress=Progress.DONE)
    two = replace(row, decisions=(done, replace(done, amounts={TOTAL: None})))
    stages = [AssessmentStage("財政課"), AssessmentStage("区長")]
    first, second = standing_of(
        stages, [], [replace(row, decisions=(done,)), two, row], PREFECTURE
    ).stages
    assert (first.decided, first.requests, first.amounts) == (2, 3, {TOTAL: 20})
    assert sum(second.progress.values()) == 1
    assert first.unfunded_amount is None


def _stage(state: StageState, decided: int, **progress: int) -> StageStanding:
    counted = {Progress[name]: count for name, count in progress.items()}
    return StageStanding(AssessmentStage("財政課"), state, 3, decided, progress=counted)


@pytest.mark.parametrize(
    ("stages", "is_unfinished"),
    [
        ([(CLOSED, 3), (CLOSED, 2)], True),
        ([(CLOSED, 2), (CLOSED, 3)], False),
        ([(CLOSED, 3), (CLOSED, 2), (CLOSED, 3)], False),
        ([(CLOSED, 3), (OPEN, 2)], False),
        ([(CLOSED, 2)], True),
        ([], False),
    ],
)
def test_unfinished__is_the_last_stage_where_all_are_closed(
    stages: list[tuple[StageState, int]], *, is_unfinished: bool
) -> None:
    found = AssessmentStanding(tuple(_stage(*one) for one in stages))
    assert (found.unfinished is not None) is is_unfinished
    assert found.unfinished in (None, *found.stages[-1:])


@pytest.mark.parametrize(
    ("stages", "restoring", "is_begun"),
    [
        ([], (), False),
        ([], ("企画課",), True),
        ([_stage(OPEN, 0)], (), False),
        ([_stage(OPEN, 0, OPEN=3)], (), False),
        ([_stage(OPEN, 0, OPEN=3)], ("企画課",), True),
        ([_stage(OPEN, 1, OPEN=2, DONE=1)], (), True),
        ([_stage(OPEN, 0, HELD=3)], (), True),
        ([_stage(CLOSED, 3)], (), True),
        ([_stage(OPEN, 0), _stage(AHEAD, 0)], (), True),
    ],
)
def test_is_begun__where_there_is_anything_to_tell(
    stages: list[StageStanding], restoring: tuple[str, ...], *, is_begun: bool
) -> None:
    assert AssessmentStanding(tuple(stages), restoring=restoring).is_begun is is_begun
