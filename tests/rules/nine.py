"""The nine published requests as this repository tells them, and their check; for the prose rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.rules.samples import AXES, changed, locate
from tests.seed import seed_documents
from yosan_xl.model.finding import Finding
from yosan_xl.model.request import Document
from yosan_xl.resources import schema_file
from yosan_xl.rules.check import check
from yosan_xl.rules.entry import SchemaCheck

_ROOT = Path(__file__).parents[2]
NINE: list[Document] = json.loads(
    (_ROOT / "examples" / "R2" / "requests.json").read_text(encoding="utf-8")
)
SEED: list[Document] = seed_documents() or NINE
"""The nine in the published words, where a machine has them."""

_ENTRY = SchemaCheck(json.loads(schema_file("request").read_text(encoding="utf-8")))


def one(no: int, **values: Any) -> Document:
    """Give the request of this NO; each value replaces what is at its key (`__` for `/`)."""
    document = next(each for each in NINE if each["no"] == no)
    for key, value in values.items():
        document = changed(document, "/" + key.replace("__", "/"), value)
    return document


def told(document: Document, *broken: str) -> list[Finding]:
    """Give the findings of a document against the form's own schema, without a year."""
    return check(document, axes=AXES, schema=_ENTRY, context=None, locate=locate, broken=broken)


def codes_of(document: Document) -> list[str]:
    """Give the codes of the findings of a document."""
    return [finding.code for finding in told(document)]
