"""What the archive writes beside the files of a year, after every book was read once more by another program."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.foreign.read_values import Unread
from yosan_xl.excel.ooxml.book import Sheet
from yosan_xl.excel.reading.read_book import BookReading, read_request_book
from yosan_xl.excel.reading.second_reader import SecondReader, by_openpyxl, disagreements, unopened
from yosan_xl.form.definition import Definition
from yosan_xl.form.schema import request_schema
from yosan_xl.model.finding import Finding
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.intake import Doubtful, SummaryRow
from yosan_xl.report.findings import findings_json
from yosan_xl.store.archive.manifest import Kind
from yosan_xl.store.faults import PathError, StoreError
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import ABSENT, CHANGING, FORBIDDEN, UNREADABLE, snapshot
from yosan_xl.store.year_folder import FORMS, YearFolder, kept_name
from yosan_xl.usecases.archive.decided import decisions_value
from yosan_xl.usecases.catalogue import all_codes
from yosan_xl.usecases.counted import Counted, count_gathered
from yosan_xl.usecases.decisions.entries import take_entries
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted.form_changes import refuse_changed
from yosan_xl.usecases.submitted.gathered import Gathered, departments_of
from yosan_xl.usecases.submitted.read import Progress, gather, no_books
from yosan_xl.usecases.submitted.read_files import ReadContext, processors
from yosan_xl.usecases.year import find_definition, finder, form_of, form_source, open_year

DOCUMENTS_NAME = FilePlace.DOCUMENTS.file_name
FINDINGS_NAME = FilePlace.FINDINGS.file_name
SCHEMA_NAME = FilePlace.SCHEMA.file_name
DERIVED = (DOCUMENTS_NAME, FINDINGS_NAME, SCHEMA_NAME)
"""Made from the others, in 保存; they are made anew each time and never taken from a year folder."""

_PASSING = {code.code for code in (ABSENT, FORBIDDEN, CHANGING, UNREADABLE)}

_Answer = tuple[str, tuple[Finding, ...] | None]
"""The SHA-256 of a book and what is told of it; None where it was not given to the second reader."""


@dataclass(frozen=True, slots=True)
class Record:
    """The bytes to write, what was found, and of that what tells of files that were not read.

    Of the `counted` requests so many are `decided`.
    """

    documents: bytes
    told: bytes
    schema: bytes
    forms: tuple[Definition, ...]
    form_files: tuple[tuple[Definition, bytes], ...]
    requests: int
    counted: int
    decided: int
    findings: tuple[Finding, ...]
    of_files: tuple[Finding, ...]
    again: SecondReading

    def files(self, kept: str) -> Iterator[tuple[str, Kind, bytes]]:
        """Yield path below the year folder, kind and bytes of each; `kept` is the name of 保存."""
        yield f"{kept}/{DOCUMENTS_NAME}", Kind.DOCUMENTS, self.documents
        yield f"{kept}/{FINDINGS_NAME}", Kind.FINDINGS, self.told
        yield f"{kept}/{SCHEMA_NAME}", Kind.SCHEMA, self.schema
        for form, data in self.form_files:
            yield f"{kept}/{FORMS}/{kept_name(form)}", Kind.FORM, data


def record_of(folder: Path, second: SecondReadOptions) -> Record:
    """Read a copied year folder; raise WrongInput where nothing was handed in.

    Its books are read by the `second` reader too.
    """
    year = open_year(folder)
    gathering = gather([year.submitted], context=ReadContext(year.settings.year, year))
    if nothing := (*no_books(gathering, [year.submitted]), *_unread(gathering.findings)):
        raise WrongInput(*nothing)
    refuse_changed(gathering.requests, year)
    form = form_of(year)
    counted = count_gathered(gathering, year, take_entries(year, form))
    books = {file.name: gathering.paths[file.name] for file in gathering.files}
    again = read_again(books, year.settings.year, second)
    forms = tuple(_forms(form, gathering.requests, year.root))
    return Record(
        documents=_documents(counted),
        told=findings_json(
            (*counted.findings, *again.findings), all_codes(), departments_of(gathering.requests)
        ).encode("utf-8"),
        schema=_json(request_schema(form)),
        forms=forms,
        form_files=tuple(_sources(forms, year)),
        requests=len(counted.counting.rows) + len(counted.counting.left_out),
        counted=len(counted.rows),
        decided=counted.decided.decided,
        findings=counted.findings,
        of_files=(*gathering.findings, *again.findings),
        again=again,
    )


def _unread(findings: Iterable[Finding]) -> list[Finding]:
    """Return where a disk failed: what is frozen must not lack a book that can be read tomorrow."""
    return [finding for finding in findings if finding.code in _PASSING]


def _documents(counted: Counted) -> bytes:
    """Return the requests with their NO, and for each where it stood, why it was not counted, and its decisions.

    Those that are counted have what finance decided.
    """
    rows = {(row.source.file, row.source.sheet): row for row in counted.rows}
    doubtful = (*counted.counting.left_out, *counted.counting.again)
    out = {(one.row.source.file, one.row.source.sheet): one for one in doubtful}
    items = [(item, (item.file, item.sheet)) for item in counted.gathering.requests]
    value = {
        "requests": [
            rows[at].request.document
            if at in rows
            else counted.inspection.numbering.put(item).document
            for item, at in items
        ],
        "sources": [_source(at, rows.get(at), out.get(at)) for _, at in items],
        "decisions": [decisions_value(rows[at]) if at in rows else None for _, at in items],
    }
    return _json(value)


def _source(
    at: tuple[str, str | None], row: SummaryRow | None, out: Doubtful | None
) -> dict[str, object]:
    """Return where a request stood, why it was not counted, and that its NO was not final."""
    own = row or (out.row if out else None)
    mark = {"provisional": True} if own and own.provisional else {}
    return {"file": at[0], "sheet": at[1], "left_out": out.why if out else None, **mark}


def _forms(own: Definition, items: Iterable[Gathered], root: Path) -> Iterator[Definition]:
    """Yield the year's form, and every other one that its books were issued with."""
    seen = {own.sha256}
    yield own
    for item in items:
        if item.form and item.form_sha256 and item.form_sha256 not in seen:
            seen.add(item.form_sha256)
            yield find_definition(item.form, item.form_sha256, root)


def _sources(forms: Iterable[Definition], year: YearFolder) -> Iterator[tuple[Definition, bytes]]:
    """Yield the definitions that are not kept with the year's books, with the bytes of their files."""
    for form in forms:
        source = form_source(form, year.root)
        if source is not None and source.parent != year.kept / FORMS:
            yield form, snapshot(source).data


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode(
        "utf-8", "backslashreplace"
    )


@dataclass(frozen=True, slots=True, eq=False)
class SecondReadOptions:
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


def read_again(
    books: Mapping[str, Path], year: FiscalYear, second: SecondReadOptions
) -> SecondReading:
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
    books: Mapping[str, Path], year: FiscalYear, second: SecondReadOptions
) -> Generator[_Answer, None, None]:
    """Yield the answers in order; the second reader waits for its process, so several wait at once."""
    most = processors()
    waiting: deque[Callable[[], _Answer]] = deque()
    with ThreadPoolExecutor(most) as pool:
        for name, path in books.items():
            waiting.append(_begun(pool, name=name, path=path, year=year, second=second))
            if len(waiting) > most:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()


def _begun(
    pool: ThreadPoolExecutor, name: str, path: Path, year: FiscalYear, second: SecondReadOptions
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
    return lambda: (shot.sha256, _compared(reading, theirs))


def _compared(reading: BookReading, theirs: Future[tuple[Sheet, ...]]) -> tuple[Finding, ...]:
    try:
        return tuple(disagreements(reading, theirs.result()))
    except Unread as error:
        return (unopened(reading, str(error)),)
