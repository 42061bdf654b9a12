"""A department's book: はじめに, its request sheets, and the hidden stamp and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from yosan_xl.excel import styles
from yosan_xl.excel.cell_text import shown, shown_values
from yosan_xl.excel.checked import workbook
from yosan_xl.excel.estimate_sheet import write_estimate_sheet
from yosan_xl.excel.guide import write_guide
from yosan_xl.excel.hidden_sheet import write_hidden_sheet
from yosan_xl.excel.overview import write_overview
from yosan_xl.excel.request_sheet import write_request_sheets
from yosan_xl.form.check_kinds import Sheet
from yosan_xl.form.lists import lists_of
from yosan_xl.form.plan import Plan
from yosan_xl.form.relation import Value, Values
from yosan_xl.form.stamp import Stamp, slot_name
from yosan_xl.model.department import Department
from yosan_xl.model.settings import Settings


@dataclass(frozen=True, slots=True)
class SheetContent:
    """A request sheet to write: its id, what stands in it, and what counts as handed out."""

    request_id: str
    values: Values
    issued: Mapping[str, Value]


def request_book(
    plan: Plan,
    settings: Settings,
    department: Department,
    sheets: Sequence[SheetContent],
    password: str = "",
) -> bytes:
    """Give the book of a department as the bytes of an .xlsx file; raise WriteFailed.

    `password` is what lifts the protection of its sheets; by default there is none.
    """
    out = BytesIO()
    lists = lists_of(settings, plan)
    title = f"{settings.year.label}{plan.title} {department.name}"
    with workbook(
        out, title=title, year=settings.year.western, default_font=styles.DEFAULT_FONT
    ) as book:
        write_guide(book, plan, settings, department, password)
        states = [
            (f"{plan.sheet}{number}", Sheet(plan, shown_values(content.values, plan), lists))
            for number, content in enumerate(sheets, 1)
        ]
        write_overview(book, states, plan, password)
        write_request_sheets(book, states, password)
        write_estimate_sheet(book, settings.expenditure_rounding)
        write_hidden_sheet(book, _stamp(plan, settings, department, sheets), lists, password)
    return out.getvalue()


def _stamp(
    plan: Plan, settings: Settings, department: Department, sheets: Sequence[SheetContent]
) -> Stamp:
    slots = plan.by_name()
    return Stamp(
        form=plan.form_id,
        version=plan.version,
        sha256=plan.sha256,
        fiscal_year=settings.year.western,
        department=department.code,
        line_rows=tuple(group.rows for group in plan.groups),
        issued={
            content.request_id: {
                name: str(shown(value, slots[slot_name(name)].kind))
                for name, value in content.issued.items()
                if value is not None
            }
            for content in sheets
        },
    )
