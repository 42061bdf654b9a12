"""`archive list` and `archive show`: where the archive is, the stages in it, and their requests."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any

from yosan_xl.form.definition import Definition, FieldKind
from yosan_xl.form.mapping import get
from yosan_xl.model.axes import DECIDED, RowList
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import Money, with_commas
from yosan_xl.model.request import Document, Request
from yosan_xl.report.archive_text import RequestPage, RequestRow, StageSummary
from yosan_xl.store.archive.manifest import Kind
from yosan_xl.store.archive.shelf import NO_ARCHIVE, ArchivedStage, Shelf, read_shelf
from yosan_xl.store.archive.verify import CHANGED, strangers, verify_file
from yosan_xl.store.faults import PathError, shown
from yosan_xl.store.files import Files
from yosan_xl.store.places import BaseFolder, why_unsafe
from yosan_xl.store.settings_file import SETTINGS_NAME, find_year_folder, read_settings
from yosan_xl.store.snapshot import snapshot
from yosan_xl.usecases.archive import codes
from yosan_xl.usecases.archive.decided import decisions_of
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted.gathered import view
from yosan_xl.usecases.submitted.inspection import TWICE
from yosan_xl.usecases.year import find_definition

USUAL = BaseFolder.ARCHIVE.value
"""What an archive is called where nobody says otherwise."""


def archive_of(year_root: Path, given: Path | None = None) -> Path:
    """Return the archive of a year folder: the one given, yosan.toml's, or 保存庫 beside the folder."""
    if given is not None:
        return given
    named = read_settings(year_root / SETTINGS_NAME).archive
    # normpath and not resolve: a share is known by the letter or the link people know it by.
    place = Path(os.path.normpath(year_root.absolute() / named))
    beside = os.path.realpath(year_root.absolute().parent)
    if PureWindowsPath(named).anchor or not Path(os.path.realpath(place)).is_relative_to(beside):
        raise WrongInput(codes.ARCHIVE_ELSEWHERE.at(Place(SETTINGS_NAME), path=shown(named)))
    return place


def find_archive(here: Path, given: Path | None = None) -> Path:
    """Return the archive to read: the one given, that of the year folder around us, or 保存庫 here."""
    if given is not None:
        return given
    year = find_year_folder(here)
    if year is not None:
        return archive_of(year)
    return here / USUAL if (here / USUAL).is_dir() else here


def year_around(here: Path) -> tuple[FiscalYear, ...]:
    """Return the year of the year folder around us, none outside of any; raise WrongInput."""
    root = find_year_folder(here)
    return (read_settings(root / SETTINGS_NAME).year,) if root else ()


def open_shelf(root: Path) -> Shelf:
    """Read an archive; raise WrongInput where there is none."""
    shelf = read_shelf(root)
    if not shelf.stages and not shelf.broken:
        raise PathError(NO_ARCHIVE, root.absolute())
    return shelf


def stage_of(root: Path, year: FiscalYear, stage: str | None = None) -> ArchivedStage:
    """Return a stage, without a name the year's last; raise WrongInput where it is not there."""
    shelf = open_shelf(root)
    found = shelf.find(year, stage)
    if found is None:
        known = "、".join(one.name for one in shelf.stages) or "なし"
        wanted = year.short if stage is None else f"{year.short}/{stage}"
        place = Place(shown(root))
        raise WrongInput(codes.NO_STAGE.at(place, wanted=wanted, known=known), *shelf.broken)
    return found


def refuse_stage_name(stage: str) -> None:
    """Raise WrongInput for a name that no folder can have."""
    if problem := why_unsafe(stage):
        raise WrongInput(codes.STAGE_NAME.at(Place("--stage"), stage=shown(stage), problem=problem))


def refuse_overlap(root: Path, year_root: Path) -> None:
    """Raise WrongInput for an archive that overlaps with the year, and for a folder that is something else."""
    ours, theirs = Path(os.path.realpath(root)), Path(os.path.realpath(year_root))
    if ours.is_relative_to(theirs) or theirs.is_relative_to(ours):
        raise PathError(codes.ARCHIVE_INSIDE, root)
    shelf = read_shelf(root) if root.is_dir() else None
    if shelf and not shelf.stages and not shelf.broken:
        found = next(strangers(shelf), None)
        if found:
            raise PathError(codes.FOREIGN_FOLDER, root, found=found.place.file)


def requests_of(stage: ArchivedStage) -> list[RequestRow]:
    """Return every request of a stage, also those left out of its totals.

    Raises WrongInput where their file is not as it was archived.
    """
    (entry,) = stage.manifest.of_kind(Kind.DOCUMENTS)
    if damage := tuple(verify_file(stage, entry, Files())):
        raise WrongInput(*damage)
    path = stage.folder / entry.path
    try:
        value = json.loads(snapshot(path, entry.size).data.decode("utf-8"))
        requests = view(value["requests"], stage.folder)
        decided = value.get("decisions") or [None] * len(value["sources"])
        rows = zip(requests, value["sources"], decided, strict=True)
        return [_archived(request, note, one) for request, note, one in rows]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problem = "要求書のデータではありません"
        raise WrongInput(CHANGED.at(Place(shown(path)), problem=problem)) from error


def _archived(request: Request, note: dict[str, Any], decided: object) -> RequestRow:
    own = decisions_of(decided, request.id)
    return RequestRow(
        request=request,
        file=note["file"],
        sheet=note["sheet"],
        left_out=note["left_out"],
        decisions=own.stages,
        restoration=own.restoration,
        provisional=note.get("provisional", False),
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """All stages in the order of adding, and those whose manifest cannot be used."""

    root: Path
    stages: tuple[StageSummary, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class StageListing:
    """A stage and its requests in the order of their books."""

    stage: StageSummary
    rows: tuple[RequestRow, ...]


def list_stages(root: Path) -> Listing:
    """Return what is in the archive; raise WrongInput where there is none."""
    shelf = open_shelf(root)
    summaries = tuple(_summary(stage, requests_of(stage)) for stage in shelf.stages)
    return Listing(root, summaries, shelf.broken)


def show_year(root: Path, year: FiscalYear, stage: str | None = None) -> StageListing:
    """Return the requests of a year's stage (None: the last one); raise WrongInput."""
    found = stage_of(root, year, stage)
    rows = requests_of(found)
    return StageListing(_summary(found, rows), tuple(rows))


def show_request(root: Path, year: FiscalYear, no: int, stage: str | None = None) -> RequestPage:
    """Return one request in the words of the form it was written on; raise WrongInput."""
    found = stage_of(root, year, stage)
    rows = requests_of(found)
    row = next((one for one in rows if one.request.no == no), None)
    if row is None:
        known = "、".join(str(one.request.no) for one in rows if one.request.no)
        place, name = Place(found.name), found.manifest.stage
        raise WrongInput(
            codes.NO_REQUEST.at(place, year=year.label, stage=name, no=no, known=known or "なし")
        )
    form = find_definition(row.request.axes.form, near=found.folder)
    values = tuple(_values(row.request.document, form))
    return RequestPage(_summary(found, rows), row, values, _restoring_stage(found))


def _restoring_stage(stage: ArchivedStage) -> str:
    """Return the stage of the year in which 復活要求 were assessed, empty where it had none."""
    stages = read_settings(stage.folder / SETTINGS_NAME).stages
    return next((one.name for one in stages if one.restoration), "")


def _summary(stage: ArchivedStage, rows: list[RequestRow]) -> StageSummary:
    manifest = stage.manifest
    year = FiscalYear(manifest.year)
    counted = [one.request for one in rows if one.left_out is None]
    left_out = sum(one.left_out not in (None, TWICE) for one in rows)
    return StageSummary(
        name=stage.name,
        year=year.short,
        stage=manifest.stage,
        sequence=manifest.sequence,
        municipality=manifest.municipality,
        form=f"{manifest.forms[0].id} 第{manifest.forms[0].version}版",
        program=manifest.program,
        books=len(manifest.of_kind(Kind.SUBMITTED)),
        files=len(manifest.files),
        requests=len(counted) + left_out,
        requested=Money(sum(request.requested for request in counted)),
        left_out=left_out,
        decided=_decided(rows),
        axes=form_of_stage(stage).axes,
    )


def _decided(rows: list[RequestRow]) -> tuple[Money, ...]:
    """Return what is decided of every counted request that is: at the stage that was closed last, else at the open one."""
    found = (_amount(row) for row in rows if row.left_out is None)
    return tuple(one for one in found if one is not None)


def _amount(row: RequestRow) -> Money | None:
    closed = [one for one in row.decisions if one.is_closed]
    decision = next(reversed(closed or row.decisions), None)
    if decision is None:
        return row.request.amount(DECIDED)
    return decision.total if decision.is_decided else None


def form_of_stage(stage: ArchivedStage) -> Definition:
    """Return the form the year was issued with, as the archive has it."""
    form = stage.manifest.forms[0]
    return find_definition(form.id, form.sha256, stage.folder)


def _values(document: Document, definition: Definition) -> Iterator[tuple[str, str]]:
    """Yield each value that is given, by the form's words; 小計 are left out."""
    lists = {own.pointer: own for own in definition.axes.lists}
    for pointer in definition.order:
        if pointer in lists:
            for row in get(document, pointer) or ():
                yield lists[pointer].label, _line(row, lists[pointer])
        elif field := definition.fields.get(pointer):
            value = get(document, pointer)
            if value is not None:
                is_money = field.kind is FieldKind.MONEY
                yield field.caption, _text(value) if is_money else str(value)


def _line(row: dict[str, Any], own: RowList) -> str:
    """Return a row: its label and group, then every other value that is given under its column's word."""
    label = row.get(own.label_key) if own.label_key else None
    given = (one for one in own.columns if one.meaning != "label" and row.get(one.key) is not None)
    values = (f"{one.label} {_text(row[one.key])}" for one in given)
    group = f"（{row[own.group]}）" if row.get(own.group) else ""
    return "　".join(filter(None, [f"{label or ''}{group}", *values]))


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return with_commas(value)
    return str(value)
