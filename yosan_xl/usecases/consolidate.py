"""`consolidate`: all departments into one summary workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.summary import summary_bytes
from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake, asked
from yosan_xl.model.money import ThousandYen
from yosan_xl.store.ledger import write_ledger
from yosan_xl.store.write import write_bytes
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.accept import accept
from yosan_xl.usecases.counting import Counting, count_requests
from yosan_xl.usecases.gather import (
    Gathering,
    Progress,
    gather,
    no_books,
    refuse_absent,
    refuse_over_input,
)
from yosan_xl.usecases.how import USUAL, How
from yosan_xl.usecases.inspection import inspect
from yosan_xl.usecases.read_one import Manner
from yosan_xl.usecases.status import status_of
from yosan_xl.usecases.year import books_in, open_year, year_of


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The summary, and what went into it (千円); with no book at all an old one is left alone."""

    summary: Path
    written: bool
    files: int
    untouched: int
    counted: int
    requested: ThousandYen
    left_out: int
    left_out_requested: ThousandYen
    anyway: int
    anyway_requested: ThousandYen
    findings: tuple[Finding, ...]


def consolidate(
    paths: Sequence[Path],
    here: Path,
    out: Path | None = None,
    progress: Progress = lambda files: files,
    *,
    include_errors: bool = False,
    how: How = USUAL,
) -> Consolidated:
    """Read, check, number, sum and write; raise WrongInput.

    `paths` are year folders, or files and folders in one; none means the year folder `here`. With
    `include_errors` requests with errors in their amounts are counted, and told.
    """
    year, chosen = _year_and_books(paths, here)
    gathering = gather(
        chosen, progress=progress, how=how, manner=Manner(year.settings.year, year, checks=True)
    )
    refuse_over_input(out, gathering.books)
    inspection = inspect(gathering, year)
    counting = count_requests(inspection, include_errors=include_errors)
    findings = (*no_books(gathering, chosen), *inspection.findings, *counting.findings)
    summary = out or year.summary / f"{year.settings.year.short}_集計.xlsx"
    # A folder that is empty by mistake must not cost finance the summary it has.
    written = bool(gathering.books) or not summary.exists()
    if gathering.books:
        # Before the summary: a NO that is printed must be one that is remembered.
        write_ledger(year.root, accept(inspection, year.roster))
    if written:
        intake = Intake(
            len(gathering.books), counting.left_out, counting.anyway, status_of(inspection, year)
        )
        data = summary_bytes(counting.rows, findings, year.settings, year.roster, intake)
        write_bytes(summary, data)
    return _outcome(summary, written, gathering, counting, findings)


def _outcome(
    summary: Path,
    written: bool,
    gathering: Gathering,
    counting: Counting,
    findings: tuple[Finding, ...],
) -> Consolidated:
    return Consolidated(
        summary,
        written,
        len(gathering.books),
        gathering.untouched,
        len(counting.rows),
        ThousandYen(sum(row.request.requested for row in counting.rows)),
        len(counting.left_out),
        asked(counting.left_out),
        len(counting.anyway),
        asked(counting.anyway),
        findings,
    )


def _year_and_books(paths: Sequence[Path], here: Path) -> tuple[YearFolder, list[Path]]:
    refuse_absent(paths)
    year = year_of(paths) or open_year(here)
    return year, books_in(paths) or [year.submitted]
