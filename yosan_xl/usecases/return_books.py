"""`return`: a clean book with everything that was entered, for each book that has findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.checked import WriteFailed as NotWritable
from yosan_xl.excel.returned.remarks import asks
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Finding
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.clean_book import CleanBook, clean_book
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.gather import Progress, gather, no_books
from yosan_xl.usecases.generate import password_of, pick
from yosan_xl.usecases.inspection import inspect
from yosan_xl.usecases.outputs import RETURNED, put_all
from yosan_xl.usecases.read_files import ReadContext
from yosan_xl.usecases.year import open_year

_KINDS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods")
"""What the name of a book may end in; anything else belongs to the name itself."""


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
        year.returned, books, tuple(unreturned), tuple(unit for unit in units if unit not in told)
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
            yield path, own, _clean_book(path, name, own, year, password)


def _clean_book(
    path: Path, name: str, own: Sequence[Finding], year: YearFolder, password: str
) -> CleanBook:
    try:
        data = snapshot(path).data
    except WrongInput:
        return CleanBook(None, None)  # why it cannot be read is among its findings
    try:
        return clean_book(data, name, own, year, password)
    except NotWritable:
        return CleanBook(None, None)  # a book made by hand, that no form can hold


def _of_no_book(findings: Sequence[Finding], paths: Mapping[str, Path]) -> list[Finding]:
    """Give what is found of files that are not read as books at all."""
    return [f for f in findings if f.place.file not in paths and asks(f)]


def _by_name(path: Path, roster: Roster) -> Department | None:
    """Give the unit whose code a file's name begins with, as in `0801_国保年金課.xlsx`."""
    code, underscore, _ = path.name.partition("_")
    return roster.by_code(code) if underscore else None


def _target(path: Path, year: YearFolder, taken: dict[Path, tuple[ReturnedBook, bytes]]) -> Path:
    """Give the place in 差戻し: the book's own name, always as .xlsx."""
    kind = path.suffix if path.suffix.lower() in _KINDS else ""
    name = path.name.removesuffix(kind)
    target = year.returned / path.parent.relative_to(year.submitted) / f"{name}.xlsx"
    if target not in taken:
        return target
    return target.with_name(f"{name}_{kind.removeprefix('.')}.xlsx")
