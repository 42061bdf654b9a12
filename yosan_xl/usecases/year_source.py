"""The requests of a year, wherever they are: a year folder, books, JSON documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yosan_xl.model.comparison import YearRequests
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document, Request
from yosan_xl.rules.across import COUNTED_ELSEWHERE, check_all
from yosan_xl.store.faults import shown
from yosan_xl.store.settings_file import find_year_folder
from yosan_xl.store.succession_file import SUCCESSION_NAME
from yosan_xl.store.year_folder import YearFolder, open_year_folder
from yosan_xl.usecases.archive.documents import documents
from yosan_xl.usecases.archive.place import stage_of
from yosan_xl.usecases.comparison_codes import NO_REQUESTS, NO_YEAR
from yosan_xl.usecases.counting import count_requests, is_again
from yosan_xl.usecases.desk import lay_year
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.gather import (
    gather,
    gathered_documents,
    read_documents,
    refuse_absent,
)
from yosan_xl.usecases.inspection import inspect
from yosan_xl.usecases.read_one import ReadContext
from yosan_xl.usecases.year import open_year

_IN_ARCHIVE = re.compile(r"(?P<root>.+):(?P<year>[^:/\\]+)(?:/(?P<stage>[^:/\\]+))?")
_YEARS = range(1926, 3000)
"""As FiscalYear.parse has it: what lies outside is no year."""


@dataclass(frozen=True, slots=True)
class YearSource:
    """A year's requests as counted, their documents, and what was found in reading them.

    `folder` is the year folder that was meant, None for books or JSON.
    """

    requests: YearRequests
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]
    folder: YearFolder | None = None

    @property
    def succession(self) -> Path | None:
        """Give the 対応表.csv of the year folder, None where there is none."""
        path = self.folder.root / SUCCESSION_NAME if self.folder else None
        return path if path and path.is_file() else None


def open_source(source: str) -> YearSource:
    """Give the requests that an argument of the command line means; raise WrongInput.

    `保存庫:R2` is a year in an archive, `保存庫:R2/内示` one of its stages, else its last. Every source of years is known here and nowhere else. Requests with errors in their amounts
    are not counted, as in the summary; documents in JSON are taken as they are.
    """
    path = Path(source)
    if not path.exists() and (archived := _archived(source)):
        return _of_archive(*archived)
    refuse_absent([path])
    name = shown(path.name or path.absolute().name)
    if path.suffix.lower() == ".json":
        return from_documents(read_documents(path), name)
    is_year = find_year_folder(path) == path.absolute()
    return _of_books(path, name, open_year(path) if is_year else None)


def _archived(source: str) -> tuple[Path, FiscalYear, str | None] | None:
    """Give the archive, the year and the stage that are meant; None for what is no such place."""
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
    source = from_documents(documents(root, year, found.manifest.stage), found.name)
    requests = _year_requests(source.requests.requests, found.name, folder)
    return replace(source, requests=requests, folder=folder)


def from_documents(documents: list[Document], name: str) -> YearSource:
    """View the documents of a year; one that is there twice is told and counted once."""
    items = gathered_documents(documents, name)
    views = [Request.from_document(document) for document in documents]
    across = check_all([(view, item.locate) for view, item in zip(views, items, strict=True)])
    twice = tuple(finding for finding in across if finding.code in COUNTED_ELSEWHERE)
    once = [at for at, item in enumerate(items) if not is_again(item, twice)]
    requests = _year_requests([views[at] for at in once], name)
    return YearSource(requests, tuple(documents[at] for at in once), twice)


def _of_books(path: Path, name: str, folder: YearFolder | None) -> YearSource:
    context = ReadContext(folder.settings.year, folder) if folder else None
    gathering = gather([folder.submitted if folder else path], context=context)
    inspection = inspect(gathering, folder)
    counting = count_requests(inspection)
    rows, documents, told = counting.rows, counting.documents, inspection.findings
    if folder:
        # What finance decided stands in the summary alone, and is the 予算額 of the year.
        laid = lay_year(folder, counting)
        rows, documents, told = laid.rows, laid.documents, (*told, *laid.findings)
    errors = [finding for finding in told if finding.is_error]
    requests = _year_requests([row.request for row in rows], name, folder)
    return YearSource(requests, documents, (*errors, *counting.findings), folder)


def _year_requests(
    requests: Sequence[Request], name: str, folder: YearFolder | None = None
) -> YearRequests:
    if not requests:
        raise WrongInput(NO_REQUESTS.at(Place(name), name=name))
    if folder is not None:
        return YearRequests(
            name, folder.settings.year, tuple(requests), folder.roster, folder.settings
        )
    return YearRequests(name, _year(requests, name), tuple(requests))


def _year(requests: Sequence[Request], name: str) -> FiscalYear:
    given = {request.fiscal_year for request in requests}
    years = sorted(year for year in given if year is not None and year in _YEARS)
    if len(years) == 1:
        return FiscalYear(years[0])
    labels = "と".join(FiscalYear(year).label for year in years)
    problem = (
        f"「{name}」に{labels}の要求があります" if years else f"「{name}」の要求に年度がありません"
    )
    raise WrongInput(NO_YEAR.at(Place(name), problem=problem))
