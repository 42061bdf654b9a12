"""One way to show a text, whatever it was pasted from; names that are the same; the name that was meant."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.model.money import parse_amount
from yosan_xl.model.text import (
    as_argument,
    canonical,
    hint,
    is_blank,
    match_name,
    on_one_line,
    shortened,
    shown_otherwise,
    shown_text,
)
from yosan_xl.resources import template_folder
from yosan_xl.store.settings_file import parse_settings


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\x0b１\t会場の設営", "\n１ 会場の設営"),
        ("一\r\n二\r三\n四\x85五\u2028六\u2029七", "一\n二\n三\n四\n五\n六\n七"),
        ("a\u200bb\u200cc\u200dd\u2060e\u00adf\ufeffg", "abcdefg"),
        ("額\u202e1\u202c\u2066\u2069\u200e\u200f\u061c", "額1"),
        ("a\x00b\x08c\x1b[31md\x0c\x7f\x9f", "abc[31md"),
        ("外字\ue000\U000f0000", "外字\ue000\U000f0000"),
        ("葛\U000e0100城 神\ufe00", "葛\U000e0100城 神\ufe00"),
        ("か\u3099ん", "か\u3099ん"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥", "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥"),
        ("か\u200dな", "かな"),
        ("👨\u200d\u200d👩", "👨👩"),
        ("一\r\u200b\n二", "一\n\n二"),
        ("\ud800半分", "\ufffd半分"),
        ("\ufffe\uffff\ufdd0", ""),
        ("_x000B_", "_x000B_"),
        ("全角　空白\u00a0①〜㎡", "全角　空白\u00a0①〜㎡"),
    ],
)
def test_shown_text__each_kind(typed: str, shown: str) -> None:
    assert shown_text(typed) == shown
    assert shown_text(shown) == shown


def test_shown_text__of_controls_and_formats_only_a_line_feed_and_what_has_a_picture_stay() -> None:
    kinds = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    left = {
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(char) in kinds and shown_text(char) == char
    }
    names = {unicodedata.name(char, char) for char in left}
    assert {"\n"} < names
    assert all(name == "\n" or name.split()[0] in _WITH_A_PICTURE for name in names), names


_WITH_A_PICTURE = {"ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN"}


def test_shown_otherwise__names_each_once_and_no_carriage_return() -> None:
    assert shown_otherwise("一\r\n二\r三👨\u200d👩") == {}
    assert shown_otherwise("\t\t\x0b\u200b") == {
        "\t": "タブ(U+0009)",
        "\x0b": "改行(U+000B)",
        "\u200b": "見えない文字(U+200B)",
    }


@pytest.mark.parametrize("text", ["", " ", "　\n", "\u200b", "\ufeff\t\u00ad"])
def test_is_blank__what_nobody_sees(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}一")


def test_names_and_amounts__what_nobody_sees_makes_no_other() -> None:
    assert match_name("総務費\u200b", ["総務費", "民生費"]) == "総務費"
    assert parse_amount("\u202a1,234\u202c\t") == 1_234


KAN = ("総務費", "民生費", "衛生費", "産業経済費", "環境清掃費")
SETTINGS = (template_folder("minato-r2") / "yosan.toml").read_bytes()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("民生費", "民生費"),
        ("⺠⽣費", "民生費"),
        ("⺠生費", "民生費"),
        ("民⽣費", "民生費"),
        (" 民生費　", "民生費"),
        ("民 生 費", "民生費"),
        ("民生\n費", "民生費"),
    ],
)
def test_match__a_name_that_only_looks_so(text: str, name: str) -> None:
    assert match_name(text, KAN) == name


@pytest.mark.parametrize("text", ["", "民生", "民生費等", "土木費", "総務費・民生費"])
def test_match__nothing_like_it(text: str) -> None:
    assert match_name(text, KAN) is None


def test_match__itself_before_one_that_looks_so() -> None:
    assert match_name("ＩＴ課", ["IT課", "ＩＴ課"]) == "ＩＴ課"


def test_match__none_of_several() -> None:
    assert match_name("ＩＴ 課", ["IT課", "ＩＴ課"]) is None


def test_match__marks_that_stand_alone() -> None:
    assert match_name("レヘ゛ルアッフ゜事業", ["レベルアップ事業"]) == "レベルアップ事業"


def test_match__takes_any_iterable_once() -> None:
    assert match_name("⺠⽣費", iter(KAN)) == "民生費"


@pytest.mark.parametrize(
    ("radical", "character"),
    [
        *("⺠民", "⽣生", "⾷食", "⾧長", "⻑長", "⻘青", "⽔水", "⺟母", "⽂文", "⼯工", "⼟土"),
        *("⽊木", "⽤用", "⾒見", "⾞車", "⾦金", "⽥田", "⼈人", "⼦子", "⽕火", "⽇日", "⽉月"),
        *("⻄西", "⻩黄", "⿊黒", "⼾戸", "⻤鬼", "⻲亀", "⻫斉", "⻯竜", "⻭歯"),
        *("⻡首", "⻠饣", "⻟飠", "⻞食", "⺜日", "⺧牛"),
    ],
    ids=lambda text: text,
)
def test_canonical__radicals_are_the_characters_they_look_like(
    radical: str, character: str
) -> None:
    assert radical != character
    assert canonical(radical) == canonical(character) == character


def test_canonical__every_radical_becomes_something_else() -> None:
    # U+2E9A is not assigned; the strokes that are left are parts of no name by themselves.
    radicals = [chr(point) for point in (*range(0x2E80, 0x2E9A), *range(0x2E9B, 0x2EF4))]
    radicals += [chr(point) for point in range(0x2F00, 0x2FD6)]
    left = [text for text in radicals if "RADICAL" in unicodedata.name(canonical(text), "")]
    assert "".join(left) == "⺂⺈⺵⺸⺻"


@given(st.text())
def test_canonical__of_the_canonical_is_itself(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(st.sampled_from(KAN))
def test_canonical__decomposed_names_are_the_same(name: str) -> None:
    assert match_name(unicodedata.normalize("NFD", name), KAN) == name


def test_names_of_a_year__are_told_apart() -> None:
    settings = parse_settings(SETTINGS)
    for names in (settings.categories, *(account.kan for account in settings.accounts)):
        assert len({canonical(name) for name in names}) == len(names)


_KAN = ("議会費", "総務費", "民生費", "衛生費", "土木費")


def test_hint__offers_the_name_that_differs_in_width_only() -> None:
    assert hint(" 総務費　", _KAN) == "「総務費」のことでしょうか。"


def test_hint__offers_two_names_where_both_are_near() -> None:
    # U+2EA0 looks like 民 and is another character.
    assert hint("⺠生費", _KAN) in (
        "「民生費」か「衛生費」のことでしょうか。",
        "「衛生費」か「民生費」のことでしょうか。",
    )


def test_hint__is_empty_where_nothing_is_near() -> None:
    assert hint("あいう", _KAN) == ""
    assert hint("総務費", ()) == ""


def test_shortened__long_text_says_that_it_goes_on() -> None:
    assert shortened("短い", 600) == "短い"
    assert shortened("あ" * 5_000, 600, "…（以下略）") == "あ" * 600 + "…（以下略）"


def test_on_one_line__is_quoted_without_line_breaks() -> None:
    assert on_one_line("一行目\n 二行目", 20) == "一行目 二行目"
    assert on_one_line("一行目\n 二行目", 3) == "一行目…"


@pytest.mark.parametrize(
    ("text", "typed"),
    [("R9", "R9"), ("../保存庫/R9", "../保存庫/R9"), ("R 9", '"R 9"'), ("a&b", '"a&b"')],
)
def test_as_argument__quotes_what_a_shell_would_take_apart(text: str, typed: str) -> None:
    assert as_argument(text) == typed


def test_shortened__what_fits_is_whole() -> None:
    assert (shortened("一二三", 3), shortened("一二三四", 3)) == ("一二三", "一二三…")
    assert on_one_line("一\n二  三", 5) == "一 二 三"


def test_hint__a_name_that_differs_in_width_alone_is_the_one_meant() -> None:
    assert hint("総務費１", ["総務費1", "総務費2"]) == "「総務費1」のことでしょうか。"
    assert hint("総務費3", ["総務費1", "総務費2"]).count("「") == 2
