"""Whether the form is still as it was handed out: labels, protection, formulas, saved results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yosan_xl.excel.ooxml.book import Cell
from yosan_xl.excel.ooxml.book import Kind as CellKind
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.entries import numeral
from yosan_xl.excel.reading.skeleton import Skeleton, words
from yosan_xl.form.plan import Slot
from yosan_xl.form.relation import Value, Values
from yosan_xl.model.finding import Code
from yosan_xl.model.money import with_unit


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the form: what kind, at which present cell, and the words of its message."""

    code: Code
    cell: tuple[int, int]
    facts: Mapping[str, object]
    slot: Slot | None = None


def changed_labels(skeleton: Skeleton) -> Iterator[Change]:
    """Compare every label whose row and column are still known with the form."""
    rows, columns = skeleton.rows(), skeleton.columns()
    # Columns that only hold labels keep their distance to the next known column on their left.
    for label in skeleton.plan.labels:
        row = rows.get(label.area.top)
        column = _shifted(columns, label.area.left)
        if not label.text or row is None or column is None:
            continue
        found = skeleton.sheet.cell(row, column).text
        if words(found) != words(label.text):
            facts = {"expected": label.text, "found": found or "（空欄）"}
            yield Change(codes.CHANGED_LABEL, (row, column), facts)


def changed_formulas(
    skeleton: Skeleton, values: Values, unsure: frozenset[str]
) -> Iterator[Change]:
    """Compare every computed cell with its formula and with the value computed anew.

    `unsure` are the slots whose cells have findings of their own: a saved result that rests on
    them is not compared, since that finding already says why it differs.
    """
    for slot in skeleton.plan.slots:
        if slot.formula is None or slot.name not in skeleton.areas:
            continue
        area = skeleton.areas[slot.name]
        cell = skeleton.sheet.cell(area.top, area.left)
        change = _changed_formula(slot, cell, skeleton, values.get(slot.name), unsure)
        if change:
            yield Change(change[0], (area.top, area.left), change[1], slot)


def never_calculated(skeleton: Skeleton) -> bool:
    """Tell whether a sheet has formulas of ours and not one saved result."""
    cells = [
        skeleton.sheet.cell(area.top, area.left)
        for slot in skeleton.plan.slots
        if slot.formula and (area := skeleton.areas.get(slot.name))
    ]
    formulas = [cell for cell in cells if cell.formula is not None]
    return bool(formulas) and all(cell.kind is CellKind.EMPTY for cell in formulas)


def _changed_formula(
    slot: Slot, cell: Cell, skeleton: Skeleton, computed: Value | object, unsure: frozenset[str]
) -> tuple[Code, Mapping[str, object]] | None:
    if slot.formula is None or any(name not in skeleton.areas for name in slot.formula.of):
        return None
    saved = _saved(cell)
    shown = {"label": slot.label, "found": _shown(saved), "expected": _shown(computed)}
    if cell.formula is None:
        same = saved == computed
        return (codes.FORMULA_GONE if same else codes.FORMULA_OVERWRITTEN), shown
    expected = slot.formula.text(skeleton.ref)
    if normal_formula(cell.formula, skeleton.sheet.name) != normal_formula(expected, ""):
        facts = {"label": slot.label, "found": f"={cell.formula}", "expected": expected}
        return codes.FORMULA_CHANGED, facts
    if cell.kind is CellKind.EMPTY or unsure & _rests_on(slot, skeleton):
        return None
    return (codes.STALE, shown) if saved != computed else None


def _rests_on(slot: Slot, skeleton: Skeleton) -> frozenset[str]:
    """Give the slots that a computed slot rests on, through other computed ones."""
    slots = skeleton.plan.by_name()
    names: set[str] = set()
    todo = list(slot.formula.of) if slot.formula else []
    while todo:
        name = todo.pop()
        names.add(name)
        inner = slots[name].formula
        todo += inner.of if inner else ()
    return frozenset(names)


def _saved(cell: Cell) -> Value:
    number = cell.number()
    if number is None:
        return cell.text or None
    return int(number) if number == number.to_integral_value() else numeral(number)


def _shown(value: object) -> str:
    if isinstance(value, int):
        return with_unit(value)
    return f"「{value}」" if value else "空欄"


_SPELLING = re.compile(r'"(?:[^"]|"")*"|\s+|\$|_xlfn\.')


def normal_formula(text: str, own_sheet: str) -> str:
    """Give a formula without what programs spell differently: `=`, spaces, `$`, its own sheet."""
    for prefix in (f"'{own_sheet}'!", f"{own_sheet}!"):
        if own_sheet:
            text = text.replace(prefix, "")
    plain = _SPELLING.sub(lambda m: m[0] if m[0].startswith('"') else "", text.removeprefix("="))
    return plain.replace(";", ",").upper()


def _shifted(columns: Mapping[int, int], column: int) -> int | None:
    if column in columns:
        return columns[column]
    known = [other for other in columns if other > column]
    return columns[min(known)] - (min(known) - column) if known else None
