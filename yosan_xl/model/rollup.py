"""集計: the requests of a year in the order of the list, and their sums by any of their keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import inf
from operator import attrgetter, itemgetter
from typing import TypeVar

from yosan_xl.model.axes import ASKED, DECIDED, TOTAL, Axes
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.intake import SummaryRow as SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.request import Request
from yosan_xl.model.settings import Settings

NOT_GIVEN = "（記入なし）"
"""Stands for a key (会計, 款, ...) that is not given, so that nothing drops out of a sum."""

Key = tuple[str, ...]

K = TypeVar("K", str, Key)

_ZERO = Money(0)

_OF_REQUEST: Mapping[str, str] = {
    "account": "account",
    "kan": "level1",
    "kou": "level2",
    "moku": "level3",
    "category": "kind",
}
"""The keys of a request, and what they mean in a form."""

_LEVELS = ("kan", "kou", "moku")

_OF_UNIT: Mapping[str, Callable[[Department], str]] = {
    "department_code": attrgetter("code"),
    "bureau": attrgetter("bureau"),
    "section": attrgetter("section"),
}


@dataclass(frozen=True, slots=True)
class Sums:
    """件数, and the sum of every stage and source of the form; an amount not given adds nothing.

    `given` counts the requests that have the total of a stage, `funded` those of them whose sources are known and come to
    it; what is typed of the sources of the others is in the sums too.
    `general_account` is what of 要求額 is in 一般会計. Where some requests `lack_last_year`, nothing that is worked out from last
    year's amounts (増減) is known of them together.
    """

    count: int
    amounts: Mapping[tuple[str, str], Money]
    given: Mapping[str, int]
    general_account: Money = _ZERO
    other_accounts: Money = _ZERO
    funded: Mapping[str, int] = field(default_factory=dict)
    lack_last_year: int = 0

    @property
    def requested(self) -> Money:
        """要求額."""
        return self.amount(ASKED)

    @property
    def budgeted(self) -> Money:
        """予算額, as far as it is decided."""
        return self.amount(DECIDED)

    def amount(self, stage: str, source: str = TOTAL) -> Money:
        """Return the sum of a source at a stage, 0 where the form has none."""
        return self.amounts.get((stage, source), _ZERO)

    def known(self, stage: str, source: str = TOTAL) -> Money | None:
        """Return what a stage comes to so far, None where no request has it: not decided yet is not 0."""
        return self.amount(stage, source) if self.given.get(stage) else None

    def is_whole(self, stage: str) -> bool:
        """Return whether every request has the total of a stage."""
        return self.given.get(stage, 0) == self.count

    def how_far(self, stage: str) -> str:
        """Return `決定 105 / 159`, which stands beside the total of a stage; nothing where all is decided."""
        if self.is_whole(stage):
            return ""
        return f"決定 {self.given.get(stage, 0):,} / {self.count:,}"

    def funding(self, stage: str, sources: Iterable[str]) -> Money:
        """Return 財源の計 of a stage: these sources together."""
        return Money(sum(self.amount(stage, source) for source in sources))


@dataclass(frozen=True, slots=True)
class Group:
    """The requests that share a key, and what they come to."""

    key: Key
    rows: tuple[SummaryRow, ...]
    sums: Sums


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source of one request that has a name, or an amount of 特定財源."""

    row: SummaryRow
    source: str
    name: str
    amount: Money | None


def place_of(row: SummaryRow, roster: Roster) -> tuple[float, int]:
    """Return where a request stands in a list: by its NO, without one last in the order of the roster."""
    number = row.request.no
    return inf if number is None else number, roster.position(row.request.department_code)


@dataclass(frozen=True, slots=True)
class Rollup:
    """The requests of a year, with the lists that give them their order."""

    rows: tuple[SummaryRow, ...]
    settings: Settings
    roster: Roster
    axes: Axes

    @classmethod
    def of(
        cls, rows: Iterable[SummaryRow], settings: Settings, roster: Roster, axes: Axes
    ) -> Rollup:
        """Take the requests in any order; the list is by NO, and those without it come last.

        Raises ValueError for two requests from one sheet: formulas tell them apart by file and
        sheet, the one key that even a request without NO and ID has.
        """
        rows = tuple(rows)
        sources = Counter((row.source.file, row.source.sheet) for row in rows)
        twice = [source for source, times in sources.items() if times > 1]
        if twice:
            raise ValueError(f"two requests from one sheet: {twice}")

        ordered = sorted(rows, key=lambda row: place_of(row, roster))
        return cls(tuple(ordered), settings, roster, axes)

    def unit(self, request: Request) -> Department:
        """Return the 所管課: as the roster has it, or as the request says if its code is unknown."""
        code = request.department_code
        return self.roster.by_code(code) or Department(
            code or NOT_GIVEN, request.bureau or "", request.section or ""
        )

    def key(self, row: SummaryRow, field: str) -> str:
        """Return the key of a request: `account`, `kan`, `category`, `department_code`, ..."""
        if field in _OF_UNIT:
            return _OF_UNIT[field](self.unit(row.request))
        return row.request.meaning(_OF_REQUEST[field]) or NOT_GIVEN

    def keys(self, row: SummaryRow) -> dict[str, str]:
        """Return every key of a request."""
        unit = self.unit(row.request)
        of_unit = {field: get(unit) for field, get in _OF_UNIT.items()}
        return keys_of_request(row.request) | of_unit

    def groups(self, fields: Sequence[str]) -> tuple[Group, ...]:
        """Return the sums by these keys, in the order of the settings and of the roster.

        What the settings or the roster do not know comes after what they know, and is never lost.
        """
        ranks = [(field, self._rank(field)) for field in fields]

        def order(row: SummaryRow) -> list[tuple[int, str]]:
            return [(rank(row), self.key(row, field)) for field, rank in ranks]

        def key(ordered: tuple[list[tuple[int, str]], SummaryRow]) -> Key:
            return tuple(word for _, word in ordered[0])

        ordered = sorted(((order(row), row) for row in self.rows), key=itemgetter(0))
        runs = [(found, tuple(row for _, row in run)) for found, run in groupby(ordered, key)]
        return tuple(Group(found, run, self.sums(run)) for found, run in runs)

    def sums(self, rows: Iterable[SummaryRow]) -> Sums:
        """Return what these requests come to."""
        rows = tuple(rows)
        requests = [row.request for row in rows]
        lacking = sum(one.lacks_last_year for one in requests)
        unknown = self.axes.against_last_year() if lacking else ()
        stages = [one for one in self.axes.stages if one not in unknown]
        cells = [(one.key, source) for one in stages for source in one.amounts]
        columns = {cell: [request.amounts.get(cell) for request in requests] for cell in cells}
        amounts = {cell: Money(sum(filter(None, column))) for cell, column in columns.items()}
        given = {
            stage: sum(one is not None for one in column)
            for (stage, source), column in columns.items()
            if source == TOTAL
        }
        general = Money(sum(one.requested for one in requests if self.is_general(one)))
        others = Money(sum(one.requested for one in requests) - general)
        names = {key: name for name, key in self.settings.stage_keys(self.axes).items()}
        funded = {
            stage: sum(self._is_funded(row, stage, names.get(stage)) for row in rows)
            for stage in given
        }
        return Sums(len(requests), amounts, given, general, others, funded, lacking)

    def _is_funded(self, row: SummaryRow, stage: str, name: str | None) -> bool:
        """Return whether a request has the total of a stage and its sources: as the assessment (`name`) says, else as they come to it."""
        amounts = row.request.amounts
        total = amounts.get((stage, TOTAL))
        if total is None:
            return False
        decision = next((one for one in row.decisions if one.stage == name), None)
        if decision:
            return decision.is_funded
        known = self.axes.stage(stage).amounts
        own = [amounts.get((stage, one.key)) for one in self.axes.sources if one.key in known]
        return not own or sum(filter(None, own)) == total

    def is_general(self, request: Request) -> bool:
        """Return whether a request is of 一般会計, as all are in a form without accounts."""
        accounts = self.settings.accounts
        return not (accounts and self.axes.has("account")) or request.account == accounts[0].name

    def named_sources(self, rows: Iterable[SummaryRow], source: str) -> Iterator[NamedSource]:
        """Return the grants and notes of one source: every name, and every amount of 特定財源; none where the form has no names."""
        if not self.axes.source(source).name:
            return
        is_specific = source in self.axes.specific
        for row in rows:
            name, amount = row.request.source_name(source), row.request.amount(ASKED, source)
            if name or (is_specific and amount):
                yield NamedSource(row, source, name or NOT_GIVEN, amount)

    def _rank(self, field: str) -> Callable[[SummaryRow], int]:
        """Return what puts requests into the order of a key; what is not known comes last."""
        if field in _LEVELS:
            return self._rank_of_level(_LEVELS.index(field) + 1)
        known = {
            "account": [account.name for account in self.settings.accounts],
            "category": self.settings.categories,
            "bureau": [unit.bureau for unit in self.roster],
        }
        if field not in known:
            return lambda row: self.roster.position(row.request.department_code)
        places, last = _places(known[field]), len(known[field])
        return lambda row: places.get(self.key(row, field), last)

    def _rank_of_level(self, depth: int) -> Callable[[SummaryRow], int]:
        """Return what puts requests into the order of 款・項・目; in a form without accounts those of the first."""
        places = _places(list(dict.fromkeys(level_paths(self.settings, depth + 1))))
        accounts = self.settings.accounts
        own = accounts[0].name if accounts and not self.axes.has("account") else ""

        def rank(row: SummaryRow) -> int:
            request = row.request
            levels = (request.meaning(_OF_REQUEST[one]) or "" for one in _LEVELS[:depth])
            return places.get((request.account or own, *levels), len(places))

        return rank


def level_paths(settings: Settings, length: int) -> Iterator[Key]:
    """Yield the paths 会計・款・項・目 of a year down to so many parts, in their order."""
    own = settings.levels or tuple(
        (account.name, kan) for account in settings.accounts for kan in account.kan
    )
    yield from (path[:length] for path in own if len(path) >= length)


def keys_of_request(request: Request) -> dict[str, str]:
    """Return every key that a request itself says: 会計, 款, ..., as far as its form has them."""
    texts, meanings = request.texts, request.axes.meanings
    return {
        field: texts.get(meanings[meaning]) or NOT_GIVEN
        for field, meaning in _OF_REQUEST.items()
        if meaning in meanings
    }


def amounts_of(request: Request) -> dict[str, Money | None]:
    """Return every amount of a request by stage and source (`asked/total`), and the limit of its 債務負担行為."""
    amounts = {"/".join(cell): amount for cell, amount in request.amounts.items()}
    has_limit = request.axes.has("contract_limit")
    return amounts | ({"limit": request.contract_authorization.limit} if has_limit else {})


def _places(names: Sequence[K]) -> dict[K, int]:
    """Return where each name stands first."""
    return {name: at for at, name in reversed(list(enumerate(names)))}
