from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.nine import NINE, codes_of, one, told
from tests.rules.samples import (
    AXES,
    CONTEXT,
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
from yosan_xl.rules.estimates import estimate
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
