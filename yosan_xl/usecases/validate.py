"""`validate`: everything that is wrong with what was handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.intake import Intake
from yosan_xl.model.settings import Settings
from yosan_xl.usecases import codes
from yosan_xl.usecases.counting import count_requests
from yosan_xl.usecases.gather import Progress, gather, no_books
from yosan_xl.usecases.gathered import Gathered
from yosan_xl.usecases.inspection import inspect
from yosan_xl.usecases.read_files import IN_THIS_PROCESS, ReadContext, ReadOptions
from yosan_xl.usecases.status import intake_of
from yosan_xl.usecases.year import books_in, open_year, year_of


@dataclass(frozen=True, slots=True, eq=False)
class Validated:
    """What was looked at, and what was found; 所管課 and path of a book by its name in findings."""

    intake: Intake
    findings: tuple[Finding, ...]
    departments: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, Path] = field(default_factory=dict)
    settings: Settings | None = None

    @property
    def files(self) -> int:
        """Return how many books and JSON files were read."""
        return self.intake.files

    @property
    def requests(self) -> int:
        """Return how many requests they hold, one that is there twice counted once."""
        return self.intake.requests

    @property
    def untouched(self) -> int:
        """Return how many of their sheets are blank."""
        return self.intake.untouched


def validate(
    paths: Sequence[Path],
    here: Path,
    progress: Progress = lambda files: files,
    options: ReadOptions = IN_THIS_PROCESS,
) -> Validated:
    """Check files and folders, or the 提出 of the year folder `here`; raise WrongInput."""
    year = year_of(paths) if paths else open_year(here)
    chosen = books_in(paths) or ([year.submitted] if year else [])
    whole = year is not None and chosen == [year.submitted]
    context = ReadContext(year.settings.year if year else None, year, checks=True)
    gathering = gather(chosen, progress=progress, options=options, context=context)
    inspection = inspect(gathering, year)
    findings = [*no_books(gathering, chosen), *inspection.findings]
    if year is None:
        findings.append(codes.OUTSIDE_YEAR.at(Place(chosen[0].name)))
    return Validated(
        # Of some of the books nobody can say who is missing.
        intake_of(inspection, count_requests(inspection), year if whole else None),
        tuple(findings),
        departments_of(gathering.requests),
        gathering.paths,
        year.settings if year else None,
    )


def departments_of(requests: Iterable[Gathered]) -> dict[str, str]:
    """Give the 所管課 of each file whose requests are all of one."""
    names: dict[str, set[str]] = {}
    for item in requests:
        request = item.request
        names.setdefault(item.file, set()).add(request.department)
    return {file: of.pop() for file, of in names.items() if len(of) == 1 and of != {""}}
