"""前年度: the requests that this year's are compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document, Request
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.store.faults import shown
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.gather import Gathering, gather, gathered_documents
from yosan_xl.usecases.last_year_codes import LAST_YEAR_UNREAD, NO_LAST_YEAR, NOT_LAST_YEAR
from yosan_xl.usecases.year import books_in

_FOLDER = "前年度/"
"""Before the names of last year's files: a file of this year may have the same."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's requests as rows of a summary, and what is to be told of them."""

    rows: tuple[SummaryRow, ...]
    findings: tuple[Finding, ...] = ()


def read_last_year(path: Path, year: FiscalYear) -> LastYear:
    """Read last year's requests from JSON, books, or a folder of them; raise WrongInput.

    `year` is this year. What is wrong within the requests was last year's matter and is not told.
    """
    name = shown(path.name)
    gathering = gather(books_in([path]))
    requests = [
        (Request.from_document(item.document), Place(item.file, item.sheet))
        for item in gathering.requests
    ]
    if not requests:
        raise WrongInput(NO_LAST_YEAR.at(Place(name), name=name))
    rows = tuple(SummaryRow(request, _old(place)) for request, place in requests)
    return LastYear(rows, (*_other_years(rows, year, name), *_unread(gathering, name)))


def last_year_of(documents: Sequence[Document], name: str, year: FiscalYear) -> LastYear:
    """Give request documents from elsewhere (such as an archive, called `name`) as last year's."""
    rows = tuple(
        SummaryRow(Request.from_document(item.document), _old(Place(item.file, item.sheet)))
        for item in gathered_documents(list(documents), name)
    )
    return LastYear(rows, tuple(_other_years(rows, year, name)))


def _old(place: Place) -> Place:
    return replace(place, file=f"{_FOLDER}{place.file}")


def _other_years(rows: Sequence[SummaryRow], year: FiscalYear, name: str) -> Iterator[Finding]:
    expected = year.western - 1
    years = Counter(row.request.fiscal_year for row in rows)
    others = {western: times for western, times in years.items() if western not in (None, expected)}
    if others:
        yield NOT_LAST_YEAR.at(
            Place(name),
            expected=FiscalYear(expected).label,
            found="、".join(FiscalYear(western).label for western in sorted(filter(None, others))),
            count=sum(others.values()),
        )


def _unread(gathering: Gathering, name: str) -> Iterator[Finding]:
    unread = [file.name for file in gathering.files if not file.is_read]
    if unread:
        more = "など" if len(unread) > _NAMED else ""
        names = "、".join(unread[:_NAMED]) + more
        yield LAST_YEAR_UNREAD.at(Place(name), count=len(unread), names=names)
