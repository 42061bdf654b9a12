"""How far a worksheet goes is told without reading it, or not at all."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from yosan_xl.excel.ooxml.book import Extent
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.worksheet import extent_of

ROWS = '<row r="2" spans="1:2"><c r="A2" s="1" t="s"><v>0</v></c><c r="AB2"/></row>'


def part(rows: str) -> bytes:
    return f'<?xml version="1.0"?><worksheet><sheetData>{rows}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (ROWS, (1, 27)),
        (f'{ROWS}<row r="9" ht="20"/>', (8, 27)),
        (ROWS.replace("<v>0</v>", '<f t="shared" si="0"/><v>1</v>'), (1, 27)),
        ('<row r="1"><c r="B1" t="inlineStr"><is><t>a</t></is></c></row>', (0, 1)),
    ],
)
def test_extent__the_last_row_and_column_that_have_cells(rows: str, expected: Extent) -> None:
    assert extent_of(part(rows)) == expected


@pytest.mark.parametrize(
    "rows",
    [
        "",
        '<row r="1" ht="20"/>',
        ROWS.replace('<row r="2" spans="1:2">', "<row>"),
        ROWS.replace('<c r="AB2"/>', "<c/>"),
        ROWS.replace('r="AB2"', 's="1" r="AB2"'),
        ROWS.replace('r="AB2"', "r='AB2'"),
        ROWS.replace("<c ", "<x:c ").replace("</c>", "</x:c>"),
        f'{ROWS}<!-- <row r="1"> -->',
        ROWS.replace("<v>0</v>", "<v><![CDATA[0]]></v>"),
        ROWS.replace("<v>0</v>", "<v>0</v><extLst/>"),
    ],
)
def test_extent__of_what_is_written_otherwise_is_not_told(rows: str) -> None:
    assert extent_of(part(rows)) is None


def test_extent__of_another_encoding_is_not_told() -> None:
    assert extent_of(part(ROWS).decode().encode("utf-16")) is None


def test_open_book__measures_the_sheets_that_it_does_not_read() -> None:
    made, out = Workbook(), BytesIO()
    made.worksheets[0].title = "読む"
    made.create_sheet("測る")["C4"] = "値"
    made.create_sheet("空")
    made.save(out)
    book = open_book(out.getvalue(), sheets=lambda name: name == "読む", measured=True)
    assert [sheet.name for sheet in book.sheets] == ["読む"]
    assert book.extents == {"測る": (3, 2), "空": None}


def test_open_book__a_sheet_with_comments_must_be_read_to_tell() -> None:
    from openpyxl.comments import Comment

    made, out = Workbook(), BytesIO()
    made.create_sheet("測る")["A1"].comment = Comment("注", "x")
    made.save(out)
    assert (
        open_book(out.getvalue(), sheets=lambda name: False, measured=True).extents["測る"] is None
    )
