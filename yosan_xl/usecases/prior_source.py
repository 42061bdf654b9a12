"""Last year's projects brought in for `generate`: from any source of a year, or with the amounts of a plain list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from yosan_xl.model.comparison import unit_of
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Likely, Project, Succession, match
from yosan_xl.model.request import Request
from yosan_xl.store.faults import shown
from yosan_xl.store.succession_file import SUCCESSION_NAME, read_succession
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.prior import PriorProject, keep_prior, keep_projects
from yosan_xl.usecases.prior_list import is_plain_list, read_prior_list
from yosan_xl.usecases.succession import codes_now
from yosan_xl.usecases.year import form_of
from yosan_xl.usecases.year_source import open_source


def import_prior(
    year: YearFolder, source: str, base: Sequence[PriorProject]
) -> tuple[Finding, ...]:
    """Keep last year's projects and amounts from `source` for `generate`; raise WrongInput, WriteFailed.

    A plain list gives the amounts of the projects in `base`, and those that it has besides; any other source of a year
    (see `open_source`) takes their place.
    """
    before = FiscalYear(year.settings.year.western - 1)
    if is_plain_list(Path(source)):
        projects, findings = _with_list(year, Path(source), base)
        keep_projects(year, projects, before)
        return findings
    found = open_source(source, before)
    if found.requests.year >= year.settings.year:
        facts = {"found": found.requests.year.label, "wanted": year.settings.year.label}
        raise WrongInput(codes.NOT_EARLIER.at(Place(found.requests.source), **facts))
    keep_prior(year, found.requests.requests, found.requests.year)
    return found.findings


def _with_list(
    year: YearFolder, path: Path, base: Sequence[PriorProject]
) -> tuple[list[PriorProject], tuple[Finding, ...]]:
    """Return the projects of `base` with the amounts of a list, and those that stand in it alone."""
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
