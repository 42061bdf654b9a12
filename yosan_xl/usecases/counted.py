"""What was handed in, inspected and counted: the steps before every output of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake
from yosan_xl.model.request import Document
from yosan_xl.model.rollup import Rollup
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.counting import Counting, count_requests
from yosan_xl.usecases.gather import Gathering, Progress, gather, no_books, refuse_absent
from yosan_xl.usecases.inspection import Inspection, inspect
from yosan_xl.usecases.status import status_of
from yosan_xl.usecases.year import books_in, open_year, year_of


@dataclass(frozen=True, slots=True)
class Counted:
    """The year, what was read and found, and which requests are in the totals."""

    year: YearFolder
    gathering: Gathering
    inspection: Inspection
    counting: Counting
    findings: tuple[Finding, ...]

    @property
    def intake(self) -> Intake:
        """Give what came in and what of it is counted."""
        status = status_of(self.inspection, self.year)
        books = len(self.gathering.books)
        return Intake(books, self.counting.left_out, self.counting.anyway, status)

    @property
    def rollup(self) -> Rollup:
        """Give the counted requests in the order of the list."""
        return Rollup.of(self.counting.rows, self.year.settings, self.year.roster)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Give the counted requests as documents with the NO they have, in the order of the list."""
        put = self.inspection.numbering.put
        by_place = {(one.file, one.sheet): put(one).document for one in self.gathering.requests}
        sources = (row.source for row in self.rollup.rows)
        return tuple(by_place[source.file, source.sheet] for source in sources)


def count(
    paths: Sequence[Path],
    here: Path,
    progress: Progress = lambda files: files,
    *,
    include_errors: bool = False,
) -> Counted:
    """Read, check and number as `consolidate` does; raise WrongInput."""
    refuse_absent(paths)
    year = year_of(paths) or open_year(here)
    chosen = books_in(paths) or [year.submitted]
    gathering = gather(chosen, year.settings.year, progress)
    inspection = inspect(gathering, year)
    counting = count_requests(inspection, include_errors=include_errors)
    findings = (*no_books(gathering, chosen), *inspection.findings, *counting.findings)
    return Counted(year, gathering, inspection, counting, findings)
