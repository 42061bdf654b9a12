"""Input messages, drop-downs and limits of the entry cells (入力規則)."""

from __future__ import annotations

from typing import Any

from yosan_xl.excel.checked import CheckedSheet
from yosan_xl.form.check_kinds import kan_source
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.relation import list_name
from yosan_xl.model.money import LIMIT, with_commas


def add_validation(sheet: CheckedSheet, slot: Slot, plan: Plan) -> None:
    """Put the input message and the limits on an entry cell or column; raise WriteFailed."""
    options = {
        "input_title": slot.label,
        "input_message": slot.hint,
        "ignore_blank": True,
        **_limit(slot, plan),
    }
    area = slot.area
    sheet.data_validation(area.top, area.left, area.bottom, area.right, options)


def _limit(slot: Slot, plan: Plan) -> dict[str, Any]:
    if slot.choices:
        return {
            "validate": "list",
            "source": _source(slot, plan),
            "error_title": "一覧にない値です",
            "error_message": f"「{slot.label}」は一覧から選んでください。",
        }
    if slot.kind is FieldKind.MONEY:
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": -LIMIT,
            "maximum": LIMIT,
            "error_title": "千円の整数ではありません",
            "error_message": f"「{slot.label}」は千円単位の整数を半角で入力してください"
            f"（{with_commas(-LIMIT)}から{with_commas(LIMIT)}まで）。",
        }
    return {
        "validate": "length",
        "criteria": "<=",
        "value": slot.max_length,
        "error_type": "warning",
        "error_title": "文字数が多すぎます",
        "error_message": f"「{slot.label}」は{slot.max_length}字までです。印刷した用紙に収まらないことがあります。",
    }


def _source(slot: Slot, plan: Plan) -> str:
    return f"={kan_source(plan) if slot.choices == 'kan' else list_name(slot.choices or '')}"
