"""The estimate of lines: Japanese, words, marks that begin no line, paragraphs."""

from __future__ import annotations

import pytest

from yosan_xl.excel.wrapping import display_lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10.6, 1),
        ("十個の漢字を並べた行", 10.6, 1),
        ("十一個の漢字を並べた行", 10.6, 2),
        ("一行\n\n三行", 10.6, 3),
        ("行の終わりに読点が来る、", 11.6, 2),
        ("三つの段落\n・一\n・二", 10.6, 3),
        ("word word word", 10.6, 2),
        ("要求する内容（Request）", 10.6, 2),
    ],
)
def test_lines__of_a_text(text: str, width: float, lines: int) -> None:
    assert display_lines(text, width) == lines


def test_lines__marks_go_down_with_the_letter_before_them() -> None:
    assert display_lines("一二三四五六七八九十）、", 11.6) == 2
    assert display_lines("一二三四五六七八九「十", 10.6) == 2


def test_lines__a_word_is_not_divided_unless_it_is_longer_than_a_line() -> None:
    assert display_lines("要求要求要求要求LGWAN", 10.6) == 2
    assert display_lines("https://www.city.minato.tokyo.jp/zaisei/2020_0811.html", 10.6) >= 4


def test_lines__a_cell_of_no_width_still_has_lines() -> None:
    assert display_lines("予算要求", 0) == 4
