"""Entries that nobody sees on the sheet or on paper, though its sums count them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Plan

Place = tuple[int, int]


def unseen(skeleton: Skeleton) -> tuple[str, list[Place]] | None:
    """Give what hides entries, in words, and the cells of these; None where all are seen."""
    sheet = skeleton.sheet
    filled = [place for place in _entry_cells(skeleton) if raw_text(sheet.cell(*place))]
    if sheet.state != "visible" and filled:
        return "非表示のシート", filled
    rows, columns = sheet.hidden_rows, sheet.hidden_cols
    hidden = [place for place in filled if place[0] in rows or place[1] in columns]
    if hidden:
        return "非表示の行か列", hidden
    strange = [merge for merge in sheet.merges if merge not in _merges(skeleton.plan)]
    covered = [place for place in filled if any(_covers(merge, place) for merge in strange)]
    return ("結合されたセルの下", covered) if covered else None


def _covers(merge: Area, place: Place) -> bool:
    row, column = place
    inside = merge.top <= row <= merge.bottom and merge.left <= column <= merge.right
    return inside and place != (merge.top, merge.left)


def _entry_cells(skeleton: Skeleton) -> Iterator[Place]:
    for slot in skeleton.plan.slots:
        area = skeleton.areas.get(slot.name)
        if area and slot.is_entry:
            for row in range(area.top, (area.bottom if slot.repeats else area.top) + 1):
                yield row, area.left


@lru_cache(maxsize=16)
def _merges(plan: Plan) -> frozenset[Area]:
    return frozenset(cell for slot in plan.slots for cell in slot.cells() if not cell.is_single) | {
        label.area for label in plan.labels
    }
