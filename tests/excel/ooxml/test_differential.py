"""Books of three writers, read by us and by openpyxl: the same cells, or a reason why not.

Where the two read differently on purpose:

- what a merged area covers is read, for it may hide an amount (openpyxl drops it);
- what `same` of the second reader lets pass: a date as its number, blanks at the ends of a text, escapes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from tests.excel.ooxml.normal import normal_book
from tests.excel.ooxml.parts import parts, read, texts
from tests.excel.ooxml.samples import blank, filled
from tests.office.office import Office
from yosan_xl.excel.foreign.worker import openpyxl_value
from yosan_xl.excel.ooxml.book import Book, Cell, CellKind
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.reading.entries import NO_CELL
from yosan_xl.excel.reading.second_reader import same
from yosan_xl.form.area import a1


def differences(data: bytes) -> Iterator[str]:
    """Tell each cell, merge, name and state of which openpyxl says something else."""
    ours = open_book(data)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert [(s.name, s.state) for s in ours.sheets] == [
        (s.title, s.sheet_state) for s in formulas.worksheets
    ]
    for sheet in ours.sheets:
        written: Any = formulas[sheet.name]
        assert {str(area) for area in sheet.merges} == set(map(str, written.merged_cells.ranges))
        assert sheet.protected == written.protection.sheet
        saved: Any = values[sheet.name]
        for place in sheet.cells.keys() | {(r - 1, c - 1) for r, c in written._cells}:
            row, col = place[0] + 1, place[1] + 1
            told = compared(ours, sheet.cell(*place), saved.cell(row, col), written.cell(row, col))
            if told:
                yield f"{sheet.name}!{a1(*place)}: {told}"
            own = saved.cell(row, col)
            # Of what a merge covers and no cell stands for, openpyxl does not know the column's style.
            covered = isinstance(own, MergedCell) and place not in sheet.cells
            if not covered and sheet.locked(*place) != own.protection.locked:
                yield f"{sheet.name}!{a1(*place)}: lock"


def compared(book: Book, ours: Cell, saved: Any, written: Any) -> str:
    if isinstance(saved, MergedCell):
        return ""
    if ours.formula != formula_of(written.value):
        return f"{ours.formula!r}, {formula_of(written.value)!r}"
    if book.is_date(ours) != saved.is_date and ours.kind is CellKind.NUMBER:
        return f"date: {saved.value!r}"
    found = openpyxl_value(saved)
    theirs = Cell(CellKind(found[0]), found[1], None, 0) if found else NO_CELL
    return "" if same(book, ours, theirs) else f"{ours}, {saved.value!r}"


def formula_of(value: Any) -> str | None:
    text = getattr(value, "text", value)
    return text[1:] if isinstance(text, str) and text.startswith("=") else None


def by_openpyxl(data: bytes) -> bytes:
    file = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(file)
    return file.getvalue()


BOOKS: dict[str, Callable[[], bytes]] = {"filled": filled, "blank": blank, "normal": normal_book}


@pytest.mark.parametrize("make", BOOKS.values(), ids=BOOKS)
def test_open_book__as_xlsxwriter_wrote_it(make: Callable[[], bytes]) -> None:
    assert list(differences(make())) == []


@pytest.mark.parametrize("make", BOOKS.values(), ids=BOOKS)
def test_open_book__as_openpyxl_saved_it(make: Callable[[], bytes]) -> None:
    assert list(differences(by_openpyxl(make()))) == []


def test_open_book__what_a_merged_area_covers_is_read() -> None:
    sheet = read(
        parts(
            "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>"
            '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
        )
    ).sheets[0]
    assert texts(sheet) == {(0, 0): "1", (0, 1): "2"}


@pytest.mark.parametrize("make", BOOKS.values(), ids=BOOKS)
def test_open_book__as_libreoffice_saved_it(
    make: Callable[[], bytes], office: Office, tmp_path: Path
) -> None:
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    before.write_bytes(make())
    book = office.open(before)
    office.save_as(book, after)
    office.close(book)
    assert list(differences(after.read_bytes())) == []
