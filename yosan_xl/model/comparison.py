"""年度比較: two years side by side, 増減 and 増減率, 皆増, 皆減 and 継続; and many years in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple, TypeVar

from yosan_xl.model.axes import ASKED, DECIDED, MEANING_WORDS, Axes
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import Money, tenths_of_percent
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import NOT_GIVEN, Key
from yosan_xl.model.settings import Settings
from yosan_xl.model.text import by_word

_ZERO = Money(0)
_NOBODY = Roster(())


class Figure(Enum):
    """Which amount stands for a request: what is decided where it is given, or one of the two alone."""

    EITHER = "either"
    REQUESTED = "requested"
    BUDGETED = "budgeted"

    def is_budgeted(self, request: Request) -> bool:
        """Return whether what is decided is what is taken of this request."""
        given = request.amount(DECIDED) is not None
        return self is Figure.BUDGETED or (self is Figure.EITHER and given)

    def of(self, request: Request) -> Money | None:
        """Return the amount, None where it is not given."""
        return request.amount(DECIDED if self.is_budgeted(request) else ASKED)

    def word(self, axes: Axes | None) -> str:
        """Return what a form calls it, `予算額（なければ要求額）`."""
        asked, decided = _stage_word(axes, ASKED), _stage_word(axes, DECIDED)
        either = f"{decided}（なければ{asked}）"
        return {Figure.EITHER: either, Figure.REQUESTED: asked, Figure.BUDGETED: decided}[self]


def _stage_word(axes: Axes | None, stage: str) -> str:
    usual = {ASKED: "要求額", DECIDED: "予算額"}[stage]
    return axes.stage(stage).label if axes and axes.has_stage(stage) else usual


class By(Enum):
    """What the rows of a comparison are. The first part of every row's key is its account."""

    KAN = "kan"
    KOU = "kou"
    MOKU = "moku"
    BUREAU = "bureau"
    DEPARTMENT = "department"
    CATEGORY = "category"
    REQUEST = "request"

    @property
    def meanings(self) -> tuple[str, ...]:
        """Return the meanings of the parts of a row's key that a request itself says."""
        return _MEANINGS.get(self, ())

    def is_of(self, axes: Axes) -> bool:
        """Return whether a form has what the rows are."""
        return all(map(axes.has, self.meanings))

    def words(self, axes: Axes | None) -> KeyWords:
        """Return what a form calls the rows and the parts of their keys."""
        word = axes.word if axes else MEANING_WORDS.__getitem__
        account = ("account",) if axes is None or axes.has("account") else ()
        label, parts = {
            By.BUREAU: (by_word(word("unit_upper")), (word("unit_upper"),)),
            By.DEPARTMENT: ("所管課別", ("コード", "所管課")),
            By.REQUEST: ("事業別", (word("id"), "所管課", word("title"))),
        }.get(self) or (
            by_word(word(self.meanings[-1])),
            tuple(map(word, self.meanings)),
        )
        return KeyWords(label, (*map(word, account), *parts), has_account=bool(account))


_LEVELS = ("level1", "level2", "level3")
_MEANINGS = {
    By.KAN: _LEVELS[:1],
    By.KOU: _LEVELS[:2],
    By.MOKU: _LEVELS,
    By.CATEGORY: ("kind",),
}


class KeyWords(NamedTuple):
    """What a form calls the rows of a comparison (`款別`) and the parts of a row's key.

    A form without accounts does not show the first part of a key.
    """

    label: str
    headings: tuple[str, ...]
    has_account: bool = True

    def shown(self, key: Key) -> Key:
        """Return the parts of a row's key that are shown."""
        return key if self.has_account else key[1:]


class State(Enum):
    """What became of a row between two years."""

    CONTINUED = "継続"
    NEW = "皆増"
    ENDED = "皆減"


@dataclass(frozen=True, slots=True)
class YearRequests:
    """The requests of one year, from `source`, with its roster and settings where these are known."""

    source: str
    year: FiscalYear
    requests: tuple[Request, ...]
    roster: Roster = _NOBODY
    settings: Settings | None = None

    @property
    def axes(self) -> Axes | None:
        """Return the axes of the form of its requests, None where there is none."""
        return self.requests[0].axes if self.requests else None

    @property
    def units(self) -> Roster:
        """Return the units of the roster, and those that requests name besides."""
        known = {unit.code: unit for unit in self.roster}
        for request in self.requests:
            known.setdefault(unit_of(request), self.unit(request))
        return Roster(tuple(known.values()))

    def unit(self, request: Request) -> Department:
        """Return the unit of a request: as the roster has it, else as the request itself says."""
        return self.roster.by_code(request.department_code) or Department(
            unit_of(request), request.bureau or "", request.section or ""
        )


def in_one_unit(years: Sequence[YearRequests]) -> list[YearRequests]:
    """Return years whose forms have one unit: as they are where they share it, else all in 円."""
    if len({year.axes.unit for year in years if year.axes}) < 2:
        return list(years)
    return [
        replace(year, requests=tuple(request.in_yen() for request in year.requests))
        for year in years
    ]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a year's amounts are: how many requests gave 予算額, 要求額, or neither."""

    budgeted: int
    requested: int
    missing: int
    axes: Axes | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, requests: Iterable[Request], figure: Figure) -> Basis:
        """Count the requests by the amount that is taken of them."""
        requests = tuple(requests)
        counts = {"budgeted": 0, "requested": 0, "missing": 0}
        for request in requests:
            kind = "budgeted" if figure.is_budgeted(request) else "requested"
            counts["missing" if figure.of(request) is None else kind] += 1
        return cls(**counts, axes=requests[0].axes if requests else None)

    @property
    def words(self) -> str:
        """`予算額 3件、要求額 6件`; what is not given is told too, for it adds nothing."""
        counts = (
            (Figure.BUDGETED.word(self.axes), self.budgeted),
            (Figure.REQUESTED.word(self.axes), self.requested),
            ("額の記入なし", self.missing),
        )
        return "、".join(f"{name} {number}件" for name, number in counts if number) or "要求なし"


@dataclass(frozen=True, slots=True)
class Amount:
    """件数 and their sum; an amount not given adds nothing."""

    count: int = 0
    sum: Money = _ZERO

    @classmethod
    def of(cls, requests: Iterable[Request], figure: Figure) -> Amount:
        """Return what these requests come to."""
        amounts = [figure.of(request) or 0 for request in requests]
        return cls(len(amounts), Money(sum(amounts)))

    def __add__(self, more: Amount) -> Amount:
        """Return both together."""
        return Amount(self.count + more.count, Money(self.sum + more.sum))


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A 款, a unit, a 要求区分 or a project in both years; `was` is its name before, if another.

    `before` and `after` are the places (0-based) of its requests among those of either year.
    """

    key: Key
    old: Amount
    new: Amount
    was: str = ""
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()

    @property
    def change(self) -> Money:
        """増減."""
        return Money(self.new.sum - self.old.sum)

    @property
    def rate(self) -> int | None:
        """増減率 in 0.1 %, rounded half away from zero; None where there was nothing before."""
        return tenths_of_percent(self.change, abs(self.old.sum))

    @property
    def rate_text(self) -> str:
        """`12.3%`, `△12.3%`, 皆増 or 皆減; `－` where nothing is told by a rate."""
        if self.state is not State.CONTINUED:
            return str(self.state.value)
        rate = self.rate
        if rate is None:
            return "－"
        return f"{'△' if rate < 0 else ''}{abs(rate) // 10}.{abs(rate) % 10}%"

    @property
    def state(self) -> State:
        """Judge 皆増 and 皆減 by whether there are requests, not by an amount of 0."""
        if not self.old.count:
            return State.NEW
        return State.CONTINUED if self.new.count else State.ENDED

    @property
    def trend(self) -> str:
        """皆増 or 皆減; of what continues 増, 減 or 同額."""
        if self.state is not State.CONTINUED:
            return str(self.state.value)
        return "同額" if not self.change else "増" if self.change > 0 else "減"


@dataclass(frozen=True, slots=True)
class Side:
    """A year of a comparison, as its heading says it."""

    source: str
    year: FiscalYear
    basis: Basis

    @property
    def label(self) -> str:
        """`令和2年度`."""
        return self.year.label

    @property
    def words(self) -> str:
        """`令和2年度（R2）は要求額 9件`: what the amounts of this year are."""
        return f"{self.label}（{self.source}）は{self.basis.words}"


class InWordsOfForm:
    """What is said in the words and the unit of the last year's form."""

    __slots__ = ()
    by: By
    axes: Axes | None

    @property
    def words(self) -> KeyWords:
        """Return what the form calls the rows and the parts of their keys."""
        return self.by.words(self.axes)

    @property
    def unit(self) -> str:
        """Return the unit of the amounts."""
        return self.axes.unit if self.axes else "千円"


@dataclass(frozen=True, slots=True)
class Comparison(InWordsOfForm):
    """Two years by one key, with what is asked and told about how they were matched."""

    by: By
    figure: Figure
    old: Side
    new: Side
    rows: tuple[ComparedRow, ...]
    questions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    axes: Axes | None = field(default=None, compare=False, repr=False)

    @property
    def subtotals(self) -> tuple[ComparedRow, ...]:
        """Return the sum of each account, where there are several: 特別会計 are no part of 一般会計."""
        accounts = _by_account(self.rows)
        return tuple(sum_of_rows(key, rows) for key, rows in accounts.items() if len(accounts) > 1)

    @property
    def total(self) -> ComparedRow:
        """Return the sum of all rows."""
        return sum_of_rows(_key_of_total(self.rows), self.rows)

    @property
    def heading(self) -> str:
        """`令和2年度 → 令和3年度　事業別の比較`."""
        return f"{' → '.join(self.columns)}　{self.words.label}の比較"

    @property
    def columns(self) -> tuple[str, str]:
        """Return the two years; where it is the same twice, the sources tell them apart."""
        if self.old.year != self.new.year:
            return self.old.label, self.new.label
        return f"{self.old.label}（{self.old.source}）", f"{self.new.label}（{self.new.source}）"

    @property
    def basis(self) -> str:
        """Return in a sentence what the amounts of both years are."""
        return f"{self.old.words}、{self.new.words}です。"

    @property
    def tally(self) -> str:
        """`継続 5件、皆増 2件、皆減 1件`."""
        states = [row.state for row in self.rows]
        return "、".join(f"{state.value} {states.count(state)}件" for state in State)


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A row of a trend: its amounts in the order of the years."""

    key: Key
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Trend(InWordsOfForm):
    """Many years by one key; the rows are named as in the last year they are in.

    `open` counts the pairs of projects that may be one, of which nobody has said so yet.
    """

    by: By
    figure: Figure
    years: tuple[Side, ...]
    rows: tuple[TrendRow, ...]
    open: int = 0
    axes: Axes | None = field(default=None, compare=False, repr=False)

    @property
    def heading(self) -> str:
        """`令和2年度～令和4年度　款別の推移`."""
        ends = dict.fromkeys((self.years[0].label, self.years[-1].label))
        return f"{'～'.join(ends)}　{self.words.label}の推移"

    @property
    def basis(self) -> str:
        """Return in a sentence what the amounts of the years are."""
        return f"{'、'.join(year.words for year in self.years)}です。"

    @property
    def subtotals(self) -> tuple[TrendRow, ...]:
        """Return the sum of each account, where there are several."""
        accounts = _by_account(self.rows)
        return tuple(self._sum_of(key, rows) for key, rows in accounts.items() if len(accounts) > 1)

    @property
    def total(self) -> TrendRow:
        """Return the sum of all rows."""
        return self._sum_of(_key_of_total(self.rows), self.rows)

    def _sum_of(self, key: Key, rows: Sequence[TrendRow]) -> TrendRow:
        columns = range(len(self.years))
        sums = (sum((row.amounts[at] for row in rows), Amount()) for at in columns)
        return TrendRow(key, tuple(sums))


AnyRow = TypeVar("AnyRow", ComparedRow, TrendRow)


def _by_account(rows: Iterable[AnyRow]) -> dict[Key, list[AnyRow]]:
    """Return the rows of each account under the key of their sum."""
    found: dict[Key, list[AnyRow]] = {}
    for row in rows:
        found.setdefault((row.key[0], "小計"), []).append(row)
    return found


def sum_of_rows(key: Key, rows: Sequence[ComparedRow]) -> ComparedRow:
    """Return what rows come to together."""
    old = sum((row.old for row in rows), Amount())
    return ComparedRow(key, old, sum((row.new for row in rows), Amount()))


def _key_of_total(rows: Iterable[AnyRow]) -> Key:
    return ("全会計 計",) if len(_by_account(rows)) > 1 else ("計",)


def unit_of(request: Request) -> str:
    """Return what tells a request's unit: its code, or its name where it has none."""
    return request.department_code or request.department or NOT_GIVEN


def last_sources(request: Request) -> Mapping[str, Money | None] | None:
    """Return by source what a request of last year is compared with; None where that is not known."""
    axes, whole = request.axes, Figure.EITHER.of(request) or 0
    stages = (DECIDED, ASKED) if Figure.EITHER.is_budgeted(request) else (ASKED,)
    for stage in stages:
        # What was decided as it was asked for has the sources that were asked for.
        found = {one.key: request.amount(stage, one.key) for one in axes.sources}
        if sum(one or 0 for one in found.values()) == whole:
            return found
    return None
