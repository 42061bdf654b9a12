"""The bytes of a book → its requests, in order: stamp, form, names, labels, values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from yosan_xl.excel.foreign.read_values import can_read, read_values
from yosan_xl.excel.notice.stamp import has_stamp as has_notice
from yosan_xl.excel.ooxml.book import Book, Names, name_area
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.estimates import of_estimate
from yosan_xl.excel.reading.identity import guess_stamp, identities, tell_alike
from yosan_xl.excel.reading.issued import IssuedSheet, Lists, hidden_sheet, read_stamp
from yosan_xl.excel.reading.other_sheets import beside_overview, of_other_sheets
from yosan_xl.excel.reading.placement import PlacedSheet, is_request_sheet, place_form
from yosan_xl.excel.reading.read_sheet import SheetReading, read_sheet
from yosan_xl.excel.sheet_words import WITHOUT_REQUESTS
from yosan_xl.form.checks import panel_sha256
from yosan_xl.form.compile import compile_plan, issued_plan, slot_name
from yosan_xl.form.definition import Definition
from yosan_xl.form.plan import Plan
from yosan_xl.form.stamp import Stamp
from yosan_xl.model.axes import ENVELOPE
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear


class FindDefinition(Protocol):
    """Gives definitions of forms."""

    def __call__(self, form_id: str, sha256: str | None, /) -> Definition:
        """Return the definition of a form by its id, and its fingerprint where one is known; raise KeyError."""

    def known(self) -> Iterable[Definition]:
        """Return those that a book without a stamp may have been made with, the likeliest first."""


@dataclass(frozen=True, slots=True)
class BookReading:
    """What a book holds: its requests, how many of its sheets are untouched, and the findings.

    `findings` are those of the book; each request has its own besides. `stamp` is None for a book
    that is none of ours, and `contents` for one whose sheets were not read. `modified` is the save time
    (ISO 8601, docProps/core.xml), which is evidence where a spreadsheet program wrote it (`is_saved`).
    """

    file: str
    stamp: Stamp | None
    requests: tuple[SheetReading, ...]
    untouched: int
    findings: tuple[Finding, ...]
    modified: str | None = None
    is_saved: bool = False
    contents: Contents | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The book itself, its form, and its request sheets in order; copies that say the same are out."""

    book: Book
    plan: Plan
    sheets: tuple[SheetReading, ...]


def read_request_book(
    data: bytes,
    file: str,
    find_definition: FindDefinition,
    expected_year: FiscalYear | None = None,
) -> BookReading:
    """Read a book whole; nothing is raised for what may be wrong with it, all is in the findings.

    The sheets that hold no request (はじめに, 一覧, 積算) are left out where they cannot be read.
    """
    try:
        book = _open(data)
    except Refused as refused:
        return BookReading(
            file=file, stamp=None, requests=(), untouched=0, findings=(refused.at(Place(file)),)
        )
    if has_notice(book):
        finding = codes.NOTICE_HANDED_IN.at(Place(file))
        return BookReading(file=file, stamp=None, requests=(), untouched=0, findings=(finding,))
    stamp = read_stamp(book)
    if hidden_sheet(book) is None:
        stamp = guess_stamp(book, find_definition.known(), expected_year)
    if stamp is None:
        usual = next(iter(find_definition.known()), None)
        finding = codes.NOT_OUR_FORM.at(Place(file), form=usual.title if usual else "配布した様式")
        return BookReading(file=file, stamp=None, requests=(), untouched=0, findings=(finding,))
    if expected_year and stamp.fiscal_year != expected_year.western:
        finding = codes.OTHER_YEAR.at(
            _year_place(book, file),
            ENVELOPE["year"],
            found=FiscalYear(stamp.fiscal_year).label,
            expected=expected_year.label,
        )
        return BookReading(file=file, stamp=stamp, requests=(), untouched=0, findings=(finding,))
    plans = _plans(stamp, find_definition)
    if not plans:
        finding = codes.UNKNOWN_FORM.at(Place(file), form=stamp.form, version=stamp.version)
        return BookReading(file=file, stamp=stamp, requests=(), untouched=0, findings=(finding,))
    return _read_sheets(book, file, stamp, plans)


def _open(data: bytes) -> Book:
    try:
        return open_book(data, tolerated=WITHOUT_REQUESTS, annotated=True)
    except Refused as refused:
        if not can_read(refused.code):
            raise
        return read_values(data, refused)


def _plans(stamp: Stamp, find_definition: FindDefinition) -> tuple[Plan, ...]:
    """Return the Plan with which a book was issued, behind it those of sheets from books of other panels; none where it is not known."""
    try:
        definition = find_definition(stamp.form, stamp.sha256)
        if definition.sha256 != stamp.sha256 or bool(definition.lists) != bool(stamp.line_rows):
            return ()
        if stamp.prefecture is not None:
            definition = definition.worded(stamp.prefecture)
        year = FiscalYear(stamp.fiscal_year)
        own = issued_plan(definition, year, stamp.line_rows, stamp.panel)
        others = (compile_plan(definition, year, stamp.line_rows, n) for n in (1, None))
        return (own, *(plan for plan in others if plan.has_rooms != own.has_rooms))
    except (KeyError, ValueError):
        return ()


def _placed_sheets(book: Book, plans: Sequence[Plan]) -> Iterator[PlacedSheet]:
    for sheet in book.sheets:
        plan = _plan_of(book.names.areas(sheet.name), plans)
        if is_request_sheet(book, sheet, plan):
            yield place_form(book, sheet, plan)


def _plan_of(named: Iterable[str], plans: Sequence[Plan]) -> Plan:
    """Return the Plan of a sheet: of the book's, or of the book that it was copied from."""
    names = set(named)
    has_rooms = any(one.room_name in names for plan in plans for one in plan.counters)
    own = (plan for plan in plans if plan.has_rooms == has_rooms)
    return next(own, plans[0]) if names else plans[0]


_YEAR = slot_name(ENVELOPE["year"])


def _year_place(book: Book, file: str) -> Place:
    for sheet in book.sheets:
        area = book.names.areas(sheet.name).get(_YEAR)
        if area:
            return Place(file, sheet.name, area.first)
    return Place(file)


def _read_sheets(book: Book, file: str, stamp: Stamp, plans: Sequence[Plan]) -> BookReading:
    plan, placed_sheets = plans[0], list(_placed_sheets(book, plans))
    known = {placed.sheet.name for placed in placed_sheets}
    lost = _lost_sheets(book, known, plan)
    alike = list(_alike(book, file, {*known, *lost}, plan))
    lists = Lists(book)
    readings = [
        read_sheet(book, file, IssuedSheet(own, stamp, lists), placed)
        for placed, own in zip(placed_sheets, identities(placed_sheets, stamp), strict=True)
    ]
    requests, findings = _without_copies([r for r in readings if not r.untouched])
    return BookReading(
        file=file,
        stamp=stamp,
        requests=tuple(requests),
        untouched=sum(reading.untouched for reading in readings),
        findings=(
            *_of_the_book(book, file, stamp),
            *_unknown_panel(file, stamp, placed_sheets, plan),
            *_unknown_sheets(lost, file, plan, any_known=bool(placed_sheets or alike)),
            *alike,
            *_renamed(requests, file, stamp, plan),
            *_once_a_book(requests),
            *findings,
            *_of_no_request(readings, requests),
            *of_estimate(book, plan, requests),
            *of_other_sheets(
                book, file, plan, {*known, *lost, *(f.place.sheet or "" for f in alike)}
            ),
        ),
        modified=book.modified,
        is_saved=book.is_saved,
        contents=Contents(book, plan, (*(r for r in readings if r.untouched), *requests)),
    )


def _without_copies(
    readings: list[SheetReading],
) -> tuple[list[SheetReading], list[Finding]]:
    """Return copies of a sheet an id of their own, and leave out those that say the same."""
    kept: list[SheetReading] = []
    findings: list[Finding] = []
    for reading in readings:
        same_id = [other for other in kept if other.request_id == reading.request_id]
        place = reading.place_of(ENVELOPE["id"])
        if any(other.document == reading.document for other in same_id):
            findings.append(codes.SAME_COPY.at(place, id=reading.request_id))
            continue
        if same_id:
            new_id = _free_id(reading.request_id, kept)
            findings.append(
                codes.COPIED_SHEET.at(place, ENVELOPE["id"], id=reading.request_id, new_id=new_id)
            )
            reading = reading.copy_as(new_id)
        kept.append(reading)
    return kept, findings


def _free_id(request_id: str | None, kept: list[SheetReading]) -> str:
    taken = {reading.request_id for reading in kept}
    number = 2
    while f"{request_id}-{number}" in taken:
        number += 1
    return f"{request_id}-{number}"


def _of_the_book(book: Book, file: str, stamp: Stamp) -> Iterator[Finding]:
    if not stamp.issued:
        yield codes.STAMP_LOST.at(Place(file))
    if book.values_only:
        yield codes.VALUES_ONLY.at(Place(file), kind=book.kind)
    if book.macros:
        yield codes.WITH_MACROS.at(Place(file))


def _unknown_panel(
    file: str, stamp: Stamp, placed_sheets: list[PlacedSheet], plan: Plan
) -> Iterator[Finding]:
    """Report a panel of no known version, where sheets stand as the stamp says that they were issued."""
    other = stamp.panel not in (None, panel_sha256(plan))
    if other and not all(placed.at.moved for placed in placed_sheets):
        yield codes.UNKNOWN_PANEL.at(Place(file))


def _lost_sheets(book: Book, known: Collection[str], plan: Plan) -> list[str]:
    """Return the sheets that are called 要求書 without names and labels, and those that names alone know."""
    called = re.compile(rf"{re.escape(plan.sheet)}[0-9]+(?: \([0-9]+\))?")
    others = [sheet for sheet in book.sheets if sheet.name not in known]
    lost = [sheet.name for sheet in others if called.fullmatch(sheet.name)]
    return lost + [name for name in _named_sheets(book.names, plan) if book.sheet(name) is None]


def _alike(book: Book, file: str, known: Collection[str], plan: Plan) -> Iterator[Finding]:
    """Report sheets that nobody reads and that look like a request, whatever they are called."""
    for sheet in book.sheets:
        if sheet.name not in known and sheet.cells:
            found = tell_alike(beside_overview(sheet, plan), plan, Place(file, sheet.name))
            if found:
                yield found


def _unknown_sheets(
    lost: list[str], file: str, plan: Plan, *, any_known: bool
) -> Iterator[Finding]:
    """Report sheets whose fields are not where they should be."""
    if lost or not any_known:
        sheets = "、".join(lost) or plan.sheet
        place = Place(file, lost[0] if lost else None)
        yield codes.LOST_PLACE.at(place, labels=f"「{sheets}」のすべて")


def _renamed(
    readings: list[SheetReading], file: str, stamp: Stamp, plan: Plan
) -> Iterator[Finding]:
    """Report sheets that are not called as they were handed out; a copy cannot be."""
    handed_out = {id_: f"{plan.sheet}{number}" for number, id_ in enumerate(stamp.issued, 1)}
    for reading in readings:
        expected = handed_out.get(reading.request_id or "")
        if expected and reading.sheet != expected:
            yield codes.RENAMED.at(Place(file, reading.sheet), ENVELOPE["id"], expected=expected)


@lru_cache(maxsize=32)
def _named_sheets(names: Names, plan: Plan) -> tuple[str, ...]:
    """Return the sheets that the form's names belong to, and those that they point into."""
    slots = plan.by_name()
    own = [name for name in names if name.sheet and name.name in slots]
    found = [(name.sheet, area[0]) if (area := name_area(name)) else (name.sheet,) for name in own]
    return tuple(dict.fromkeys(sheet for sheets in found for sheet in sheets if sheet))


def _of_no_request(readings: list[SheetReading], requests: list[SheetReading]) -> Iterator[Finding]:
    """Report what was written beside the fields of sheets that are no request."""
    told = {reading.sheet for reading in requests}
    for reading in readings:
        if reading.sheet not in told:
            yield from (f for f in reading.findings if f.code in codes.LEFT_OUT)


def _once_a_book(readings: list[SheetReading]) -> Iterator[Finding]:
    for reading in readings:
        if reading.uncalculated:
            told = {finding.place.cell for finding in reading.findings}
            cell = next((cell for cell in reading.uncalculated if cell not in told), None)
            yield codes.NEVER_CALCULATED.at(Place(reading.file, reading.sheet, cell))
            return
