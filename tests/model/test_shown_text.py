"""One way to show a text, whatever it was pasted from."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from yosan_xl.model.money import parse_amount
from yosan_xl.model.text import is_blank, match_name, shown_otherwise, shown_text


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
