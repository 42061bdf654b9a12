"""The requests of a year, wherever they are: a year folder, an archive, a summary, books, JSON; and last year's for the summary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from yosan_xl.excel.summary.read_listing import ListedYear, listed_requests
from yosan_xl.model.comparison import Figure, YearRequests
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.settings import Settings
from yosan_xl.model.text import canonical
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.report.archive_text import RequestRow
from yosan_xl.rules.across import COUNTED_ELSEWHERE
from yosan_xl.store.archive.shelf import read_shelf
from yosan_xl.store.faults import shown
from yosan_xl.store.settings_file import find_year_folder
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.succession_file import SUCCESSION_NAME, read_succession
from yosan_xl.store.year_folder import YearFolder, open_year_folder, settings_around
from yosan_xl.usecases import codes
from yosan_xl.usecases.archive.stages import open_shelf, requests_of, stage_of
from yosan_xl.usecases.decisions.apply import apply_decisions, decided_year
from yosan_xl.usecases.decisions.entries import entries_of
from yosan_xl.usecases.decisions.summary_books import NotRead, read_book
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted.check import check_across
from yosan_xl.usecases.submitted.gathered import gathered_requests, read_documents, view
from yosan_xl.usecases.submitted.inspection import count_requests, counted_elsewhere, inspect
from yosan_xl.usecases.submitted.read import gather, refuse_absent
from yosan_xl.usecases.submitted.read_files import ReadContext
from yosan_xl.usecases.succession import two_years
from yosan_xl.usecases.year import find_definition, form_around, form_of, open_year

_IN_ARCHIVE = re.compile(r"(?P<root>.+):(?P<year>[^:/\\]+)(?:/(?P<stage>[^:/\\]+))?")
_YEARS = range(1926, 3000)
"""As FiscalYear.parse has it: what lies outside is no year."""

_FOLDER = "前年度/"
"""Before the names of last year's files: a file of this year may have the same."""

_NAMED = 3

NOW = "現在"
"""The stage of what is in no archive."""


@dataclass(frozen=True, slots=True)
class YearSource:
    """A year's requests as counted, each with its place, and what was found in reading them.

    `folder` is the year folder that was meant, None for books, a summary or JSON. `unread` are the
    files that could not be read, `left_out` the titles of requests that do not count.
    """

    requests: YearRequests
    places: tuple[Place, ...]
    findings: tuple[Finding, ...]
    folder: YearFolder | None = None
    unread: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    decided: tuple[SummaryRow, ...] = ()

    @property
    def rows(self) -> tuple[SummaryRow, ...]:
        """Return the requests as rows, with their decisions as far as the source has them."""
        pairs = zip(self.requests.requests, self.places, strict=True)
        return self.decided or tuple(SummaryRow(request, place) for request, place in pairs)

    @property
    def succession(self) -> Path | None:
        """Return the 対応表.csv of the year folder, None where there is none."""
        path = self.folder.root / SUCCESSION_NAME if self.folder else None
        return path if path and path.is_file() else None


def open_source(source: str, usual: FiscalYear | None = None) -> YearSource:
    """Return the requests that an argument of the command line means; raise WrongInput.

    `保存庫:R2` is a year in an archive, `保存庫:R2/内示` one of its stages, else its last. Every source of
    years is known here and nowhere else. What finance decided is in it, whether it stands in the
    summary of a year folder, in the archive or in the summary itself. Requests with errors in their
    amounts are not counted, as in the summary; documents in JSON are taken as they are. `usual` is
    the year where the requests name none, or several.
    """
    path = Path(source)
    if not path.exists() and (archived := _archived(source)):
        return _of_archive(*archived)
    refuse_absent([path])
    name = shown(path.name or path.absolute().name)
    if path.suffix.lower() == ".json":
        return _of_requests(view(read_documents(path), path), name, usual)
    if path.suffix.lower() == ".xlsx" and (found := _listed(path)):
        return _of_summary(path, name, found, usual)
    is_year = find_year_folder(path) == path.absolute()
    return _of_books(path, name, open_year(path) if is_year else None, usual)


def _listed(path: Path) -> ListedYear | None:
    find = partial(find_definition, near=path)
    return listed_requests(snapshot(path).data, form_around(path), find)


def years_of(source: str) -> tuple[str, ...]:
    """Return the source, or where it is an archive itself `保存庫:R2` for every year in it."""
    root = Path(source)
    if not root.is_dir() or find_year_folder(root) or not read_shelf(root).stages:
        return (source,)
    years = sorted({stage.manifest.year for stage in open_shelf(root).stages})
    return tuple(f"{source}:{FiscalYear(year).short}" for year in years)


def stages_of(source: str) -> Iterator[tuple[str, str]]:
    """Yield every source that is meant with the name of its stage: of an archive each stage of each year."""
    root = Path(source)
    # An archive beside the year folder, `../保存庫`, is not within it.
    if root.is_dir() and not find_year_folder(root.resolve()) and read_shelf(root).stages:
        for stage in open_shelf(root).stages:
            year, name = FiscalYear(stage.manifest.year), stage.manifest.stage
            yield f"{source}:{year.short}/{name}", name
        return
    found = None if root.exists() else _archived(source)
    yield source, (stage_of(*found).manifest.stage if found else NOW)


def _archived(source: str) -> tuple[Path, FiscalYear, str | None] | None:
    """Return the archive, the year and the stage that are meant; None for what is no such place."""
    found = _IN_ARCHIVE.fullmatch(source)
    if found is None or not Path(found["root"]).is_dir():
        return None
    try:
        return Path(found["root"]), FiscalYear.parse(found["year"]), found["stage"]
    except ValueError:
        return None


def _of_archive(root: Path, year: FiscalYear, stage: str | None) -> YearSource:
    found = stage_of(root, year, stage)
    folder = open_year_folder(found.folder)
    counted = [item for item in requests_of(found) if item.left_out is None]
    places = [Place(item.file, item.sheet) for item in counted]
    source = _of_requests([item.request for item in counted], found.name, year, places)
    requests = _year_requests(source.requests.requests, found.name, folder)
    rows = {(item.file, item.sheet): item for item in counted}
    decided = tuple(
        _archived_row(rows[place.file, place.sheet], request, place)
        for request, place in zip(requests.requests, source.places, strict=True)
    )
    return replace(source, requests=requests, folder=folder, decided=decided)


def _archived_row(item: RequestRow, request: Request, place: Place) -> SummaryRow:
    return SummaryRow(
        request,
        place,
        decisions=item.decisions,
        restoration=item.restoration,
        provisional=item.provisional,
    )


def _of_summary(path: Path, name: str, listed: ListedYear, usual: FiscalYear | None) -> YearSource:
    """Return the requests of a summary with all that finance typed into it, read as its own next run does."""
    form = listed.form
    rows = [
        SummaryRow(Request.from_document(one.document, form.axes), one.place)
        for one in listed.requests
    ]
    requests = _year_requests([row.request for row in rows], name, usual=usual)
    findings: tuple[Finding, ...] = ()
    folder = find_year_folder(path)
    around = settings_around(folder) if folder else None
    settings = around or Settings("", requests.year, form.id, (), ())
    try:
        book = read_book(path, snapshot(path), requests.year, form)
        decided = apply_decisions(entries_of(book, settings, form), rows, settings, form)
    except (NotRead, WrongInput):
        pass  # without its hidden sheet it is a list as it stands
    else:
        findings = decided.findings
        requests = replace(requests, requests=tuple(row.request for row in decided.rows))
        rows = [*decided.rows]
    places = tuple(row.source for row in rows)
    return YearSource(requests, places, tuple(_errors(findings)), decided=tuple(rows))


def _of_requests(
    requests: Iterable[Request],
    name: str,
    usual: FiscalYear | None = None,
    places: Sequence[Place] | None = None,
) -> YearSource:
    """Return requests that stand in no book; one that is there twice is counted once, with a finding."""
    items = gathered_requests(requests, name)
    across = check_across(items)
    twice = tuple(finding for finding in across if finding.code in COUNTED_ELSEWHERE)
    elsewhere = counted_elsewhere(twice)
    once = [at for at, item in enumerate(items) if item.place not in elsewhere]
    counted = _year_requests([items[at].request for at in once], name, usual=usual)
    at_home = places or [item.place for item in items]
    return YearSource(counted, tuple(at_home[at] for at in once), twice)


def _of_books(
    path: Path, name: str, folder: YearFolder | None, usual: FiscalYear | None
) -> YearSource:
    context = ReadContext(folder.settings.year, folder) if folder else None
    gathering = gather([folder.submitted if folder else path], context=context)
    inspection = inspect(gathering, folder)
    counting = count_requests(inspection)
    rows, told = counting.rows, inspection.findings
    if folder:
        # What finance decided stands in the summary alone, and is the 予算額 of the year.
        decided = decided_year(folder, counting.rows, inspection.ledger.beside)
        rows, told = decided.rows, (*told, *decided.findings)
    requests = _year_requests([row.request for row in rows], name, folder, usual)
    return YearSource(
        requests=requests,
        places=tuple(row.source for row in rows),
        findings=(*_errors(told), *counting.findings),
        folder=folder,
        decided=tuple(rows),
        unread=tuple(file.name for file in gathering.files if not file.is_read),
        left_out=tuple(one.row.request.title or one.row.source.file for one in counting.left_out),
    )


def _errors(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.is_error)


def _year_requests(
    requests: Sequence[Request],
    name: str,
    folder: YearFolder | None = None,
    usual: FiscalYear | None = None,
) -> YearRequests:
    if not requests:
        raise WrongInput(codes.NO_REQUESTS.at(Place(name), name=name))
    if folder is not None:
        return YearRequests(
            source=name,
            year=folder.settings.year,
            requests=tuple(requests),
            roster=folder.roster,
            settings=folder.settings,
        )
    return YearRequests(name, _year(requests, name, usual), tuple(requests))


def _year(requests: Sequence[Request], name: str, usual: FiscalYear | None) -> FiscalYear:
    given = {request.fiscal_year for request in requests}
    years = sorted(year for year in given if year is not None and year in _YEARS)
    if len(years) == 1:
        return FiscalYear(years[0])
    if usual is not None:
        return usual
    labels = "と".join(FiscalYear(year).label for year in years)
    problem = (
        f"「{name}」に{labels}の要求があります" if years else f"「{name}」の要求に年度がありません"
    )
    raise WrongInput(codes.NO_YEAR.at(Place(name), problem=problem))


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's requests, as rows of a summary too, and what is to be told of them."""

    requests: YearRequests
    rows: tuple[SummaryRow, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def amounts(self) -> dict[tuple[str | None, str], int]:
        """What its projects came to, by the code of their unit and their title."""
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
        axes = form_of(year).axes
        before = Rollup.of(self.rows, settings, roster, axes).rows
        now = tuple(row.request for row in Rollup.of(rows, settings, roster, axes).rows)
        new = YearRequests(
            source=settings.year.short,
            year=settings.year,
            requests=now,
            roster=roster,
            settings=settings,
        )
        old = replace(self.requests, requests=tuple(row.request for row in before))
        years, unused = two_years(old, new, said)
        return AgainstLastYear(before, years), unused


def read_last_year(source: str, year: FiscalYear, unit: str = "千円") -> LastYear:
    """Read last year's requests from whatever `compare` takes (see `open_source`), in this year's unit; raise WrongInput.

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
    found = _in_unit(found, unit)
    pairs = zip(found.requests.requests, found.places, strict=True)
    rows = (
        SummaryRow(request, replace(place, file=f"{_FOLDER}{place.file}"))
        for request, place in pairs
    )
    return LastYear(found.requests, tuple(rows), tuple(_findings_of(found, year)))


def _in_unit(found: YearSource, unit: str) -> YearSource:
    """Return a year in 千円 in 円; raise WrongInput for one in 円 where 千円 are wanted."""
    requests = found.requests
    if requests.axes is None or requests.axes.unit == unit:
        return found
    if unit != "円":
        raise WrongInput(codes.OTHER_UNIT.at(Place(requests.source), name=requests.source))
    in_yen = tuple(request.in_yen() for request in requests.requests)
    return replace(found, requests=replace(requests, requests=in_yen))


def _findings_of(found: YearSource, year: FiscalYear) -> Iterator[Finding]:
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
