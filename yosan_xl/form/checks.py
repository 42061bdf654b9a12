"""The checks panel of a request sheet: its marks, advice, counters and status, each as the formula
of its cell and as the value we expect in it.
"""

from __future__ import annotations

from yosan_xl.form.area import spanned
from yosan_xl.form.check_kinds import (
    FORMULAS,
    VALUES,
    Sheet,
    blank_formula,
    is_blank,
    is_long,
    length,
    long_formula,
    text_of,
)
from yosan_xl.form.plan import Check, Plan, Slot

GOOD, BLANK = "○", "－"
ERROR, WARNING = "誤り", "要確認"


def check_formula(check: Check, plan: Plan) -> str:
    """Give the formula (with `=`) of a check's mark."""
    fault = FORMULAS[check.kind](plan)
    return f'=IF({blank_formula(plan)},"{BLANK}",IF({fault},"{check.weight}","{GOOD}"))'


def check_value(check: Check, sheet: Sheet) -> str:
    """Give the mark that a check must show."""
    if is_blank(sheet):
        return BLANK
    return check.weight if VALUES[check.kind](sheet) else GOOD


def advice_formula(check: Check) -> str:
    """Give the formula of the advice beside a mark."""
    mark = check.mark.first
    return f'=IF(OR({mark}="{ERROR}",{mark}="{WARNING}"),"{check.advice}","")'


def open_formula(plan: Plan, sheet: str = "") -> str:
    """Give the formula (without `=`) of the number of checks that are open.

    A 要確認 with its reason written is not open. `sheet` is a prefix such as `要求書1!`.
    """
    marks, reasons = _span(plan, "mark"), _span(plan, "reason")
    return (
        f'COUNTIF({sheet}{marks},"{ERROR}")'
        f'+SUMPRODUCT(({sheet}{marks}="{WARNING}")*({sheet}{reasons}=""))'
    )


def open_checks(sheet: Sheet) -> int:
    """Give the number of checks that are open."""
    marks = [(check_value(c, sheet), sheet.one(c.reason_name or "")) for c in sheet.plan.checks]
    return sum(mark == ERROR or (mark == WARNING and not why) for mark, why in marks)


def status_formula(plan: Plan) -> str:
    """Give the formula of the line above the page that says how the sheet stands."""
    marks = _span(plan, "mark")
    some = (
        f'"誤り "&COUNTIF({marks},"{ERROR}")&"件　要確認 "&COUNTIF({marks},"{WARNING}")'
        '&"件（右の「確認すること」を見てください）"'
    )
    return f'=IF({blank_formula(plan)},"未記入",IF({open_formula(plan)}=0,"確認事項なし",{some}))'


def status_value(sheet: Sheet) -> str:
    """Give what that line must say."""
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
    """Give the formula of a prose block's counter."""
    text = f'LEN({slot.ref})&" / {slot.max_length}字"'
    return f'={text}&IF({long_formula(slot, plan)},"　長すぎます","")'


def counter_value(slot: Slot, sheet: Sheet) -> str:
    """Give what a prose block's counter must show."""
    used = length(text_of(sheet.one(slot.name)))
    long = "　長すぎます" if is_long(slot, sheet) else ""
    return f"{used} / {slot.max_length}字{long}"


def _span(plan: Plan, part: str) -> str:
    first, last = plan.checks[0], plan.checks[-1]
    return spanned(getattr(first, part), getattr(last, part)).a1(absolute=True)
