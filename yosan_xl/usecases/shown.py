"""What an output shows of a year: all that is counted, what is for everyone, or a frozen publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.intake import Intake
from yosan_xl.model.public import public_rows
from yosan_xl.model.rollup import Rollup
from yosan_xl.model.staged import staged_rollup
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.counted import Counted, count, remember
from yosan_xl.usecases.submitted.read import Progress, year_and_books
from yosan_xl.usecases.year import form_of


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A year as an output shows it; `own` are the findings that concern the output itself.

    `saved` is when the youngest book of it was saved, of the summaries too (ISO 8601). `books` are the files that it was read from.
    """

    year: YearFolder
    rollup: Rollup
    intake: Intake
    findings: tuple[Finding, ...]
    own: tuple[Finding, ...]
    public: bool
    books: tuple[Path, ...] = ()
    edition: str | None = None
    saved: str | None = None
    counted: Counted | None = None

    @property
    def is_there(self) -> bool:
        """Return whether there is anything to show."""
        return bool(self.books) or self.edition is not None

    @property
    def staged(self) -> Rollup:
        """Return the requests with the stages of the assessment beside those of the form; the public sees none of them."""
        return self.rollup if self.public else staged_rollup(self.rollup)

    def remember(self) -> tuple[Finding, ...]:
        """Keep what goes out, before it does, and return what is told of that; of a publication it is kept already."""
        return remember(self.counted) if self.counted else ()


def shown_year(
    paths: Sequence[Path],
    here: Path,
    progress: Progress = lambda files: files,
    *,
    public: bool = False,
    include_errors: bool = False,
    edition: str | None = None,
) -> ShownYear:
    """Read a year as it is now, or with `edition` as it was published; raise WrongInput."""
    if edition is not None:
        year, _ = year_and_books(paths, here)
        return _published(year, edition)
    counted = count(paths, here, progress, include_errors=include_errors)
    rollup = counted.rollup
    rollup, told = public_rollup(rollup) if public else (rollup, ())
    return ShownYear(
        year=counted.year,
        rollup=rollup,
        intake=counted.intake,
        findings=(*counted.findings, *told),
        own=(*counted.own, *told),
        public=public,
        books=tuple(counted.gathering.books),
        saved=counted.youngest(with_decisions=any(row.decisions for row in rollup.rows)),
        counted=counted,
    )


def public_rollup(rollup: Rollup) -> tuple[Rollup, tuple[Finding, ...]]:
    """Return what of a year is for everyone, and that decisions were left out of it."""
    rows, left_out = public_rows(rollup.rows, rollup.settings)
    place = Place(rollup.settings.year.short)
    told = (codes.NOT_PUBLISHED.at(place, count=left_out),) if left_out else ()
    return replace(rollup, rows=rows), told


def _published(year: YearFolder, edition: str) -> ShownYear:
    from yosan_xl.usecases.publish.frozen import read_edition

    found, axes = read_edition(year, edition), form_of(year).axes
    rollup = Rollup.of(found.rows, year.settings, year.roster, axes)
    requested = rollup.sums(rollup.rows).requested
    intake = Intake(counted=len(rollup.rows), requested=requested, unit=axes.unit)
    return ShownYear(
        year=year,
        rollup=rollup,
        intake=intake,
        findings=(),
        own=(),
        public=True,
        edition=found.heading,
        saved=found.as_of,
    )
