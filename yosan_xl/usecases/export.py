"""`export`: the counted requests and their line items as data, for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yosan_xl.model.axes import DECIDED, Axes
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import with_unit
from yosan_xl.model.public import public_axes, public_document
from yosan_xl.model.request import Document
from yosan_xl.model.settings import ExportLayout
from yosan_xl.model.table import Table
from yosan_xl.report.export_tables import (
    LINES,
    export_standing,
    export_tables,
    table_names,
)
from yosan_xl.report.named_table import left_out_of, named_fields, named_table, unknown_words
from yosan_xl.report.printable import CP932, UTF8
from yosan_xl.report.table import csv_text, held, to_json, to_json_line
from yosan_xl.rules.decisions import named
from yosan_xl.store.places import FilePlace, why_unsafe
from yosan_xl.store.settings_file import SETTINGS_NAME
from yosan_xl.store.write import Output, refuse_over, write_bytes
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.counted import Outcome
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.outputs import DATA, in_format, told_of_paths
from yosan_xl.usecases.shown import ShownYear, shown_year
from yosan_xl.usecases.submitted.read import Progress

_NAMED = 3
"""Requests that are named in a sentence."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How the data are wanted: a format, for CSV an encoding, and whether for the public."""

    format: str = "csv"
    encoding: str = UTF8
    public: bool = False
    include_errors: bool = False
    edition: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Exported(Outcome):
    """The files written, or the text for standard output; `own` are the findings of the data themselves.

    `how_far` is `決定 105 / 159`, nothing where all is decided or nothing yet.
    """

    own: tuple[Finding, ...]
    files: tuple[Path, ...]
    text: str | None
    how_far: str = ""


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
        refuse_over(path, made.output, year.books)
    told = (
        *made.findings,
        *(year.remember() if year.is_there else ()),
        *told_of_paths(made.files),
    )
    for path, data in made.files.items():
        write_bytes(path, data, made.output, year.books)
    sums = year.rollup.sums(year.rollup.rows)
    return Exported(
        intake=year.intake,
        findings=(*year.findings, *told),
        own=(*year.own, *told),
        files=tuple(made.files),
        text=made.text,
        how_far=sums.how_far(DECIDED) if sums.given.get(DECIDED) else "",
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """What is to be written, or the text that is given instead, and what got lost in it."""

    files: Mapping[Path, bytes] = field(default_factory=dict)
    text: str | None = None
    findings: tuple[Finding, ...] = ()
    output: Output = DATA


def _made(year: ShownYear, wanted: ExportOptions, out: Path | None) -> _Made:
    if wanted.name is not None:
        return _named(year, wanted.name, out)
    if wanted.format == "csv":
        return _tables(year, wanted, out)
    text = _json(year, wanted)
    if out is None:
        return _Made(text=text)
    return _Made({out: text.encode("utf-8")}, output=in_format(DATA, wanted.format))


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
    return _Made(files, findings=tuple(told), output=in_format(DATA, "csv"))


def _named(year: ShownYear, name: str, out: Path | None) -> _Made:
    """Return the CSV that yosan.toml names; raise WrongInput where there is none, or a word of it means nothing."""
    layout = _layout(year, name)
    rollup = year.staged
    axes = public_axes(rollup.axes) if year.public else rollup.axes
    fields = named_fields(axes, layout)
    place = Place(SETTINGS_NAME)
    if words := unknown_words(layout, fields):
        asked = "、".join(f"「{word}」" for word in words)
        known = "・".join(
            dict.fromkeys(
                one.words[0] for one in reversed(fields.values()) if not one.words[0].isascii()
            )
        )
        raise WrongInput(codes.NO_WORD.at(place, name=name, words=asked, known=known))
    table, wrong = named_table(rollup.rows, axes, layout)
    kind = FilePlace.PUBLIC_TABLE if year.public else FilePlace.TABLE
    usual = year.year.at(kind, table=name)
    path = out / usual.name if out else usual
    data, lost = _encoded(table, layout.encoding, path.name, layout)
    first = 2 if layout.header else 1
    told = [
        codes.NO_CODE.at(
            Place(path.name, f"{one.row + first}行目"), heading=one.heading, problem=one.problem
        )
        for one in wrong
    ]
    told += _short(rollup.rows, axes, layout, path.name)
    return _Made({path: data}, findings=(*told, *lost), output=_like(data, layout))


def _short(
    rows: Sequence[SummaryRow], axes: Axes, layout: ExportLayout, file: str
) -> Iterator[Finding]:
    """Yield that decided amounts are in none of the rows of a CSV."""
    if found := left_out_of(rows, axes, layout):
        more = " ほか" if len(found) > _NAMED else ""
        yield codes.NOT_SPLIT.at(
            Place(file),
            count=len(found),
            rows=layout.rows,
            amount=with_unit(sum(gap for _, gap in found), axes.unit),
            called="、".join(named(row) for row, _ in found[:_NAMED]) + more,
        )


def _layout(year: ShownYear, name: str) -> ExportLayout:
    settings, taken = year.year.settings, table_names(year.rollup.axes, public=year.public)
    known = [one.name for one in settings.exports if one.name not in taken]
    if name not in known:
        said = "、".join(f"「{one}」" for one in known)
        remedy = (
            f"書いてあるのは {said} です。" if said else "docs/export.md のように書いてください。"
        )
        place = Place(SETTINGS_NAME)
        raise WrongInput(codes.NO_EXPORT.at(place, name=name, known=remedy))
    return next(one for one in settings.exports if one.name == name)


def _like(data: bytes, layout: ExportLayout) -> Output:
    """Return what may be replaced: a file that begins with the same headings; without them what has its name."""
    first = data.partition(b"\r\n")[0]
    own = Output(is_one=lambda there: not layout.header or there.startswith(first))
    return in_format(own, "csv")


def table_files(year: YearFolder, axes: Axes, *, public: bool) -> list[tuple[str, Path]]:
    """Return the name of every table of a form, and the file that it usually goes into."""
    place = FilePlace.PUBLIC_TABLE if public else FilePlace.TABLE
    names = table_names(axes, public=public)
    return [(name, year.at(place, table=_file_word(name, at))) for at, name in enumerate(names)]


def _file_word(name: str, at: int) -> str:
    """Return what stands for a table in the name of its file; a form may call a list what no file can be called."""
    return f"{LINES}{at}" if why_unsafe(name) else name


def _encoded(
    table: Table, encoding: str, name: str, layout: ExportLayout | None = None
) -> tuple[bytes, list[Finding]]:
    header, delimiter = (layout.header, layout.delimiter) if layout else (True, ",")
    if encoding != CP932:
        text = csv_text(table.headings, table.rows, delimiter, header=header)
        return text.encode(encoding), []
    rows, losses = held(table.rows, table.headings)
    told = [
        codes.NOT_IN_CP932.at(
            # The heading is the first row of the file.
            Place(name, f"{loss.row + (2 if header else 1)}行目"),
            heading=loss.heading,
            characters="、".join(f"「{char}」" for char in loss.characters),
        )
        for loss in losses
    ]
    text = csv_text(table.headings, rows, delimiter, header=header)
    # A heading is a text of yosan.toml: what it lacks is shown as it is in data.
    return text.encode(encoding, "replace"), told


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
