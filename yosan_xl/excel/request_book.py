"""A department's book: はじめに, its request sheets, and the hidden stamp and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet, workbook
from yosan_xl.excel.estimate_sheet import write_estimate_sheet
from yosan_xl.excel.request_sheet import with_rooms, write_request_sheets
from yosan_xl.excel.sheet_words import has_estimate
from yosan_xl.excel.side_sheets import write_guide, write_overview
from yosan_xl.form.area import Area
from yosan_xl.form.checks import ADVICE, panel_sha256
from yosan_xl.form.choices import OF, Lists, are_by_head, lists_of
from yosan_xl.form.mapping import shown, shown_values
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.plan import Plan
from yosan_xl.form.prose_length import constants
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
    return workbook(out, title=title, year=year, default_font=styles.DEFAULT_FONT, level=9)


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
    if settings.locks_structure:
        book.lock_structure(password)
    states = [with_rooms(state) for state in states]
    named = [(f"{plan.sheet}{number}", state) for number, state in enumerate(states, 1)]
    write_guide(book=book, plan=plan, settings=settings, department=department, password=password)
    write_overview(book, named, plan, password)
    write_request_sheets(book, named, password)
    if has_estimate(plan):
        rounding = settings.expenditure_rounding
        write_estimate_sheet(
            book=book, plan=plan, rounding=rounding, sheets=len(states), password=password
        )
    _write_hidden_sheet(book=book, own=stamp, plan=plan, lists=lists, password=password)


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
                name: _text(shown(value, slots[slot_name(name)].kind))
                for name, value in content.issued.items()
                if value is not None
            }
            for content in sheets
        },
        panel=panel_sha256(plan),
        prefecture=plan.prefecture,
    )


def _text(value: CellValue) -> str:
    """Return a value as a stamp has it: a number without needless zeros."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _write_hidden_sheet(
    book: CheckedBook, own: Stamp, plan: Plan, lists: Lists, password: str
) -> None:
    """Write the stamp and the lists of the book."""
    sheet = book.add_worksheet(STAMP_SHEET)
    rows = own.rows()
    _write_column(sheet, 0, [key for key, _ in rows])
    _write_column(sheet, 1, [text for _, text in rows])
    _name_list(book, STAMP_NAME, Area(0, 0, len(rows) - 1, 1))
    for column, one in enumerate(list_columns(plan, lists), _LISTS_FROM):
        _write_column(sheet, column, list(one.texts))
        if one.name:
            _name_list(book, one.name, Area(0, column, max(one.rows, 1) - 1, column))
    for name, array in constants().items() if plan.has_rooms else ():
        book.define_name(name, array, hidden=True)
    sheet.protect(password, {"format_rows": True})
    sheet.hide()


class HiddenColumn(NamedTuple):
    """A column of the hidden sheet: its texts, and its name with how many rows that has."""

    texts: tuple[str, ...]
    name: str | None
    rows: int


def list_columns(plan: Plan, lists: Lists) -> Iterator[HiddenColumn]:
    """Yield the columns of the lists of choices: first those that stand alone, then those that depend on a choice."""
    branches: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, entries in lists.items():
        choices, slash, path = name.partition("/")
        if slash:
            branches.setdefault(choices, {})[path] = entries
        else:
            yield HiddenColumn(entries, list_name(name), len(entries))
    if plan.has_rooms:
        yield HiddenColumn(tuple(one.advice for one in plan.checks), ADVICE, len(plan.checks))
    for choices, own in branches.items():
        yield from (_columns_by_head if are_by_head(plan) else _columns_by_path)(choices, own)


def _columns_by_head(choices: str, own: Mapping[str, tuple[str, ...]]) -> Iterator[HiddenColumn]:
    """Yield a column for each choice above, with that at its head; the name is of the first head."""
    for number, (head, entries) in enumerate(own.items()):
        yield HiddenColumn((head, *entries), None if number else list_name(choices), 1)


def _columns_by_path(choices: str, own: Mapping[str, tuple[str, ...]]) -> Iterator[HiddenColumn]:
    """Yield a column of all choices, those of a path together, and beside it the paths."""
    pairs = [(path, entry) for path, entries in own.items() for entry in entries]
    yield HiddenColumn(tuple(entry for _, entry in pairs), list_name(choices), len(pairs))
    yield HiddenColumn(tuple(path for path, _ in pairs), list_name(f"{choices}_{OF}"), len(pairs))


def _name_list(book: CheckedBook, name: str, area: Area) -> None:
    book.define_name(name, f"={STAMP_SHEET}!{area.a1(absolute=True)}")


def _write_column(sheet: CheckedSheet, column: int, texts: list[str]) -> None:
    for row, text in enumerate(texts):
        sheet.write(row, column, text)
