"""`validate`: everything that is wrong with what was handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.usecases import codes
from yosan_xl.usecases.gather import Progress, gather, no_books
from yosan_xl.usecases.inspection import inspect
from yosan_xl.usecases.year import books_in, open_year, year_of


@dataclass(frozen=True, slots=True)
class Validated:
    """What was looked at, and what was found."""

    files: int
    requests: int
    untouched: int
    findings: tuple[Finding, ...]


def validate(
    paths: Sequence[Path], here: Path, progress: Progress = lambda files: files
) -> Validated:
    """Check files and folders, or the 提出 of the year folder `here`; raise WrongInput."""
    year = year_of(paths) if paths else open_year(here)
    chosen = books_in(paths) or ([year.submitted] if year else [])
    gathering = gather(chosen, year.settings.year if year else None, progress)
    findings = [*no_books(gathering, chosen), *inspect(gathering, year).findings]
    if year is None:
        findings.append(codes.OUTSIDE_YEAR.at(Place(chosen[0].name)))
    return Validated(
        len(gathering.books), len(gathering.requests), gathering.untouched, tuple(findings)
    )
