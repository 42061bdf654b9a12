"""One request sheet (要求書), written from its Plan."""

from __future__ import annotations

from collections.abc import Iterable

from yosan_xl.excel import styles
from yosan_xl.excel.cells import name_cells, put_formula, put_value
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.layout import MARGIN_INCHES, lay_out
from yosan_xl.excel.panel import write_panel
from yosan_xl.excel.validations import add_validation
from yosan_xl.form.area import Area
from yosan_xl.form.check_kinds import PanelSheet
from yosan_xl.form.plan import Label, Plan, RowRole, Slot
from yosan_xl.form.relation import CellValue

A4 = 9
"""Paper size number of the file format (ECMA-376, ST_PaperSize)."""


def write_request_sheets(
    book: CheckedBook, states: Iterable[tuple[str, PanelSheet]], password: str
) -> None:
    """Write request sheets that show the values of their states (computed cells included).

    The blank ones of a book differ by their id alone: these are made once and copied.
    """
    written: list[tuple[PanelSheet, CheckedSheet]] = []
    for name, state in states:
        same = next((sheet for other, sheet in written if _alike(other, state)), None)
        sheet = (
            book.add_copy(name, same, _own_texts(state))
            if same
            else _write_sheet(book, name, state, password)
        )
        written.append((state, sheet))
        _page(sheet, state.plan)
        _name(book, name, state.plan)


_ID = "/id"


def _alike(one: PanelSheet, other: PanelSheet) -> bool:
    """Tell whether two sheets of one plan differ by their ids (both have one) at most."""
    ids = {slot.name for slot in one.plan.slots if slot.pointer == _ID}
    return all(
        value == other.values.get(name) or (name in ids and value and other.values.get(name))
        for name, value in one.values.items()
    ) and len(one.values) == len(other.values)


def _own_texts(state: PanelSheet) -> dict[str, str]:
    return {
        slot.area.first: str(state.values[slot.name])
        for slot in state.plan.slots
        if slot.pointer == _ID
    }


def _write_sheet(book: CheckedBook, name: str, state: PanelSheet, password: str) -> CheckedSheet:
    sheet, plan = book.add_worksheet(name), state.plan
    page = lay_out(plan, state.values)
    # Another default than XlsxWriter's own: else it leaves out the rows that happen to have it.
    sheet.set_default_row(18)
    for column, width in enumerate(page.widths):
        sheet.set_column_pixels(column, column, width)
    for row, height in enumerate(page.heights):
        sheet.set_row(row, height)
    for label in plan.labels:
        put_value(book, sheet, label.area, label.text, styles.label_style(label))
    for slot in plan.slots:
        _write_slot(book, sheet, slot, state.values.get(slot.name), plan)
    write_panel(book, sheet, state)
    _fade_unused_parts(book, sheet, plan)
    sheet.protect(password, {"format_rows": True})
    return sheet


def _name(book: CheckedBook, name: str, plan: Plan) -> None:
    """Define the names of the sheet `name`, by which it is read and looked up."""
    for slot in plan.slots:
        name_cells(book, name, slot.name, slot.area if slot.repeats else _first(slot.area))
    for check in plan.checks:
        name_cells(book, name, check.mark_name, check.mark)
        if check.reason_name:
            name_cells(book, name, check.reason_name, check.reason)


def _write_slot(
    book: CheckedBook,
    sheet: CheckedSheet,
    slot: Slot,
    value: CellValue | tuple[CellValue, ...],
    plan: Plan,
) -> None:
    style = styles.slot_style(slot.kind, slot.by)
    column = value if isinstance(value, tuple) else (value,)
    for index, area in enumerate(slot.cells()):
        one = column[index] if index < len(column) else None
        if slot.formula:
            put_formula(book, sheet, area, slot.formula.text(plan.ref), one, style)
        else:
            put_value(book, sheet, area, one, style)
    if slot.is_entry:
        add_validation(sheet, slot, plan)


def _first(area: Area) -> Area:
    return Area(area.top, area.left, area.top, area.left)


def _fade_unused_parts(book: CheckedBook, sheet: CheckedSheet, plan: Plan) -> None:
    """Let 小計 and 経常経費分 recede while the list is flat, as on paper."""
    slots = plan.by_name()
    part = next(slots[group.part_slot] for group in plan.groups if group.part_slot)
    for index, group in enumerate(plan.groups):
        flat = f'{part.area.first_absolute}=""'
        used = ",".join(slots[name].area.a1(absolute=True) for name in group.columns.values())
        unused = flat if group.part_slot else f"AND({flat},COUNTA({used})=0)"
        for label in _heading_labels(plan, index):
            options = {
                "type": "formula",
                "criteria": f"={unused}",
                "format": book.format(styles.FADED),
            }
            area = label.area
            sheet.conditional_format(area.top, area.left, area.bottom, area.right, options)


def _heading_labels(plan: Plan, group: int) -> list[Label]:
    own = [label for label in plan.labels if label.group == group]
    top = min(label.area.top for label in own)
    return [label for label in own if label.area.top == top]


def _page(sheet: CheckedSheet, plan: Plan) -> None:
    area = plan.print_area
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES)
    sheet.center_horizontally()
    sheet.center_vertically()
    sheet.print_area(area.top, area.left, area.bottom, area.right)
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    body = plan.rows.index(RowRole.BODY)
    sheet.freeze_panes(body, 0)
