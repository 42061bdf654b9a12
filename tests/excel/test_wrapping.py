"""The estimates of lines: Japanese, words, marks that begin no line, paragraphs; rows are as high as their texts need."""

from __future__ import annotations

import pytest

from yosan_xl.excel.wrapping import display_lines, line_count, row_height


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


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        (None, 1),
        (12_345, 1),
        ("", 1),
        ("a" * 13, 1),
        ("a" * 14, 2),
        ("字" * 10, 1),
        ("字" * 11, 2),
        ("a\nb", 2),
        ("字" * 100, 10),
        ("a\n" + "字" * 11 + "\n", 4),
    ],
)
def test_line_count__in_a_column_of_twenty_digits(value: object, lines: int) -> None:
    assert line_count(value, 20) == lines


def test_row_height__grows_with_the_lines_as_far_as_excel_goes() -> None:
    assert [row_height(lines) for lines in (1, 2, 100)] == [19, 33, 409]
