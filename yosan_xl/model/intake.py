"""What came in and what of it is counted: the figures that every output of a run takes from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yosan_xl.model.finding import Place
from yosan_xl.model.money import ThousandYen
from yosan_xl.model.request import Request
from yosan_xl.model.status import Status

_ZERO = ThousandYen(0)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A request and the book and sheet it came from; a sheet of a file holds one request.

    `cells` has the cell (A1) of every value by its JSON pointer, where it was read from a book.
    """

    request: Request
    source: Place
    cells: Mapping[str, str | None] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A request that finance must know of: not counted, or counted in spite of its errors."""

    row: SummaryRow
    why: str


@dataclass(frozen=True, slots=True)
class Intake:
    """The counts of one run.

    `files` are the books and JSON that were read, `untouched` their blank sheets, `counted` the
    requests in the totals (`requested`, 千円), of which `anyway` have errors; `left_out` are 未算入,
    `again` stand in another book already and are no requests of their own.
    """

    files: int = 0
    left_out: tuple[Doubtful, ...] = ()
    anyway: tuple[Doubtful, ...] = ()
    status: Status = field(default_factory=Status)
    again: tuple[Doubtful, ...] = ()
    counted: int = 0
    requested: ThousandYen = _ZERO
    untouched: int = 0

    @property
    def requests(self) -> int:
        """Return how many requests were handed in, each once: counted ones and those 未算入."""
        return self.counted + len(self.left_out)

    @property
    def asked(self) -> ThousandYen:
        """Return what they ask for together (千円)."""
        return ThousandYen(self.requested + asked(self.left_out))


def asked(rows: Iterable[Doubtful]) -> ThousandYen:
    """Give what these requests ask for together (千円); an amount not given adds nothing."""
    return ThousandYen(sum(one.row.request.requested for one in rows))
