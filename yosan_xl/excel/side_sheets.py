"""はじめに, 一覧 and 積算: the sheets of a department's book beside its requests."""

from __future__ import annotations

from collections.abc import Sequence

from yosan_xl.excel import sheet_words, styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.rows import Link
from yosan_xl.excel.sheet_words import (
    ESTIMATE,
    GUIDE,
    GUIDE_FACTS,
    GUIDE_HEADINGS,
    GUIDE_LOOKS,
    GUIDE_STEPS,
    OVERVIEW,
)
from yosan_xl.excel.wrapping import display_lines
from yosan_xl.form import checks
from yosan_xl.form.area import Area, a1
from yosan_xl.form.check_kinds import PanelSheet
from yosan_xl.form.definition import FieldKind, Role
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.relation import is_number
from yosan_xl.model.department import Department
from yosan_xl.model.money import Rounding
from yosan_xl.model.settings import Settings

_GUIDE_WIDTHS = (24, 132, 560)
_GUIDE_TEXT_EM = 38
"""How many full-width characters fit a line of the text column."""

_OVERVIEW_TOP = sheet_words.OVERVIEW_TOP
_ESTIMATE_TOP = sheet_words.ESTIMATE_TOP
_ESTIMATE_WIDTHS = (80, 330, 100, 70, 70, 80, 110, 90)
_ROUNDING_FUNCTIONS = {
    Rounding.UP: "ROUNDUP",
    Rounding.NEAREST: "ROUND",
    Rounding.DOWN: "ROUNDDOWN",
}


def write_guide(
    book: CheckedBook, plan: Plan, settings: Settings, department: Department, password: str
) -> None:
    """Write the first sheet of a department's book."""
    sheet = book.add_worksheet(GUIDE)
    for column, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column_pixels(column, column, width)
    title = f"{settings.year.label}{plan.title}"
    sheet.put_at(1, 1, title, styles.GUIDE["title"])
    sheet.set_row(1, 32)
    row = _guide_rows(sheet, 3, _guide_facts(settings, department))
    row = _guide_heading(sheet, row + 1, GUIDE_HEADINGS[0])
    row = _guide_rows(sheet, row, GUIDE_STEPS)
    row = _guide_heading(sheet, row + 1, GUIDE_HEADINGS[1])
    for name, text, by in GUIDE_LOOKS:
        style = styles.slot_style(FieldKind.TEXT, by)
        sheet.put_at(row, 1, name, {**style, "locked": True})
        sheet.put_at(row, 2, text, styles.GUIDE["beside"])
        sheet.set_row(row, 24)
        row += 1
    sheet.hide_gridlines(2)
    sheet.protect(password)
    sheet.print_a4()


def _guide_facts(settings: Settings, department: Department) -> list[tuple[str, str]]:
    own = f"{department.name}（コード {department.code}）"
    texts = (own, settings.deadline, settings.contact)
    return [(name, text) for name, text in zip(GUIDE_FACTS, texts, strict=True) if text]


def _guide_heading(sheet: CheckedSheet, row: int, text: str) -> int:
    for column, words in ((1, text), (2, "")):
        sheet.put_at(row, column, words, styles.GUIDE["heading"])
    sheet.set_row(row, 22)
    sheet.set_row(row + 1, 6)
    return row + 2


def _guide_rows(sheet: CheckedSheet, row: int, entries: Sequence[tuple[str, str]]) -> int:
    for name, text in entries:
        sheet.put_at(row, 1, name, styles.GUIDE["name"])
        sheet.put_at(row, 2, text, styles.GUIDE["text"])
        sheet.set_row(row, 15 * display_lines(text, _GUIDE_TEXT_EM) + 6)
        row += 1
    return row


def write_overview(
    book: CheckedBook, sheets: Sequence[tuple[str, PanelSheet]], plan: Plan, password: str
) -> None:
    """Write 一覧 for the request sheets of a book, given by name with what stands in them."""
    sheet = book.add_worksheet(OVERVIEW)
    columns = _columns(plan)
    _write_head(sheet, columns, plan)
    for row, (name, state) in enumerate(sheets, _OVERVIEW_TOP):
        _write_request(sheet=sheet, row=row, name=name, columns=columns, state=state)
    _write_totals(sheet, _OVERVIEW_TOP + len(sheets), columns, [state for _, state in sheets])
    sheet.protect(password)
    _set_page(sheet)


def _columns(plan: Plan) -> list[Slot]:
    slots = plan.by_name()
    names = ("title", "category", "total_requested", *_sources(plan))
    return [slots[f"yx_{name}"] for name in names]


def _sources(plan: Plan) -> list[str]:
    amounts = [s.name for s in plan.slots if (s.pointer or "").startswith("/funding/")]
    return [name.removeprefix("yx_") for name in amounts if name.endswith("_amount")]


def _write_head(sheet: CheckedSheet, columns: list[Slot], plan: Plan) -> None:
    sheet.put_at(0, 0, sheet_words.OVERVIEW_TITLE, styles.GUIDE["title"])
    sheet.put_at(1, 0, sheet_words.OVERVIEW_NOTE, styles.PLAIN)
    sheet.set_row(0, 28)
    headings = [
        sheet_words.OVERVIEW_SHEET,
        *(_heading(slot) for slot in columns),
        sheet_words.OVERVIEW_OPEN,
    ]
    for column, heading in enumerate(headings):
        sheet.put_at(_OVERVIEW_TOP - 1, column, heading, styles.LIST_HEADING)
    links = len(headings)
    for offset, slot in enumerate(_blocks(plan)):
        sheet.put_at(_OVERVIEW_TOP - 1, links + offset, _number(slot), styles.LIST_HEADING)
        sheet.set_column_pixels(links + offset, links + offset, 26)
    area = Area(_OVERVIEW_TOP - 2, links, _OVERVIEW_TOP - 2, links + len(_blocks(plan)) - 1)
    sheet.put(area, sheet_words.OVERVIEW_LINKS, styles.LIST_HEADING)
    sheet.put_at(_OVERVIEW_TOP - 2, links - 2, sheet_words.OVERVIEW_UNIT, styles.LABELS[Role.NOTE])
    for column, width in enumerate((90, 300, 130, *[92] * (len(columns) - 2), 70)):
        sheet.set_column_pixels(column, column, width)


def _heading(slot: Slot) -> str:
    return sheet_words.OVERVIEW_AMOUNT if slot.name == "yx_total_requested" else slot.label


def _write_request(
    sheet: CheckedSheet,
    row: int,
    name: str,
    columns: list[Slot],
    state: PanelSheet,
) -> None:
    _link(sheet=sheet, row=row, column=0, target=f"{name}!A1", text=name)
    for column, slot in enumerate(columns, 1):
        ref = f"{name}!{slot.area.first}"
        style = styles.LIST_MONEY if column > 2 else styles.LIST_TEXT
        formula = f'=IF({ref}="","",{ref})'
        sheet.put_formula(_cell(row, column), formula, state.one(slot.name), style)
    links = len(columns) + 1
    opened = f"={checks.open_formula(state.plan, f'{name}!')}"
    sheet.put_formula(_cell(row, links), opened, checks.open_checks(state), styles.LIST_COUNT)
    for offset, slot in enumerate(_blocks(state.plan), 1):
        _link(
            sheet=sheet,
            row=row,
            column=links + offset,
            target=f"{name}!{slot.area.first}",
            text=_number(slot),
        )


def _write_totals(
    sheet: CheckedSheet,
    row: int,
    columns: list[Slot],
    states: list[PanelSheet],
) -> None:
    sheet.put_at(row, 0, sheet_words.OVERVIEW_TOTAL, styles.LIST_TOTAL)
    for column, slot in enumerate(columns, 1):
        if column <= 2:
            sheet.put_at(row, column, None, styles.LIST_TOTAL)
            continue
        total = sum(v for state in states if is_number(v := state.one(slot.name)))
        formula = f"=SUM({a1(_OVERVIEW_TOP, column)}:{a1(row - 1, column)})"
        sheet.put_formula(_cell(row, column), formula, total, styles.LIST_TOTAL)
    column = len(columns) + 1
    opened = sum(checks.open_checks(state) for state in states)
    formula = f"=SUM({a1(_OVERVIEW_TOP, column)}:{a1(row - 1, column)})"
    sheet.put_formula(_cell(row, column), formula, opened, styles.LIST_TOTAL)


def _blocks(plan: Plan) -> list[Slot]:
    """Return the first entry cell of each numbered block, in order."""
    slots = plan.by_name()
    first_line = slots[plan.groups[0].columns["label"]]
    numbered = [slot for slot in plan.slots if slot.number and slot.is_entry and not slot.repeats]
    return sorted([*numbered, first_line], key=lambda slot: slot.number or 0)


def _number(slot: Slot) -> str:
    return str(slot.number)


def _link(sheet: CheckedSheet, row: int, column: int, target: str, text: str) -> None:
    sheet.put_at(row, column, text, styles.LIST_LINK)
    sheet.link(row, column, Link("", target, text, f"{target} へ移動します"))


def _cell(row: int, column: int) -> Area:
    return Area(row, column, row, column)


def _set_page(sheet: CheckedSheet) -> None:
    sheet.freeze_panes(_OVERVIEW_TOP, 2)
    sheet.hide_gridlines(2)
    sheet.print_a4(landscape=True)


def write_estimate_sheet(book: CheckedBook, rounding: Rounding) -> None:
    """Write the working sheet; nothing in it is locked."""
    sheet = book.add_worksheet(ESTIMATE)
    sheet.put_at(0, 0, sheet_words.ESTIMATE_TITLE, styles.GUIDE["title"])
    sheet.put_at(1, 0, sheet_words.estimate_note(rounding), styles.PLAIN)
    sheet.put_at(2, 0, sheet_words.ESTIMATE_EXAMPLE, styles.PLAIN)
    sheet.set_row(0, 28)
    for column, (heading, width) in enumerate(
        zip(sheet_words.ESTIMATE_HEADINGS, _ESTIMATE_WIDTHS, strict=True)
    ):
        sheet.set_column_pixels(column, column, width)
        sheet.put_at(_ESTIMATE_TOP - 1, column, heading, styles.LIST_HEADING)
    for row in range(_ESTIMATE_TOP, _ESTIMATE_TOP + sheet_words.ESTIMATE_ROWS):
        _write_estimate_row(sheet, row, rounding)
    sheet.freeze_panes(_ESTIMATE_TOP, 0)
    sheet.print_a4()


def _write_estimate_row(sheet: CheckedSheet, row: int, rounding: Rounding) -> None:
    for column in range(sheet_words.ESTIMATE_ENTRIES):
        sheet.put_at(row, column, None, styles.FREE_TEXT if column < 2 else styles.FREE_FIGURE)
    sheet.put_formula(_cell(row, 6), yen_formula(row), "", styles.FREE_MONEY)
    sheet.put_formula(_cell(row, 7), thousand_formula(row, rounding), "", styles.FREE_MONEY)


def yen_formula(row: int) -> str:
    """Return the formula of 金額（円）: no row without a price and a quantity has one."""
    price, quantity, times, tax = (a1(row, column) for column in (2, 3, 4, 5))
    product = f'{price}*{quantity}*IF({times}="",1,{times})*(100+N({tax}))/100'
    return f'=IF(COUNT({price},{quantity})<2,"",ROUND({product},0))'


def thousand_formula(row: int, rounding: Rounding) -> str:
    """Return the formula of 千円, rounded as the year's settings say."""
    yen = a1(row, 6)
    return f'=IF({yen}="","",{_ROUNDING_FUNCTIONS[rounding]}({yen}/1000,0))'
