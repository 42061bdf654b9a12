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
    Side,
    State,
    YearRequests,
    in_one_unit,
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
