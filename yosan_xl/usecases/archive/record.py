"""What the archive writes beside the files of a year: its requests, its findings, its form and schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.form.definition import Definition
from yosan_xl.form.schema import request_schema
from yosan_xl.model.finding import Finding
from yosan_xl.report.findings import findings_json
from yosan_xl.resources import template_folder
from yosan_xl.store.archive.manifest import Kind
from yosan_xl.store.kept_forms import FORMS, kept_name
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import ABSENT, CHANGING, FORBIDDEN, UNREADABLE, snapshot
from yosan_xl.usecases.archive.second import Second, SecondReading, read_again
from yosan_xl.usecases.catalogue import all_codes
from yosan_xl.usecases.counting import Counting, count_requests
from yosan_xl.usecases.decisions import DecidedRows, decided_year
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.gather import gather, no_books
from yosan_xl.usecases.gathered import Gathered
from yosan_xl.usecases.inspection import Inspection, inspect
from yosan_xl.usecases.read_files import ReadContext
from yosan_xl.usecases.validate import departments_of
from yosan_xl.usecases.year import find_definition, is_shipped, open_year

DOCUMENTS_NAME = FilePlace.DOCUMENTS.file_name
FINDINGS_NAME = FilePlace.FINDINGS.file_name
SCHEMA_NAME = FilePlace.SCHEMA.file_name
DERIVED = (DOCUMENTS_NAME, FINDINGS_NAME, SCHEMA_NAME)
"""Made from the others, in 保存; they are made anew each time and never taken from a year folder."""

_PASSING = {code.code for code in (ABSENT, FORBIDDEN, CHANGING, UNREADABLE)}


@dataclass(frozen=True, slots=True)
class Record:
    """The bytes to write, what was found, and of that what tells of files that were not read."""

    documents: bytes
    told: bytes
    schema: bytes
    forms: tuple[Definition, ...]
    requests: int
    findings: tuple[Finding, ...]
    of_files: tuple[Finding, ...]
    again: SecondReading

    def files(self, kept: str) -> Iterator[tuple[str, Kind, bytes]]:
        """Give path below the year folder, kind and bytes of each; `kept` is the name of 保存."""
        yield f"{kept}/{DOCUMENTS_NAME}", Kind.DOCUMENTS, self.documents
        yield f"{kept}/{FINDINGS_NAME}", Kind.FINDINGS, self.told
        yield f"{kept}/{SCHEMA_NAME}", Kind.SCHEMA, self.schema
        for form in self.forms:
            source = template_folder(form.id) / "form.toml"
            if is_shipped(form):
                yield f"{kept}/{FORMS}/{kept_name(form)}", Kind.FORM, snapshot(source).data


def record_of(folder: Path, second: Second) -> Record:
    """Read a copied year folder; raise WrongInput where nothing was handed in.

    Its books are read by the `second` reader too.
    """
    year = open_year(folder)
    gathering = gather([year.submitted], context=ReadContext(year.settings.year, year))
    if nothing := (*no_books(gathering, [year.submitted]), *_unread(gathering.findings)):
        raise WrongInput(*nothing)
    inspection = inspect(gathering, year)
    counting = count_requests(inspection)
    books = {file.name: gathering.paths[file.name] for file in gathering.files}
    again = read_again(books, year.settings.year, second)
    findings = (*inspection.findings, *counting.findings)
    form = find_definition(year.settings.form, near=year.root)
    return Record(
        _documents(inspection, counting, decided_year(year, counting)),
        findings_json(
            (*findings, *again.findings), all_codes(), departments_of(gathering.requests)
        ).encode("utf-8"),
        _json(request_schema(form)),
        tuple(_forms(form, gathering.requests, year.root)),
        len(counting.rows) + len(counting.left_out),
        findings,
        (*gathering.findings, *again.findings),
        again,
    )


def _unread(findings: Iterable[Finding]) -> list[Finding]:
    """Give where a disk failed: what is frozen must not lack a book that can be read tomorrow."""
    return [finding for finding in findings if finding.code in _PASSING]


def _documents(inspection: Inspection, counting: Counting, decided: DecidedRows) -> bytes:
    """Give the requests with their NO, and for each where it stood and why it was not counted.

    Those that are counted have what finance decided.
    """
    documents = {(row.source.file, row.source.sheet): row.request.document for row in decided.rows}
    doubtful = (*counting.left_out, *counting.again)
    out = {(row.row.source.file, row.row.source.sheet): row.why for row in doubtful}
    items = inspection.gathering.requests
    value = {
        "requests": [
            documents.get((item.file, item.sheet)) or inspection.numbering.put(item).document
            for item in items
        ],
        "sources": [
            {"file": item.file, "sheet": item.sheet, "left_out": out.get((item.file, item.sheet))}
            for item in items
        ],
    }
    return _json(value)


def _forms(own: Definition, items: Iterable[Gathered], root: Path) -> Iterator[Definition]:
    """Give the year's form, and every other one that its books were issued with."""
    seen = {own.sha256}
    yield own
    for item in items:
        if item.form and item.form_sha256 and item.form_sha256 not in seen:
            seen.add(item.form_sha256)
            yield find_definition(item.form, item.form_sha256, root)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode(
        "utf-8", "backslashreplace"
    )
