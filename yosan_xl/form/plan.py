"""A Plan: every cell of a request sheet, computed once from a definition.

The writer loops over it, the reader loops over it; nobody else knows a coordinate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from yosan_xl.form.area import Area
from yosan_xl.form.definition import FieldKind, FilledBy, Role
from yosan_xl.form.relation import CellFormula
from yosan_xl.model.axes import Axes, ToldRelation


class RowRole(Enum):
    """What a row is; excel/layout/page.py gives each its height."""

    TOOLS = "tools"
    TITLE = "title"
    HEAD = "head"
    BODY = "body"


class Room(NamedTuple):
    """What surely shows of free text in a cell of a very sheet: full-width characters on a line, and lines.

    Of a column of a list, `rows` are the lines of each of its rows, and `lines` the fewest of them.
    """

    per_line: int
    lines: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A locked text of the form. `group` is the group of rows (of `Plan.groups`) it belongs to, if any."""

    area: Area
    text: str
    role: Role
    group: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A place for a value: a (merged) cell, or with `repeats` a column of a list.

    `name` is its defined name, scoped to the sheet; `pointer` its place in the request document
    (`/lines/*/requested` for a column of a list, None for a display). Of a list's column or 小計, `list` and
    `column` are their keys and `group` the place in `Plan.groups`. `under` is the name of the slot on which its
    choices depend, `not_more` of the column of the same group that it may not go beyond.
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
    list: str | None = None
    column: str | None = None
    meaning: str | None = None
    private: bool = False
    picture: str | None = None
    decimals: int = 0
    under: str | None = None
    not_more: str | None = None

    @property
    def is_entry(self) -> bool:
        """Return whether staff of a department fill it: then, and only then, it is unlocked."""
        return self.by is FilledBy.DEPARTMENT

    @property
    def is_handed_out(self) -> bool:
        """Return whether a book comes with it: it is finance's, or of the year before."""
        return self.by in (FilledBy.FINANCE, FilledBy.PRIOR)

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
    """A group of rows of a list on the sheet.

    `name` is what it is called, None for rows that have no groups; an optional group says in the slot
    `group_slot` whether it is called so. `columns` gives slot names by the keys of the columns, `subtotals`
    those of 小計 by the keys of the columns that have one.
    """

    list: str
    name: str | None
    group_slot: str | None
    rows: int
    columns: Mapping[str, str]
    subtotals: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """A line of the checks panel; `reason_name` is the entry cell for why a 要確認 is right.

    `kind` is what it is called in names, `test` what it looks at (form/check_kinds.py).
    """

    kind: str
    test: str
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
    """The counter of a text, in the checks panel.

    The cell `room`, called `room_name`, holds what of the text its own cells show; older panels have none.
    """

    slot: str
    area: Area
    room: Area | None = None
    room_name: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A request sheet: widths in em, rows, labels, slots, groups, and the area that is printed.

    `order` is the order of the request document's pointers; `panel` the version of the formulas in
    the checks panel (form/checks.py), which moves no cell. `choices` are the form's own lists of choices,
    `prefecture` the 都, 道, 府 or 県 that it says, if it does. The columns `elastic` share the room that is left
    on the page; where there are none, all grow.
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
    axes: Axes
    paper: str
    vocabulary: int
    prefecture: str | None
    choices: Mapping[str, tuple[str, ...]]
    told: tuple[ToldRelation, ...]
    elastic: tuple[int, ...]
    _by_name: dict[str, Slot] = field(init=False, repr=False, compare=False)
    _by_pointer: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the slots by their name and by their pointer, for the many look-ups of a sheet."""
        object.__setattr__(self, "_by_name", {slot.name: slot for slot in self.slots})
        names: dict[str, tuple[str, ...]] = {}
        for slot in self.slots:
            if slot.pointer:
                names[slot.pointer] = (*names.get(slot.pointer, ()), slot.name)
        object.__setattr__(self, "_by_pointer", names)

    def ref(self, name: str) -> str:
        """Return how a formula names the place of a slot; raise KeyError if there is none."""
        return self._by_name[name].ref

    def names_at(self, pointer: str | None) -> tuple[str, ...]:
        """Return the slots of a pointer: one for each group of a list where it is a column's (`/lines/*/requested`)."""
        return self._by_pointer.get(pointer or "", ())

    def slot_at(self, pointer: str | None) -> Slot | None:
        """Return the slot of a single field by its pointer, None where there is none."""
        names = self.names_at(pointer)
        return self._by_name[names[0]] if len(names) == 1 else None

    def slot_of(self, meaning: str) -> Slot | None:
        """Return the slot of the field of a meaning, None where there is none."""
        return self.slot_at(self.axes.meanings.get(meaning))

    def groups_of(self, key: str) -> tuple[LineGroup, ...]:
        """Return the groups of a list."""
        return tuple(group for group in self.groups if group.list == key)

    @property
    def has_rooms(self) -> bool:
        """Return whether its panel says what the cells show of texts."""
        return any(counter.room for counter in self.counters)

    def counted(self) -> tuple[Slot, ...]:
        """Return the prose blocks that have a counter."""
        slots = (self.by_name()[counter.slot] for counter in self.counters)
        return tuple(s for s in slots if s.kind is FieldKind.PROSE and not s.repeats)

    def by_name(self) -> Mapping[str, Slot]:
        """Return every slot by its defined name."""
        return self._by_name
