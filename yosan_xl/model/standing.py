"""How far the assessment (査定) of a year is, stage by stage: what is decided, and what that comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from yosan_xl.model.assessment import Progress, StageDecision
from yosan_xl.model.axes import SPECIFIC, TOTAL, Axes
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.settings import AssessmentStage


class StageState(Enum):
    """Where a stage is: closed, the one that is typed into, or not yet begun."""

    CLOSED = "締切"
    OPEN = "入力中"
    AHEAD = "まだ"


@dataclass(frozen=True, slots=True)
class StageStanding:
    """A stage: of `requests` so many are decided, and what those come to by source (None where none is).

    Amounts of sources are all that is known of them; of requests whose sources are not all known, or do not come to the
    amount, there are so many (`unfunded`), and they come to `unfunded_amount`. So many that are decided are `unreasoned`.
    `progress` counts the requests in each state.
    """

    stage: AssessmentStage
    state: StageState
    requests: int
    decided: int
    amounts: Mapping[str, Money | None] = field(default_factory=dict)
    progress: Mapping[Progress, int] = field(default_factory=dict)
    unfunded: int = 0
    unfunded_amount: Money | None = None
    unreasoned: int = 0

    @property
    def how_far(self) -> str:
        """Return `決定 105 / 159`; nothing of a stage that has not begun."""
        if self.state is StageState.AHEAD:
            return ""
        return f"決定 {self.decided} / {self.requests}"


@dataclass(frozen=True, slots=True)
class AssessmentStanding:
    """All stages of a year in their order, and the names of the departments whose 復活要求 came; `reason` is what a reason is called."""

    stages: tuple[StageStanding, ...]
    unit: str = "千円"
    restoring: tuple[str, ...] = ()
    reason: str = "理由"

    @property
    def open_stage(self) -> StageStanding | None:
        """Return the stage that is typed into, None where all are closed."""
        return next((one for one in self.stages if one.state is StageState.OPEN), None)

    @property
    def unfinished(self) -> StageStanding | None:
        """Return the last stage where all are closed and it has not decided every request: one came late. None otherwise."""
        last = self.stages[-1] if self.stages and self.open_stage is None else None
        return last if last and last.decided < last.requests else None

    @property
    def is_begun(self) -> bool:
        """Return whether there is anything to tell: several stages, one that is closed, something typed, 復活要求."""
        first = self.stages[0] if self.stages else None
        is_typed = first is not None and set(first.progress) - {Progress.OPEN} != set()
        is_closed = first is not None and first.state is StageState.CLOSED
        return len(self.stages) > 1 or is_typed or is_closed or bool(self.restoring)


def standing_of(
    stages: Sequence[AssessmentStage],
    closed: Sequence[str],
    rows: Sequence[SummaryRow],
    axes: Axes,
    restoring: tuple[str, ...] = (),
    reason: str = "理由",
) -> AssessmentStanding:
    """Return how far a year is by the decisions of its counted requests."""
    found, is_open = [], True
    for at, stage in enumerate(stages):
        state = StageState.CLOSED if stage.name in closed else StageState.AHEAD
        if state is StageState.AHEAD and is_open:
            state, is_open = StageState.OPEN, False
        decisions = [row.decisions[at] for row in rows if len(row.decisions) > at]
        found.append(_standing(stage, state, decisions, len(rows)))
    return AssessmentStanding(tuple(found), axes.unit, restoring, reason)


def _standing(
    stage: AssessmentStage, state: StageState, decisions: Sequence[StageDecision], requests: int
) -> StageStanding:
    decided = [one for one in decisions if one.is_decided]
    open_ = [one for one in decided if not one.is_funded]
    return StageStanding(
        stage=stage,
        state=state,
        requests=requests,
        decided=len(decided),
        amounts={source: _sum(source, decided) for source in _sources(decided)},
        progress=Counter(one.progress for one in decisions),
        unfunded=len(open_),
        unfunded_amount=_sum(TOTAL, open_),
        unreasoned=sum(one.lacks_reason for one in decided),
    )


def _sources(decisions: Sequence[StageDecision]) -> dict[str, None]:
    every = (source for one in decisions for source in one.amounts)
    return dict.fromkeys(source for source in every if source != SPECIFIC)


def _sum(source: str, decisions: Sequence[StageDecision]) -> Money | None:
    """Return what decisions come to of a source; None where none of them has it."""
    given = [one.amounts.get(source) for one in decisions]
    known = [one for one in given if one is not None]
    return Money(sum(known)) if known else None
