from __future__ import annotations

import pytest

from yosan_xl.excel.returned.remarks import RESTORED
from yosan_xl.excel.returned.words import for_department, shortened
from yosan_xl.model.finding import Code
from yosan_xl.usecases.catalogue import all_codes
from yosan_xl.usecases.codes import NOT_TAKEN_OVER

_ON_THE_LIST = [c for c in all_codes() if c.code not in RESTORED and c is not NOT_TAKEN_OVER]


@pytest.mark.parametrize("code", _ON_THE_LIST, ids=lambda code: code.code)
def test_for_department__asks_the_department_itself(code: Code) -> None:
    assert "もらって" not in for_department(code.remedy)
    assert "所管課に" not in for_department(code.remedy)


def test_shortened__long_text_says_that_it_goes_on() -> None:
    assert shortened("短い") == "短い"
    assert shortened("あ" * 5_000).endswith("…（以下略）")
    assert len(shortened("あ" * 5_000)) < 700
