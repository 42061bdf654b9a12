"""One request sheet (要求書) with its checks panel, written from its Plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet, money_limits
from yosan_xl.excel.ignored_errors import rectangles
from yosan_xl.excel.layout.page import Page, lay_out
from yosan_xl.excel.layout.paper import MARGIN_INCHES, head_rows, is_landscape
from yosan_xl.excel.sheet_words import number_words
from yosan_xl.form import checks
from yosan_xl.form.area import Area, of_sheet, spanned
from yosan_xl.form.choices import choices_formula
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.picture import in_words, validation_formula
from yosan_xl.form.plan import Check, Counter, Label, Plan, Slot
from yosan_xl.form.prose_length import fitted, room_content
from yosan_xl.form.relation import CellValue
from yosan_xl.model.axes import ENVELOPE
from yosan_xl.model.money import limit

_ID = ENVELOPE["id"]

_MOST_FROZEN = 4
"""Rows that stay in sight: with more there is no room left on a small screen."""

_LONGEST_FORMULA = 255
"""Characters that Excel takes as the formula of a data validation."""

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

_REASONS = "yx_reasons"
"""What the range of the cells for reasons is called."""

_WORDS: Mapping[tuple[str, ...], styles.Style] = {
    (f"{checks.ERROR} 0件",): styles.OPEN_WARNING,
    (checks.ERROR,): styles.OPEN_ERROR,
    (checks.WARNING, "ます"): styles.OPEN_WARNING,
}
"""Words of the panel and how they stand out; the first that are found decide."""


def with_rooms(state: PanelSheet) -> PanelSheet:
    """Return a sheet that knows what its cells will show of texts: of those that it has now, all."""
    rooms = lay_out(state.plan, state.values).rooms
    slots = [state.plan.by_name()[one.slot] for one in state.plan.counters if one.room]
    own = {s.name: fitted(s, rooms[s.name], state.column(s.name)) for s in slots if s.name in rooms}
    return replace(state, rooms=own)


def write_request_sheets(
    book: CheckedBook, states: Iterable[tuple[str, PanelSheet]], password: str
) -> None:
    """Write request sheets that show the values of their states (computed cells included).

    The blank ones of a book differ by their id alone: these are made once and copied.
    """
    written: list[tuple[PanelSheet, CheckedSheet, Page]] = []
    for name, state in states:
        same = next((one for one in written if _alike(one[0], state)), None)
        page = same[2] if same else lay_out(state.plan, state.values)
        sheet = (
            book.add_copy(name, same[1], _own_texts(state))
            if same
            else _write_sheet(book.add_worksheet(name), state, page, password)
        )
        written.append((state, sheet, page))
        set_page(sheet, state.plan, page)
        _name(book, name, state.plan)


def _alike(one: PanelSheet, other: PanelSheet) -> bool:
    """Return whether two sheets of one plan differ by their ids (both have one) at most."""
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


def _write_sheet(sheet: CheckedSheet, state: PanelSheet, page: Page, password: str) -> CheckedSheet:
    plan = state.plan
    sheet.set_default_row(18)
    for column, width in enumerate(page.widths):
        sheet.set_column_pixels(column, column, width)
    for row, height in enumerate(page.heights):
        sheet.set_row(row, height)
    for label in plan.labels:
        sheet.put(label.area, label.text, styles.label_style(label, plan, roomy=page.is_roomy))
    for slot in plan.slots:
        _write_slot(sheet, slot, state.values.get(slot.name), plan, roomy=page.is_roomy)
    _add_validations(sheet, plan)
    _write_panel(sheet, state)
    _fade_unused_groups(sheet, plan)
    _whiten_when_done(sheet, plan)
    first = next((slot.cells()[0] for slot in plan.slots if slot.is_entry), plan.status)
    sheet.set_selection(*first)
    sheet.protect(password, {"format_rows": True})
    return sheet


def _name(book: CheckedBook, sheet: str, plan: Plan) -> None:
    """Define the names of a sheet, by which it is read and looked up; a copy of it has its own."""
    for name, area in _named(plan):
        book.define_name(name, f"={of_sheet(sheet)}{area.a1(absolute=True)}", sheet)


def _named(plan: Plan) -> Iterator[tuple[str, Area]]:
    for slot in plan.slots:
        yield slot.name, slot.area if slot.repeats else _first(slot.area)
    for check in plan.checks:
        yield check.mark_name, check.mark
        if check.reason_name:
            yield check.reason_name, check.reason
    for counter in plan.counters:
        if counter.room_name and counter.room:
            yield counter.room_name, counter.room


def _write_slot(
    sheet: CheckedSheet,
    slot: Slot,
    value: CellValue | tuple[CellValue, ...],
    plan: Plan,
    *,
    roomy: bool,
) -> None:
    style = styles.place_style(slot, plan, roomy=roomy)
    column = value if isinstance(value, tuple) else (value,)
    for index, area in enumerate(slot.cells()):
        one = column[index] if index < len(column) else None
        if slot.formula:
            sheet.put_formula(area, slot.formula.text(plan.ref), one, style)
        else:
            sheet.put(area, one, style)


def _first(area: Area) -> Area:
    return Area(area.top, area.left, area.top, area.left)


def _fade_unused_groups(sheet: CheckedSheet, plan: Plan) -> None:
    """Let 小計 and the names of the other groups recede while a list is flat, as on paper."""
    slots = plan.by_name()
    chosen = {group.list: slots[group.group_slot] for group in plan.groups if group.group_slot}
    for index, group in enumerate(plan.groups):
        if group.list not in chosen:
            continue
        flat = f'{chosen[group.list].area.first_absolute}=""'
        used = ",".join(slots[name].area.a1(absolute=True) for name in group.columns.values())
        unused = flat if group.group_slot else f"AND({flat},COUNTA({used})=0)"
        headings = [label.area for label in _heading_labels(plan, index)]
        options = {
            "type": "formula",
            "criteria": f"={unused}",
            "format": sheet.looks(styles.FADED),
            "multi_range": _ranges(headings),
        }
        for first in headings[:1]:
            sheet.conditional_format(*first, options)


def _whiten_when_done(sheet: CheckedSheet, plan: Plan) -> None:
    """Let what is filled in be white once nothing is left to be checked, so that no yellow is printed."""
    columns: dict[int, set[int]] = {}
    for area in (slot.area for slot in plan.slots if slot.is_entry or slot.is_handed_out):
        if plan.print_area.left <= area.left <= plan.print_area.right:
            for row in range(area.top, area.bottom + 1):
                columns.setdefault(row, set()).update(range(area.left, area.right + 1))
    printed = list(rectangles({row: sorted(own) for row, own in sorted(columns.items())}))
    done = {
        "type": "formula",
        "criteria": f'={plan.status.first_absolute}="{checks.DONE}"',
        "format": sheet.looks(styles.DONE),
        "multi_range": _ranges(printed),
    }
    if printed:
        sheet.conditional_format(*printed[0], done)


def _heading_labels(plan: Plan, group: int) -> list[Label]:
    own = [label for label in plan.labels if label.group == group]
    top = min((label.area.top for label in own), default=0)
    return [label for label in own if label.area.top == top]


def set_page(sheet: CheckedSheet, plan: Plan, page: Page) -> None:
    """Set what is printed of a sheet and how: whole on one page of its paper."""
    area = plan.print_area
    sheet.set_margins(MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES)
    sheet.center_horizontally()
    if page.is_full:
        sheet.center_vertically()
    sheet.print_area(*area)
    sheet.print_a4(landscape=is_landscape(plan), pages_high=1)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(min(head_rows(plan), _MOST_FROZEN), 0)


def _write_panel(sheet: CheckedSheet, state: PanelSheet) -> None:
    """Write the panel of a sheet, its results cached for `state`."""
    plan = state.plan
    for check in plan.checks:
        _write_check(sheet, check, state)
    for counter in plan.counters:
        _write_counter(sheet, counter, state)
    if reasons := _ranges(one.reason for one in plan.checks if one.reason_name):
        # Locked, and a range that all may edit: Tab goes from entry to entry and not out to the reasons in between.
        sheet.unprotect_range(reasons, _REASONS)
    status = checks.status_formula(plan), checks.status_value(state)
    sheet.put_formula(plan.status, *status, styles.STATUS)
    _colour(sheet, state)


def _write_counter(sheet: CheckedSheet, counter: Counter, state: PanelSheet) -> None:
    slot = state.plan.by_name()[counter.slot]
    text, value = checks.counter_formula(slot, state.plan), checks.counter_value(slot, state)
    sheet.put_formula(counter.area, text, value, styles.PANEL)
    if counter.room:
        room = state.rooms.get(slot.name)
        sheet.put(counter.room, room_content(slot, room) if room else None, styles.ROOM)


def _write_check(sheet: CheckedSheet, check: Check, state: PanelSheet) -> None:
    mark = checks.check_value(check, state)
    sheet.put_formula(check.mark, checks.check_formula(check, state.plan), mark, styles.MARK)
    advice = check.advice if mark in (checks.ERROR, checks.WARNING) else ""
    sheet.put_formula(
        check.advice_area, checks.advice_formula(check, state.plan), advice, styles.PANEL
    )
    if check.reason_name:
        sheet.put(check.reason, state.one(check.reason_name), styles.REASON)
    else:
        sheet.put(check.reason, None, styles.PANEL)


def _colour(sheet: CheckedSheet, state: PanelSheet) -> None:
    """Let what is open stand out; the words say the same without colour."""
    plan = state.plan
    columns = ([check.mark for check in plan.checks], [one.area for one in plan.counters])
    areas = [plan.status, *(spanned(own[0], own[-1]) for own in columns if own)]
    for words, look in _WORDS.items():
        found = ",".join(f'SEARCH("{word}",{plan.status.first})' for word in words)
        options = {
            "type": "formula",
            "criteria": f"=COUNT({found})",
            "format": sheet.looks(look),
            "multi_range": _ranges(areas),
        }
        sheet.conditional_format(*plan.status, options)


def _ranges(areas: Iterable[Area]) -> str:
    return " ".join(area.a1() for area in areas)


def _add_validations(sheet: CheckedSheet, plan: Plan) -> None:
    """Put the input messages and the limits on the entry cells, once for all that have the same; raise NotWritable."""
    found: dict[tuple[tuple[str, Any], ...], list[Area]] = {}
    for slot in (one for one in plan.slots if one.is_entry):
        options = {
            "input_title": slot.label,
            "input_message": slot.hint,
            "ignore_blank": True,
            **_limit(slot, plan),
        }
        found.setdefault(tuple(options.items()), []).append(slot.area)
    reasons = [check.reason for check in plan.checks if check.reason_name]
    for own, areas in (*found.items(), (tuple(_REASON.items()), reasons)):
        for first in areas[:1]:
            sheet.data_validation(*first, {**dict(own), "multi_range": _ranges(areas)})


def _limit(slot: Slot, plan: Plan) -> dict[str, Any]:
    """Return what an entry cell takes, and the sentence for anything else."""
    if slot.choices:
        return {
            "validate": "list",
            "source": f"={choices_formula(slot, plan)}",
            "error_title": "一覧にない値です",
            "error_message": "一覧から選んでください。",
        }
    if slot.kind is FieldKind.MONEY:
        return money_limits(plan.axes.unit)
    if slot.kind is FieldKind.NUMBER:
        return _number_limits(slot, plan.axes.unit)
    return _picture_limits(slot) if slot.picture else _length_limits(slot)


def _length_limits(slot: Slot) -> dict[str, Any]:
    return {
        "validate": "length",
        "criteria": "<=",
        "value": slot.max_length,
        "error_type": "warning",
        "error_title": "文字数が多すぎます",
        "error_message": f"{slot.max_length}字までです。",
    }


def _number_limits(slot: Slot, unit: str) -> dict[str, Any]:
    """Return what a number takes: whole ones, or such with as many decimals as it has."""
    cell, most = slot.area.first, limit(unit)
    takes = (
        {"validate": "custom", "value": f"=ROUND({cell},{slot.decimals})={cell}"}
        if slot.decimals
        else {"validate": "integer", "criteria": "between", "minimum": -most, "maximum": most}
    )
    wanted = number_words(slot.decimals)
    return {
        **takes,
        "error_title": f"{wanted}ではありません",
        "error_message": f"「{slot.label}」は{wanted}を半角で入力してください。",
    }


def _picture_limits(slot: Slot) -> dict[str, Any]:
    """Return what a code takes: its picture where a formula has room for that, else its length."""
    picture = slot.picture or ""
    formula = f"={validation_formula(slot.area.first, picture)}"
    takes = (
        {"validate": "custom", "value": formula}
        if len(formula) <= _LONGEST_FORMULA
        else {"validate": "length", "criteria": "==", "value": len(picture)}
    )
    return {
        **takes,
        "error_title": "形がちがいます",
        "error_message": f"「{slot.label}」は「{picture}」の形（{in_words(picture)}）で入力してください。",
    }
