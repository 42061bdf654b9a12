"""What is put into the parts that XlsxWriter wrote, and that the others stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from yosan_xl.excel.checked import CheckedBook, NotWritable, workbook
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.rows import Link, Numbers, Row


def packed(write: Callable[[CheckedBook], object]) -> bytes:
    out = BytesIO()
    with workbook(out, title="試し", year=2020, default_font={}) as book:
        write(book)
    return out.getvalue()


def part(content: bytes, name: str) -> str:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.read(name).decode()


def test_numbers__each_text_has_one_and_every_use_counts() -> None:
    def write(book: CheckedBook) -> None:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, "甲")
        sheet.pour(Row(1, ["乙", "甲", 1], (None,) * 3))

    strings = part(packed(write), "xl/sharedStrings.xml")
    assert 'count="3" uniqueCount="2"' in strings
    assert strings.endswith("<si><t>甲</t></si><si><t>乙</t></si></sst>")
    numbers = Numbers()
    assert [numbers[text] for text in ("甲", "乙", "甲")] == [0, 1, 0]


def test_pack__every_format_is_a_cell_s_own() -> None:
    def write(book: CheckedBook) -> None:
        first, second = book.add_worksheet("一"), book.add_worksheet("二")
        first.write(0, 0, 1, book.format({"bold": True}))
        second.write(0, 0, 1, book.format({"italic": True}))
        second.write(0, 1, 1, book.format({"bold": True}))

    content = packed(write)
    one = part(content, "xl/worksheets/sheet1.xml")
    two = part(content, "xl/worksheets/sheet2.xml")
    assert '<row r="1"><c r="A1" s="1"><v>1</v></c></row>' in one
    assert '<c r="A1" s="2"><v>1</v></c><c r="B1" s="1"><v>1</v></c>' in two


def test_pack__a_foot_says_what_looks_like_a_picture() -> None:
    def write(book: CheckedBook) -> None:
        book.add_worksheet("表").print_foot("A&G市", "&R&A")

    assert "<oddFooter>&amp;LA&amp;&amp;G市&amp;C&amp;P / &amp;N&amp;R&amp;A</oddFooter>" in part(
        packed(write), "xl/worksheets/sheet1.xml"
    )


def test_pack__links_stand_beside_what_xlsxwriter_relates() -> None:
    def write(book: CheckedBook) -> None:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, "字")
        sheet.write_comment(0, 1, "注")
        sheet.link(0, 0, Link('a"b.xlsx', "A1", "字"))

    content = packed(write)
    relations = part(content, "xl/worksheets/_rels/sheet1.xml.rels")
    assert relations.count("<Relationship ") == 3
    assert 'Target="a&quot;b.xlsx" TargetMode="External"' in relations
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert '</sheetData><hyperlinks><hyperlink ref="A1" r:id="rIdLink0" location="A1"/>' in sheet


def test_pack__a_copy_has_its_own_notes_and_what_is_written_into_it() -> None:
    def write(book: CheckedBook) -> None:
        first = book.add_worksheet("一枚目")
        first.write(0, 0, "款")
        first.write(1, 0, "項")
        first.protect()
        copy = book.add_copy("二枚目", first, {"A1": "目"})
        first.write_comment(0, 0, "注")
        copy.write_formula(1, 0, "=1+1", None, 2)

    content = packed(write)
    one, two = open_book(content).sheets
    assert (one.cell(1, 0).text, two.cell(0, 0).text, two.cell(1, 0).formula) == ("項", "目", "1+1")
    assert "<legacyDrawing " in part(content, "xl/worksheets/sheet1.xml")
    assert "<legacyDrawing " not in part(content, "xl/worksheets/sheet2.xml")
    assert [bool(sheet.comments) for sheet in (one, two)] == [True, False]


def test_pack__a_blank_result_is_a_text() -> None:
    def write(book: CheckedBook) -> None:
        sheet = book.add_worksheet("表")
        sheet.write_formula(0, 0, '=""', None, "")
        sheet.protect()

    content = packed(write)
    assert '<c r="A1" t="str"><f>""</f><v></v></c>' in part(content, "xl/worksheets/sheet1.xml")


def test_pack__the_input_method_is_off_for_figures_and_on_for_texts_and_as_said() -> None:
    takes: list[dict[str, object]] = [
        {"validate": "integer", "criteria": ">", "value": 0},
        {"validate": "length", "criteria": "<=", "value": 9},
        {"validate": "list", "source": ["款"]},
        {"validate": "length", "criteria": "==", "value": 4, "ime": "off"},
    ]

    def write(book: CheckedBook) -> None:
        sheet = book.add_worksheet("表")
        for row, one in enumerate(takes):
            sheet.data_validation(row, 0, row, 0, one)
        book.add_copy("写し", sheet, {})

    content = packed(write)
    for number in (1, 2):
        text = part(content, f"xl/worksheets/sheet{number}.xml")
        found = re.findall('<dataValidation (?:imeMode="([a-z]+)" )?type', text, re.IGNORECASE)
        assert found == ["off", "hiragana", "", "off"]


def test_pack__structure_is_locked_by_the_password_of_its_sheets_or_without_one() -> None:
    def write(book: CheckedBook, password: str) -> None:
        book.add_worksheet("表").protect(password)
        book.lock_structure(password)

    for password in ("Zaisei-2026", "z" * 255):
        content = packed(lambda book, own=password: write(book, own))  # type: ignore[misc]
        sheet = part(content, "xl/worksheets/sheet1.xml")
        (key,) = re.findall('<sheetProtection password="([0-9A-F]+)"', sheet)
        lock = f'<workbookProtection workbookPassword="{key}" lockStructure="1"/><bookViews>'
        assert lock in part(content, "xl/workbook.xml")
    content = packed(lambda book: write(book, ""))
    assert '<workbookProtection lockStructure="1"/>' in part(content, "xl/workbook.xml")


def test_sheet__what_would_write_past_it_is_refused() -> None:
    def write(book: CheckedBook) -> None:
        sheet = book.add_worksheet("表")
        with pytest.raises(AttributeError):
            sheet.write_url(0, 0, "internal:表!A1")
        with pytest.raises(NotWritable):
            sheet.set_row(1_048_576, 20)

    packed(write)
