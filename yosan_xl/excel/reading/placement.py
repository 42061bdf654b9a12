"""Where the form stands in a sheet, and what is found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from yosan_xl.excel.ooxml.book import Book, Names, Sheet
from yosan_xl.form.area import Area, a1
from yosan_xl.form.plan import LineGroup, Plan, Slot
from yosan_xl.model.finding import Code, Finding, Place
from yosan_xl.model.text import shortened

Spot = tuple[int, int]
"""Row and column of a cell, 0-based."""

_MOST_ADDED = 1000
"""More inserted rows in a group of line items than anybody has use for."""

_USUAL = 2_000
"""Names of a book whose placements are remembered: 20 sheets have so many."""


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """The present place of each slot that is still there, by name.

    `spots` are its cells, one a row where it repeats, and `cells` their names (A1). `reason_areas` are the cells, by kind of check, in which staff say
    why a 要確認 is right, `marks` the marks of the checks panel, `rooms` by slot its cells that say what shows of a text.
    `rows` and `columns` tell where those of the Plan that are known by a name stand now.
    `moved` tells whether rows or columns were inserted or deleted, `by_names` whether names say so.
    """

    plan: Plan
    areas: Mapping[str, Area]
    spots: Mapping[str, tuple[Spot, ...]]
    cells: Mapping[str, tuple[str, ...]]
    reason_areas: Mapping[str, Area]
    marks: Mapping[str, Area]
    rooms: Mapping[str, Area]
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    moved: bool
    by_names: bool

    @property
    def lost(self) -> tuple[Slot, ...]:
        """The slots that are gone."""
        return tuple(slot for slot in self.plan.slots if slot.name not in self.areas)

    def ref(self, name: str) -> str:
        """Return how a formula names the present place of a slot; raise KeyError where it is gone."""
        slot = self.plan.by_name()[name]
        return self.areas[name].a1() if slot.repeats else self.areas[name].first

    def spot(self, area: Area) -> Spot | None:
        """Return where the first cell of a planned area stands now; None where that is not known."""
        row, column = self.rows.get(area.top), self.columns.get(area.left)
        return None if row is None or column is None else (row, column)


@lru_cache(maxsize=64)
def merged_fields(at: Placement) -> tuple[tuple[Slot, Area], ...]:
    """Return the merged cells of fields as they were planned, where they stand now.

    A name tells of the first cell alone.
    """
    found: list[tuple[Slot, Area]] = []
    for slot in at.plan.slots:
        width, height = slot.area.right - slot.area.left, 1 if slot.repeats else slot.area.height
        for top, left in at.spots.get(slot.name, ()):
            area = Area(top, left, top + height - 1, left + width)
            if not area.is_single:
                found.append((slot, area))
    return tuple(found)


def placement_by_names(names: Names, sheet: str, plan: Plan) -> Placement | None:
    """Place a Plan by the names scoped to a sheet; None where not one of them is of the form."""
    usual = len(names.every) <= _USUAL
    return (_remembered if usual else _by_names)(names, sheet, plan)


def _by_names(names: Names, sheet: str, plan: Plan) -> Placement | None:
    present = names.areas(sheet)
    if plan.by_name().keys().isdisjoint(present):
        return None
    return _placed(present, plan, by_names=True)


_remembered = lru_cache(maxsize=128)(_by_names)


@lru_cache(maxsize=16)
def planned_placement(plan: Plan) -> Placement:
    """Place a Plan just where it was planned."""
    places = {slot.name: slot.area for slot in plan.slots}
    reasons = {check.reason_name: check.reason for check in plan.checks if check.reason_name}
    rooms = {c.room_name: c.room for c in plan.counters if c.room_name and c.room}
    return _placed({**places, **reasons, **rooms}, plan, by_names=False)


def _placed(present: Mapping[str, Area], plan: Plan, *, by_names: bool) -> Placement:
    areas = {slot.name: present[slot.name] for slot in plan.slots if slot.name in present}
    for group in plan.groups:
        _align(areas, group)
    slots, checks = plan.by_name(), plan.checks
    spots = {name: _spots(area, slots[name]) for name, area in areas.items()}
    return Placement(
        plan=plan,
        areas=areas,
        spots=spots,
        cells={name: tuple(a1(*spot) for spot in own) for name, own in spots.items()},
        reason_areas={c.kind: area for c in checks if (area := present.get(c.reason_name or ""))},
        marks={c.kind: area for c in checks if (area := present.get(c.mark_name))},
        rooms={c.slot: a for c in plan.counters if (a := present.get(c.room_name or ""))},
        rows=_rows(plan, areas),
        columns=_columns(plan, areas),
        moved=_moved(plan, areas),
        by_names=by_names,
    )


def _spots(area: Area, slot: Slot) -> tuple[Spot, ...]:
    bottom = area.bottom if slot.repeats else area.top
    return tuple((row, area.left) for row in range(area.top, bottom + 1))


def _moved(plan: Plan, areas: Mapping[str, Area]) -> bool:
    return any(
        (area.top, area.left) != (slot.area.top, slot.area.left)
        or (slot.repeats and area.height != slot.area.height)
        for slot in plan.slots
        if (area := areas.get(slot.name))
    )


def _rows(plan: Plan, areas: Mapping[str, Area]) -> dict[int, int]:
    """Return where each row of the Plan that is known by a name stands now.

    A group of line items of another height does not tell which of its rows are new or gone.
    """
    rows: dict[int, int] = {}
    for slot in plan.slots:
        area = areas.get(slot.name)
        if area and not slot.repeats:
            rows[slot.area.top] = area.top
        elif area and area.height == slot.area.height:
            for offset in range(area.height):
                rows.setdefault(slot.area.top + offset, area.top + offset)
    return rows


def _columns(plan: Plan, areas: Mapping[str, Area]) -> dict[int, int]:
    columns: dict[int, int] = {}
    for slot in plan.slots:
        area = areas.get(slot.name)
        if area:
            columns.setdefault(slot.area.left, area.left)
    return columns


def _align(areas: dict[str, Area], group: LineGroup) -> None:
    """Let the columns of a group have the same rows, so that a line is always one row.

    A cell that is cut and pasted takes the end of its column's name with it; a column that stands
    at other rows altogether is lost.
    """
    own = {name: areas[name] for name in group.columns.values() if name in areas}
    if not own:
        return
    rows = Counter((area.top, area.bottom) for area in own.values())
    top, bottom = rows.most_common(1)[0][0]
    for name, area in own.items():
        if area.bottom < top or area.top > bottom or bottom - top > group.rows + _MOST_ADDED:
            del areas[name]
        else:
            areas[name] = Area(top, area.left, bottom, area.right)


@dataclass(frozen=True, slots=True)
class PlacedSheet:
    """A request sheet, and the present place of each slot of its form."""

    sheet: Sheet
    at: Placement

    @property
    def plan(self) -> Plan:
        """The form as it was handed out."""
        return self.at.plan

    @property
    def areas(self) -> Mapping[str, Area]:
        """The present place of each slot that is still there, by name."""
        return self.at.areas


def place_form(book: Book, sheet: Sheet, plan: Plan) -> PlacedSheet:
    """Find the slots of a Plan in a sheet: by their names, or where it has none by its labels."""
    return PlacedSheet(
        sheet, placement_by_names(book.names, sheet.name, plan) or planned_placement(plan)
    )


def is_request_sheet(book: Book, sheet: Sheet, plan: Plan) -> bool:
    """Return whether a sheet is a request sheet: by its names, though some may be lost, or its labels."""
    named = placement_by_names(book.names, sheet.name, plan)
    return named is not None or has_labels(sheet, plan)


def has_labels(sheet: Sheet, plan: Plan) -> bool:
    """Return whether every label of the form stands at its place in a sheet."""
    return all(
        words(sheet.text(label.area.top, label.area.left)) == words(label.text)
        for label in plan.labels
    )


def words(text: str) -> str:
    """Return a label without its white space, as labels are compared."""
    return "".join(text.split())


_QUOTED = 400
"""More characters than a formula of the form has, so that these are quoted whole."""

_NAMED = 3
"""How many cells or labels a finding names."""


@dataclass(slots=True)
class SheetFindings:
    """The findings of a sheet, in the order in which they were made."""

    file: str
    sheet: str
    found: list[Finding] = field(default_factory=list)

    def of_sheet(self, code: Code, pointer: str | None = None, **facts: object) -> None:
        """Report the sheet as a whole."""
        self.found.append(code.at(Place(self.file, self.sheet), pointer, **facts))

    def at(self, code: Code, spot: Spot, pointer: str | None, facts: Mapping[str, object]) -> None:
        """Report a cell."""
        place = Place(self.file, self.sheet, a1(*spot))
        shown = {key: _shortened(fact) for key, fact in facts.items()}
        self.found.append(code.at(place, pointer, **shown))

    def at_all(self, code: Code, spots: Sequence[Spot], **facts: object) -> None:
        """Report many cells once, and nothing of none."""
        if spots:
            cells = "、".join(a1(*spot) for spot in spots[:_NAMED])
            self.at(code, spots[0], None, {"cells": f"{cells}{_more(len(spots))}", **facts})


def listed(labels: Sequence[str]) -> str:
    """Return labels as a sentence names them, the first of them where there are many."""
    return "".join(f"「{label}」" for label in labels[:_NAMED]) + _more(len(labels))


def _more(number: int) -> str:
    return f"など{number}か所" if number > _NAMED else ""


def _shortened(fact: object) -> object:
    """Return what a finding quotes: a cell may hold 100,000 characters, a line of a report cannot."""
    return shortened(fact, _QUOTED) if isinstance(fact, str) else fact
