"""積算: a free working sheet, 単価 × 数量 × 回数 × 税率 → 円 → 千円, rounded as the year says."""

from __future__ import annotations

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.sheet_names import ESTIMATE
from yosan_xl.form.area import a1
from yosan_xl.model.money import Rounding

_ROWS = 30
_TOP = 4
_COLUMNS = (
    ("要求書", 80),
    ("内容", 330),
    ("単価（円）", 100),
    ("数量", 70),
    ("回数", 70),
    ("税率（％）", 80),
    ("金額（円）", 110),
    ("千円", 90),
)
_FUNCTIONS = {
    Rounding.UP: "ROUNDUP",
    Rounding.NEAREST: "ROUND",
    Rounding.DOWN: "ROUNDDOWN",
}


def write_estimate_sheet(book: CheckedBook, rounding: Rounding) -> None:
    """Write the working sheet; nothing in it is locked."""
    sheet = book.add_worksheet(ESTIMATE)
    sheet.write_string(0, 0, "積算", book.format(styles.GUIDE["title"]))
    plain = book.format(styles.PLAIN)
    sheet.write_string(1, 0, _note(rounding), plain)
    sheet.write_string(2, 0, _EXAMPLE, plain)
    sheet.set_row(0, 28)
    for column, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column_pixels(column, column, width)
        sheet.write_string(_TOP - 1, column, heading, book.format(styles.LIST_HEADING))
    for row in range(_TOP, _TOP + _ROWS):
        _write_row(book, sheet, row, rounding)
    sheet.freeze_panes(_TOP, 0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _note(rounding: Rounding) -> str:
    return (
        "自由に使える計算用のシートです。空欄の回数は1、税率は0とします。"
        f"千円未満は{rounding.value}、円未満は四捨五入します。"
    )


_EXAMPLE = (
    "要求書の金額の欄に「=」を入力してから、このシートの「千円」のセルをクリックすると、"
    "その額を使えます。"
)


def _write_row(book: CheckedBook, sheet: CheckedSheet, row: int, rounding: Rounding) -> None:
    free = book.format({**styles.LIST_TEXT, "locked": False})
    figure = book.format({**styles.LIST_MONEY, "locked": False, "num_format": "#,##0.##"})
    money = book.format({**styles.LIST_MONEY, "locked": False, "bold": True})
    for column in range(6):
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
