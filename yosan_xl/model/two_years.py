"""The one comparison of two years: which requests stand in a row together, and what they come to.

`compare`, `trend` and 前年度比較 of the summary all take their rows, states and amounts from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from yosan_xl.model.comparison import Amount, AnyRow, By, ComparedRow, Figure, YearRequests, unit_of
from yosan_xl.model.department import Department
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.matching import Likely, Matching, Project
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import NOT_GIVEN, Key, level_paths
from yosan_xl.model.text import canonical

NO_TITLE = "（事業名なし）"


@dataclass(frozen=True, slots=True)
class TwoYears:
    """Two years brought together: `units` has by the code of an old unit that of the new one."""

    old: YearRequests
    new: YearRequests
    units: Mapping[str, str]
    matching: Matching

    def rows(self, by: By, old: Figure, new: Figure) -> list[ComparedRow]:
        """Return the rows with the figures of either year, accounts in the order of the settings."""
        rows = self._by_project(old, new) if by is By.REQUEST else self._by_key(by, old, new)
        return by_account([*rows], (self.new, self.old))

    @property
    def old_units(self) -> list[Department]:
        """The unit of each old request, as the later year knows it."""
        now = self.new.units
        codes = (self.units.get(unit_of(request)) for request in self.old.requests)
        pairs = zip(codes, self.old.requests, strict=True)
        return [now.by_code(code) or self.old.unit(request) for code, request in pairs]

    @property
    def questions(self) -> tuple[str, ...]:
        """Ask of every pair of projects that may be one, and say what to write."""
        return tuple(map(_question, self.matching.likely))

    @property
    def notes(self) -> tuple[str, ...]:
        """Say which units were taken for the same, and which projects are in another account now."""
        return *self._renamed(), *self._moved()

    def _by_key(self, by: By, old: Figure, new: Figure) -> Iterator[ComparedRow]:
        units = map(self.new.unit, self.new.requests)
        before = grouped(self.old.requests, self.old_units, by)
        after = grouped(self.new.requests, units, by)
        old_names, names = unit_names(self.old), unit_names(self.new)
        known = [*known_keys(by, self.new), *known_keys(by, self.old)]
        for key in dict.fromkeys([*known, *after, *before]):
            places = before.get(key, ()), after.get(key, ())
            if any(places):
                called = [old_names[unit_of(self.old.requests[at])] for at in places[0]]
                name, was = _named(key, by, [*dict.fromkeys(called)], names)
                yield self._row(name, was, places, (old, new))

    def _by_project(self, old: Figure, new: Figure) -> Iterator[ComparedRow]:
        before: dict[int, list[int]] = {}
        old_names, names = unit_names(self.old), unit_names(self.new)
        for one, two in sorted(self.matching.successor.items()):
            before.setdefault(two, []).append(one)
        for at, request in enumerate(self.new.requests):
            key, own = project_key(request, names), before.get(at, [])
            was = _was(key, [project_key(self.old.requests[one], old_names) for one in own])
            yield self._row(key, was, (own, [at]), (old, new))
        for at, request in enumerate(self.old.requests):
            if at not in self.matching.successor:
                yield self._row(project_key(request, old_names), "", ([at], []), (old, new))

    def _row(
        self,
        key: Key,
        was: str,
        places: tuple[Sequence[int], Sequence[int]],
        figures: tuple[Figure, Figure],
    ) -> ComparedRow:
        (before, after), (old, new) = places, figures
        return ComparedRow(
            key=key,
            old=Amount.of((self.old.requests[at] for at in before), old),
            new=Amount.of((self.new.requests[at] for at in after), new),
            was=was,
            before=tuple(before),
            after=tuple(after),
        )

    def _renamed(self) -> Iterator[str]:
        """Report every unit that asks for something and has another name or code now."""
        asking = {unit_of(request) for request in (*self.old.requests, *self.new.requests)}
        after = self.new.units
        for unit in self.old.units:
            now = after.by_code(self.units.get(unit.code))
            if now is None or not asking & {unit.code, now.code}:
                continue
            if (canonical(unit.name), unit.code) != (canonical(now.name), now.code):
                yield (
                    f"所管課 {unit.code}「{unit.name}」を、{now.code}「{now.name}」と同じものとして比べました。"
                )

    def _moved(self) -> Iterator[str]:
        for one, two in sorted(self.matching.moved.items()):
            old, new = self.old.requests[one], self.new.requests[two]
            yield (
                f"{_shown(new)}は、会計が「{old.account or NOT_GIVEN}」から「{new.account or NOT_GIVEN}」に変わったので、"
                "前の会計の皆減、後の会計の皆増としました。"
            )


@dataclass(frozen=True, slots=True)
class AgainstLastYear:
    """A year's summary beside the year before it: `rows` are those of the old year's requests."""

    rows: tuple[SummaryRow, ...]
    years: TwoYears


def projects_of(year: YearRequests, units: Mapping[str, str]) -> list[Project]:
    """Return the requests of a year, each with the code that its unit has by `units`."""
    codes = [unit_of(request) for request in year.requests]
    pairs = zip(year.requests, codes, strict=True)
    return [Project(request, units.get(code, code)) for request, code in pairs]


def grouped(
    requests: Iterable[Request], units: Iterable[Department], by: By
) -> dict[Key, list[int]]:
    """Return the places of the requests by their key; `units` has the unit of each."""
    found: dict[Key, list[int]] = {}
    for at, (request, unit) in enumerate(zip(requests, units, strict=True)):
        found.setdefault(_key_of(request, unit, by), []).append(at)
    return found


def known_keys(by: By, year: YearRequests) -> Iterator[Key]:
    """Yield the keys of a year in the order of its settings and roster, as far as known."""
    accounts = _accounts(year)
    if by.meanings[:1] == ("level1",) and year.settings:
        yield from level_paths(year.settings, 1 + len(by.meanings))
    elif by is By.CATEGORY and year.settings:
        yield from product(accounts, year.settings.categories)
    elif by in (By.BUREAU, By.DEPARTMENT):
        codes = (unit.code if by is By.DEPARTMENT else unit.bureau for unit in year.units)
        yield from product(accounts, codes)


def by_account(rows: Sequence[AnyRow], years: Iterable[YearRequests]) -> list[AnyRow]:
    """Return the rows of each account together, accounts in the order of the years' settings."""
    known: list[str] = [account for year in years for account in _accounts(year)]
    accounts = [*dict.fromkeys([*known, *(row.key[0] for row in rows)])]
    return sorted(rows, key=lambda row: accounts.index(row.key[0]))


def _accounts(year: YearRequests) -> list[str]:
    return [account.name for account in year.settings.accounts] if year.settings else []


def unit_names(year: YearRequests) -> Mapping[str, str]:
    """Return the name of each unit by its code."""
    return {unit.code: unit.name for unit in year.units}


def project_key(request: Request, names: Mapping[str, str]) -> Key:
    """Return account, id, the department's name (of `unit_names`) and title of a request."""
    name = names.get(unit_of(request)) or request.department or NOT_GIVEN
    return (request.account or NOT_GIVEN, request.id or "", name, request.title or NO_TITLE)


def _key_of(request: Request, unit: Department, by: By) -> Key:
    account = request.account or NOT_GIVEN
    if by.meanings:
        return account, *(request.meaning(one) or NOT_GIVEN for one in by.meanings)
    return account, unit.bureau if by is By.BUREAU else unit.code


def _named(key: Key, by: By, before: list[str], names: Mapping[str, str]) -> tuple[Key, str]:
    """Return the name of a unit as the later year has it, and what it was called before."""
    if by is not By.DEPARTMENT:
        return key, ""
    account, code = key
    name = names.get(code) or "、".join(before) or NOT_GIVEN
    changed = any(canonical(one) != canonical(name) for one in before)
    return (account, code, name), "、".join(before) if changed else ""


def _was(key: Key, before: Sequence[Key]) -> str:
    """Return what a project was before, where its name, unit or id is another or it was several."""
    if len(before) == 1 and [*map(canonical, before[0])] == [*map(canonical, key)]:
        return ""
    return "、".join(f"{one[1]} {one[2]}「{one[3]}」".strip() for one in before)


def _question(likely: Likely) -> str:
    old, new = likely.old.request, likely.new.request
    one, two = old.id or old.title or "", new.id or new.title or ""
    same = "要求書IDは同じですが、事業名がちがいます。" if likely.same_id else ""
    return (
        f"前の {_shown(old)}は、後の {_shown(new)}のことですか。{same}"
        f"同じ事業なら「事業,{one},{two}」、別の事業なら「事業,{one},」という行を 対応表.csv に書いてください。"
    )


def _shown(request: Request) -> str:
    return f"{request.id or ''}「{request.title or NO_TITLE}」".strip()
