from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.nine import NINE, codes_of, one, told
from tests.rules.samples import (
    AXES,
    CONTEXT,
    CURRENT,
    LEVEL_UP,
    amounts,
    changed,
    codes,
    findings,
    flat,
    funding,
    line,
)
from yosan_xl.model.money import Rounding
from yosan_xl.model.request import Document, Request
from yosan_xl.rules.estimates import estimate, stated_sum
from yosan_xl.rules.registry import RuleContext

SERVICE = "・サービス利用料 (@456,450円×8月×1.1)"
MONTHLY = "・利用料金（月額242,000円×9ヶ月×1.1）"


def _with(label: str, requested: int | None) -> Document:
    return flat(
        lines=[line(label, requested), line("委託料", 1000)],
        total=amounts((requested or 0) + 1000),
        funding=funding(general=(requested or 0) + 1000),
    )


def test_yx208__hits_an_amount_that_is_not_what_its_expression_comes_to() -> None:
    found = findings(_with(SERVICE, 4071))

    assert [(each.code, each.pointer) for each in found] == [("YX208", "/lines/0/requested")]
    assert found[0].fact == (
        "1行目の「内容」の積算 「@456,450円×8月×1.1」= 4,016,760円 は 4,017千円(千円未満切上げ)で、"
        "「要求額」 4,071千円 と 54千円 ちがいます。"
    )


@pytest.mark.parametrize(
    ("label", "requested"),
    [
        (SERVICE, 4016),
        (MONTHLY, 2395),
        ("@100円×50枚＋@200円×50枚", 16),
        (SERVICE, 4_016_760),
        (SERVICE, 0),
    ],
)
def test_yx208__hits_rounding_sums_and_yen(label: str, requested: int) -> None:
    assert codes(_with(label, requested)) == ["YX208"]


@pytest.mark.parametrize(
    ("label", "requested"),
    [
        (SERVICE, 4017),
        (MONTHLY, 2396),
        ("@100円×50枚＋@200円×50枚", 15),
        ("@150円×10枚＋@250円×10枚", 5),
        ("@15×10枚", 150),
        ("消耗品（100円×30個、うち予備5個）", 7),
        (SERVICE, None),
        (SERVICE, -500),
        ("備品 @1,000円×3台ほか", 9),
    ],
)
def test_yx208__does_not_hit_what_agrees_or_is_not_understood(
    label: str, requested: int | None
) -> None:
    assert codes(_with(label, requested)) == []


def test_yx208__does_not_hit_where_a_sum_tells_of_the_same_mistake() -> None:
    document = changed(_with(SERVICE, 4017), "/lines/0/requested", 4071)

    assert codes(document) == ["YX202"]


@pytest.mark.parametrize(
    ("rounding", "agreeing"), [(Rounding.UP, 4017), (Rounding.NEAREST, 4017), (Rounding.DOWN, 4016)]
)
def test_yx208__does_not_hit_the_rounding_of_the_year(rounding: Rounding, agreeing: int) -> None:
    settings = replace(CONTEXT.settings, expenditure_rounding=rounding)
    context = RuleContext(settings, CONTEXT.roster)

    def count(requested: int) -> int:
        request = Request.from_document(_with(SERVICE, requested), AXES)
        return len(list(estimate.check(request, context)))

    assert (count(agreeing), count(agreeing + 1)) == (0, 1)


def test_yx209__hits_the_sum_that_was_published_wrong() -> None:
    (found,) = told(one(59))

    assert (found.code, found.pointer) == ("YX209", "/future_cost")
    assert found.fact == (
        "「事業実施に伴う将来コスト」の文中の 429千円 + 660千円 + 2,508千円 の計は 3,597千円 で、"
        "書かれている 3,523千円 と 74千円 ちがいます。"
    )


@pytest.mark.parametrize("key", ["description", "proposal", "schedule", "future_cost"])
def test_yx209__hits_in_every_block(key: str) -> None:
    found = told(one(55, **{key: "全体で 5,000円（内訳 会場 2,000円、講師 2,500円）です。"}))

    assert [(each.code, each.pointer) for each in found] == [("YX209", f"/{key}")]
    assert "4,500円 で、書かれている 5,000円 と 500円 ちがいます。" in found[0].fact


def test_yx209__hits_beside_a_block_that_is_too_long() -> None:
    document = one(59, description="長" * 201)

    assert codes_of(document) == ["YX105", "YX209"]


@pytest.mark.parametrize("no", [each["no"] for each in NINE if each["no"] != 59])
def test_yx209__does_not_hit_the_other_eight(no: int) -> None:
    assert codes_of(one(no)) == []


def test_yx209__does_not_hit_the_right_sum() -> None:
    text = "3,597千円／年（SMS 429千円、区外転出 660千円、預貯金照会 2,508千円）"

    assert codes_of(one(59, future_cost=text)) == []


def test_yx209__does_not_hit_a_block_that_could_not_be_read() -> None:
    assert told(one(59), "/future_cost") == []


UP, NEAREST, DOWN = Rounding.UP, Rounding.NEAREST, Rounding.DOWN


def _computed(label: str, requested: int | None, unit: str, rounding: Rounding) -> list[object]:
    """Return what the expression of the first line comes to, where that is another amount."""
    own = Request.from_document(_with(label, requested), replace(AXES, unit=unit))
    settings = replace(CONTEXT.settings, expenditure_rounding=rounding)
    context = RuleContext(settings, CONTEXT.roster)
    return [fault.facts["computed"] for fault in estimate.check(own, context)]


@pytest.mark.parametrize(
    ("label", "rounding", "unit", "computed"),
    [
        ("@1,500円×3人", UP, "千円", "5千円"),
        ("@1,500円×3人", NEAREST, "千円", "5千円"),
        ("@1,499円×3人", NEAREST, "千円", "4千円"),
        ("@1,500円×3人", DOWN, "千円", "4千円"),
        ("@1,000.1円×3人", UP, "千円", "4千円"),
        ("@1,499.9円×1人", NEAREST, "千円", "1千円"),
        ("@1.5円×3人", UP, "円", "5円"),
        ("@1.5円×3人", NEAREST, "円", "5円"),
        ("@1.4円×1人", NEAREST, "円", "1円"),
        ("@1.5円×3人", DOWN, "円", "4円"),
        ("@2円×3人", UP, "円", "6円"),
        ("@2円×3人", NEAREST, "円", "6円"),
    ],
)
def test_yx208__rounds_as_the_year_s_settings_say(
    label: str, rounding: Rounding, unit: str, computed: str
) -> None:
    assert _computed(label, 900_000, unit, rounding) == [computed]


@pytest.mark.parametrize(
    ("label", "requested", "unit", "agrees"),
    [
        ("@1,500円×1人＋@1,500円×1人", 3, "千円", True),  # together
        ("@1,500円×1人＋@1,500円×1人", 4, "千円", True),  # each by itself
        ("@1,500円×1人＋@1,500円×1人", 2, "千円", True),  # one of them
        ("@1,500円×1人＋@1,500円×1人", 5, "千円", False),
        ("@1,500×2人", 3_000, "千円", True),  # in 千円 as the column is
        ("@1,500円×2人", 3_000, "千円", False),
        ("¥1,500×2人", 3_000, "千円", False),
        ("@1,500×2人", 3, "千円", True),
        ("@1,500円×3人", 4_500, "円", True),
        ("@1,500円×3人", 5_000, "円", True),  # whole 千円
        ("@1,500円×3人", 4_000, "円", False),
        ("@1,500×3人", 4_500_000, "円", False),
        ("@1,500円×3人", -5, "千円", True),
        ("@1,500円×3人", 0, "千円", False),
        ("@1,500円×3人", None, "千円", True),
        ("１人", 5, "千円", True),
    ],
)
def test_yx208__an_amount_may_agree_in_several_ways(
    label: str, requested: int | None, unit: str, *, agrees: bool
) -> None:
    assert (_computed(label, requested, unit, UP) == []) is agrees


def test_yx208__says_a_fraction_of_a_yen() -> None:
    own = Request.from_document(_with("@1.5円×3人", 9), AXES)
    (fault,) = estimate.check(own, CONTEXT)
    assert fault.facts["arithmetic"] == "「@1.5円×3人」= 4.5円"


@pytest.mark.parametrize(
    ("part_off", "total_off", "is_told"),
    [(0, 0, True), (-1, 0, False), (0, -1, False), (1, 0, True), (0, 1, True), (-2, 0, True)],
)
def test_yx208__is_silent_where_a_sum_is_off_by_just_as_much(
    part_off: int, total_off: int, *, is_told: bool
) -> None:
    rows = [line("@1,500円×2人", 4, part=LEVEL_UP), line("保守料", 10, part=CURRENT)]
    subtotals = [
        {"part": LEVEL_UP, **amounts(4 + part_off)},
        {"part": CURRENT, **amounts(9)},  # that of another group says nothing
    ]
    document = flat(lines=rows, subtotals=subtotals, total=amounts(14 + total_off))
    own = Request.from_document(document, AXES)
    assert bool([*estimate.check(own, CONTEXT)]) is is_told


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "3,000千円（内訳 甲 1,000千円、乙 1,500千円）",
            {"parts": "1,000千円 + 1,500千円", "summed": "2,500千円", "gap": "500千円"},
        ),
        (
            "3,000円（内訳 甲 1,000円、乙 1,500円）",
            {"parts": "1,000円 + 1,500円", "summed": "2,500円", "gap": "500円"},
        ),
        (
            "3,000千円（内訳 甲 1,000千円、乙 500円）",
            {"parts": "1,000千円 + 500円", "summed": "1,000,500円", "gap": "1,999,500円"},
        ),
    ],
)
def test_yx209__says_the_sum_in_the_unit_of_the_text(text: str, facts: dict[str, str]) -> None:
    own = Request.from_document(flat(description=text), AXES)
    (fault,) = stated_sum.check(own, CONTEXT)
    assert {key: fault.facts[key] for key in facts} == facts
