from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.rules.price_text import prices


@pytest.mark.parametrize(
    ("label", "text", "yen"),
    [
        ("・サービス利用料 (@456,450円×8月×1.1)", "@456,450円×8月×1.1", 4_016_760),
        ("・利用料金（月額242,000円×9ヶ月×1.1）", "月額242,000円×9ヶ月×1.1", 2_395_800),
        ("＠４５６，４５０円✕８月＊１．１", "＠４５６，４５０円✕８月＊１．１", 4_016_760),
        ("謝礼 10,000円 x 3名 × 2日", "10,000円 x 3名 × 2日", 60_000),
        ("保守 @5,000円/月×12月×110%", "@5,000円/月×12月×110%", 66_000),
        ("委託 5千円×12か月＝60千円", "5千円×12か月", 60_000),
        ("人件費 2.5人×@5,000円×244日", "2.5人×@5,000円×244日", 3_050_000),
        ("(1,000円×3人＋500円×2人)×1.1", "(1,000円×3人＋500円×2人)×1.1", 4_400),
        ("補助 6,259千円×3/4", "6,259千円×3/4", 4_694_250),
        ("単価 1,200円÷12月×5月", "1,200円÷12月×5月", 500),
        ("令和2年度分 10,000円×8月", "10,000円×8月", 80_000),
        ("¥300×20枚", "¥300×20枚", 6_000),
    ],
)
def test_prices__are_read_as_typed(label: str, text: str, yen: int) -> None:
    found = prices(label)

    assert [(price.text, price.yen) for price in found] == [(text, Fraction(yen))]


@pytest.mark.parametrize(
    ("label", "sums"),
    [
        ("報酬 @10,000円×3人＋旅費 @500円×3人", [30_000, 1_500]),
        ("賃借料 @50,000円×12か月 保守 @10,000円×12か月", [600_000, 120_000]),
        ("郵送料（はがき63円×1,000通、封書84円×500通）", [105_000]),
    ],
)
def test_prices__several_in_a_label(label: str, sums: list[int]) -> None:
    assert [price.yen for price in prices(label)] == sums


@pytest.mark.parametrize(
    "label",
    [
        "区民保養施設借上関連経費（通年・夏季・冬季）",
        "・区長記者発表の動画撮影及び編集経費（年8回分）",
        "会場費 5,000円",
        "Web×SNSによる広報",
        "5人×3回",
        "@1,000円×3人ほか",
        "@1,000円×3人等",
        "@1,000円×3人（税別）",
        "約1,000円×3人",
        "@1,000円×3人、年5回",
        "5会場で @1,000円×3人",
        "@1,000円×8～10月",
        "@100円×3人-50円",
        "@100円×3人＋消耗品",
        "研修（@30,000円×2回）、教材費5,000円",
        "モニター1920x1080 @20,000円×3台",
        "1,2345円×3人",
        "1,000円×500円",
        "1,000円÷0×3",
        "1,000円×3/0",
        "@1,000円×３人×",
        "@1,000円×三人",
    ],
)
def test_prices__say_nothing_of_what_is_not_understood_whole(label: str) -> None:
    assert prices(label) == ()


@given(st.text("0123456789０１,.円千@×x÷+＋=%()（）月人、 ~税約\n", max_size=120))
def test_prices__never_raise(label: str) -> None:
    assert all(price.yen >= 0 for price in prices(label))
