"""`archive list` and `archive show`: what is in the archive, a year's requests, and one request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yosan_xl.form.definition import Definition, FieldKind, parse_definition
from yosan_xl.form.mapping import get
from yosan_xl.model.archived import RequestPage, RequestRow, StageSummary
from yosan_xl.model.axes import ASKED, DECIDED
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import ThousandYen, with_commas
from yosan_xl.model.request import Document
from yosan_xl.store.archive.manifest import Kind
from yosan_xl.store.archive.shelf import Stage
from yosan_xl.store.snapshot import snapshot
from yosan_xl.usecases import codes
from yosan_xl.usecases.archive.documents import requests_of
from yosan_xl.usecases.archive.place import open_shelf, stage_of
from yosan_xl.usecases.counting import TWICE
from yosan_xl.usecases.errors import WrongInput

_AMOUNTS = (ASKED.total, ASKED.specific, DECIDED.total)


@dataclass(frozen=True, slots=True)
class Listing:
    """All stages in the order of adding, and those whose manifest cannot be used."""

    root: Path
    stages: tuple[StageSummary, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A stage and its requests in the order of their books."""

    stage: StageSummary
    rows: tuple[RequestRow, ...]


def list_stages(root: Path) -> Listing:
    """Give what is in the archive; raise WrongInput where there is none."""
    shelf = open_shelf(root)
    summaries = tuple(_summary(stage, requests_of(stage)) for stage in shelf.stages)
    return Listing(root, summaries, shelf.broken)


def show_year(root: Path, year: FiscalYear, stage: str | None = None) -> Shown:
    """Give the requests of a year's stage (None: the last one); raise WrongInput."""
    found = stage_of(root, year, stage)
    rows = requests_of(found)
    return Shown(_summary(found, rows), tuple(rows))


def show_request(root: Path, year: FiscalYear, no: int, stage: str | None = None) -> RequestPage:
    """Give one request in the words of the form it was written on; raise WrongInput."""
    found = stage_of(root, year, stage)
    rows = requests_of(found)
    row = next((one for one in rows if one.request.no == no), None)
    if row is None:
        known = "、".join(str(one.request.no) for one in rows if one.request.no)
        place, name = Place(found.name), found.manifest.stage
        raise WrongInput(
            codes.NO_REQUEST.at(place, year=year.label, stage=name, no=no, known=known or "なし")
        )
    values = tuple(_values(row.request.document, _definition(found)))
    return RequestPage(_summary(found, rows), row, values)


def _summary(stage: Stage, rows: list[RequestRow]) -> StageSummary:
    manifest = stage.manifest
    year = FiscalYear(manifest.year)
    counted = [one.request for one in rows if one.left_out is None]
    left_out = sum(one.left_out not in (None, TWICE) for one in rows)
    return StageSummary(
        stage.name,
        year.short,
        manifest.stage,
        manifest.sequence,
        manifest.municipality,
        f"{manifest.forms[0].id} 第{manifest.forms[0].version}版",
        manifest.program,
        len(manifest.of_kind(Kind.SUBMITTED)),
        len(manifest.files),
        len(counted) + left_out,
        ThousandYen(sum(request.requested for request in counted)),
        left_out,
    )


def _definition(stage: Stage) -> Definition:
    """Give the form the year was issued with, from the archive itself."""
    wanted = stage.manifest.forms[0].sha256
    forms = (
        parse_definition(snapshot(stage.folder / entry.path).data, entry.path)
        for entry in stage.manifest.of_kind(Kind.FORM)
    )
    return next(form for form in forms if form.sha256 == wanted)


def _values(document: Document, definition: Definition) -> Iterator[tuple[str, str]]:
    """Give each value that is given, by the form's words."""
    for pointer in definition.order:
        if pointer == "/lines":
            labels = {own.field.key: own.field.label for own in definition.lines.columns}
            for row in document.get("lines") or ():
                yield definition.lines.label, _line(row, labels)
        elif pointer != "/subtotals":
            value = get(document, pointer)
            if value is not None:
                field = definition.fields[pointer]
                is_money = field.kind is FieldKind.MONEY
                yield field.caption, _text(value) if is_money else str(value)


def _line(row: dict[str, Any], labels: Mapping[str, str]) -> str:
    given = (key for key in _AMOUNTS if row.get(key) is not None)
    amounts = (f"{labels[key]} {_text(row[key])}" for key in given)
    part = f"（{row['part']}）" if row.get("part") else ""
    return "　".join([f"{row.get('label') or ''}{part}", *amounts])


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return with_commas(value)
    return str(value)
