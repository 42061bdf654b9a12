"""`read`: books → request documents, and where each value stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yosan_xl.model.finding import Finding
from yosan_xl.store.write import write_bytes
from yosan_xl.usecases.gather import Progress, gather
from yosan_xl.usecases.gathered import Gathered
from yosan_xl.usecases.outputs import DOCUMENTS
from yosan_xl.usecases.read_files import IN_THIS_PROCESS, ReadOptions
from yosan_xl.usecases.year import books_in


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What was read: `result` is the JSON object of schemas/read-result.schema.json."""

    result: dict[str, Any]
    findings: tuple[Finding, ...]
    untouched: int
    books: tuple[Path, ...] = ()


def read(
    paths: Iterable[Path],
    progress: Progress = lambda files: files,
    options: ReadOptions = IN_THIS_PROCESS,
) -> ReadResult:
    """Read books; raise WrongInput for a path that is not there."""
    gathering = gather(books_in(paths), progress=progress, options=options)
    result = {
        "requests": [item.document for item in gathering.requests],
        "sources": [_sources(item) for item in gathering.requests],
        "reasons": [dict(item.reasons) for item in gathering.requests],
    }
    findings = [*gathering.findings, *(f for item in gathering.requests for f in item.findings)]
    return ReadResult(result, tuple(findings), gathering.untouched, gathering.books)


def save(path: Path, text: str, books: Iterable[Path]) -> None:
    """Write the result beside its place and move it over it; raise WrongInput, also over a book."""
    write_bytes(path, text.encode("utf-8"), DOCUMENTS, books)


def _sources(item: Gathered) -> dict[str, dict[str, str | None]]:
    return {
        pointer: {"file": place.file, "sheet": place.sheet, "cell": place.cell}
        for pointer, place in item.places.items()
    }
