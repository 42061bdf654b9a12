"""The figures of a request that must agree, how they stand in a sentence, and in what staff write."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.model.axes import ASKED, GENERAL, SPECIFIC, SPECIFIC_SOURCES, STAGES, BudgetStage
from yosan_xl.model.fiscal_year import YEARS, FiscalYear
from yosan_xl.model.money import with_unit
from yosan_xl.model.request import AMOUNTS, Amounts, Request

LINE_AMOUNTS = tuple(f"/lines/*/{column}" for column in AMOUNTS)
TOTAL_AMOUNTS = tuple(f"/total/{column}" for column in AMOUNTS)


class Balance(NamedTuple):
    """What must agree in one stage (千円; None where nothing is given).

    Each total stands here twice, as written and as the sum of the lines: where the two differ,
    another rule tells it, and whoever agrees with either of them made no mistake of its own.
    """

    stage: BudgetStage
    total: int | None
    lines_total: int | None
    earmarked: int | None
    lines_earmarked: int | None
    sources: int | None
    general: int | None

    @property
    def is_decided(self) -> bool:
        """Return whether there is an amount to be funded (金額未定 has none).

        Finance may decide a 予算額 before its funding: that stage waits for a first figure.
        """
        has_total = (self.total, self.lines_total) != (None, None)
        has_funding = (self.sources, self.general) != (None, None)
        return has_total and (has_funding or self.stage is ASKED)

    @property
    def earmarks_agree(self) -> bool:
        """Return whether 特定財源 are what the lines call うち特財."""
        return zero(self.sources) in (zero(self.earmarked), zero(self.lines_earmarked))

    @property
    def adds_up(self) -> bool:
        """Return whether all funding together is the total."""
        return self.funded in (zero(self.total), zero(self.lines_total))

    @property
    def general_follows_earmarks(self) -> bool:
        """Return whether 一般財源 is the total less うち特財, whatever the sources say."""
        totals = (zero(self.total), zero(self.lines_total))
        earmarks = (zero(self.earmarked), zero(self.lines_earmarked))
        return zero(self.general) in [total - less for total in totals for less in earmarks]

    @property
    def funded(self) -> int:
        """Return 特定財源 and 一般財源 together."""
        return zero(self.sources) + zero(self.general)


@lru_cache(maxsize=4)  # several rules ask, one after the other
def balances(request: Request) -> tuple[Balance, ...]:
    """Return the figures of both stages, 要求 first."""
    return tuple(_balance(request, stage) for stage in STAGES)


def _balance(request: Request, stage: BudgetStage) -> Balance:
    rows = [line.amounts for line in request.lines]
    return Balance(
        stage,
        total=request.amount(stage),
        lines_total=sum_column(rows, stage.total),
        earmarked=request.amount(stage, SPECIFIC),
        lines_earmarked=sum_column(rows, stage.specific),
        sources=sum_given(request.amount(stage, source) for source in SPECIFIC_SOURCES),
        general=request.amount(stage, GENERAL),
    )


def amount(amounts: Amounts, column: str) -> int | None:
    """Return one of the four amounts (千円)."""
    value: int | None = getattr(amounts, column)
    return value


def sum_column(rows: Iterable[Amounts], column: str) -> int | None:
    """Return the sum (千円) of one column, None where no row gives an amount."""
    return sum_given(amount(row, column) for row in rows)


def sum_given(values: Iterable[int | None]) -> int | None:
    """Return the sum of what is given, None where nothing is."""
    given = [value for value in values if value is not None]
    return sum(given) if given else None


def zero(value: int | None) -> int:
    """Return what an amount adds to a sum: 0 where it is not given."""
    return value or 0


def shown(value: int | None) -> str:
    """Return an amount (千円) as it stands in a sentence."""
    return "(入力なし)" if value is None else with_unit(value)


def gap(one: int | None, other: int | None) -> str:
    """Return how far two amounts (千円) lie apart, as it stands in a sentence."""
    return with_unit(abs(zero(one) - zero(other)))


def figures(given: int | None, expected: int | None) -> dict[str, object]:
    """Return what is and what should be (千円), as programs get them beside the sentence."""
    return {"raw_value": given, "raw_expected": expected}


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
