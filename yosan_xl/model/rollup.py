"""集計: the requests of a year in the order of the list, and their sums by any of their keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter

from yosan_xl.model.axes import ASKED, DECIDED, SOURCES, SPECIFIC
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.intake import SummaryRow as SummaryRow
from yosan_xl.model.money import ThousandYen
from yosan_xl.model.request import Request
from yosan_xl.model.settings import Settings

NOT_GIVEN = "（記入なし）"
"""Stands for a key (会計, 款, ...) that is not given, so that nothing drops out of a sum."""

Key = tuple[str, ...]

_ZERO = ThousandYen(0)

_OF_REQUEST: Mapping[str, Callable[[Request], str | None]] = {
    field: attrgetter(field) for field in ("account", "kan", "category")
}
_OF_UNIT: Mapping[str, Callable[[Department], str]] = {
    "department_code": attrgetter("code"),
    "bureau": attrgetter("bureau"),
    "section": attrgetter("section"),
}


@dataclass(frozen=True, slots=True)
class Sums:
    """件数, and sums in 千円; an amount not given adds nothing."""

    count: int = 0
    requested: ThousandYen = _ZERO
    general_account: ThousandYen = _ZERO  # what of `requested` is in 一般会計
    other_accounts: ThousandYen = _ZERO
    earmarked: ThousandYen = _ZERO
    national: ThousandYen = _ZERO
    metropolitan: ThousandYen = _ZERO
    other: ThousandYen = _ZERO
    general: ThousandYen = _ZERO
    budgeted: ThousandYen = _ZERO

    @property
    def funding(self) -> ThousandYen:
        """財源内訳の計: the four sources together (千円)."""
        return ThousandYen(sum(getattr(self, source) for source in SOURCES))


@dataclass(frozen=True, slots=True)
class Group:
    """The requests that share a key, and what they come to."""

    key: Key
    rows: tuple[SummaryRow, ...]
    sums: Sums


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A row of 財源内訳 of one request that has a name, or an amount to be earmarked (千円)."""

    row: SummaryRow
    source: str
    name: str
    amount: ThousandYen | None


@dataclass(frozen=True, slots=True)
class Rollup:
    """The requests of a year, with the lists that give them their order."""

    rows: tuple[SummaryRow, ...]
    settings: Settings
    roster: Roster

    @classmethod
    def of(cls, rows: Iterable[SummaryRow], settings: Settings, roster: Roster) -> Rollup:
        """Take the requests in any order; the list is by NO, and those without it come last.

        Raises ValueError for two requests from one sheet: formulas tell them apart by file and
        sheet, the one key that even a request without NO and ID has.
        """
        rows = tuple(rows)
        sources = Counter((row.source.file, row.source.sheet) for row in rows)
        twice = [source for source, times in sources.items() if times > 1]
        if twice:
            raise ValueError(f"two requests from one sheet: {twice}")

        def place(row: SummaryRow) -> tuple[bool, int, int]:
            number = row.request.no
            return number is None, number or 0, roster.position(row.request.department_code)

        return cls(tuple(sorted(rows, key=place)), settings, roster)

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
        return _OF_REQUEST[field](row.request) or NOT_GIVEN

    def keys(self, row: SummaryRow) -> dict[str, str]:
        """Return every key of a request."""
        unit, request = self.unit(row.request), row.request
        of_request = {field: get(request) or NOT_GIVEN for field, get in _OF_REQUEST.items()}
        return of_request | {field: get(unit) for field, get in _OF_UNIT.items()}

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
        columns = zip(*(self._figures(row.request) for row in rows), strict=True)
        return Sums(*(ThousandYen(sum(column)) for column in columns))

    def named_sources(self, rows: Iterable[SummaryRow], source: str) -> Iterator[NamedSource]:
        """Return the grants and notes of one source: every name, and every earmarked amount."""
        for row in rows:
            funding = row.request.funding.get(source)
            if funding and (funding.name or (source != "general" and funding.amount)):
                yield NamedSource(row, source, funding.name or NOT_GIVEN, funding.amount)

    def _figures(self, request: Request) -> tuple[int, ...]:
        """Return what a request adds to each of the Sums."""
        asked = request.requested
        in_general = request.account == self.settings.accounts[0].name
        return (
            1,
            asked,
            asked if in_general else 0,
            0 if in_general else asked,
            *(request.amount(ASKED, source) or 0 for source in (SPECIFIC, *SOURCES)),
            request.amount(DECIDED) or 0,
        )

    def _rank(self, field: str) -> Callable[[SummaryRow], int]:
        """Return what puts requests into the order of a key; what is not known comes last."""
        if field == "kan":
            return self._rank_of_kan()
        known = {
            "account": [account.name for account in self.settings.accounts],
            "category": self.settings.categories,
            "bureau": [unit.bureau for unit in self.roster],
        }
        if field not in known:
            return lambda row: self.roster.position(row.request.department_code)
        places, last = _places(known[field]), len(known[field])
        return lambda row: places.get(self.key(row, field), last)

    def _rank_of_kan(self) -> Callable[[SummaryRow], int]:
        known = {account.name: account.kan for account in reversed(self.settings.accounts)}
        places = {account: _places(kan) for account, kan in known.items()}

        def rank(row: SummaryRow) -> int:
            account = row.request.account or ""
            return places.get(account, {}).get(row.request.kan or "", len(known.get(account, ())))

        return rank


def amounts_of(request: Request) -> dict[str, ThousandYen | None]:
    """Return every amount of a request that the list shows (千円), None where it is not given."""
    return {
        "requested": request.amount(ASKED),
        "earmarked": request.amount(ASKED, SPECIFIC),
        **{source: request.amount(ASKED, source) for source in SOURCES},
        "limit": request.contract_authorization.limit,
        "budgeted": request.amount(DECIDED),
    }


def tenths_of_percent(part: int, whole: int) -> int | None:
    """Return the share in 0.1 %, rounded half away from zero; None where there is no whole."""
    if whole == 0:
        return None
    size = (2 * abs(part) * 1000 + abs(whole)) // (2 * abs(whole))
    return size if (part < 0) == (whole < 0) else -size


def _places(names: Sequence[str]) -> dict[str, int]:
    """Return where each name stands first."""
    return {name: at for at, name in reversed(list(enumerate(names)))}
