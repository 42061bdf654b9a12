"""What was handed in, inspected and counted: the steps before every output of a year; and what the ledger then remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yosan_xl.model.decision import reason_word
from yosan_xl.model.finding import Finding
from yosan_xl.model.history import DecisionHistory
from yosan_xl.model.intake import Intake
from yosan_xl.model.money import Money
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.standing import AssessmentStanding, standing_of
from yosan_xl.rules.decisions import CODES
from yosan_xl.store.ledger import AcceptedBook, Ledger, write_ledger
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.decisions.apply import DecidedRows, apply_taken
from yosan_xl.usecases.decisions.codes import LATE_REQUEST
from yosan_xl.usecases.decisions.entries import TakenEntries, keep_entries, take_entries
from yosan_xl.usecases.submitted.form_changes import refuse_changed
from yosan_xl.usecases.submitted.inspection import (
    Counting,
    Inspection,
    Project,
    count_requests,
    inspect,
)
from yosan_xl.usecases.submitted.intake import intake_of
from yosan_xl.usecases.submitted.read import Gathering, Progress, gather, no_books, year_and_books
from yosan_xl.usecases.submitted.read_files import ReadContext
from yosan_xl.usecases.submitted.resubmitted import accepted_requests
from yosan_xl.usecases.year import form_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What every output of a year says of itself: the counts of the run, and the findings."""

    intake: Intake
    findings: tuple[Finding, ...]

    @property
    def counted(self) -> int:
        """Return how many requests are in the output's totals."""
        return self.intake.counted

    @property
    def requested(self) -> Money:
        """Return what they ask for together."""
        return self.intake.requested

    @property
    def left_out(self) -> int:
        """Return how many requests are 未算入."""
        return len(self.intake.left_out)


@dataclass(frozen=True, slots=True)
class Counted:
    """The year, what was read and found, and the requests in the totals.

    Those have the NO they are given and what finance typed into the summary. `own` are those of the findings that only an output can tell: nothing to
    read, and what finance typed.
    """

    year: YearFolder
    gathering: Gathering
    inspection: Inspection
    counting: Counting
    decided: DecidedRows
    taken: TakenEntries
    findings: tuple[Finding, ...]
    own: tuple[Finding, ...]

    @property
    def rows(self) -> tuple[SummaryRow, ...]:
        """Return the requests in the totals, with what finance decided of them."""
        return self.decided.rows

    @property
    def intake(self) -> Intake:
        """Return what came in and what of it is counted."""
        return intake_of(self.inspection, self.counting, self.year)

    @property
    def rollup(self) -> Rollup:
        """Return the counted requests in the order of the list."""
        axes = form_of(self.year).axes
        return Rollup.of(self.rows, self.year.settings, self.year.roster, axes)

    @property
    def standing(self) -> AssessmentStanding:
        """Return how far the assessment of the year is by what is decided, and whose 復活要求 came."""
        axes, settings = form_of(self.year).axes, self.year.settings
        came = {row.request.department_code for row in self.rows if row.restoration}
        return standing_of(
            settings.assessment,
            self.decided.history.closed,
            self.rows,
            axes,
            restoring=tuple(unit.name for unit in self.year.roster if unit.code in came),
            reason=reason_word(settings, axes),
        )

    def of_requests(self) -> Counted:
        """Return it without what is found in decisions: an output of the requests alone has none of them."""
        judged = {code.code for code in (*CODES, LATE_REQUEST)}
        rest = tuple(one for one in self.findings if one.code not in judged)
        return replace(
            self, findings=rest, own=tuple(one for one in self.own if one.code not in judged)
        )

    def youngest(self, *, with_decisions: bool) -> str | None:
        """Return when the last saved of the books was saved (ISO 8601), of the summaries too with what is decided: the date of the data."""
        times = [file.modified for file in self.gathering.files]
        if with_decisions:
            times += [record.origin.saved_at for record in self.decided.history.records]
        return max((time for time in times if time), default=None)


def count(
    paths: Sequence[Path],
    here: Path,
    progress: Progress = lambda files: files,
    *,
    include_errors: bool = False,
) -> Counted:
    """Read, check, number and take over decisions as `consolidate` does; raise WrongInput."""
    year, chosen = year_and_books(paths, here)
    gathering = gather(chosen, progress, context=ReadContext(year.settings.year, year))
    refuse_changed(gathering.requests, year)
    taken = take_entries(year, form_of(year))
    nothing = tuple(no_books(gathering, chosen))
    counted = count_gathered(gathering, year, taken, include_errors=include_errors)
    findings = (*nothing, *counted.findings)
    return replace(counted, findings=findings, own=(*nothing, *counted.own))


def count_gathered(
    gathering: Gathering,
    year: YearFolder,
    taken: TakenEntries,
    last_year: Mapping[Project, int] | None = None,
    *,
    include_errors: bool = False,
) -> Counted:
    """Return what counts of the requests that were read, numbered, with what finance typed; raise WrongInput.

    `last_year` is what its projects came to (千円), where the run has it.
    """
    inspection = inspect(gathering, year, last_year)
    counting = count_requests(inspection, include_errors=include_errors)
    doubtful = [one.row for one in (*counting.left_out, *counting.again)]
    beside = inspection.ledger.beside
    decided = apply_taken(taken, counting.rows, year, form_of(year), doubtful, beside)
    return Counted(
        year=year,
        gathering=gathering,
        inspection=inspection,
        counting=counting,
        decided=decided,
        taken=taken,
        findings=(*inspection.findings, *counting.findings, *decided.findings),
        own=decided.findings,
    )


def remember(counted: Counted, history: DecisionHistory | None = None) -> tuple[Finding, ...]:
    """Keep what goes out, and return what is told of that; raise WriteFailed.

    It comes before the output: a decision that others have read must be one that is remembered.
    `history` is what was decided, where the output itself is remembered in it.
    """
    year = counted.year
    taken = replace(counted.taken, history=history or counted.decided.history)
    told = keep_entries(year, taken, form_of(year), counted.rows)
    write_ledger(year.root, accept(counted.inspection, year))
    return told


def accept(inspection: Inspection, year: YearFolder) -> Ledger:
    """Return the ledger with the books that count, each with its requests that do; none is ever taken away."""
    books = {(book.department, book.sha256): book for book in inspection.ledger.books}
    counted: dict[str, list[str]] = {}
    for item in inspection.gathering.requests:
        if not inspection.is_counted_elsewhere(item):
            counted.setdefault(item.file, []).append(str(item.request.id))
    for file in inspection.gathering.files:
        if file.department and year.roster.by_code(file.department) and file.replaced_by is None:
            requests = tuple(counted.get(file.name, ()))
            if file.requests and not requests:
                continue
            book = AcceptedBook(
                department=file.department,
                file=file.name,
                sha256=file.sha256,
                modified=file.modified,
                requests=requests,
            )
            # The last one that was accepted is the one that counts where two have the same request.
            books.pop((file.department, file.sha256), None)
            books[file.department, file.sha256] = book
    return Ledger(
        tuple(books.values()),
        inspection.numbering.final,
        inspection.acknowledgements(),
        inspection.numbering.bases,
        accepted_requests(inspection, year),
        inspection.numbering.heeded,
    )
