"""The stages of the assessment as the summary shows them: which columns each has, and what stands in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yosan_xl.model.assessment import HELD, Progress, StageDecision
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL, Axes
from yosan_xl.model.decision import (
    RATIONALE,
    REASON,
    FinanceEntries,
    Spot,
    Value,
    entry_field,
    request_key,
)
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.request import VERDICT
from yosan_xl.model.settings import USUAL_STAGE, Settings

OPEN = Progress.OPEN.value
"""What stands in place of an amount that nobody decided."""


class ListedStage(NamedTuple):
    """A stage that has columns: its place from 1, its name, and the form's stage that it fills (empty: none).

    Finance types into the columns of the one that is open, which have the keys of entries; so have those of the last.
    """

    number: int
    name: str
    filled: str
    is_open: bool
    is_last: bool
    is_restoration: bool = False

    @property
    def is_usual(self) -> bool:
        """Return whether its columns have the keys of entries."""
        return self.is_open or self.is_last

    def key(self, source: str = TOTAL) -> str:
        """Return the key of an amount: `decided/total`, `notice/total`, `stage.1.total`."""
        if self.is_usual or self.filled:
            return entry_field((DECIDED if self.is_usual else self.filled, source))
        return self.own_key(source)

    def own_key(self, what: str) -> str:
        """Return a key that no form has: `stage.1.count`."""
        return f"stage.{self.number}.{what}"

    @property
    def count_key(self) -> str:
        """Return the key of how many are decided."""
        return self.own_key("count")

    @property
    def verdict_key(self) -> str:
        """Return the key of 査定区分."""
        return VERDICT if self.is_usual else self.own_key(VERDICT)

    @property
    def reason_key(self) -> str:
        """Return the key of 理由."""
        return REASON if self.is_usual else self.own_key(REASON)


@dataclass(frozen=True, slots=True)
class StagePlan:
    """The stages that have columns, up to the open one, and the form's stages that any stage of the year fills.

    `has_names` says whether the year has stages of its own ([[stages]]).
    """

    stages: tuple[ListedStage, ...] = (ListedStage(1, USUAL_STAGE, DECIDED, True, True),)
    covered: tuple[str, ...] = (DECIDED,)
    has_names: bool = False

    @classmethod
    def of(cls, settings: Settings, axes: Axes, closed: Sequence[str] = ()) -> StagePlan:
        """Return the plan of a year of which the stages named in `closed` are closed."""
        every = settings.assessment
        open_name = next((one.name for one in every if one.name not in closed), "")
        listed = []
        for number, one in enumerate(every, 1):
            filled, is_open = settings.filled(one, axes), one.name == open_name
            is_last = number == len(every)
            listed.append(ListedStage(number, one.name, filled, is_open, is_last, one.restoration))
            if is_open:
                break
        return cls(
            stages=tuple(listed),
            covered=(DECIDED, *filter(None, (settings.filled(one, axes) for one in every))),
            has_names=bool(settings.stages),
        )

    @property
    def last(self) -> ListedStage:
        """Return the open stage, or where all are closed the last."""
        return self.stages[-1]

    @property
    def before(self) -> tuple[ListedStage, ...]:
        """Return the closed stages beside it."""
        return self.stages[:-1]

    @property
    def open_name(self) -> str:
        """Return the name of the open stage; nothing where all are closed."""
        return self.last.name if self.last.is_open else ""

    def of_key(self, key: str) -> ListedStage | None:
        """Return the stage whose amount or count a column of sums shows."""
        return next((one for one in self.stages if key in (one.key(), one.count_key)), None)


USUAL_PLAN = StagePlan()


class StageSums(NamedTuple):
    """How many of some requests are decided at a stage, and what these come to; None where none is."""

    decided: int
    requests: int
    amount: Money | None

    @property
    def shown(self) -> int | str:
        """Return the amount as a cell shows it."""
        return OPEN if self.amount is None else self.amount

    @property
    def how_far(self) -> str:
        """Return `105 / 159`."""
        return f"{self.decided} / {self.requests}"

    @property
    def is_whole(self) -> bool:
        """Return whether every request is decided."""
        return self.decided == self.requests


class StageValues:
    """What 一覧 shows of every request at every stage, which sums of other sheets are worked out from."""

    def __init__(
        self, plan: StagePlan, entries: FinanceEntries, fields: Collection[str] = ()
    ) -> None:
        """Keep the plan, and what stands in finance's cells; `fields` are the keys of those of a request."""
        self.plan = plan
        self._entries, self._fields = entries, frozenset(fields)
        self._decided: dict[tuple[str, str | None, int], bool] = {}

    def amount(self, row: SummaryRow, stage: ListedStage, source: str = TOTAL) -> Money | None:
        """Return the amount in a request's cell of a stage."""
        if stage.is_open and (field := entry_field((DECIDED, source))) in self._fields:
            shown = self._shown(row, field)
            return Money(shown) if isinstance(shown, int) else None
        if stage.filled:  # with what a document itself says, where nobody typed anything
            return row.request.amounts.get((stage.filled, source))
        decision = decision_of(row, stage)
        return decision.amounts.get(source) if decision else None

    def text(self, row: SummaryRow, stage: ListedStage, what: str) -> str | None:
        """Return what a request's cell of 査定区分 or 理由 says."""
        if stage.is_open and what in self._fields:
            return _text(self._shown(row, what))
        decision = decision_of(row, stage)
        if decision and what in (VERDICT, REASON):
            return decision.verdict if what == VERDICT else decision.reason
        return row.request.meaning(what) if stage.is_last and what != REASON else None

    def why(self, row: SummaryRow, stage: ListedStage) -> str | None:
        """Return why a stage decided so: 理由, at the last 編成の考え方, else what it took from the stage before."""
        reason, decision = self.text(row, stage, REASON), decision_of(row, stage)
        rationale = self.text(row, stage, RATIONALE) if stage.is_last else None
        return reason or rationale or (decision.reason if decision else None)

    def counts(self, row: SummaryRow, stage: ListedStage) -> bool:
        """Return whether a stage has decided a request: an amount that is not held back (保留)."""
        # Every sum asks; file and sheet are what tells every request from every other.
        key = (row.source.file, row.source.sheet, stage.number)
        found = self._decided.get(key)
        if found is None:
            held = HELD in (self.text(row, stage, VERDICT) or "")
            found = self._decided[key] = not held and self.amount(row, stage) is not None
        return found

    def is_funded(
        self, row: SummaryRow, stage: ListedStage, sources: Sequence[str], rest: str | None
    ) -> bool:
        """Return whether a request is decided and its sources come to the amount, 一般財源 (`rest`) among them."""
        if not self.counts(row, stage):
            return False
        found = {source: self.amount(row, stage, source) for source in sources}
        if rest and found.get(rest) is None:
            return rest not in sources
        return sum(one or 0 for one in found.values()) == self.amount(row, stage)

    def sums(self, rows: Sequence[SummaryRow], stage: ListedStage) -> StageSums:
        """Return what is decided of these requests."""
        decided = [row for row in rows if self.counts(row, stage)]
        amounts = [self.amount(row, stage) or 0 for row in decided]
        return StageSums(len(decided), len(rows), Money(sum(amounts)) if decided else None)

    def progress(self, row: SummaryRow) -> Progress:
        """Return how far a request is at the last stage that is shown."""
        decision = decision_of(row, self.plan.last)
        if decision:
            return decision.progress
        return Progress.DONE if self.counts(row, self.plan.last) else Progress.OPEN

    def _shown(self, row: SummaryRow, field: str) -> Value:
        return self._entries.shown(Spot(request_key(row.request.id, row.source), field))


def decision_of(row: SummaryRow, stage: ListedStage) -> StageDecision | None:
    """Return what a stage decided of a request; None where that is not known."""
    return next((one for one in row.decisions if one.stage == stage.name), None)


def what_changed(row: SummaryRow, decision: StageDecision) -> str | None:
    """Return what somebody is to look at in a decision that is 要確認; None where there is nothing."""
    said = []
    asked = row.request.amount(ASKED)
    if decision.is_changed and decision.asked_then == asked is not None:
        said.append("要求の財源が変わりました")
    elif decision.is_changed and decision.asked_then is not None:
        now = "なし" if asked is None else f"{asked:,}"
        said.append(f"要求額が変わりました {decision.asked_then:,} → {now}".replace("-", "△"))
    elif decision.is_changed:
        said.append("要求の内容が変わりました")
    if decision.moved:
        said.append(f"決めたあとに変わりました {decision.moved.words}")
    if decision.is_kept:
        said.append("締めたときの額のままです（締めたあとに明細などが変わりました）")
    if not decision.is_funded:
        said.append("財源の内訳が決まっていません")
    if not said and decision.progress is Progress.DOUBTFUL:
        said.append("検証結果を見てください")
    return "、".join(said) or None


def what_to_see(row: SummaryRow, decision: StageDecision) -> str | None:
    """Return what somebody is to look at in a decision, and where its amount is other than that of the stage before."""
    said = [changed] if (changed := what_changed(row, decision)) else []
    at = next(at for at, one in enumerate(row.decisions) if one.stage == decision.stage)
    before, again = row.decisions[at - 1] if at else None, decision.again
    if again and again.total is not None and decision.is_decided:
        kept = again.given is not None and again.given <= (decision.total or 0) <= again.total
        said += [] if kept else ["内示額から復活後の額（要求）までの間にありません"]
    elif before and before.is_decided and decision.is_decided and before.total != decision.total:
        said.append(f"前の段階「{before.stage}」は {before.total:,}".replace("-", "△"))
    return "、".join(said) or None


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


class ProvisionalNo(int):
    """A NO that may be another one tomorrow: a number still, shown as 仮."""


def shown_no(row: SummaryRow) -> int | None:
    """Return the NO of a request as a cell has it."""
    number = row.request.no
    return ProvisionalNo(number) if row.provisional and number is not None else number
