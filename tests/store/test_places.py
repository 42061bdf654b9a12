from __future__ import annotations

import pytest

from yosan_xl.store.places import why_unsafe


@pytest.mark.parametrize(
    "name", ["配布", "0801_国保年金課", "2020 年", "console", "芝浦港南（支所）"]
)
def test_why_unsafe__usable(name: str) -> None:
    assert why_unsafe(name) is None


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("", "空"),
        ("a/b", "「/」"),
        ("a\\b", "「\\」"),
        ("a:b", "「:」"),
        ("a\nb", "制御文字"),
        ("..", "終わって"),
        (".隠し", "始まって"),
        ("~$a", "始まって"),
        ("a.", "終わって"),
        ("a ", "終わって"),
        ("NUL", "Windows"),
        ("com1.xlsx", "Windows"),
        ("con .txt", "Windows"),
        ("LPT²", "Windows"),
        ("CONOUT$", "Windows"),
        ("あ" * 61, "60字"),
    ],
)
def test_why_unsafe__says_why(name: str, part: str) -> None:
    problem = why_unsafe(name)
    assert problem is not None
    assert part in problem


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\u200b", "\u2028", "\ufeff"])
def test_why_unsafe__what_is_not_seen(char: str) -> None:
    assert why_unsafe(f"01{char}03") == f"に、見えない文字(U+{ord(char):04X})があります"


def test_why_unsafe__characters_of_names_that_fonts_lack() -> None:
    assert why_unsafe("\ue000島課") is None
