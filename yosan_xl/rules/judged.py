"""A decision of finance as its rules see it, and what they find; a rule names an entry (`decided/total`, `verdict`, ...)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from yosan_xl.model.assessment import StageDecision
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL, Axes
from yosan_xl.model.decision import entry_field
from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.money import Money
from yosan_xl.model.request import Line, Request
from yosan_xl.rules.figures import shown

REASON = "reason"
DECIDED_TOTAL = entry_field((DECIDED, TOTAL))


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision and what it is compared with: the request, and what the stage before said of it.

    `reason` is the field that a reason is typed into (理由, 編成の考え方), empty where there is none.
    """

    request: Request
    decision: StageDecision
    before: StageDecision | None = None
    reason: str = REASON

    @property
    def axes(self) -> Axes:
        """Return the axes of the request's form."""
        return self.request.axes

    def asked(self, source: str = TOTAL) -> Money | None:
        """Return what is asked for of a source."""
        return self.request.amount(ASKED, source)

    def shown(self, amount: int | None) -> str:
        """Return an amount with its unit as it stands in a sentence."""
        return shown(amount, self.axes.unit)

    def lines(self) -> Iterator[tuple[Line, Mapping[str, Money | None]]]:
        """Yield each row of the main list with what is decided of it."""
        return zip(self.request.lines, self.decision.lines, strict=False)

    def sources(self) -> Mapping[str, Money | None]:
        """Return what is decided of every source of the form, as far as the stage has them."""
        own = (source.key for source in self.axes.sources)
        return {key: self.decision.amounts[key] for key in own if key in self.decision.amounts}


@dataclass(frozen=True, slots=True)
class EntryFault:
    """What a rule found: the entry (of the row `line`, from 0) and the figures of the message."""

    field: str
    facts: Mapping[str, object]
    line: int | None = None
    weight: Weight | None = None


DecisionCheck = Callable[[Judged], Iterable[EntryFault]]


@dataclass(frozen=True, slots=True, eq=False)
class DecisionRule:
    """A check of one decision beside its code."""

    code: Code
    check: DecisionCheck


def decision_rule(code: Code) -> Callable[[DecisionCheck], DecisionRule]:
    """Make the decorated function the rule that gives `code`."""
    return lambda check: DecisionRule(code, check)


def decided_label(source: str, axes: Axes) -> str:
    """Return what the decided amount of a source is called: 予算額."""
    if axes.has_stage(DECIDED):
        return axes.amount_label(DECIDED, source)
    return "決定の額" if source == TOTAL else axes.source_label(source)
