from __future__ import annotations

import pytest

from tests.rules.nine import NINE, codes_of, one, told


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
