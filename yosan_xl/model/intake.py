"""提出状況: how far each unit of the roster is, where every file of 提出 belongs, and what of it is
counted: the figures that every output of a run takes from here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from yosan_xl.model.assessment import Restoration, StageDecision
from yosan_xl.model.department import Department
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.money import Money
from yosan_xl.model.request import Request

_ZERO = Money(0)
LEFT_OUT, AGAIN = "未算入", "重複"


class UnitState(Enum):
    """How far a unit is; the first that applies of 要修正, 提出, 要求なし, 対象外, 未提出."""

    MISSING = "未提出"
    SUBMITTED = "提出"
    FAULTY = "要修正"
    NONE = "要求なし"
    EXEMPT = "対象外"


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A file of a unit and its save time (ISO 8601, docProps/core.xml)."""

    name: str
    modified: str | None


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """A unit: its state, what it asks for, what is open, and in which files it stands.

    `warnings` are those without a reason; `late` is only ever true where a due date was given. `notes`
    are sentences on files and sheets that go by another unit's name. `findings` are those that are open, of any weight.
    """

    department: Department
    state: UnitState
    requests: int
    requested: Money
    errors: int
    warnings: int
    files: tuple[UnitFile, ...]
    late: bool
    attachments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Stray:
    """A file that is no unit's: why, and the requests in it that no unit has."""

    file: str
    why: str
    requests: int = 0
    requested: Money = _ZERO
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """The whole of 提出: `files` counts what was read: of units, replaced, and strays.

    `attachments` lie beside the books and are no unit's; a unit has its own.

    `replaced` are pairs of a file and the one that stands for it; `skipped` were not read; `aside` are
    those that finance keeps in 差替え前. `due` is the day after which a unit is late, None where no day is known.
    """

    units: tuple[UnitStatus, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    strays: tuple[Stray, ...] = ()
    skipped: tuple[Stray, ...] = ()
    files: int = 0
    due: date | None = None
    attachments: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def of_units(self) -> int:
        """Return how many files belong to a unit."""
        return sum(len(unit.files) for unit in self.units)

    @property
    def beside(self) -> int:
        """Return how many attachments there are."""
        return len(self.attachments) + sum(len(unit.attachments) for unit in self.units)

    @property
    def states(self) -> Mapping[UnitState, int]:
        """Return how many units are in each state."""
        found = [unit.state for unit in self.units]
        return {state: found.count(state) for state in UnitState}

    @property
    def missing(self) -> tuple[UnitStatus, ...]:
        """Return the units that handed nothing in and did not say that nothing comes (未提出)."""
        return tuple(unit for unit in self.units if unit.state is UnitState.MISSING)

    @property
    def handed_in_late(self) -> tuple[UnitStatus, ...]:
        """Return the units whose book was saved after the day (期限後)."""
        return tuple(
            unit for unit in self.units if unit.late and unit.state is not UnitState.MISSING
        )

    def names(self, units: Sequence[UnitStatus], most: int = 3) -> str:
        """Return the first names of `units`, and how many there are besides: `税務課、企画課 ほか 9 課`."""
        times = Counter(unit.department.section for unit in self.units)
        named = [unit.department for unit in units[:most]]
        names = [one.section if times[one.section] == 1 else one.name for one in named]
        more = f" ほか {len(units) - most} 課" if len(units) > most else ""
        return "、".join(names) + more

    @property
    def requests(self) -> int:
        """Return how many requests were handed in, one that is there twice counted once."""
        return sum(unit.requests for unit in self.units) + sum(one.requests for one in self.strays)

    @property
    def requested(self) -> Money:
        """Return what they ask for."""
        of_units = sum(unit.requested for unit in self.units)
        return Money(of_units + sum(one.requested for one in self.strays))


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A request and the book and sheet it came from; a sheet of a file holds one request.

    `cells` has the cell (A1) of every value by its JSON pointer, where it was read from a book. `decisions` are those
    of the stages of the assessment up to the open one; `restoration` is what its 復活要求 asks for. A NO that is
    `provisional` (仮) may be another one tomorrow.
    """

    request: Request
    source: Place
    cells: Mapping[str, str | None] = field(default_factory=dict, compare=False, repr=False)
    decisions: tuple[StageDecision, ...] = ()
    restoration: Restoration | None = None
    provisional: bool = False

    @property
    def decision(self) -> StageDecision | None:
        """Return the decision of the last stage that there is, None where nobody has one to make."""
        return self.decisions[-1] if self.decisions else None


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A request that finance must know of: not counted, or counted in spite of its errors."""

    row: SummaryRow
    why: str


@dataclass(frozen=True, slots=True)
class Intake:
    """The counts of one run.

    `files` are the books and JSON that were read, `untouched` their blank sheets, `counted` the
    requests in the totals (`requested`, in the form's `unit`), of which `anyway` have errors; `left_out` are 未算入,
    `again` stand in another book already and are no requests of their own.
    """

    files: int = 0
    left_out: tuple[Doubtful, ...] = ()
    anyway: tuple[Doubtful, ...] = ()
    status: Status = field(default_factory=Status)
    again: tuple[Doubtful, ...] = ()
    counted: int = 0
    requested: Money = _ZERO
    untouched: int = 0
    unit: str = "千円"

    @property
    def requests(self) -> int:
        """Return how many requests were handed in, each once: counted ones and those 未算入."""
        return self.counted + len(self.left_out)

    @property
    def apart(self) -> tuple[tuple[str, tuple[Doubtful, ...]], ...]:
        """Return the requests that finance must know of, and what each kind is called."""
        return (
            (LEFT_OUT, self.left_out),
            ("誤りのまま算入", self.anyway),
            (AGAIN, self.again),
        )

    @property
    def asked(self) -> Money:
        """Return what they ask for together."""
        return Money(self.requested + asked(self.left_out))


def asked(rows: Iterable[Doubtful]) -> Money:
    """Return what these requests ask for together; an amount not given adds nothing."""
    return Money(sum(one.row.request.requested for one in rows))
