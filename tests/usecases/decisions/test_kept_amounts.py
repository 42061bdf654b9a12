"""The amount that stood in its cell because of a 査定区分 stays there when the 査定区分 is another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.usecases.decisions.test_entries import (
    AMOUNT,
    BOTH,
    EARLY,
    LATE,
    REMARKS,
    Desk,
    cell,
    codes,
    desk,
)
from yosan_xl.model.assessment import AskedAgain, StageBasis
from yosan_xl.model.decision import LineKey, Typed, Value
from yosan_xl.model.money import Money
from yosan_xl.model.request import VERDICT
from yosan_xl.model.settings import AssessmentStage
from yosan_xl.usecases.decisions.entries import TakenEntries, says_amount

__all__ = ["desk"]

LINE = LineKey(1, None, "設計")
BEFORE = StageBasis(Money(250))
AGAIN = StageBasis(Money(250), AskedAgain(Money(250), Money(30)))


def verdict(value: Value, written: Value = None, **more: Any) -> Typed:
    return cell(value, what=VERDICT, written=written, **more)


def in_stage(desk: Desk, stage: str, on: StageBasis | None) -> dict[str, Any]:
    """Return what a summary of one of three stages says, with what it decides on."""
    names = (
        AssessmentStage("財政課"),
        AssessmentStage("区長"),
        AssessmentStage("復活", restoration=True),
    )
    desk.year = replace(desk.year, settings=replace(desk.year.settings, stages=names))
    return {"stage": stage, "stage_bases": {"0103-1": on} if on else {}}


def amounts(taken: TakenEntries) -> list[Value]:
    """Return every amount of the request that was taken."""
    return [
        one.value
        for one in taken.history.records
        if (one.spot.field, one.spot.line) == (AMOUNT, None)
    ]


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("要求どおり", "一部減額", [300]),
        ("要求どおり", None, [300]),
        ("ゼロ査定", "増額", [0]),
        ("一部減額", "増額", []),
        ("保留", "増額", []),
        ("要求どおり", "ゼロ査定", []),
        ("要求どおり", "保留", []),
    ],
)
def test_verdict__that_is_another_keeps_the_amount_that_it_said(
    desk: Desk, before: str, after: str | None, kept: list[int]
) -> None:
    desk.typed(verdict(before))
    taken = desk.typed(verdict(after, before, repaired=True), generation=1, at=LATE, places=BOTH)
    assert (amounts(taken), codes(taken.findings)) == (kept, [])


@pytest.mark.parametrize(
    ("beside", "kept"),
    [
        ([cell(200)], [200]),
        ([cell(200), cell(None, written=200)], [200, None, 300]),
        ([cell(100, line=LINE)], []),
        ([cell("確認", what=REMARKS)], [300]),
    ],
)
def test_verdict__keeps_no_amount_beside_one_that_was_typed(
    desk: Desk, beside: list[Typed], kept: list[Value]
) -> None:
    desk.typed(verdict("要求どおり"))
    for at, one in enumerate(beside, 1):
        desk.typed(one, generation=at)
    taken = desk.typed(
        verdict("一部減額", "要求どおり"), generation=len(beside) + 1, at=LATE, places=BOTH
    )
    assert amounts(taken) == kept


def test_verdict__keeps_no_amount_in_a_cell_that_was_changed_with_it(desk: Desk) -> None:
    desk.typed(verdict("要求どおり"))
    own = verdict("一部減額", "要求どおり"), cell(None, written=300)
    assert amounts(desk.typed(*own, generation=1, at=LATE, places=BOTH)) == [None]


def test_verdict__keeps_no_amount_where_its_column_is_gone(desk: Desk) -> None:
    desk.typed(verdict("要求どおり"))
    assert amounts(desk.typed(verdict("一部減額", "要求どおり"), generation=1, at=LATE)) == []


@pytest.mark.parametrize(
    ("stage", "on", "before", "kept"),
    [
        ("区長", BEFORE, "前の段階どおり", [250]),
        ("区長", None, "前の段階どおり", []),
        ("区長", BEFORE, "要求どおり", [300]),
        ("区長", BEFORE, None, []),
        ("復活", BEFORE, "要求どおり", [250]),
        ("復活", BEFORE, None, [250]),
        ("復活", BEFORE, "増額", []),
        ("復活", AGAIN, "要求どおり", [280]),
        ("復活", AGAIN, None, []),
        ("復活", None, "要求どおり", [300]),
        ("復活", None, None, []),
    ],
)
def test_verdict__of_a_later_stage_keeps_what_the_stage_before_said(
    desk: Desk, stage: str, on: StageBasis | None, before: str | None, kept: list[int]
) -> None:
    own = in_stage(desk, stage, on)
    if before:
        desk.typed(verdict(before), at=EARLY, **own)
    generation = 1 if before else 0
    taken = desk.typed(
        verdict("一部減額", before), generation=generation, at=LATE, places=BOTH, **own
    )
    assert amounts(taken) == kept


def test_verdict__nothing_else_that_is_typed_keeps_an_amount(desk: Desk) -> None:
    own = in_stage(desk, "復活", BEFORE)
    assert amounts(desk.typed(cell("確認", what=REMARKS), places=BOTH, **own)) == []


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("要求どおり", True),
        ("ゼロ査定", True),
        ("前の段階どおり", True),
        ("保留（再）", True),
        ("一部減額", False),
        ("増額", False),
        ("", False),
        (None, False),
    ],
)
def test_says_amount__by_itself_or_keeps_it_from_counting(word: str | None, says: bool) -> None:
    assert says_amount(word) is says
