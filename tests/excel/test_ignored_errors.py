"""Cells that get no green triangle: texts like numbers, cells for texts, formulas."""

from __future__ import annotations

from io import BytesIO

import pytest

from yosan_xl.excel.checked import CheckedSheet, workbook
from yosan_xl.excel.ignored_errors import ignored_errors
from yosan_xl.excel.rows import Row


@pytest.fixture
def sheet() -> CheckedSheet:
    with workbook(BytesIO(), title="試し", year=2020, default_font={}) as book:
        return book.add_worksheet("表")


@pytest.mark.parametrize(
    "text", ["0801", "1,234", "１２", "R2.4.1".removeprefix("R"), "-5", "12E3", "50%"]
)
def test_ignored_errors__a_text_like_a_number(text: str, sheet: CheckedSheet) -> None:
    sheet.write(1, 2, text)
    assert ignored_errors(sheet.cells) == {
        "number_stored_as_text": "C2",
        "two_digit_text_year": "C2",
    }


@pytest.mark.parametrize("content", ["区長室", "R2年度", "", None, 801, "E"])
def test_ignored_errors__not_what_excel_does_not_mark(content: object, sheet: CheckedSheet) -> None:
    sheet.write(1, 2, content)  # type: ignore[arg-type]
    assert ignored_errors(sheet.cells) == {}


def test_ignored_errors__cells_for_texts_in_rectangles_and_none_for_amounts(
    sheet: CheckedSheet,
) -> None:
    for row in range(3):
        for column in range(4):
            sheet.put_at(row, column, None, {"num_format": "@" if column != 2 else "#,##0"})
    sheet.put_at(3, 0, None, {"num_format": "@"})
    assert ignored_errors(sheet.cells)["number_stored_as_text"] == "A1:B3 D1:D3 A4"


def test_ignored_errors__whole_columns_of_rows(sheet: CheckedSheet) -> None:
    sheet.write(0, 0, "一覧")
    sheet.pour(Row(4, ["0801", 5, "区長室"], (None,) * 3))
    sheet.pour(Row(5, ["なし", 6, "税務課"], (None,) * 3))
    assert ignored_errors(sheet.cells)["number_stored_as_text"] == "A5:A6"


def test_ignored_errors__all_cells_of_a_sheet_with_formulas(sheet: CheckedSheet) -> None:
    sheet.write_formula(0, 0, "=C5*2", None, 0)
    sheet.pour(Row(4, [None, None, 5], (None,) * 3))
    assert ignored_errors(sheet.cells) == dict.fromkeys(
        ("formula_differs", "formula_range", "formula_unlocked", "empty_cell_reference"), "A1:C5"
    )
