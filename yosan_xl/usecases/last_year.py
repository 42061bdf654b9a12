"""前年度: the requests that this year's are compared with in the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yosan_xl.model.comparison import Figure, YearRequests
from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.text import canonical
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.store.succession_file import SUCCESSION_NAME, read_succession
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.compare import two_years
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.year_source import NO_REQUESTS, YearSource, open_source

NO_LAST_YEAR = Code(
    "YX600",
    Weight.ERROR,
    "前年度の要求書がない",
    "前年度として指定された「{name}」から、要求書を1件も読めません。",
    "yosan-xl read R1 -o R1.json のように作った JSON か、前年度の年度フォルダー、保存庫の年度（保存庫:R1）、集計ブックのどれかを指定してください。",
    "前年度が空のまま比べると、すべての事業が皆増になります。",
    "--last-year に空のフォルダーを指定した。",
    "--last-year R1.json",
)
NOT_LAST_YEAR = Code(
    "YX601",
    Weight.WARNING,
    "前年度ではない要求書と比べた",
    "{expected}の要求書と比べるところ、{found}の要求書が{count}件あります。そのまま比べています。",
    "前年度の要求書を --last-year に指定し直すか、この年度と比べるのでよいかを確かめてください。",
    "増減は、すぐ前の年度の当初予算と比べて示すものです。",
    "令和3年度の集計で、平成31年度の要求書と比べた。",
    "令和3年度の集計で、令和2年度の要求書と比べた。",
)
LAST_YEAR_UNREAD = Code(
    "YX602",
    Weight.WARNING,
    "前年度のブックに読めないものがある",
    "前年度のファイルのうち{count}個（{names}）は要求書として読めないため、比べる額に入っていません。",
    "前年度の要求書だけを --last-year に指定してください。yosan-xl validate でわけが分かります。",
    "前年度の額が足りないと、増減がその分だけ大きくなります。",
    "前年度の提出フォルダーに、こわれたブックがある。",
    "前年度の提出フォルダーのブックが、どれも読める。",
)
LEFT_OUT = Code(
    "YX605",
    Weight.WARNING,
    "前年度の要求に数えないものがある",
    "前年度の要求のうち{count}件（{names}）は、金額か財源に誤りがあるか、どの課のどの年度のものか決まらないため、"
    "比べる額に入っていません。",
    "前年度のブックを直すか、入っていないことを承知のうえで増減を読んでください。わけは yosan-xl validate で分かります。",
    "前年度の集計や compare と同じ数え方です。数えないものがあると、増減がその分だけ大きくなります。",
    "前年度の要求書の「合計」が、明細の計とちがったままになっている。",
    "前年度の要求書が、どれも前年度の集計に入っている。",
)
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
        told = [one.place.file for one in error.findings if one.code == NO_REQUESTS.code]
        if not told:
            raise
        raise WrongInput(NO_LAST_YEAR.at(Place(told[0]), name=told[0])) from error
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
        yield NOT_LAST_YEAR.at(place, **facts, count=sum(others.values()))
    if found.unread:
        count = len(found.unread)
        yield LAST_YEAR_UNREAD.at(place, count=count, names=_names(found.unread))
    if found.left_out:
        yield LEFT_OUT.at(place, count=len(found.left_out), names=_names(found.left_out))


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + ("など" if len(names) > _NAMED else "")
