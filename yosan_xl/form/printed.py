"""A request sheet as it is published: what a request has on its form, in its printed form only.

The cells come from the compiler, of a definition that has just what is printed: the rows that there are, 小計 where
there are rows, and nothing of what is for the typist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from yosan_xl.form.area import Area
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import (
    Band,
    Block,
    Definition,
    GroupDefinition,
    ListDefinition,
    ListPlace,
    RowDefinition,
    Stack,
)
from yosan_xl.form.mapping import complete, get, sheet_values, shown_values
from yosan_xl.form.plan import Label, Plan, Slot
from yosan_xl.form.relation import CellValue, Values
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document

_Groups = tuple[tuple[GroupDefinition, ...], ...]
"""The groups of every list that are printed."""

_LEAST_ROWS = 8
"""Rows that a list has at least, so that the page has edges at which texts beside it can end."""


@dataclass(frozen=True, slots=True, eq=False)
class PrintedSheet:
    """A request on paper: its cells, what stands in them, what the sheet is called, and what is noted at its foot."""

    name: str
    plan: Plan
    values: Values
    note: str = ""

    @property
    def labels(self) -> Iterator[Label]:
        """Yield the labels that are printed."""
        return (one for one in self.plan.labels if _is_within(one.area, self.plan.print_area))

    @property
    def slots(self) -> Iterator[Slot]:
        """Yield the places for values that are printed."""
        return (one for one in self.plan.slots if _is_within(one.area, self.plan.print_area))


def printed_sheet(
    name: str,
    document: Document,
    definition: Definition,
    *,
    year: FiscalYear,
    first_choices: Mapping[str, str],
    notes: Mapping[str, str],
) -> PrintedSheet:
    """Return a document on paper.

    `first_choices` gives the first of each list (一般会計), `notes` the words by pointer that stand where no value does (未定).
    """
    groups = tuple(_groups(own, document) for own in definition.lists)
    plan = _plan(definition, groups, year)
    values = {**_values(document, plan), **_displays(document, definition, year, first_choices)}
    for pointer, note in notes.items():
        slot = plan.slot_at(pointer)
        if slot and values.get(slot.name) is None:
            values[slot.name] = note
    return PrintedSheet(name, plan, shown_values(values, plan))


def _is_within(area: Area, page: Area) -> bool:
    return area.top >= page.top and area.bottom <= page.bottom and area.right <= page.right


def _groups(own: ListDefinition, document: Document) -> tuple[GroupDefinition, ...]:
    """Return the groups of a list that have rows in a document, with as many rows; one without a name where there are none."""
    rows = get(document, own.pointer)
    named = [row.get(own.group) for row in rows if isinstance(row, dict)] if rows else []
    found = []
    for group in own.groups:
        count = named.count(group.name or None)
        if count:
            found.append(group._replace(rows=count, optional=False))
        if group.optional and (flat := named.count(None)):
            found.append(group._replace(name="", rows=flat, optional=False))
    least = min(_LEAST_ROWS, sum(group.rows for group in own.groups))
    return _padded(found or [GroupDefinition("", 1)], least)


def _padded(groups: list[GroupDefinition], least: int) -> tuple[GroupDefinition, ...]:
    taken = sum(group.rows + bool(group.name) for group in groups)
    last = groups[-1]
    return (*groups[:-1], last._replace(rows=last.rows + max(0, least - taken)))


@lru_cache(maxsize=512)
def _plan(definition: Definition, groups: _Groups, year: FiscalYear) -> Plan:
    """Compile what is printed of a definition, with the groups of each list that are."""
    lists = tuple(
        own._replace(groups=some) for own, some in zip(definition.lists, groups, strict=True)
    )
    bands = tuple(band for band in map(_printed_band, definition.bands) if band.stacks)
    checks = definition.checks._replace(items=())
    own = replace(definition, lists=lists, bands=bands, checks=checks)
    plan = compile_plan(own, year)
    return replace(plan, slots=tuple(map(_as_given, plan.slots)))


def _printed_band(band: Band) -> Band:
    stacks = (Stack(tuple(item for item in one.items if _is_printed(item))) for one in band.stacks)
    return Band(tuple(stack for stack in stacks if stack.items))


def _is_printed(item: RowDefinition | Block | ListPlace) -> bool:
    return not isinstance(item, RowDefinition) or item.printed


def _as_given(slot: Slot) -> Slot:
    """Return a slot that shows what the document says, and computes nothing that it has."""
    return replace(slot, formula=None) if slot.pointer else slot


def _values(document: Document, plan: Plan) -> dict[str, CellValue | tuple[CellValue, ...]]:
    values = sheet_values(document, plan)
    for own in plan.axes.lists:
        sums = get(document, own.subtotals) if own.subtotals else None
        by_name = {row.get(own.group): row for row in sums or () if isinstance(row, dict)}
        for group in plan.groups_of(own.key):
            for key, name in group.subtotals.items():
                values[name] = by_name.get(group.name, {}).get(key)
    return values


def _displays(
    document: Document, definition: Definition, year: FiscalYear, first_choices: Mapping[str, str]
) -> dict[str, CellValue | tuple[CellValue, ...]]:
    """Return what is shown on a sheet and is no value of the document, (国民健康保険事業会計): some of it comes of what is not printed."""
    whole = compile_plan(definition, year)
    values = complete(sheet_values(document, whole), whole, dict(first_choices))
    return {slot.name: values.get(slot.name) for slot in whole.slots if slot.pointer is None}
