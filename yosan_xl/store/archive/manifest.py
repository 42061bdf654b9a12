"""The manifest of an archived stage: every file with its size and SHA-256, and the link to the one before."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import Malformed, parse_json

MANIFEST_NAME = FilePlace.MANIFEST.file_name
SEAL_NAME = FilePlace.SEAL.file_name
"""The manifest's own SHA-256, as `sha256sum -c` reads it."""

SECOND_READER = "openpyxl"
"""Who reads every book a second time before it is kept."""

_FORMAT = 1


class Kind(Enum):
    """What a file of the archive is, whatever the year called its folders."""

    SUBMITTED = "submitted"
    FORM = "form"
    SETTINGS = "settings"
    ROSTER = "roster"
    LEDGER = "ledger"
    SUMMARY = "summary"
    OTHER = "other"
    DOCUMENTS = "documents"
    FINDINGS = "findings"
    SCHEMA = "schema"

    @property
    def is_derived(self) -> bool:
        """Return whether the program made it of the others while it archived them."""
        return self in (Kind.DOCUMENTS, Kind.FINDINGS, Kind.SCHEMA)


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """One file: its path below the stage's folder (with `/`), its size in bytes, its SHA-256.

    `agreed` tells of a book that a second reader read as we did.
    """

    path: str
    kind: Kind
    size: int
    sha256: str
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class FormVersion:
    """A form definition that books of the stage were issued with."""

    id: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A stage as it was added: `sequence` counts from 1 over the whole archive.

    `previous` is the SHA-256 of the manifest before it, None for the first; `year` is western.
    `books` is how many were to be read by the second reader, None where there was none yet.
    """

    sequence: int
    previous: str | None
    municipality: str
    year: int
    stage: str
    program: str
    schema: str
    forms: tuple[FormVersion, ...]
    files: tuple[ManifestFile, ...]
    books: int | None = None

    @property
    def agreed(self) -> tuple[ManifestFile, ...]:
        """Return the books that the second reader read as we did."""
        return tuple(entry for entry in self.files if entry.agreed)

    def of_kind(self, kind: Kind) -> tuple[ManifestFile, ...]:
        """Return the files of a kind."""
        return tuple(entry for entry in self.files if entry.kind is kind)

    def as_given(self) -> frozenset[tuple[str, str]]:
        """Return path and SHA-256 of what came from the year folder: what makes two adds the same."""
        return frozenset((e.path, e.sha256) for e in self.files if not e.kind.is_derived)


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the manifest as JSON; a name that is no UTF-8 is escaped and comes back whole."""
    value = {
        "format": _FORMAT,
        "sequence": manifest.sequence,
        "previous": manifest.previous,
        "municipality": manifest.municipality,
        "fiscal_year": manifest.year,
        "stage": manifest.stage,
        "program": manifest.program,
        "schema": manifest.schema,
        "forms": [
            {"id": form.id, "version": form.version, "sha256": form.sha256}
            for form in manifest.forms
        ],
        "second_reader": {
            "name": SECOND_READER,
            "books": manifest.books,
            "agreed": len(manifest.agreed),
        },
        "files": [
            {"path": e.path, "kind": e.kind.value, "size": e.size, "sha256": e.sha256}
            | ({"agreed": True} if e.agreed else {})
            for e in manifest.files
        ],
    }
    if manifest.books is None:
        del value["second_reader"]
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace")


def seal_bytes(manifest: bytes) -> bytes:
    """Return the manifest's SHA-256 in the form of sha256sum."""
    return f"{hashlib.sha256(manifest).hexdigest()}  {MANIFEST_NAME}\n".encode()


def parse_manifest(data: bytes, seal: bytes) -> Manifest:
    """Read a manifest that its seal confirms; raise Malformed."""
    if seal_bytes(data) != seal:
        raise Malformed("manifest.sha256 と合いません")
    value = parse_json(data, "manifest")
    files = tuple(map(_entry, value["files"]))
    if len({entry.path for entry in files}) < len(files):
        raise Malformed("同じファイルが二度書かれています")
    return Manifest(
        sequence=value["sequence"],
        previous=value["previous"],
        municipality=value["municipality"],
        year=value["fiscal_year"],
        stage=value["stage"],
        program=value["program"],
        schema=value["schema"],
        forms=tuple(
            FormVersion(row["id"], row["version"], row["sha256"]) for row in value["forms"]
        ),
        files=files,
        # Manifests of before there was a second reader say nothing of one.
        books=value.get("second_reader", {}).get("books"),
    )


def _entry(row: Mapping[str, Any]) -> ManifestFile:
    path = row["path"]
    # A manifest is data, whoever wrote it: a path stays below its folder.
    outside = path.startswith(("/", "\\")) or re.match("[A-Za-z]:", path) or "\x00" in path
    if not path or outside or ".." in re.split(r"[\\/]", path):
        raise Malformed("フォルダーの外を指す名前があります")
    agreed = row.get("agreed", False)
    return ManifestFile(
        path=path, kind=Kind(row["kind"]), size=row["size"], sha256=row["sha256"], agreed=agreed
    )
