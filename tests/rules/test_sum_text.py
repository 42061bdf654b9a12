"""What lets a text pass by the grammars must let pass nothing that they understand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.rules.breakdown_text import breakdowns
from yosan_xl.rules.price_text import prices
from yosan_xl.rules.sum_text import halved, may_break_down, may_multiply


def test_halved__figures_and_signs_alone_and_one_for_one() -> None:
    assert halved("＠１，２００円✕３＊４（税込）ア") == "@1,200円×3×4(税込)ア"


@pytest.mark.parametrize("sign", ["×", "✕", "✖", "＊", "*", "x", "X", "ｘ", "Ｘ"])
def test_may_multiply__every_sign_that_a_price_is_written_with(sign: str) -> None:
    label = f"@1,000円{sign}3"
    assert prices(label)
    assert may_multiply(label)


@given(st.text("@1,000円2×✕*xX÷(+) 人", max_size=20))
def test_may_multiply__no_price_without(label: str) -> None:
    assert may_multiply(label) or not prices(label)


@given(
    st.lists(
        st.sampled_from(["計", "3千円", "1千円", "2千円", "円", "（", "、", "）", "内訳", "="])
    )
)
def test_may_break_down__no_breakdown_without(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert may_break_down(text) or not list(breakdowns(text))


def test_may_break_down__a_total_and_two_parts() -> None:
    assert may_break_down("3千円（甲 1千円、乙 2千円）")
    assert not may_break_down("3千円（甲 1千円）")
