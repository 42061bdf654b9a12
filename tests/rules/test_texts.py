from __future__ import annotations

import pytest

from tests.rules.nine import codes_of, one, told
from yosan_xl.model.finding import Weight
from yosan_xl.rules.texts import is_filler, is_rare, rare_of


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


def test_yx902__hits_once_naming_characters_and_places() -> None:
    document = one(61, description="𠮷田邸の改修", outcome="髙橋邸と𠮷田邸", lines__0__label="髙")
    (found,) = told(document)

    assert (found.code, found.weight, found.pointer) == ("YX902", Weight.INFO, "/description")
    assert found.fact == (
        "「事業説明文」「事業実施で得られる成果」「要求内容の1行目」にある "
        "「𠮷」(U+20BB7)「髙」(U+9AD9) は、機種依存文字か、Shift_JIS(CP932)にない文字です。"
    )


def test_yx902__hits_a_name_of_a_source_and_shows_what_a_mark_stands_on() -> None:
    (found,) = told(one(60, funding__national__name="か\u3099ん対策費補助金"))

    assert "「か\u3099」(U+3099)" in found.fact
    assert found.pointer == "/funding/national/name"


def test_yx902__hits_with_no_more_than_eight_of_many() -> None:
    (found,) = told(one(61, outcome="".join(map(chr, range(0x20000, 0x20014)))))

    assert found.fact.count("U+") == 8
    assert "ほか12 は" in found.fact


def test_yx025__hits_once_naming_characters_and_places() -> None:
    odd = {"description": "\x0b１\t会場\u200bの設営\u2028", "lines__0__label": "印刷\u00ad\t"}
    (found,) = told(one(61, **odd))

    assert (found.code, found.weight, found.pointer) == ("YX025", Weight.INFO, "/description")
    assert found.fact == (
        "「事業説明文」「要求内容の1行目」に 「改行(U+000B)」「タブ(U+0009)」「見えない文字(U+200B)」"
        "「改行(U+2028)」「見えない文字(U+00AD)」 があります。紙、ページ、CSV、集計では、タブは空白、"
        "改行は改行として表し、見えない文字は出しません。"
    )


@pytest.mark.parametrize("text", ["一\n二", "一\r\n二\r三", "全角　半角 ", "①㈱"])
def test_yx025__does_not_hit_line_ends_and_blanks(text: str) -> None:
    assert told(one(61, description=text)) == []


@pytest.mark.parametrize("text", ["葛\U000e0100城", "👨\u200d👩", "\ue000"])
def test_yx025__does_not_hit_what_chooses_a_glyph(text: str) -> None:
    assert codes_of(one(61, description=text)) == ["YX902"]


@pytest.mark.parametrize("character", ["𠮷", "髙", "﨑", "⺠", "é", "😀", "\ue000", "\u3099"])
def test_yx902__hits_each(character: str) -> None:
    assert is_rare(character)


@pytest.mark.parametrize(
    "character", ["①", "㈱", "Ⅲ", "～", "〜", "−", "―", "吉", "高", "ｱ", "\n", "㎡"]
)
def test_yx902__does_not_hit_what_is_common(character: str) -> None:
    assert not is_rare(character)
    assert codes_of(one(61, outcome=f"成果{character}")) == []


def test_yx902__does_not_hit_codes_of_the_sheet_itself() -> None:
    assert codes_of(one(61, id="𠮷-1")) == []


def test_yx902__no_rare_character_is_passed_over_at_a_glance() -> None:
    every = (chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000)
    assert not [character for character in every if is_rare(character) and not rare_of(character)]
