"""A department's book: はじめに, its request sheets, and the hidden stamp and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet, workbook
from yosan_xl.excel.request_sheet import write_request_sheets
from yosan_xl.excel.side_sheets import write_estimate_sheet, write_guide, write_overview
from yosan_xl.form.area import Area
from yosan_xl.form.check_kinds import PanelSheet
from yosan_xl.form.checks import panel_sha256
from yosan_xl.form.mapping import shown, shown_values
from yosan_xl.form.plan import KAN, Lists, Plan, lists_of
from yosan_xl.form.relation import CellValue, Values, list_name
from yosan_xl.form.stamp import NAME as STAMP_NAME
from yosan_xl.form.stamp import SHEET as STAMP_SHEET
from yosan_xl.form.stamp import Stamp, slot_name
from yosan_xl.model.department import Department
from yosan_xl.model.settings import Settings

_LISTS_FROM = 3
"""The column (from 0) of the first list; the stamp has the first two."""


@dataclass(frozen=True, slots=True)
class SheetContent:
    """A request sheet to write: its id, what stands in it, and what counts as handed out."""

    request_id: str
    values: Values
    issued: Mapping[str, CellValue]


def request_book(
    plan: Plan,
    settings: Settings,
    department: Department,
    sheets: Sequence[SheetContent],
    password: str = "",
) -> bytes:
    """Return the book of a department as the bytes of an .xlsx file; raise NotWritable.

    `password` is what lifts the protection of its sheets; by default there is none.
    """
    out = BytesIO()
    lists = lists_of(settings, plan)
    states = [PanelSheet(plan, shown_values(content.values, plan), lists) for content in sheets]
    with new_book(out, plan, settings, department) as book:
        stamp = stamp_of(plan, settings, department, sheets)
        write_sheets(
            book=book,
            settings=settings,
            department=department,
            states=states,
            stamp=stamp,
            password=password,
        )
    return out.getvalue()


def new_book(
    out: BytesIO, plan: Plan, settings: Settings, department: Department
) -> AbstractContextManager[CheckedBook]:
    """Return the workbook of a department to be written into `out`."""
    title = f"{settings.year.label}{plan.title} {department.name}"
    year = settings.year.western
    return workbook(out, title=title, year=year, default_font=styles.DEFAULT_FONT)


def write_sheets(
    book: CheckedBook,
    settings: Settings,
    department: Department,
    states: Sequence[PanelSheet],
    stamp: Stamp,
    password: str,
) -> None:
    """Write はじめに, 一覧, a request sheet for each of `states` (at least one), 積算, the stamp."""
    plan, lists = states[0].plan, lists_of(settings, states[0].plan)
    named = [(f"{plan.sheet}{number}", state) for number, state in enumerate(states, 1)]
    write_guide(book=book, plan=plan, settings=settings, department=department, password=password)
    write_overview(book, named, plan, password)
    write_request_sheets(book, named, password)
    write_estimate_sheet(book, settings.expenditure_rounding)
    _write_hidden_sheet(book, stamp, lists, password)


def stamp_of(
    plan: Plan, settings: Settings, department: Department, sheets: Sequence[SheetContent]
) -> Stamp:
    """Return the stamp of a department's book: what its sheets are handed out with."""
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
        panel=panel_sha256(plan),
    )


def _write_hidden_sheet(book: CheckedBook, own: Stamp, lists: Lists, password: str) -> None:
    """Write the stamp and the lists of the book."""
    sheet = book.add_worksheet(STAMP_SHEET)
    rows = own.rows()
    _write_column(sheet, 0, [key for key, _ in rows])
    _write_column(sheet, 1, [text for _, text in rows])
    _name_list(book, STAMP_NAME, Area(0, 0, len(rows) - 1, 1))
    column = _LISTS_FROM
    for name, entries in lists.items():
        if not name.startswith(KAN):
            _write_column(sheet, column, list(entries))
            area = Area(0, column, len(entries) - 1, column)
            _name_list(book, list_name(name), area)
            column += 1
    _write_kan(sheet, column, lists)
    _name_list(book, list_name("kan"), Area(0, column, 0, column))
    sheet.protect(password)
    sheet.hide()


def _name_list(book: CheckedBook, name: str, area: Area) -> None:
    book.define_name(name, f"={STAMP_SHEET}!{area.a1(absolute=True)}")


def _write_kan(sheet: CheckedSheet, column: int, lists: Lists) -> None:
    """Write the 款 of each account below its name, a column an account, in the accounts' order."""
    for offset, account in enumerate(lists["accounts"]):
        _write_column(sheet, column + offset, [account, *lists[f"{KAN}{account}"]])


def _write_column(sheet: CheckedSheet, column: int, texts: list[str]) -> None:
    for row, text in enumerate(texts):
        sheet.write(row, column, text)
