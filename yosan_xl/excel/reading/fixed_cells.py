"""The cells of a form that nobody fills in: whether labels still say what they said, and what is locked still is."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from yosan_xl.excel.reading.placement import PlacedSheet, Placement, Spot, words
from yosan_xl.form import checks
from yosan_xl.form.area import Area, a1
from yosan_xl.form.plan import Counter, LineGroup, Plan, Slot
from yosan_xl.form.relation import normal_formula


class ChangedLabel(NamedTuple):
    """A label of the form, the cell it should stand in now, and what stands there instead."""

    expected: str
    cell: tuple[int, int]
    found: str


class _Span(NamedTuple):
    """Where a label may stand in its row: in `columns`, and if none was inserted, at `usual`.

    `gone` tells that there is no room left for it: its column was deleted.
    """

    columns: range
    usual: int
    gone: bool


class _Expected(NamedTuple):
    text: str
    row: int
    span: _Span
    usual: Spot


def changed_labels(placed: PlacedSheet) -> list[ChangedLabel]:
    """Return the labels that say something else, of those whose row and column are known."""
    return [
        ChangedLabel(
            expected.text, (expected.row, span.usual), placed.sheet.text(expected.row, span.usual)
        )
        for expected in _missing(placed)
        if not (span := expected.span).gone
    ]


def lost_labels(placed: PlacedSheet) -> list[str]:
    """Return the labels whose column was deleted."""
    return [expected.text for expected in _missing(placed) if expected.span.gone]


def is_emptied(placed: PlacedSheet) -> bool:
    """Return whether most labels are gone: what a sheet then lacks is not what was left empty."""
    spots = [*compared(placed.at)]
    return sum(spot not in placed.sheet.cells for spot in spots) * 2 > len(spots)


def compared(at: Placement) -> Iterator[Spot]:
    """Return the cells whose labels are compared; a change there has a finding of its own."""
    return (expected.usual for expected in _expected(at))


def mistaken(placed: PlacedSheet) -> Iterator[tuple[Slot, str]]:
    """Return the fields beside which another field's label stands now, and that label.

    Where rows or columns are inserted or deleted, a label goes along with its field: only a name that was
    made to say another cell, or a cell that was cut and pasted, parts the two.
    """
    if not placed.at.moved:
        return
    plan, text = placed.plan, placed.sheet.text
    planned = {(one.area.top, one.area.left): one.text for one in plan.labels}
    known = {words(label): label for label in planned.values() if len(words(label)) > 1}
    fields = {spot for spots in placed.at.spots.values() for spot in spots}
    wanted = Tally(map(words, planned.values()))
    stand = Tally(words(c.text) for spot, c in placed.sheet.cells.items() if spot not in fields)
    # A label that was written over is told as that; the next one is not this field's.
    gone = {label for key, label in known.items() if stand[key] < wanted[key]}

    def now(spot: Spot) -> str | None:
        return None if spot in fields else known.get(words(text(*spot)))

    def then(spot: Spot) -> str | None:
        return known.get(words(planned.get(spot, "")))

    for slot in (slot for slot in plan.slots if not slot.repeats and slot.name in placed.areas):
        area = placed.areas[slot.name]
        for row, column in ((0, 1), (1, 0)):
            expected = _nearest(then, (slot.area.top, slot.area.left), row, column)
            found = _nearest(now, (area.top, area.left), row, column)
            if expected and found and expected != found and expected not in gone:
                yield slot, found
                break


_FARTHEST = 60
"""Rows or columns between a field and its label, with all that anybody inserts."""


def _nearest(label: Callable[[Spot], str | None], spot: Spot, row: int, column: int) -> str | None:
    """Return the first label to the left of a cell, or above it."""
    spots = ((spot[0] - n * row, spot[1] - n * column) for n in range(1, _FARTHEST))
    inside = takewhile(lambda one: min(one) >= 0, spots)
    return next(filter(None, map(label, inside)), None)


def short_groups(placed: PlacedSheet) -> Iterator[LineGroup]:
    """Return the groups of line items that lost a row."""
    for group in placed.plan.groups:
        areas = (placed.areas.get(name) for name in group.columns.values())
        if any(area and area.height < group.rows for area in areas):
            yield group


def _missing(placed: PlacedSheet) -> Iterator[_Expected]:
    said = placed.sheet.cells.get
    for expected in _expected(placed.at):
        # Nearly every label stands word for word where it did.
        here = said(expected.usual)
        if (here is None or here.text != expected.text) and not _stands(placed, expected):
            yield expected


def _stands(placed: PlacedSheet, expected: _Expected) -> bool:
    text, wanted = placed.sheet.text, words(expected.text)
    return any(words(text(expected.row, column)) == wanted for column in expected.span.columns)


@lru_cache(maxsize=64)
def _expected(at: Placement) -> tuple[_Expected, ...]:
    """Return the labels whose row and column are known, and where they may stand."""
    spans = {
        column: _span(at.columns, column)
        for column in {label.area.left for label in at.plan.labels}
    }
    return tuple(
        _Expected(label.text, row, span, (row, span.usual if span.usual in span.columns else -1))
        for label in at.plan.labels
        if label.text
        and (row := at.rows.get(label.area.top)) is not None
        and (span := spans[label.area.left])
    )


def _span(columns: Mapping[int, int], column: int) -> _Span | None:
    """Place a column of labels between its known neighbours; None where none is on its right."""
    if column in columns:
        here = columns[column]
        return _Span(range(here, here + 1), here, gone=False)
    left = max((known for known in columns if known < column), default=None)
    right = min((known for known in columns if known > column), default=None)
    if right is None:
        return None
    usual = columns[right] - (right - column)
    first = column if left is None else columns[left] + column - left
    start = 0 if left is None else columns[left] + 1
    return _Span(range(start, columns[right]), usual, gone=usual < first)


def unlocked(placed: PlacedSheet) -> list[Spot]:
    """Return the cells of labels, of finance and of formulas whose lock was taken off."""
    sheet, cell_at, blank_at = placed.sheet, placed.sheet.cells.get, placed.sheet.blanks.get
    open_styles = {style for style, looks in enumerate(sheet.formats) if not looks.locked}
    open_blanks = {*map(str, open_styles), None}
    doubtful = [
        spot
        for spot, address in _locked_spots(placed.at)
        if (
            cell.style in open_styles
            if (cell := cell_at(spot))
            else blank_at(address) in open_blanks
        )
    ]
    return [spot for spot in doubtful if not sheet.locked(*spot)]


def changed_panel(placed: PlacedSheet) -> list[Spot]:
    """Return the cells of the checks panel that no longer hold the formula handed out.

    Where rows were inserted or deleted, only the marks are looked at, which have names; where it
    was columns or line items, none is, since the panel asks for widths and row by row.
    A sheet from a book of another version, copied into this one, has its own panel still.
    """
    own = _changed(placed, placed.plan.panel)
    return own if own and _is_of_no_version(placed) else []


def is_other_panel(placed: PlacedSheet, panel_sha: str) -> bool:
    """Return whether the panel no longer has the formulas of which that is the SHA-256.

    Of a version that is not known this is all that can be told; where cells moved, nothing can.
    """
    spots = (spot for spot, _ in _planned_panel(placed.plan, placed.plan.panel))
    found = [placed.sheet.cell(*spot).formula or "" for spot in spots]
    same = checks.formulas_sha256(found, placed.sheet.name) == panel_sha
    return not same and not placed.at.moved and _is_of_no_version(placed)


def _is_of_no_version(placed: PlacedSheet) -> bool:
    known = checks.versions(check.test for check in placed.plan.checks)
    return all(_changed(placed, version) for version in known)


def _changed(placed: PlacedSheet, version: int) -> list[Spot]:
    panel = _panel(placed.at, version)
    return [spot for spot, expected in panel if not _is_same(placed, spot, expected)]


def panel_spots(at: Placement) -> Iterator[Spot]:
    """Return the cells of the panel that are compared; a change there has a finding of its own."""
    return (spot for spot, _ in _panel(at, at.plan.panel))


def _is_same(placed: PlacedSheet, spot: Spot, expected: str) -> bool:
    found = placed.sheet.cell(*spot).formula
    return found is not None and is_same_formula(found, placed.sheet.name, expected)


@lru_cache(maxsize=64)
def _panel(at: Placement, version: int) -> tuple[tuple[Spot, str], ...]:
    """Return the cells of the panel where the form stands now, and their formulas."""
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
    """Return the cells of the panel and their formulas, as the sheet is handed out."""
    formulas = checks.panel_formulas(replace(plan, panel=version))
    return tuple(((area.top, area.left), text) for area, text in formulas)


def _present_plan(at: Placement, version: int) -> Plan | None:
    """Return the Plan as the sheet stands now; None where more than whole rows has moved."""
    plan, areas = at.plan, at.areas
    same = all(
        slot.name in areas
        and areas[slot.name].left == slot.area.left
        and (areas[slot.name].height == slot.area.height or not slot.repeats)
        for slot in plan.slots
    )
    if not same or any(check.kind not in at.marks for check in plan.checks):
        return None
    if plan.has_rooms and not at.rooms:
        return None
    slots = tuple(replace(slot, area=_at(areas[slot.name], slot.area)) for slot in plan.slots)
    present = tuple(replace(check, mark=at.marks[check.kind]) for check in plan.checks)
    counters = tuple(_present_counters(at)) if plan.has_rooms else plan.counters
    return replace(plan, slots=slots, checks=present, counters=counters, panel=version)


def _present_counters(at: Placement) -> Iterator[Counter]:
    """Yield the counters where they stand now: in the row of their room, which has a name."""
    for counter in at.plan.counters:
        if room := at.rooms.get(counter.slot):
            area = Area(room.top, counter.area.left, room.top, counter.area.right)
            yield replace(counter, area=area, room=room)


def _at(present: Area, planned: Area) -> Area:
    """Return an area as large as planned where it stands now: a name tells of its first cell."""
    top, left = present.top, present.left
    return Area(top, left, top + planned.height - 1, left + planned.right - planned.left)


@lru_cache(maxsize=64)
def _locked_spots(at: Placement) -> tuple[tuple[Spot, str], ...]:
    """Return the cells that must be locked, with their addresses (A1)."""
    rooms = ((area.top, area.left) for area in at.rooms.values())
    spots = (*(at.spot(area) for area in _locked_areas(at.plan)), *rooms)
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


def is_same_formula(found: str, own_sheet: str, expected: str) -> bool:
    """Return whether a cell's formula is the one expected (with `=`), however a program spells it."""
    return f"={found}" == expected or normal_formula(found, own_sheet) == normal_formula(
        expected, ""
    )
