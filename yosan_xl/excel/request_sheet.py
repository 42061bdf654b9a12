"""One request sheet (要求書), written from its Plan."""

from __future__ import annotations

from yosan_xl.excel import styles
from yosan_xl.excel.cell_text import shown
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.layout import MARGIN_INCHES, pixels, row_heights
from yosan_xl.excel.validations import add_validation
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Label, Plan, RowRole, Slot
from yosan_xl.form.relation import Value, Values

A4 = 9
"""Paper size number of the file format (ECMA-376, ST_PaperSize)."""


def write_request_sheet(book: CheckedBook, name: str, plan: Plan, values: Values) -> None:
    """Write a request sheet that shows `values` (completed: computed cells included)."""
    sheet = book.add_worksheet(name)
    for column, width in enumerate(plan.widths):
        sheet.set_column_pixels(column, column, pixels(width))
    shown_values = {slot.name: _shown(values.get(slot.name), slot) for slot in plan.slots}
    for row, height in enumerate(row_heights(plan, shown_values)):
        sheet.set_row(row, height)
    for label in plan.labels:
        _write(book, sheet, label.area, label.text, styles.LABELS[label.role])
    for slot in plan.slots:
        _write_slot(book, sheet, slot, shown_values[slot.name], plan)
        _name(book, name, slot.name, slot.area if slot.repeats else _first(slot.area))
    _fade_unused_parts(book, sheet, plan)
    _protect(sheet)
    _page(sheet, plan)


def _shown(value: Value | tuple[Value, ...], slot: Slot) -> Value | tuple[Value, ...]:
    if isinstance(value, tuple):
        return tuple(shown(one, slot.kind) for one in value)
    return shown(value, slot.kind)


def _write_slot(
    book: CheckedBook, sheet: CheckedSheet, slot: Slot, value: Value | tuple[Value, ...], plan: Plan
) -> None:
    style = styles.slot_style(slot.kind, slot.by)
    column = value if isinstance(value, tuple) else (value,)
    for index, area in enumerate(slot.cells()):
        one = column[index] if index < len(column) else None
        if slot.formula:
            text = slot.formula.text(plan.ref)
            _merge(book, sheet, area, style)
            cached = "" if one is None else one
            sheet.write_formula(area.top, area.left, text, book.format(style), cached)
        else:
            _write(book, sheet, area, one, style)
    if slot.is_entry:
        add_validation(sheet, slot, plan)


def _write(
    book: CheckedBook, sheet: CheckedSheet, area: Area, value: Value, style: styles.Style
) -> None:
    _merge(book, sheet, area, style)
    if value is None or value == "":
        sheet.write_blank(area.top, area.left, None, book.format(style))
    elif isinstance(value, str):
        sheet.write_string(area.top, area.left, value, book.format(style))
    else:
        sheet.write_number(area.top, area.left, value, book.format(style))


def _merge(book: CheckedBook, sheet: CheckedSheet, area: Area, style: styles.Style) -> None:
    if not area.is_single:
        sheet.merge_range(area.top, area.left, area.bottom, area.right, "", book.format(style))


def _name(book: CheckedBook, sheet: str, name: str, area: Area) -> None:
    book.define_name(f"{sheet}!{name}", f"={sheet}!{area.a1(absolute=True)}")


def _first(area: Area) -> Area:
    return Area(area.top, area.left, area.top, area.left)


def _fade_unused_parts(book: CheckedBook, sheet: CheckedSheet, plan: Plan) -> None:
    """Let 小計 and 経常経費分 recede while the list is flat, as on paper."""
    slots = plan.by_name()
    part = next(slots[group.part_slot] for group in plan.groups if group.part_slot)
    for index, group in enumerate(plan.groups):
        flat = f'{part.area.first}=""'.replace(part.area.first, _absolute(part.area))
        used = ",".join(_absolute(slots[name].area) for name in group.columns.values())
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


def _absolute(area: Area) -> str:
    return area.a1(absolute=True) if area.height > 1 else _first(area).a1(absolute=True)


def _protect(sheet: CheckedSheet) -> None:
    # Without a password: protection helps the typist, it guards nothing.
    sheet.protect("", {"format_rows": True})


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
