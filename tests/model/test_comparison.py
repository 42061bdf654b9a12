"""増減, 増減率, 皆増, 皆減, 継続, and which amount is a year's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.years import AXES
from yosan_xl.form.load import load_definition
from yosan_xl.model.axes import ASKED
from yosan_xl.model.comparison import (
    Amount,
    Basis,
    By,
    ComparedRow,
    Comparison,
    Figure,
    KeyWords,
    Side,
    State,
    Trend,
    TrendRow,
    YearRequests,
    in_one_unit,
    last_sources,
)
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import Money
from yosan_xl.model.request import Request


def amount(thousand: int, count: int = 1) -> Amount:
    return Amount(count, Money(thousand))


def request(requested: int | None, budgeted: int | None = None) -> Request:
    total: dict[str, Any] = {"requested": requested, "budgeted": budgeted}
    return Request.from_document({"total": total}, AXES)


@pytest.mark.parametrize(
    ("old", "new", "change", "text"),
    [
        (1_000, 1_123, 123, "12.3%"),
        (1_000, 877, -123, "△12.3%"),
        (1_000, 1_000, 0, "0.0%"),
        (2_000, 2_001, 1, "0.1%"),  # 0.05 % is rounded up
        (2_000, 1_999, -1, "△0.1%"),
        (2_001, 2_002, 1, "0.0%"),  # 0.0499 %
        (3, 4, 1, "33.3%"),
        (3, 5, 2, "66.7%"),
        (1, 100, 99, "9900.0%"),
        (0, 5, 5, "－"),
        (5, 0, -5, "△100.0%"),
        (-100, -50, 50, "50.0%"),
        (-100, -150, -50, "△50.0%"),
    ],
)
def test_row__gives_change_and_rate(old: int, new: int, change: int, text: str) -> None:
    row = ComparedRow(("総務費",), amount(old), amount(new))
    assert (row.change, row.rate_text, row.state) == (change, text, State.CONTINUED)


def test_row__is_new_or_ended_by_its_requests() -> None:
    new = ComparedRow(("a",), Amount(), amount(0))
    ended = ComparedRow(("a",), amount(0), Amount())
    assert (new.state, new.rate_text, new.rate) == (State.NEW, "皆増", None)
    assert (ended.state, ended.rate_text) == (State.ENDED, "皆減")
    assert ComparedRow(("a",), amount(7), Amount()).rate == -1000
    assert (new.trend, ended.trend) == ("皆増", "皆減")


@pytest.mark.parametrize(("new", "trend"), [(6, "増"), (5, "同額"), (4, "減"), (7, "増")])
def test_row__that_goes_on_is_more_less_or_the_same(new: int, trend: str) -> None:
    assert ComparedRow(("a",), amount(5), amount(new)).trend == trend


def test_amount__an_amount_that_is_not_given_adds_nothing() -> None:
    found = Amount.of([request(10), request(None)], Figure.REQUESTED)
    assert found + amount(3) == amount(13, 3)


def test_key_words__a_form_without_accounts_does_not_show_them() -> None:
    words = KeyWords("款別", ("款", "項"))
    assert words.shown(("会計", "款", "項")) == ("会計", "款", "項")
    assert words._replace(has_account=False).shown(("会計", "款", "項")) == ("款", "項")


def test_basis__is_in_the_words_of_the_form() -> None:
    axes = load_definition("minato-r2").axes
    own = replace(axes, form="own")
    requests = [Request.from_document({}, own), Request.from_document({}, axes)]
    assert Basis.of(requests, Figure.EITHER).axes is own
    assert Basis.of([], Figure.EITHER).axes is None


@pytest.mark.parametrize(
    ("requested", "budgeted", "sources"),
    [
        (10, None, {"national": 4, "general": 6}),
        (10, 10, {"national": 4, "general": 6}),
        (10, 9, None),
        (None, None, None),
    ],
)
def test_last_sources__come_to_what_is_compared(
    requested: int | None, budgeted: int | None, sources: dict[str, int] | None
) -> None:
    funding = {"national": {"amount": 4}, "general": {"amount": 6}}
    total = {"requested": requested, "budgeted": budgeted}
    found = last_sources(Request.from_document({"total": total, "funding": funding}, AXES))
    given = {key: one for key, one in found.items() if one is not None} if found else found
    assert given == sources


def test_last_sources__are_those_decided_where_they_come_to_the_amount() -> None:
    funding = {"national": {"amount": 4, "budgeted": 1}, "general": {"amount": 6, "budgeted": 8}}
    total = {"requested": 10, "budgeted": 9}
    found = last_sources(Request.from_document({"total": total, "funding": funding}, AXES))
    assert found is not None
    assert (found["national"], found["general"]) == (1, 8)
    nothing = Request.from_document({"total": {"requested": None}}, AXES)
    assert set((last_sources(nothing) or {}).values()) == {None}


def test_figure__is_the_budget_where_it_is_given() -> None:
    both, asked, nothing = request(10, 8), request(10), request(None)
    assert [Figure.EITHER.of(one) for one in (both, asked, nothing)] == [8, 10, None]
    assert [Figure.REQUESTED.of(one) for one in (both, asked)] == [10, 10]
    assert [Figure.BUDGETED.of(one) for one in (both, asked)] == [8, None]
    assert Figure.EITHER.of(request(10, 0)) == 0, "a budget of 0 is a decision"


def test_basis__tells_which_amounts_a_year_has() -> None:
    requests = [request(10, 8), request(10), request(10), request(None)]
    assert Basis.of(requests, Figure.EITHER).words == "予算額 1件、要求額 2件、額の記入なし 1件"
    assert Basis.of(requests, Figure.BUDGETED) == Basis(1, 0, 3)
    assert Basis.of([], Figure.EITHER).words == "要求なし"


def test_comparison__sums_its_rows() -> None:
    rows = (
        ComparedRow(("a",), amount(3), amount(5)),
        ComparedRow(("b",), Amount(), amount(7)),
        ComparedRow(("c",), amount(2), Amount()),
    )
    found = comparison(2020, 2021, rows)
    assert (found.total.old, found.total.new) == (amount(5, 2), amount(12, 2))
    assert found.tally == "継続 1件、皆増 1件、皆減 1件"
    assert found.heading == "令和2年度 → 令和3年度　款別の比較"


def test_comparison__has_a_sum_of_each_account_where_there_are_several() -> None:
    rows = tuple(
        ComparedRow((account, name), amount(1), amount(2))
        for account, name in (("一般会計", "a"), ("一般会計", "b"), ("介護保険会計", "c"))
    )
    found = comparison(2020, 2021, rows).subtotals
    assert [(row.key[0], row.new) for row in found] == [
        ("一般会計", amount(4, 2)),
        ("介護保険会計", amount(2)),
    ]
    assert comparison(2020, 2021, rows[:2]).subtotals == ()


def test_total__says_whether_it_is_of_several_accounts() -> None:
    rows = tuple(ComparedRow((one, "a"), amount(1), amount(2)) for one in ("一般会計", "別の会計"))
    assert comparison(2020, 2021, rows).total.key == ("全会計 計",)
    assert comparison(2020, 2021, rows[:1]).total.key == ("計",)
    assert comparison(2020, 2021).total.key == ("計",)


def trend(*years: int, accounts: tuple[str, ...] = ("一般会計",)) -> Trend:
    sides = tuple(Side("源", FiscalYear(year), Basis(0, 1, 0)) for year in years)
    rows = tuple(
        TrendRow((one, "a"), tuple(amount(at) for at, _ in enumerate(years, 1))) for one in accounts
    )
    return Trend(By.KAN, Figure.EITHER, sides, rows)


def test_trend__is_from_the_first_year_to_the_last() -> None:
    assert trend(2020, 2021, 2022).heading == "令和2年度～令和4年度　款別の推移"
    assert trend(2020).heading == "令和2年度　款別の推移"


def test_trend__has_a_sum_of_each_account_where_there_are_several() -> None:
    two = trend(2020, 2021, accounts=("一般会計", "介護保険会計", "一般会計"))
    assert [(row.key[0], row.amounts) for row in two.subtotals] == [
        ("一般会計", (amount(2, 2), amount(4, 2))),
        ("介護保険会計", (amount(1), amount(2))),
    ]
    assert (two.total.key, two.total.amounts) == (("全会計 計",), (amount(3, 3), amount(6, 3)))
    assert (trend(2020).subtotals, trend(2020).total.key) == ((), ("計",))


def test_comparison__of_one_year_twice_names_the_sources() -> None:
    found = comparison(2020, 2020)
    assert found.columns == ("令和2年度（前）", "令和2年度（後）")


def comparison(old: int, new: int, rows: tuple[ComparedRow, ...] = ()) -> Comparison:
    sides = [
        Side(name, FiscalYear(year), Basis(0, 1, 0)) for name, year in (("前", old), ("後", new))
    ]
    return Comparison(By.KAN, Figure.EITHER, sides[0], sides[1], rows)


def test_in_one_unit__years_in_yen_and_in_thousands_are_compared_in_yen() -> None:
    thousand, yen = (
        Request.from_document(
            {"amounts": {"request": {"total": 5}}, "lists": {"lines": [{"amount": 2}]}},
            replace(load_definition("municipal-1").axes, unit=unit),
        )
        for unit in ("千円", "円")
    )
    years = [
        YearRequests(unit, FiscalYear(2026), (one,)) for unit, one in (("a", thousand), ("b", yen))
    ]
    first, second = in_one_unit(years)
    assert [one.requests[0].amount(ASKED) for one in (first, second)] == [5_000, 5]
    assert first.requests[0].lines[0].amount(ASKED) == 2_000
    assert {one.axes.unit for one in (first, second) if one.axes} == {"円"}
    assert in_one_unit(years[:1]) == years[:1]
