"""`read` and what every command begins with: books and JSON documents read, each with its findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import JAPAN
from yosan_xl.model.request import Request
from yosan_xl.store.books import expand_paths, left_out_findings
from yosan_xl.store.faults import PathError, shown
from yosan_xl.store.snapshot import ABSENT
from yosan_xl.store.write import write_bytes
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.outputs import DOCUMENTS
from yosan_xl.usecases.submitted import codes
from yosan_xl.usecases.submitted.gathered import Gathered
from yosan_xl.usecases.submitted.read_files import (
    IN_THIS_PROCESS,
    ReadContext,
    ReadOptions,
    Task,
    read_files,
)
from yosan_xl.usecases.submitted.resubmission import BookFile, settled
from yosan_xl.usecases.year import books_in, open_year, year_of

Progress = Callable[[Iterable[Path]], Iterable[Path]]
"""Wraps the files to read, to show how far the work is."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathering:
    """All that was read. `findings` are those of files; each request has its own besides.

    `attachments` lie beside the books; `paths` has where each book and attachment is, by the name
    under which findings tell of it. `replaced_requests` are those of books that others stand for; `given` is what was to be read.
    """

    requests: tuple[Gathered, ...]
    findings: tuple[Finding, ...]
    books: tuple[Path, ...]
    untouched: int
    ignored: tuple[str, ...]
    files: tuple[BookFile, ...] = ()
    attachments: tuple[BookFile, ...] = ()
    paths: Mapping[str, Path] = field(default_factory=dict)
    replaced_requests: tuple[Gathered, ...] = ()
    given: tuple[Path, ...] = ()


def gather(
    paths: Iterable[Path],
    progress: Progress = lambda files: files,
    options: ReadOptions = IN_THIS_PROCESS,
    context: ReadContext | None = None,
    now: datetime | None = None,
) -> Gathering:
    """Read files and folders; raise WrongInput for a path that is not there.

    `options` says on how many processors; `context` whether requests are checked along with the reading.
    In a year folder (that of `context`) a book that a later one replaces, and a copy, is told and left out;
    `now` is the moment after which no book can have been saved.
    """
    paths, context = list(paths), context or ReadContext()
    refuse_absent(paths)
    books, ignored = expand_paths(paths)
    requests: list[Gathered] = []
    files: list[BookFile] = []
    by_name = dict(zip(_names(books, paths), books, strict=True))
    tasks = [Task(path, name, path not in paths) for name, path in by_name.items()]
    # What folders further up are called says nothing of whose a book is.
    folders = [context.folder.submitted, *paths] if context.folder else paths
    speaking = [path.absolute() for path in folders]
    with closing(read_files(tasks, context, options)) as read:
        for _, (found, file) in zip(progress(books), read, strict=True):
            requests += found
            below = _display_name(by_name[file.name].absolute(), speaking)
            files.append(replace(file, below=below))
    beside = [file for file in files if file.is_attachment]
    files = [file for file in files if not file.is_attachment]
    files, told = _settled(files, requests, context, now)
    replaced = {file.name for file in files if file.replaced_by}
    kept = [file for file in files if file.name not in replaced]
    return Gathering(
        requests=tuple(item for item in requests if item.file not in replaced),
        findings=(
            *left_out_findings(ignored),
            *told,
            *(f for one in (*kept, *beside) for f in one.findings),
        ),
        books=tuple(by_name[file.name] for file in files),
        untouched=sum(file.untouched for file in kept),
        ignored=tuple(shown(path) for path in ignored),
        files=tuple(files),
        attachments=tuple(beside),
        paths=by_name,
        replaced_requests=tuple(item for item in requests if item.file in replaced),
        given=tuple(paths),
    )


def _settled(
    files: list[BookFile], items: Iterable[Gathered], context: ReadContext, now: datetime | None
) -> tuple[list[BookFile], list[Finding]]:
    if context.folder is None:
        return files, []
    requests: dict[str, list[Request]] = defaultdict(list)
    for item in items:
        requests[item.file].append(item.request)
    return settled(files, requests, context.folder.roster, now or datetime.now(JAPAN))


def year_and_books(paths: Sequence[Path], here: Path) -> tuple[YearFolder, list[Path]]:
    """Return the year of `paths`, else the one `here`, and what is to be read of it; raise WrongInput."""
    refuse_absent(paths)
    year = year_of(paths) or open_year(here)
    return year, books_in(paths, year) or [year.submitted]


def refuse_absent(paths: Iterable[Path]) -> None:
    """Raise WrongInput for every path that is not there."""
    missing = [PathError(ABSENT, path).finding() for path in paths if not path.exists()]
    if missing:
        raise WrongInput(*missing)


def no_books(gathering: Gathering, chosen: Sequence[Path]) -> Iterator[Finding]:
    """Yield a finding where there was nothing to read at all."""
    if not gathering.books:
        name = shown(chosen[0].name)
        yield codes.NO_BOOKS.at(Place(name), name=name)


def _names(books: Sequence[Path], given: list[Path]) -> Iterator[str]:
    """Yield each book a name of its own: findings and sums tell books apart by it."""
    short = [_display_name(path, given) for path in books]
    times, seen = Counter(short), Counter[str]()
    for path, name in zip(books, short, strict=True):
        name = shown(path.as_posix()) if times[name] > 1 else name
        seen[name] += 1
        # A Mac's decomposed name and a composed one are two files that are shown alike.
        yield name if seen[name] == 1 else f"{name}（{seen[name]}冊目）"


def _display_name(path: Path, given: list[Path]) -> str:
    """Return the path below the folder that was given, or the file's name."""
    for root in given:
        if path != root and path.is_relative_to(root):
            return shown(path.relative_to(root).as_posix())
    return shown(path.name)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What was read: `result` is the JSON object of schemas/read-result.schema.json."""

    result: dict[str, Any]
    findings: tuple[Finding, ...]
    untouched: int
    books: tuple[Path, ...] = ()


def read(
    paths: Iterable[Path],
    progress: Progress = lambda files: files,
    options: ReadOptions = IN_THIS_PROCESS,
) -> ReadResult:
    """Read books; raise WrongInput for a path that is not there."""
    gathering = gather(books_in(paths), progress=progress, options=options)
    result = {
        "requests": [item.document for item in gathering.requests],
        "sources": [_sources(item) for item in gathering.requests],
        "reasons": [dict(item.reasons) for item in gathering.requests],
    }
    findings = [*gathering.findings, *(f for item in gathering.requests for f in item.findings)]
    return ReadResult(result, tuple(findings), gathering.untouched, gathering.books)


def save(path: Path, text: str, books: Iterable[Path]) -> None:
    """Write the result beside its place and move it over it; raise WrongInput, also over a book."""
    write_bytes(path, text.encode("utf-8"), DOCUMENTS, books)


def _sources(item: Gathered) -> dict[str, dict[str, str | None]]:
    return {
        pointer: {"file": place.file, "sheet": place.sheet, "cell": place.cell}
        for pointer, place in item.places.items()
    }
