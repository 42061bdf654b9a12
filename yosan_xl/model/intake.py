"""What came in and what of it is counted: the figures on the summary's first sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from yosan_xl.model.money import ThousandYen
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.status import Status


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A request that finance must know of: not counted, or counted in spite of its errors."""

    row: SummaryRow
    why: str


@dataclass(frozen=True, slots=True)
class Intake:
    """How many files were read, and which requests are 未算入 or counted with errors; the units' status."""

    files: int = 0
    left_out: tuple[Doubtful, ...] = ()
    anyway: tuple[Doubtful, ...] = ()
    status: Status = field(default_factory=Status)


def asked(rows: Iterable[Doubtful]) -> ThousandYen:
    """Give what these requests ask for together (千円); an amount not given adds nothing."""
    return ThousandYen(sum(one.row.request.requested for one in rows))
