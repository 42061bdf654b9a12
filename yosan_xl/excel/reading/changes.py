"""What was changed in a sheet that nobody should change: names, labels, locks, formulas."""

from __future__ import annotations

from collections.abc import Sequence

from yosan_xl.excel.reading import cell_codes, codes
from yosan_xl.excel.reading.handed import Handed
from yosan_xl.excel.reading.labels import changed_labels, lost_labels, mistaken, short_groups
from yosan_xl.excel.reading.locked import changed_panel, is_other_panel, unlocked
from yosan_xl.excel.reading.shown import altered
from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.excel.reading.tamper import (
    Change,
    changed_formulas,
    other_results,
    rests_on,
    summed_names,
    uncalculated,
)
from yosan_xl.excel.reading.told import Told, listed
from yosan_xl.excel.reading.unseen import unseen
from yosan_xl.form.checks import panel_sha256
from yosan_xl.form.relation import Values


def tell_changes(
    skeleton: Skeleton, values: Values, unsure: frozenset[str], told: Told, handed: Handed
) -> None:
    """Tell of every change; `values` are complete, `unsure` the slots of which something was told.

    The checks panel is compared only in a book that still has its stamp.
    """
    for what, spots in unseen(skeleton):
        told.at_all(codes.UNSEEN, spots, what=what)
    told.at_all(cell_codes.ALTERED, altered(skeleton))
    if not skeleton.at.by_names:
        told.of_sheet(codes.NAMES_LOST)
    if not skeleton.sheet.protected:
        told.of_sheet(codes.UNPROTECTED)
    changes = changed_formulas(skeleton, values, unsure)
    is_whole = _tell_places(skeleton, told, _lost_lines(skeleton, changes, unsure))
    for change in changes:
        told.at(change.code, change.cell, change.slot.pointer, change.facts)
    if is_whole and skeleton.sheet.protected:
        told.at_all(codes.UNLOCKED, unlocked(skeleton))
    if is_whole and handed.issued is not None:
        _tell_panel(skeleton, handed.stamp.panel, told)


def tell_other_results(
    skeleton: Skeleton, values: Values, unsure: frozenset[str], told: Told
) -> None:
    """Tell of a computed cell whose saved value is another, in a book of values alone."""
    for change in other_results(skeleton, values, unsure):
        told.at(change.code, change.cell, change.slot.pointer, change.facts)


def _tell_panel(skeleton: Skeleton, issued: str | None, told: Told) -> None:
    if issued in (None, panel_sha256(skeleton.plan)):
        told.at_all(codes.PANEL_CHANGED, changed_panel(skeleton))
    elif is_other_panel(skeleton, issued):
        first = skeleton.plan.checks[0].mark
        facts = {"cells": "どのセルかは分かりません"}
        told.at(codes.PANEL_CHANGED, (first.top, first.left), None, facts)


def _lost_lines(skeleton: Skeleton, changes: Sequence[Change], unsure: frozenset[str]) -> list[str]:
    """Return the groups of line items of which a row is gone that may have held something.

    One that was empty leaves every sum of the group saved as it is without that row.
    """
    plan, summed = skeleton.plan, summed_names(skeleton.plan)
    differ = {name for change in changes for name in rests_on(change.slot, plan)}
    doubtful = summed if uncalculated(skeleton) else differ | (unsure & summed)
    return [
        f"{group.part or '要求内容'}の明細の行"
        for group in short_groups(skeleton)
        if doubtful & {*group.columns.values()}
    ]


def _tell_places(skeleton: Skeleton, told: Told, lost_lines: Sequence[str]) -> bool:
    """Tell of labels and places, and whether all are there; if not, that says it all."""
    lost = skeleton.at.lost
    gone = [*lost_labels(skeleton), *lost_lines]
    if lost or gone:
        labels = dict.fromkeys([*(slot.label for slot in lost), *gone])
        pointer = lost[0].pointer if lost else None
        told.of_sheet(codes.LOST_PLACE, pointer, labels=listed(list(labels)))
        return False
    elsewhere = list(mistaken(skeleton))
    for slot, other in elsewhere:
        area = skeleton.areas[slot.name]
        facts = {"label": slot.label, "found": other}
        told.at(codes.NAME_ELSEWHERE, (area.top, area.left), slot.pointer, facts)
    if elsewhere:
        return False
    if skeleton.at.moved:
        told.of_sheet(codes.MOVED)
    for label in changed_labels(skeleton):
        facts = {"expected": label.expected, "found": label.found or "（空欄）"}
        told.at(codes.CHANGED_LABEL, label.cell, None, facts)
    return True
