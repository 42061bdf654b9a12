"""Stages of the assessment as columns beside the form's own: 財政課, 区長, 復活, and what is asked back.

A stage that fills one of the form's is there already. With the others as stages of the axes every table, sum and list
that is made of axes has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from yosan_xl.model.axes import ASKED, STEP, TOTAL, Amounts, Axes, Stage
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.rollup import Rollup
from yosan_xl.model.settings import Settings

RESTORATION = "restoration"
"""The key of 復活要求 as a stage."""

RESTORATION_LABEL = "復活要求"


def staged_rollup(rollup: Rollup) -> Rollup:
    """Return a year with the stages of the assessment that no stage of the form is filled by."""
    rows, axes = staged(rollup.rows, rollup.axes, rollup.settings)
    return replace(rollup, rows=rows, axes=axes)


def staged(
    rows: Sequence[SummaryRow], axes: Axes, settings: Settings
) -> tuple[tuple[SummaryRow, ...], Axes]:
    """Return rows and axes with the stages of the assessment that no stage of the form is filled by."""
    own = dict(_own_stages(axes, settings))
    if not own and not any(row.restoration for row in rows):
        return tuple(rows), axes
    stages = tuple(
        _in_order(axes, settings, own, with_restoration=any(row.restoration for row in rows))
    )
    more = replace(axes, stages=stages)
    return tuple(_row(row, more, own) for row in rows), more


def _own_stages(axes: Axes, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the name and key of every stage that fills none of the form's; the usual one needs no column more."""
    for name, key in settings.stage_keys(axes).items():
        if settings.stages and not axes.has_stage(key):
            yield name, key


def _in_order(
    axes: Axes, settings: Settings, own: Mapping[str, str], *, with_restoration: bool
) -> Iterator[Stage]:
    """Yield the form's stages, and before each that one of the assessment fills those that come first."""
    with_restoration = with_restoration and not settings.asked_again(axes)
    waiting: list[Stage] = []
    before: dict[str, list[Stage]] = {}
    for one in settings.stages:
        if one.restoration and with_restoration:
            waiting.append(_stage(axes, RESTORATION, RESTORATION_LABEL, by="department"))
        if one.name in own:
            waiting.append(_stage(axes, own[one.name], f"{one.name}の額"))
        else:
            before[settings.filled(one, axes)] = waiting
            waiting = []
    for stage in axes.stages:
        yield from before.get(stage.key, ())
        yield stage
    yield from waiting


def _stage(axes: Axes, key: str, label: str, by: str = "finance") -> Stage:
    sources = (TOTAL, *(one.key for one in axes.sources if one.key in axes.stage(ASKED).amounts))
    amounts = {source: f"/{key}/{source}" for source in sources}
    return Stage(key, label, STEP, by, "entry", amounts)


def _row(row: SummaryRow, axes: Axes, own: Mapping[str, str]) -> SummaryRow:
    cells = dict(row.request.amounts)
    for decision in row.decisions:
        if decision.stage in own:
            cells |= _cells(own[decision.stage], decision.amounts, axes)
    if row.restoration and axes.has_stage(RESTORATION):
        cells |= _cells(RESTORATION, row.restoration.amounts, axes)
    return replace(row, request=replace(row.request, axes=axes, amounts=cells))


def _cells(key: str, amounts: Mapping[str, Money | None], axes: Axes) -> Amounts:
    known = axes.stage(key).amounts
    return {(key, source): amount for source, amount in amounts.items() if source in known}
