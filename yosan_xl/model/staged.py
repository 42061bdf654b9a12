"""Stages of the assessment as columns beside the form's own: 財政課, 区長, 復活, and what is asked back.

A stage that fills one of the form's is there already. With the others as stages of the axes every table, sum and list
that is made of axes has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from yosan_xl.model.axes import ASKED, DECIDED, STEP, TOTAL, Amounts, Axes, Stage
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.settings import AssessmentStage, Settings

RESTORATION = "restoration"
"""The key of 復活要求 as a stage."""

RESTORATION_LABEL = "復活要求"


def staged(
    rows: Sequence[SummaryRow], axes: Axes, settings: Settings
) -> tuple[tuple[SummaryRow, ...], Axes]:
    """Return rows and axes with the stages of the assessment that no stage of the form is filled by."""
    own = _own_stages(axes, settings.stages)
    asked_back = any(row.restoration for row in rows)
    if not own and not asked_back:
        return tuple(rows), axes
    more = replace(axes, stages=tuple(_in_order(axes, settings.stages, asked_back=asked_back)))
    return tuple(_row(row, more, own) for row in rows), more


def filled_by(axes: Axes, stages: Sequence[AssessmentStage]) -> dict[str, str]:
    """Return by the name of a stage of the assessment the key of the form's stage that it fills."""
    labels = {one.label: one.key for one in axes.stages}
    found = {one.name: labels[one.column] for one in stages if one.column in labels}
    if stages and axes.has_stage(DECIDED):
        found.setdefault(stages[-1].name, DECIDED)
    return found


def _own_stages(axes: Axes, stages: Sequence[AssessmentStage]) -> dict[str, str]:
    """Return by name the keys of the stages that have none of the form's."""
    filled = filled_by(axes, stages)
    return {one.name: f"{STEP}.{at}" for at, one in enumerate(stages, 1) if one.name not in filled}


def _in_order(
    axes: Axes, stages: Sequence[AssessmentStage], *, asked_back: bool
) -> Iterator[Stage]:
    """Yield the form's stages, and before each that one of the assessment fills those that come first."""
    waiting: list[Stage] = []
    own, filled = _own_stages(axes, stages), filled_by(axes, stages)
    before: dict[str, list[Stage]] = {}
    for one in stages:
        if one.restoration and asked_back:
            waiting.append(_stage(axes, RESTORATION, RESTORATION_LABEL))
        if one.name in own:
            waiting.append(_stage(axes, own[one.name], one.name))
        else:
            before.setdefault(filled[one.name], []).extend(waiting)
            waiting = []
    if asked_back and not any(one.restoration for one in stages):
        waiting.append(_stage(axes, RESTORATION, RESTORATION_LABEL))
    for stage in axes.stages:
        yield from before.get(stage.key, ())
        yield stage
    yield from waiting


def _stage(axes: Axes, key: str, label: str) -> Stage:
    sources = (TOTAL, *(one.key for one in axes.sources if one.key in axes.stage(ASKED).amounts))
    amounts = {source: f"/{key}/{source}" for source in sources}
    return Stage(key, label, STEP, "finance", "entry", amounts)


def _row(row: SummaryRow, axes: Axes, own: dict[str, str]) -> SummaryRow:
    cells = dict(row.request.amounts)
    for decision in row.decisions:
        if decision.stage in own:
            cells |= _cells(own[decision.stage], decision.amounts, axes)
    if row.restoration:
        cells |= _cells(RESTORATION, row.restoration.amounts, axes)
    return replace(row, request=replace(row.request, axes=axes, amounts=cells))


def _cells(key: str, amounts: Mapping[str, Money | None], axes: Axes) -> Amounts:
    known = axes.stage(key).amounts
    return {(key, source): amount for source, amount in amounts.items() if source in known}
