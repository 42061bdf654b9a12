"""積算 in a real spreadsheet program: what people type is calculated right, or the row says that it is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.excel.documents import SETTINGS, book_of
from tests.excel.forms import IN_YEN, known
from tests.office.office import Book, Office
from tests.office.recalculated import open_book
from yosan_xl.excel.estimate import results
from yosan_xl.excel.sheet_words import ESTIMATE, ESTIMATE_ROWS, ESTIMATE_TOP
from yosan_xl.model.money import Rounding

pytestmark = pytest.mark.slow

WRONG, ABSENT = "赤い欄を確認", "単価と数量を入力"

TYPED: dict[tuple[str, str, str, str], tuple[int | str, int | str, str]] = {
    ("456450", "8", "", "10"): (4_016_760, 4_017, ""),
    ("456450", "8", "", "10%"): (4_016_760, 4_017, ""),
    ("456450", "8", "", "0.1"): (4_016_760, 4_017, ""),
    ("456450", "8", "", "8.5%"): (3_961_986, 3_962, ""),
    ("456450", "8", "", "10％"): ("#N/A", "#N/A", WRONG),
    ("1000", "12月", "", ""): ("#N/A", "#N/A", WRONG),
    ("1000", "12ヶ月", "", ""): ("#N/A", "#N/A", WRONG),
    ("1000", "1", "3回", ""): ("#N/A", "#N/A", WRONG),
    ("1,000円", "2", "", ""): ("#N/A", "#N/A", WRONG),
    ("1000", "1", "", "60"): ("#N/A", "#N/A", WRONG),
    ("1000", "1", "", "-8"): ("#N/A", "#N/A", WRONG),
    ("１２３４", "２", "３", ""): (7_404, 8, ""),
    ("1,000", "2", "", ""): (2_000, 2, ""),
    ("-2500", "1", "", "8"): (-2_700, -3, ""),
    ("0.5", "2.25", "", ""): (1, 1, ""),
    ("15", "1", "", "0.1"): (17, 1, ""),
    ("100", "0", "", ""): (0, 0, ""),
    ("100", "", "", ""): ("", "", ABSENT),
    ("", "3", "", "10"): ("", "", ABSENT),
}
"""単価, 数量, 回数 and 税率 as people type them, and the 円, 千円 and words that the row then shows."""


@pytest.fixture
def book(office: Office, tmp_path: Path) -> Iterator[Book]:
    opened = open_book(office, book_of([]), tmp_path)
    yield opened
    office.close(opened)


def _type(office: Office, book: Book, row: int, figures: tuple[str, ...]) -> None:
    cells = zip("CDEF", figures, strict=True)
    office.type_into(book, ESTIMATE, [(f"{column}{row}", text) for column, text in cells if text])


def test_estimate__calculates_what_is_typed_or_says_what_is_wrong(
    office: Office, book: Book
) -> None:
    for row, figures in enumerate(TYPED, ESTIMATE_TOP + 1):
        _type(office, book, row, figures)
    office.recalculate(book)
    for row, (figures, expected) in enumerate(TYPED.items(), ESTIMATE_TOP + 1):
        cells = [f"{column}{row}" for column in "GHI"]
        assert tuple(one.value for one in office.values(book, ESTIMATE, cells)) == expected, figures


FIGURES = [
    (price, quantity, times, tax)
    for price in ("1049", "-333", "0.7")
    for quantity in ("1", "7", "")
    for times, tax in (("", "0.07"), ("3", "29"), ("0", ""))
]


@pytest.mark.parametrize("rounding", Rounding)
def test_results__are_what_the_formulas_give(
    office: Office, tmp_path: Path, rounding: Rounding
) -> None:
    year = replace(SETTINGS, expenditure_rounding=rounding)
    opened = open_book(office, book_of([], year), tmp_path)
    for row, figures in enumerate(FIGURES, ESTIMATE_TOP + 1):
        _type(office, opened, row, figures)
    office.recalculate(opened)
    for row, figures in enumerate(FIGURES, ESTIMATE_TOP + 1):
        shown = office.values(opened, ESTIMATE, [f"{column}{row}" for column in "GHI"])
        held = [Decimal(text) if text else None for text in figures]
        assert tuple(one.value for one in shown) == results(held, "千円", rounding), figures
    office.close(opened)


def test_amount__is_an_error_in_a_request_rather_than_another_figure(
    office: Office, book: Book
) -> None:
    _type(office, book, 5, ("1000", "12月", "", ""))
    _type(office, book, 6, ("1000", "12", "", ""))
    office.type_into(book, "要求書1", [("yx_lines1_requested", "=SUM($積算.H5:H6)")])
    office.recalculate(book)
    (taken,) = office.values(book, "要求書1", ["yx_lines1_requested"])
    assert taken.kind == "error"


def test_entries__take_figures_alone_and_say_so(office: Office, book: Book) -> None:
    for column, word in {"C": "単価", "D": "数量", "E": "回数", "F": "税率"}.items():
        (rule,) = office.validations(book, ESTIMATE, [f"{column}5"])
        assert (rule.kind, rule.shows_error) == ("DECIMAL", True)
        assert f"「{word}」" in rule.error_message
    (price, times) = office.validations(book, ESTIMATE, ["C5", "E5"])
    # A day is some 46,000: too much for 回数, which 1/2 and 1-2 would be.
    assert (float(price.source), float(times.source)) == (-(10**12), -9_999)
    (offered,) = office.validations(book, ESTIMATE, ["A5"])
    assert (offered.kind, offered.shows_error) == ("LIST", False)


def test_formulas__are_locked_and_entries_and_the_rows_below_open(
    office: Office, book: Book
) -> None:
    last = ESTIMATE_TOP + ESTIMATE_ROWS
    for cell in ("A4", "G5", "H5", "I5", f"G{last}", f"I{last}", "J5"):
        assert office.is_locked(book, ESTIMATE, cell), cell
    for cell in ("A5", "B5", "C5", f"F{last}", f"G{last + 1}", "I40"):
        assert not office.is_locked(book, ESTIMATE, cell), cell


def test_figures__show_no_point_without_decimals(office: Office, book: Book) -> None:
    _type(office, book, 5, ("456450", "8", "2", "10"))
    office.recalculate(book)
    shown = office.displays(book, ESTIMATE, [f"{column}5" for column in "CDEFGH"])
    assert [one.text.strip() for one in shown] == ["456,450", "8", "2", "10", "8,033,520", "8,034"]


def test_form_in_yen__has_no_column_of_thousands(office: Office, tmp_path: Path) -> None:
    opened = open_book(office, known(IN_YEN).blank(), tmp_path)
    _type(office, opened, 5, ("456450", "8", "", "10%"))
    _type(office, opened, 6, ("1,000円", "8", "", ""))
    office.recalculate(opened)
    shown = [one.value for one in office.values(opened, ESTIMATE, ["G5", "H5", "G6", "H6"])]
    assert shown == [4_016_760, "", "#N/A", WRONG]
    office.close(opened)
