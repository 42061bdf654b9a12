"""What was typed, as it stands in a book."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import SHEET, editor, line, read
from yosan_xl.excel.reading.typed import (
    NOTHING,
    TypedCell,
    TypedSheet,
    is_plain,
    typed_estimate,
    typed_sheet,
)

AMOUNT = "yx_lines1_requested"


def _typed(book: Editor) -> TypedSheet:
    contents = read(book).contents
    assert contents
    sheet = next(reading for reading in contents.sheets if reading.sheet == SHEET)
    return typed_sheet(sheet, contents.book)


def test_typed__text_number_fraction_date_and_error() -> None:
    book = editor()
    book.put_text(SHEET, line("requested"), "約１２００")
    book.put_number(SHEET, line("requested", 1), "12.5")
    book.put_date(SHEET, line("requested", 2), 43_000)
    book.put_error(SHEET, line("requested", 3))
    book.put_boolean(SHEET, line("requested", 4))
    assert _typed(book).cells[AMOUNT][:6] == (
        TypedCell("約１２００"),
        TypedCell(Decimal("12.5")),
        TypedCell(43_000, is_date=True),
        TypedCell("#REF!", was_formula=True),
        TypedCell(True),
        TypedCell(),
    )


def test_typed__more_figures_than_a_cell_keeps_and_a_number_beyond_numbers() -> None:
    book = editor()
    book.put_number(SHEET, line("requested"), "12345678901234567890")
    book.put_number(SHEET, line("requested", 1), "1E+400")
    first, second = _typed(book).cells[AMOUNT][:2]
    assert (first, second) == (TypedCell(12_345_678_901_234_600_000), TypedCell("1E+400"))


def test_typed__a_plain_formula_is_kept_and_another_leaves_its_value() -> None:
    book = editor()
    book.put_formula(SHEET, line("requested"), "積算!H5", 7)
    book.put_formula(SHEET, line("requested", 1), "[1]別表!A1", 8)
    first, second = _typed(book).cells[AMOUNT][:2]
    assert (first, second) == (TypedCell(7, "積算!H5"), TypedCell(8, was_formula=True))


def test_typed__a_spot_leads_from_the_present_cell_to_its_field() -> None:
    book = editor()
    row = int(line("requested")[1:]) - 1
    book.insert_row(SHEET, row - 1)
    column = line("requested")[0]
    assert _typed(book).spots[f"{column}{row + 2}"] == (AMOUNT, 0)


def test_typed_estimate__all_that_stands_there() -> None:
    book = editor()
    book.put_number("積算", "C5", 300)
    contents = read(book).contents
    assert contents
    assert typed_estimate(contents.book)[(4, 2)] == TypedCell(300)


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
