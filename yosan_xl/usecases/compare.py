"""`compare`: two years side by side, by 款, department, 要求区分 or project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.compared_by import By, Figure
from yosan_xl.model.comparison import Amount, Basis, Comparison, Row, Side, YearRequests, unit_of
from yosan_xl.model.finding import Finding
from yosan_xl.model.matching import Likely, Matching, Project, match
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import NOT_GIVEN, Key
from yosan_xl.model.succession import Succession
from yosan_xl.model.text import canonical
from yosan_xl.store.succession_file import read_succession
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.succession import Step
from yosan_xl.usecases.year_source import YearSource, open_source

NO_TITLE = "（事業名なし）"


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
    succession = succession_of(table, after)
    done = compare_years(before.requests, after.requests, by, figure, succession)
    return Compared(done.comparison, (*before.findings, *after.findings, *done.findings))


def succession_of(table: Path | None, source: YearSource) -> Succession:
    """Give the rows of the 対応表.csv that counts; raise WrongInput."""
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
    step = Step(old.year, new.year, succession or Succession())
    units = step.units(old.units, new.units)
    said = step.projects(old.requests, new.requests)
    if step.faults:
        raise WrongInput(*step.faults)
    matching = match(_projects(old, units), _projects(new, {}), said)
    rows = (
        _by_project(old, new, matching, figure)
        if by is By.REQUEST
        else _by_key(old, new, by, units, figure)
    )
    comparison = Comparison(
        by,
        figure,
        side(old, figure),
        side(new, figure),
        tuple(rows),
        tuple(_question(likely) for likely in matching.likely),
        tuple(_renamed(old, new, units)),
    )
    return Compared(comparison, tuple(step.unused[row] for row in sorted(step.unused)))


def side(year: YearRequests, figure: Figure) -> Side:
    """Give what a column of a year is headed with."""
    return Side(year.source, year.year, Basis.of(year.requests, figure))


def key_of(request: Request, by: By, units: Mapping[str, str]) -> Key:
    """Give the key of a request; `units` gives the codes of the later year."""
    if by is By.DEPARTMENT:
        return (units.get(unit_of(request), unit_of(request)),)
    if by is By.KAN:
        return (request.account or NOT_GIVEN, request.kan or NOT_GIVEN)
    return (request.category or NOT_GIVEN,)


def known_keys(by: By, year: YearRequests) -> Iterator[Key]:
    """Give the keys of a year in the order of its settings and roster, as far as known."""
    if by is By.DEPARTMENT:
        yield from ((unit.code,) for unit in year.units)
    elif year.settings and by is By.KAN:
        for account in year.settings.accounts:
            yield from ((account.name, kan) for kan in account.kan)
    elif year.settings:
        yield from ((category,) for category in year.settings.categories)


def in_order(known: Sequence[Key], found: Sequence[Key]) -> list[Key]:
    """Give all keys once: the known ones first; the 款 of an account stay together."""
    keys = [*dict.fromkeys([*known, *found])]
    first = {key[0]: at for at, key in reversed([*enumerate(keys)])}
    return sorted(keys, key=lambda key: first[key[0]])


def grouped(
    requests: Iterable[Request], by: By, units: Mapping[str, str]
) -> dict[Key, list[Request]]:
    """Give the requests by their key, in the order in which the keys come up."""
    found: dict[Key, list[Request]] = {}
    for request in requests:
        found.setdefault(key_of(request, by, units), []).append(request)
    return found


def unit_names(year: YearRequests) -> Mapping[str, str]:
    """Give the name of each unit by its code."""
    return {unit.code: unit.name for unit in year.units}


def project_key(request: Request, names: Mapping[str, str]) -> Key:
    """Give the id, the department's name (of `unit_names`) and the title of a request."""
    name = names.get(unit_of(request)) or request.department or NOT_GIVEN
    return (request.id or "", name, request.title or NO_TITLE)


def _projects(year: YearRequests, units: Mapping[str, str]) -> list[Project]:
    codes = [unit_of(request) for request in year.requests]
    pairs = zip(year.requests, codes, strict=True)
    return [Project(request, units.get(code, code)) for request, code in pairs]


def _by_key(
    old: YearRequests, new: YearRequests, by: By, units: Mapping[str, str], figure: Figure
) -> Iterator[Row]:
    before = grouped(old.requests, by, units)
    after = grouped(new.requests, by, {})
    old_names, names = unit_names(old), unit_names(new)
    for key in in_order([*known_keys(by, new), *known_keys(by, old)], [*after, *before]):
        one, two = before.get(key, []), after.get(key, [])
        if one or two:
            called = [*dict.fromkeys(old_names[unit_of(request)] for request in one)]
            name, was = _named(key, by, called, names)
            yield Row(name, Amount.of(one, figure), Amount.of(two, figure), was)


def _named(key: Key, by: By, before: list[str], names: Mapping[str, str]) -> tuple[Key, str]:
    """Give the name of a unit as the later year has it, and what it was called before."""
    if by is not By.DEPARTMENT:
        return key, ""
    name = names.get(key[0]) or "、".join(before) or NOT_GIVEN
    changed = any(canonical(one) != canonical(name) for one in before)
    return (key[0], name), "、".join(before) if changed else ""


def _by_project(
    old: YearRequests, new: YearRequests, matching: Matching, figure: Figure
) -> Iterator[Row]:
    before: dict[int, list[Request]] = {}
    old_names, names = unit_names(old), unit_names(new)
    for one, two in sorted(matching.successor.items()):
        before.setdefault(two, []).append(old.requests[one])
    for at, request in enumerate(new.requests):
        key, own = project_key(request, names), before.get(at, [])
        was = _was(key, [project_key(one, old_names) for one in own])
        yield Row(key, Amount.of(own, figure), Amount.of([request], figure), was)
    for at, request in enumerate(old.requests):
        if at not in matching.successor:
            yield Row(project_key(request, old_names), Amount.of([request], figure), Amount())


def _was(key: Key, before: Sequence[Key]) -> str:
    """Tell what a project was before, where its name, unit or id is another or it was several."""
    if len(before) == 1 and [*map(canonical, before[0])] == [*map(canonical, key)]:
        return ""
    return "、".join(f"{one[0]} {one[1]}「{one[2]}」".strip() for one in before)


def _question(likely: Likely) -> str:
    old, new = likely.old.request, likely.new.request
    one, two = old.id or old.title or "", new.id or new.title or ""
    same = "要求書IDは同じですが、事業名がちがいます。" if likely.same_id else ""
    return (
        f"前の {_project(old)}は、後の {_project(new)}のことですか。{same}"
        f"同じ事業なら「事業,{one},{two}」、別の事業なら「事業,{one},」という行を 対応表.csv に書いてください。"
    )


def _project(request: Request) -> str:
    return f"{request.id or ''}「{request.title or NO_TITLE}」".strip()


def _renamed(old: YearRequests, new: YearRequests, units: Mapping[str, str]) -> Iterator[str]:
    """Tell of every unit that asks for something and has another name or code now."""
    asking = {unit_of(request) for request in (*old.requests, *new.requests)}
    for unit in old.units:
        now = new.units.by_code(units.get(unit.code))
        if now is None or not asking & {unit.code, now.code}:
            continue
        if (canonical(unit.name), unit.code) != (canonical(now.name), now.code):
            yield (
                f"所管課 {unit.code}「{unit.name}」を、{now.code}「{now.name}」と同じものとして比べました。"
            )
