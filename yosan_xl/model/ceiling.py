"""シーリング: how far the requests of a 部 or a 課 are from the most that they are to ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from yosan_xl.model.axes import ASKED, TOTAL, Axes
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.intake import LEFT_OUT, SummaryRow
from yosan_xl.model.money import Money, tenths_of_percent, with_unit
from yosan_xl.model.request import Request
from yosan_xl.model.settings import Ceiling, Settings
from yosan_xl.model.text import canonical, hint

if TYPE_CHECKING:
    from yosan_xl.model.rollup import Rollup

_NAMED = 3
_MOST_NAMES = 8
"""So many units of one name are listed with their codes."""


class CeilingUnit(NamedTuple):
    """Whose ceiling it is: a 課 by its code, a whole 部 where that is empty."""

    bureau: str
    section: str = ""
    code: str = ""

    @property
    def name(self) -> str:
        """`企画経営部`, `企画経営部 企画課`."""
        return f"{self.bureau} {self.section}".strip()

    def has(self, unit: Department) -> bool:
        """Return whether the requests of a unit count."""
        return unit.code == self.code if self.code else unit.bureau == self.bureau


class LastOrigin(Enum):
    """Where last year's amounts are from: requests that the run was given, 前年度.json, 保存庫, or this year's requests."""

    REQUESTS = "requests"
    KEPT = "kept"
    ARCHIVE = "archive"
    FORM = "form"


class LastRow(NamedTuple):
    """A project of last year: its unit as this year has it, its 要求区分, its amounts by source (None: not known)."""

    unit: Department
    category: str | None
    amounts: Mapping[str, Money | None]


@dataclass(frozen=True, slots=True)
class LastAmounts:
    """What last year's projects came to, as far as it is known."""

    origin: LastOrigin
    rows: tuple[LastRow, ...]

    def of(self, unit: CeilingUnit, ceiling: Ceiling, source: str) -> tuple[Money | None, int]:
        """Return what a source came to, None where nobody knows, and of how many projects it is not known.

        Nobody knows whether a project without a 要求区分 is one of those that are limited.
        """
        found = [
            row.amounts.get(source) if row.category or not ceiling.categories else None
            for row in self.rows
            if unit.has(row.unit)
            and (not (ceiling.categories and row.category) or row.category in ceiling.categories)
        ]
        known = [one for one in found if one is not None]
        return Money(sum(known)) if known else None, len(found) - len(known)

    def is_unsorted(self, unit: CeilingUnit) -> bool:
        """Return whether no project of a unit has a 要求区分, as in a list of amounts alone."""
        own = [row.category for row in self.rows if unit.has(row.unit)]
        return bool(own) and not any(own)


@dataclass(frozen=True, slots=True)
class CeilingStanding:
    """A ceiling and the requests under it: `rows` count, `left_out` are 未算入.

    `source` is the key of what is limited, `label` the form's word for it, `money` the form's unit. Of last year's projects
    `last_unknown` have no amount that is known; `last` is what the others came to, None where there is none.
    `unsorted` is the form's word for 要求区分 where the ceiling asks for some and last year has none.
    """

    ceiling: Ceiling
    unit: CeilingUnit
    source: str
    label: str
    money: str
    rows: tuple[SummaryRow, ...]
    left_out: tuple[SummaryRow, ...] = ()
    last: Money | None = None
    last_unknown: int = 0
    origin: LastOrigin | None = None
    unsorted: str = ""

    @property
    def asked(self) -> Money:
        """Return what the counted requests ask for."""
        return self._sum(self.rows)

    @property
    def limit(self) -> Money | None:
        """Return the most that may be asked for, below it where a percentage is no whole number; None where last year is not known."""
        if self.ceiling.limit is not None:
            return Money(self.ceiling.limit)
        if self.last is None or self.ceiling.tenths is None:
            return None
        return Money(self.last * self.ceiling.tenths // 1000)

    @property
    def room(self) -> Money | None:
        """Return 余裕, negative where it is exceeded; None where the limit is not known."""
        return None if self.limit is None else Money(self.limit - self.asked)

    @property
    def is_over(self) -> bool:
        """Return whether more is asked for."""
        return self.room is not None and self.room < 0

    @property
    def used(self) -> int | None:
        """Return what is asked for in 0.1 % of the limit; None where that is not known or 0."""
        return None if self.limit is None else tenths_of_percent(self.asked, self.limit)

    @property
    def judgement(self) -> str:
        """Return 超過, 以内 or 不明."""
        return "不明" if self.room is None else "超過" if self.room < 0 else "以内"

    @property
    def ground(self) -> str:
        """Return what the limit is from: `前年度の 95％`, or 定額."""
        tenths = self.ceiling.tenths
        return "定額" if tenths is None else f"前年度の {percent(tenths)}"

    @property
    def measure(self) -> str:
        """Return what is limited: 一般財源, `一般財源（継続・縮小）`."""
        categories = "・".join(self.ceiling.categories)
        return f"{self.label}（{categories}）" if categories else self.label

    @property
    def largest(self) -> SummaryRow | None:
        """Return the request that asks for most, None where none asks for anything."""
        asking = [row for row in self.rows if self._amount(row)]
        return max(asking, key=lambda row: self._amount(row) or 0, default=None)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Say what is not in the figures: requests 未算入, amounts that nobody knows."""
        unknown = sum(self._amount(row) is None for row in self.rows)
        return tuple(
            filter(
                None,
                (
                    self._said_of_limit(),
                    self._said_of_left_out(),
                    f"{self.label}の記入のない要求 {unknown}件は入っていません" if unknown else "",
                ),
            )
        )

    def _said_of_limit(self) -> str:
        if self.ceiling.tenths is None:
            return ""
        if self.last is None:
            return f"前年度の{self.unsorted or self.label}が分からないため、上限を出せません"
        if self.last_unknown:
            return f"前年度には、{self.label}の分からない {self.last_unknown}件が入っていません"
        return ""

    def _said_of_left_out(self) -> str:
        """Name the requests 未算入, and say where they would exceed the limit."""
        if not self.left_out:
            return ""
        titles = [row.request.title or row.source.file for row in self.left_out]
        more = "など" if len(titles) > _NAMED else ""
        named = "".join(f"「{one}」" for one in titles[:_NAMED])
        amount = self._sum(self.left_out)
        exceeds = self.room is not None and 0 <= self.room < amount
        return (
            f"{LEFT_OUT} {len(titles)}件（{named}{more}、{with_unit(amount, self.money)}）は入っていません"
            f"{'。入れると超過します' if exceeds else ''}"
        )

    def _amount(self, row: SummaryRow) -> Money | None:
        return row.request.amount(ASKED, self.source)

    def _sum(self, rows: Sequence[SummaryRow]) -> Money:
        return Money(sum(self._amount(row) or 0 for row in rows))


def percent(tenths: int) -> str:
    """Return 0.1 % as they are written: `95％`, `97.5％`."""
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}％" if rest else f"{whole}％"


def rate(tenths: int) -> str:
    """Return a rate of 0.1 %: `95.0％`, `△3.5％`."""
    whole, rest = divmod(abs(tenths), 10)
    return f"{'△' if tenths < 0 else ''}{whole:,}.{rest}％"


def standings_of(
    rollup: Rollup, left_out: Sequence[SummaryRow], last: LastAmounts | None
) -> tuple[CeilingStanding, ...]:
    """Return how every ceiling of a year stands, in the order of the roster: a 部 before its 課."""
    ceilings = rollup.settings.ceilings
    found = filter(None, (_standing(one, rollup, left_out, last) for one in ceilings))
    units = [*rollup.roster]

    def place(one: CeilingStanding) -> tuple[int, bool, int]:
        bureau = next(at for at, unit in enumerate(units) if one.unit.bureau == unit.bureau)
        own = rollup.roster.position(one.unit.code or None)
        return (own if not one.unit.bureau else bureau, bool(one.unit.code), own)

    return tuple(sorted(found, key=place))


def _standing(
    ceiling: Ceiling, rollup: Rollup, left_out: Sequence[SummaryRow], last: LastAmounts | None
) -> CeilingStanding | None:
    units, source = units_called(ceiling.department, rollup.roster), limited(ceiling, rollup.axes)
    if len(units) != 1 or source is None:
        return None  # settings that were not looked at; who opens a year refuses them
    unit = units[0]

    def under(rows: Sequence[SummaryRow]) -> tuple[SummaryRow, ...]:
        return tuple(
            row
            for row in rows
            if unit.has(rollup.unit(row.request)) and _is_of(ceiling, row.request)
        )

    amount, unknown = last.of(unit, ceiling, source) if last else (None, 0)
    is_unsorted = bool(last and ceiling.categories and last.is_unsorted(unit))
    return CeilingStanding(
        ceiling=ceiling,
        unit=unit,
        source=source,
        label=_label(rollup.axes, source),
        money=rollup.axes.unit,
        rows=under(rollup.rows),
        left_out=under(left_out),
        last=amount,
        last_unknown=unknown,
        origin=last.origin if last else None,
        unsorted=rollup.axes.word("kind") if is_unsorted else "",
    )


def _is_of(ceiling: Ceiling, request: Request) -> bool:
    return not ceiling.categories or request.meaning("kind") in ceiling.categories


def limited(ceiling: Ceiling, axes: Axes) -> str | None:
    """Return the key of the source that a ceiling is of, `total` for what is asked for; None for no word of the form."""
    known = {axes.amount_label(ASKED): TOTAL, axes.stage(ASKED).label: TOTAL}
    if rest := _rest(axes):
        known = {axes.source_label(rest): rest, axes.amount_label(ASKED, rest): rest, **known}
    return {canonical(word): key for word, key in known.items()}.get(canonical(ceiling.of))


def limited_words(axes: Axes) -> list[str]:
    """Return what a form calls what may be limited: what is asked for, and 一般財源 of it where it has that."""
    return [_label(axes, key) for key in (TOTAL, _rest(axes)) if key]


def _label(axes: Axes, source: str) -> str:
    return axes.stage(ASKED).label if source == TOTAL else axes.amount_label(ASKED, source)


def _rest(axes: Axes) -> str | None:
    return axes.rest if axes.rest in axes.stage(ASKED).amounts else None


def units_called(wanted: str, roster: Roster) -> list[CeilingUnit]:
    """Return the 部 or the 課 that a name or a code means; several where that is ambiguous."""
    if unit := roster.by_code(canonical(wanted)):
        return [_unit(unit)]
    bureaus = dict.fromkeys(unit.bureau for unit in roster if unit.bureau)
    for bureau in bureaus:
        if canonical(bureau) == canonical(wanted):
            own = [unit for unit in roster if unit.bureau == bureau]
            # A unit that stands outside of any 部 (会計室) is no 部 of its own.
            return [_unit(own[0]) if [one.section for one in own] == [""] else CeilingUnit(bureau)]
    return list(map(_unit, roster.find(wanted)))


def _unit(unit: Department) -> CeilingUnit:
    return CeilingUnit(unit.bureau, unit.section, unit.code)


class CeilingFault(NamedTuple):
    """What is wrong with the value `key` of the ceiling at the place `at` (0-based), and what to do."""

    at: int
    key: str
    problem: str
    remedy: str


def ceiling_faults(settings: Settings, roster: Roster, axes: Axes) -> Iterator[CeilingFault]:
    """Yield what is wrong with the ceilings of a year: names, words, limits, and what stands there twice."""
    seen: set[tuple[CeilingUnit, str, str]] = set()
    for at, one in enumerate(settings.ceilings):
        units, source = units_called(one.department, roster), limited(one, axes)
        if len(units) != 1:
            yield CeilingFault(at, "department", *_unknown_unit(one.department, units, roster))
        if source is None:
            yield CeilingFault(at, "of", *_unknown_word(one.of, axes))
        if problem := _wrong_limit(one):
            remedy = "limit（額）か percent（前年度の何％か）の、どちらか1つを書いてください。"
            yield CeilingFault(at, "limit", problem, remedy)
        if problem := _wrong_category(one, settings, axes):
            yield CeilingFault(at, "categories", problem, "その言葉を消すか、直してください。")
        if len(units) == 1 and source is not None:
            own = {(units[0], source, category) for category in one.categories or ("",)}
            if own & seen:
                problem = f"の「{units[0].name}」の「{one.of}」のシーリングが、2つあります"
                remedy = "1つにするか、categories（要求区分）で分けてください。"
                yield CeilingFault(at, "department", problem, remedy)
            seen |= own


def _unknown_unit(wanted: str, units: Sequence[CeilingUnit], roster: Roster) -> tuple[str, str]:
    if units:
        named = "、".join(f"{one.code} {one.name}" for one in units[:_MOST_NAMES])
        more = "など" if len(units) > _MOST_NAMES else ""
        return (
            f"の「{wanted}」は {len(units)}つあります",
            f"次のどれかのコードで書いてください: {named}{more}。",
        )
    names = [name for unit in roster for name in (unit.code, unit.bureau, unit.section, unit.name)]
    remedy = "組織.csv にある部か課の名前、またはコードを書いてください。"
    meant = hint(wanted, filter(None, dict.fromkeys(names)))
    return f"の「{wanted}」は、組織.csv の部にも課にもありません", f"{meant}{remedy}"


def _unknown_word(wanted: str, axes: Axes) -> tuple[str, str]:
    words = limited_words(axes)
    known = "か".join(f"「{word}」" for word in reversed(words))
    none = "" if len(words) > 1 else "この様式には一般財源の欄がありません。"
    return f"の「{wanted}」は、この様式では使えません", f"{none}{known}と書いてください。"


def _wrong_limit(one: Ceiling) -> str | None:
    if one.limit is None and one.tenths is None:
        return "も percent もありません"
    return "と percent の両方があります" if None not in (one.limit, one.tenths) else None


def _wrong_category(one: Ceiling, settings: Settings, axes: Axes) -> str | None:
    if one.categories and not axes.has("kind"):
        return f"は、{axes.word('kind')}のない様式では使えません"
    strange = [word for word in one.categories if word not in settings.categories]
    return (
        f"の「{strange[0]}」は、categories（{axes.word('kind')}）にありません" if strange else None
    )
