from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.form.relation import CellFormula, CellValue, list_name

PLACES = {"total": "K20", "national": "K21", "other": "K22", "lines": "K6:K13", "part": "E5"}
amounts = st.none() | st.integers(-(10**10), 10**10)

SUM = CellFormula("sum", ("lines",))
PART_SUM = CellFormula("sum", ("lines",), only_with="part")
REST = CellFormula("difference", ("total", "national", "other"))
BRACKET = CellFormula("bracket", ("account",), choices="accounts")


def test_sum__text() -> None:
    assert SUM.text(PLACES.__getitem__) == '=IF(COUNT(K6:K13)=0,"",SUM(K6:K13))'


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ((), None),
        ((None, None), None),
        (("なし", None), None),
        ((0,), 0),
        ((5, None, -7), -2),
        ((1, "２"), 1),
    ],
)
def test_sum__of_nothing_is_nothing_and_text_counts_nothing(
    column: tuple[CellValue, ...], expected: int | None
) -> None:
    assert SUM.value({"lines": column}) == expected


def test_sum__of_several_operands() -> None:
    both = CellFormula("sum", ("lines", "other"))
    assert both.text(PLACES.__getitem__) == '=IF(COUNT(K6:K13,K22)=0,"",SUM(K6:K13,K22))'
    assert both.value({"lines": (1, 2), "other": 4}) == 7
    assert both.value({"lines": (None,), "other": 4}) == 4


def test_only_with__is_empty_while_the_other_is() -> None:
    assert PART_SUM.text(PLACES.__getitem__) == ('=IF(OR(E5="",COUNT(K6:K13)=0),"",SUM(K6:K13))')
    assert PART_SUM.value({"lines": (1, 2), "part": None}) is None
    assert PART_SUM.value({"lines": (1, 2), "part": ""}) is None
    assert PART_SUM.value({"lines": (1, 2), "part": "レベルアップ分"}) == 3


def test_difference__text() -> None:
    assert REST.text(PLACES.__getitem__) == '=IF(COUNT(K20)=0,"",K20-SUM(K21,K22))'


@given(amounts, amounts, amounts)
def test_difference__is_the_first_less_the_others(
    total: int | None, national: int | None, other: int | None
) -> None:
    found = REST.value({"total": total, "national": national, "other": other})
    expected = None if total is None else total - (national or 0) - (other or 0)
    assert found == expected


def test_sum__counts_a_fraction_and_neither_text_nor_true() -> None:
    assert SUM.value({"lines": (Decimal("12.5"), "約5", True, 3)}) == Decimal("15.5")
    assert SUM.value({"lines": ("約5", True)}) is None


CHANGE = CellFormula("change", ("total", "national", "other"))
RATE = CellFormula("rate", ("total", "other"))


def test_change__text() -> None:
    expected = '=IF(COUNT(K20)*COUNT(K21,K22)=0,"",SUM(K21)-SUM(K22))'
    assert CHANGE.text(PLACES.__getitem__) == expected


@pytest.mark.parametrize(
    ("total", "now", "before", "expected"),
    [
        (None, None, 18_240, None),  # not asked for yet: unknown, and not less by 18,240
        (0, None, 100, -100),
        (500, None, None, None),
        (500, 300, None, 300),
        (500, 300, 400, -100),
    ],
)
def test_change__is_empty_while_nothing_is_asked_for(
    total: int | None, now: int | None, before: int | None, expected: int | None
) -> None:
    assert CHANGE.value({"total": total, "national": now, "other": before}) == expected


def test_rate__text() -> None:
    expected = '=IF(AND(COUNT(K20)>0,N(K22)<>0),ROUND((K20-K22)/ABS(K22)*100,1),"")'
    assert RATE.text(PLACES.__getitem__) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (110, 100, Decimal("10.0")),
        (99, 100, Decimal("-1.0")),
        (2, 3, Decimal("-33.3")),
        (10_005, 10_000, Decimal("0.1")),
        (5, 0, None),
        (5, None, None),
        (None, 5, None),
        (0, 5, Decimal("-100.0")),
        (-5, -10, Decimal("50.0")),
    ],
)
def test_rate__is_a_percentage_of_growth(
    now: int | None, before: int | None, expected: Decimal | None
) -> None:
    assert RATE.value({"total": now, "other": before}) == expected


def test_bracket__text() -> None:
    text = BRACKET.text({"account": "F1"}.__getitem__)
    assert text == '=IF(OR(F1="",F1=INDEX(yx_list_accounts,1)),"","（"&F1&"）")'
    assert list_name("accounts") in text


@pytest.mark.parametrize(
    ("account", "shown"),
    [(None, None), ("", None), ("一般会計", None), ("介護保険会計", "（介護保険会計）")],
)
def test_bracket__leaves_out_the_first_of_the_list(account: str | None, shown: str | None) -> None:
    assert BRACKET.value({"account": account}, "一般会計") == shown


def test_missing_name__is_refused_in_the_text() -> None:
    with pytest.raises(KeyError):
        CellFormula("sum", ("gone",)).text(PLACES.__getitem__)


PARTS = CellFormula("sum", ("national", "other"), parts=(("total", "national"),))


def test_parts__text() -> None:
    expected = '=IF(OR(COUNT(K21,K22)=0,AND(COUNT(K20)>0,COUNT(K21)=0)),"",SUM(K21,K22))'
    assert PARTS.text(PLACES.__getitem__) == expected


@pytest.mark.parametrize(
    ("total", "national", "other", "expected"),
    [(100, None, 5, None), (None, None, 5, 5), (100, 40, 5, 45), (100, 0, None, 0)],
)
def test_parts__a_total_whose_sources_nobody_knows_leaves_their_sums_open(
    total: int | None, national: int | None, other: int | None, expected: int | None
) -> None:
    assert PARTS.value({"total": total, "national": national, "other": other}) == expected


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("difference", (9, 2, 3), 4),
        ("difference", (0, 2, None), -2),
        ("difference", (None, 2, 3), None),
        ("change", (9, 9, 4), 5),
        ("change", (9, None, 4), -4),
        ("change", (9, 0, None), 0),
        ("change", (9, None, None), None),
        ("change", (None, 9, 4), None),
        ("sum", (None, 2, 3), 5),
        ("sum", (0, None, None), 0),
    ],
)
def test_relation__of_three_cells(
    kind: str, values: tuple[int | None, ...], expected: int | None
) -> None:
    names = ("a", "b", "c")
    given = dict(zip(names, values, strict=True))
    assert CellFormula(kind, names).value(given) == expected


@pytest.mark.parametrize(
    ("one", "whole", "percent"),
    [
        (5, 4, "25.0"),
        (3, 4, "-25.0"),
        (-3, -4, "25.0"),
        (4, 3, "33.3"),
        (2001, 2000, "0.1"),  # 0.05 away from zero
        (0, 4, "-100.0"),
        (5, 0, None),
        (None, 4, None),
        (5, None, None),
    ],
)
def test_rate__by_how_much_the_first_is_more(
    one: int | None, whole: int | None, percent: str | None
) -> None:
    found = CellFormula("rate", ("a", "b")).value({"a": one, "b": whole})
    assert found == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("total", "sources", "expected"),
    [(5, (1, None), 3), (5, (None, None), None), (None, (None, None), 3), (5, (0, None), 3)],
)
def test_parts__a_total_without_any_of_its_sources_leaves_it_open(
    total: int | None, sources: tuple[int | None, ...], expected: int | None
) -> None:
    own = CellFormula("sum", ("a",), parts=(("total", "x", "y"),))
    assert own.value({"a": 3, "total": total, "x": sources[0], "y": sources[1]}) == expected


@pytest.mark.parametrize(
    ("shown", "first", "expected"),
    [("特別会計", "一般会計", "（特別会計）"), ("一般会計", "一般会計", None), (None, "", None)],
)
def test_bracket__is_what_is_not_the_first(
    shown: str | None, first: str, expected: str | None
) -> None:
    assert BRACKET.value({"account": shown}, first) == expected


def test_sum__a_text_and_true_are_no_amounts() -> None:
    own = CellFormula("sum", ("a",))
    assert own.value({"a": (True, "5", Decimal("1.5"))}) == Decimal("1.5")
