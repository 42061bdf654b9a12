from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.model.money import Rounding, thousand_yen, with_commas, with_unit

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
    ("amount", "text"), [(0, "0"), (999, "999"), (1_234_567, "1,234,567"), (-1_234, "△1,234")]
)
def test_with_commas__uses_the_triangle_for_minus(amount: int, text: str) -> None:
    assert with_commas(amount) == text
    assert with_unit(amount) == f"{text}千円"
