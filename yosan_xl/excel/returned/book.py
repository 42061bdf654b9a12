"""The book that is returned: 指摘一覧 first, then a department's own sheets with notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.request_book import SheetContent, new_book, stamp_of, write_sheets
from yosan_xl.excel.returned.carry import Carried, CarriedSheet
from yosan_xl.excel.returned.estimate import write_estimate, write_typed
from yosan_xl.excel.returned.list_sheet import Heading, write_list_sheet
from yosan_xl.excel.returned.notes import write_notes
from yosan_xl.excel.returned.remarks import Remark, notes_of
from yosan_xl.excel.typed import Cell, Typed
from yosan_xl.form.check_kinds import PanelSheet
from yosan_xl.form.plan import lists_of
from yosan_xl.model.department import Department
from yosan_xl.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Returning:
    """All that a returned book says: what was carried, what not, what is found, and which books it answers."""

    department: Department
    file: str
    carried: Carried
    estimate: Mapping[Cell, Typed]
    remarks: Sequence[Remark]
    left_behind: Sequence[str]
    answers: tuple[str, ...] = ()


def returned_book(returning: Returning, settings: Settings, password: str = "") -> bytes:
    """Give the book as the bytes of an .xlsx file; raise WriteFailed."""
    out = BytesIO()
    unit, carried = returning.department, returning.carried
    plan, lists = carried.plan, lists_of(settings, carried.plan)
    states = [PanelSheet(plan, sheet.values, lists) for sheet in carried.sheets]
    contents = [SheetContent(s.request_id, s.values, s.issued) for s in carried.sheets]
    stamp = replace(stamp_of(plan, settings, unit, contents), answers=returning.answers)
    heading = Heading(f"{settings.year.label}{plan.title}", unit, returning.file)
    found, left_behind = returning.remarks, returning.left_behind
    with new_book(out, plan, settings, unit) as book:
        write_list_sheet(book, heading, settings, found, left_behind, password)
        write_sheets(book, settings, unit, states, stamp, password)
        write_estimate(book, returning.estimate)
        for sheet in carried.sheets:
            target = CheckedSheet(book.get_worksheet_by_name(sheet.name))
            _write_special(book, target, sheet)
            write_notes(target, notes_of(found, sheet.name))
    return out.getvalue()


def _write_special(book: CheckedBook, target: CheckedSheet, sheet: CarriedSheet) -> None:
    """Write formulas and dates over the plain values of their cells."""
    for cell, (slot, typed) in sheet.special.items():
        area = next(area for area in slot.cells() if area.first == cell)
        write_typed(book, target, area, typed, styles.slot_style(slot.kind, slot.by))
