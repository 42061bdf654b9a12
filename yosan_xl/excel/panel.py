"""The checks panel beside a request sheet, its counters, and the line that sums it up."""

from __future__ import annotations

from yosan_xl.excel import styles
from yosan_xl.excel.cells import put_formula, put_value
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.form import checks
from yosan_xl.form.area import spanned
from yosan_xl.form.check_kinds import PanelSheet
from yosan_xl.form.plan import Check

_REASON = {
    "validate": "length",
    "criteria": "<=",
    "value": 200,
    "input_title": "要確認の理由",
    "input_message": "「要確認」でも正しいときは、その理由を200字以内で入力してください。",
    "error_type": "warning",
    "error_title": "文字数が多すぎます",
    "error_message": "理由は200字までです。",
}


def write_panel(book: CheckedBook, sheet: CheckedSheet, state: PanelSheet) -> None:
    """Write the panel of a sheet, its results cached for `state`."""
    plan = state.plan
    for check in plan.checks:
        _write_check(book, sheet, check, state)
    slots = plan.by_name()
    for counter in plan.counters:
        slot = slots[counter.slot]
        text, value = checks.counter_formula(slot, plan), checks.counter_value(slot, state)
        put_formula(book, sheet, counter.area, text, value, styles.PANEL)
    status = checks.status_formula(plan), checks.status_value(state)
    put_formula(book, sheet, plan.status, *status, styles.STATUS)
    _colour(book, sheet, state)


def _write_check(book: CheckedBook, sheet: CheckedSheet, check: Check, state: PanelSheet) -> None:
    mark = checks.check_value(check, state)
    put_formula(book, sheet, check.mark, checks.check_formula(check, state.plan), mark, styles.MARK)
    advice = check.advice if mark in (checks.ERROR, checks.WARNING) else ""
    put_formula(book, sheet, check.advice_area, checks.advice_formula(check), advice, styles.PANEL)
    if check.reason_name:
        put_value(book, sheet, check.reason, state.one(check.reason_name), styles.REASON)
        area = check.reason
        sheet.data_validation(area.top, area.left, area.bottom, area.right, _REASON)
    else:
        put_value(book, sheet, check.reason, None, styles.PANEL)


def _colour(book: CheckedBook, sheet: CheckedSheet, state: PanelSheet) -> None:
    """Let what is open stand out; the words say the same without colour."""
    plan = state.plan
    marks = spanned(plan.checks[0].mark, plan.checks[-1].mark)
    counters = spanned(plan.counters[0].area, plan.counters[-1].area)
    for area in (marks, counters, plan.status):
        for word, look in _WORDS:
            options = {
                "type": "text",
                "criteria": "containing",
                "value": word,
                "format": book.format(look),
            }
            sheet.conditional_format(area.top, area.left, area.bottom, area.right, options)


_WORDS = (
    (f"{checks.ERROR} 0件", styles.OPEN_WARNING),
    (checks.ERROR, styles.OPEN_ERROR),
    (checks.WARNING, styles.OPEN_WARNING),
    ("長すぎます", styles.OPEN_WARNING),
)
"""Words of the panel and how they stand out; the first that is found decides."""
