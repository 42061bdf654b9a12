"""The rows of a list on the sheet: its headings, and group by group its name, 小計 and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from yosan_xl.form.area import Area
from yosan_xl.form.definition import (
    Field,
    FieldKind,
    FilledBy,
    GroupDefinition,
    ListColumn,
    ListDefinition,
    Role,
)
from yosan_xl.form.plan import Label, LineGroup, Slot
from yosan_xl.form.relation import NAMES, CellFormula

Span = Callable[[str, int, int], Area]
"""Columns by name, the row at the top, how many rows → the area."""


class GroupCells(NamedTuple):
    """A group of a list as it is placed: its labels, its slots, and their names."""

    labels: tuple[Label, ...]
    slots: tuple[Slot, ...]
    group: LineGroup


class GroupPlace(NamedTuple):
    """Where a group stands: its number in its list and among all lists, its first row, its rows."""

    number: int
    among: int
    top: int
    rows: int


def row_name(own: ListDefinition, group: int, column: str) -> str:
    """Return the defined name of a column of a list's group (from 0), `yx_lines1_requested`."""
    return own.row_name.format(key=own.key, group=group + 1, column=column)


def height(own: ListDefinition, rows: tuple[int, ...]) -> int:
    """Return the rows of a list: its headings, and each group with its 小計."""
    return 1 + sum(rows) + sum(bool(group.name) for group in own.groups)


def headings(own: ListDefinition, top: int, span: Span) -> Iterator[Label]:
    """Yield the captions of a list's columns."""
    for column in own.columns:
        yield Label(span(column.columns, top, 1), column.field.caption, Role.HEADING)
    if own.arrow_columns:
        yield Label(span(own.arrow_columns, top, 1), own.arrow, Role.HEADING)


def group_cells(own: ListDefinition, place: GroupPlace, span: Span) -> GroupCells:
    """Return the cells of a group; only one with a name has a row with it and 小計."""
    group = own.groups[place.number]
    head = bool(group.name)
    rows = place._replace(top=place.top + head)
    columns = [_column(own, one, rows, span) for one in own.columns]
    chosen = _group_slot(own, group, place, span) if group.optional else None
    summed = [one for one in own.columns if one.has_subtotal and head]
    sums = [_subtotal(own, one, place, chosen, span) for one in summed]
    names = LineGroup(
        list=own.key,
        name=group.name or None,
        group_slot=chosen.name if chosen else None,
        rows=place.rows,
        columns={slot.column or "": slot.name for slot in columns},
        subtotals={slot.column or "": slot.name for slot in sums},
    )
    labels = (*(_head_labels(own, group, place, span) if head else ()), *_arrows(own, place, span))
    return GroupCells(labels, (*((chosen,) if chosen else ()), *sums, *columns), names)


def _head_labels(
    own: ListDefinition, group: GroupDefinition, place: GroupPlace, span: Span
) -> Iterator[Label]:
    words = [(own.subtotal_columns, own.subtotal)] if own.subtotal_columns else []
    if not group.optional:
        both = group.name if words else f"{group.name}　{own.subtotal}"
        words.insert(0, (own.group_columns, both))
    for columns, text in words:
        yield Label(span(columns, place.top, 1), text, Role.LABEL, place.among)
    taken = [span(name, place.top, 1) for name in (own.group_columns, own.subtotal_columns) if name]
    for column in own.columns:
        area = span(column.columns, place.top, 1)
        if not column.has_subtotal and not any(_meets(area, one) for one in taken):
            yield Label(area, "", Role.LABEL, place.among)


def _arrows(own: ListDefinition, place: GroupPlace, span: Span) -> Iterator[Label]:
    if not own.arrow_columns:
        return
    first = place.top
    for row in range(first, first + place.rows + bool(own.groups[place.number].name)):
        yield Label(span(own.arrow_columns, row, 1), own.arrow, Role.LABEL, place.among)


def _meets(one: Area, two: Area) -> bool:
    return one.left <= two.right and two.left <= one.right


def _group_slot(own: ListDefinition, group: GroupDefinition, place: GroupPlace, span: Span) -> Slot:
    name = own.group_name.format(key=own.key, group=place.number + 1)
    return Slot(
        name=name,
        pointer=None,
        label="区分",
        kind=FieldKind.CHOICE,
        by=FilledBy.DEPARTMENT,
        area=span(own.group_columns, place.top, 1),
        group=place.among,
        choices=name.removeprefix(NAMES),
        hint=group.hint,
        list=own.key,
    )


def _subtotal(
    own: ListDefinition, column: ListColumn, place: GroupPlace, chosen: Slot | None, span: Span
) -> Slot:
    key = column.field.key
    rows = row_name(own, place.number, key)
    return Slot(
        name=own.subtotal_name.format(key=own.key, group=place.number + 1, column=key),
        pointer=f"{own.subtotals}/*/{key}",
        label=f"{own.subtotal}の{column.field.label}",
        kind=FieldKind.MONEY,
        by=FilledBy.FORMULA,
        area=span(column.columns, place.top, 1),
        group=place.among,
        formula=CellFormula("sum", (rows,), only_with=chosen.name if chosen else None),
        list=own.key,
        column=key,
        private=column.field.private,
    )


def _column(own: ListDefinition, column: ListColumn, place: GroupPlace, span: Span) -> Slot:
    field: Field = column.field
    more = column.not_more
    return Slot(
        name=row_name(own, place.number, field.key),
        pointer=f"{own.pointer}/*/{field.key}",
        label=field.label,
        kind=field.kind,
        by=field.by,
        area=span(column.columns, place.top, place.rows),
        repeats=True,
        group=place.among,
        choices=field.choices,
        max_length=field.max_length,
        hint=field.hint,
        number=own.number if field.meaning == "label" else field.number,
        list=own.key,
        column=field.key,
        meaning=field.meaning,
        private=field.private,
        picture=field.picture,
        decimals=field.decimals,
        not_more=row_name(own, place.number, more) if more else None,
    )
