"""Whatever XlsxWriter only warns of is an exception."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import openpyxl
import pytest

from yosan_xl.excel.checked import CheckedBook, CheckedSheet, NotWritable, workbook
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.rows import Formula, Row


@pytest.fixture
def book() -> Iterator[CheckedBook]:
    with workbook(BytesIO(), title="試し", year=2020, default_font={}) as made:
        yield made


@pytest.fixture
def sheet(book: CheckedBook) -> CheckedSheet:
    return book.add_worksheet("一覧")


def test_checked_sheet__a_text_too_long_is_a_failure(sheet: CheckedSheet) -> None:
    with pytest.raises(NotWritable, match="32768 characters"):
        sheet.write(0, 0, "x" * 32_768)


def _written(action: Callable[[CheckedSheet], object]) -> None:
    with workbook(BytesIO(), title="試し", year=2020, default_font={}) as made:
        action(made.add_worksheet("一覧"))


def test_checked_sheet__a_list_of_more_than_255_characters_is_a_failure() -> None:
    options = {"validate": "list", "source": ["款" * 100, "項" * 100, "目" * 100]}
    with pytest.raises(NotWritable, match="255"):
        _written(lambda one: one.data_validation(0, 0, 0, 0, options))


def test_checked_sheet__a_cell_outside_the_sheet_is_a_failure(sheet: CheckedSheet) -> None:
    with pytest.raises(NotWritable):
        sheet.write(2_000_000, 0, 1)
    with pytest.raises(NotWritable):
        _written(lambda one: one.merge_range(0, 0, 0, 0, ""))


def test_checked_sheet__what_succeeds_is_passed_on(sheet: CheckedSheet) -> None:
    assert sheet.set_column_pixels(0, 0, 100) == 0
    assert sheet.name == "一覧"


def test_checked_book__a_name_that_excel_refuses_is_a_failure() -> None:
    with (
        pytest.raises(NotWritable),
        workbook(BytesIO(), title="試し", year=2020, default_font={}) as book,
    ):
        book.define_name("1 bad", "=一覧!$A$1")


def test_checked_book__a_good_name_is_defined() -> None:
    out = BytesIO()
    with workbook(out, title="試し", year=2020, default_font={}) as book:
        book.add_worksheet("一覧").print_area(0, 0, 1, 1)
        book.add_worksheet("別")
        book.define_name("一覧_款", "=一覧!$A$1")
        book.define_name("款", "=別!$A$1", "別")
    names = openpyxl.load_workbook(BytesIO(out.getvalue()))
    assert names.defined_names["一覧_款"].attr_text == "一覧!$A$1"
    assert names["別"].defined_names["款"].attr_text == "別!$A$1"
    assert names["一覧"].print_area == "'一覧'!$A$1:$B$2"


@pytest.mark.parametrize("text", ["<r>款</r>", "<r><t>款</t></r>", "_x0041_", "&amp;"])
def test_checked_book__a_text_that_looks_like_markup_is_a_text(text: str) -> None:
    out = BytesIO()
    with workbook(out, title="試し", year=2020, default_font={}) as book:
        book.add_worksheet("一覧").write(0, 0, text)
    assert open_book(out.getvalue()).sheets[0].cell(0, 0).text == text


def test_checked_book__a_copy_holds_what_the_original_holds_but_for_its_own_texts() -> None:
    out = BytesIO()
    with workbook(out, title="試し", year=2020, default_font={}) as book:
        first = book.add_worksheet("一枚目")
        first.write(0, 0, "款")
        first.write(0, 1, "款")
        first.write_formula(0, 2, "=1+1", None, 2)
        first.protect()
        book.add_copy("二枚目", first, {"B1": "項"})
    one, two = open_book(out.getvalue()).sheets
    assert {at: (c.text, c.formula) for at, c in one.cells.items()} == {
        (0, 0): ("款", None),
        (0, 1): ("款", None),
        (0, 2): ("2", "1+1"),
    }
    assert {**one.cells, (0, 1): one.cells[0, 1]._replace(text="項")} == two.cells


def test_checked_book__a_copy_cannot_have_a_text_where_the_original_has_none() -> None:
    def copy_a_number() -> None:
        with workbook(BytesIO(), title="試し", year=2020, default_font={}) as book:
            first = book.add_worksheet("一枚目")
            first.write(0, 0, 1)
            book.add_copy("二枚目", first, {"A1": "項"})

    with pytest.raises(NotWritable, match="A1"):
        copy_a_number()


@pytest.mark.parametrize("is_protected", [True, False])
@pytest.mark.parametrize("is_locked", [True, False])
@pytest.mark.parametrize("is_poured", [True, False])
def test_workbook__a_formula_that_can_be_typed_over_is_refused(
    is_protected: bool, is_locked: bool, is_poured: bool
) -> None:
    def write(book: CheckedBook) -> None:
        sheet = book.add_worksheet("表")
        looks = book.format({"locked": is_locked})
        content = Formula("=1+1", 2)
        if is_poured:
            sheet.pour(Row(1, [content], (looks,)))
        else:
            sheet.write(1, 0, content, looks)
        if is_protected:
            sheet.protect()

    if is_protected and is_locked:
        _closed(write)
    else:
        with pytest.raises(NotWritable, match="表!A2"):
            _closed(write)


def test_workbook__a_formula_that_staff_typed_may_be_typed_over() -> None:
    _closed(lambda book: book.add_worksheet("表").write(0, 0, Formula("=1+1", 2, is_typed=True)))


def test_workbook__a_copy_is_protected_as_its_original() -> None:
    def write(book: CheckedBook) -> None:
        original = book.add_worksheet("一枚目")
        original.write_formula(0, 0, "=1+1", None, 2)
        original.protect()
        book.add_copy("二枚目", original, {})

    _closed(write)


def _closed(write: Callable[[CheckedBook], object]) -> None:
    with workbook(BytesIO(), title="試し", year=2020, default_font={}) as book:
        write(book)
