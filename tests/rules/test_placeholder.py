from __future__ import annotations

import pytest

from tests.rules.nine import codes_of, one, told
from yosan_xl.rules.placeholder import is_filler


@pytest.mark.parametrize("key", ["title", "description", "background", "schedule", "plans"])
def test_yx901__hits_in_the_title_and_in_every_block(key: str) -> None:
    found = told(one(61, **{key: "あああああ"}))

    assert [(each.code, each.pointer) for each in found] == [("YX901", f"/{key}")]
    assert "が「あああああ」で、仮の文字のようです。" in found[0].fact


def test_yx901__hits_in_a_line_item() -> None:
    found = told(one(61, lines__1__label="テスト"))

    assert [(each.code, each.pointer) for each in found] == [("YX901", "/lines/1/label")]
    assert found[0].fact.startswith("「要求内容の2行目」が「テスト」で")


@pytest.mark.parametrize(
    "text",
    [
        "テスト",
        "ﾃｽﾄ2",
        "test test",
        "ＸＸＸ",
        "●●",
        "〇〇",
        "○○○",
        "1111",
        "テスト入力です。",
        "あいうえお",
    ],
)
def test_yx901__hits_what_is_only_filler(text: str) -> None:
    assert is_filler(text)
    assert codes_of(one(61, outcome=text)) == ["YX901"]


@pytest.mark.parametrize(
    "text",
    [
        "なし",
        "未定",
        "・なし",
        "－",
        "―――",
        "ーーー",
        "※",
        "〃",
        "同上",
        "テスト環境の整備",
        "○○公園",
        "A",
        "RPA",
        "…",
    ],
)
def test_yx901__does_not_hit_what_people_write(text: str) -> None:
    assert not is_filler(text)
    assert codes_of(one(61, outcome=text)) == []


def test_yx901__does_not_hit_a_text_that_is_too_long_as_well() -> None:
    assert codes_of(one(61, title="あ" * 61)) == ["YX105"]
