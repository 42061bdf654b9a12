"""Rows are as high as their texts need."""

from __future__ import annotations

import pytest

from yosan_xl.excel.heights import line_count, row_height


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        (None, 1),
        (12_345, 1),
        ("", 1),
        ("a" * 19, 1),
        ("a" * 20, 2),
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
