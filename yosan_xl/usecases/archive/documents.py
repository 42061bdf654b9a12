"""The request documents of an archived stage: what comparisons and next year's blanks start from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document
from yosan_xl.store.archive.codes import CHANGED
from yosan_xl.store.archive.manifest import Kind
from yosan_xl.store.archive.shelf import Stage
from yosan_xl.store.archive.verify import verify_file
from yosan_xl.store.faults import shown
from yosan_xl.store.files import Files
from yosan_xl.store.snapshot import snapshot
from yosan_xl.usecases.archive.place import stage_of
from yosan_xl.usecases.errors import WrongInput


@dataclass(frozen=True, slots=True)
class Archived:
    """A request in the archive: its document (with its NO), its file, and whether it was counted.

    `left_out` says why it is not in the totals of the summary, None where it is.
    """

    document: Document
    file: str
    sheet: str | None
    left_out: str | None


def documents(root: Path, year: FiscalYear, stage: str | None = None) -> list[Document]:
    """Give the documents in a year's totals, in the order of their books; raise WrongInput.

    Without `stage` they are those of the stage that was added last. They add up to the summary.
    """
    found = requests_of(stage_of(root, year, stage))
    return [item.document for item in found if item.left_out is None]


def requests_of(stage: Stage) -> list[Archived]:
    """Give every request of a stage, also those left out of its totals.

    Raises WrongInput where their file is not as it was archived.
    """
    (entry,) = stage.manifest.of_kind(Kind.DOCUMENTS)
    if damage := tuple(verify_file(stage, entry, Files())):
        raise WrongInput(*damage)
    path = stage.folder / entry.path
    try:
        value = json.loads(snapshot(path, entry.size).data.decode("utf-8"))
        pairs = zip(value["requests"], value["sources"], strict=True)
        return [_archived(row, note) for row, note in pairs]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problem = "要求書のデータではありません"
        raise WrongInput(CHANGED.at(Place(shown(path)), problem=problem)) from error


def _archived(document: Document, note: dict[str, Any]) -> Archived:
    return Archived(document, note["file"], note["sheet"], note["left_out"])
