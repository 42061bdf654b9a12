from __future__ import annotations

from yosan_xl.model.text import hint

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
