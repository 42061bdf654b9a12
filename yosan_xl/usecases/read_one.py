"""One file → its requests and what is to be known of it: a pure function, for any process or machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.ooxml.refusals import OTHER_ZIP, UNKNOWN_FORMAT
from yosan_xl.excel.reading.read_book import BookReading, read_request_book
from yosan_xl.excel.reading.read_sheet import SheetReading
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Request
from yosan_xl.store.books import is_named_as_book, lies_beside
from yosan_xl.store.faults import TOO_LARGE, PathError, StoreError
from yosan_xl.store.snapshot import Snapshot, snapshot
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.check import check_request
from yosan_xl.usecases.forms import finder
from yosan_xl.usecases.gathered import Gathered, gathered_documents, parse_documents
from yosan_xl.usecases.resubmission import BookFile

_NO_BOOK = {code.code for code in (OTHER_ZIP, UNKNOWN_FORMAT)}
"""Refusals of what is no spreadsheet at all."""
_TEXTS = (".xml", ".json")

FileResult = tuple[list[Gathered], BookFile]
"""The requests in a file, and the file itself with its findings."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadContext:
    """The year that files are read for, and whether each request is checked along with that.

    `folder` is the year folder whose lists the rules use; None leaves out the rules that need one.
    """

    year: FiscalYear | None = None
    folder: YearFolder | None = None
    checks: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A file to read, and the name under which its findings tell of it.

    `may_lie_beside` is true where it was found in a folder: what is no book there is an attachment.
    """

    path: Path
    name: str
    may_lie_beside: bool = False


def read_one(task: Task, context: ReadContext) -> FileResult:
    """Read a file; nothing is raised for what may be wrong with it, all is in the findings."""
    if task.may_lie_beside and lies_beside(task.path):
        return [], BookFile(task.name, is_attachment=True)
    try:
        shot = snapshot(task.path)
    except PathError as error:
        beside = task.may_lie_beside and error.code == TOO_LARGE
        is_attachment = beside and not is_named_as_book(task.path.name)
        told = () if is_attachment else (error.finding(task.name),)
        return [], BookFile(task.name, findings=told, is_attachment=is_attachment)
    found, file = _read(shot, task, context)
    if task.may_lie_beside and _turned_out_none(file, task.path):
        return [], _attachment(task.name, shot.data)
    return found, file


def _turned_out_none(file: BookFile, path: Path) -> bool:
    """Return whether what is not called a book is none."""
    return not is_named_as_book(path.name) and any(f.code in _NO_BOOK for f in file.findings)


def _attachment(name: str, data: bytes) -> BookFile:
    """Return a file that lies beside the books; of a zip it is told how many books are in it."""
    # The directory of a zip has each name after 46 bytes, and the name's length at 28.
    entries = (match.start() for match in re.finditer(rb"PK\x01\x02", data))
    sizes = ((at + 46, int.from_bytes(data[at + 28 : at + 30], "little")) for at in entries)
    names = (data[at : at + size].decode("cp437") for at, size in sizes)
    books = sum(is_named_as_book(name) and not name.lower().endswith(_TEXTS) for name in names)
    told = (codes.ZIPPED.at(Place(name), count=books),) if books else ()
    return BookFile(name, findings=told, is_attachment=True)


def _read(shot: Snapshot, task: Task, context: ReadContext) -> FileResult:
    try:
        is_json = task.path.suffix.lower() == ".json"
        found, file = (_json if is_json else _book)(shot, task, context)
    except PathError as error:
        return [], BookFile(task.name, findings=(error.finding(task.name),))
    except StoreError as error:
        return [], BookFile(task.name, findings=error.findings)
    if context.checks:
        found = [one.with_findings(check_request(one, context.folder)) for one in found]
    return found, file


def _json(shot: Snapshot, task: Task, _: ReadContext) -> FileResult:
    rows = gathered_documents(parse_documents(shot.data, task.path.name), task.name)
    requests = [row.request for row in rows]
    units = {request.department_code for request in requests}
    ids = tuple(str(request.id) for request in requests)
    unit = units.pop() if len(units) == 1 else None
    return rows, BookFile(task.name, shot.sha256, unit, requests=ids, is_read=True, is_json=True)


def _book(shot: Snapshot, task: Task, context: ReadContext) -> FileResult:
    reading = read_request_book(shot.data, task.name, finder(task.path), context.year)
    file = BookFile(
        task.name,
        shot.sha256,
        reading.stamp.department if reading.stamp and reading.contents else None,
        reading.modified,
        tuple(str(sheet.document.get("id")) for sheet in reading.requests),
        reading.untouched,
        reading.findings,
        is_read=reading.contents is not None,
        form=reading.stamp.sha256 if reading.stamp and reading.stamp.issued else None,
        is_saved=reading.is_saved,
        answers=reading.stamp.answers if reading.stamp else (),
    )
    return [_gathered(sheet, reading) for sheet in reading.requests], file


def _gathered(sheet: SheetReading, reading: BookReading) -> Gathered:
    return Gathered(
        request=Request.from_document(sheet.document),
        file=reading.file,
        sheet=sheet.sheet,
        cells=sheet.cells,
        findings=sheet.findings,
        broken=sheet.broken,
        reasons=sheet.reasons,
        marks=sheet.marks,
        form=reading.stamp.form if reading.stamp else None,
        form_sha256=reading.stamp.sha256 if reading.stamp else None,
    )
