"""A decision of finance as its rules see it, and what they find; a rule names an entry (`decided/total`, `verdict`, ...)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from yosan_xl.model.assessment import AskedAgain, StageDecision
from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL, Axes
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

    `reason` is the field that a reason is typed into (理由, 編成の考え方), empty where there is none; `fills` the key of the
    form's stage that the stage fills, empty where it fills none. `again` is what 復活要求 asked of this stage, or of one before it.
    """

    request: Request
    decision: StageDecision
    before: StageDecision | None = None
    reason: str = REASON
    fills: str = DECIDED
    again: AskedAgain | None = None

    @property
    def axes(self) -> Axes:
        """Return the axes of the request's form."""
        return self.request.axes

    @property
    def has_reason(self) -> bool:
        """Return whether the stage says why."""
        return bool((self.decision.reason or "").strip())

    def asked(self, source: str = TOTAL) -> Money | None:
        """Return what is asked for of a source."""
        return self.request.amount(ASKED, source)

    def is_asked(self, source: str) -> bool:
        """Return whether anything of a source is asked for, by the request or by 復活要求."""
        again = self.decision.again
        return bool(self.asked(source) or (again and again.amount(source)))

    def shown(self, amount: int | None) -> str:
        """Return an amount with its unit as it stands in a sentence."""
        return shown(amount, self.axes.unit)

    def lines(self) -> Iterator[tuple[Line, Mapping[str, Money | None]]]:
        """Yield each row of the main list with what is decided of it."""
        return zip(self.request.lines, self.decision.lines, strict=False)

    def label(self, source: str) -> str:
        """Return the heading of what is decided of a source: 予算額, 財政課の額, 県の補助金の財政課の額."""
        axes = self.axes
        if source == SPECIFIC and SPECIFIC not in self.decision.amounts:
            return "特定財源の計"  # there is no column for it
        if axes.has_stage(self.fills):
            own = axes.stage(self.fills)
            words = axes.amount_label(own.key, source).removeprefix(f"{axes.source_label(TOTAL)}の")
            return own.label if source == TOTAL else words
        total = f"{self.decision.stage}の額"
        named = f"{axes.source_label(source)}の{total}"
        return {TOTAL: total, SPECIFIC: f"{total}のうち特財"}.get(source, named)

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
