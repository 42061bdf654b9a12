"""前年度: the requests that this year's are compared with in the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yosan_xl.model.comparison import Figure, YearRequests
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.text import canonical
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.store.succession_file import SUCCESSION_NAME, read_succession
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.compare import two_years
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.year_source import YearSource, open_source

_FOLDER = "前年度/"
"""Before the names of last year's files: a file of this year may have the same."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's requests, as rows of a summary too, and what is to be told of them."""

    requests: YearRequests
    rows: tuple[SummaryRow, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def amounts(self) -> dict[tuple[str | None, str], int]:
        """What its projects came to (千円), by the code of their unit and their title."""
        return {
            (one.department_code, canonical(one.title or "")): Figure.EITHER.of(one) or 0
            for one in self.requests.requests
        }

    def beside(
        self, rows: Sequence[SummaryRow], year: YearFolder
    ) -> tuple[AgainstLastYear, tuple[Finding, ...]]:
        """Bring last year and the rows of this year's summary together, by the year's 対応表.csv.

        Returns also what is told of rows of it that were not used; raises WrongInput.
        """
        table = year.root / SUCCESSION_NAME
        said = read_succession(table) if table.is_file() else Succession()
        settings, roster = year.settings, year.roster
        before = Rollup.of(self.rows, settings, roster).rows
        now = tuple(row.request for row in Rollup.of(rows, settings, roster).rows)
        new = YearRequests(settings.year.short, settings.year, now, roster, settings)
        old = replace(self.requests, requests=tuple(row.request for row in before))
        years, unused = two_years(old, new, said)
        return AgainstLastYear(before, years), unused


def read_last_year(source: str, year: FiscalYear) -> LastYear:
    """Read last year's requests from whatever `compare` takes (see `open_source`); raise WrongInput.

    `year` is this year. What is wrong within the requests was last year's matter and is not told,
    but for what therefore does not count.
    """
    try:
        found = open_source(source, FiscalYear(year.western - 1))
    except WrongInput as error:
        told = [one.place.file for one in error.findings if one.code == codes.NO_REQUESTS.code]
        if not told:
            raise
        raise WrongInput(codes.NO_LAST_YEAR.at(Place(told[0]), name=told[0])) from error
    pairs = zip(found.requests.requests, found.places, strict=True)
    rows = (
        SummaryRow(request, replace(place, file=f"{_FOLDER}{place.file}"))
        for request, place in pairs
    )
    return LastYear(found.requests, tuple(rows), tuple(_told(found, year)))


def _told(found: YearSource, year: FiscalYear) -> Iterator[Finding]:
    place, expected = Place(found.requests.source), year.western - 1
    years = Counter(request.fiscal_year for request in found.requests.requests)
    others = {western: times for western, times in years.items() if western not in (None, expected)}
    if others:
        labels = (FiscalYear(western).label for western in sorted(filter(None, others)))
        facts = {"expected": FiscalYear(expected).label, "found": "、".join(labels)}
        yield codes.NOT_LAST_YEAR.at(place, **facts, count=sum(others.values()))
    if found.unread:
        count = len(found.unread)
        yield codes.LAST_YEAR_UNREAD.at(place, count=count, names=_names(found.unread))
    if found.left_out:
        yield codes.NOT_COUNTED_LAST_YEAR.at(
            place, count=len(found.left_out), names=_names(found.left_out)
        )


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + ("など" if len(names) > _NAMED else "")
