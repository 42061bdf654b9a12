"""Reading the requests of a book alone, without the sheets that hold none."""

from __future__ import annotations

from tests.excel.reading.samples import FILE, SHEET, editor, filled, read
from yosan_xl.excel.reading.read_book import BookReading, read_request_book
from yosan_xl.usecases.forms import find_definition


def lean(data: bytes) -> BookReading:
    return read_request_book(data, FILE, find_definition, whole=False)


def test_not_whole__the_same_requests_and_findings_without_the_other_sheets() -> None:
    whole, found = read(filled()), lean(filled())
    assert whole.contents
    assert found.contents
    left_out = {s.name for s in whole.contents.book.sheets} - {
        s.name for s in found.contents.book.sheets
    }
    assert left_out == {"はじめに", "一覧", "積算"}
    assert [one.document for one in found.requests] == [one.document for one in whole.requests]
    assert (found.findings, found.stamp) == (whole.findings, whole.stamp)


def test_not_whole__a_request_sheet_that_is_called_like_another_is_read() -> None:
    book = editor()
    book.rename("積算", "別表")
    book.rename(SHEET, "積算")
    assert [one.document for one in lean(book.data()).requests] == [
        one.document for one in read(book).requests
    ]
