"""Last year's projects and what they came to: kept in 前年度.json, put into blank books, asked by rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from json import loads
from pathlib import Path
from typing import Any, NamedTuple

from yosan_xl.form.definition import FilledBy
from yosan_xl.form.mapping import put
from yosan_xl.model.axes import ASKED, DECIDED, LAST_YEAR, TOTAL, Amounts, Axes
from yosan_xl.model.comparison import Figure, unit_of
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Likely, Project, Succession, match
from yosan_xl.model.money import Money
from yosan_xl.model.request import Document, Request
from yosan_xl.model.text import canonical
from yosan_xl.report.table import to_json
from yosan_xl.store.faults import shown
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.succession_file import SUCCESSION_NAME, read_succession
from yosan_xl.store.write import write_bytes
from yosan_xl.store.year_folder import KEPT, YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.gathered import parse_documents
from yosan_xl.usecases.year import axes_of, form_of

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


def import_prior(
    year: YearFolder, source: str, base: Sequence[PriorProject]
) -> tuple[Finding, ...]:
    """Keep last year's projects and amounts from `source` for `generate`; raise WrongInput, WriteFailed.

    A plain list gives the amounts of the projects in `base`, and those that it has besides; any other source of a year
    (see `open_source`) takes their place.
    """
    from yosan_xl.usecases.prior_list import is_plain_list

    before = FiscalYear(year.settings.year.western - 1)
    if is_plain_list(Path(source)):
        projects, findings = _with_list(year, Path(source), base)
        keep_projects(year, projects, before)
        return findings
    from yosan_xl.usecases.year_source import open_source

    found = open_source(source, before)
    if found.requests.year >= year.settings.year:
        facts = {"found": found.requests.year.label, "wanted": year.settings.year.label}
        raise WrongInput(codes.NOT_EARLIER.at(Place(found.requests.source), **facts))
    keep_prior(year, found.requests.requests, found.requests.year)
    return found.findings


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
    scaled = {key: _scaled(amount, old.unit, axes.unit) for key, amount in amounts.items()}
    if any(scaled[key] is None for key, amount in amounts.items() if amount is not None):
        lost.append(f"額（{old.unit}）")
        scaled = {}
    return PriorAmounts({(LAST_YEAR, key): one for key, one in scaled.items()}, tuple(lost))


def _home(source: str, old: Axes, new: Axes, own: Sequence[str]) -> str | None:
    """Return the source of the new form that an old one is: the same of the same form, else the one of its name."""
    if old.form == new.form:
        return source if source in own else None
    label = canonical(old.source_label(source))
    return next((key for key in own if canonical(new.source_label(key)) == label), None)


def _scaled(amount: Money | None, unit: str, wanted: str) -> Money | None:
    if amount is None or unit == wanted:
        return amount
    if wanted == "円":
        return Money(amount * 1_000)
    return None if amount % 1_000 else Money(amount // 1_000)


def _with_list(
    year: YearFolder, path: Path, base: Sequence[PriorProject]
) -> tuple[list[PriorProject], tuple[Finding, ...]]:
    """Return the projects of `base` with the amounts of a list, and those that stand in it alone."""
    from yosan_xl.usecases.prior_list import read_prior_list

    form, file = form_of(year), shown(path.name)
    table = year.root / SUCCESSION_NAME
    said = read_succession(table) if table.is_file() else Succession()
    listing = read_prior_list(path, year, form, said)
    listed = [
        PriorProject(Request.from_document(one.document, form.axes), one.amounts, True)
        for one in listing.projects
    ]
    known = [project for project in base if not project.is_only_listed]
    if not known:
        return listed, listing.findings
    pairs, likely = _pairs(listed, known, year, has_account=listing.has_account)
    rest = [one for at, one in enumerate(listed) if at not in pairs.values()]
    merged = [
        replace(one, listed=listed[pairs[at]].listed if at in pairs else {})
        for at, one in enumerate(known)
    ]
    missing = [one for at, one in enumerate(known) if at not in pairs]
    return [*merged, *rest], (*listing.findings, *_unmatched(rest, missing, likely, file))


def _pairs(
    listed: Sequence[PriorProject],
    known: Sequence[PriorProject],
    year: YearFolder,
    *,
    has_account: bool,
) -> tuple[dict[int, int], tuple[Likely, ...]]:
    """Return by the place of a known project that of its row: by 事業コード, else by unit and title; and what may be one."""
    from yosan_xl.usecases.succession import codes_now

    now = codes_now([one.request for one in known], year)
    rows, requests = (
        _projects(side, units, has_account=has_account)
        for side, units in ((listed, {}), (known, now))
    )
    by_code = _by_code(rows, requests)
    found = match(rows, requests, by_code)
    successor = {**found.successor, **by_code}
    return {new: old for old, new in successor.items()}, found.likely


def _projects(
    side: Sequence[PriorProject], now: Mapping[str, str], *, has_account: bool
) -> list[Project]:
    """Return what is matched of projects: without ids, which are numbers of sheets, and accounts that a list has not."""
    return [
        Project(
            _for_match(one.request, has_account=has_account),
            now.get(unit_of(one.request), unit_of(one.request)),
        )
        for one in side
    ]


def _for_match(request: Request, *, has_account: bool) -> Request:
    pointer = None if has_account else request.axes.meanings.get("account")
    texts = {key: text for key, text in request.texts.items() if key != pointer}
    return replace(request, id=None, texts=texts)


def _by_code(old: Sequence[Project], new: Sequence[Project]) -> dict[int, int]:
    """Return the projects of one 事業コード, where it stands once on either side."""
    sides = []
    for side in (old, new):
        keys = [one.request.meaning("project_code") for one in side]
        times = Counter(keys)
        sides.append({key: at for at, key in enumerate(keys) if key and times[key] == 1})
    return {at: sides[1][key] for key, at in sides[0].items() if key in sides[1]}


def _unmatched(
    rest: Sequence[PriorProject],
    missing: Sequence[PriorProject],
    likely: Sequence[Likely],
    file: str,
) -> Iterator[Finding]:
    """Yield what stands on one side alone, with what it may be on the other."""
    maybe = {id(one.old.request.origin): one.new.request.title for one in likely}
    for one in rest:
        ask = "新しいシートに入れました。同じ事業が引き継いだものにあれば、事業名か事業コードをそろえてください。"
        if other := maybe.get(id(one.request.origin)):
            ask = f"引き継いだ「{other}」と同じ事業なら、一覧の事業名をそろえて、もう一度実行してください。"
        yield _unmatched_one(one, file, "一覧だけにあります", ask)
    for one in missing:
        ask = "前年度の額は空欄です。一覧に事業名か事業コードのそろった行があれば入ります。"
        yield _unmatched_one(one, file, "引き継いだ要求だけにあり、一覧にありません", ask)


def _unmatched_one(one: PriorProject, file: str, problem: str, remedy: str) -> Finding:
    facts = {"title": one.request.title or "（事業名なし）", "unit": one.request.department}
    return codes.PRIOR_UNMATCHED.at(Place(file), problem=problem, remedy=remedy, **facts)


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
