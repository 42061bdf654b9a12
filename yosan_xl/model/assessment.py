"""査定: what was decided of a request at each stage of the assessment, how far that is, and what is asked back (復活要求).

Amounts are in the form's unit; None is "not decided", which is not 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from yosan_xl.model.axes import TOTAL
from yosan_xl.model.money import Money

AS_ASKED, LESS, MORE, HELD, NOTHING = "要求どおり", "一部減額", "増額", "保留", "ゼロ査定"
AS_BEFORE = "前の段階どおり"
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
class StageDecision:
    """What one stage decided of a request.

    `amounts` has by source (`total`, `specific` and the form's own) what is decided, None where it is open; `lines` the
    same of every row of the main list. `reason` is 理由 of the stage, of the last 編成の考え方 where that is given.
    `asked_then` is what was asked for when it was decided, where that is not what is asked for now. `is_funded` is false
    where an amount is decided and its sources are not, or do not add up to it.
    """

    stage: str
    amounts: Mapping[str, Money | None] = field(default_factory=dict)
    lines: tuple[Mapping[str, Money | None], ...] = ()
    verdict: str | None = None
    reason: str | None = None
    progress: Progress = Progress.OPEN
    asked_then: Money | None = None
    is_changed: bool = False
    is_funded: bool = True
    is_closed: bool = False

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
    known. `file` is the book that it stands in.
    """

    request_id: str
    amounts: Mapping[str, Money | None]
    reason: str | None
    file: str
    cell: str | None = None
    sheet: str = ""
