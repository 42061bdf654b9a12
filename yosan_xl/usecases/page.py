"""`page`: the year's requests as one HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.finding import Finding
from yosan_xl.report.page import PageContents, page_html
from yosan_xl.store.places import FilePlace
from yosan_xl.store.write import refuse_over, write_bytes
from yosan_xl.usecases.counted import Counted, Outcome, count, remember
from yosan_xl.usecases.outputs import PAGE
from yosan_xl.usecases.read import Progress


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
) -> Paged:
    """Read, check, sum and write the page; raise WrongInput.

    `public` leaves out what is not for the public: where requests came from, findings and reasons,
    提出状況, contacts, notes, and every request that is 未算入.
    """
    counted = count(paths, here, progress, include_errors=include_errors)
    target, books = out or _usual(counted, public), counted.gathering.books
    refuse_over(target, PAGE, books)
    # A folder that is empty by mistake makes no page of 0千円, and costs nobody the one that is there.
    written = bool(books)
    if written:
        remember(counted)
        html = page_html(contents_of(counted, public=public))
        write_bytes(target, html.encode("utf-8"), PAGE, books)
    return Paged(
        intake=counted.intake,
        findings=counted.findings,
        own=counted.own,
        page=target,
        written=written,
    )


def contents_of(counted: Counted, *, public: bool) -> PageContents:
    """Return what stands on the page of what was counted."""
    return PageContents(
        rollup=counted.rollup,
        intake=counted.intake,
        findings=counted.findings,
        public=public,
    )


def _usual(counted: Counted, public: bool) -> Path:
    return counted.year.at(FilePlace.PUBLIC_PAGE if public else FilePlace.PAGE)
