from __future__ import annotations

import pytest

from yosan_xl.form.area import Area, a1, of_sheet, parse_a1


@pytest.mark.parametrize(
    ("row", "col", "text"),
    [
        (0, 0, "A1"),
        (8, 25, "Z9"),
        (0, 26, "AA1"),
        (4, 701, "ZZ5"),
        (1_048_575, 16_383, "XFD1048576"),
    ],
)
def test_a1__there_and_back(row: int, col: int, text: str) -> None:
    assert a1(row, col) == text
    assert parse_a1(text) == (row, col)


@pytest.mark.parametrize(
    "text", ["", "A", "1", "A0", "XFE1", "A1048577", "A1:B2", "Ａ１", "A１", "A1\n"]
)
def test_parse_a1__anything_else_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which text it was is all there is to say
        parse_a1(text)


def test_parse_a1__dollars_and_small_letters() -> None:
    assert parse_a1("$c$5") == (4, 2)


def test_area__corners_in_any_order() -> None:
    assert Area.parse("$D$9:C5") == Area(4, 2, 8, 3)
    assert Area(4, 2, 8, 3).a1() == "C5:D9"
    assert Area.parse("C5").a1() == "C5"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("要求書1", "要求書1!"),
        ("予算 要求1", "'予算 要求1'!"),
        ("A1", "'A1'!"),
        ("r1c1", "'r1c1'!"),
        ("1号様式1", "'1号様式1'!"),
        ("課's1", "'課''s1'!"),
    ],
)
def test_of_sheet__quotes_what_is_no_plain_word(name: str, expected: str) -> None:
    assert of_sheet(name) == expected
