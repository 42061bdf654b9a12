from __future__ import annotations

import pytest

from yosan_xl.store.safe_name import why_unsafe


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
        ("..", "始まる"),
        (".隠し", "始まる"),
        ("~$a", "始まる"),
        ("a.", "終わって"),
        ("a ", "終わって"),
        ("NUL", "Windows"),
        ("com1.xlsx", "Windows"),
        ("あ" * 61, "60字"),
    ],
)
def test_why_unsafe__says_why(name: str, part: str) -> None:
    problem = why_unsafe(name)
    assert problem is not None
    assert part in problem
