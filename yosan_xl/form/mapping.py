"""The way between a request document and the values of a sheet, there and back.

`sheet_values` and `document_of` are inverse for every document that fits the form;
`differences` tells what would not come back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from yosan_xl.form.area import MOST_CHARACTERS
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import LineGroup, Plan, Slot
from yosan_xl.form.relation import CellValue, Values
from yosan_xl.model.axes import RowList
from yosan_xl.model.fiscal_year import YEARS, FiscalYear
from yosan_xl.model.request import Document

_MOST = 10**15
"""Up to here a cell's number holds a whole number exactly (Excel の仕様と制限)."""

Origins = dict[str, tuple[str, int]]
"""Where each pointer of a document stands: the slot's name and the row in it (from 0)."""


def sheet_values(
    document: Document, plan: Plan, *, every_row: bool = False
) -> dict[str, CellValue | tuple[CellValue, ...]]:
    """Return what has to stand in the input cells of a sheet, computed cells left out.

    What no cell of its kind can hold (a list, a text of 40,000 characters) is left out too, and the rows that the sheet
    has no room for, unless `every_row` is wanted.
    """
    values: dict[str, CellValue | tuple[CellValue, ...]] = {
        slot.name: _held(get(document, slot.pointer), slot)
        for slot in plan.slots
        if slot.pointer and slot.formula is None and not slot.repeats
    }
    for own, groups in lists_of_rows(plan):
        rows = _rows(document, own)
        for index, group in enumerate(groups):
            of_group = [row for row in rows if _group_of(row, own, groups) == index]
            count = max(group.rows, len(of_group)) if every_row else group.rows
            values.update(_group_values(of_group, own, group, plan, count))
    return values


def complete(
    values: Values, plan: Plan, first_choices: dict[str, str] | None = None
) -> dict[str, CellValue | tuple[CellValue, ...]]:
    """Add the value of every computed cell; `first_choices` gives the first of each list."""
    whole = dict(values)
    for slot in _computed(plan):
        if slot.formula:
            first = (first_choices or {}).get(slot.formula.choices or "", "")
            whole[slot.name] = slot.formula.value(whole, first)
    return whole


@lru_cache(maxsize=16)
def _computed(plan: Plan) -> tuple[Slot, ...]:
    """Return the computed slots, each after those that its formula takes."""
    waiting = {slot.name: slot for slot in plan.slots if slot.formula}
    done: list[Slot] = []
    while waiting:
        ready = [
            slot
            for slot in waiting.values()
            if slot.formula and waiting.keys().isdisjoint(slot.formula.asks)
        ]
        # Cells that take each other are refused with their definition (form/language.py).
        for slot in ready or list(waiting.values()):
            done.append(waiting.pop(slot.name))
    return tuple(done)


def document_of(values: Values, plan: Plan) -> tuple[Document, Origins]:
    """Return the request document of a sheet's (completed) values, and where each value stands."""
    document: Document = {}
    origins: Origins = {}
    for pointer, path, way in _ways(plan):
        if isinstance(way, Slot):
            value = values.get(way.name)
            _put(document, path, _json(value) if way.decimals else value)
            origins[pointer] = (way.name, 0)
        elif way is None:
            _put(document, path, plan.form_id)
        else:
            rows = _list_rows if pointer == way[0].pointer else _subtotals
            _put(document, path, list(rows(values, way, plan, origins)))
    return document, origins


ListOnSheet = tuple[RowList, tuple[LineGroup, ...]]
"""A list, and its groups on the sheet."""


@lru_cache(maxsize=16)
def lists_of_rows(plan: Plan) -> tuple[ListOnSheet, ...]:
    """Return the lists of a form with their groups on the sheet."""
    return tuple((own, plan.groups_of(own.key)) for own in plan.axes.lists)


@lru_cache(maxsize=16)
def _ways(plan: Plan) -> tuple[tuple[str, tuple[str, ...], Slot | ListOnSheet | None], ...]:
    """Return the pointers of a document in their order, as paths, and what stands there.

    A single field has its slot, rows and 小計 their list, the form's id None.
    """
    found: dict[str, Slot | ListOnSheet | None] = {"/form": None}
    found |= {slot.pointer: slot for slot in plan.slots if slot.pointer and slot.list is None}
    for one in lists_of_rows(plan):
        found[one[0].pointer] = one
        found[one[0].subtotals or one[0].pointer] = one
    return tuple((p, tuple(p.strip("/").split("/")), found[p]) for p in plan.order if p in found)


def differences(wanted: Document, got: Document) -> tuple[str, ...]:
    """Return the pointers at which two documents differ."""
    return tuple(pointer for pointer, a, b in _compared(wanted, got, "") if a != b)


def get(document: Document, pointer: str) -> Any:
    """Return the value at a pointer, None where there is none."""
    value: Any = document
    for key in pointer.strip("/").split("/"):
        if isinstance(value, list):
            value = value[int(key)] if key.isdecimal() and int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def line_counts(document: Document, plan: Plan) -> list[int]:
    """Return how many rows of a document belong to each group of all lists; those of another group to none."""
    counts = []
    for own, groups in lists_of_rows(plan):
        of = [_group_of(row, own, groups) for row in _rows(document, own)]
        counts += [of.count(index) for index in range(len(groups))]
    return counts


def put(document: Document, pointer: str, value: Any) -> None:
    """Set the value at a pointer into objects, making the objects on the way."""
    _put(document, pointer.strip("/").split("/"), value)


def shown(value: CellValue, kind: FieldKind) -> CellValue:
    """Return what the cell of a field of this kind holds for a value of the document."""
    if kind is FieldKind.YEAR and isinstance(value, int):
        return FiscalYear(value).label
    return value


def shown_values(values: Values, plan: Plan) -> dict[str, CellValue | tuple[CellValue, ...]]:
    """Return the values of a sheet as its cells hold them; what is no slot's stays as it is."""
    slots = plan.by_name()
    return {
        name: _shown_one(value, slots[name].kind) if name in slots else value
        for name, value in values.items()
    }


def _put(document: Document, path: Sequence[str], value: Any) -> None:
    for key in path[:-1]:
        document = document.setdefault(key, {})
    document[path[-1]] = value


def _rows(document: Document, own: RowList) -> list[Document]:
    rows = get(document, own.pointer)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _group_of(row: Document, own: RowList, groups: Sequence[LineGroup]) -> int | None:
    name = row.get(own.group)
    for index, group in enumerate(groups):
        if name == group.name or (name is None and group.group_slot):
            return index
    return None


def _held(value: object, slot: Slot) -> CellValue:
    kind = slot.kind
    if kind in (FieldKind.MONEY, FieldKind.NUMBER, FieldKind.YEAR):
        least, most = YEARS if kind is FieldKind.YEAR else (-_MOST, _MOST)
        if slot.decimals and isinstance(value, float) and least <= value <= most:
            return Decimal(repr(value))
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return value if least <= value <= most else None
    return value if isinstance(value, str) and len(value) <= MOST_CHARACTERS else None


def _json(value: Any) -> Any:
    """Return a value of a slot with decimals as a document has it."""
    return float(value) if isinstance(value, Decimal) else value


def _group_values(
    rows: list[Document], own: RowList, group: LineGroup, plan: Plan, count: int
) -> dict[str, CellValue | tuple[CellValue, ...]]:
    slots = plan.by_name()
    values: dict[str, CellValue | tuple[CellValue, ...]] = {
        name: tuple(
            _held(rows[index].get(key), slots[name]) if index < len(rows) else None
            for index in range(count)
        )
        for key, name in group.columns.items()
    }
    if group.group_slot:
        values[group.group_slot] = next((r[own.group] for r in rows if r.get(own.group)), None)
    return values


def _list_rows(
    values: Values, place: ListOnSheet, plan: Plan, origins: Origins
) -> Iterator[Document]:
    own, groups = place
    number = 0
    for group in groups:
        columns = _columns(values, group, plan)
        of_group = {own.group: _group_name(values, group)} if own.groups else {}
        group_slot = group.group_slot or _first(group.columns)
        for row in _given_rows(columns.values()):
            at = f"{own.pointer}/{number}/"
            line: Document = {}
            for key, column in columns.items():
                name = group.columns[key]
                line[key] = column[row] if row < len(column) else None
                origins[at + key] = (name, row)
            if of_group:
                origins[at + own.group] = (group_slot, 0)
            yield line | of_group
            number += 1
    origins[own.pointer] = (_first(groups[0].columns), 0)


def _subtotals(
    values: Values, place: ListOnSheet, plan: Plan, origins: Origins
) -> Iterator[Document]:
    own, groups = place
    number = 0
    for group in groups:
        name = _group_name(values, group)
        if name is None or not _given_rows(_columns(values, group, plan).values()):
            continue
        yield {own.group: name} | {key: values.get(one) for key, one in group.subtotals.items()}
        for key, one in group.subtotals.items():
            origins[f"{own.subtotals}/{number}/{key}"] = (one, 0)
        origins[f"{own.subtotals}/{number}/{own.group}"] = (_name_place(group), 0)
        number += 1
    origins[own.subtotals or ""] = (_first(groups[0].subtotals or groups[0].columns), 0)


def _name_place(group: LineGroup) -> str:
    return group.group_slot or _first(group.subtotals or group.columns)


def _first(names: Mapping[str, str]) -> str:
    return next(iter(names.values()))


def _group_name(values: Values, group: LineGroup) -> CellValue:
    if group.group_slot is None:
        return group.name
    name = values.get(group.group_slot)
    return name if isinstance(name, str) else None


def _given_rows(columns: Collection[tuple[CellValue, ...]]) -> list[int]:
    """Return the rows (from 0) of which at least one column says something."""
    given = {row for own in columns for row, value in enumerate(own) if value is not None}
    return sorted(given)


def _columns(values: Values, group: LineGroup, plan: Plan) -> dict[str, tuple[Any, ...]]:
    """Return the columns of a group by their keys, as a document has them."""
    slots, found = plan.by_name(), {}
    for key, name in group.columns.items():
        own, slot = values.get(name), slots[name]
        column = own if isinstance(own, tuple) else ()
        found[key] = tuple(_json(one) for one in column) if slot.decimals else column
    return found


def _compared(wanted: Any, got: Any, at: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(wanted, dict) and isinstance(got, dict):
        for key in (*wanted, *(key for key in got if key not in wanted)):
            yield from _compared(wanted.get(key), got.get(key), f"{at}/{key}")
    elif isinstance(wanted, list) and isinstance(got, list):
        for index in range(max(len(wanted), len(got))):
            one, two = (side[index] if index < len(side) else None for side in (wanted, got))
            yield from _compared(one, two, f"{at}/{index}")
    else:
        yield at, wanted, got


def _shown_one(
    value: CellValue | tuple[CellValue, ...], kind: FieldKind
) -> CellValue | tuple[CellValue, ...]:
    if isinstance(value, tuple):
        return tuple(shown(one, kind) for one in value)
    return shown(value, kind)
