"""Where the form stands in a sheet now: names first, then what they say of rows and columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from yosan_xl.excel.ooxml.book import Book, Sheet
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Group, Plan, Slot

_MOST_ADDED = 1000
"""More inserted rows in a group of line items than anybody has use for."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A request sheet and the present place of each slot that is still there, by name.

    `reason_areas` are the cells, by kind of check, in which staff say why a 要確認 is right.
    `rows` and `columns` tell where those of the Plan that are known by a name stand now.
    """

    sheet: Sheet
    plan: Plan
    areas: Mapping[str, Area]
    reason_areas: Mapping[str, Area]
    rows: Mapping[int, int]
    columns: Mapping[int, int]

    @property
    def lost(self) -> tuple[Slot, ...]:
        """The slots that are gone."""
        return tuple(slot for slot in self.plan.slots if slot.name not in self.areas)

    @property
    def moved(self) -> bool:
        """Tell whether rows or columns were inserted or deleted."""
        return any(
            (area.top, area.left) != (slot.area.top, slot.area.left)
            or (slot.repeats and area.height != slot.area.height)
            for slot in self.plan.slots
            if (area := self.areas.get(slot.name))
        )

    def ref(self, name: str) -> str:
        """Give how a formula names the present place of a slot; raise KeyError where it is gone."""
        slot = self.plan.by_name()[name]
        return self.areas[name].a1() if slot.repeats else self.areas[name].first

    def place(self, area: Area) -> tuple[int, int] | None:
        """Give where the first cell of a planned area stands now; None where that is not known."""
        row, column = self.rows.get(area.top), self.columns.get(area.left)
        return None if row is None or column is None else (row, column)


def _rows(plan: Plan, areas: Mapping[str, Area]) -> dict[int, int]:
    """Give where each row of the Plan that is known by a name stands now.

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


def names_of(book: Book, sheet: Sheet) -> Mapping[str, Area]:
    """Give the areas of the names scoped to a sheet that still point into that sheet."""
    return book.areas(sheet.name)


def build_skeleton(book: Book, sheet: Sheet, plan: Plan) -> Skeleton:
    """Find the slots of a Plan in a sheet: by their names, or where it has none by its labels."""
    present = names_of(book, sheet) if has_names(book, sheet, plan) else _as_planned(plan)
    areas = {slot.name: present[slot.name] for slot in plan.slots if slot.name in present}
    for group in plan.groups:
        _align(areas, group)
    return Skeleton(
        sheet,
        plan,
        areas,
        {
            check.kind: area
            for check in plan.checks
            if (area := present.get(check.reason_name or ""))
        },
        _rows(plan, areas),
        _columns(plan, areas),
    )


def has_names(book: Book, sheet: Sheet, plan: Plan) -> bool:
    """Tell whether a sheet is a request sheet by its names, though some may be lost."""
    return not plan.by_name().keys().isdisjoint(names_of(book, sheet))


def has_labels(sheet: Sheet, plan: Plan) -> bool:
    """Tell whether every label of the form stands at its place in a sheet."""
    return all(
        words(sheet.text(label.area.top, label.area.left)) == words(label.text)
        for label in plan.labels
    )


def _align(areas: dict[str, Area], group: Group) -> None:
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


def _as_planned(plan: Plan) -> dict[str, Area]:
    places = {slot.name: slot.area for slot in plan.slots}
    reasons = {check.reason_name: check.reason for check in plan.checks if check.reason_name}
    return {**places, **reasons}


def words(text: str) -> str:
    """Give a label without its white space, as labels are compared."""
    return "".join(text.split())
