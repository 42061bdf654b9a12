"""Whether the cells that staff must not change are still locked, and the checks panel still checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.excel.reading.tamper import normal_formula
from yosan_xl.form import checks
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Plan

Place = tuple[int, int]


def unlocked(skeleton: Skeleton) -> list[Place]:
    """Give the cells of labels, of finance and of formulas whose lock was taken off."""
    places = (skeleton.place(area) for area in _locked_areas(skeleton.plan))
    return [place for place in places if place and not skeleton.sheet.locked(*place)]


def changed_panel(skeleton: Skeleton, book_names: Mapping[str, Area]) -> list[Place]:
    """Give the cells of the checks panel that no longer hold the formula handed out.

    Where rows were inserted or deleted, only the marks are looked at, which have names; where it
    was columns or line items, none is, since the panel asks for widths and row by row.
    """
    return [
        place
        for place, expected in _expected(skeleton, book_names)
        if not _is_same(skeleton, place, expected)
    ]


def _is_same(skeleton: Skeleton, place: Place, expected: str) -> bool:
    found = skeleton.sheet.cell(*place).formula
    if found is None:
        return False
    own = skeleton.sheet.name
    return f"={found}" == expected or normal_formula(found, own) == normal_formula(expected, "")


def _expected(skeleton: Skeleton, names: Mapping[str, Area]) -> Iterator[tuple[Place, str]]:
    if not skeleton.moved:
        yield from _panel(skeleton.plan)
        return
    present = _present_plan(skeleton, names)
    if present is not None:
        for check in present.checks:
            yield (check.mark.top, check.mark.left), checks.check_formula(check, present)


@lru_cache(maxsize=16)
def _panel(plan: Plan) -> tuple[tuple[Place, str], ...]:
    """Give the cells of the panel and their formulas, as the sheet is handed out."""
    slots = plan.by_name()
    formulas = [
        *((check.mark, checks.check_formula(check, plan)) for check in plan.checks),
        *((check.advice_area, checks.advice_formula(check)) for check in plan.checks),
        *((c.area, checks.counter_formula(slots[c.slot], plan)) for c in plan.counters),
        (plan.status, checks.status_formula(plan)),
    ]
    return tuple(((area.top, area.left), text) for area, text in formulas)


def _present_plan(skeleton: Skeleton, names: Mapping[str, Area]) -> Plan | None:
    """Give the Plan as the sheet stands now; None where more than whole rows has moved."""
    plan, areas = skeleton.plan, skeleton.areas
    same = all(
        slot.name in areas
        and areas[slot.name].left == slot.area.left
        and (areas[slot.name].height == slot.area.height or not slot.repeats)
        for slot in plan.slots
    )
    if not same or any(check.mark_name not in names for check in plan.checks):
        return None
    slots = tuple(replace(slot, area=_at(areas[slot.name], slot.area)) for slot in plan.slots)
    present = tuple(replace(check, mark=names[check.mark_name]) for check in plan.checks)
    return replace(plan, slots=slots, checks=present)


def _at(present: Area, planned: Area) -> Area:
    """Give an area as large as planned where it stands now: a name tells of its first cell."""
    top, left = present.top, present.left
    return Area(top, left, top + planned.height - 1, left + planned.right - planned.left)


@lru_cache(maxsize=16)
def _locked_areas(plan: Plan) -> tuple[Area, ...]:
    return (
        *(label.area for label in plan.labels),
        *(cell for slot in plan.slots if not slot.is_entry for cell in slot.cells()),
        *(area for check in plan.checks for area in (check.mark, check.advice_area)),
        *(check.reason for check in plan.checks if not check.reason_name),
        *(counter.area for counter in plan.counters),
        plan.status,
    )
