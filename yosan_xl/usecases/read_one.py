"""One file → its requests and what is to be known of it: a pure function, for any process or machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from yosan_xl.excel.reading.read_book import BookReading, read_request_book
from yosan_xl.excel.reading.read_sheet import SheetReading
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.faults import PathError, StoreError
from yosan_xl.store.snapshot import Snapshot, snapshot
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.check import check_request
from yosan_xl.usecases.forms import finder
from yosan_xl.usecases.gathered import Gathered, gathered_documents, parse_documents
from yosan_xl.usecases.resubmission import BookFile

One = tuple[list[Gathered], BookFile]
"""What a file gave: its requests, and the file itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Manner:
    """How files are read: for which year, and whether each request is checked along with that.

    `folder` gives the year's lists to the checks; outside of any they are not asked.
    """

    year: FiscalYear | None = None
    folder: YearFolder | None = None
    checks: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read, and the name under which its findings tell of it."""

    path: Path
    name: str


def read_one(task: Task, manner: Manner) -> One:
    """Read a file; nothing is raised for what may be wrong with it, all is in the findings."""
    try:
        shot = snapshot(task.path)
    except PathError as error:
        return [], BookFile(task.name, findings=(error.finding(task.name),))
    return read_snapshot(shot, task, manner)


def read_snapshot(shot: Snapshot, task: Task, manner: Manner) -> One:
    """Read a file whose bytes are there already."""
    try:
        is_json = task.path.suffix.lower() == ".json"
        found, file = (_json if is_json else _book)(shot, task, manner)
    except PathError as error:
        return [], BookFile(task.name, findings=(error.finding(task.name),))
    except StoreError as error:
        return [], BookFile(task.name, findings=error.findings)
    if manner.checks:
        found = [replace(one, checked=tuple(check_request(one, manner.folder))) for one in found]
    return found, file


def _json(shot: Snapshot, task: Task, _: Manner) -> One:
    rows = gathered_documents(parse_documents(shot.data, task.path.name), task.name)
    requests = [row.request for row in rows]
    units = {request.department_code for request in requests}
    ids = tuple(str(request.id) for request in requests)
    unit = units.pop() if len(units) == 1 else None
    return rows, BookFile(task.name, shot.sha256, unit, requests=ids, is_read=True, is_json=True)


def _book(shot: Snapshot, task: Task, manner: Manner) -> One:
    reading = read_request_book(shot.data, task.name, finder(task.path), manner.year, whole=False)
    file = BookFile(
        task.name,
        shot.sha256,
        reading.stamp.department if reading.stamp and reading.contents else None,
        reading.modified,
        tuple(str(sheet.document.get("id")) for sheet in reading.requests),
        reading.untouched,
        reading.findings,
        is_read=reading.contents is not None,
    )
    return [_gathered(sheet, reading) for sheet in reading.requests], file


def _gathered(sheet: SheetReading, reading: BookReading) -> Gathered:
    return Gathered(
        document=sheet.document,
        file=reading.file,
        sheet=sheet.sheet,
        cells={pointer: place.cell for pointer, place in sheet.places.items()},
        findings=sheet.findings,
        broken=sheet.broken,
        reasons=sheet.reasons,
        form=reading.stamp.form if reading.stamp else None,
        form_sha256=reading.stamp.sha256 if reading.stamp else None,
    )
