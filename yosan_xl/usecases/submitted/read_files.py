"""Many files read: in this process, in several, or by the workers of a Dask cluster.

What comes out is the same, in the same order, wherever files are read. A process that dies
costs one book: the one that it dies of. The workers of a cluster need this program, and the books
at the same path: a share that all machines see."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yosan_xl.excel.ooxml.refusals import OTHER_ZIP, UNKNOWN_FORMAT
from yosan_xl.excel.reading.read_book import BookReading, read_request_book
from yosan_xl.excel.reading.read_sheet import SheetReading
from yosan_xl.model.axes import Axes
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Request
from yosan_xl.store.books import is_named_as_book, lies_beside
from yosan_xl.store.faults import PathError, StoreError
from yosan_xl.store.snapshot import TOO_LARGE, Snapshot, snapshot
from yosan_xl.store.year_folder import UnknownForm, YearFolder
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted import codes
from yosan_xl.usecases.submitted.check import check_request
from yosan_xl.usecases.submitted.gathered import Gathered, gathered_documents, parse_documents
from yosan_xl.usecases.submitted.resubmission import BookFile
from yosan_xl.usecases.year import finder

# What processes need takes long to import, and one book needs none: it is imported where it is used.
if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

_NO_BOOK = {code.code for code in (OTHER_ZIP, UNKNOWN_FORMAT)}
"""Refusals of what is no spreadsheet at all."""
_TEXTS = (".xml", ".json")

FileResult = tuple[list[Gathered], BookFile]
"""The requests in a file, and the file itself with its findings."""

MakeExecutor = Callable[[], AbstractContextManager["Executor"]]
"""Makes a fresh executor; the last one may have died."""

CHUNK = 64
"""Files that go to a process at once: one at a time wins nothing, all at once balances nothing."""

_LEAST = 8
"""Files of the smallest chunk."""

START = "fork" if sys.platform == "linux" else "spawn"
"""How processes begin: a fork shares what is imported; elsewhere only spawning is safe."""

_MOST_PROCESSES = 61
"""Windows waits for no more of them at once."""

_SECONDS = 10
_INSTALL = "pip install 'yosan-xl[cluster]' を実行してください"
_LOOK = "アドレスと、スケジューラーと worker が動いているかを確かめてください"


@dataclass(frozen=True, slots=True, eq=False)
class ReadContext:
    """The year that files are read for, and whether each request is checked along with that.

    `folder` is the year folder whose lists the rules use; None leaves out the rules that need one. `near` is where forms
    are looked for that are not known where a file is.
    """

    year: FiscalYear | None = None
    folder: YearFolder | None = None
    checks: bool = False
    near: Path | None = None


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


def _json(shot: Snapshot, task: Task, context: ReadContext) -> FileResult:
    documents = parse_documents(shot.data, task.path.name)
    try:
        rows = gathered_documents(documents, task.name, task.path)
    except UnknownForm:
        if context.near is None:
            raise
        rows = gathered_documents(documents, task.name, context.near)
    requests = [row.request for row in rows]
    units = {request.department_code for request in requests}
    ids = tuple(str(request.id) for request in requests)
    unit = units.pop() if len(units) == 1 else None
    return rows, BookFile(task.name, shot.sha256, unit, requests=ids, is_read=True, is_json=True)


def _book(shot: Snapshot, task: Task, context: ReadContext) -> FileResult:
    reading = read_request_book(shot.data, task.name, finder(task.path), context.year)
    file = BookFile(
        name=task.name,
        sha256=shot.sha256,
        department=reading.stamp.department if reading.stamp and reading.contents else None,
        modified=reading.modified,
        requests=tuple(str(sheet.document.get("id")) for sheet in reading.requests),
        untouched=reading.untouched,
        findings=reading.findings,
        is_read=reading.contents is not None,
        form=reading.stamp.sha256 if reading.stamp and reading.stamp.issued else None,
        is_saved=reading.is_saved,
        answers=reading.stamp.answers if reading.stamp else (),
    )
    if reading.contents is None:
        return [], file
    axes = reading.contents.plan.axes
    return [_gathered(sheet, reading, axes) for sheet in reading.requests], file


def _gathered(sheet: SheetReading, reading: BookReading, axes: Axes) -> Gathered:
    return Gathered(
        request=Request.from_document(sheet.document, axes),
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


@dataclass(frozen=True, slots=True, eq=False)
class ReadOptions:
    """How to read many files: on how many processes (None: as many as are worth while), or where.

    A `scheduler` (host:port) of a Dask cluster has its workers read. `meanwhile` is called in this
    process once others have begun to read.
    """

    jobs: int | None = 1
    scheduler: str | None = None
    meanwhile: Callable[[], object] = lambda: None


IN_THIS_PROCESS = ReadOptions()


def read_files(
    tasks: Sequence[Task], context: ReadContext, options: ReadOptions = IN_THIS_PROCESS
) -> Generator[FileResult, None, None]:
    """Read files in order; raise WrongInput where there is no such cluster."""
    jobs = usual_jobs(len(tasks)) if options.jobs is None else options.jobs
    if options.scheduler is not None:
        with _cluster(options.scheduler) as (make, workers):
            yield from read_on(
                make, tasks=tasks, context=context, jobs=workers, meanwhile=options.meanwhile
            )
    elif jobs == 1:
        yield from (read_one(task, context) for task in tasks)
    else:
        yield from read_on(
            lambda: processes(jobs),
            tasks=tasks,
            context=context,
            jobs=jobs,
            meanwhile=options.meanwhile,
        )


def usual_jobs(files: int) -> int:
    """Return how many processes are worth while: one for each processor, one for few files."""
    return 1 if files <= CHUNK else min(processors(), -(-files // CHUNK))


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_on(
    make: MakeExecutor,
    tasks: Sequence[Task],
    context: ReadContext,
    jobs: int,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[FileResult]:
    """Read files in order, on the executor that `make` gives; `jobs` chunks are read at a time."""
    from concurrent.futures import BrokenExecutor

    chunks = [*_chunks(tasks, 2 * jobs)]
    done = 0
    try:
        with make() as executor:
            for results in _in_order(
                executor, chunks=chunks, context=context, ahead=2 * jobs, meanwhile=meanwhile
            ):
                yield from results
                done += 1
    except BrokenExecutor:
        for chunk in chunks[done:]:
            yield from _read_again(make, chunk, context)


def _chunks(tasks: Sequence[Task], parts: int) -> Iterator[Sequence[Task]]:
    """Cut the files into chunks, smaller ones towards the end: no process waits long for the last."""
    at, least = 0, min(_LEAST, -(-len(tasks) // parts))
    while at < len(tasks):
        size = min(CHUNK, max(least, (len(tasks) - at) // parts))
        yield tasks[at : at + size]
        at += size


def read_chunk(chunk: Sequence[Task], context: ReadContext) -> list[FileResult]:
    """Read the files of a chunk: what runs in another process."""
    return [read_one(task, context) for task in chunk]


def _in_order(
    executor: Executor,
    chunks: Sequence[Sequence[Task]],
    context: ReadContext,
    ahead: int,
    meanwhile: Callable[[], object],
) -> Iterator[list[FileResult]]:
    # Not all at once: what is read ahead waits in memory.
    begun = (executor.submit(read_chunk, chunk, context) for chunk in chunks[:ahead])
    running: deque[Future[list[FileResult]]] = deque(begun)
    meanwhile()
    for chunk in chunks[ahead:]:
        yield running.popleft().result()
        running.append(executor.submit(read_chunk, chunk, context))
    while running:
        yield running.popleft().result()


def _read_again(
    make: MakeExecutor, chunk: Sequence[Task], context: ReadContext
) -> Iterator[FileResult]:
    """Read the files of a chunk after an executor died, and find the one that it dies of."""
    from concurrent.futures import BrokenExecutor

    try:
        with make() as executor:
            results = executor.submit(read_chunk, chunk, context).result()
    except BrokenExecutor:
        if len(chunk) == 1:
            results = [_died(chunk[0])]
        else:
            half = len(chunk) // 2
            yield from _read_again(make, chunk[:half], context)
            yield from _read_again(make, chunk[half:], context)
            return
    yield from results


def _died(task: Task) -> FileResult:
    return [], BookFile(task.name, findings=(codes.READER_DIED.at(Place(task.name)),))


@contextmanager
def processes(jobs: int, start: str | None = None) -> Iterator[Executor]:
    """Start processes that end with this one, also where Ctrl-C cuts the work short."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    others = {*active_children()}
    executor = ProcessPoolExecutor(
        min(jobs, _MOST_PROCESSES),
        get_context(start or START),
        initializer=_leave_ctrl_c_to_parent,
    )
    try:
        yield executor
    except BaseException:
        for process in {*active_children()} - others:
            process.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _leave_ctrl_c_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _cluster(scheduler: str) -> Iterator[tuple[MakeExecutor, int]]:
    """Connect to a scheduler; give its executor and how many files it reads at a time.

    Raises WrongInput where there is no such scheduler, no worker, or no library to reach it.
    """
    try:
        from distributed import Client
    except ImportError:
        raise _unusable(
            scheduler, "必要なライブラリ（distributed）が入っていません", _INSTALL
        ) from None
    try:
        client = Client(scheduler, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise _unusable(scheduler, "つながりません", _LOOK) from error
    with client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise _unusable(scheduler, "働くもの（worker）がいません", _LOOK)
        yield lambda: client.get_executor(pure=False), workers


def _unusable(scheduler: str, problem: str, remedy: str) -> WrongInput:
    return WrongInput(
        codes.NO_CLUSTER.at(Place(scheduler), scheduler=scheduler, problem=problem, what=remedy)
    )
