from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.model.money import (
    LIMIT,
    NotWhole,
    Rounding,
    limit,
    other_unit,
    parse_amount,
    tenths_of_percent,
    thousand_yen,
    with_commas,
    with_unit,
    written_amount,
)

yen = st.integers(-(10**13), 10**13)


@pytest.mark.parametrize(
    ("amount", "up", "nearest", "down"),
    [
        (6_025_140, 6_026, 6_025, 6_025),
        (4_694_250, 4_695, 4_694, 4_694),
        (1_000, 1, 1, 1),
        (0, 0, 0, 0),
        (1, 1, 0, 0),
        (500, 1, 1, 0),
        (499, 1, 0, 0),
        (-500, -1, -1, 0),
        (-1_501, -2, -2, -1),
    ],
)
def test_rounding__in_every_way(amount: int, up: int, nearest: int, down: int) -> None:
    ways = (Rounding.UP, Rounding.NEAREST, Rounding.DOWN)
    assert tuple(thousand_yen(amount, way) for way in ways) == (up, nearest, down)


@given(yen, st.sampled_from(Rounding))
def test_rounding__is_the_same_on_both_sides_of_zero(amount: int, way: Rounding) -> None:
    assert thousand_yen(-amount, way) == -thousand_yen(amount, way)


@given(yen)
def test_rounding__is_never_a_thousand_yen_off(amount: int) -> None:
    up, nearest, down = (
        abs(thousand_yen(amount, way)) * 1000
        for way in (Rounding.UP, Rounding.NEAREST, Rounding.DOWN)
    )
    assert down <= abs(amount) <= up < down + 1001
    assert abs(nearest - abs(amount)) <= 500


@pytest.mark.parametrize(
    ("part", "whole", "tenths"),
    [
        (1, 2, 500),
        (-1, 2, -500),
        (1, -2, -500),
        (-1, -2, 500),
        (1, 2000, 1),
        (-1, 2000, -1),
        (1, 2001, 0),
        (0, 5, 0),
        (5, 0, None),
        (0, 0, None),
    ],
)
def test_tenths_of_percent__half_away_from_zero(part: int, whole: int, tenths: int | None) -> None:
    assert tenths_of_percent(part, whole) == tenths


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0"), (999, "999"), (1_234_567, "1,234,567"), (-1_234, "△1,234")]
)
def test_with_commas__uses_the_triangle_for_minus(amount: int, text: str) -> None:
    assert with_commas(amount) == text
    assert with_unit(amount) == f"{text}千円"


def test_amount__up_to_the_limit_of_its_unit_and_of_twenty_digits() -> None:
    for unit in ("千円", "円"):
        most = limit(unit)
        assert [parse_amount(str(one), unit) for one in (most, -most)] == [most, -most]
        for one in (most + 1, -most - 1):
            with pytest.raises(ValueError, match=str(one)):
                parse_amount(str(one), unit)
    assert written_amount("9" * 20) == (int("9" * 20), "")
    with pytest.raises(ValueError, match=r"9{21}"):
        written_amount("9" * 21)


amounts = st.integers(-LIMIT, LIMIT)
FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")


@given(amounts)
def test_amount__as_we_print_it(amount: int) -> None:
    assert parse_amount(with_commas(amount)) == amount
    assert parse_amount(with_unit(amount)) == amount
    assert parse_amount(str(amount)) == amount


@given(amounts)
def test_amount__in_full_width(amount: int) -> None:
    assert parse_amount(with_commas(amount).translate(FULL_WIDTH)) == amount


@given(
    st.integers(0, LIMIT), st.sampled_from(["▲{}", "△{}", "-{}", "－{}", "−{}", "({})", "（{}）"])
)
def test_amount__negative_in_every_writing(size: int, writing: str) -> None:
    assert parse_amount(writing.format(f"{size:,}")) == -size


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("１，２３４", 1234),
        ("1,234千円", 1234),
        ("6,000円", 6),
        ("1,234 千円", 1234),
        ("￥1,000", 1),
        ("¥ -12,000", -12),
        ("0円", 0),
        ("▲ 500", -500),
        ("( 500 )", -500),
        ("（500千円）", -500),
        ("　500\n", 500),
        ("+500", 500),
        ("0", 0),
        ("1234.00", 1234),
        ("00500", 500),
    ],
)
def test_amount__as_people_write_it(text: str, amount: int) -> None:
    assert parse_amount(text) == amount


def test_amount__counts_as_the_unit_that_is_written() -> None:
    assert [parse_amount(one, "円") for one in ("500千円", "500円", "￥500", "500")] == [
        *(500_000, 500, 500, 500)
    ]
    assert [other_unit(one, "円") for one in ("500千円", "500円", "￥500", "500")] == [
        *("千円", "", "", "")
    ]
    assert [other_unit(one, "千円") for one in ("▲6,000円", "￥6,000", "0円", "-")] == [
        *("円", "円", "", "")
    ]


@pytest.mark.parametrize("text", ["6,001円", "￥999", "△500円"])
def test_amount__that_is_no_whole_千円_is_refused(text: str) -> None:
    with pytest.raises(NotWhole):
        parse_amount(text)


@pytest.mark.parametrize("text", ["500円", "500千円"])
def test_amount__has_no_unit_where_none_is_counted(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        parse_amount(text, "")


@pytest.mark.parametrize(
    "text", ["", " ", "　", "-", "－", "ー", "―", "--", "なし", "な　し", "無し", "無", "※", "未定"]
)
def test_no_figure__is_none(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "１_０００",
        "1_000",
        "٣٤",
        "१२",
        "inf",
        "nan",
        "²",
        "①",
        "㊿",
        "一千",
        "1e3",
        "0x10",
        "約500",
        "500程度",
        "5百万円",
        "500~600",
        "500\n300",
        "1 234",
        "12,34",
        "1,2345",
        ",123",
        "1,234,",
        "12.5",
        "1.000,00",
        "--5",
        "+-5",
        "-(5)",
        "(-5)",
        "(5",
        "5)",
        "円",
        "▲",
        "=1+1",
        str(LIMIT + 1),
        "9" * 5000,
    ],
)
def test_anything_else__is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_amount(text)


@given(st.text(max_size=12))
def test_any_text__is_an_amount_nothing_or_refused(text: str) -> None:
    try:
        amount = parse_amount(text)
    except ValueError:
        return
    assert amount is None or abs(amount) <= LIMIT


@given(
    st.text(
        st.characters(
            categories=["Nd", "Nl", "No"], exclude_characters="0123456789０１２３４５６７８９"
        ),
        min_size=1,
    )
)
def test_other_digits__are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_amount(text)
