"""はじめに and 一覧, the first sheets of a department's book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import NamedTuple

from yosan_xl.excel import sheet_words, styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.rows import Link
from yosan_xl.excel.sheet_words import (
    GUIDE,
    GUIDE_FACTS,
    GUIDE_HEADINGS,
    OVERVIEW,
    guide_looks,
    guide_steps,
    numbered,
)
from yosan_xl.excel.wrapping import display_lines, row_height
from yosan_xl.form import checks
from yosan_xl.form.area import Area, a1, of_sheet
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.relation import is_number
from yosan_xl.model.axes import ASKED, TOTAL
from yosan_xl.model.department import Department
from yosan_xl.model.money import limit, with_commas
from yosan_xl.model.settings import Settings

_GUIDE_WIDTHS = (24, 144, 660)
_GUIDE_NAME_EM, _GUIDE_TEXT_EM = 11, 45
"""How many full-width characters fit a line of a cell beside the text column, and of that."""

_OVERVIEW_TOP = sheet_words.OVERVIEW_TOP
_EM, _FIGURE, _SIDES = 14, 7, 10
"""Pixels of a full-width character and of a figure in a list, and what a cell leaves free."""
_SHEET_WIDTH, _LINK_WIDTH = 90, 26
_TEXT_WIDTHS = {False: 130, True: 456}
"""Of a text, and of a title."""
_INDENT = 22
"""Pixels between a text and its border, in LibreOffice, where there are more."""
_ROW = 20
"""The height (points) of a row with one line."""
_MARGIN = 0.5
_HEIGHTS = {"format_rows": True}
"""What a sheet lets people do though it is protected: make rows higher."""


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
    row = _guide_rows(
        sheet, row, guide_steps(plan, is_fixed=settings.locks_structure), styles.GUIDE_STEP
    )
    row = _guide_heading(sheet, row + 1, GUIDE_HEADINGS[1])
    for name, text, by in guide_looks(plan):
        style = styles.slot_style(FieldKind.TEXT, by)
        sheet.put_at(row, 1, name, {**style, "locked": True, "indent": 1})
        lines = display_lines(text, _GUIDE_TEXT_EM)
        sheet.put_at(row, 2, text, styles.GUIDE["beside" if lines == 1 else "text"])
        lines = max(lines, display_lines(name, _GUIDE_NAME_EM))
        sheet.set_row(row, max(24, row_height(lines)))
        row += 1
    sheet.hide_gridlines(2)
    sheet.protect(password, _HEIGHTS)
    sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    sheet.center_horizontally()
    sheet.print_a4(pages_high=1)


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


def _guide_rows(
    sheet: CheckedSheet,
    row: int,
    entries: Sequence[tuple[str, str]],
    looks: Mapping[str, styles.Style] = styles.GUIDE,
) -> int:
    for name, text in entries:
        sheet.put_at(row, 1, name, looks["name"])
        sheet.put_at(row, 2, text, looks["text"])
        sheet.set_row(row, 15 * display_lines(text, _GUIDE_TEXT_EM) + 8)
        row += 1
    return row


def write_overview(
    book: CheckedBook, sheets: Sequence[tuple[str, PanelSheet]], plan: Plan, password: str
) -> None:
    """Write 一覧 for the request sheets of a book, given by name with what stands in them."""
    sheet = book.add_worksheet(OVERVIEW)
    columns = _columns(plan, sheets[0][1].lists)
    _write_head(sheet, columns, plan)
    lines = max((column.lines for column in columns), default=1)
    for row, (name, state) in enumerate(sheets, _OVERVIEW_TOP):
        sheet.set_row(row, max(_ROW, row_height(lines)))
        _write_request(sheet=sheet, row=row, name=name, columns=columns, state=state)
    _write_totals(sheet, _OVERVIEW_TOP + len(sheets), columns, [state for _, state in sheets])
    sheet.protect(password, _HEIGHTS)
    _set_page(sheet)


class _Column(NamedTuple):
    """A column of 一覧: what it shows of each request, its heading, how wide it is, and how many lines a text takes."""

    slot: Slot
    heading: str
    pixels: int
    lines: int = 1

    @property
    def is_amount(self) -> bool:
        """Return whether it is added up."""
        return self.slot.kind is FieldKind.MONEY


def _columns(plan: Plan, lists: Mapping[str, tuple[str, ...]]) -> list[_Column]:
    """Return title and kind, what is asked for, and its sources, as far as the form has them."""
    axes = plan.axes
    asked = axes.stage(ASKED)
    texts = ((axes.meanings.get(meaning), None) for meaning in ("title", "kind"))
    total = (asked.amounts.get(TOTAL), asked.label)
    sources = ((asked.amounts.get(one.key), one.label) for one in axes.sources)
    wanted = ((plan.slot_at(pointer), heading) for pointer, heading in (*texts, total, *sources))
    return [_column(slot, heading or slot.label, plan, lists) for slot, heading in wanted if slot]


def _column(slot: Slot, heading: str, plan: Plan, lists: Mapping[str, tuple[str, ...]]) -> _Column:
    """Return a column as wide as its heading and its greatest amount, or with room for its longest text."""
    if slot.kind is FieldKind.MONEY:
        figures = _FIGURE * len(with_commas(limit(plan.axes.unit) // 10 - 1))
        return _Column(slot, heading, max(figures, _EM * len(heading)) + _SIDES)
    pixels = max(_TEXT_WIDTHS[slot.meaning == "title"], _EM * len(heading) + _SIDES)
    named = max(lists.get(slot.choices or "", ()), key=len, default="")
    longest = named or "字" * (slot.max_length or 1)
    return _Column(slot, heading, pixels, display_lines(longest, (pixels - _INDENT) / _EM))


def _write_head(sheet: CheckedSheet, columns: list[_Column], plan: Plan) -> None:
    sheet.put_at(0, 0, sheet_words.OVERVIEW_TITLE, styles.GUIDE["title"])
    sheet.put_at(1, 0, sheet_words.overview_note(plan), styles.PLAIN)
    sheet.set_row(0, 28)
    sheet.set_row(_OVERVIEW_TOP - 1, _ROW)
    shown = [column.heading for column in columns]
    headings = [sheet_words.OVERVIEW_SHEET, *shown, sheet_words.OVERVIEW_OPEN]
    for number, heading in enumerate(headings):
        sheet.put_at(_OVERVIEW_TOP - 1, number, heading, styles.LIST_HEADING)
    links = len(headings)
    first = max(_SHEET_WIDTH, _EM * len(plan.sheet) + _FIGURE * 3 + _SIDES)
    _write_link_heads(sheet, links, numbered(plan))
    unit = sheet_words.overview_unit(plan)
    sheet.put_at(_OVERVIEW_TOP - 2, links - 2, unit, styles.OVERVIEW_UNIT)
    for number, width in enumerate((first, *(column.pixels for column in columns), 70)):
        sheet.set_column_pixels(number, number, width)


def _write_link_heads(sheet: CheckedSheet, left: int, blocks: Sequence[Slot]) -> None:
    """Write the headings of the links to the numbered blocks, where there are any."""
    title = _EM * len(sheet_words.OVERVIEW_LINKS) + _SIDES
    for column, slot in enumerate(blocks, left):
        sheet.put_at(_OVERVIEW_TOP - 1, column, _number(slot), styles.LIST_HEADING)
        sheet.set_column_pixels(column, column, max(_LINK_WIDTH, ceil(title / len(blocks))))
    if blocks:
        area = Area(_OVERVIEW_TOP - 2, left, _OVERVIEW_TOP - 2, left + len(blocks) - 1)
        sheet.put(area, sheet_words.OVERVIEW_LINKS, styles.LIST_HEADING)


def _write_request(
    sheet: CheckedSheet, row: int, name: str, columns: list[_Column], state: PanelSheet
) -> None:
    _link(sheet=sheet, row=row, column=0, target=f"{of_sheet(name)}A1", text=name)
    for number, column in enumerate(columns, 1):
        ref = f"{of_sheet(name)}{column.slot.area.first}"
        style = styles.OVERVIEW_FIGURES if column.is_amount else styles.OVERVIEW_TEXT
        value = state.one(column.slot.name)
        sheet.put_formula(_cell(row, number), f'=IF({ref}="","",{ref})', value, style)
    links = len(columns) + 1
    opened = f"={checks.open_formula(state.plan, of_sheet(name))}"
    sheet.put_formula(_cell(row, links), opened, checks.open_checks(state), styles.LIST_COUNT)
    for number, slot in enumerate(numbered(state.plan), links + 1):
        target = f"{of_sheet(name)}{slot.area.first}"
        _link(sheet=sheet, row=row, column=number, target=target, text=_number(slot))


def _write_totals(
    sheet: CheckedSheet, row: int, columns: list[_Column], states: list[PanelSheet]
) -> None:
    sheet.set_row(row, _ROW)
    sheet.put_at(row, 0, sheet_words.OVERVIEW_TOTAL, styles.LIST_TOTAL_COUNT)
    for number, column in enumerate(columns, 1):
        if not column.is_amount:
            sheet.put_at(row, number, None, styles.LIST_TOTAL)
            continue
        total = sum(v for state in states if is_number(v := state.one(column.slot.name)))
        sheet.put_formula(_cell(row, number), _sum(row, number), total, styles.OVERVIEW_TOTAL)
    opened = sum(checks.open_checks(state) for state in states)
    last = len(columns) + 1
    sheet.put_formula(_cell(row, last), _sum(row, last), opened, styles.LIST_TOTAL_COUNT)


def _sum(row: int, column: int) -> str:
    return f"=SUM({a1(_OVERVIEW_TOP, column)}:{a1(row - 1, column)})"


def _number(slot: Slot) -> str:
    return str(slot.number)


def _link(sheet: CheckedSheet, row: int, column: int, target: str, text: str) -> None:
    sheet.put_at(row, column, text, styles.LIST_LINK)
    sheet.link(row, column, Link("", target, text, "この欄へ移動します"))


def _cell(row: int, column: int) -> Area:
    return Area(row, column, row, column)


def _set_page(sheet: CheckedSheet) -> None:
    sheet.freeze_panes(_OVERVIEW_TOP, 2)
    sheet.hide_gridlines(2)
    sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    sheet.print_a4(landscape=True)
    sheet.repeat_rows(_OVERVIEW_TOP - 1)
