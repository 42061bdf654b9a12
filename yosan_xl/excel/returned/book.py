"""The book that is returned: 指摘一覧 first, then a department's own sheets with a note at every faulty
cell, and what it typed into 積算 at the same cells of the clean one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.estimate import TEXTS, results
from yosan_xl.excel.estimate_sheet import estimate_style
from yosan_xl.excel.reading.typed import Spot, TypedCell
from yosan_xl.excel.request_book import SheetContent, new_book, stamp_of, write_sheets
from yosan_xl.excel.returned.carry import CarriedBook, CarriedSheet
from yosan_xl.excel.returned.list_sheet import Heading, write_list_sheet
from yosan_xl.excel.returned.remarks import Remark, notes_of
from yosan_xl.excel.rows import Formula
from yosan_xl.excel.sheet_words import (
    ESTIMATE,
    ESTIMATE_ENTRIES,
    ESTIMATE_ROWS,
    ESTIMATE_TOP,
    estimate_headings,
    has_estimate,
)
from yosan_xl.excel.wrapping import display_lines
from yosan_xl.form.area import parse_a1
from yosan_xl.form.choices import lists_of
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.plan import Plan
from yosan_xl.model.department import Department
from yosan_xl.model.money import Rounding
from yosan_xl.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Returning:
    """All that a returned book says: what was carried, what not, what is found, and which books it answers."""

    department: Department
    file: str
    carried: CarriedBook
    estimate: Mapping[Spot, TypedCell]
    remarks: Sequence[Remark]
    left_behind: Sequence[str]
    answers: tuple[str, ...] = ()


def returned_book(returning: Returning, settings: Settings, password: str = "") -> bytes:
    """Return the book as the bytes of an .xlsx file; raise NotWritable."""
    out = BytesIO()
    unit, carried = returning.department, returning.carried
    plan, lists = carried.plan, lists_of(settings, carried.plan)
    states = [PanelSheet(plan, sheet.values, lists) for sheet in carried.sheets]
    contents = [SheetContent(s.request_id, s.values, s.issued) for s in carried.sheets]
    stamp = replace(stamp_of(plan, settings, unit, contents), answers=returning.answers)
    heading = Heading(f"{settings.year.label}{plan.title}", plan.sheet, unit, returning.file)
    found, left_behind = returning.remarks, returning.left_behind
    with new_book(out, plan, settings, unit) as book:
        write_list_sheet(
            book=book,
            heading=heading,
            settings=settings,
            remarks=found,
            left_behind=left_behind,
            password=password,
        )
        write_sheets(
            book=book,
            settings=_due_again(settings),
            department=unit,
            states=states,
            stamp=stamp,
            password=password,
        )
        if has_estimate(plan):
            _write_estimate(book, plan, returning.estimate, settings.expenditure_rounding)
        for sheet in carried.sheets:
            target = book.sheets[sheet.name]
            _write_special(target, sheet, plan)
            write_notes(target, notes_of(found, sheet.name))
    return out.getvalue()


def _due_again(settings: Settings) -> Settings:
    """Return the settings with the day of resubmission as the day on which the book is due."""
    return replace(settings, deadline=settings.resubmission_deadline or settings.deadline)


def _write_special(target: CheckedSheet, sheet: CarriedSheet, plan: Plan) -> None:
    """Write formulas and dates over the plain values of their cells."""
    for cell, (slot, typed) in sheet.special.items():
        _write_typed(target, *parse_a1(cell), typed, styles.place_style(slot, plan))


_BOTTOM = ESTIMATE_TOP + ESTIMATE_ROWS
"""Where the ruled rows of the sheet end."""

_FIGURES = range(TEXTS, ESTIMATE_ENTRIES)

_ROWS, _COLUMNS = 2_000, 60
"""More than anybody calculates on it."""


def _write_estimate(
    book: CheckedBook, plan: Plan, typed: Mapping[Spot, TypedCell], rounding: Rounding
) -> None:
    """Write what was typed over the clean 積算, which is written already."""
    sheet, width = book.sheets[ESTIMATE], len(estimate_headings(plan))
    for (row, column), one in typed.items():
        if _has_room(row, column) and not (row < ESTIMATE_TOP and column < width):
            style = _estimate_style(row, column, width)
            _write_typed(sheet=sheet, row=row, column=column, typed=one, style=style)
    for row in {row for row, _ in typed if ESTIMATE_TOP <= row < _BOTTOM}:
        figures = [typed.get((row, column), TypedCell()).value for column in _FIGURES]
        for column, value in enumerate(
            results(figures, plan.axes.unit, rounding), ESTIMATE_ENTRIES
        ):
            if (row, column) not in typed:
                sheet.cells.put_value(row, column, value)


def beyond(typed: Mapping[Spot, TypedCell]) -> int:
    """Return how many cells lie beyond what is carried."""
    return sum(not _has_room(row, column) for row, column in typed)


def _write_typed(
    sheet: CheckedSheet, row: int, column: int, typed: TypedCell, style: styles.Style
) -> None:
    """Write a content into one cell: a formula with its value, a date as a date."""
    looks = {**style, **_own_look(typed)}
    if typed.formula is None:
        sheet.put_at(row, column, typed.value, looks)
    else:
        value = "" if typed.value is None else typed.value
        own = Formula(f"={typed.formula}", value, is_literal=True, is_typed=True)
        sheet.put_at(row, column, own, looks)


def _own_look(typed: TypedCell) -> styles.Style:
    """A date needs a date's format to be one, and TRUE in a text's format is 1 to LibreOffice."""
    if typed.is_date:
        return {"num_format": "yyyy/m/d"}
    return {"num_format": "General"} if isinstance(typed.value, bool) else {}


def _has_room(row: int, column: int) -> bool:
    return row < _ROWS and column < _COLUMNS


def _estimate_style(row: int, column: int, width: int) -> styles.Style:
    if row >= _BOTTOM or row < ESTIMATE_TOP or column >= width:
        return styles.FREE
    # What was typed over a formula of ours can be mended by who typed it.
    return styles.FREE_FIGURE if column >= ESTIMATE_ENTRIES else estimate_style(column)


AUTHOR = "財政課"
_NOTE_WIDTH, _MOST_NOTE_HEIGHT = 330, 420
"""Pixels."""

_POINTS = 10
_LINE = 18
"""Pixels of a line of notes of `_POINTS`, in Excel and in LibreOffice."""

_PIXELS_PER_EM = _POINTS * 4 / 3


def write_notes(sheet: CheckedSheet, notes: Mapping[str, str]) -> None:
    """Write the notes of a sheet, by cell (A1)."""
    for cell, text in notes.items():
        sheet.write_comment(*parse_a1(cell), text, _note_options(text))


def _note_options(text: str) -> dict[str, str | int | bool]:
    lines = display_lines(text, _NOTE_WIDTH / _PIXELS_PER_EM - 1)
    return {
        "author": AUTHOR,
        "visible": False,
        "width": _NOTE_WIDTH,
        "height": min(_MOST_NOTE_HEIGHT, lines * _LINE + 14),
        "font_name": styles.FONT,
        "font_size": _POINTS,
        "color": "#FFFBE3",
    }
