"""積算, the sheet of a department's book to work amounts out on: figures typed, amounts calculated.

The reader knows its formulas by estimate.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from yosan_xl.excel import sheet_words, styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.estimate import TEXTS, beyond_tax, estimate_formulas
from yosan_xl.excel.sheet_words import (
    ESTIMATE,
    ESTIMATE_ENTRIES,
    ESTIMATE_ROWS,
    ESTIMATE_TOP,
    MOST_TAX,
    OVERVIEW,
    OVERVIEW_TOP,
)
from yosan_xl.excel.wrapping import display_lines, row_height
from yosan_xl.form.area import Area, a1
from yosan_xl.form.plan import Plan
from yosan_xl.model.money import Rounding

_EM = 14
"""Pixels of a full-width character."""
_WIDTHS, _UNIT_WIDTH, _STATE_WIDTH = (84, 270, 96, 70, 60, 78, 110), 90, 150
_ROW = 20
"""The height (points) of a row, unless a text in it needs more."""
_MOST_FIGURE = 10**12
_MOST_TIMES = 9_999
"""Of 回数: `1/2`, which a spreadsheet program takes for a day, is a number of 46,000 or so."""
_TAX = ESTIMATE_ENTRIES - 1
_BOTTOM = ESTIMATE_TOP + ESTIMATE_ROWS - 1


def write_estimate_sheet(
    book: CheckedBook, plan: Plan, rounding: Rounding, sheets: int, password: str
) -> None:
    """Write the working sheet for a book of so many requests; what is below its table is free."""
    sheet = book.add_worksheet(ESTIMATE)
    sheet.set_default_row(_ROW)
    headings = sheet_words.estimate_headings(plan)
    _write_estimate_head(sheet, plan, rounding, headings)
    result = ESTIMATE_ENTRIES
    for row in range(ESTIMATE_TOP, ESTIMATE_TOP + ESTIMATE_ROWS):
        for column in range(result):
            sheet.put_at(row, column, None, estimate_style(column))
        texts = estimate_formulas(row, plan.axes.unit, rounding)
        for column, formula in enumerate(texts, result):
            style = styles.ESTIMATED if column < len(headings) - 1 else styles.LIST_STATE
            sheet.put_formula(Area(row, column, row, column), formula, "", style)
    _limit_estimate(sheet, plan, sheets)
    _show_estimate(sheet, len(headings))
    sheet.protect(password, {"format_rows": True, "format_columns": True})
    sheet.freeze_panes(ESTIMATE_TOP, 0)
    sheet.hide_gridlines(2)
    sheet.set_margins(0.5, 0.5, 0.5, 0.5)
    sheet.center_horizontally()
    sheet.print_a4()
    sheet.repeat_rows(ESTIMATE_TOP - 1)


def _write_estimate_head(
    sheet: CheckedSheet, plan: Plan, rounding: Rounding, headings: Sequence[str]
) -> None:
    widths = {"unit": _UNIT_WIDTH} if plan.axes.unit != "円" else {}
    pixels = (*_WIDTHS, *widths.values(), _STATE_WIDTH)
    for column, width in enumerate(pixels):
        # Below the table they are open; beside it, the Tab key would go there from every row.
        sheet.set_column_pixels(column, column, width, sheet.looks(styles.FREE))
    last = len(headings) - 1
    sheet.put(Area(0, 0, 0, last), sheet_words.ESTIMATE_TITLE, styles.GUIDE["title"])
    note = sheet_words.estimate_note(plan, rounding)
    for row, text in enumerate((note, sheet_words.estimate_example(plan)), 1):
        sheet.put(Area(row, 0, row, last), text, styles.LIST_NOTE)
        sheet.set_row(row, row_height(display_lines(text, sum(pixels) / _EM)))
    sheet.set_row(0, 28)
    sheet.set_row(ESTIMATE_TOP - 1, _ROW)
    for column, heading in enumerate(headings):
        sheet.put_at(ESTIMATE_TOP - 1, column, heading, styles.LIST_HEADING)


def estimate_style(column: int) -> styles.Style:
    """Return the look of a column of entries in 積算."""
    if column < TEXTS:
        return styles.FREE_TEXT
    is_tax = column == _TAX
    return styles.FREE_TAX if is_tax else styles.FREE_FIGURE


def _limit_estimate(sheet: CheckedSheet, plan: Plan, sheets: int) -> None:
    """Let the columns of figures take figures alone, and the first offer the sheets of the book."""
    top, bottom = ESTIMATE_TOP, _BOTTOM
    names = Area(OVERVIEW_TOP, 0, OVERVIEW_TOP + sheets - 1, 0)
    offered = {"validate": "list", "source": f"={OVERVIEW}!{names.a1(absolute=True)}"}
    # A copied sheet may be named as well.
    sheet.data_validation(top, 0, bottom, 0, {**offered, "show_error": False})
    for column, name in enumerate(sheet_words.ESTIMATE_NAMES[1:], TEXTS):
        is_tax = column == _TAX
        sheet.data_validation(top, column, bottom, column, _tax() if is_tax else _figure(name))


def _figure(name: str) -> dict[str, object]:
    is_times = name == sheet_words.ESTIMATE_NAMES[-2]
    most = _MOST_TIMES if is_times else _MOST_FIGURE
    day = "1/2 のように書くと日付になります。" if is_times else ""
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -most,
        "maximum": most,
        "error_title": "数字ではありません",
        "error_message": f"「{name}」は、数字だけを半角で入力してください（「円」「月」「回」などは付けません）。{day}",
    }


def _tax() -> dict[str, object]:
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": MOST_TAX,
        "input_title": "税率（％）",
        "input_message": "10 と入力します（10% や 0.1 でも 10％ で計算します）。",
        "error_title": "税率ではありません",
        "error_message": f"「税率」は、0から{MOST_TAX}までの数字を半角で入力してください（10％ は 10）。",
    }


def _show_estimate(sheet: CheckedSheet, width: int) -> None:
    """Let figures show whole, 0.1 as the 10% that it is counted for, and what is wrong stand out."""
    top, bottom, last = ESTIMATE_TOP, _BOTTOM, width - 1
    tax = _TAX
    first, rate, state = a1(top, TEXTS), a1(top, tax), f"${a1(top, last)}"
    share = f"AND(ISNUMBER({rate}),{rate}>0,{rate}<1)"
    whole = f"ROUND({rate}*100,6)=ROUND({rate}*100,0)"
    shown: tuple[tuple[int, int, str, styles.Style], ...] = (
        (TEXTS, tax - 1, f"AND(ISNUMBER({first}),{first}<>INT({first}))", styles.WITH_FRACTION),
        (tax, tax, f"AND({share},{whole})", styles.PERCENT),
        (tax, tax, share, styles.PERCENT_WITH_FRACTION),
        (TEXTS, tax, f"ISTEXT({first})", styles.OPEN_ERROR),
        (tax, tax, beyond_tax(rate), styles.OPEN_ERROR),
        (tax + 1, last, f'{state}<>""', styles.OPEN_ERROR),
    )
    for left, right, formula, look in shown:
        options = {"type": "formula", "criteria": f"={formula}", "format": sheet.looks(look)}
        sheet.conditional_format(top, left, bottom, right, options)
