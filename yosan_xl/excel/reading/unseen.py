"""Entries that nobody sees on the sheet or on paper, though its sums count them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.reading.placement import Spot
from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Plan


def unseen(skeleton: Skeleton) -> tuple[str, list[Spot]] | None:
    """Give what hides entries, in words, and the cells of these; None where all are seen."""
    return next(((what, spots) for what, spots in _hidden(skeleton) if spots), None)


def _hidden(skeleton: Skeleton) -> Iterator[tuple[str, list[Spot]]]:
    sheet = skeleton.sheet
    if sheet.state != "visible":
        yield "非表示のシート", _filled(skeleton)
    rows, columns = sheet.hidden_rows, sheet.hidden_cols
    if rows or columns:
        yield "非表示の行か列", [s for s in _filled(skeleton) if s[0] in rows or s[1] in columns]
    strange = set(sheet.merges) - _merges(skeleton.plan)
    if strange:
        covered = [s for s in _filled(skeleton) if any(_covers(merge, s) for merge in strange)]
        yield "結合されたセルの下", covered


def _covers(merge: Area, spot: Spot) -> bool:
    row, column = spot
    inside = merge.top <= row <= merge.bottom and merge.left <= column <= merge.right
    return inside and spot != (merge.top, merge.left)


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
