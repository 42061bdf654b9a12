"""復活要求: the sheet of a 内示 book that a department fills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet, money_limits
from yosan_xl.excel.notice.contents import (
    AFTER,
    ASKED_AMOUNT,
    CHECK,
    FIRST_ROW,
    GIVEN,
    ID,
    NO,
    OPEN,
    REASON,
    REST,
    TITLE,
    TOTAL_WORD,
    Notice,
    NoticedRequest,
    RestorationColumn,
    column_name,
    restoration_columns,
)
from yosan_xl.excel.notice.stamp import RESTORATION
from yosan_xl.excel.styles import Style
from yosan_xl.excel.wrapping import display_lines, row_height
from yosan_xl.form.area import Area, a1, of_sheet
from yosan_xl.model.axes import TOTAL

_LONGEST_REASON = 400
_NOTE = "内示額に加えて要求する額（復活要求額）を、黄色い欄に入力してください。復活要求をしない事業の欄は、空のままにします。"
_RETURN = "入力したら、このブックを財政課に提出してください（提出済みの要求書は書きかえません）。"
_WIDTHS = {ID: 9, NO: 9, TITLE: 27, REASON: 34, CHECK: 20}
_MONEY_WIDTH = 11
"""As wide as prints at 7 points or more; an amount of 99,999,999 fits."""
_HEADING: Style = {**styles.LIST_HEADING, "text_wrap": True}
_TEXT: Style = {**styles.LIST_TEXT, "font_size": 10}
_CODE: Style = {**_TEXT, "align": "center", "num_format": "@"}
_ENTRY_FILL: Style = {"locked": False, "bg_color": styles.ENTRY_FILL}
_ENTRY_MONEY: Style = {**styles.LIST_FIGURES, **_ENTRY_FILL}
_ENTRY_TEXT: Style = {**_TEXT, **_ENTRY_FILL, "num_format": "@"}
_CHECK: Style = {**_TEXT, "font_color": "#A61B1B"}


def write_restoration_sheet(book: CheckedBook, notice: Notice, password: str) -> None:
    """Write the sheet: entry cells yellow and unlocked, all else locked, each column with a name."""
    sheet = book.add_worksheet(RESTORATION)
    columns = restoration_columns(notice.axes)
    _write_head(sheet, notice, columns)
    for row, one in enumerate(notice.requests, FIRST_ROW):
        _write_request(sheet, row, one, columns)
    last = FIRST_ROW + len(notice.requests) - 1
    _write_totals(sheet, last + 1, columns, notice)
    for at, column in enumerate(columns):
        area = Area(FIRST_ROW, at, last, at)
        place = f"={of_sheet(RESTORATION)}{area.a1(absolute=True)}"
        book.define_name(column_name(column.key), place, RESTORATION)
        if column.is_entry:
            sheet.data_validation(*area, _limits(column, notice.axes.unit))
    _set_page(sheet, last + 1, len(columns) - 1, notice)
    sheet.protect(password, {"format_rows": True})


def _write_head(
    sheet: CheckedSheet, notice: Notice, columns: tuple[RestorationColumn, ...]
) -> None:
    year, unit = notice.settings.year.label, notice.department.name
    sheet.put_at(0, 0, f"{year}予算 復活要求書　{unit}", styles.GUIDE["title"])
    sheet.put_at(1, 0, _NOTE, styles.PLAIN)
    sheet.put_at(2, 0, f"{_RETURN}{_return_by(notice)}", styles.PLAIN)
    sheet.put_at(3, len(columns) - 1, f"単位：{notice.axes.unit}", _UNIT)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column.key, _MONEY_WIDTH))
        sheet.put_at(FIRST_ROW - 1, at, column.heading, _HEADING)
    for row, height in enumerate((28, 16, 16, 15, 34)):
        sheet.set_row(row, height)


_UNIT: Style = {**styles.PLAIN, "align": "right"}


def _return_by(notice: Notice) -> str:
    contact = notice.settings.contact
    return f"　提出先・問合せ先：{contact}" if contact else ""


def _write_request(
    sheet: CheckedSheet, row: int, one: NoticedRequest, columns: tuple[RestorationColumn, ...]
) -> None:
    shown: Mapping[str, Any] = {
        ID: (one.request_id, _CODE),
        NO: (one.number, _CODE),
        TITLE: (one.request.title or "", _TEXT),
        ASKED_AMOUNT: (one.asked, styles.LIST_FIGURES),
        GIVEN: (OPEN if one.amount is None else one.amount, styles.LIST_FIGURES),
    }
    at = {column.key: a1(row, place) for place, column in enumerate(columns)}
    for place, column in enumerate(columns):
        cell = Area(row, place, row, place)
        if column.is_entry:
            sheet.put(cell, None, _ENTRY_MONEY if column.is_money else _ENTRY_TEXT)
        elif column.key in shown:
            sheet.put(cell, *shown[column.key])
        else:
            text, value, style = _computed(column.key, at, columns, one)
            sheet.put_formula(cell, text, value, style)
    lines = display_lines(one.request.title or "", _WIDTHS[TITLE] / 2)
    sheet.set_row(row, max(30, row_height(lines)))


def _computed(
    key: str, at: Mapping[str, str], columns: tuple[RestorationColumn, ...], one: NoticedRequest
) -> tuple[str, Any, Style]:
    """Return the formula of a computed cell, its value while nothing is typed, and its look."""
    total, given = at[TOTAL], at[GIVEN]
    sources = [at[column.key] for column in columns if column.key.startswith("source_")]
    summed = f"SUM({sources[0]}:{sources[-1]})" if sources else "0"
    if key == REST:
        return f'=IF(COUNT({total})=0,"",{total}-{summed})', "", styles.LIST_FIGURES
    if key == AFTER:
        text = f'=IF(COUNT({given})=0,"{OPEN}",{given}+N({total}))'
        return text, OPEN if one.amount is None else one.amount, styles.LIST_FIGURES
    reason = at[REASON]
    typed = "+".join(f"COUNTA({cell})" for cell in (*sources, reason))
    text = (
        f'=IF(COUNTA({total})=0,IF({typed}>0,"復活要求額がありません",""),'
        f'IF(COUNT({total})=0,"復活要求額は数字で入力してください",'
        f'IF({summed}>{total},"財源が復活要求額を超えています",'
        f'IF(COUNTA({reason})=0,"理由を入力してください",""))))'
    )
    return text, "", _CHECK


def _write_totals(
    sheet: CheckedSheet, row: int, columns: tuple[RestorationColumn, ...], notice: Notice
) -> None:
    known = notice.total_word.removeprefix(TOTAL_WORD).strip()
    for at, column in enumerate(columns):
        if not column.is_money:
            word = {ID: TOTAL_WORD, TITLE: known or None}.get(column.key)
            sheet.put_at(row, at, word, {**styles.LIST_TOTAL, "align": "center"})
            continue
        cells = [sheet.cells.content(one, at) for one in range(FIRST_ROW, row)]
        found = [getattr(one, "value", one) for one in cells]
        total = sum(one for one in found if isinstance(one, int))
        area = Area(row, at, row, at)
        cells_above = f"{a1(FIRST_ROW, at)}:{a1(row - 1, at)}"
        shown: int | str = total
        formula = f"=SUM({cells_above})"
        if column.key in (GIVEN, AFTER):  # of nothing known there is no sum
            formula = f'=IF(COUNT({cells_above})=0,"{OPEN}",SUM({cells_above}))'
            shown = total if any(isinstance(one, int) for one in found) else OPEN
        sheet.put_formula(area, formula, shown, styles.LIST_FIGURES_TOTAL)


def _limits(column: RestorationColumn, unit: str) -> dict[str, Any]:
    hint = {"input_title": column.heading, "ignore_blank": True}
    if column.is_money:
        said = f"内示額に加えて要求する額のうち、この財源の額（{unit}）です。"
        own = f"内示額に加えて要求する額（{unit}）です。内示額は含めません。"
        message = own if column.key == TOTAL else said
        return {**hint, **money_limits(unit), "input_message": message}
    return {
        **hint,
        "input_message": f"復活を要求する理由を、{_LONGEST_REASON}字以内で入力してください。",
        "validate": "length",
        "criteria": "<=",
        "value": _LONGEST_REASON,
        "error_type": "warning",
        "error_title": "文字数が多すぎます",
        "error_message": f"理由は{_LONGEST_REASON}字までです。",
    }


def _set_page(sheet: CheckedSheet, last_row: int, last_column: int, notice: Notice) -> None:
    sheet.freeze_panes(FIRST_ROW, 3)
    sheet.hide_gridlines(2)
    sheet.print_area(0, 0, last_row, last_column)
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.print_a4(landscape=True)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.print_foot(f"{notice.settings.year.label}予算 {RESTORATION}　{notice.department.name}")
