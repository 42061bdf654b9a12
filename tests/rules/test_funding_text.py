from __future__ import annotations

import pytest

from tests.rules.nine import codes_of, one, told


@pytest.mark.parametrize("text", ["特定財源なし", "・特財なし。", "特定財源は　ありません"])
def test_yx210__hits_funds_beside_words_that_deny_them(text: str) -> None:
    found = told(one(60, funding_effort=text))

    assert [(each.code, each.pointer) for each in found] == [("YX210", "/funding_effort")]
    assert "特定財源が 5,868千円 ありますが" in found[0].fact


@pytest.mark.parametrize(
    "text",
    ["国の補助金を充当", None, "なし", "特定財源なし（一部を除く）", "特定財源の確保に努めます。"],
)
def test_yx210__does_not_hit_other_words(text: str | None) -> None:
    assert codes_of(one(60, funding_effort=text)) == []


def test_yx210__does_not_hit_where_there_are_no_funds() -> None:
    assert codes_of(one(61)) == []


def test_yx210__does_not_hit_a_source_that_the_lines_know_nothing_of() -> None:
    document = one(61, funding__national__amount=100, funding__general__amount=231)

    assert codes_of(document) == ["YX203"]


@pytest.mark.parametrize(
    "text",
    [
        "国庫補助金を充当",
        "都の交付金を活用",
        "都補助金（補助率1/2）を活用し、事業費の軽減を行う",
        "国庫支出金を財源とする",
    ],
)
def test_yx211__hits_funds_in_words_only(text: str) -> None:
    found = told(one(61, funding_effort=text))

    assert [(each.code, each.pointer) for each in found] == [("YX211", "/funding_effort")]


@pytest.mark.parametrize(
    "text",
    [
        "国庫補助金の活用を検討",
        "国庫補助金を活用する予定",
        "活用できる補助金はない",
        "都補助金を申請中",
        "国の補助金が令和元年度で終了",
        "令和3年度以降は国庫補助金を活用",
        "一般財源を充当",
        None,
    ],
)
def test_yx211__does_not_hit_what_is_not_certain(text: str | None) -> None:
    assert codes_of(one(61, funding_effort=text)) == []


def test_yx211__does_not_hit_while_the_amount_is_open() -> None:
    keys = ("lines__0__requested", "lines__0__earmarked", "total__requested", "total__earmarked")
    sources = ("funding__national__amount", "funding__general__amount")

    assert codes_of(one(60, **dict.fromkeys((*keys, *sources)))) == []


def test_yx211__does_not_hit_where_funds_are_given() -> None:
    assert codes_of(one(60)) == []
