"""シーリング of a year: how each stands by the requests that count, with last year's amounts from wherever they are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from yosan_xl.model.axes import ASKED, LAST_YEAR, TOTAL, Amounts, Axes
from yosan_xl.model.ceiling import (
    CeilingStanding,
    LastAmounts,
    LastOrigin,
    LastRow,
    percent,
    rate,
    standings_of,
)
from yosan_xl.model.department import Department
from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money, with_unit
from yosan_xl.model.request import Request
from yosan_xl.store.faults import StoreError
from yosan_xl.store.settings_file import SETTINGS_NAME
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.submitted.inspection import Counting
from yosan_xl.usecases.year import form_of

if TYPE_CHECKING:
    from yosan_xl.model.rollup import Rollup
    from yosan_xl.model.two_years import AgainstLastYear
    from yosan_xl.usecases.prior import PriorProject

OVER = Code(
    "YX830",
    Weight.WARNING,
    title="シーリングの超過",
    fact="「{unit}」の{measure}の要求 {asked} は、シーリング {limit}（{ground}）を {excess} 超えています{rate}{more}。",
    remedy="所管課と要求を見直すか、上限が正しいか yosan.toml の [[ceilings]] を確かめてください。上限を超えた要求も集計に入ります。",
    why="シーリングは、部や課の要求の上限です。上限の 500倍以上のときは、要求を円で入力した疑いもあります。",
    wrong="上限 30,000千円 の部の要求の計が 35,000千円",
    right="上限 30,000千円 の部の要求の計が 30,000千円",
)
UNKNOWN_LAST = Code(
    "YX831",
    Weight.WARNING,
    title="シーリングの前年度の額が分からない",
    fact="「{unit}」の{measure}のシーリング（{ground}）は、前年度の額が{problem}。",
    remedy="{remedy}",
    why="前年度の額は、--last-year（年度フォルダー、保存庫、集計ブックなど）、init --from か generate --prior で引き継いだもの、"
    "保存庫、要求書の前年度の欄の順に探します。分からない額を 0 とはしません。",
    wrong="percent = 95 の部の、前年度の要求がどこにもない",
    right="consolidate --last-year ../R1",
)

CODES = (OVER, UNKNOWN_LAST)

_TIMES = 500
"""So many times the limit are an amount in 円 more often than one in 千円 (as YX215 has it)."""


_WHERE = (
    "--last-year で前年度（年度フォルダー、保存庫:R1 など）を指定するか、"
    "yosan.toml の percent を limit（額）に変えてください。"
)
_SORTED = (
    "{word}の分かる前年度（年度フォルダー、保存庫:R1 など）を --last-year で指定するか、"
    "yosan.toml の percent を limit（額）に変えてください。"
)
_WHAT = "前年度の要求の額と財源、所管課の対応（対応表.csv）を確かめるか、yosan.toml の percent を limit（額）に変えてください。"


def ceilings_of(
    year: YearFolder, counting: Counting, compared: AgainstLastYear | None = None
) -> tuple[CeilingStanding, ...]:
    """Return how every ceiling of the year stands, none where none is set; raise WrongInput.

    `compared` is last year beside this one, where the run has it.
    """
    settings, roster = year.settings, year.roster
    if not settings.ceilings:
        return ()
    from yosan_xl.model.rollup import Rollup  # most years have no ceilings

    rollup = Rollup.of(counting.rows, settings, roster, form_of(year).axes)
    last = None
    if any(one.tenths is not None for one in settings.ceilings):
        last = _of_requests(compared, rollup.axes) if compared else _known(year, rollup)
    return standings_of(rollup, [one.row for one in counting.left_out], last)


def check_ceilings(standings: Sequence[CeilingStanding]) -> Iterator[Finding]:
    """Yield what exceeds its ceiling, and the ceilings that are not known, or not whole."""
    for one in standings:
        if one.ceiling.tenths is not None and (one.last is None or one.last_unknown):
            yield _unknown(one)
        if one.is_over:
            yield _over(one)


def _facts(one: CeilingStanding) -> dict[str, str]:
    ground = one.ground
    if one.last is not None and one.ceiling.tenths is not None:
        ground = f"前年度 {with_unit(one.last, one.money)} の {percent(one.ceiling.tenths)}"
    return {"unit": one.unit.name, "measure": one.measure, "ground": ground}


def _over(one: CeilingStanding) -> Finding:
    said = (*_largest(one), *_doubt(one), *one.remarks)
    return OVER.at(
        Place(SETTINGS_NAME),
        **_facts(one),
        asked=with_unit(one.asked, one.money),
        limit=with_unit(one.limit or 0, one.money),
        excess=with_unit(-(one.room or 0), one.money),
        rate="" if one.used is None else f"（上限の {rate(one.used)}）",
        more="".join(f"。{sentence}" for sentence in said),
    )


def _largest(one: CeilingStanding) -> Iterator[str]:
    """Yield which request asks for most: the one to look at first."""
    if row := one.largest:
        title = row.request.title or row.source.file
        amount = with_unit(row.request.amount(ASKED, one.source) or 0, one.money)
        yield f"いちばん大きい要求は「{title}」の {amount} です"


def _doubt(one: CeilingStanding) -> Iterator[str]:
    if one.money != "円" and one.asked >= _TIMES * (one.limit or 0) > 0:
        yield f"上限の {one.asked // (one.limit or 1):,}倍なので、要求を円で入力した疑いがあります"


def _unknown(one: CeilingStanding) -> Finding:
    facts = _facts(one)
    if one.last is not None:
        facts["problem"] = f"一部（{one.last_unknown}件）分からず、上限にはその分が入っていません"
    elif one.unsorted:
        facts["problem"] = f"{one.unsorted}ごとには分からないため、上限を出せません"
    elif one.last_unknown:
        facts["problem"] = f"{one.last_unknown}件とも分からないため、上限を出せません"
    else:
        none = "どこにもない" if one.origin is None else "ない"
        facts["problem"] = f"{none}ため、上限を出せません"
    remedy = _WHERE if one.origin is None else _WHAT
    if one.unsorted:
        remedy = _SORTED.format(word=one.unsorted)
    return UNKNOWN_LAST.at(Place(SETTINGS_NAME), **facts, remedy=remedy)


def _known(year: YearFolder, rollup: Rollup) -> LastAmounts | None:
    """Return last year's amounts as they are known beside the run: 前年度.json, 保存庫, what this year's requests say of it."""
    if year.prior.is_file():
        with suppress(StoreError):  # generate, which needs all of it, tells what is wrong with it
            return _kept(year, rollup)
    if found := _archived(year, rollup):
        return found
    if not rollup.axes.has_stage(LAST_YEAR):
        return None
    rows = tuple(filter(None, (_said(row, rollup) for row in rollup.rows)))
    return LastAmounts(LastOrigin.FORM, rows) if rows else None


def _archived(year: YearFolder, rollup: Rollup) -> LastAmounts | None:
    """Return the amounts of last year's last stage in 保存庫, None where there is none."""
    from yosan_xl.store.archive.shelf import read_shelf
    from yosan_xl.usecases.archive.stages import archive_of

    before = FiscalYear(year.settings.year.western - 1)
    with suppress(StoreError):
        root = archive_of(year.root)
        if read_shelf(root).find(before):
            compared = beside_last_year(f"{root}:{before.short}", year, rollup.rows)
            return _of_requests(compared, rollup.axes, LastOrigin.ARCHIVE)
    return None


def beside_last_year(source: str, year: YearFolder, rows: Sequence[SummaryRow]) -> AgainstLastYear:
    """Return last year from whatever `compare` takes beside the rows of this year; raise WrongInput."""
    from yosan_xl.usecases.year_source import read_last_year

    old = read_last_year(source, year.settings.year, form_of(year).axes.unit)
    return old.beside(rows, year)[0]


def _said(row: SummaryRow, rollup: Rollup) -> LastRow | None:
    """Return what a request says of its own last year; a new project has none."""
    request = row.request
    amounts = {key: request.amount(LAST_YEAR, key) for key in _limitable(rollup.axes)}
    if all(one is None for one in amounts.values()):
        return None
    return LastRow(rollup.unit(request), request.meaning("kind"), amounts)


def _of_requests(
    compared: AgainstLastYear, axes: Axes, origin: LastOrigin = LastOrigin.REQUESTS
) -> LastAmounts:
    pairs = zip(compared.years.old.requests, compared.years.old_units, strict=True)
    rows = (
        LastRow(unit, request.meaning("kind"), _compared(request, axes)) for request, unit in pairs
    )
    return LastAmounts(origin, tuple(rows))


def _limitable(axes: Axes) -> tuple[str, ...]:
    return (TOTAL, axes.rest) if axes.rest else (TOTAL,)


def _compared(request: Request, axes: Axes) -> Mapping[str, Money | None]:
    """Return what a request of last year is compared with, by the keys of this year's form, as 前年度一覧 has it."""
    # Who has no ceiling compares nothing.
    from yosan_xl.model.comparison import Figure, last_sources

    sources = last_sources(request) or {}
    own = {axes.rest: sources.get(axes.rest)} if axes.rest else {}
    return {TOTAL: Figure.EITHER.of(request), **own}


def _kept(year: YearFolder, rollup: Rollup) -> LastAmounts:
    """Return the amounts of 前年度.json in this year's unit, those of a list where it is one; raise WrongInput."""
    from yosan_xl.usecases.prior import read_projects
    from yosan_xl.usecases.succession import codes_now

    projects = read_projects(year.prior, year)
    now = codes_now([one.request for one in projects if not one.is_only_listed], year)

    def unit(project: PriorProject) -> Department:
        code = project.request.department_code or ""
        known = year.roster.by_code(code if project.is_only_listed else now.get(code, code))
        return known or rollup.unit(project.request)

    has_sources = any(map(_has_sources, projects))

    def amounts(project: PriorProject, axes: Axes) -> Mapping[str, Money | None]:
        if project.listed is None:
            return _in_unit(project.request, axes)
        return _listed(project.listed, axes, has_sources=has_sources)

    return LastAmounts(
        LastOrigin.KEPT,
        tuple(
            LastRow(unit(one), one.request.meaning("kind"), amounts(one, rollup.axes))
            for one in projects
        ),
    )


def _has_sources(project: PriorProject) -> bool:
    return any(source != TOTAL and amount for (_, source), amount in (project.listed or {}).items())


def _listed(listed: Amounts, axes: Axes, *, has_sources: bool) -> Mapping[str, Money | None]:
    """Return the amounts of a row of a list: what its sources leave is 一般財源, as the form computes it."""
    own = {source: amount for (stage, source), amount in listed.items() if stage == LAST_YEAR}
    total = own.get(TOTAL)
    if not axes.rest:
        return {TOTAL: total}
    rest = own.get(axes.rest)
    if rest is None and total is not None and has_sources:
        rest = Money(total - sum(own.get(one) or 0 for one in axes.specific))
    return {TOTAL: total, axes.rest: rest}


def _in_unit(request: Request, axes: Axes) -> Mapping[str, Money | None]:
    """Return the amounts of a request of last year in this year's unit."""
    from yosan_xl.usecases.prior import scaled

    found = _compared(request, axes)
    return {key: scaled(amount, request.axes.unit, axes.unit) for key, amount in found.items()}
