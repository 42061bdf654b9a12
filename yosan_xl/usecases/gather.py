"""Read whatever was handed in: books and JSON documents, each with its findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from yosan_xl.excel.reading.read_book import BookReading, read_request_book
from yosan_xl.form.definition import Definition, load_definition
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document
from yosan_xl.store.books import expand_paths, left_out_findings
from yosan_xl.store.faults import ABSENT, PathError, StoreError, shown
from yosan_xl.store.snapshot import snapshot
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput

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


@dataclass(frozen=True, slots=True)
class Gathering:
    """All that was read. `findings` are those of files; each request has its own besides."""

    requests: tuple[Gathered, ...]
    findings: tuple[Finding, ...]
    files: int
    untouched: int
    ignored: tuple[str, ...]


def gather(
    paths: Iterable[Path],
    year: FiscalYear | None = None,
    progress: Progress = lambda files: files,
) -> Gathering:
    """Read files and folders; raise WrongInput for a path that is not there."""
    paths = list(paths)
    missing = [PathError(ABSENT, path).finding() for path in paths if not path.exists()]
    if missing:
        raise WrongInput(*missing)
    books, ignored = expand_paths(paths)
    requests: list[Gathered] = []
    findings = list(left_out_findings(ignored))
    untouched = 0
    for path in progress(books):
        name = _display_name(path, paths)
        found, more, blank = _read_file(path, name, year)
        requests += found
        findings += more
        untouched += blank
    return Gathering(
        tuple(requests),
        tuple(findings),
        len(books),
        untouched,
        tuple(shown(path) for path in ignored),
    )


def read_documents(path: Path) -> list[Document]:
    """Read request documents from JSON; raise WrongInput."""
    data = snapshot(path).data
    try:
        value = json.loads(data.decode("utf-8-sig"))
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


@lru_cache
def find_definition(form_id: str) -> Definition:
    """Give a definition that comes with the program; raise KeyError for an unknown one."""
    return load_definition(form_id)


def _read_file(
    path: Path, name: str, year: FiscalYear | None
) -> tuple[list[Gathered], list[Finding], int]:
    try:
        if path.suffix.lower() == ".json":
            return gathered_documents(read_documents(path), name), [], 0
        data = snapshot(path).data
    except PathError as error:
        return [], [error.finding(name)], 0
    except StoreError as error:
        return [], list(error.findings), 0
    reading = read_request_book(data, name, find_definition, year)
    return _of_book(reading), list(reading.findings), reading.untouched


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
        )
        for sheet in reading.requests
    ]


def _json_place(name: str, number: int) -> Callable[[str], Place]:
    return lambda pointer: Place(name, f"{number}件目", pointer or None)


def _display_name(path: Path, given: list[Path]) -> str:
    """Give the path below the folder that was given, or the file's name."""
    for root in given:
        if path != root and path.is_relative_to(root):
            return shown(path.relative_to(root).as_posix())
    return shown(path.name)
