"""What requests take from 積算: the amount that was typed there, or it is told."""

from __future__ import annotations

import pytest

from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import (
    FLAT,
    SHEET,
    codes_of,
    documents,
    editor,
    found,
    line,
    read,
)
from yosan_xl.excel.estimate import estimate_formulas
from yosan_xl.excel.reading import codes
from yosan_xl.model.finding import Finding
from yosan_xl.model.money import Rounding

AMOUNT, LABEL = line("requested"), "label"
Figures = tuple[float | str | None, ...]


def _book(figures: Figures, yen: int | str, thousand: int | str, row: int = 5) -> Editor:
    """Give a book whose 積算 has a row of figures, with what a spreadsheet program saved for it."""
    book = editor(FLAT)
    for column, figure in zip("CDEF", figures, strict=True):
        if isinstance(figure, str):
            book.put_text("積算", f"{column}{row}", figure)
        elif figure is not None:
            book.put_number("積算", f"{column}{row}", str(figure))
    texts = estimate_formulas(row - 1, "千円", Rounding.UP)
    for column, text, value in zip("GH", texts, (yen, thousand), strict=False):
        book.put_formula("積算", f"{column}{row}", text.removeprefix("="), value)
    return book


def _before(book: Editor, yen: int | str, thousand: int | str) -> Editor:
    """Give the formulas of books issued before to the first row."""
    product = 'IF(COUNT(C5,D5)<2,"",ROUND(C5*D5*IF(E5="",1,E5)*(100+N(F5))/100,0))'
    book.put_formula("積算", "G5", product, yen)
    book.put_formula("積算", "H5", 'IF(G5="","",ROUNDUP(G5/1000,0))', thousand)
    return book


@pytest.mark.parametrize(
    ("tax", "said"), [(0.1, "税率 0.1 から計算した 4,017千円"), ("10％", "数字でない欄")]
)
def test_yx810__hits_what_a_book_of_before_took_for_a_tax(tax: float | str, said: str) -> None:
    book = _before(_book((456_450, 8, None, tax), 0, 0), 3_655_252, 3_656)
    book.put_formula(SHEET, AMOUNT, "積算!H5", 3_656)
    fact = _told(book).fact
    assert "H5" in fact
    assert said in fact


@pytest.mark.parametrize(
    ("formula", "value", "said"),
    [
        ("積算!H5", 4_071, "この欄の 4,071千円 は、そこの 4,017千円 とちがいます"),
        ("積算!$G$5", 4_016_760, "そこの額は円です（この欄は千円です）"),
        ("SUM(積算!H5:H6)", 4_017, "その行は金額になりません（単価と数量を入力します）"),
    ],
)
def test_yx810__hits_another_amount_than_stands_there(formula: str, value: int, said: str) -> None:
    book = _book((456_450, 8, None, 10), 4_016_760, 4_017)
    book.put_number("積算", "C6", 500)
    book.put_formula(SHEET, AMOUNT, formula, value)
    assert said in _told(book).fact


def _told(book: Editor) -> Finding:
    return next(one for one in found(read(book)) if one.code == codes.TAKEN_OTHERWISE.code)


@pytest.mark.parametrize("tax", [10, 0.1])
@pytest.mark.parametrize("formula", ["積算!H5", "SUM(積算!H5:H9)", "ROUNDUP(積算!G5/1000,0)"])
def test_yx810__does_not_hit_the_amount_that_was_typed_there(tax: float, formula: str) -> None:
    book = _book((456_450, 8, None, tax), 4_016_760, 4_017)
    book.put_formula(SHEET, AMOUNT, formula, 4_017)
    assert codes.TAKEN_OTHERWISE.code not in codes_of(book)


def test_yx124__says_that_the_row_of_the_estimate_is_to_be_mended() -> None:
    book = _book((98_000, "5月", None, None), "#N/A", "#N/A")
    book.put_error(SHEET, AMOUNT, "積算!H5")
    (told,) = (one for one in found(read(book)) if one.code == codes.NOT_A_VALUE.code)
    assert told.remedy.startswith("「積算」の元の行を直すか、")
    book.put_error(SHEET, AMOUNT)
    (told,) = (one for one in found(read(book)) if one.code == codes.NOT_A_VALUE.code)
    assert told.remedy.startswith("正しい値")


def test_yx810__does_not_hit_what_staff_calculate_beside_the_table() -> None:
    book = editor(FLAT)
    saved = documents(FLAT)[0]["lines"][0]["requested"]
    book.put_number("積算", "C5", 1)
    book.put_formula("積算", "K5", "C5*2", 2)
    book.put_formula(SHEET, AMOUNT, "積算!K5", saved)
    assert codes_of(book) == []


@pytest.mark.parametrize("formula", ["積算!A0", "SUM(積算!H9:H5)", "SUM(積算!A1:ZZ99999)+積算!H5"])
@pytest.mark.parametrize("figure", ["1E+300", "123456789012345678901234567890", "-1E-300"])
def test_of_estimate__takes_any_figure_and_any_reference(formula: str, figure: str) -> None:
    book = _book((figure, 8, None, 10), 0, 0)
    book.put_number("積算", "C5", figure)
    book.put_number("積算", "D5", figure)
    book.put_formula(SHEET, AMOUNT, formula, 4_017)
    assert len(read(book).requests) == 3


def _named(amount: int, rows: dict[int, int]) -> Editor:
    """Give a book whose 積算 works out the first line of the first request, in rows of so much 円."""
    book = _book((None, None, None, None), "", "")
    text = documents(FLAT)[0]["lines"][0][LABEL]
    for row, yen in rows.items():
        book.put_text("積算", f"A{row}", SHEET)
        book.put_text("積算", f"B{row}", text)
        book.put_number("積算", f"C{row}", yen)
        book.put_number("積算", f"D{row}", 1)
        shown = estimate_formulas(row - 1, "千円", Rounding.UP)
        book.put_formula("積算", f"G{row}", shown[0].removeprefix("="), yen)
        book.put_formula("積算", f"H{row}", shown[1].removeprefix("="), -(-yen // 1000))
    book.put_number(SHEET, AMOUNT, amount)
    return book


def test_yx811__hits_a_typed_amount_that_its_rows_do_not_come_to() -> None:
    book = _named(4_071, {5: 3_000_000, 6: 1_016_760})
    finding = next(one for one in found(read(book)) if one.code == codes.ESTIMATE_DIFFERS.code)
    assert "「積算」の 5、6行目" in finding.fact
    assert "4,017千円 と計算していますが" in finding.fact
    assert finding.place.cell == AMOUNT


def test_yx811__does_not_hit_the_amount_that_its_rows_come_to() -> None:
    book = _named(4_017, {5: 3_000_000, 6: 1_016_760})
    assert codes.ESTIMATE_DIFFERS.code not in codes_of(book)


def test_yx811__does_not_hit_a_row_without_an_amount() -> None:
    book = _named(4_071, {5: 3_000_000})
    book.put_text("積算", "D5", "1式")
    assert codes.ESTIMATE_DIFFERS.code not in codes_of(book)
