"""Last year's projects and what they came to: kept in 前年度.json, put into blank books, asked by rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from json import loads
from pathlib import Path
from typing import Any, NamedTuple

from yosan_xl.form.definition import FilledBy
from yosan_xl.form.mapping import put
from yosan_xl.model.axes import ASKED, DECIDED, LAST_YEAR, TOTAL, Amounts, Axes
from yosan_xl.model.comparison import Figure, unit_of
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import Money
from yosan_xl.model.request import Document, Request
from yosan_xl.model.text import canonical
from yosan_xl.report.table import to_json
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.write import write_bytes
from yosan_xl.store.year_folder import KEPT, YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted.gathered import parse_documents
from yosan_xl.usecases.year import axes_of

_NAMED = 3


@dataclass(frozen=True, slots=True)
class PriorProject:
    """A project of last year. `listed` are its amounts by stage and source as a plain list has them; None without one.

    It stands in the list alone where `is_only_listed`.
    """

    request: Request
    listed: Amounts | None = None
    is_only_listed: bool = False

    @property
    def figure(self) -> Money | None:
        """Return what counts as 前年度予算額: as listed, else what was decided, else what was asked for."""
        if self.listed is not None:
            return self.listed.get((LAST_YEAR, TOTAL))
        return Figure.EITHER.of(self.request)


class PriorAmounts(NamedTuple):
    """Amounts of a form's stages by prior, and the labels of last year's amounts that it has no place for."""

    amounts: Amounts
    lost: tuple[str, ...]


def keep_prior(year: YearFolder, requests: Sequence[Request], before: FiscalYear) -> None:
    """Write last year's requests, and of each the amount that counts as 前年度予算額; raise WriteFailed."""
    keep_projects(year, [PriorProject(request) for request in requests], before)


def keep_projects(year: YearFolder, projects: Sequence[PriorProject], before: FiscalYear) -> None:
    """Write last year's projects into 前年度.json; raise WriteFailed."""
    value = {
        "fiscal_year": before.western,
        "prior_budget": [_row(project) for project in projects],
        "requests": [project.request.document for project in projects],
    }
    write_bytes(year.prior, to_json(value).encode("utf-8"), KEPT)


def read_projects(path: Path, year: YearFolder) -> list[PriorProject]:
    """Read last year's projects from a 前年度.json, or any JSON of requests; raise WrongInput."""
    data = snapshot(path).data
    documents = parse_documents(data, path.name)
    rows = _prior_rows(data)
    paired = rows if len(rows) == len(documents) else [{}] * len(documents)
    pairs = zip(documents, paired, strict=True)
    return [_project(document, row, year) for document, row in pairs]


def prior_amounts(year: YearFolder) -> dict[tuple[str | None, str], int]:
    """Return what last year's projects came to, by the code of their unit and their title.

    Nothing where the file makes no sense: `generate`, which needs all of it, tells of that.
    """
    try:
        rows = _prior_rows(snapshot(year.prior).data)
        given = [row for row in rows if row["amount"] is not None]
        return {
            (row["department_code"], canonical(row["title"])): int(row["amount"]) for row in given
        }
    except (WrongInput, ValueError, LookupError, TypeError):
        return {}


def put_amounts(document: Document, project: PriorProject, axes: Axes) -> tuple[str, ...]:
    """Put last year's amounts into a document of this year; return the labels of those it has no place for."""
    found = amounts_in(project, axes)
    for (stage, source), amount in found.amounts.items():
        pointer = axes.pointer(stage, source)
        if pointer is not None and amount is not None:
            put(document, pointer, amount)
    return found.lost


def amounts_in(project: PriorProject, axes: Axes) -> PriorAmounts:
    """Return what a form's stages by prior have of a project."""
    stages = {stage.key for stage in axes.stages if stage.by == FilledBy.PRIOR.value}
    if project.listed is not None:
        own = {cell: one for cell, one in project.listed.items() if cell[0] in stages}
        return PriorAmounts(own, ())
    return _converted(project.request, axes) if LAST_YEAR in stages else PriorAmounts({}, ())


def lost_amounts(lost: Sequence[tuple[str, tuple[str, ...]]], file: str) -> Iterator[Finding]:
    """Yield one finding for each set of labels that were lost, of pairs of titles and labels."""
    by_labels: dict[tuple[str, ...], list[str]] = {}
    for title, labels in lost:
        if labels:
            by_labels.setdefault(labels, []).append(title)
    for labels, titles in by_labels.items():
        facts = {
            "labels": "".join(f"「{label}」" for label in labels),
            "titles": "、".join(titles[:_NAMED]) + ("など" if len(titles) > _NAMED else ""),
        }
        yield codes.PRIOR_LOST.at(Place(file), count=len(titles), **facts)


def _converted(request: Request, axes: Axes) -> PriorAmounts:
    """Return last year's figure in a form's own sources and unit: what has no place in it is lost, sources as a whole."""
    old = request.axes
    stage = DECIDED if Figure.EITHER.is_budgeted(request) else ASKED
    own = [key for key in axes.stage(LAST_YEAR).amounts if key != TOTAL]
    homes = {one.key: _home(one.key, old, axes, own) for one in old.sources}
    given = {key: request.amount(stage, key) for key in homes if own}
    lost = [old.source_label(key) for key, amount in given.items() if amount and not homes[key]]
    amounts = {TOTAL: request.amount(stage)}
    if not lost:
        amounts |= {home: given[key] for key, home in homes.items() if home}
    own_unit = {key: scaled(amount, old.unit, axes.unit) for key, amount in amounts.items()}
    if any(own_unit[key] is None for key, amount in amounts.items() if amount is not None):
        lost.append(f"額（{old.unit}）")
        own_unit = {}
    return PriorAmounts({(LAST_YEAR, key): one for key, one in own_unit.items()}, tuple(lost))


def _home(source: str, old: Axes, new: Axes, own: Sequence[str]) -> str | None:
    """Return the source of the new form that an old one is: the same of the same form, else the one of its name."""
    if old.form == new.form:
        return source if source in own else None
    label = canonical(old.source_label(source))
    return next((key for key in own if canonical(new.source_label(key)) == label), None)


def scaled(amount: Money | None, unit: str, wanted: str) -> Money | None:
    """Return an amount of one unit (千円, 円) in another, None where it is no whole number of it."""
    if amount is None or unit == wanted:
        return amount
    if wanted == "円":
        return Money(amount * 1_000)
    return None if amount % 1_000 else Money(amount // 1_000)


def _row(project: PriorProject) -> dict[str, Any]:
    """Return 前年度予算額: as a list has it, else what finance typed as 予算額, else 前年度要求額."""
    request, listed = project.request, project.listed
    is_budgeted = listed is not None or Figure.EITHER.is_budgeted(request)
    row: dict[str, Any] = {
        "id": request.id,
        "department_code": unit_of(request),
        "title": request.title,
        "figure": (Figure.BUDGETED if is_budgeted else Figure.REQUESTED).word(request.axes),
        "amount": project.figure,
    }
    if listed is None:
        return row
    amounts: dict[str, dict[str, int | None]] = {}
    for (stage, source), amount in listed.items():
        amounts.setdefault(stage, {})[source] = amount
    return {**row, "listed": amounts, "only_listed": project.is_only_listed}


def _prior_rows(data: bytes) -> list[Any]:
    value = loads(data)
    rows = value.get("prior_budget") if isinstance(value, dict) else None
    return rows if isinstance(rows, list) else []


def _project(document: Document, row: object, year: YearFolder) -> PriorProject:
    request = Request.from_document(document, axes_of(document, year.root))
    listed = row.get("listed") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(listed, dict):
        return PriorProject(request)
    amounts = {
        (stage, source): Money(amount)
        for stage, own in listed.items()
        if isinstance(own, dict)
        for source, amount in own.items()
        if isinstance(amount, int)
    }
    return PriorProject(request, amounts, bool(row.get("only_listed")))
