"""Whether the cells that staff must not change are still locked, and the checks panel still checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from yosan_xl.excel.reading.placement import Placement, Spot
from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.excel.reading.tamper import is_same_formula
from yosan_xl.form import checks
from yosan_xl.form.area import Area, a1
from yosan_xl.form.plan import Plan


def unlocked(skeleton: Skeleton) -> list[Spot]:
    """Give the cells of labels, of finance and of formulas whose lock was taken off."""
    sheet, cell_at, blank_at = skeleton.sheet, skeleton.sheet.cells.get, skeleton.sheet.blanks.get
    open_styles = {style for style, looks in enumerate(sheet.formats) if not looks.locked}
    open_blanks = {*map(str, open_styles), None}
    doubtful = [
        spot
        for spot, address in _locked_spots(skeleton.at)
        if (
            cell.style in open_styles
            if (cell := cell_at(spot))
            else blank_at(address) in open_blanks
        )
    ]
    return [spot for spot in doubtful if not sheet.locked(*spot)]


def changed_panel(skeleton: Skeleton) -> list[Spot]:
    """Give the cells of the checks panel that no longer hold the formula handed out.

    Where rows were inserted or deleted, only the marks are looked at, which have names; where it
    was columns or line items, none is, since the panel asks for widths and row by row.
    A sheet from a book of another version, copied into this one, has its own panel still.
    """
    own = _changed(skeleton, skeleton.plan.panel)
    return own if own and _is_of_no_version(skeleton) else []


def is_other_panel(skeleton: Skeleton, panel_sha: str) -> bool:
    """Tell whether the panel no longer has the formulas of which that is the SHA-256.

    Of a version that is not known this is all that can be told; where cells moved, nothing can.
    """
    spots = (spot for spot, _ in _planned_panel(skeleton.plan, skeleton.plan.panel))
    found = [skeleton.sheet.cell(*spot).formula or "" for spot in spots]
    same = checks.formulas_sha256(found, skeleton.sheet.name) == panel_sha
    return not same and not skeleton.at.moved and _is_of_no_version(skeleton)


def _is_of_no_version(skeleton: Skeleton) -> bool:
    known = checks.versions(check.kind for check in skeleton.plan.checks)
    return all(_changed(skeleton, version) for version in known)


def _changed(skeleton: Skeleton, version: int) -> list[Spot]:
    panel = _panel(skeleton.at, version)
    return [spot for spot, expected in panel if not _is_same(skeleton, spot, expected)]


def panel_spots(at: Placement) -> Iterator[Spot]:
    """Return the cells of the panel that are compared; a change there has a finding of its own."""
    return (spot for spot, _ in _panel(at, at.plan.panel))


def _is_same(skeleton: Skeleton, spot: Spot, expected: str) -> bool:
    found = skeleton.sheet.cell(*spot).formula
    return found is not None and is_same_formula(found, skeleton.sheet.name, expected)


@lru_cache(maxsize=64)
def _panel(at: Placement, version: int) -> tuple[tuple[Spot, str], ...]:
    """Give the cells of the panel where the form stands now, and their formulas."""
    if not at.moved:
        return _planned_panel(at.plan, version)
    present = _present_plan(at, version)
    checked = present.checks if present else ()
    return tuple(
        ((check.mark.top, check.mark.left), checks.check_formula(check, present))
        for check in checked
        if present
    )


@lru_cache(maxsize=16)
def _planned_panel(plan: Plan, version: int) -> tuple[tuple[Spot, str], ...]:
    """Give the cells of the panel and their formulas, as the sheet is handed out."""
    formulas = checks.panel_formulas(replace(plan, panel=version))
    return tuple(((area.top, area.left), text) for area, text in formulas)


def _present_plan(at: Placement, version: int) -> Plan | None:
    """Give the Plan as the sheet stands now; None where more than whole rows has moved."""
    plan, areas = at.plan, at.areas
    same = all(
        slot.name in areas
        and areas[slot.name].left == slot.area.left
        and (areas[slot.name].height == slot.area.height or not slot.repeats)
        for slot in plan.slots
    )
    if not same or any(check.kind not in at.marks for check in plan.checks):
        return None
    slots = tuple(replace(slot, area=_at(areas[slot.name], slot.area)) for slot in plan.slots)
    present = tuple(replace(check, mark=at.marks[check.kind]) for check in plan.checks)
    return replace(plan, slots=slots, checks=present, panel=version)


def _at(present: Area, planned: Area) -> Area:
    """Give an area as large as planned where it stands now: a name tells of its first cell."""
    top, left = present.top, present.left
    return Area(top, left, top + planned.height - 1, left + planned.right - planned.left)


@lru_cache(maxsize=64)
def _locked_spots(at: Placement) -> tuple[tuple[Spot, str], ...]:
    """Give the cells that must be locked, with their addresses (A1)."""
    spots = (at.spot(area) for area in _locked_areas(at.plan))
    return tuple((spot, a1(*spot)) for spot in spots if spot is not None)


def _locked_areas(plan: Plan) -> tuple[Area, ...]:
    return (
        *(label.area for label in plan.labels),
        *(cell for slot in plan.slots if not slot.is_entry for cell in slot.cells()),
        *(area for check in plan.checks for area in (check.mark, check.advice_area)),
        *(check.reason for check in plan.checks if not check.reason_name),
        *(counter.area for counter in plan.counters),
        plan.status,
    )
