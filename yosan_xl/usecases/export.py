"""`export`: the counted requests and their line items as data, for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.request import Document
from yosan_xl.model.table import Table
from yosan_xl.report.export_tables import line_table, public_document, request_table
from yosan_xl.report.printable import CP932, UTF8
from yosan_xl.report.table import csv_text, held, to_json, to_json_line
from yosan_xl.store.places import FilePlace
from yosan_xl.store.write import refuse_over, write_bytes
from yosan_xl.usecases import codes
from yosan_xl.usecases.counted import Counted, Outcome, count, remember
from yosan_xl.usecases.outputs import DATA
from yosan_xl.usecases.read import Progress
from yosan_xl.usecases.year import form_of


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How the data are wanted: a format, for CSV an encoding, and whether for the public."""

    format: str = "csv"
    encoding: str = UTF8
    public: bool = False
    include_errors: bool = False


@dataclass(frozen=True, slots=True)
class Exported(Outcome):
    """The files written, or the text for standard output; `own` are the findings of the data themselves."""

    own: tuple[Finding, ...]
    files: tuple[Path, ...]
    text: str | None


def export(
    paths: Sequence[Path],
    here: Path,
    wanted: ExportOptions,
    out: Path | None = None,
    progress: Progress = lambda files: files,
) -> Exported:
    """Read, check, count and give the data; raise WrongInput.

    CSV goes into the folder `out` (the year's 集計), as two files; JSON into the file `out`, or it
    is given as text. What is 未算入 is not in the data, and told.
    """
    counted = count(paths, here, progress, include_errors=wanted.include_errors)
    books = counted.gathering.books
    made = _made(counted, wanted, out) if books else _Made()
    for path in made.files:
        refuse_over(path, DATA, books)
    if books:
        remember(counted)
    for path, data in made.files.items():
        write_bytes(path, data, DATA, books)
    findings = (*counted.findings, *made.findings)
    own = (*counted.own, *made.findings)
    return Exported(
        intake=counted.intake, findings=findings, own=own, files=tuple(made.files), text=made.text
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """What is to be written, or the text that is given instead, and what got lost in it."""

    files: Mapping[Path, bytes] = field(default_factory=dict)
    text: str | None = None
    findings: tuple[Finding, ...] = ()


def _made(counted: Counted, wanted: ExportOptions, out: Path | None) -> _Made:
    if wanted.format == "csv":
        return _tables(counted, wanted, out)
    text = _json(counted, wanted)
    return _Made(text=text) if out is None else _Made({out: text.encode("utf-8")})


def _tables(counted: Counted, wanted: ExportOptions, out: Path | None) -> _Made:
    year = counted.year
    form, rows = form_of(year), counted.rollup.rows
    place = FilePlace.PUBLIC_TABLE if wanted.public else FilePlace.TABLE
    files: dict[Path, bytes] = {}
    told: list[Finding] = []
    for make in (request_table, line_table):
        table = make(rows, form, public=wanted.public)
        usual = year.at(place, table=table.name)
        path = out / usual.name if out else usual
        files[path], lost = _encoded(table, wanted.encoding, path.name)
        told += lost
    return _Made(files, findings=tuple(told))


def _encoded(table: Table, encoding: str, name: str) -> tuple[bytes, list[Finding]]:
    if encoding != CP932:
        return csv_text(table.headings, table.rows).encode(encoding), []
    rows, losses = held(table.rows, table.headings)
    told = [
        codes.NOT_IN_CP932.at(
            # The heading is the first row of the file.
            Place(name, f"{loss.row + 2}行目"),
            heading=loss.heading,
            characters="、".join(f"「{char}」" for char in loss.characters),
        )
        for loss in losses
    ]
    return csv_text(table.headings, rows).encode(encoding), told


def _json(counted: Counted, wanted: ExportOptions) -> str:
    documents = list(_documents(counted, wanted.public))
    if wanted.format == "ndjson":
        return "".join(map(to_json_line, documents))
    year = counted.year.settings.year.western
    return to_json({"fiscal_year": year, "unit": "千円", "requests": documents})


def _documents(counted: Counted, public: bool) -> Iterator[Document]:
    for row in counted.rollup.rows:
        yield public_document(row.request.document) if public else row.request.document
