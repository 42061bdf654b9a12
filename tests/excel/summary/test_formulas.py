"""Sums of however many cells."""

from __future__ import annotations

from yosan_xl.excel.summary.formulas import sum_of


def test_sum_of__nothing_is_zero() -> None:
    assert sum_of([]) == "=0"


def test_sum_of__few_cells_are_one_sum() -> None:
    assert sum_of(["A1", "B2:B9"]) == "=SUM(A1,B2:B9)"


def test_sum_of__more_than_excel_takes_are_sums_of_sums() -> None:
    formula = sum_of([f"A{row}" for row in range(1, 402)])
    assert formula.startswith("=SUM(SUM(A1,")
    assert formula.endswith("),SUM(A401))")
    assert formula.count("SUM(") == 4
