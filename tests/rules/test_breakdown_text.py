from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.rules.breakdown_text import breakdowns

PARTS = "SMS 429千円、区外転出 660千円、預貯金照会 2,508千円"


@pytest.mark.parametrize(
    "text",
    [
        f"レベルアップ分 3,523千円（うち特財）／年 （{PARTS}）",
        f"レベルアップ分 3,523千円（うち特財）／年\n（内訳 {PARTS}）",
        f"3,523千円(内訳：{PARTS})",
        f"令和3年度以降 3,523千円　内訳：{PARTS}\n令和4年度 500千円",
        "3,523千円 内訳\n・SMS 429千円\n・区外転出 660千円\n・預貯金照会 2,508千円",
        "SMS 429千円＋区外転出 660千円＋照会 2,508千円＝3,523千円",
        "３，５２３千円（ＳＭＳ ４２９千円、区外転出 ６６０千円及び預貯金照会 ２，５０８千円）",
    ],
)
def test_breakdowns__of_no_59_in_several_words(text: str) -> None:
    (found,) = breakdowns(text)

    assert (int(found.stated), int(found.summed)) == (3_523_000, 3_597_000)
    assert not found.agrees
    assert len(found.parts) == 3


@pytest.mark.parametrize(
    "text",
    [
        f"3,597千円（{PARTS}）",
        "3,000千円（内訳 令和3年度 1,000千円、令和4年度 2,000千円）",
        "360万円（内訳 委託 1,089千円、印刷 2,508千円）",
        "100円＋200円＝300円",
    ],
)
def test_breakdowns__that_agree(text: str) -> None:
    (found,) = breakdowns(text)

    assert found.agrees


@pytest.mark.parametrize(
    "text",
    [
        "レベルアップ分 6,259千円（うち特財4,694千円）／年",
        "令和3年度以降約1,900千円\n内容：経費（経常業務分の保守経費は約26,449千円/年）",
        "滞納額：2,652,991千円（H30年度決算）（うち③区外223,886千円）",
        "3,000千円（令和元年度 2,000千円、平成30年度 1,500千円）",
        "5,000円（大人 3,000円、子ども 1,000円）",
        "3,000千円（うち委託 1,000千円、印刷 1,500千円）",
        "約3,000千円（委託 1,000千円、印刷 1,900千円）",
        "3,000千円（委託 1,000千円、印刷 約1,900千円）",
        "3,000千円（委託 1,000千円、印刷等）",
        "3,000千円（委託 1,000千円、印刷 1,900千円ほか）",
        "総額 3,000千円、委託料（設計 1,000千円、監理 1,900千円）",
        "3,000千円（委託 1,000千円、印刷 1,900千円(2回)）",
        "3,000千円（5人×600千円）",
        "470万円程度の減、照会に要する時間は年間3,200時間から1,600時間に減",
        "3,000千円（委託 4,000千円、返還 △900千円）",
    ],
)
def test_breakdowns__say_nothing_of_other_lists(text: str) -> None:
    assert list(breakdowns(text)) == []


@given(st.text("0123456789０１,.千万円（）()内訳約、+＝=\n 計", max_size=200))
def test_breakdowns__never_raise(text: str) -> None:
    assert all(len(found.parts) > 1 for found in breakdowns(text))
