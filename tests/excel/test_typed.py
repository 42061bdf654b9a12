from __future__ import annotations

import pytest

from yosan_xl.excel.typed import NOTHING, TypedCell, is_plain


@pytest.mark.parametrize(
    "formula",
    ["積算!H5", "SUM(積算!$H$5:$H$9)", "'積算'!H5+1200*3", "ROUNDUP(4016.5,0)", "456*1.1"],
)
def test_is_plain__figures_and_the_working_sheet(formula: str) -> None:
    assert is_plain(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "K5+1",  # a cell of the sheet itself: rows may have moved
        "[1]別表!A1",
        "別表!A1",
        'WEBSERVICE("http://a.example/")',
        "cmd|'/c calc'!A1",
        "INDIRECT(積算!H5)",
        '"文字"',
        "1+" * 300 + "1",
    ],
)
def test_is_plain__nothing_else(formula: str) -> None:
    assert not is_plain(formula)


def test_is_plain__the_working_sheet_names_its_own_cells() -> None:
    formula = '=IF(COUNT(C5,D5)<2,"",ROUND(C5*D5*IF(E5="",1,E5)*(100+N(F5))/100,0))'
    assert is_plain(formula.removeprefix("="), own=True)
    assert not is_plain("別表!C5*2", own=True)


def test_typed__empty_only_without_value_and_formula() -> None:
    assert NOTHING.is_empty
    assert not TypedCell(0).is_empty
    assert not TypedCell(None, "積算!H5").is_empty
