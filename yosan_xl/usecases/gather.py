"""Read whatever was handed in: books and JSON documents, each with its findings."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yosan_xl.excel.reading.read_book import BookReading, read_request_book
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document, Request
from yosan_xl.store.books import expand_paths, left_out_findings
from yosan_xl.store.faults import ABSENT, PathError, StoreError, shown
from yosan_xl.store.snapshot import snapshot
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.forms import finder
from yosan_xl.usecases.resubmission import BookFile, leave, settled

Progress = Callable[[Iterable[Path]], Iterable[Path]]
"""Wraps the files to read, to show how far the work is."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A request as it was read: its document, where its values stand, and what reading found."""

    document: Document
    file: str
    sheet: str | None
    locate: Callable[[str], Place]
    places: dict[str, Place]
    findings: tuple[Finding, ...]
    broken: frozenset[str]
    reasons: Mapping[str, str] = field(default_factory=dict)
    form: str | None = None
    form_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Gathering:
    """All that was read. `findings` are those of files; each request has its own besides."""

    requests: tuple[Gathered, ...]
    findings: tuple[Finding, ...]
    books: tuple[Path, ...]
    untouched: int
    ignored: tuple[str, ...]
    files: tuple[BookFile, ...] = ()


def gather(
    paths: Iterable[Path],
    year: FiscalYear | None = None,
    progress: Progress = lambda files: files,
) -> Gathering:
    """Read files and folders; raise WrongInput for a path that is not there.

    In a year folder (with `year`) a book that a later one replaces, and a copy, is told and left out.
    """
    paths = list(paths)
    refuse_absent(paths)
    books, ignored = expand_paths(paths)
    requests: list[Gathered] = []
    files: list[BookFile] = []
    names = dict(zip(books, _names(books, paths), strict=True))
    for path in progress(books):
        found, file = _read_file(path, names[path], year)
        requests += found
        files.append(file)
    replaced, told = settled(files) if year else ({}, [])
    kept = [file for file in files if file.name not in replaced]
    return Gathering(
        tuple(item for item in requests if item.file not in replaced),
        (*left_out_findings(ignored), *told, *(f for file in kept for f in file.findings)),
        books,
        sum(file.untouched for file in kept),
        tuple(shown(path) for path in ignored),
        tuple(leave(file, replaced) for file in files),
    )


def refuse_absent(paths: Iterable[Path]) -> None:
    """Raise WrongInput for every path that is not there."""
    missing = [PathError(ABSENT, path).finding() for path in paths if not path.exists()]
    if missing:
        raise WrongInput(*missing)


def refuse_over_input(out: Path | None, books: Iterable[Path]) -> None:
    """Raise WrongInput where `out` is one of the files that are read: these are evidence."""
    if out is not None and out.exists() and any(out.samefile(book) for book in books):
        raise WrongInput(codes.OVER_INPUT.at(Place(shown(out)), name=shown(out.name)))


def no_books(gathering: Gathering, chosen: Sequence[Path]) -> Iterator[Finding]:
    """Tell where there was nothing to read at all."""
    if not gathering.books:
        name = shown(chosen[0].name)
        yield codes.NO_BOOKS.at(Place(name), name=name)


def read_documents(path: Path) -> list[Document]:
    """Read request documents from JSON; raise WrongInput."""
    data = snapshot(path).data
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # half of a surrogate pair is no text
    except (ValueError, RecursionError) as error:
        problem = "UTF-8 の JSON ではありません"
        raise WrongInput(codes.NOT_DOCUMENTS.at(Place(path.name), problem=problem)) from error
    rows = value.get("requests") if isinstance(value, dict) else value
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problem = "要求書の配列がありません"
        raise WrongInput(codes.NOT_DOCUMENTS.at(Place(path.name), problem=problem))
    return rows


def gathered_documents(documents: list[Document], name: str) -> list[Gathered]:
    """View documents from a JSON file as gathered; their places are the JSON pointers."""
    return [
        Gathered(row, name, f"{n}件目", _json_place(name, n), {}, (), frozenset())
        for n, row in enumerate(documents, 1)
    ]


def _read_file(path: Path, name: str, year: FiscalYear | None) -> tuple[list[Gathered], BookFile]:
    try:
        if path.suffix.lower() == ".json":
            rows = gathered_documents(read_documents(path), name)
            return rows, _of_json(rows, name, snapshot(path).sha256)
        shot = snapshot(path)
    except PathError as error:
        return [], BookFile(name, findings=(error.finding(name),))
    except StoreError as error:
        return [], BookFile(name, findings=error.findings)
    reading = read_request_book(shot.data, name, finder(path), year)
    file = BookFile(
        name,
        shot.sha256,
        reading.stamp.department if reading.stamp and reading.contents else None,
        reading.modified,
        tuple(str(sheet.document.get("id")) for sheet in reading.requests),
        reading.untouched,
        reading.findings,
        is_read=reading.contents is not None,
    )
    return _of_book(reading), file


def _of_json(rows: list[Gathered], name: str, sha256: str) -> BookFile:
    requests = [Request.from_document(row.document) for row in rows]
    units = {request.department_code for request in requests}
    ids = tuple(str(request.id) for request in requests)
    unit = units.pop() if len(units) == 1 else None
    return BookFile(name, sha256, unit, requests=ids, is_read=True, is_json=True)


def _of_book(reading: BookReading) -> list[Gathered]:
    return [
        Gathered(
            document=sheet.document,
            file=reading.file,
            sheet=sheet.sheet,
            locate=sheet.place_of,
            places=dict(sheet.places),
            findings=sheet.findings,
            broken=sheet.broken,
            reasons=sheet.reasons,
            form=reading.stamp.form if reading.stamp else None,
            form_sha256=reading.stamp.sha256 if reading.stamp else None,
        )
        for sheet in reading.requests
    ]


def _json_place(name: str, number: int) -> Callable[[str], Place]:
    return lambda pointer: Place(name, f"{number}件目", pointer or None)


def _no_number(word: str) -> None:
    raise ValueError(word)  # NaN and Infinity are not JSON (RFC 8259)


def _names(books: Sequence[Path], given: list[Path]) -> Iterator[str]:
    """Give each book a name of its own: findings and sums tell books apart by it."""
    short = [_display_name(path, given) for path in books]
    times, seen = Counter(short), Counter[str]()
    for path, name in zip(books, short, strict=True):
        name = shown(path.as_posix()) if times[name] > 1 else name
        seen[name] += 1
        # A Mac's decomposed name and a composed one are two files that are shown alike.
        yield name if seen[name] == 1 else f"{name}（{seen[name]}冊目）"


def paths_by_name(books: Sequence[Path], given: Iterable[Path]) -> dict[str, Path]:
    """Give where each book is, by the name under which its findings tell of it."""
    return dict(zip(_names(books, list(given)), books, strict=True))


def _display_name(path: Path, given: list[Path]) -> str:
    """Give the path below the folder that was given, or the file's name."""
    for root in given:
        if path != root and path.is_relative_to(root):
            return shown(path.relative_to(root).as_posix())
    return shown(path.name)
