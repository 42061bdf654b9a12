"""The checks panel of a request sheet: its marks, advice, counters and status, each as the formula
of its cell and as the value we expect in it.

A book keeps the panel that it was issued with: its Plan says by number which version that is, its
stamp by the SHA-256 of the formulas.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.form.area import Area, spanned
from yosan_xl.form.check_kinds import KINDS, CheckKind
from yosan_xl.form.panel_sheet import PanelSheet, blank_formula, is_blank
from yosan_xl.form.plan import Check, Plan, Slot
from yosan_xl.form.prose_length import is_long, length, long_formula, text_of
from yosan_xl.form.relation import normal_formula
from yosan_xl.form.told import TOLD, told_kind

GOOD, BLANK = "○", "－"
ERROR, WARNING = "誤り", "要確認"

_BY_LISTS = {"stale", "contract"}
"""Kinds of check that compare with the lists of the hidden sheet."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the panel that is not good: its check, what that looks at, the panel's words, its cell (A1)."""

    kind: str
    test: str
    weight: str
    label: str
    advice: str
    cell: str | None = None


def check_formula(check: Check, plan: Plan) -> str:
    """Return the formula (with `=`) of a check's mark."""
    fault = _kind(check, plan).formula(plan)
    return f'=IF({blank_formula(plan)},"{BLANK}",IF({fault},"{check.weight}","{GOOD}"))'


def check_value(check: Check, sheet: PanelSheet) -> str:
    """Return the mark that a check must show."""
    if is_blank(sheet):
        return BLANK
    return check.weight if _kind(check, sheet.plan).fault(sheet) else GOOD


def _kind(check: Check, plan: Plan) -> CheckKind:
    if check.test == TOLD:
        return told_kind(plan.told[int(check.kind.removeprefix(TOLD)) - 1])
    return PANELS[plan.panel].kinds[check.test]


def marks_of(sheet: PanelSheet) -> Iterator[Mark]:
    """Yield every 誤り and 要確認 that the panel must show, in its order.

    Where the lists are not known, the checks that compare with them are left out.
    """
    if is_blank(sheet):
        return
    for check in sheet.plan.checks:
        known = check.test not in _BY_LISTS or sheet.lists.get("years")
        if known and check_value(check, sheet) == check.weight:
            yield Mark(check.kind, check.test, check.weight, check.label, check.advice)


def advice_formula(check: Check) -> str:
    """Return the formula of the advice beside a mark."""
    mark = check.mark.first
    advice = check.advice.replace('"', '""')
    return f'=IF(OR({mark}="{ERROR}",{mark}="{WARNING}"),"{advice}","")'


def open_formula(plan: Plan, sheet: str = "") -> str:
    """Return the formula (without `=`) of the number of checks that are open.

    A 要確認 with its reason written is not open. `sheet` is a prefix such as `要求書1!`.
    """
    if not plan.checks:
        return "0"
    marks, reasons = _span(plan, "mark"), _span(plan, "reason")
    return (
        f'COUNTIF({sheet}{marks},"{ERROR}")'
        f'+SUMPRODUCT(({sheet}{marks}="{WARNING}")*({sheet}{reasons}=""))'
    )


def open_checks(sheet: PanelSheet) -> int:
    """Return the number of checks that are open."""
    marks = [(check_value(c, sheet), sheet.one(c.reason_name or "")) for c in sheet.plan.checks]
    return sum(mark == ERROR or (mark == WARNING and not why) for mark, why in marks)


def status_formula(plan: Plan) -> str:
    """Return the formula of the line above the page that says how the sheet stands."""
    blank = blank_formula(plan)
    if not plan.checks:
        return f'=IF({blank},"未記入","確認事項なし")'
    marks = _span(plan, "mark")
    some = (
        f'"誤り "&COUNTIF({marks},"{ERROR}")&"件　要確認 "&COUNTIF({marks},"{WARNING}")'
        '&"件（右の「確認すること」を見てください）"'
    )
    return f'=IF({blank},"未記入",IF({open_formula(plan)}=0,"確認事項なし",{some}))'


def status_value(sheet: PanelSheet) -> str:
    """Return what that line must say."""
    if is_blank(sheet):
        return "未記入"
    if open_checks(sheet) == 0:
        return "確認事項なし"
    marks = [check_value(check, sheet) for check in sheet.plan.checks]
    return (
        f"誤り {marks.count(ERROR)}件　要確認 {marks.count(WARNING)}件"
        "（右の「確認すること」を見てください）"
    )


def counter_formula(slot: Slot, plan: Plan) -> str:
    """Return the formula of a prose block's counter."""
    return PANELS[plan.panel].counter.formula(slot, plan)


def counter_value(slot: Slot, sheet: PanelSheet) -> str:
    """Return what a prose block's counter must show."""
    return PANELS[sheet.plan.panel].counter.value(slot, sheet)


def versions(kinds: Iterable[str]) -> list[int]:
    """Return the versions of the panel, the newest first, that have checks of all these kinds."""
    wanted = set(kinds) - {TOLD}
    return [n for n in sorted(PANELS, reverse=True) if PANELS[n].kinds.keys() >= wanted]


def panel_formulas(plan: Plan) -> tuple[tuple[Area, str], ...]:
    """Return the cells of the panel that have a formula, and these."""
    slots = plan.by_name()
    return (
        *((check.mark, check_formula(check, plan)) for check in plan.checks),
        *((check.advice_area, advice_formula(check)) for check in plan.checks),
        *((c.area, counter_formula(slots[c.slot], plan)) for c in plan.counters),
        (plan.status, status_formula(plan)),
    )


@lru_cache(maxsize=16)
def panel_sha256(plan: Plan) -> str:
    """Return by what the stamp of a book knows the panel that it is issued with."""
    return formulas_sha256((formula for _, formula in panel_formulas(plan)), "")


def formulas_sha256(formulas: Iterable[str], own_sheet: str) -> str:
    """Return the SHA-256 of the formulas of a panel, however a program spells them."""
    said = "\n".join(normal_formula(formula, own_sheet) for formula in formulas)
    return hashlib.sha256(said.encode()).hexdigest()


def _span(plan: Plan, part: str) -> str:
    first, last = plan.checks[0], plan.checks[-1]
    return spanned(getattr(first, part), getattr(last, part)).a1(absolute=True)


def _length_formula(slot: Slot, plan: Plan) -> str:
    text = f'LEN({slot.ref})&" / {slot.max_length}字"'
    return f'={text}&IF({long_formula(slot, plan)},"　長すぎます","")'


def _length_value(slot: Slot, sheet: PanelSheet) -> str:
    used = length(text_of(sheet.one(slot.name)))
    long = "　長すぎます" if is_long(slot, sheet.one(slot.name), sheet.plan) else ""
    return f"{used} / {slot.max_length}字{long}"


class CounterKind(NamedTuple):
    """How a prose block is counted: the formula of its cell, and what that must show."""

    formula: Callable[[Slot, Plan], str]
    value: Callable[[Slot, PanelSheet], str]


class PanelVersion(NamedTuple):
    """The formulas and values of a panel. The version of a book that was issued never changes."""

    kinds: Mapping[str, CheckKind]
    counter: CounterKind


PANELS: Mapping[int, PanelVersion] = {
    1: PanelVersion(KINDS, CounterKind(_length_formula, _length_value)),
}
"""By version. The last is what books are issued with; 1 is that of books whose stamp says nothing of it.

A change: `2: PanelVersion({**KINDS, "yen": CheckKind(_yen_formula_2, _has_yen_2)}, ...)`.
"""
