"""What lets a text pass by the grammars must let pass nothing that they understand; and what they understand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.rules.figures import halved, may_break_down, may_multiply
from yosan_xl.rules.sum_grammars import breakdowns, prices


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


@pytest.mark.parametrize(
    ("label", "yen"),
    [
        ("1,000円×3", 3_000),
        ("2人×1,000円", 2_000),
        ("(1,000円×3人)×2回", 6_000),
        ("2回×(1,000円×3人)", 6_000),
        ("(3人)×1,000円", 3_000),
        ("(1,000円＋500円)×2回", 3_000),
        ("(1,000円×3人＋500円)", 3_500),
        ("1,000円×110%", 1_100),
        ("1,000円×3/4", 750),
        ("1,000円×3人（内金）＝3,000円", 3_000),
        ("(1,000円×3人＝3,000円)×2回", 6_000),
    ],
)
def test_prices__of_brackets_and_factors_in_any_order(label: str, yen: int) -> None:
    assert [price.yen for price in prices(label)] == [yen]


@pytest.mark.parametrize(
    "label",
    [
        "(1,000円＋3)×2回",
        "(3＋1,000円)×2回",
        "(1,000円＋500円)",
        "3人÷1,000円×2",
        "1,000円×3人×2円",
        "1,000円×3外×2",
    ],
)
def test_prices__say_nothing_of_sums_that_are_no_money(label: str) -> None:
    assert prices(label) == ()


@pytest.mark.parametrize(("size", "is_read"), [(500, True), (501, False)])
def test_prices__of_a_label_that_is_no_longer_than_any(size: int, *, is_read: bool) -> None:
    expression = "@1,000円×3人"
    assert bool(prices("あ" * (size - len(expression)) + expression)) is is_read


def test_prices__brackets_within_eight_brackets_are_read() -> None:
    for depth, read in ((8, 8), (9, 8)):
        (found,) = prices("(" * depth + "1,000円×3人" + ")" * depth)
        assert (int(found.yen), found.text.count("(")) == (3_000, read)


@given(st.text("0123456789０１,.円千@×x÷+＋=%()（）月人、 ~税約\n", max_size=120))
def test_prices__never_raise(label: str) -> None:
    assert all(price.yen >= 0 for price in prices(label))


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


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("3,000円（甲 2,000円、乙 700円）", False),  # a tenth is near
        ("3,000円（甲 2,000円、乙 699円）", None),
        ("3,000円（甲 2,000円、乙 1,300円）", False),
        ("3,000円（甲 2,000円、乙 1,301円）", None),
        ("3,000円（甲 2,000円、乙 1,000円）", True),
        ("3,000円（甲 2,000円、乙 1,001円）", False),
        ("3,000円（甲 3,000円、乙 0円）", None),
        ("3,000円（内訳 甲 3,000円、乙 300円）", False),
        ("3,000円（内訳 甲 2,000円、乙 1円）", False),
        ("3,000円（内訳 甲 3,000円）", None),
        ("3,000円（甲 2,000円、前年 1,000円）", None),
        ("3,000円（内訳 甲 2,000円、前年 1,000円）", True),
        ("甲 2,000円＋前年 1,000円＝3,000円", True),
        ("約 甲 2,000円＋乙 1,000円＝3,000円", None),
        ("360万円（内訳 甲 1,089千円、乙 2,501千円）", True),  # as far as 1万円
        ("360万円（内訳 甲 1,089千円、乙 2,500千円）", False),
        ("約3,000円（内訳 甲 2,000円、乙 700円）", None),
        ("うち、その分3,000円（内訳 甲 2,000円、乙 700円）", None),
        ("うち、これの分で3,000円（内訳 甲 2,000円、乙 700円）", False),
    ],
)
def test_breakdowns__near_the_total_or_named(text: str, *, agrees: bool | None) -> None:
    found = [one.agrees for one in breakdowns(text)]
    assert found == ([] if agrees is None else [agrees])


@pytest.mark.parametrize(("size", "is_read"), [(2_000, True), (2_001, False)])
def test_breakdowns__of_a_block_that_is_no_longer_than_any(size: int, *, is_read: bool) -> None:
    text = f"3,597千円（{PARTS}）"
    assert bool([*breakdowns("あ" * (size - len(text)) + text)]) is is_read


def test_breakdowns__a_list_within_one_line_ends_with_it() -> None:
    (found,) = breakdowns("3,000円 内訳 甲 2,000円、乙 900円\n丙 5,000円は別の話")
    assert found.parts == ("2,000円", "900円")
    (lines,) = breakdowns("3,000円 内訳\n甲 2,000円\n\n乙 900円\n")
    assert lines.parts == ("2,000円", "900円")


@given(st.text("0123456789０１,.千万円（）()内訳約、+＝=\n 計", max_size=200))
def test_breakdowns__never_raise(text: str) -> None:
    assert all(len(found.parts) > 1 for found in breakdowns(text))


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
