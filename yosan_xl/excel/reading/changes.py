"""What was changed in a sheet that nobody should change: names, labels, locks, formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import Cell, CellKind, figures
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.entries import numeral
from yosan_xl.excel.reading.fixed_cells import (
    changed_labels,
    changed_panel,
    is_other_panel,
    is_same_formula,
    lost_labels,
    mistaken,
    short_groups,
    unlocked,
)
from yosan_xl.excel.reading.issued import IssuedSheet
from yosan_xl.excel.reading.placement import PlacedSheet, Placement, SheetFindings, Spot, listed
from yosan_xl.excel.reading.shown import altered, unseen
from yosan_xl.form.checks import panel_sha256
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.relation import CellFormula, CellValue, Values
from yosan_xl.model.axes import ASKED
from yosan_xl.model.finding import Code
from yosan_xl.model.money import with_unit


class Change(NamedTuple):
    """A changed computed cell: how, at which present place, and the words of its message."""

    slot: Slot
    code: Code
    cell: tuple[int, int]
    facts: Mapping[str, object]


def changed_formulas(placed: PlacedSheet, values: Values, unsure: frozenset[str]) -> list[Change]:
    """Compare every computed cell with its formula and with the value computed anew.

    `unsure` are the slots whose cells have findings of their own: a saved result that rests on
    them is not compared, since that finding already says why it differs. A mistake that several
    computed cells show is told once.
    """
    changes = list(_changes(placed, values))
    formulas = _first_of_each_column(c for c in changes if c.code is not codes.STALE)
    unsure |= {change.slot.name for change in formulas} | {slot.name for slot in placed.at.lost}
    stale = (
        change
        for change in changes
        if change.code is codes.STALE and not unsure & rests_on(change.slot, placed.plan)
    )
    first = [*islice(stale, 1)]
    return formulas if first and uncalculated(placed, values) else [*formulas, *first]


def other_results(placed: PlacedSheet, values: Values, unsure: frozenset[str]) -> list[Change]:
    """Return the first computed cell of a book of values alone that differs from the value computed anew.

    Of its texts only errors count: LibreOffice saves 0 for a text into an .xls.
    """
    unsure |= {slot.name for slot in placed.at.lost}
    for computed in _computed(placed.at):
        slot, cell = computed.slot, placed.sheet.cell(*computed.spot)
        value = values.get(slot.name)
        if computed.expected is None or unsure & rests_on(slot, placed.plan):
            continue
        if not _agrees(cell, slot, value):
            facts = _shown_facts(slot, cell, value, placed.plan.axes.unit)
            return [Change(slot, codes.OTHER_RESULT, computed.spot, facts)]
    return []


def _agrees(cell: Cell, slot: Slot, value: CellValue | object) -> bool:
    """Return whether a cell without its formula says what was computed; 0 and nothing are one there."""
    if cell.kind is CellKind.ERROR or slot.kind is not FieldKind.MONEY:
        return cell.kind is not CellKind.ERROR
    is_nothing = cell.kind is CellKind.EMPTY or cell.number() == 0
    return _says(cell, value) or (is_nothing and not value)


def rests_on(slot: Slot, plan: Plan) -> frozenset[str]:
    """Return the slots that a computed slot rests on, through other computed ones."""
    slots = plan.by_name()
    names: set[str] = set()
    todo = _operands(slot)
    while todo:
        name = todo.pop()
        names.add(name)
        todo += _operands(slots[name])
    return frozenset(names)


@lru_cache(maxsize=16)
def summed_names(plan: Plan) -> frozenset[str]:
    """Return the slots that a formula of the sheet counts."""
    return frozenset(name for slot in plan.slots for name in _operands(slot))


def _operands(slot: Slot) -> list[str]:
    if slot.formula is None:
        return []
    return list(slot.formula.asks)


def _first_of_each_column(changes: Iterable[Change]) -> list[Change]:
    """Leave out a changed formula that shares a column with one before: a cell was moved there."""
    kept: list[Change] = []
    seen: set[str] = set()
    for change in changes:
        if change.code is codes.FORMULA_CHANGED:
            operands = set(_operands(change.slot))
            if operands & seen:
                continue
            seen |= operands
        kept.append(change)
    return kept


def _changes(placed: PlacedSheet, values: Values) -> Iterator[Change]:
    for computed in _computed(placed.at):
        change = _changed_formula(computed, placed, values.get(computed.slot.name))
        if change:
            yield Change(computed.slot, change[0], computed.spot, change[1])


def uncalculated(placed: PlacedSheet, values: Values) -> tuple[Spot, ...]:
    """Return where the formulas of a sheet stand, 合計 first, if not one has a saved result.

    A blank one is a result only where nothing is to be computed: it is what a blank book is handed out with.
    """
    cells = ((each, placed.sheet.cell(*each.spot)) for each in _computed(placed.at))
    formulas = [(each, cell) for each, cell in cells if cell.formula is not None]
    saved = [(each, cell) for each, cell in formulas if cell.kind is not CellKind.EMPTY]
    # The account that is chosen at first is named in a blank: no amount is calculated by that.
    amounts = [
        cell for each, cell in saved if each.slot.kind in (FieldKind.MONEY, FieldKind.NUMBER)
    ]
    results = [cell.text for cell in amounts or [cell for _, cell in saved]]
    is_wanted = any(values.get(each.slot.name) is not None for each, _ in formulas)
    if any(results) or (saved and not is_wanted):
        return ()
    asked = placed.plan.axes.pointer(ASKED)
    total = [each.spot for each, _ in formulas if each.slot.pointer == asked]
    return (*total, *(each.spot for each, _ in formulas))


class _Computed(NamedTuple):
    """A computed cell where it stands now; `expected` is its formula, None where an operand is gone."""

    slot: Slot
    spot: Spot
    expected: str | None


@lru_cache(maxsize=64)
def _computed(at: Placement) -> tuple[_Computed, ...]:
    return tuple(
        _Computed(slot, at.spots[slot.name][0], _expected(slot.formula, slot, at))
        for slot in at.plan.slots
        if slot.formula is not None and slot.name in at.areas
    )


def _expected(formula: CellFormula, slot: Slot, at: Placement) -> str | None:
    return formula.text(at.ref) if at.areas.keys() >= set(_operands(slot)) else None


def _changed_formula(
    computed: _Computed, placed: PlacedSheet, value: CellValue | object
) -> tuple[Code, Mapping[str, object]] | None:
    if computed.expected is None:
        return None
    cell = placed.sheet.cell(*computed.spot)
    if cell.formula is None:
        code = codes.FORMULA_GONE if _says(cell, value) else codes.FORMULA_OVERWRITTEN
        return code, _shown_facts(computed.slot, cell, value, placed.plan.axes.unit)
    if not is_same_formula(cell.formula, placed.sheet.name, computed.expected):
        label, found = computed.slot.label, f"={cell.formula}"
        return codes.FORMULA_CHANGED, {
            "label": label,
            "found": found,
            "expected": computed.expected,
        }
    if cell.kind is CellKind.EMPTY or _says(cell, value):
        return None
    return codes.STALE, _shown_facts(computed.slot, cell, value, placed.plan.axes.unit)


def _says(cell: Cell, value: CellValue | object) -> bool:
    """Return whether a cell holds a value: of a number the figures that Excel shows."""
    if isinstance(value, int | Decimal):
        return cell.number() == figures(value)
    return _saved(cell) == value


def _shown_facts(
    slot: Slot, cell: Cell, value: CellValue | object, unit: str
) -> Mapping[str, object]:
    saved = _saved(cell)
    unit = unit if slot.kind is FieldKind.MONEY else ""
    return {
        "label": slot.label,
        "found": _shown(saved, unit),
        "expected": _shown(value, unit),
        "raw_value": saved,
        "raw_expected": value,
    }


def _saved(cell: Cell) -> CellValue:
    number = cell.number()
    if number is None:
        return cell.text or None
    return int(number) if number == number.to_integral_value() else numeral(number)


def _shown(value: object, unit: str) -> str:
    if isinstance(value, int):
        return with_unit(value, unit)
    return f"「{value}」" if value else "空欄"


def tell_changes(
    placed: PlacedSheet,
    values: Values,
    unsure: frozenset[str],
    findings: SheetFindings,
    issued_sheet: IssuedSheet,
) -> None:
    """Report every change; `values` are complete, `unsure` the slots of which something was told.

    The checks panel is compared only in a book that still has its stamp.
    """
    for what, spots in unseen(placed):
        findings.at_all(codes.UNSEEN, spots, what=what)
    findings.at_all(codes.ALTERED, altered(placed))
    if not placed.at.by_names:
        findings.of_sheet(codes.NAMES_LOST)
    if not placed.sheet.protected:
        findings.of_sheet(codes.UNPROTECTED)
    changes = changed_formulas(placed, values, unsure)
    lost = _lost_lines(placed, changes, unsure, values)
    is_whole = _tell_places(placed, findings, lost)
    for change in changes:
        findings.at(change.code, change.cell, change.slot.pointer, change.facts)
    if is_whole and placed.sheet.protected:
        findings.at_all(codes.UNLOCKED, unlocked(placed))
    if is_whole and issued_sheet.issued is not None:
        _tell_panel(placed, issued_sheet.stamp.panel, findings)


def tell_other_results(
    placed: PlacedSheet, values: Values, unsure: frozenset[str], findings: SheetFindings
) -> None:
    """Report a computed cell whose saved value is another, in a book of values alone."""
    for change in other_results(placed, values, unsure):
        findings.at(change.code, change.cell, change.slot.pointer, change.facts)


def _tell_panel(placed: PlacedSheet, issued: str | None, findings: SheetFindings) -> None:
    if issued in (None, panel_sha256(placed.plan)):
        findings.at_all(codes.PANEL_CHANGED, changed_panel(placed))
    elif is_other_panel(placed, issued):
        first = placed.plan.checks[0].mark
        facts = {"cells": "どのセルかは分かりません"}
        findings.at(codes.PANEL_CHANGED, (first.top, first.left), None, facts)


def _lost_lines(
    placed: PlacedSheet, changes: Sequence[Change], unsure: frozenset[str], values: Values
) -> list[str]:
    """Return the groups of line items of which a row is gone that may have held something.

    One that was empty leaves every sum of the group saved as it is without that row.
    """
    plan, summed = placed.plan, summed_names(placed.plan)
    differ = {name for change in changes for name in rests_on(change.slot, plan)}
    doubtful = summed if uncalculated(placed, values) else differ | (unsure & summed)
    return [
        f"{group.name or plan.axes.rows(group.list).label}の明細の行"
        for group in short_groups(placed)
        if doubtful & {*group.columns.values()}
    ]


def _tell_places(placed: PlacedSheet, findings: SheetFindings, lost_lines: Sequence[str]) -> bool:
    """Report labels and places, and whether all are there; if not, that says it all."""
    lost = placed.at.lost
    gone = [*lost_labels(placed), *lost_lines]
    if lost or gone:
        labels = dict.fromkeys([*(slot.label for slot in lost), *gone])
        pointer = lost[0].pointer if lost else None
        findings.of_sheet(codes.LOST_PLACE, pointer, labels=listed(list(labels)))
        return False
    elsewhere = list(mistaken(placed))
    for slot, other in elsewhere:
        area = placed.areas[slot.name]
        facts = {"label": slot.label, "found": other}
        findings.at(codes.NAME_ELSEWHERE, (area.top, area.left), slot.pointer, facts)
    if elsewhere:
        return False
    if placed.at.moved:
        findings.of_sheet(codes.MOVED)
    for label in changed_labels(placed):
        facts = {"expected": label.expected, "found": label.found or "（空欄）"}
        findings.at(codes.CHANGED_LABEL, label.cell, None, facts)
    return True
