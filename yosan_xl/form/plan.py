"""A Plan: every cell of a request sheet, computed once from a definition; and the lists of choices that
a book is handed out with.

The writer loops over it, the reader loops over it; nobody else knows a coordinate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from yosan_xl.form.area import Area
from yosan_xl.form.definition import FieldKind, FilledBy, Role
from yosan_xl.form.relation import CellFormula
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.settings import Settings


class RowRole(Enum):
    """What a row is; excel/layout.py gives each its height."""

    TOOLS = "tools"
    TITLE = "title"
    HEAD = "head"
    BODY = "body"


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A locked text of the form. `group` is the group of line items it belongs to, if any."""

    area: Area
    text: str
    role: Role
    group: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A place for a value: a (merged) cell, or with `repeats` a column of line items.

    `name` is its defined name, scoped to the sheet; `pointer` its place in the request document
    (`/lines/*/requested` for a column of line items, None for a display).
    """

    name: str
    pointer: str | None
    label: str
    kind: FieldKind
    by: FilledBy
    area: Area
    repeats: bool = False
    group: int | None = None
    choices: str | None = None
    max_length: int | None = None
    required: bool = False
    hint: str = ""
    formula: CellFormula | None = None
    number: int | None = None

    @property
    def is_entry(self) -> bool:
        """Return whether staff of a department fill it: then, and only then, it is unlocked."""
        return self.by is FilledBy.DEPARTMENT

    @property
    def ref(self) -> str:
        """Where its values stand, as a formula names it: `K6:K13`, or the first cell if merged."""
        return self.area.a1() if self.repeats else self.area.first

    def cells(self) -> tuple[Area, ...]:
        """Return its cells, one a row where it repeats."""
        if not self.repeats:
            return (self.area,)
        return tuple(self.area.row(index) for index in range(self.area.height))


@dataclass(frozen=True, slots=True, eq=False)
class LineGroup:
    """A group of line items on the sheet.

    `part` is its name; an optional group says in the slot `part_slot` whether it has one.
    `columns` and `subtotals` give slot names by the key of the amount (`requested`, ...).
    """

    part: str
    part_slot: str | None
    rows: int
    columns: Mapping[str, str]
    subtotals: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """A line of the checks panel; `reason_name` is the entry cell for why a 要確認 is right."""

    kind: str
    label: str
    weight: str
    advice: str
    mark_name: str
    reason_name: str | None
    mark: Area
    advice_area: Area
    reason: Area


@dataclass(frozen=True, slots=True, eq=False)
class Counter:
    """The counter of a prose block, in the checks panel."""

    slot: str
    area: Area


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A request sheet: widths in em, rows, labels, slots, groups, and the area that is printed.

    `order` is the order of the request document's pointers; `panel` the version of the formulas in
    the checks panel (form/checks.py), which moves no cell.
    """

    form_id: str
    version: int
    sha256: str
    title: str
    sheet: str
    widths: tuple[float, ...]
    rows: tuple[RowRole, ...]
    print_area: Area
    labels: tuple[Label, ...]
    slots: tuple[Slot, ...]
    groups: tuple[LineGroup, ...]
    checks: tuple[Check, ...]
    counters: tuple[Counter, ...]
    status: Area
    order: tuple[str, ...]
    panel: int
    _by_name: dict[str, Slot] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the slots by their name, for the many look-ups of a sheet."""
        object.__setattr__(self, "_by_name", {slot.name: slot for slot in self.slots})

    def ref(self, name: str) -> str:
        """Return how a formula names the place of a slot; raise KeyError if there is none."""
        return self._by_name[name].ref

    def counted(self) -> tuple[Slot, ...]:
        """Return the prose blocks that have a counter."""
        slots = self.by_name()
        return tuple(slots[counter.slot] for counter in self.counters)

    def by_name(self) -> Mapping[str, Slot]:
        """Return every slot by its defined name."""
        return self._by_name


YEARS_BACK, YEARS_AHEAD = 10, 40
"""How far the years of a 債務負担行為 may lie from the fiscal year."""

KAN = "kan/"
"""Before the name of an account: the list of its 款."""

Lists = dict[str, tuple[str, ...]]
"""The names of each list of choices; the 款 of an account are under `kan/<account>`."""


def lists_of(settings: Settings, plan: Plan) -> Lists:
    """Return the lists of a year."""
    first = settings.year.western - YEARS_BACK
    last = settings.year.western + YEARS_AHEAD
    parts = {
        f"part{number}": (group.part,)
        for number, group in enumerate(plan.groups, 1)
        if group.part_slot
    }
    return {
        "accounts": tuple(account.name for account in settings.accounts),
        "categories": settings.categories,
        "years": tuple(FiscalYear(year).label for year in range(first, last + 1)),
        **parts,
        **{f"{KAN}{account.name}": account.kan for account in settings.accounts},
    }
