"""The archive's index: made from its files, and made anew wherever it does not fit them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Amounts, Request
from yosan_xl.store.archive import codes
from yosan_xl.store.archive.disk import write_file
from yosan_xl.store.archive.index import index_bytes, indexed
from yosan_xl.store.archive.manifest import Kind
from yosan_xl.store.archive.shelf import INDEX_NAME, Shelf, Stage, read_shelf
from yosan_xl.store.faults import StoreError, reason
from yosan_xl.store.files import Files
from yosan_xl.store.roster_file import read_roster
from yosan_xl.store.safe_name import PREFIX
from yosan_xl.usecases.archive.documents import Archived, requests_of

Row = tuple[str | int | None, ...]


def renew_index(root: Path, files: Files) -> tuple[Finding, ...]:
    """Make the index anew unless it fits the archive; a failure is told, for nothing is lost by it.

    The archive's lock must be held.
    """
    shelf = read_shelf(root)
    if indexed(root / INDEX_NAME) == [(stage.name, stage.sha256) for stage in shelf.stages]:
        return ()
    if shelf.broken:
        problem = shelf.broken[0].fact
        return (codes.INDEX_LEFT.at(_PLACE, name=INDEX_NAME, problem=problem),)
    try:
        write_index(shelf, files)
    except StoreError as error:
        return (codes.INDEX_LEFT.at(_PLACE, name=INDEX_NAME, problem=error.findings[0].fact),)
    except OSError as error:
        return (codes.INDEX_LEFT.at(_PLACE, name=INDEX_NAME, problem=reason(error)),)
    return ()


_PLACE = Place(INDEX_NAME)


def write_index(shelf: Shelf, files: Files) -> None:
    """Write the index beside its place and move it over it; raise OSError, or StoreError."""
    data = index_bytes(index_rows(shelf))
    half = shelf.root / f"{PREFIX}{os.urandom(4).hex()}.tmp"
    try:
        write_file(files, half, data)
        files.replace(half, shelf.root / INDEX_NAME)
        files.sync_folder(shelf.root)
    except OSError:
        with contextlib.suppress(OSError):
            files.remove(half)
        raise


def index_rows(shelf: Shelf) -> dict[str, list[Row]]:
    """Give the rows of every table, from the archived files alone; raise StoreError."""
    rows: dict[str, list[Row]] = {
        name: [] for name in ("stages", "departments", "requests", "lines", "funding", "texts")
    }
    for stage in shelf.stages:
        rows["stages"].append(_stage(stage))
        rows["departments"] += _departments(stage)
        for item in requests_of(stage):
            _request(rows, item, stage.manifest.sequence)
    return rows


def _stage(stage: Stage) -> Row:
    manifest, form = stage.manifest, stage.manifest.forms[0]
    year = FiscalYear(manifest.year)
    return (
        manifest.sequence,
        manifest.year,
        year.short,
        manifest.stage,
        manifest.municipality,
        form.id,
        form.version,
        manifest.program,
        stage.name,
        stage.sha256,
    )


def _departments(stage: Stage) -> Iterator[Row]:
    for entry in stage.manifest.of_kind(Kind.ROSTER):
        for position, unit in enumerate(read_roster(stage.folder / entry.path), 1):
            yield stage.manifest.sequence, position, unit.code, unit.bureau, unit.section


def _request(rows: dict[str, list[Row]], item: Archived, stage: int) -> None:
    request = Request.from_document(item.document)
    key = len(rows["requests"]) + 1
    rows["requests"].append(
        (
            key,
            stage,
            request.id,
            request.no,
            request.department_code,
            request.bureau,
            request.section,
            request.account,
            request.kan,
            request.title,
            request.category,
            *_amounts(request.total),
            item.left_out,
            item.file,
            item.sheet,
        )
    )
    rows["lines"] += (
        (key, number, line.part, line.label, *_amounts(line.amounts))
        for number, line in enumerate(request.lines, 1)
    )
    rows["funding"] += (
        (key, source, row.name, row.amount, row.budgeted) for source, row in request.funding.items()
    )
    rows["texts"] += ((key, field, text) for field, text in request.texts.items())


def _amounts(amounts: Amounts) -> Row:
    return (
        amounts.requested,
        amounts.earmarked,
        amounts.budgeted,
        amounts.budgeted_earmarked,
    )
