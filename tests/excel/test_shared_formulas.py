"""A formula of many cells stands once in a file, and nowhere else than where it is the same, moved."""

from __future__ import annotations

from yosan_xl.excel.shared_formulas import PlacedFormula, shared_formulas


def test_shared_formulas__are_those_below_and_beside_one_another_that_are_one_moved() -> None:
    below = [PlacedFormula(2, row, f'IF(A{row + 1}="","",A{row + 1}*$B$1)') for row in range(4, 7)]
    beside = [
        PlacedFormula(column, 9, f"SUM({name}5:{name}7)") for column, name in ((2, "C"), (4, "E"))
    ]
    assert shared_formulas((*below, *beside)) == {
        (4, 2): ' t="shared" si="0" ref="C5:C7"',
        (5, 2): ' t="shared" si="0"',
        (6, 2): ' t="shared" si="0"',
        (9, 2): ' t="shared" si="1" ref="C10:E10"',
        (9, 4): ' t="shared" si="1"',
    }


def test_shared_formulas__leave_what_differs_or_names_a_sheet_or_stands_apart() -> None:
    other = (
        PlacedFormula(0, 0, "B1+1"),
        PlacedFormula(0, 1, "B2+2"),
        PlacedFormula(0, 5, "B6+1"),
        PlacedFormula(3, 6, "E7+1"),
    )
    of_sheet = (PlacedFormula(7, 0, "要求書1!B1"), PlacedFormula(7, 1, "要求書1!B2"))
    absolute = (PlacedFormula(9, 0, "$B$1"), PlacedFormula(9, 1, "$B$2"))
    assert shared_formulas((*other, *of_sheet, *absolute)) == {}
