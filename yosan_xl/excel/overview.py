"""一覧: every request of a book at a glance, live, with links into its sheet."""

from __future__ import annotations

from collections.abc import Sequence

from yosan_xl.excel import sheet_words, styles
from yosan_xl.excel.cells import put_formula, put_value
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.links import Link
from yosan_xl.excel.sheet_names import OVERVIEW
from yosan_xl.form import checks
from yosan_xl.form.area import Area, a1
from yosan_xl.form.check_kinds import PanelSheet
from yosan_xl.form.definition import Role
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.relation import CellValue, is_number

_TOP = sheet_words.OVERVIEW_TOP


def write_overview(
    book: CheckedBook, sheets: Sequence[tuple[str, PanelSheet]], plan: Plan, password: str
) -> None:
    """Write 一覧 for the request sheets of a book, given by name with what stands in them."""
    sheet = book.add_worksheet(OVERVIEW)
    columns = _columns(plan)
    _write_head(book, sheet, columns, plan)
    for row, (name, state) in enumerate(sheets, _TOP):
        _write_request(book, sheet, row, name, columns, state)
    _write_totals(book, sheet, _TOP + len(sheets), columns, [state for _, state in sheets])
    sheet.protect(password)
    _set_page(sheet)


def _columns(plan: Plan) -> list[Slot]:
    slots = plan.by_name()
    names = ("title", "category", "total_requested", *_sources(plan))
    return [slots[f"yx_{name}"] for name in names]


def _sources(plan: Plan) -> list[str]:
    amounts = [s.name for s in plan.slots if (s.pointer or "").startswith("/funding/")]
    return [name.removeprefix("yx_") for name in amounts if name.endswith("_amount")]


def _write_head(book: CheckedBook, sheet: CheckedSheet, columns: list[Slot], plan: Plan) -> None:
    sheet.write_string(0, 0, sheet_words.OVERVIEW_TITLE, book.format(styles.GUIDE["title"]))
    sheet.write_string(1, 0, sheet_words.OVERVIEW_NOTE, book.format(styles.PLAIN))
    sheet.set_row(0, 28)
    headings = [
        sheet_words.OVERVIEW_SHEET,
        *(_heading(slot) for slot in columns),
        sheet_words.OVERVIEW_OPEN,
    ]
    for column, heading in enumerate(headings):
        _put(book, sheet, _TOP - 1, column, heading, styles.LIST_HEADING)
    links = len(headings)
    for offset, slot in enumerate(_blocks(plan)):
        _put(book, sheet, _TOP - 1, links + offset, _number(slot), styles.LIST_HEADING)
        sheet.set_column_pixels(links + offset, links + offset, 26)
    area = Area(_TOP - 2, links, _TOP - 2, links + len(_blocks(plan)) - 1)
    put_value(book, sheet, area, sheet_words.OVERVIEW_LINKS, styles.LIST_HEADING)
    sheet.write_string(
        _TOP - 2, links - 2, sheet_words.OVERVIEW_UNIT, book.format(styles.LABELS[Role.NOTE])
    )
    for column, width in enumerate((90, 300, 130, *[92] * (len(columns) - 2), 70)):
        sheet.set_column_pixels(column, column, width)


def _heading(slot: Slot) -> str:
    return sheet_words.OVERVIEW_AMOUNT if slot.name == "yx_total_requested" else slot.label


def _write_request(
    book: CheckedBook,
    sheet: CheckedSheet,
    row: int,
    name: str,
    columns: list[Slot],
    state: PanelSheet,
) -> None:
    _link(book, sheet, row, 0, f"{name}!A1", name)
    for column, slot in enumerate(columns, 1):
        ref = f"{name}!{slot.area.first}"
        style = styles.LIST_MONEY if column > 2 else styles.LIST_TEXT
        formula = f'=IF({ref}="","",{ref})'
        put_formula(book, sheet, _cell(row, column), formula, state.one(slot.name), style)
    links = len(columns) + 1
    opened = f"={checks.open_formula(state.plan, f'{name}!')}"
    put_formula(
        book, sheet, _cell(row, links), opened, checks.open_checks(state), styles.LIST_COUNT
    )
    for offset, slot in enumerate(_blocks(state.plan), 1):
        _link(book, sheet, row, links + offset, f"{name}!{slot.area.first}", _number(slot))


def _write_totals(
    book: CheckedBook,
    sheet: CheckedSheet,
    row: int,
    columns: list[Slot],
    states: list[PanelSheet],
) -> None:
    _put(book, sheet, row, 0, sheet_words.OVERVIEW_TOTAL, styles.LIST_TOTAL)
    for column, slot in enumerate(columns, 1):
        if column <= 2:
            _put(book, sheet, row, column, None, styles.LIST_TOTAL)
            continue
        total = sum(v for state in states if is_number(v := state.one(slot.name)))
        formula = f"=SUM({a1(_TOP, column)}:{a1(row - 1, column)})"
        put_formula(book, sheet, _cell(row, column), formula, total, styles.LIST_TOTAL)
    column = len(columns) + 1
    opened = sum(checks.open_checks(state) for state in states)
    formula = f"=SUM({a1(_TOP, column)}:{a1(row - 1, column)})"
    put_formula(book, sheet, _cell(row, column), formula, opened, styles.LIST_TOTAL)


def _blocks(plan: Plan) -> list[Slot]:
    """Give the first entry cell of each numbered block, in order."""
    slots = plan.by_name()
    first_line = slots[plan.groups[0].columns["label"]]
    numbered = [slot for slot in plan.slots if slot.number and slot.is_entry and not slot.repeats]
    return sorted([*numbered, first_line], key=lambda slot: slot.number or 0)


def _number(slot: Slot) -> str:
    return str(slot.number)


def _link(
    book: CheckedBook, sheet: CheckedSheet, row: int, column: int, target: str, text: str
) -> None:
    _put(book, sheet, row, column, text, styles.LIST_LINK)
    sheet.link(row, column, Link("", target, text, f"{target} へ移動します"))


def _put(
    book: CheckedBook,
    sheet: CheckedSheet,
    row: int,
    column: int,
    value: CellValue,
    style: styles.Style,
) -> None:
    put_value(book, sheet, _cell(row, column), value, style)


def _cell(row: int, column: int) -> Area:
    return Area(row, column, row, column)


def _set_page(sheet: CheckedSheet) -> None:
    sheet.freeze_panes(_TOP, 2)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
