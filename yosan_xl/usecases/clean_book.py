"""One book that came back → the clean book that is returned for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from yosan_xl.excel.reading.codes import ELSEWHERE, FOR_FINANCE
from yosan_xl.excel.reading.read_book import BookReading, Contents, read_request_book
from yosan_xl.excel.reading.read_sheet import SheetReading
from yosan_xl.excel.reading.typed import typed_estimate, typed_sheet
from yosan_xl.excel.returned.book import Returning, beyond, returned_book
from yosan_xl.excel.returned.carry import CarriedBook, carry
from yosan_xl.excel.returned.remarks import remarks
from yosan_xl.excel.sheet_words import ESTIMATE
from yosan_xl.excel.typed import Cell, TypedCell, TypedSheet
from yosan_xl.form.area import a1
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.stamp import Stamp
from yosan_xl.model.department import Department
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.year import find_definition, finder

_NAMED = 12
"""How many cells with formulas are named one by one."""


@dataclass(frozen=True, slots=True)
class CleanBook:
    """A book to return, whose it is, and what of the book that came back is not in it.

    `data` is None where the book could not be read at all.
    """

    data: bytes | None
    department: Department | None
    left_behind: tuple[Finding, ...] = ()


def clean_book(
    data: bytes, file: str, findings: Sequence[Finding], year: YearFolder, password: str
) -> CleanBook:
    """Write a clean book with everything that was entered, and a note for each of `findings`."""
    reading = read_request_book(data, file, finder(year.root), year.settings.year)
    unit = _department(reading.stamp, year) if reading.stamp else None
    contents, stamp = reading.contents, reading.stamp
    if not contents or not contents.sheets or stamp is None or unit is None:
        return CleanBook(None, unit)
    own, others = _own_sheets(contents.sheets)
    if not own:
        return CleanBook(None, unit)
    typed = [typed_sheet(sheet, contents.book) for sheet in own]
    estimate = typed_estimate(contents.book)
    carried = _carry(contents, stamp, typed, year)
    found = remarks((f for f in findings if f.code not in FOR_FINANCE), carried)
    lost = [f"ほかのブックのシート「{sheet.sheet}」" for sheet in others]
    lost += [*_left_out(reading), *_lost(reading, carried, typed, estimate)]
    answers = (hashlib.sha256(data).hexdigest(), *stamp.answers)
    returning = Returning(unit, file, carried, estimate, found, lost, answers)
    left_behind = (codes.NOT_TAKEN_OVER.at(Place(file), what=what) for what in lost)
    return CleanBook(returned_book(returning, year.settings, password), unit, tuple(left_behind))


def _own_sheets(
    sheets: Sequence[SheetReading],
) -> tuple[list[SheetReading], list[SheetReading]]:
    """Return the sheets that were handed out in this book, and those that came from another one."""
    others = [one for one in sheets if any(f.code == ELSEWHERE.code for f in one.findings)]
    return [one for one in sheets if one not in others], others


def _carry(
    contents: Contents, stamp: Stamp, typed: Sequence[TypedSheet], year: YearFolder
) -> CarriedBook:
    definition = find_definition(stamp.form, stamp.sha256, year.root)
    fiscal_year = FiscalYear(stamp.fiscal_year)
    first = {"accounts": year.settings.accounts[0].name}
    return carry(
        contents.plan,
        stamp,
        typed,
        first,
        lambda rows: compile_plan(definition, fiscal_year, rows),
    )


def _department(stamp: Stamp, year: YearFolder) -> Department:
    """Give the unit of a book: as the roster has it, or as the book was handed out with it."""
    issued = next(iter(stamp.issued.values()), {})
    bureau, section = (issued.get(f"yx_department_{part}", "") for part in ("bureau", "section"))
    own = Department(stamp.department, bureau, section)
    return year.roster.by_code(stamp.department) or own


def _left_out(reading: BookReading) -> Iterator[str]:
    """Return what was written into a book and is no part of its requests, in words for people."""
    own = (finding for request in reading.requests for finding in request.findings)
    for finding in (*reading.findings, *own):
        each = finding.facts.get("each")
        if isinstance(each, tuple):
            yield from each


def _lost(
    reading: BookReading,
    carried: CarriedBook,
    typed: Sequence[TypedSheet],
    estimate: Mapping[Cell, TypedCell],
) -> Iterator[str]:
    for sheet in carried.sheets:
        yield from sheet.lost
    for own in typed:
        cells = {
            spot: own.cells[name][row]
            for spot, (name, row) in own.spots.items()
            if name in own.cells
        }
        yield from _lost_formulas(own.name, cells.items())
    yield from _lost_formulas(ESTIMATE, ((a1(*place), one) for place, one in estimate.items()))
    if count := beyond(estimate):
        yield f"「{ESTIMATE}」の遠く離れたセル {count}個"


def _lost_formulas(name: str, cells: Iterable[tuple[str, TypedCell]]) -> Iterator[str]:
    """Tell of formulas of staff whose value alone is carried, `cells` by A1 of the sheet `name`."""
    lost = [cell for cell, typed in cells if typed.was_formula]
    if lost:
        more = f" ほか{len(lost) - _NAMED}か所" if len(lost) > _NAMED else ""
        yield f"「{name}」の式（値だけを写しました）: {'、'.join(lost[:_NAMED])}{more}"
