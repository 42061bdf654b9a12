"""Whole rows: what Excel, openpyxl and our own reader find in them is what was given."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from tests.lazy_book import lazy_book
from yosan_xl.excel.checked import CheckedBook, NotWritable, workbook
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.rows import Content, Formula, Link, Row, fitting, row_xml, text_xml
from yosan_xl.excel.summary.stamp import loose_mark, mark
from yosan_xl.form.area import a1
from yosan_xl.model.text import shown_text

PLAIN = (None,) * 9


def written(*rows: Row) -> bytes:
    out = BytesIO()
    with workbook(out, title="試し", year=2020, default_font={}) as book:
        sheet = book.add_worksheet("表")
        sheet.protect()
        for row in rows:
            sheet.pour(row)
    return out.getvalue()


def texts(content: bytes) -> list[str]:
    (sheet,) = open_book(content).sheets
    return [cell.text for _, cell in sorted(sheet.cells.items())]


def sheet_of(content: bytes) -> Worksheet:
    sheet = lazy_book(content)["表"]
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "@a", "{=1}", "http://example.com", "0123", "TRUE", "#REF!"),
        *("<a>&\"'", "]]>", "&amp;", "<r>太字</r>", "_x0041_", "_x005F_", "_x_"),
        *(" 前後 ", "a\nb", "𠮷🙂", "葛\U000e0100", "外字\ue000", "長" * 32_767),
    ],
)
def test_rows__a_text_is_read_back_as_it_was(text: str) -> None:
    content = written(Row(0, [text], PLAIN))
    assert texts(content) == [text]
    assert sheet_of(content)["A1"].data_type == "s"


@given(st.text())
def test_rows__any_text_is_well_formed_and_kept(text: str) -> None:
    item = ElementTree.fromstring(text_xml(text))
    assert item.tag == "si"
    if text:
        assert texts(written(Row(0, [text], PLAIN))) == [shown_text(text)]


def test_rows__a_text_stands_as_it_is_shown() -> None:
    typed, shown = "\x0b１\t会場\u200b\x00\ud800b", "\n１ 会場\ufffdb"
    value = Formula("=A1", typed)
    assert texts(written(Row(0, [typed, value], PLAIN))) == [shown, shown]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("長" * 32_767, "長" * 32_767),
        ("長" * 32_768, "長" * 32_766 + "…"),
        ("𠮷" * 16_384, "𠮷" * 16_383 + "…"),
    ],
)
def test_fitting__what_is_too_long_for_a_cell_is_cut(text: str, expected: str) -> None:
    assert fitting(text) == expected
    assert text_xml(text) == f"<si><t>{expected}</t></si>"


def test_rows__every_kind_of_value() -> None:
    values: Sequence[Content] = [
        *(None, "", "字", 0, -1500, 0.1, 10**15),
        Formula('=IF(A#<>"&",C#,1)', 7),
        Formula("=D1", "増"),
    ]
    cells = sheet_of(written(Row(4, values, PLAIN)))[5]
    assert [cell.value for cell in cells] == [
        *(None, None, "字", 0, -1500, 0.1, 10**15),
        '=IF(A5<>"&",C5,1)',
        "=D1",
    ]
    saved = open_book(written(Row(4, values, PLAIN))).sheets[0]
    assert [saved.text(4, column) for column in (7, 8)] == ["7", "増"]


def test_rows__looks_and_heights() -> None:
    out = BytesIO()
    with workbook(out, title="試し", year=2020, default_font={}) as book:
        sheet = book.add_worksheet("表")
        bold = book.format({"bold": True})
        sheet.pour(Row(0, [1, None], (bold, bold), 33))
        sheet.pour(Row(1, [2], PLAIN))
    found = sheet_of(out.getvalue())
    assert [found[cell].font.bold for cell in ("A1", "B1", "A2")] == [True, True, False]
    assert [found.row_dimensions[row].height for row in (1, 2)] == [33, None]
    assert found.dimensions == "A1:B2"


def test_rows__stand_below_what_is_written_cell_by_cell() -> None:
    out = BytesIO()
    with workbook(out, title="試し", year=2020, default_font={}) as book:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, "見出し")
        sheet.set_row(2, 30)
        sheet.pour(Row(3, ["見出し", 5], PLAIN))
    found = sheet_of(out.getvalue())
    assert [found["A1"].value, found["A4"].value, found["B4"].value] == ["見出し", "見出し", 5]
    assert found.row_dimensions[3].height == 30


def _linked(book: CheckedBook) -> None:
    link = Link("../提出/a%20b.xlsx", "'要求書1'!M24", "M24")
    book.add_worksheet("表").pour(Row(0, ["字", 5], PLAIN, links={0: link, 1: link}))


def test_rows__links_open_a_cell_of_another_book() -> None:
    out = BytesIO()
    with workbook(out, title="試し", year=2020, default_font={}) as book:
        _linked(book)
    for cell in sheet_of(out.getvalue())[1]:
        assert cell.hyperlink is not None
        assert (cell.hyperlink.target, cell.hyperlink.location) == (
            "../提出/a%20b.xlsx",
            "'要求書1'!M24",
        )


def test_rows__a_link_too_many_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yosan_xl.excel.checked.MOST_LINKS", 1)
    with (
        pytest.raises(NotWritable),
        workbook(BytesIO(), title="試し", year=2020, default_font={}) as book,
    ):
        _linked(book)


@pytest.mark.parametrize("row", [-1, 1_048_576])
def test_rows__a_row_outside_the_sheet_is_a_failure(row: int) -> None:
    with pytest.raises(NotWritable):
        written(Row(row, ["a"], PLAIN))


def test_rows__one_too_wide_is_a_failure() -> None:
    assert sheet_of(written(Row(0, [1] * 256, (None,) * 256)))["IV1"].value == 1
    with pytest.raises(NotWritable):
        written(Row(0, [1] * 257, (None,) * 257))


def test_rows__a_chart_keeps_what_they_show() -> None:
    out = BytesIO()
    with workbook(out, title="試し", year=2020, default_font={}) as book:
        sheet = book.add_worksheet("表")
        sheet.protect()
        for row, value in enumerate(("甲", None, "乙")):
            sheet.pour(Row(row, [value, Formula("=1", row)], PLAIN))
        chart = book.add_chart({"type": "bar"})
        cells = {"categories": ["表", 0, 0, 2, 0], "values": ["表", 0, 1, 2, 1]}
        chart.add_series(cells)
        sheet.insert_chart(5, 0, chart)
    with ZipFile(BytesIO(out.getvalue())) as archive:
        xml = archive.read("xl/charts/chart1.xml").decode()
    assert all(f"<c:v>{value}</c:v>" in xml for value in ("甲", "乙", 0, 1, 2))


def test_rows__many_rows_are_a_valid_book_and_the_same_every_time(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    rows = [Row(at, [f"字{at % 7}", at, None], PLAIN, 19) for at in range(1_200)]
    content = written(*rows)
    assert content == written(*rows)
    path = tmp_path_factory.mktemp("rows") / "many.xlsx"
    path.write_bytes(content)
    assert OpenXmlValidator().validate(str(path)).errors == []
    found = sheet_of(content)
    assert [found[a1(at, 1)].value for at in (0, 499, 500, 1_199)] == [0, 499, 500, 1_199]


def test_row_xml__is_what_xlsxwriter_writes() -> None:
    assert row_xml(1, "", [("A", ' s="3"', "字"), ("B", "", 5)], {"字": 9}) == (
        '<row r="2"><c r="A2" s="3" t="s"><v>9</v></c><c r="B2"><v>5</v></c></row>'
    )


@pytest.mark.parametrize("unseen", ["", "\u200d"])
def test_marks__of_a_text_too_long_for_a_cell_are_those_of_what_is_written(unseen: str) -> None:
    typed = f"長{unseen}" * 40_000
    assert mark(typed) == mark(fitting(shown_text(typed)))
    assert loose_mark(typed) == loose_mark(fitting(shown_text(typed)))
