"""Whether the labels of the form still say what they said, and are still there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from yosan_xl.excel.reading.placement import Placement, Spot
from yosan_xl.excel.reading.skeleton import Skeleton, words
from yosan_xl.form.plan import LineGroup, Slot


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


def changed_labels(skeleton: Skeleton) -> list[ChangedLabel]:
    """Give the labels that say something else, of those whose row and column are known."""
    return [
        ChangedLabel(
            expected.text, (expected.row, span.usual), skeleton.sheet.text(expected.row, span.usual)
        )
        for expected in _missing(skeleton)
        if not (span := expected.span).gone
    ]


def lost_labels(skeleton: Skeleton) -> list[str]:
    """Return the labels whose column was deleted."""
    return [expected.text for expected in _missing(skeleton) if expected.span.gone]


def compared(at: Placement) -> Iterator[Spot]:
    """Return the cells whose labels are compared; a change there has a finding of its own."""
    return (expected.usual for expected in _expected(at))


def mistaken(skeleton: Skeleton) -> Iterator[tuple[Slot, str]]:
    """Return the fields beside which another field's label stands now, and that label.

    Where rows or columns are inserted or deleted, a label goes along with its field: only a name that was
    made to say another cell, or a cell that was cut and pasted, parts the two.
    """
    if not skeleton.at.moved:
        return
    plan, text = skeleton.plan, skeleton.sheet.text
    planned = {(one.area.top, one.area.left): one.text for one in plan.labels}
    known = {words(label): label for label in planned.values() if len(words(label)) > 1}
    fields = {spot for spots in skeleton.at.spots.values() for spot in spots}
    wanted = Counter(map(words, planned.values()))
    stand = Counter(words(c.text) for spot, c in skeleton.sheet.cells.items() if spot not in fields)
    # A label that was written over is told as that; the next one is not this field's.
    gone = {label for key, label in known.items() if stand[key] < wanted[key]}

    def now(spot: Spot) -> str | None:
        return None if spot in fields else known.get(words(text(*spot)))

    def then(spot: Spot) -> str | None:
        return known.get(words(planned.get(spot, "")))

    for slot in (slot for slot in plan.slots if not slot.repeats and slot.name in skeleton.areas):
        area = skeleton.areas[slot.name]
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


def short_groups(skeleton: Skeleton) -> Iterator[LineGroup]:
    """Return the groups of line items that lost a row."""
    for group in skeleton.plan.groups:
        areas = (skeleton.areas.get(name) for name in group.columns.values())
        if any(area and area.height < group.rows for area in areas):
            yield group


def _missing(skeleton: Skeleton) -> Iterator[_Expected]:
    said = skeleton.sheet.cells.get
    for expected in _expected(skeleton.at):
        # Nearly every label stands word for word where it did.
        here = said(expected.usual)
        if (here is None or here.text != expected.text) and not _stands(skeleton, expected):
            yield expected


def _stands(skeleton: Skeleton, expected: _Expected) -> bool:
    text, wanted = skeleton.sheet.text, words(expected.text)
    return any(words(text(expected.row, column)) == wanted for column in expected.span.columns)


@lru_cache(maxsize=64)
def _expected(at: Placement) -> tuple[_Expected, ...]:
    """Give the labels whose row and column are known, and where they may stand."""
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
