"""Finance's entry cells in the summary: messages, limits, and the protection of all the rest."""

from __future__ import annotations

from typing import Any

from yosan_xl.excel.checked import CheckedSheet
from yosan_xl.excel.rows import MOST_CHARACTERS
from yosan_xl.excel.summary.definition import Field, SheetDefinition
from yosan_xl.model.money import LIMIT, with_commas

_STILL_ALLOWED = {
    "autofilter": True,
    "sort": True,
    "format_columns": True,
    "format_rows": True,
}


def guard(target: CheckedSheet, sheet: SheetDefinition, first: int, last: int) -> None:
    """Put messages and limits on the entry cells of rows `first` to `last`, and protect the rest.

    There is no password: the protection helps finance not to type over what is computed. Excel
    filters under it; it sorts only where no cell of the area is locked.
    """
    for column, field in enumerate(sheet.fields):
        if field.key in sheet.entries and last >= first:
            message = {"input_title": field.label, "input_message": field.hint}
            limit = {"ignore_blank": True, **message, **_limit(field)}
            target.data_validation(first, column, last, column, limit)
    target.protect("", _STILL_ALLOWED)


def _limit(field: Field) -> dict[str, Any]:
    if field.choices:
        # A word of one's own is allowed: the list only helps.
        return {"validate": "list", "source": list(field.choices), "show_error": False}
    if field.kind == "money":
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": -LIMIT,
            "maximum": LIMIT,
            "error_title": "千円の整数ではありません",
            "error_message": f"「{field.label}」は千円単位の整数を半角で入力してください"
            f"（{with_commas(-LIMIT)}から{with_commas(LIMIT)}まで）。",
        }
    return {
        "validate": "length",
        "criteria": "<=",
        "value": MOST_CHARACTERS,
        "error_title": "文字数が多すぎます",
        "error_message": f"「{field.label}」は{with_commas(MOST_CHARACTERS)}字までです。",
    }
