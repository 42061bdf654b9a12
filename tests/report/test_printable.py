from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.report.printable import encodable, printable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国保年金課　①～△（千円）", "国保年金課　①～△（千円）"),
        ("1行目\n2行目\r\n3行目\r", "1行目⏎2行目⏎3行目⏎"),
        ("\x1b[31m赤", "\\u{1b}[31m赤"),
        ("a\u202exslx.exe", "a\\u{202e}xslx.exe"),
        (
            "\u2066\u2069\u200e\u200f\ufeff\u200b",
            "\\u{2066}\\u{2069}\\u{200e}\\u{200f}\\u{feff}\\u{200b}",
        ),
        ("\x00\t\x7f\x0b\x85\u2028", "\\u{0} \\u{7f}⏎⏎⏎"),
        ("外字\ue000", "外字\\u{e000}"),
        ("\udcff", "\\u{dcff}"),
        ("葛\U000e0100 か\u3099", "葛\U000e0100 か\u3099"),
    ],
)
def test_printable__shows_what_would_hide(text: str, expected: str) -> None:
    assert printable(text) == expected


@given(st.text(alphabet=st.characters()))
def test_printable__leaves_one_line_that_changes_no_more(text: str) -> None:
    shown = printable(text)

    assert printable(shown) == shown
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("髙橋 ①～△", "cp932", "髙橋 ①～△"),
        ("𠮷野家", "cp932", "〓(U+20BB7)野家"),
        ("1〜2−3—4⏎", "cp932", "1〜2−3―4／"),
        ("1—2⏎𠮷", "utf-8", "1—2⏎𠮷"),
        ("誤り a", "ascii", "\\u{8aa4}\\u{308a} a"),
    ],
)
def test_encodable__replaces_what_the_console_lacks(
    text: str, encoding: str, expected: str
) -> None:
    assert encodable(text, encoding) == expected


@given(st.text())
def test_encodable__can_be_written_to_any_console(text: str) -> None:
    for encoding in ("cp932", "ascii", "utf-8"):
        assert encodable(printable(text), encoding).encode(encoding)[:0] == b""
