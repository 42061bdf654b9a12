"""`return`: a clean book with everything that was entered, for each book that has findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.checked import NotWritable
from yosan_xl.excel.reading.codes import ELSEWHERE, FOR_FINANCE
from yosan_xl.excel.reading.read_book import BookReading, Contents, read_request_book
from yosan_xl.excel.reading.read_sheet import SheetReading
from yosan_xl.excel.reading.typed import Spot, TypedCell, TypedSheet, typed_estimate, typed_sheet
from yosan_xl.excel.returned.book import Returning, beyond, returned_book
from yosan_xl.excel.returned.carry import CarriedBook, carry
from yosan_xl.excel.returned.remarks import asks, remarks
from yosan_xl.excel.sheet_words import ESTIMATE
from yosan_xl.form.area import a1
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.stamp import Stamp
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.faults import StoreError
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.generate import first_choices, password_of, pick
from yosan_xl.usecases.outputs import RETURNED, put_all, told_of_paths
from yosan_xl.usecases.submitted.inspection import inspect
from yosan_xl.usecases.submitted.read import Progress, gather, no_books
from yosan_xl.usecases.submitted.read_files import ReadContext
from yosan_xl.usecases.year import find_definition, finder, open_year

_KINDS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods")
"""What the name of a book may end in; anything else belongs to the name itself."""

_NAMED = 12
"""How many cells with formulas are named one by one."""


@dataclass(frozen=True, slots=True)
class ReturnedBook:
    """A book that was written into 差戻し: where, for whom, why, and what it lacks."""

    path: Path
    department: Department
    findings: tuple[Finding, ...]
    left_behind: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """What was returned.

    `unreturned` are the findings of files of which no clean book can be made; `without` the
    departments that were asked for and have nothing to be returned.
    """

    folder: Path
    books: tuple[ReturnedBook, ...]
    unreturned: tuple[Finding, ...]
    without: tuple[Department, ...]
    findings: tuple[Finding, ...] = ()


def return_books(
    start: Path,
    wanted: Sequence[str] = (),
    *,
    force: bool = False,
    progress: Progress = lambda files: files,
) -> Returned:
    """Return the books with findings of all departments, or of those that are wanted.

    Raises WrongInput for a department that is unknown, or a book in 差戻し that differs.
    """
    year = open_year(start)
    units = _units(year.roster, wanted)
    gathering = gather([year.submitted], progress, context=ReadContext(year.settings.year, year))
    findings = inspect(gathering, year).findings
    paths = gathering.paths
    made: dict[Path, tuple[ReturnedBook, bytes]] = {}
    unreturned = [*no_books(gathering, [year.submitted]), *_of_no_book(findings, paths)]
    for path, own, clean in _clean_books(paths, findings, year):
        unit = clean.department or _by_name(path, year.roster)
        if units and unit not in units:
            continue
        if clean.data is None or unit is None:
            unreturned += own
            continue
        target = _target(path, year, made)
        made[target] = ReturnedBook(target, unit, tuple(own), clean.left_behind), clean.data
    put_all({path: data for path, (_, data) in made.items()}, RETURNED, force=force)
    books = tuple(book for book, _ in made.values())
    told = {book.department for book in books} | {
        _by_name(Path(f.place.file), year.roster) for f in unreturned
    }
    return Returned(
        folder=year.returned,
        books=books,
        unreturned=tuple(unreturned),
        without=tuple(unit for unit in units if unit not in told),
        findings=tuple(told_of_paths(made)),
    )


def _units(roster: Roster, wanted: Sequence[str]) -> list[Department]:
    units: list[Department] = []
    refused: list[Finding] = []
    for name in wanted:
        try:
            units.append(pick(roster, name))
        except WrongInput as wrong:
            refused += wrong.findings
    if refused:
        raise WrongInput(*refused)
    return list(dict.fromkeys(units))


def _clean_books(
    paths: Mapping[str, Path], findings: Sequence[Finding], year: YearFolder
) -> Iterator[tuple[Path, list[Finding], CleanBook]]:
    """Make the clean book of every file that has a finding which asks for something."""
    password = password_of(year.settings)
    for name, path in paths.items():
        own = [finding for finding in findings if finding.place.file == name]
        if any(map(asks, own)):
            yield path, own, _clean_book(path, name=name, own=own, year=year, password=password)


def _clean_book(
    path: Path, name: str, own: Sequence[Finding], year: YearFolder, password: str
) -> CleanBook:
    try:
        data = snapshot(path).data
    except WrongInput:
        return CleanBook(None, None)  # why it cannot be read is among its findings
    try:
        return clean_book(data, file=name, findings=own, year=year, password=password)
    except NotWritable:
        return CleanBook(None, None)  # a book made by hand, that no form can hold


def _of_no_book(findings: Sequence[Finding], paths: Mapping[str, Path]) -> list[Finding]:
    """Return what is found of files that are not read as books at all."""
    return [f for f in findings if f.place.file not in paths and asks(f)]


def _by_name(path: Path, roster: Roster) -> Department | None:
    """Return the unit whose code a file's name begins with, as in `0801_国保年金課.xlsx`."""
    code, underscore, _ = path.name.partition("_")
    return roster.by_code(code) if underscore else None


def _target(path: Path, year: YearFolder, taken: dict[Path, tuple[ReturnedBook, bytes]]) -> Path:
    """Return the place in 差戻し: the book's own name, always as .xlsx."""
    target, kind = returned_place(path, year), _kind(path)
    if target not in taken:
        return target
    return target.with_name(f"{target.stem}_{kind.removeprefix('.')}.xlsx")


def returned_place(path: Path, year: YearFolder) -> Path:
    """Return where the book goes that is returned for one in 提出."""
    name = path.name.removesuffix(_kind(path))
    return year.returned / path.parent.relative_to(year.submitted) / f"{name}.xlsx"


def answers(path: Path, year: YearFolder) -> Sequence[str]:
    """Return the SHA-256 of the books that a returned one stands for; none where there is no such book."""
    try:
        data = snapshot(path).data
    except StoreError:
        return ()
    stamp = read_request_book(data, path.name, finder(year.root), year.settings.year).stamp
    return stamp.answers if stamp else ()


def is_returned(path: Path, year: YearFolder) -> bool:
    """Return whether the book that answers the one at `path` in 提出 is in 差戻し."""
    try:
        return snapshot(path).sha256 in answers(returned_place(path, year), year)
    except StoreError:
        return False  # a book that cannot be read is none that was returned


def _kind(path: Path) -> str:
    return path.suffix if path.suffix.lower() in _KINDS else ""


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
    returning = Returning(
        department=unit,
        file=file,
        carried=carried,
        estimate=estimate,
        remarks=found,
        left_behind=lost,
        answers=answers,
    )
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
    if stamp.prefecture is not None:
        definition = definition.worded(stamp.prefecture)
    fiscal_year = FiscalYear(stamp.fiscal_year)
    return carry(
        contents.plan,
        stamp=stamp,
        typed=typed,
        first_choices=first_choices(year.settings),
        with_rows=lambda rows: compile_plan(definition, fiscal_year, rows),
    )


def _department(stamp: Stamp, year: YearFolder) -> Department:
    """Return the unit of a book: as the roster has it, or as the book was handed out with it."""
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
    estimate: Mapping[Spot, TypedCell],
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
    """Yield in words the formulas of staff whose value alone is carried, `cells` by A1 of the sheet `name`."""
    lost = [cell for cell, typed in cells if typed.was_formula]
    if lost:
        more = f" ほか{len(lost) - _NAMED}か所" if len(lost) > _NAMED else ""
        yield f"「{name}」の式（値だけを写しました）: {'、'.join(lost[:_NAMED])}{more}"
