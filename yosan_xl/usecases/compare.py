"""`compare` and `trend`: two years side by side, or all years in a row, by 款・項・目, department, 要求区分 or project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from yosan_xl.model.comparison import (
    Amount,
    Basis,
    By,
    Comparison,
    Figure,
    Side,
    Trend,
    TrendRow,
    YearRequests,
    in_one_unit,
    unit_of,
)
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.matching import Project, Succession, match
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import NOT_GIVEN, Key
from yosan_xl.model.two_years import by_account, grouped, known_keys, project_key
from yosan_xl.report.comparison_text import (
    comparison_csv,
    comparison_json,
    comparison_text,
    trend_csv,
    trend_json,
    trend_text,
)
from yosan_xl.store.books import expand_paths
from yosan_xl.store.succession_file import read_succession
from yosan_xl.store.write import write_bytes
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.outputs import COMPARISON, in_format
from yosan_xl.usecases.succession import Step, two_years
from yosan_xl.usecases.year import books_in
from yosan_xl.usecases.year_source import YearSource, open_source, years_of


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and what was found in the two years and in 対応表.csv."""

    comparison: Comparison
    findings: tuple[Finding, ...]


def compare(
    old: str,
    new: str,
    by: By = By.REQUEST,
    figure: Figure = Figure.EITHER,
    table: Path | None = None,
) -> Compared:
    """Compare the years of two sources; raise WrongInput for what cannot be read.

    Without `table` the 対応表.csv of the new year's folder is used, where there is one.
    """
    before, after = open_source(old), open_source(new)
    _refuse_unknown(by, (before.requests, after.requests))
    succession = succession_of(table, after)
    earlier, later = in_one_unit((before.requests, after.requests))
    done = compare_years(old=earlier, new=later, by=by, figure=figure, succession=succession)
    return Compared(done.comparison, (*before.findings, *after.findings, *done.findings))


def _refuse_unknown(by: By, years: Sequence[YearRequests]) -> None:
    """Raise WrongInput where no form of these years has what the rows are to be."""
    forms = [year.axes for year in years if year.axes]
    if forms and not any(map(by.is_of, forms)):
        others = "、".join(one.value for one in By if any(map(one.is_of, forms)))
        name, last = years[-1].source, forms[-1]
        label = last.word(by.meanings[-1])
        raise WrongInput(codes.NOT_IN_FORM.at(Place(name), name=name, label=label, others=others))


def succession_of(table: Path | None, source: YearSource) -> Succession:
    """Return the rows of the 対応表.csv that counts; raise WrongInput."""
    path = table or source.succession
    return read_succession(path) if path else Succession()


def compare_years(
    old: YearRequests,
    new: YearRequests,
    by: By,
    figure: Figure = Figure.EITHER,
    succession: Succession | None = None,
) -> Compared:
    """Compare two years; raise WrongInput where a row of 対応表.csv means several things."""
    years, unused = two_years(old, new, succession or Succession())
    comparison = Comparison(
        by=by,
        figure=figure,
        old=side(old, figure),
        new=side(new, figure),
        rows=tuple(years.rows(by, figure, figure)),
        questions=years.questions,
        notes=years.notes,
        axes=new.axes or old.axes,
    )
    return Compared(comparison, unused)


def side(year: YearRequests, figure: Figure) -> Side:
    """Return what a column of a year is headed with."""
    return Side(year.source, year.year, Basis.of(year.requests, figure))


def comparison_as(form: str, found: Comparison) -> bytes:
    """Return a comparison as `text`, `csv`, `json` (UTF-8) or `xlsx`."""
    if form == "xlsx":
        from yosan_xl.excel.table_books import comparison_bytes  # loads XlsxWriter

        return comparison_bytes(found)
    made = {"text": comparison_text, "csv": comparison_csv, "json": comparison_json}
    return made[form](found).encode("utf-8")


def save(
    out: Path, data: bytes, form: str, sources: Iterable[str], table: Path | None = None
) -> None:
    """Write `data` of a format; raise WrongInput where `out` is one of the files of the sources, or `table`."""
    paths = [path for path in map(Path, sources) if path.exists()]
    books, _ = expand_paths(books_in(paths))
    write_bytes(out, data, in_format(COMPARISON, form), (*books, *filter(None, [table])))


@dataclass(frozen=True, slots=True)
class Trended:
    """A trend, and what was found in the years and in 対応表.csv."""

    trend: Trend
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Chain:
    """A project through the years: its latest request, whose unit is named as of the last step.

    `asked` where another project may have been the same before.
    """

    latest: Request
    unit: str
    year: int
    name: Key
    amounts: list[Amount]
    asked: bool = False


def trend(
    sources: Sequence[str],
    by: By = By.KAN,
    figure: Figure = Figure.EITHER,
    table: Path | None = None,
) -> Trended:
    """Return the years of several sources in their order; an archive stands for all of its years.

    Raises WrongInput. Without `table` the 対応表.csv of each year's folder says how the year before goes over into it.
    """
    every = [one for source in sources for one in years_of(source)]
    opened = sorted(map(open_source, every), key=lambda source: source.requests.year)
    _refuse_unknown(by, [source.requests for source in opened])
    shared = read_succession(table) if table else None
    tables = [shared or succession_of(None, source) for source in opened[1:]]
    years = in_one_unit([source.requests for source in opened])
    done = trend_of(years, by, figure, tables)
    found = [finding for source in opened for finding in source.findings]
    return Trended(done.trend, (*found, *done.findings))


def trend_of(
    years: Sequence[YearRequests],
    by: By,
    figure: Figure = Figure.EITHER,
    tables: Sequence[Succession] = (),
) -> Trended:
    """Return years (earliest first) side by side; `tables` has what is said of each step.

    Raises WrongInput for a year that is there twice.
    """
    _refuse_twice(years)
    said = tables or [Succession()] * (len(years) - 1)
    pairs = zip(pairwise(years), said, strict=True)
    steps = [Step(old.year, new.year, table) for (old, new), table in pairs]
    units = [step.units(*_rosters(pair)) for step, pair in zip(steps, pairwise(years), strict=True)]
    chains = _chains(years, steps, units, figure)
    faults = [fault for step in steps for fault in step.faults]
    if faults:
        raise WrongInput(*faults)
    rows = (
        (TrendRow(chain.name, tuple(chain.amounts)) for chain in chains)
        if by is By.REQUEST
        else _by_key(years, units, by, figure)
    )
    ordered = by_account([*rows], reversed(years))
    sides = tuple(side(year, figure) for year in years)
    axes = next((year.axes for year in reversed(years) if year.axes), None)
    asked = sum(chain.asked for chain in chains) if by is By.REQUEST else 0
    found = Trend(by=by, figure=figure, years=sides, rows=tuple(ordered), open=asked, axes=axes)
    return Trended(found, tuple(_unused(steps)))


def _rosters(pair: tuple[YearRequests, YearRequests]) -> tuple[Roster, Roster]:
    return pair[0].units, pair[1].units


def _refuse_twice(years: Sequence[YearRequests]) -> None:
    for one, two in pairwise(years):
        if one.year == two.year:
            facts = {"label": one.year.label, "first": one.source, "second": two.source}
            raise WrongInput(codes.SAME_YEAR.at(Place(two.source), **facts))


def _unused(steps: Sequence[Step]) -> Iterator[Finding]:
    """Yield the findings of rows that no step between two years could use."""
    used = {(id(step.table), row) for step in steps for row in step.used}
    found = {
        (step.table.file, row): finding
        for step in steps
        for row, finding in step.unused.items()
        if (id(step.table), row) not in used
    }
    return (found[place] for place in sorted(found))


def _by_key(
    years: Sequence[YearRequests], units: Sequence[Mapping[str, str]], by: By, figure: Figure
) -> Iterator[TrendRow]:
    latest = {unit.code: unit for year in years for unit in year.units}
    columns = [
        grouped(year.requests, _units_now(year, _forward(units[at:], year), latest), by)
        for at, year in enumerate(years)
    ]
    known = [key for year in reversed(years) for key in known_keys(by, year)]
    for key in dict.fromkeys([*known, *(key for column in reversed(columns) for key in column)]):
        places = [column.get(key, ()) for column in columns]
        if any(places):
            pairs = zip(years, places, strict=True)
            amounts = (Amount.of((year.requests[at] for at in own), figure) for year, own in pairs)
            name = (latest[key[1]].name or NOT_GIVEN,) if by is By.DEPARTMENT else ()
            yield TrendRow((*key, *name), tuple(amounts))


def _units_now(
    year: YearRequests, forward: Mapping[str, str], latest: Mapping[str, Department]
) -> list[Department]:
    """Return the unit of each request as the last year that has it knows it."""
    return [latest[forward[unit_of(request)]] for request in year.requests]


def _forward(units: Sequence[Mapping[str, str]], year: YearRequests) -> dict[str, str]:
    """Return the codes that the units of a year have in the last one, as far as they go."""
    found = {unit.code: unit.code for unit in year.units}
    for step in units:
        found = {code: step.get(now, now) for code, now in found.items()}
    return found


def _chains(
    years: Sequence[YearRequests],
    steps: Sequence[Step],
    units: Sequence[Mapping[str, str]],
    figure: Figure,
) -> list[_Chain]:
    """Follow every project; those of the last year come first, in its order."""
    chains = [_chain(request, 0, len(years), figure) for request in years[0].requests]
    for at, (step, moved) in enumerate(zip(steps, units, strict=True), 1):
        for chain in chains:
            chain.unit = moved.get(chain.unit, chain.unit)
        chains = _next(chains, year=years[at], at=at, step=step, width=len(years), figure=figure)
    return chains


def _next(
    chains: list[_Chain], year: YearRequests, at: int, step: Step, width: int, figure: Figure
) -> list[_Chain]:
    """Return the chains after one more year: those that go on, in its order, then the others."""
    fresh = [_chain(request, at, width, figure) for request in year.requests]
    alive = [chain for chain in chains if chain.year == at - 1]
    resting = [chain for chain in chains if chain.year < at - 1]
    said = step.projects([chain.latest for chain in alive], year.requests)
    matching = match(_projects(alive), _projects(fresh), said)
    direct = matching.successor
    free = [two for two in range(len(fresh)) if two not in set(direct.values())]
    # A project may rest for a year or more.
    back = match(_projects(resting), _projects([fresh[two] for two in free]), {}).successor
    gone = [(alive[one], two) for one, two in direct.items()]
    gone += [(resting[one], free[two]) for one, two in back.items()]
    for chain, two in gone:
        _join(chain, fresh[two])
    _ask(fresh, [likely.new for likely in matching.likely])
    ended = {id(chain) for chain, _ in gone}
    return [*fresh, *(chain for chain in chains if id(chain) not in ended)]


def _ask(fresh: list[_Chain], likely: list[Project]) -> None:
    doubtful = {id(project.request) for project in likely}
    for chain in fresh:
        chain.asked = chain.asked or id(chain.latest) in doubtful


def _join(chain: _Chain, onto: _Chain) -> None:
    pairs = zip(chain.amounts, onto.amounts, strict=True)
    onto.amounts = [before + after for before, after in pairs]
    onto.asked = onto.asked or chain.asked


def _chain(request: Request, at: int, width: int, figure: Figure) -> _Chain:
    amounts = [Amount()] * width
    amounts[at] = Amount.of([request], figure)
    unit = unit_of(request)
    return _Chain(
        latest=request, unit=unit, year=at, name=project_key(request, {}), amounts=amounts
    )


def _projects(chains: Iterable[_Chain]) -> list[Project]:
    return [Project(chain.latest, chain.unit) for chain in chains]


def trend_as(form: str, found: Trend) -> bytes:
    """Return a trend as `text`, `csv`, `json` (UTF-8) or `xlsx`."""
    if form == "xlsx":
        from yosan_xl.excel.table_books import trend_bytes  # loads XlsxWriter

        return trend_bytes(found)
    made = {"text": trend_text, "csv": trend_csv, "json": trend_json}
    return made[form](found).encode("utf-8")
