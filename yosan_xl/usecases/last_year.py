"""前年度: the requests that this year's are compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yosan_xl.excel.summary.read_listing import listing_documents
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.last_year import base
from yosan_xl.model.request import Document, Request
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.text import canonical
from yosan_xl.store.faults import shown
from yosan_xl.store.settings_file import find_year_folder
from yosan_xl.store.snapshot import snapshot
from yosan_xl.usecases.counting import count_requests
from yosan_xl.usecases.desk import lay_year
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.gather import Gathering, gather, gathered_documents, refuse_absent
from yosan_xl.usecases.inspection import inspect
from yosan_xl.usecases.last_year_codes import LAST_YEAR_UNREAD, NO_LAST_YEAR, NOT_LAST_YEAR
from yosan_xl.usecases.read_one import ReadContext
from yosan_xl.usecases.year import open_year

_FOLDER = "前年度/"
"""Before the names of last year's files: a file of this year may have the same."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's requests as rows of a summary, and what is to be told of them."""

    rows: tuple[SummaryRow, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def amounts(self) -> dict[tuple[str | None, str], int]:
        """What its projects came to (千円), by the code of their unit and their title."""
        requests = [row.request for row in self.rows]
        return {(one.department_code, canonical(one.title or "")): base(one) for one in requests}


def read_last_year(path: Path, year: FiscalYear) -> LastYear:
    """Read last year's requests; raise WrongInput.

    They stand in a year folder (and count as they did then, as finance decided in its summary), in JSON, in books or a folder of them,
    or in last year's summary. `year` is this year. What is wrong within the requests was last
    year's matter and is not told.
    """
    refuse_absent([path])
    name = shown(path.name)
    documents = _of_summary(path)
    if documents:
        return last_year_of(documents, name, year)
    rows, gathering = _of_books(path)
    if not rows:
        raise WrongInput(NO_LAST_YEAR.at(Place(name), name=name))
    return LastYear(rows, (*_other_years(rows, year, name), *_unread(gathering, name)))


def last_year_of(documents: Sequence[Document], name: str, year: FiscalYear) -> LastYear:
    """Give request documents from elsewhere (such as an archive, called `name`) as last year's."""
    rows = tuple(
        SummaryRow(Request.from_document(item.document), _old(Place(item.file, item.sheet)))
        for item in gathered_documents(list(documents), name)
    )
    return LastYear(rows, tuple(_other_years(rows, year, name)))


def _of_summary(path: Path) -> list[Document] | None:
    return listing_documents(snapshot(path).data) if path.suffix.lower() == ".xlsx" else None


def _of_books(path: Path) -> tuple[tuple[SummaryRow, ...], Gathering]:
    if path.is_dir() and find_year_folder(path) == path.absolute():
        folder = open_year(path)
        gathering = gather([folder.submitted], context=ReadContext(folder.settings.year, folder))
        counting = count_requests(inspect(gathering, folder), include_errors=True)
        decided = lay_year(folder, counting).rows
        return tuple(SummaryRow(row.request, _old(row.source)) for row in decided), gathering
    gathering = gather([path])
    rows = (
        SummaryRow(Request.from_document(item.document), _old(Place(item.file, item.sheet)))
        for item in gathering.requests
    )
    return tuple(rows), gathering


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
