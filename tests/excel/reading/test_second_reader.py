"""The fields of a book as openpyxl reads them: what is the same, and what is told."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import NoReturn

import pytest

from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import (
    FILE,
    FLAT,
    SECTIONED,
    SHEET,
    cell,
    editor,
    filled,
    line,
    plan,
    read,
)
from yosan_xl.excel.foreign import read_values
from yosan_xl.excel.foreign.read_values import Unread
from yosan_xl.excel.ooxml.book import Cell, CellKind
from yosan_xl.excel.reading.read_book import BookReading
from yosan_xl.excel.reading.second_reader import by_openpyxl, disagreements
from yosan_xl.form.area import parse_a1
from yosan_xl.model.finding import Finding

TITLE, AMOUNT = cell("/title"), line("requested")
DESCRIPTION = cell("/description")


def told(book: Editor | bytes, reading: BookReading | None = None) -> list[Finding]:
    """Return what is told of a book that openpyxl reads after us."""
    data = book if isinstance(book, bytes) else book.data()
    return list(disagreements(reading or read(data), by_openpyxl(data)))


def planted(reading: BookReading, ref: str, wrong: Cell) -> BookReading:
    """Return a reading of ours that has something else in one cell of 要求書1."""
    assert reading.contents
    sheets = []
    for one in reading.contents.sheets:
        placed = one.placed
        if placed.sheet.name == SHEET:
            cells = {**placed.sheet.cells, parse_a1(ref): wrong}
            placed = replace(placed, sheet=replace(placed.sheet, cells=cells))
        sheets.append(replace(one, placed=placed))
    return replace(reading, contents=replace(reading.contents, sheets=tuple(sheets)))


@pytest.mark.parametrize("code", [FLAT, SECTIONED])
def test_yx679__does_not_hit_a_good_book(code: str) -> None:
    assert told(filled(code)) == []


def test_yx679__hits_an_amount_that_we_read_wrongly() -> None:
    data = filled(FLAT)
    wrong = planted(read(data), AMOUNT, Cell(CellKind.NUMBER, "4002", None, 0))
    (finding,) = told(data, wrong)
    assert (finding.code, finding.weight.value) == ("YX679", "注意")
    assert (finding.place.file, finding.place.sheet, finding.place.cell) == (FILE, SHEET, AMOUNT)
    assert "このプログラムは「4002」、別の読み方（openpyxl）は「4001」と読みました" in finding.fact


def test_yx679__hits_a_sentence_that_we_lost_and_quotes_where() -> None:
    book = editor()
    book.put_text(SHEET, DESCRIPTION, "あ" * 100 + "おわり。")
    data = book.data()
    (finding,) = told(
        data, planted(read(data), DESCRIPTION, Cell(CellKind.TEXT, "あ" * 100, None, 0))
    )
    assert f"「…{'あ' * 10}おわり。」と読みました" in finding.fact
    assert finding.place.cell == DESCRIPTION


def test_yx679__hits_a_cell_that_we_take_for_empty() -> None:
    data = filled(FLAT)
    (finding,) = told(data, planted(read(data), TITLE, Cell(CellKind.EMPTY, "", None, 0)))
    assert "このプログラムは「空欄」" in finding.fact


def test_yx679__hits_a_reason_too() -> None:
    check = next(check for check in plan().checks if check.reason_name)
    data = filled(FLAT)
    wrong = planted(read(data), check.reason.first, Cell(CellKind.TEXT, "前年と同じ", None, 0))
    assert [finding.place.cell for finding in told(data, wrong)] == [check.reason.first]


def test_yx679__does_not_hit_what_two_readers_write_differently() -> None:
    book = editor(FLAT)
    numerals = ("110.00000000000001", "4.017E3", "1E309", "1" * 30, "-0.0")
    for row, numeral in enumerate(numerals):
        book.put_number(SHEET, line("requested", row), numeral)
    book.put_date(SHEET, line("requested", 5), 44_000)
    book.put_date(SHEET, line("requested", 6), 9_999_999)
    book.put_boolean(SHEET, line("earmarked", 0))
    book.put_error(SHEET, line("earmarked", 1))
    book.put_text(SHEET, DESCRIPTION, "一_x000D_\n二_x005F_x000D__x0007_")
    book.put_text(SHEET, cell("/proposal"), "一\r\n二\r三\n四")
    book.put_text(SHEET, cell("/outcome"), "  一　")
    book.put_text(SHEET, TITLE, "  ")
    assert told(book) == []


def test_yx679__does_not_hit_a_cell_under_a_merged_area() -> None:
    book = editor(FLAT)
    row = parse_a1(AMOUNT)[0]
    book.merge(SHEET, f"{AMOUNT}:{AMOUNT[0]}{row + 2}")
    assert told(book) == []


def test_yx679__does_not_hit_a_form_that_moved_nor_a_cell_far_off() -> None:
    book = editor(FLAT)
    book.insert_row(SHEET, parse_a1(AMOUNT)[0])
    book.put_text(SHEET, "XFD1048576", "遠く")
    assert told(book) == []


def test_yx680__hits_a_sheet_that_the_second_reader_does_not_see() -> None:
    data = filled(FLAT)
    sheets = tuple(sheet for sheet in by_openpyxl(data) if sheet.name != SHEET)
    (finding,) = disagreements(read(data), sheets)
    assert (finding.code, finding.weight.value, finding.place.sheet) == ("YX680", "情報", SHEET)


def test_by_openpyxl__a_book_that_it_cannot_open() -> None:
    with pytest.raises(Unread, match="開けません"):
        by_openpyxl(b"PK\x03\x04 and nothing else")


def test_by_openpyxl__is_ended_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, timeout: int, **__: object) -> NoReturn:
        raise subprocess.TimeoutExpired("worker", timeout)

    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(Unread, match=f"{read_values.SECONDS}秒で読み終わりません"):
        by_openpyxl(b"a book that takes long")
