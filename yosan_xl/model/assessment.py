"""査定: what was decided of a request at each stage of the assessment, how far that is, and what is asked back (復活要求).

Amounts are in the form's unit; None is "not decided", which is not 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from yosan_xl.model.axes import TOTAL
from yosan_xl.model.money import Money

AS_ASKED, LESS, MORE, HELD, NOTHING = "要求どおり", "一部減額", "増額", "保留", "ゼロ査定"
AS_BEFORE = "前の段階どおり"
AS_ASKED_AGAIN = "復活要求どおり"
"""査定区分 that mean something to the program; a form may have words of its own, in which one of these may stand."""

VERDICTS = (AS_ASKED, LESS, MORE, HELD, NOTHING)


class Progress(Enum):
    """進み具合: how far the decision of a request is at a stage; of several the last that applies."""

    OPEN = "未定"
    PARTLY = "一部"
    DONE = "済"
    HELD = "保留"
    DOUBTFUL = "要確認"

    @property
    def is_decided(self) -> bool:
        """Return whether there is an amount to add up: 済, and 要確認, which has one that somebody is to look at."""
        return self in (Progress.DONE, Progress.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What a stage for 復活要求 is asked for: the 内示額 (`given`, None while it is 未定) and 復活要求額 (`more`).

    `sources` are the 特定財源 of both together, None where they are not known.
    """

    given: Money | None
    more: Money
    sources: tuple[tuple[str, Money], ...] | None = None

    @property
    def total(self) -> Money | None:
        """Return the amount after all of 復活要求, None while what was given is not known."""
        return None if self.given is None else Money(self.given + self.more)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> AskedAgain:
        """Return it as JSON has it; raise KeyError, TypeError or ValueError for what is none."""
        sources, more = row["sources"], _amount(row["more"])
        if more is None:
            raise ValueError(row)
        own = None if sources is None else tuple((one, Money(two)) for one, two in sources)
        return cls(_amount(row["given"]), more, own)

    def amount(self, source: str) -> Money | None:
        """Return the amount, or of it a 特定財源."""
        return self.total if source == TOTAL else dict(self.sources or ()).get(source)


@dataclass(frozen=True, slots=True)
class StageBasis:
    """What a later stage decides a request on: the amount of the stage before (None: not decided), and what is asked for again."""

    before: Money | None = None
    again: AskedAgain | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> StageBasis:
        """Return it as JSON has it; raise KeyError, TypeError or ValueError for what is none."""
        again = row["again"]
        return cls(_amount(row["before"]), AskedAgain.of(again) if again is not None else None)


@dataclass(frozen=True, slots=True)
class StageChange:
    """What a later stage decided on, where that is something else `now`."""

    then: StageBasis
    now: StageBasis

    @property
    def words(self) -> str:
        """Return `前の段階の額 59,000 → 50,000`, and of 復活要求 the same."""
        return "、".join(self._words())

    def _words(self) -> Iterator[str]:
        then, now = self.then, self.now
        if then.before != now.before:
            yield f"前の段階の額 {_shown(then.before, '未定')} → {_shown(now.before, '未定')}"
        if then.again == now.again:
            return
        old, new = (one.again.more if one.again else None for one in (then, now))
        if old != new:
            yield f"復活要求額 {_shown(old, 'なし')} → {_shown(new, 'なし')}"
        elif then.before == now.before:
            yield "内示額か復活要求の財源"


def _shown(amount: Money | None, none: str) -> str:
    return none if amount is None else f"{amount:,}".replace("-", "△")


def _amount(said: Any) -> Money | None:
    if not (said is None or type(said) is int):
        raise TypeError(said)
    return None if said is None else Money(said)


@dataclass(frozen=True, slots=True)
class StageDecision:
    """What one stage decided of a request.

    `amounts` has by source (`total`, `specific` and the form's own) what is decided, None where it is open; `lines` the
    same of every row of the main list, `line_verdicts` how each was judged. `reason` is 理由 of the stage, of the last 編成の考え方 where that is given.
    `asked_then` is what was asked for when it was decided, where that is not what is asked for now. `is_funded` is false
    where an amount is decided and its sources are not, or do not add up to it. `again` is what 復活要求 add to what was
    given. `moved` tells where the stage before or 復活要求 said something else when it was decided. `is_kept` is true where
    it stands as its stage was closed, and what was typed comes to something else by now. One that `lacks_reason` has none, and
    its stage cannot be closed so.
    """

    stage: str
    amounts: Mapping[str, Money | None] = field(default_factory=dict)
    lines: tuple[Mapping[str, Money | None], ...] = ()
    verdict: str | None = None
    reason: str | None = None
    progress: Progress = Progress.OPEN
    asked_then: Money | None = None
    is_changed: bool = False
    again: AskedAgain | None = None
    moved: StageChange | None = None
    line_verdicts: tuple[str | None, ...] = ()
    is_funded: bool = True
    is_closed: bool = False
    is_kept: bool = False
    lacks_reason: bool = field(default=False, compare=False)

    @property
    def total(self) -> Money | None:
        """Return the amount, None where it is not decided."""
        return self.amounts.get(TOTAL)

    @property
    def is_decided(self) -> bool:
        """Return whether an amount is decided."""
        return self.progress.is_decided


@dataclass(frozen=True, slots=True)
class Restoration:
    """復活要求: what a department asks for again, beyond what its 内示 gave; the request itself stays as it is.

    `amounts` are by source (`total`, the form's 特定財源 and the rest), beyond the 内示額; without sources where those are not
    known. `file` is the book that it stands in; that tells of the 内示額 `given` by `stage`.
    """

    request_id: str
    amounts: Mapping[str, Money | None]
    reason: str | None
    file: str
    cell: str | None = None
    sheet: str = ""
    stage: str = ""
    given: Money | None = None
