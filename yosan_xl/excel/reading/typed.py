"""What was typed into the entry cells of a book, read or not, as it is carried into a clean one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yosan_xl.excel.estimate import is_own_formula
from yosan_xl.excel.ooxml.book import Book, Cell, CellKind
from yosan_xl.excel.reading.placement import PlacedSheet
from yosan_xl.excel.reading.read_sheet import SheetReading
from yosan_xl.excel.reading.shown import AMOUNTS, displayed
from yosan_xl.excel.sheet_words import ESTIMATE
from yosan_xl.form.area import MOST_CHARACTERS, a1
from yosan_xl.form.plan import Slot
from yosan_xl.form.relation import CellValue

Spot = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class TypedCell:
    """The content of a cell: the value the sheet computes with, and how it came about.

    `formula` has no leading `=`; it is one that `is_plain`, and `was_formula` tells that another
    stood here, whose value alone is carried. A date's `value` is its day number.
    """

    value: CellValue = None
    formula: str | None = None
    is_date: bool = False
    was_formula: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether nothing stands in the cell."""
        return self.value is None and self.formula is None


NOTHING = TypedCell()


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A request sheet as typed: the rows of each slot and reason by defined name.

    `spots` gives by the cell (A1) of the book that came back whose row it is.
    """

    name: str
    request_id: str | None
    cells: Mapping[str, tuple[TypedCell, ...]]
    spots: Mapping[str, tuple[str, int]]


_PLACE = r"\$?[A-Z]{1,2}\$?[0-9]{1,5}"
_AREA = rf"{_PLACE}(?::{_PLACE})?"
_PLAIN = r'[0-9.,+\-*/()%<>=\s]|""|(?:SUM|ROUND|ROUNDUP|ROUNDDOWN|INT|N|IF|COUNT)(?=\()'
_POINTING = re.compile(rf"'?{ESTIMATE}'?!{_AREA}|{_PLAIN}")
_AMONG_THEMSELVES = re.compile(rf"(?:'?{ESTIMATE}'?!)?{_AREA}|{_PLAIN}")
_LONGEST = 500


def is_plain(formula: str, *, own: bool = False) -> bool:
    """Return whether a formula (without `=`) only computes, with figures and cells of 積算.

    Any other (another book, the web, an inserted row's reference) is carried as its value alone.
    `own` are formulas of 積算 itself, which name its cells without the sheet.
    """
    pattern = _AMONG_THEMSELVES if own else _POINTING
    return len(formula) <= _LONGEST and not pattern.sub("", formula)


_FROM_1904 = 1462
"""Days between the two calendars of Excel (ECMA-376, 18.17.4.1)."""

_GREATEST = 306
"""The power of ten up to which a cell can hold a number (Excel の仕様と制限)."""


def typed_sheet(reading: SheetReading, book: Book) -> TypedSheet:
    """Return what was typed into a request sheet, and whose each of its cells is."""
    placed = reading.placed
    amounts = {slot.name for slot in placed.plan.slots if slot.kind in AMOUNTS}
    cells: dict[str, tuple[TypedCell, ...]] = {}
    spots: dict[str, tuple[str, int]] = {}
    for name, (places, is_entry) in _places(placed):
        for row, (top, left) in enumerate(places):
            spots[a1(top, left)] = (name, row)
        if is_entry:
            found = [placed.sheet.cell(*place) for place in places]
            if name not in amounts:
                found = [displayed(cell, book) for cell in found]
            cells[name] = tuple(typed_cell(cell, book) for cell in found)
    return TypedSheet(reading.sheet, reading.request_id, cells, spots)


def typed_estimate(book: Book) -> dict[tuple[int, int], TypedCell]:
    """Return all that was typed into 積算, by row and column; nothing where that sheet is gone."""
    sheet = book.sheet(ESTIMATE)
    found = sheet.cells.items() if sheet else ()
    by_staff = (
        (place, cell) for place, cell in found if not is_own_formula(cell.formula, place[0])
    )
    typed = {place: typed_cell(cell, book, own=True) for place, cell in by_staff}
    return {place: one for place, one in typed.items() if not one.is_empty}


def typed_cell(cell: Cell, book: Book, *, own: bool = False) -> TypedCell:
    """Return the content of a cell: an error as the text it shows, a formula where it only computes."""
    kept = cell.formula if cell.formula and is_plain(cell.formula, own=own) else None
    was_formula = bool(cell.formula) and kept is None
    if cell.kind is CellKind.ERROR:
        return TypedCell(cell.text, was_formula=bool(cell.formula))
    if cell.kind is CellKind.EMPTY:
        return (
            TypedCell(f"={cell.formula}"[:MOST_CHARACTERS])
            if was_formula
            else TypedCell(None, kept)
        )
    value, is_date = _value(cell), book.is_date(cell)
    if is_date and book.date1904 and isinstance(value, int):
        value += _FROM_1904
    return TypedCell(value, kept, is_date, was_formula)


def _value(cell: Cell) -> CellValue:
    number = cell.number()
    if number is not None and number.adjusted() > _GREATEST:
        return cell.text
    if number is not None:
        return int(number) if number == number.to_integral_value() else number
    if cell.kind is CellKind.BOOLEAN:
        return cell.text == "TRUE"
    return cell.text[:MOST_CHARACTERS] if cell.text.strip() else None


def _places(placed: PlacedSheet) -> Iterator[tuple[str, tuple[list[tuple[int, int]], bool]]]:
    """Return the cells of each slot and reason that is still there, and whether staff type there."""
    for slot in placed.plan.slots:
        area = placed.areas.get(slot.name)
        if area:
            bottom = area.bottom if slot.repeats else area.top
            places = [(row, area.left) for row in range(area.top, bottom + 1)]
            yield slot.name, (places, _is_carried(slot))
    for check in placed.plan.checks:
        area = placed.at.reason_areas.get(check.kind)
        if area and check.reason_name:
            yield check.reason_name, ([(area.top, area.left)], True)


def _is_carried(slot: Slot) -> bool:
    """Finance's single cells are what was handed out; its columns stand beside the lines."""
    return slot.is_entry or (slot.repeats and slot.formula is None)
