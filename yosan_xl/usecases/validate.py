"""`validate`: everything that is wrong with what was handed in, as text, JSON or a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.intake import Intake
from yosan_xl.model.settings import Settings
from yosan_xl.report.findings import findings_json, findings_text
from yosan_xl.store.write import write_bytes
from yosan_xl.usecases import codes
from yosan_xl.usecases.ceilings import beside_last_year, ceilings_of, check_ceilings
from yosan_xl.usecases.outputs import FINDINGS, in_format, relative_paths
from yosan_xl.usecases.submitted.gathered import departments_of
from yosan_xl.usecases.submitted.inspection import count_requests, inspect
from yosan_xl.usecases.submitted.intake import intake_of
from yosan_xl.usecases.submitted.read import Progress, gather, no_books
from yosan_xl.usecases.submitted.read_files import IN_THIS_PROCESS, ReadContext, ReadOptions
from yosan_xl.usecases.year import books_in, open_year, year_of

_HEADING = "検証結果"
_NO_YEAR = 2020
"""The fiscal year that dates a workbook made outside of any year folder: no clock is asked."""


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
    last_year: str | None = None,
) -> Validated:
    """Check files and folders, or the 提出 of the year folder `here`; raise WrongInput.

    `last_year` is where last year's requests are (whatever `compare` takes), for ceilings that are a percentage of it.
    """
    year = year_of(paths) if paths else open_year(here)
    chosen = books_in(paths) or ([year.submitted] if year else [])
    whole = year is not None and chosen == [year.submitted]
    context = ReadContext(year.settings.year if year else None, year, checks=True)
    gathering = gather(chosen, progress=progress, options=options, context=context)
    inspection = inspect(gathering, year)
    counting = count_requests(inspection)
    findings = [*no_books(gathering, chosen), *inspection.findings]
    if year:
        old = beside_last_year(last_year, year, counting.rows) if last_year else None
        findings += check_ceilings(ceilings_of(year, counting, old))
    if year is None:
        findings.append(codes.OUTSIDE_YEAR.at(Place(chosen[0].name)))
    return Validated(
        # Of some of the books nobody can say who is missing.
        intake=intake_of(inspection, counting, year if whole else None),
        findings=tuple(findings),
        departments=departments_of(gathering.requests),
        paths=gathering.paths,
        settings=year.settings if year else None,
    )


def findings_text_as(form: str, done: Validated) -> str:
    """Return the findings as `text` or `json`."""
    if form == "json":
        # The codes of every floor take long to import, and only JSON has them.
        from yosan_xl.usecases.catalogue import all_codes

        return findings_json(done.findings, all_codes(), done.departments)
    return findings_text(done.findings, departments=done.departments) + "\n"


def save_findings(form: str, done: Validated, out: Path) -> None:
    """Write the findings as text, JSON or xlsx; raise WrongInput where it cannot be."""
    data = _book(done, out) if form == "xlsx" else findings_text_as(form, done).encode("utf-8")
    write_bytes(out, data, in_format(FINDINGS, form), done.paths.values())


def _book(done: Validated, out: Path) -> bytes:
    # XlsxWriter takes long to import, and most runs write no workbook.
    from yosan_xl.excel.table_books import FindingSources, findings_bytes

    year = done.settings
    heading = f"{year.municipality}　{year.year.label}　{_HEADING}" if year else _HEADING
    source = FindingSources(done.departments, relative_paths(done.paths, out.parent))
    return findings_bytes(done.findings, source, heading, year.year.western if year else _NO_YEAR)
