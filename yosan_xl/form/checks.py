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
from yosan_xl.form.check_kinds import KINDS, KINDS_2, CheckKind, not_shown, numbers
from yosan_xl.form.panel_sheet import PanelSheet, blank_formula, is_blank, refs
from yosan_xl.form.plan import Check, Plan, Slot
from yosan_xl.form.prose_length import (
    cut_formula,
    first_cut,
    first_cut_formula,
    is_cut,
    is_long,
    length,
    long_formula,
    text_of,
)
from yosan_xl.form.relation import list_name, normal_formula
from yosan_xl.form.told import TOLD, told_kind

GOOD, BLANK = "○", "－"
DONE = "確認事項なし"
ERROR, WARNING = "誤り", "要確認"

_BY_LISTS = {"stale", "contract"}
"""Kinds of check that compare with the lists of the hidden sheet."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the panel that is not good: its check, what that looks at, the panel's words, its cell (A1).

    `cut` are the texts, as people call them, of which the sheet does not print every word.
    """

    kind: str
    test: str
    weight: str
    label: str
    advice: str
    cell: str | None = None
    cut: tuple[str, ...] = ()


def check_formula(check: Check, plan: Plan) -> str:
    """Return the formula (with `=`) of a check's mark."""
    mark = f'IF({_kind(check, plan).formula(plan)},"{check.weight}","{GOOD}")'
    if PANELS[plan.panel].has_rooms:  # nobody can judge an error
        mark = f'IFERROR({mark},"{BLANK}")'
    return f'=IF({blank_formula(plan)},"{BLANK}",{mark})'


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
            cut = tuple(_cut(sheet)) if check.test == "too_long" else ()
            yield Mark(check.kind, check.test, check.weight, check.label, check.advice, cut=cut)


def _cut(sheet: PanelSheet) -> Iterator[str]:
    """Yield what people call the texts that may be cut, though no longer than they may be."""
    for slot, row in not_shown(sheet):
        if length(text_of(sheet.column(slot.name)[row])) <= (slot.max_length or 0):
            yield f"「{slot.label}」の上から{row + 1}行目" if slot.repeats else f"「{slot.label}」"


ADVICE = list_name("advice")
"""The name of a book for what to do at each check, in the order of the panel."""


def advice_formula(check: Check, plan: Plan) -> str:
    """Return the formula of the advice beside a mark."""
    mark = check.mark.first
    if PANELS[plan.panel].has_rooms:
        first = plan.checks[0].mark.first_absolute
        advice = f"INDEX({ADVICE},ROWS({first}:{mark}))"
    else:
        advice = '"' + check.advice.replace('"', '""') + '"'
    return f'=IF(OR({mark}="{ERROR}",{mark}="{WARNING}"),{advice},"")'


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
    return sum(_is_open(check, sheet) for check in sheet.plan.checks)


def status_formula(plan: Plan) -> str:
    """Return the formula of the line above the page that says how the sheet stands."""
    blank = blank_formula(plan)
    if not plan.checks:
        return f'=IF({blank},"未記入","{DONE}")'
    marks = _span(plan, "mark")
    where = _first_open_formula(plan) if PANELS[plan.panel].has_rooms else f'"{_TO_THE_RIGHT}"'
    some = f'"誤り "&COUNTIF({marks},"{ERROR}")&"件　要確認 "&COUNTIF({marks},"{WARNING}")&{where}'
    said = f'IF({open_formula(plan)}=0,"{DONE}",{some})'
    if PANELS[plan.panel].has_rooms and (amounts := numbers(plan)):
        said = f'IF(ISERROR(SUM({refs(plan, amounts)})),"{_BROKEN}",{said})'
    return f'=IF({blank},"未記入",{said})'


_BROKEN = "誤り：金額が #N/A などになっています（「積算」など、もとの欄を直してください）"
"""An entry that takes its amount from elsewhere, where that is wrong."""

_TO_THE_RIGHT = "件（右の「確認すること」を見てください）"


def _first_open_formula(plan: Plan) -> str:
    """Return the formula that names the first check that is open: it may stand off the screen."""
    first, last, count = plan.checks[0], plan.checks[-1], len(plan.checks)
    marks, reasons = _span(plan, "mark"), _span(plan, "reason")
    said = (one.area for one in plan.labels if one.text == first.label)
    left = next(area.left for area in said if area.top == first.mark.top)
    labels = Area(first.mark.top, left, last.mark.bottom, left).a1(absolute=True)
    rest = f"({count}-ROW({marks})+ROW({first.mark.first}))"
    is_open = f'(({marks}="{ERROR}")+({marks}="{WARNING}")*({reasons}=""))'
    number = f"{count + 1}-SUMPRODUCT(MAX({is_open}*{rest}))"
    return f'"件：「"&INDEX({labels},{number})&"」など、右の欄を見てください"'


def _first_open(sheet: PanelSheet) -> str:
    label = next(check.label for check in sheet.plan.checks if _is_open(check, sheet))
    return f"件：「{label}」など、右の欄を見てください"


def _is_open(check: Check, sheet: PanelSheet) -> bool:
    mark = check_value(check, sheet)
    return mark == ERROR or (mark == WARNING and not sheet.one(check.reason_name or ""))


def status_value(sheet: PanelSheet) -> str:
    """Return what that line must say."""
    if is_blank(sheet):
        return "未記入"
    if open_checks(sheet) == 0:
        return DONE
    marks = [check_value(check, sheet) for check in sheet.plan.checks]
    where = _first_open(sheet) if PANELS[sheet.plan.panel].has_rooms else _TO_THE_RIGHT
    return f"誤り {marks.count(ERROR)}件　要確認 {marks.count(WARNING)}{where}"


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
        *((check.advice_area, advice_formula(check, plan)) for check in plan.checks),
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


_TOO_LONG = "　長すぎます（短くしてください）"
_CUT = "印刷で切れます（短くするか、行を高くしてください）"
_ROW_CUT = "印刷で切れます（短くするか、行を高く）"


def _text_formula(slot: Slot, plan: Plan) -> str:
    return (_column_formula if slot.repeats else _single_formula)(slot, _room_of(slot, plan))


def _text_value(slot: Slot, sheet: PanelSheet) -> str:
    return (_column_value if slot.repeats else _single_value)(slot, sheet)


def _room_of(slot: Slot, plan: Plan) -> str:
    """Return the cell of the panel that says what shows of a text; a plan of an older panel has none."""
    return next((c.room.first for c in plan.counters if c.slot == slot.name and c.room), "NA()")


def _single_formula(slot: Slot, room: str) -> str:
    size, most = f"LEN({slot.ref})", slot.max_length
    cut = f'IF({cut_formula(slot, room)},"　{_CUT}","")'
    return f'={size}&" / {most}字"&IF({size}>{most},"{_TOO_LONG}",{cut})'


def _single_value(slot: Slot, sheet: PanelSheet) -> str:
    text, room = text_of(sheet.one(slot.name)), sheet.rooms.get(slot.name)
    long = length(text) > (slot.max_length or 0)
    cut = room is not None and is_cut(slot, text, room)
    more = _TOO_LONG if long else f"　{_CUT}" if cut else ""
    return f"{length(text)} / {slot.max_length}字{more}"


def _column_formula(slot: Slot, room: str) -> str:
    own, most = slot.area, slot.max_length
    column = Area(own.top, own.left, own.bottom, own.left)  # the first of its merged cells
    longest = f"SUMPRODUCT(MAX(LEN({column.a1()})))"
    first = first_cut_formula(column, room)
    cut = f'TEXT({first},"""　上から""0""行目が{_ROW_CUT}"";;")'
    return f'="最長 "&{longest}&" / {most}字"&IF({longest}>{most},"{_TOO_LONG}",{cut})'


def _column_value(slot: Slot, sheet: PanelSheet) -> str:
    texts, room = [text_of(value) for value in sheet.column(slot.name)], sheet.rooms.get(slot.name)
    longest = max(map(length, texts), default=0)
    first = first_cut(texts, room) if room else 0
    cut = f"　上から{first}行目が{_ROW_CUT}" if first else ""
    long = longest > (slot.max_length or 0)
    return f"最長 {longest} / {slot.max_length}字{_TOO_LONG if long else cut}"


class CounterKind(NamedTuple):
    """How a prose block is counted: the formula of its cell, and what that must show."""

    formula: Callable[[Slot, Plan], str]
    value: Callable[[Slot, PanelSheet], str]


class PanelVersion(NamedTuple):
    """The formulas and values of a panel. The version of a book that was issued never changes.

    With `has_rooms` its cells say what shows of every text, and every text has a counter.
    """

    kinds: Mapping[str, CheckKind]
    counter: CounterKind
    has_rooms: bool = True


PANELS: Mapping[int, PanelVersion] = {
    1: PanelVersion(KINDS, CounterKind(_length_formula, _length_value), has_rooms=False),
    2: PanelVersion(KINDS_2, CounterKind(_text_formula, _text_value)),
}
"""By version. The last is what books are issued with; 1 is that of books whose stamp says nothing of it.

A change: `3: PanelVersion({**KINDS_2, "yen": CheckKind(_yen_formula_3, _has_yen_3)}, ...)`.
"""
