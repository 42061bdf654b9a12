"""The requests of an archived stage: what comparisons and next year's blanks start from."""

from __future__ import annotations

import json
from typing import Any

from yosan_xl.model.archived import RequestRow
from yosan_xl.model.finding import Place
from yosan_xl.model.request import Document, Request
from yosan_xl.store.archive.manifest import Kind
from yosan_xl.store.archive.shelf import Stage
from yosan_xl.store.archive.verify import CHANGED, verify_file
from yosan_xl.store.faults import shown
from yosan_xl.store.files import Files
from yosan_xl.store.snapshot import snapshot
from yosan_xl.usecases.errors import WrongInput


def requests_of(stage: Stage) -> list[RequestRow]:
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
        return [_archived(document, note) for document, note in pairs]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problem = "要求書のデータではありません"
        raise WrongInput(CHANGED.at(Place(shown(path)), problem=problem)) from error


def _archived(document: Document, note: dict[str, Any]) -> RequestRow:
    request = Request.from_document(document)
    return RequestRow(request, note["file"], note["sheet"], note["left_out"])
