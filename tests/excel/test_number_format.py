from __future__ import annotations

from decimal import Decimal

import pytest

from yosan_xl.excel.number_format import LONGEST, is_date_format, shown_number, shown_text


def test_shown_number__of_the_longest_format_and_of_a_longer_one() -> None:
    longest = "0" + "\\千" * (LONGEST // 2)
    assert shown_number(longest, Decimal(7)) == "7" + "千" * (LONGEST // 2)
    assert shown_number(f"{longest}0", Decimal(7)) is None
    assert not is_date_format("y" + '""' * LONGEST)
    assert shown_text("@" * (LONGEST + 1), "課") == "課"


@pytest.mark.parametrize(
    "code", ["[" * 60_000, "#," * 60_000, ";" * 60_000, "[" * 255, "0[Red", "0[h", "[>1.2.3]0", "[>.]0"]
)  # fmt: skip
def test_shown_number__of_a_format_that_cannot_be(code: str) -> None:
    assert shown_number(code, Decimal(4001)) is None
    assert not is_date_format(code)


@pytest.mark.parametrize(
    ("code", "number"), [(f"0.{'0' * 250}", "4001"), ("yyyy/m/d", "1e300"), ("[h]", "1e300")]
)
def test_shown_number__with_more_figures_than_are_reckoned_with(code: str, number: str) -> None:
    assert shown_number(code, Decimal(number)) is None
