from __future__ import annotations

import pytest

from yosan_xl.excel.returned.remarks import RESTORED
from yosan_xl.excel.returned.words import clean, for_department, shortened
from yosan_xl.model.finding import Code
from yosan_xl.usecases.catalogue import all_codes
from yosan_xl.usecases.codes import NOT_TAKEN_OVER

_ON_THE_LIST = [c for c in all_codes() if c.code not in RESTORED and c is not NOT_TAKEN_OVER]


@pytest.mark.parametrize("code", _ON_THE_LIST, ids=lambda code: code.code)
def test_for_department__asks_the_department_itself(code: Code) -> None:
    assert "もらって" not in for_department(code.remedy)
    assert "所管課に" not in for_department(code.remedy)


def test_clean__takes_what_has_no_picture_and_keeps_lines() -> None:
    assert clean("約\x01１２\u202e００\n千円") == "約１２００\n千円"


def test_shortened__long_text_says_that_it_goes_on() -> None:
    assert shortened("短い") == "短い"
    assert shortened("あ" * 5_000).endswith("…（以下略）")
    assert len(shortened("あ" * 5_000)) < 700
