"""集計: the requests of a year in the order of the list, and their sums by any of their keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import groupby
from operator import attrgetter

from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Place
from yosan_xl.model.money import ThousandYen
from yosan_xl.model.request import EARMARKED_SOURCES, Request
from yosan_xl.model.settings import Settings

NOT_GIVEN = "（記入なし）"
"""Stands for a key (会計, 款, ...) that is not given, so that nothing drops out of a sum."""

SOURCES = (*EARMARKED_SOURCES, "general")
"""財源 in the order of the form: 国庫支出金, 都支出金, その他特財, 一般財源."""

Key = tuple[str, ...]

_ZERO = ThousandYen(0)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A request and the book and sheet it came from; a sheet of a file holds one request.

    `cells` has the cell (A1) of every value by its JSON pointer, where it was read from a book.
    """

    request: Request
    source: Place
    cells: Mapping[str, str | None] = field(default_factory=dict, compare=False, repr=False)


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

    def __add__(self, more: Sums) -> Sums:
        """Give both together."""
        pairs = zip(_figures(self), _figures(more), strict=True)
        return Sums(*(ThousandYen(one + two) for one, two in pairs))

    @property
    def funding(self) -> ThousandYen:
        """財源内訳の計: the four sources together (千円)."""
        return ThousandYen(sum(getattr(self, source) for source in SOURCES))


_figures = attrgetter(*(field.name for field in fields(Sums)))


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
        """Give the 所管課: as the roster has it, or as the request says if its code is unknown."""
        code, bureau, section = request.department_code, request.bureau, request.section
        own = Department(code or NOT_GIVEN, bureau or "", section or "")
        return self.roster.by_code(code) or own

    def key(self, row: SummaryRow, field: str) -> str:
        """Give the key of a request: `account`, `kan`, `category`, `department_code`, ..."""
        unit = self.unit(row.request)
        units = {"department_code": unit.code, "bureau": unit.bureau, "section": unit.section}
        if field in units:
            return units[field]
        return {
            "account": row.request.account,
            "kan": row.request.kan,
            "category": row.request.category,
        }[field] or NOT_GIVEN

    def groups(self, fields: Sequence[str]) -> tuple[Group, ...]:
        """Give the sums by these keys, in the order of the settings and of the roster.

        What the settings or the roster do not know comes after what they know, and is never lost.
        """

        def order(row: SummaryRow) -> list[tuple[int, str]]:
            return [(self._rank(row, field), self.key(row, field)) for field in fields]

        def key(row: SummaryRow) -> Key:
            return tuple(self.key(row, field) for field in fields)

        runs = [(found, tuple(run)) for found, run in groupby(sorted(self.rows, key=order), key)]
        return tuple(Group(found, run, self.sums(run)) for found, run in runs)

    def sums(self, rows: Iterable[SummaryRow]) -> Sums:
        """Give what these requests come to."""
        return sum((self._sums(row.request) for row in rows), Sums())

    def named_sources(self, rows: Iterable[SummaryRow], source: str) -> Iterator[NamedSource]:
        """Give the grants and notes of one source: every name, and every earmarked amount."""
        for row in rows:
            funding = row.request.funding.get(source)
            if funding and (funding.name or (source != "general" and funding.amount)):
                yield NamedSource(row, source, funding.name or NOT_GIVEN, funding.amount)

    def _sums(self, request: Request) -> Sums:
        asked = request.requested
        in_general = request.account == self.settings.accounts[0].name
        return Sums(
            1,
            asked,
            asked if in_general else _ZERO,
            _ZERO if in_general else asked,
            request.total.earmarked or _ZERO,
            **{source: request.funding_amount(source) for source in SOURCES},
            budgeted=request.total.budgeted or _ZERO,
        )

    def _rank(self, row: SummaryRow, field: str) -> int:
        account = self.settings.account(row.request.account)
        if field == "account":
            return _place(row.request.account, [known.name for known in self.settings.accounts])
        if field == "kan":
            return _place(row.request.kan, account.kan if account else ())
        if field == "category":
            return _place(row.request.category, self.settings.categories)
        if field == "bureau":
            return _place(self.key(row, field), [unit.bureau for unit in self.roster])
        return self.roster.position(row.request.department_code)


def amounts_of(request: Request) -> dict[str, ThousandYen | None]:
    """Give every amount of a request that the list shows (千円), None where it is not given."""
    funding = {source: request.funding.get(source) for source in SOURCES}
    return {
        "requested": request.total.requested,
        "earmarked": request.total.earmarked,
        **{source: row.amount if row else None for source, row in funding.items()},
        "limit": request.contract_authorization.limit,
        "budgeted": request.total.budgeted,
    }


def tenths_of_percent(part: int, whole: int) -> int | None:
    """Give the share in 0.1 %, rounded half away from zero; None where there is no whole."""
    if whole == 0:
        return None
    size = (2 * abs(part) * 1000 + abs(whole)) // (2 * abs(whole))
    return size if (part < 0) == (whole < 0) else -size


def _place(wanted: str | None, known: Sequence[str]) -> int:
    return known.index(wanted) if wanted in known else len(known)
