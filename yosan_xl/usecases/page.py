"""`page`: the year's requests as one HTML file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.finding import Finding
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.report.page import PageContents, page_html
from yosan_xl.store.places import FilePlace
from yosan_xl.store.write import refuse_over, write_bytes
from yosan_xl.usecases.counted import Outcome
from yosan_xl.usecases.export import table_files
from yosan_xl.usecases.outputs import PAGE
from yosan_xl.usecases.shown import ShownYear, shown_year
from yosan_xl.usecases.submitted.read import Progress
from yosan_xl.usecases.year_source import read_last_year


@dataclass(frozen=True, slots=True)
class Paged(Outcome):
    """The page; with no book at all none is written. `own` are the findings that concern the page itself."""

    own: tuple[Finding, ...]
    page: Path
    written: bool


def page(
    paths: Sequence[Path],
    here: Path,
    out: Path | None = None,
    progress: Progress = lambda files: files,
    *,
    public: bool = False,
    include_errors: bool = False,
    last_year: str | None = None,
    edition: str | None = None,
) -> Paged:
    """Read, check, sum and write the page; raise WrongInput.

    `public` leaves out what is not for the public: decisions of a stage that is not closed, where requests came from,
    findings and reasons, 提出状況, contacts, notes, and every request that is 未算入. `last_year` is where last year's
    requests are (whatever `compare` takes). An `edition` is shown as it was published.
    """
    year = shown_year(
        paths, here, progress, public=public, include_errors=include_errors, edition=edition
    )
    target = out or year.year.at(FilePlace.PUBLIC_PAGE if year.public else FilePlace.PAGE)
    refuse_over(target, PAGE, year.books)
    old, told = _beside(year, last_year) if last_year and year.is_there else (None, ())
    # A folder that is empty by mistake makes no page of 0千円, and costs nobody the one that is there.
    if year.is_there:
        told = (*told, *year.remember())
        html = page_html(contents_of(year, old, target.parent))
        write_bytes(target, html.encode("utf-8"), PAGE, year.books)
    return Paged(
        intake=year.intake,
        findings=(*year.findings, *told),
        own=(*year.own, *told),
        page=target,
        written=year.is_there,
    )


def contents_of(
    year: ShownYear, last_year: AgainstLastYear | None = None, folder: Path | None = None
) -> PageContents:
    """Return what stands on the page of a year; with a `folder` links to the data that lie there."""
    return PageContents(
        rollup=year.rollup,
        intake=year.intake,
        findings=year.findings,
        public=year.public,
        last_year=last_year,
        edition=year.edition,
        saved=year.saved,
        links=tuple(_links(year, folder)) if folder else (),
    )


def _beside(year: ShownYear, last_year: str) -> tuple[AgainstLastYear, tuple[Finding, ...]]:
    old = read_last_year(last_year, year.year.settings.year, year.rollup.axes.unit)
    against, unused = old.beside(year.rollup.rows, year.year)
    return against, (*old.findings, *unused)


def _links(year: ShownYear, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and file of every table that `export` put beside the page."""
    for name, usual in table_files(year.year, year.rollup.axes, public=year.public):
        if (folder / usual.name).is_file():
            yield name, usual.name
