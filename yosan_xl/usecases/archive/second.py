"""Every book of a year read once more, by another program, before its values are kept for ten years."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Generator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.foreign.read_values import Unread
from yosan_xl.excel.ooxml.book import Sheet
from yosan_xl.excel.reading.read_book import BookReading, read_request_book
from yosan_xl.excel.reading.second_reader import SecondReader, by_openpyxl, disagreements, unopened
from yosan_xl.model.finding import Finding
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.faults import PathError, StoreError
from yosan_xl.store.snapshot import snapshot
from yosan_xl.usecases.gather import Progress
from yosan_xl.usecases.read_files import processors
from yosan_xl.usecases.year import finder

_Answer = tuple[str, tuple[Finding, ...] | None]
"""The SHA-256 of a book and what is told of it; None where it was not given to the second reader."""


@dataclass(frozen=True, slots=True, eq=False)
class Second:
    """How books are read again: by whom, and which are known to have agreed (their SHA-256)."""

    reader: SecondReader = by_openpyxl
    known: Collection[str] = ()
    progress: Progress = lambda books: books


@dataclass(frozen=True, slots=True, eq=False)
class SecondReading:
    """How many books there are, which of them agreed (their SHA-256), and what is told of others."""

    books: int
    agreed: frozenset[str]
    findings: tuple[Finding, ...]


def read_again(books: Mapping[str, Path], year: FiscalYear, second: Second) -> SecondReading:
    """Read the books, by the names under which findings tell of them, as the second reader does.

    Only what our reader has read is given to it; a document in JSON is no book.
    """
    books = {name: path for name, path in books.items() if path.suffix.lower() != ".json"}
    agreed: set[str] = set()
    findings: list[Finding] = []
    with closing(_answers(books, year, second)) as answers:
        for _, (sha256, told) in zip(second.progress([*books.values()]), answers, strict=True):
            findings += told or ()
            if told == ():
                agreed.add(sha256)
    return SecondReading(len(books), frozenset(agreed), tuple(findings))


def _answers(
    books: Mapping[str, Path], year: FiscalYear, second: Second
) -> Generator[_Answer, None, None]:
    """Give the answers in order; the second reader waits for its process, so several wait at once."""
    most = processors()
    waiting: deque[Callable[[], _Answer]] = deque()
    with ThreadPoolExecutor(most) as pool:
        for name, path in books.items():
            waiting.append(_begun(pool, name, path, year, second))
            if len(waiting) > most:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()


def _begun(
    pool: ThreadPoolExecutor, name: str, path: Path, year: FiscalYear, second: Second
) -> Callable[[], _Answer]:
    """Read a book as we do, and let the second reader begin with it."""
    try:
        shot = snapshot(path)
        if shot.sha256 in second.known:
            return lambda: (shot.sha256, ())
        reading = read_request_book(shot.data, name, finder(path), year)
    except (PathError, StoreError):
        return lambda: ("", None)
    if reading.contents is None:
        return lambda: (shot.sha256, None)
    if reading.contents.book.values_only:
        problem = f"{reading.contents.book.kind} のブックです"
        return lambda: (shot.sha256, (unopened(reading, problem),))
    theirs = pool.submit(second.reader, shot.data)
    return lambda: (shot.sha256, _told(reading, theirs))


def _told(reading: BookReading, theirs: Future[tuple[Sheet, ...]]) -> tuple[Finding, ...]:
    try:
        return tuple(disagreements(reading, theirs.result()))
    except Unread as error:
        return (unopened(reading, str(error)),)
