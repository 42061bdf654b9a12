"""積算: a free working sheet, 単価 × 数量 × 回数 × 税率 → 円 → 千円, rounded as the year says."""

from __future__ import annotations

from yosan_xl.excel import sheet_words, styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.sheet_names import ESTIMATE
from yosan_xl.form.area import a1
from yosan_xl.model.money import Rounding

_TOP = sheet_words.ESTIMATE_TOP
_WIDTHS = (80, 330, 100, 70, 70, 80, 110, 90)
_FUNCTIONS = {
    Rounding.UP: "ROUNDUP",
    Rounding.NEAREST: "ROUND",
    Rounding.DOWN: "ROUNDDOWN",
}


def write_estimate_sheet(book: CheckedBook, rounding: Rounding) -> None:
    """Write the working sheet; nothing in it is locked."""
    sheet = book.add_worksheet(ESTIMATE)
    sheet.write_string(0, 0, sheet_words.ESTIMATE_TITLE, book.format(styles.GUIDE["title"]))
    plain = book.format(styles.PLAIN)
    sheet.write_string(1, 0, sheet_words.estimate_note(rounding), plain)
    sheet.write_string(2, 0, sheet_words.ESTIMATE_EXAMPLE, plain)
    sheet.set_row(0, 28)
    for column, (heading, width) in enumerate(
        zip(sheet_words.ESTIMATE_HEADINGS, _WIDTHS, strict=True)
    ):
        sheet.set_column_pixels(column, column, width)
        sheet.write_string(_TOP - 1, column, heading, book.format(styles.LIST_HEADING))
    for row in range(_TOP, _TOP + sheet_words.ESTIMATE_ROWS):
        _write_row(book, sheet, row, rounding)
    sheet.freeze_panes(_TOP, 0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_row(book: CheckedBook, sheet: CheckedSheet, row: int, rounding: Rounding) -> None:
    free = book.format({**styles.LIST_TEXT, "locked": False})
    figure = book.format({**styles.LIST_MONEY, "locked": False, "num_format": "#,##0.##"})
    money = book.format({**styles.LIST_MONEY, "locked": False, "bold": True})
    for column in range(sheet_words.ESTIMATE_ENTRIES):
        sheet.write_blank(row, column, None, free if column < 2 else figure)
    sheet.write_formula(row, 6, yen_formula(row), money, "")
    sheet.write_formula(row, 7, thousand_formula(row, rounding), money, "")


def yen_formula(row: int) -> str:
    """Give the formula of 金額（円）: no row without a price and a quantity has one."""
    price, quantity, times, tax = (a1(row, column) for column in (2, 3, 4, 5))
    product = f'{price}*{quantity}*IF({times}="",1,{times})*(100+N({tax}))/100'
    return f'=IF(COUNT({price},{quantity})<2,"",ROUND({product},0))'


def thousand_formula(row: int, rounding: Rounding) -> str:
    """Give the formula of 千円, rounded as the year's settings say."""
    yen = a1(row, 6)
    return f'=IF({yen}="","",{_FUNCTIONS[rounding]}({yen}/1000,0))'
