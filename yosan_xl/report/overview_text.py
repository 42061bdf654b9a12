"""Where a year stands, as text for a terminal: a few lines, and the next steps with their commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yosan_xl.model.intake import Intake, UnitState
from yosan_xl.model.money import with_unit
from yosan_xl.model.next_steps import NextStep
from yosan_xl.model.standing import AssessmentStanding
from yosan_xl.report.printable import printable
from yosan_xl.report.stage_text import standing_lines

_ALWAYS = (UnitState.SUBMITTED, UnitState.FAULTY, UnitState.MISSING)


def overview_text(
    heading: str,
    intake: Intake,
    standing: AssessmentStanding,
    published: Sequence[str],
    steps: Sequence[NextStep],
) -> str:
    """Return `heading`, what came in, how far 査定 is and what is published, then the steps in their order."""
    lines = [heading, "", *_came(intake), *standing_lines(standing)]
    lines += [f"公表: {'、'.join(published) or 'まだありません'}", "", "次にすること:"]
    for number, step in enumerate(steps, 1):
        lines += [f"  {number}. {step.what}", f"       {step.command}"]
    return "\n".join(map(printable, lines))


def _came(intake: Intake) -> Iterator[str]:
    status = intake.status
    known = status.states
    states = [f"{one.value} {known[one]}" for one in UnitState if known[one] or one in _ALWAYS]
    yield f"所管課 {len(status.units)}: {'、'.join(states)}"
    for what, units in (
        (UnitState.MISSING.value, status.missing),
        (
            UnitState.FAULTY.value,
            tuple(one for one in status.units if one.state is UnitState.FAULTY),
        ),
    ):
        if units:
            yield f"  {what}: {status.names(units, 5)}"
    if warned := tuple(one for one in status.units if one.warnings):
        count = sum(one.warnings for one in warned)
        yield f"  わけの書かれていない注意 {count} 件: {status.names(warned, 5)}"
    left_out = f"（うち未算入 {len(intake.left_out)} 件）" if intake.left_out else ""
    yield f"要求 {intake.requests} 件、{with_unit(intake.asked, intake.unit)}{left_out}"
