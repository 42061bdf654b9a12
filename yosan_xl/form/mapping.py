"""The way between a request document and the values of a sheet, there and back.

`sheet_values` and `document_of` are inverse for every document that fits the form;
`differences` tells what would not come back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

from yosan_xl.form.area import MOST_CHARACTERS
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import LineGroup, Plan
from yosan_xl.form.relation import CellValue, Values
from yosan_xl.model.fiscal_year import YEARS, FiscalYear
from yosan_xl.model.request import Document

_MOST = 10**15
"""Up to here a cell's number holds a whole number exactly (Excel の仕様と制限)."""

Origins = dict[str, tuple[str, int]]
"""Where each pointer of a document stands: the slot's name and the row in it (from 0)."""


def sheet_values(document: Document, plan: Plan) -> dict[str, CellValue | tuple[CellValue, ...]]:
    """Return what has to stand in the input cells of a sheet, computed cells left out.

    What no cell of its kind can hold (a list, a text of 40,000 characters) is left out too.
    """
    values: dict[str, CellValue | tuple[CellValue, ...]] = {
        slot.name: _held(get(document, slot.pointer), slot.kind)
        for slot in plan.slots
        if slot.pointer and slot.formula is None and not slot.repeats
    }
    lines = document.get("lines")
    rows = [row for row in lines if isinstance(row, dict)] if isinstance(lines, list) else []
    for index, group in enumerate(plan.groups):
        own = [row for row in rows if _group_of(row, plan) == index]
        values.update(_group_values(own, group, plan))
    return values


def complete(
    values: Values, plan: Plan, first_choices: dict[str, str] | None = None
) -> dict[str, CellValue | tuple[CellValue, ...]]:
    """Add the value of every computed cell; `first_choices` gives the first of each list."""
    whole = dict(values)
    for slot in plan.slots:
        if slot.formula and slot.formula.kind == "sum":
            whole[slot.name] = slot.formula.value(whole)
    for slot in plan.slots:
        if slot.formula and slot.formula.kind != "sum":
            first = (first_choices or {}).get(slot.formula.choices or "", "")
            whole[slot.name] = slot.formula.value(whole, first)
    return whole


def document_of(values: Values, plan: Plan) -> tuple[Document, Origins]:
    """Return the request document of a sheet's (completed) values, and where each value stands."""
    document: Document = {}
    origins: Origins = {}
    for pointer, path, name in _ways(plan):
        if pointer == "/lines":
            document["lines"] = list(_lines(values, plan, origins))
        elif pointer == "/subtotals":
            document["subtotals"] = list(_subtotals(values, plan, origins))
        else:
            _put(document, path, values.get(name))
            origins[pointer] = (name, 0)
    return document, origins


@lru_cache(maxsize=16)
def _ways(plan: Plan) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Return the pointers of a document in their order, as paths, and the slots of the single ones."""
    names = {slot.pointer: slot.name for slot in plan.slots if slot.pointer and slot.group is None}
    wanted = (p for p in plan.order if p in names or p in ("/lines", "/subtotals"))
    return tuple((p, tuple(p.strip("/").split("/")), names.get(p, "")) for p in wanted)


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
    """Return how many lines of a document belong to each group; those of another part to none."""
    lines = document.get("lines")
    rows = [row for row in lines if isinstance(row, dict)] if isinstance(lines, list) else []
    groups = [_group_of(row, plan) for row in rows]
    return [groups.count(index) for index in range(len(plan.groups))]


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


def _group_of(row: Document, plan: Plan) -> int | None:
    part = row.get("part")
    for index, group in enumerate(plan.groups):
        if part == group.part or (part is None and group.part_slot):
            return index
    return None


def _held(value: object, kind: FieldKind) -> CellValue:
    if kind in (FieldKind.MONEY, FieldKind.NUMBER, FieldKind.YEAR):
        least, most = YEARS if kind is FieldKind.YEAR else (-_MOST, _MOST)
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return value if least <= value <= most else None
    return value if isinstance(value, str) and len(value) <= MOST_CHARACTERS else None


def _group_values(
    rows: list[Document], group: LineGroup, plan: Plan
) -> dict[str, CellValue | tuple[CellValue, ...]]:
    slots = plan.by_name()
    values: dict[str, CellValue | tuple[CellValue, ...]] = {
        name: tuple(
            _held(rows[index].get(key), slots[name].kind) if index < len(rows) else None
            for index in range(group.rows)
        )
        for key, name in group.columns.items()
    }
    if group.part_slot:
        values[group.part_slot] = next((row["part"] for row in rows if row.get("part")), None)
    return values


def _lines(values: Values, plan: Plan, origins: Origins) -> Iterator[Document]:
    number = 0
    for group in plan.groups:
        part, columns = _part(values, group), _columns(values, group)
        part_slot = group.part_slot or group.columns["label"]
        for row in _given_rows(columns.values()):
            at = f"/lines/{number}/"
            line: Document = {}
            for key, column in columns.items():
                line[key] = column[row] if row < len(column) else None
                origins[at + key] = (group.columns[key], row)
            origins[f"{at}part"] = (part_slot, 0)
            yield line | {"part": part}
            number += 1
    origins["/lines"] = (plan.groups[0].columns["label"], 0)


def _subtotals(values: Values, plan: Plan, origins: Origins) -> Iterator[Document]:
    number = 0
    for group in plan.groups:
        part = _part(values, group)
        if part is None or not _given_rows(_columns(values, group).values()):
            continue
        row = {key: values.get(name) for key, name in group.subtotals.items()}
        yield {"part": part} | row
        for key, name in group.subtotals.items():
            origins[f"/subtotals/{number}/{key}"] = (name, 0)
        origins[f"/subtotals/{number}/part"] = (group.part_slot or group.subtotals["requested"], 0)
        number += 1
    origins["/subtotals"] = (plan.groups[0].subtotals["requested"], 0)


def _part(values: Values, group: LineGroup) -> CellValue:
    if group.part_slot is None:
        return group.part
    part = values.get(group.part_slot)
    return part if isinstance(part, str) else None


def _given_rows(columns: Collection[tuple[CellValue, ...]]) -> list[int]:
    """Return the rows (from 0) of which at least one column says something."""
    given = {row for own in columns for row, value in enumerate(own) if value is not None}
    return sorted(given)


def _columns(values: Values, group: LineGroup) -> dict[str, tuple[CellValue, ...]]:
    """Return the columns of a group of line items by the key of what they hold."""
    found = {key: values.get(name) for key, name in group.columns.items()}
    return {key: own if isinstance(own, tuple) else () for key, own in found.items()}


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
