"""The figures of a request that must agree, how they stand in a sentence, and in what staff write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from yosan_xl.model.axes import ASKED, SPECIFIC, TOTAL, Amounts, Axes, RowList, Stage
from yosan_xl.model.fiscal_year import YEARS, FiscalYear
from yosan_xl.model.money import Money, with_unit
from yosan_xl.model.request import Request

COMPUTED = ("difference", "sum")
"""How the total of a stage comes about that is worked out from others (増減, 計)."""


def row_amounts(axes: Axes) -> Iterator[str]:
    """Yield the pointer of every column that adds up to a stage."""
    for own in axes.lists:
        yield from (own.row_pointer(key) for key, _ in own.amounts)


def totals(axes: Axes) -> Iterator[str]:
    """Yield the pointers of 合計, and of what of it the lists call 特定財源."""
    for stage in axes.stages:
        yield from (stage.amounts[one] for one in (TOTAL, SPECIFIC) if one in stage.amounts)


@lru_cache(maxsize=4096)
def adding(axes: Axes, stage: str, source: str) -> tuple[RowList, ...]:
    """Return the lists whose rows together come to a stage's source.

    特定財源 beside the amounts of the rows (うち特財) count together; a list of 特定財源 alone (特財の積算根拠)
    says the same sum once more, and the first one counts only where no rows have them.
    """
    having = tuple(own for own in axes.lists if own.of_amount(stage, source))
    if source != SPECIFIC:
        return having
    return tuple(own for own in having if own.of_amount(stage)) or having[:1]


class FundedStage(NamedTuple):
    """A stage that has its sources: the keys of 特定財源 and of 一般財源 that it has, and the lists that add up to them.

    `apart` are the lists that say 特定財源 once more.
    """

    stage: Stage
    specific: tuple[str, ...]
    rest: str | None
    of_total: tuple[RowList, ...]
    of_specific: tuple[RowList, ...]
    of_sources: Mapping[str, tuple[RowList, ...]]
    apart: tuple[RowList, ...]

    @property
    def pointers(self) -> tuple[str, ...]:
        """Return where the amounts of its sources are."""
        rest = (self.rest,) if self.rest else ()
        return tuple(self.stage.amounts[source] for source in (*self.specific, *rest))


@lru_cache(maxsize=64)
def funded_stages(axes: Axes) -> tuple[FundedStage, ...]:
    """Return the stages whose 財源 must agree: not those worked out from others, nor last year's as it was."""
    return tuple(
        _funded(axes, stage)
        for stage in axes.stages
        if stage.total not in COMPUTED
        and stage.by != "prior"
        and any(source.key in stage.amounts for source in axes.sources)
    )


def _funded(axes: Axes, stage: Stage) -> FundedStage:
    specific = tuple(source for source in axes.specific if source in stage.amounts)
    of_sources = {source: adding(axes, stage.key, source) for source in specific}
    of_specific = adding(axes, stage.key, SPECIFIC)
    having = (own for own in axes.lists if own.of_amount(stage.key, SPECIFIC))
    return FundedStage(
        stage=stage,
        specific=specific,
        rest=axes.rest if axes.rest in stage.amounts else None,
        of_total=adding(axes, stage.key, TOTAL),
        of_specific=of_specific,
        of_sources={source: lists for source, lists in of_sources.items() if lists},
        apart=tuple(own for own in having if own not in of_specific),
    )


class Balance(NamedTuple):
    """What must agree in one stage (None where nothing is given).

    Each sum of rows stands here twice, as written and as the sum of the rows: where the two differ,
    another rule tells it, and whoever agrees with either of them made no mistake of its own. Where no list adds up
    to an amount, both are what is written.
    """

    funded_stage: FundedStage
    total: int | None
    lines_total: int | None
    specific: int | None
    lines_specific: int | None
    sources: int | None
    lines_sources: int | None
    rest: int | None

    @property
    def stage(self) -> Stage:
        """The stage."""
        return self.funded_stage.stage

    @property
    def is_decided(self) -> bool:
        """Return whether there is an amount to be funded (金額未定 has none).

        Finance may decide a 予算額 before its funding: a later stage waits for a first figure.
        """
        has_total = (self.total, self.lines_total) != (None, None)
        has_funding = (self.sources, self.rest) != (None, None)
        if self.stage.total == "lines":
            return has_total and (has_funding or self.stage.key == ASKED)
        return has_funding or (has_total and self.stage.key == ASKED)

    @property
    def is_transfer(self) -> bool:
        """Return whether sources change places and the total is 0 (財源振替)."""
        return not zero(self.total) and not zero(self.lines_total) and not self.funded

    @property
    def specific_agrees(self) -> bool:
        """Return whether 特定財源 are what the rows call うち特財."""
        return not {zero(self.specific), zero(self.lines_specific)}.isdisjoint(self.all_sources)

    @property
    def all_sources(self) -> tuple[int, int]:
        """Return what 特定財源 come to, as written and by their rows."""
        return zero(self.sources), zero(self.lines_sources)

    @property
    def adds_up(self) -> bool:
        """Return whether all funding together is the total."""
        funded = {sources + zero(self.rest) for sources in self.all_sources}
        return not funded.isdisjoint((zero(self.total), zero(self.lines_total)))

    @property
    def rest_follows_specific(self) -> bool:
        """Return whether 一般財源 is the total less うち特財, whatever the sources say."""
        both = (zero(self.total), zero(self.lines_total))
        specific = (zero(self.specific), zero(self.lines_specific))
        return zero(self.rest) in [total - less for total in both for less in specific]

    @property
    def funded(self) -> int:
        """Return 特定財源 and 一般財源 together."""
        return zero(self.sources) + zero(self.rest)


P = ParamSpec("P")
T = TypeVar("T")


def kept_for_last(
    work: Callable[Concatenate[Request, P], T],
) -> Callable[Concatenate[Request, P], T]:
    """Keep what was worked out of the last request, that very one: several rules ask, one after the other."""
    kept: tuple[object, object, T] | None = None

    def of(request: Request, /, *args: P.args, **others: P.kwargs) -> T:
        nonlocal kept
        last = kept
        if last is None or last[0] is not request or last[1] != args:
            last = kept = (request, args, work(request, *args, **others))
        return last[2]

    return of


@kept_for_last
def balances(request: Request) -> tuple[Balance, ...]:
    """Return the figures of every stage that has its sources, in the form's order."""
    return tuple(_balance(request, funded) for funded in funded_stages(request.axes))


def _balance(request: Request, funded: FundedStage) -> Balance:
    key, given = funded.stage.key, request.amounts
    sources = {source: given.get((key, source)) for source in funded.specific}
    total = given.get((key, TOTAL))
    written = sum_given(sources.values())
    specific = request.amount(key, SPECIFIC)
    of_rows = {
        source: lines_sum(request, lists, (key, source))
        for source, lists in funded.of_sources.items()
    }
    return Balance(
        funded,
        total=total,
        lines_total=lines_sum(request, funded.of_total, (key, TOTAL), total),
        specific=specific,
        lines_specific=lines_sum(request, funded.of_specific, (key, SPECIFIC), specific),
        sources=written,
        lines_sources=sum_given({**sources, **of_rows}.values()) if of_rows else written,
        rest=given.get((key, funded.rest)) if funded.rest else None,
    )


def lines_sum(
    request: Request,
    lists: tuple[RowList, ...],
    cell: tuple[str, str],
    otherwise: int | None = None,
) -> int | None:
    """Return the sum of the rows of some lists, `otherwise` where there are no lists."""
    if not lists:
        return otherwise
    return sum_given(row.amounts.get(cell) for own in lists for row in request.lists[own.key])


def sum_cell(rows: Iterable[Amounts], cell: tuple[str, str]) -> Money | None:
    """Return the sum of a stage's source in some rows, None where no row gives an amount."""
    found = sum_given(row.get(cell) for row in rows)
    return None if found is None else Money(found)


def sum_given(values: Iterable[int | None]) -> int | None:
    """Return the sum of what is given, None where nothing is."""
    given = [value for value in values if value is not None]
    return sum(given) if given else None


def zero(value: int | None) -> int:
    """Return what an amount adds to a sum: 0 where it is not given."""
    return value or 0


def shown(value: int | None, unit: str) -> str:
    """Return an amount as it stands in a sentence."""
    return "(入力なし)" if value is None else with_unit(value, unit)


def gap(one: int | None, other: int | None, unit: str) -> str:
    """Return how far two amounts lie apart, as it stands in a sentence."""
    return with_unit(abs(zero(one) - zero(other)), unit)


def figures(given: int | None, expected: int | None) -> dict[str, object]:
    """Return what is and what should be, as programs get them beside the sentence."""
    return {"raw_value": given, "raw_expected": expected}


def list_words(axes: Axes, own: RowList) -> str:
    """Return `「特財の積算根拠」の` before a row, nothing in a form with one list."""
    return f"「{own.label}」の" if len(axes.lists) > 1 else ""


class Priced(NamedTuple):
    """The columns of a list in which a text says what an amount of 要求 is for, and may say how it is worked out."""

    rows: RowList
    text: str
    text_label: str
    amount: str
    amount_label: str
    cell: tuple[str, str]


@lru_cache(maxsize=128)
def priced(axes: Axes, *meanings: str) -> tuple[Priced, ...]:
    """Return the lists whose rows have an amount of 要求 beside a text of one of the meanings, the first it has."""
    found = []
    for own in axes.lists:
        texts = filter(None, map(own.meaning, meanings))
        text = next(texts, None)
        amount = next((one for one in own.columns if one.stage == ASKED), None)
        if text and amount:
            cell = (ASKED, amount.source)
            found.append(Priced(own, text.key, text.label, amount.key, amount.label, cell))
    return tuple(found)


def shown_year(western: int) -> str:
    """Return `令和2年度`; a year before the eras of FiscalYear (昭和元年) as its number."""
    return FiscalYear(western).label if western >= YEARS[0] else f"{western}年度"


_WIDE = "０１２３４５６７８９，．（）［］〔〕＠￥＋＝％／✕✖＊*　"
_HALF = "0123456789,.()()()@¥+=%/××××　".replace("　", " ")
_PLAIN = str.maketrans(_WIDE, _HALF)
_TIMES = frozenset("×✕✖＊*xXｘＸ")
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,6})?(?![0-9]|[.,][0-9])"
YEN = {"円": 1, "千円": 1000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
"""The units of money, in 円."""


def halved(text: str) -> str:
    """Return a text with the figures and signs of sums in half width, character by character."""
    return text.translate(_PLAIN)


def may_multiply(label: str) -> bool:
    """Return whether there is any sign of multiplication, without which nothing is a unit price."""
    return not _TIMES.isdisjoint(label)


def may_break_down(text: str) -> bool:
    """Return whether there are three amounts: a total and two parts at least."""
    return text.count("円") >= 3
