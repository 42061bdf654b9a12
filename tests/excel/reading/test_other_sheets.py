"""What was written into the sheets that hold no request: of ours, and of staff."""

from __future__ import annotations

import pytest

from tests.excel.reading import attach
from tests.excel.reading.edit import Editor
from tests.excel.reading.ods import as_ods
from tests.excel.reading.samples import (
    FLAT,
    SECTIONED,
    SHEET,
    assert_one,
    cell,
    codes_of,
    editor,
    filled,
    found,
    read,
)
from yosan_xl.excel.reading import codes

WORDS = "財政課様 この額は概算です。"
OURS = ("はじめに", "一覧", "積算")


def _copied(sheet: str, number: int = 40) -> tuple[Editor, str]:
    """Give a book with a copy of one of our sheets."""
    book, name = editor(), f"{sheet} (2)"
    part = f"xl/worksheets/sheet{number}.xml"
    content = book._parts[book._part(sheet)]
    book._register(part, name, number)
    book._parts[part] = content
    return book, name


@pytest.mark.parametrize(
    ("sheet", "place"),
    [
        *(("はじめに", place) for place in ("B3", "C16", "B30", "E10", "A1")),
        *(("一覧", place) for place in ("A2", "B5", "B20", "X5", "D9")),
        *(("積算", place) for place in ("A2", "J5", "H9", "B60", "XFD1")),
    ],
)
def test_yx092__hits_words_on_a_sheet_of_ours(sheet: str, place: str) -> None:
    book = editor()
    book.put_text(sheet, place, WORDS)
    finding = assert_one(book, codes.BESIDE, place, sheet=sheet)
    assert f"{place}「{WORDS}」" in finding.fact


@pytest.mark.parametrize("sheet", OURS)
def test_yx092__hits_words_on_a_copy_of_a_sheet_of_ours(sheet: str) -> None:
    book, name = _copied(sheet)
    assert codes_of(book) == []
    book.put_text(name, "B31", WORDS)
    assert WORDS in assert_one(book, codes.BESIDE, "B31", sheet=name).fact


def test_yx092__does_not_hit_what_is_calculated() -> None:
    book = editor()
    for place, text in {
        "A5": "要求書1",
        "B5": "委託料（概算）",
        "A36": "要求書2",
        "B36": "旅費",
    }.items():
        book.put_text("積算", place, text)
    for place in ("C5", "D5", "C36", "J7", "J60"):
        book.put_number("積算", place, 12)
    book.put_formula("積算", "K7", "J7*2", 24)
    assert codes_of(book) == []


@pytest.mark.parametrize("code", [FLAT, SECTIONED])
def test_yx092__does_not_hit_the_list_of_a_book_in_another_format(code: str) -> None:
    assert codes_of(as_ods(editor(code))) == ["YX047"]


def test_yx092__quotes_a_cell_as_it_shows() -> None:
    book = editor()
    book.put_date(SHEET, "U7", 46_127)
    assert "U7「2026/4/15」" in assert_one(book, codes.BESIDE, "U7").fact


def test_yx022__hits_a_sheet_of_their_own_in_the_place_of_ours() -> None:
    book = editor()
    part = book._part("積算")
    book._parts[part] = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    )
    book.put_text("積算", "B9", WORDS)
    assert WORDS in assert_one(book, codes.OWN_SHEET, "B9", sheet="積算").fact


def test_yx023__hits_a_link_out_of_the_book_unless_the_cell_says_where_to() -> None:
    book, kind = editor(), "hyperlink"
    attach.relate(book, book._part(SHEET), "server/見積.pdf", kind)
    links = book._tree("xl/worksheets/_rels/sheet3.xml.rels")
    links[-1].set("TargetMode", "External")
    assert "リンク「/server/見積.pdf」" in assert_one(book, codes.NOT_READ, None).fact
    book.put_text(SHEET, cell("/title"), "電子化（/server/見積.pdf）")
    assert codes_of(book) == []


def test_yx023__does_not_hit_the_lists_that_a_sheet_alone_still_asks_for() -> None:
    book = editor()
    attach.relate(book, "xl/workbook.xml", "xl/externalLinks/externalLink1.xml", "externalLink")
    assert codes_of(book) == ["YX023"]
    book.delete_sheet("_yosan")
    assert "YX023" not in codes_of(book)


def test_read__a_sheet_without_requests_that_cannot_be_read_is_left_out() -> None:
    book = editor()
    book._parts[book._part("積算")] = b"<worksheet"
    assert [(one.findings, one.document) for one in read(book).requests] == [
        (one.findings, one.document) for one in read(filled()).requests
    ]


def test_read__a_request_sheet_that_is_called_like_one_of_ours() -> None:
    book = editor()
    book.rename("積算", "別表")
    book.rename(SHEET, "積算")
    assert [finding.code for finding in found(read(book))] == ["YX053"]
