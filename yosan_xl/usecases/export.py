"""`export`: the counted requests and their line items as data, for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yosan_xl.model.axes import Axes
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.public import public_document
from yosan_xl.model.request import Document
from yosan_xl.model.table import Table
from yosan_xl.report.export_tables import (
    LINES,
    export_standing,
    export_tables,
    table_names,
)
from yosan_xl.report.printable import CP932, UTF8
from yosan_xl.report.table import csv_text, held, to_json, to_json_line
from yosan_xl.store.places import FilePlace, why_unsafe
from yosan_xl.store.write import refuse_over, write_bytes
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.counted import Outcome
from yosan_xl.usecases.outputs import DATA
from yosan_xl.usecases.read import Progress
from yosan_xl.usecases.shown import ShownYear, shown_year


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How the data are wanted: a format, for CSV an encoding, and whether for the public."""

    format: str = "csv"
    encoding: str = UTF8
    public: bool = False
    include_errors: bool = False
    edition: str | None = None


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

    CSV goes into the folder `out` (the year's 集計), a file for the requests and one for each list; JSON into the file `out`, or it
    is given as text. What is 未算入 is not in the data, and told.
    """
    year = shown_year(
        paths,
        here,
        progress,
        public=wanted.public,
        include_errors=wanted.include_errors,
        edition=wanted.edition,
    )
    made = _made(year, wanted, out) if year.is_there else _Made()
    for path in made.files:
        refuse_over(path, DATA, year.books)
    if year.is_there:
        year.remember()
    for path, data in made.files.items():
        write_bytes(path, data, DATA, year.books)
    return Exported(
        intake=year.intake,
        findings=(*year.findings, *made.findings),
        own=(*year.own, *made.findings),
        files=tuple(made.files),
        text=made.text,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """What is to be written, or the text that is given instead, and what got lost in it."""

    files: Mapping[Path, bytes] = field(default_factory=dict)
    text: str | None = None
    findings: tuple[Finding, ...] = ()


def _made(year: ShownYear, wanted: ExportOptions, out: Path | None) -> _Made:
    if wanted.format == "csv":
        return _tables(year, wanted, out)
    text = _json(year, wanted)
    return _Made(text=text) if out is None else _Made({out: text.encode("utf-8")})


def _tables(year: ShownYear, wanted: ExportOptions, out: Path | None) -> _Made:
    files: dict[Path, bytes] = {}
    told: list[Finding] = []
    rollup = year.staged
    names = table_files(year.year, rollup.axes, public=year.public)
    tables = export_tables(rollup.rows, rollup.axes, public=year.public)
    for table, (_, usual) in zip(tables, names, strict=True):
        path = out / usual.name if out else usual
        files[path], lost = _encoded(table, wanted.encoding, path.name)
        told += lost
    return _Made(files, findings=tuple(told))


def table_files(year: YearFolder, axes: Axes, *, public: bool) -> list[tuple[str, Path]]:
    """Return the name of every table of a form, and the file that it usually goes into."""
    place = FilePlace.PUBLIC_TABLE if public else FilePlace.TABLE
    names = table_names(axes, public=public)
    return [(name, year.at(place, table=_file_word(name, at))) for at, name in enumerate(names)]


def _file_word(name: str, at: int) -> str:
    """Return what stands for a table in the name of its file; a form may call a list what no file can be called."""
    return f"{LINES}{at}" if why_unsafe(name) else name


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


def _json(year: ShownYear, wanted: ExportOptions) -> str:
    documents = list(_documents(year))
    if wanted.format == "ndjson":
        return "".join(map(to_json_line, documents))
    rollup = year.staged
    head = {"fiscal_year": year.year.settings.year.western, "unit": rollup.axes.unit}
    standing = export_standing(rollup, public=year.public)
    edition = {"edition": year.edition} if year.edition else {}
    return to_json({**head, **edition, **standing, "requests": documents})


def _documents(year: ShownYear) -> Iterator[Document]:
    for row in year.rollup.rows:
        request = row.request
        document = request.document
        yield public_document(document, request.axes) if year.public else document
