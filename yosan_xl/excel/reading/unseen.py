"""Entries that nobody sees on the sheet or on paper, though its sums count them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from yosan_xl.excel.ooxml.book import LOWEST
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.reading.placement import Spot, merged_fields
from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Plan


def unseen(skeleton: Skeleton) -> Iterator[tuple[str, list[Spot]]]:
    """Return what hides entries, in words, and the cells of these; all of a hidden sheet are hidden."""
    sheet = skeleton.sheet
    if sheet.state != "visible":
        yield "非表示のシート", _filled(skeleton)
        return
    rows, columns = sheet.hidden_rows, sheet.hidden_cols
    if rows or columns or sheet.low_rows:
        low = {spot for spot in _filled(skeleton) if spot[0] in sheet.low_rows}
        low = {spot for spot, height in _heights(skeleton, low) if height < LOWEST}
        yield (
            "非表示か低すぎる行、または列",
            [s for s in _filled(skeleton) if s[0] in rows or s[1] in columns or s in low],
        )
    strange = set(sheet.merges) - _merges(skeleton.plan)
    if strange:
        covered = [s for s in _filled(skeleton) if any(_covers(merge, s) for merge in strange)]
        yield "結合されたセルの下", covered


def _covers(merge: Area, spot: Spot) -> bool:
    row, column = spot
    inside = merge.top <= row <= merge.bottom and merge.left <= column <= merge.right
    return inside and spot != (merge.top, merge.left)


def _heights(skeleton: Skeleton, spots: Collection[Spot]) -> Iterator[tuple[Spot, float]]:
    """Return how high cells are at the least (points), each with what is merged with it."""
    low = skeleton.sheet.low_rows
    bottoms = {(area.top, area.left): area.bottom for _, area in merged_fields(skeleton.at)}
    for spot in spots:
        rows = range(spot[0], bottoms.get(spot, spot[0]) + 1)
        yield spot, sum(low.get(row, LOWEST) for row in rows)


def _filled(skeleton: Skeleton) -> list[Spot]:
    """Give the entry cells that hold something."""
    spots = skeleton.at.spots
    entries = (spots.get(slot.name, ()) for slot in skeleton.plan.slots if slot.is_entry)
    return [spot for own in entries for spot in own if raw_text(skeleton.sheet.cell(*spot))]


@lru_cache(maxsize=16)
def _merges(plan: Plan) -> frozenset[Area]:
    """Give the merged cells of the form, the checks panel with them."""
    panel = (
        area for check in plan.checks for area in (check.mark, check.advice_area, check.reason)
    )
    return frozenset(
        (
            *(cell for slot in plan.slots for cell in slot.cells()),
            *(label.area for label in plan.labels),
            *(counter.area for counter in plan.counters),
            *panel,
            plan.status,
        )
    )
