"""Pictures of codes: the pattern, the formula of a cell and the words of one picture agree."""

from __future__ import annotations

import pytest

from yosan_xl.form.picture import fits, in_words, misfits_formula, pattern, validation_formula

PICTURE = "99999999-99999999"
LONGEST = 255
"""Characters that Excel takes as the formula of a data validation."""


@pytest.mark.parametrize(
    ("text", "picture", "expected"),
    [
        ("00012345-00000001", PICTURE, True),
        ("00012345-0000001", PICTURE, False),
        ("00012345ー00000001", PICTURE, False),
        ("０００１２３", "999999", False),
        ("1e5000", "999999", False),
        ("Ab-1", "AA-9", True),
        ("Ａb-1", "AA-9", False),
    ],
)
def test_fits__is_what_the_picture_shows(text: str, picture: str, expected: bool) -> None:
    assert fits(text, picture) == expected


def test_pattern__has_no_sign_of_its_own() -> None:
    assert pattern("9.A") == r"^[0-9]\.[A-Za-z]$"


def test_words__say_each_run() -> None:
    assert in_words(PICTURE) == "数字8字、「-」、数字8字"
    assert in_words("AA9") == "英字2字、数字1字"


def test_validation__of_usual_codes_has_room_in_a_cell() -> None:
    assert len(validation_formula("AB123", PICTURE)) < LONGEST
    assert "{" not in validation_formula("AB123", PICTURE)


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (PICTURE, "^[0-9]{8}-[0-9]{8}$"),
        ("AA9", "^[A-Za-z]{2}[0-9]$"),
        ("9.9", r"^[0-9]\.[0-9]$"),
        ("款99", "^款[0-9]{2}$"),
    ],
)
def test_pattern__is_the_picture_and_nothing_more(picture: str, expected: str) -> None:
    assert pattern(picture) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0123456-89012345",
        "01234567_89012345",
        "０1234567-89012345",
        "01234567-89012345\n",
        "٣" * 17,
    ],
)
def test_fits__no_code_that_looks_otherwise(text: str) -> None:
    assert not fits(text, PICTURE)


def test_misfits__counts_filled_cells_only() -> None:
    formula = misfits_formula("B3:B9", '9"')
    assert formula.count('(B3:B9<>"")') == formula.count("SUMPRODUCT(")
    assert '<>""""' in formula
