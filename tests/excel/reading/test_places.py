"""Rows and columns inserted or deleted anywhere: no value slides into another field."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.excel.reading.edit import Editor
from tests.excel.reading.references import Shift
from tests.excel.reading.samples import (
    SECTIONED,
    SHEET,
    documents,
    editor,
    found,
    plan,
    read,
    strangers,
)
from yosan_xl.excel.reading import codes
from yosan_xl.form.area import Area
from yosan_xl.model.finding import Finding

ORIGINAL = documents(SECTIONED)[0]
USED = [area for slot in plan().slots for area in slot.cells()]
ROWS = range(max(area.top for area in USED) + 1)
COLUMNS = range(max(area.left for area in USED) + 1)

Edit = Callable[[Editor, str, int], None]


def edited(edit: Edit, at: int) -> Editor:
    book = editor()
    edit(book, SHEET, at)
    return book


@pytest.mark.parametrize(
    ("edit", "at"),
    [
        *((Editor.insert_row, row) for row in ROWS),
        *((Editor.insert_column, column) for column in COLUMNS),
    ],
)
def test_insertion__is_read_right_and_told_once(edit: Edit, at: int) -> None:
    reading = read(edited(edit, at))
    assert [(f.code, f.place.sheet, f.place.cell) for f in found(reading)] == [
        (codes.MOVED.code, SHEET, None)
    ]
    assert reading.requests[0].document == ORIGINAL


@pytest.mark.parametrize("column", COLUMNS)
def test_deleted_column__is_told_once_and_nothing_slides(column: int) -> None:
    reading = read(edited(Editor.delete_column, column))
    assert [finding.code for finding in _of_form(found(reading))] in (["YX036"], ["YX038"])
    assert strangers(reading.requests[0].document, ORIGINAL) == {}


@pytest.mark.parametrize("row", ROWS)
def test_deleted_row__is_told_once_and_nothing_slides(row: int) -> None:
    reading = read(edited(Editor.delete_row, row))
    assert [finding.code for finding in _of_form(found(reading))] in (["YX036"], ["YX038"])
    assert len(reading.requests) == 1
    document = reading.requests[0].document
    assert strangers(document, ORIGINAL) == {}
    kept = [{**line, "part": None} for line in ORIGINAL["lines"]]
    assert all({**line, "part": None} in kept for line in document["lines"])
    assert len(document["lines"]) >= len(kept) - 1


def _of_form(findings: list[Finding]) -> list[Finding]:
    """Leave out what follows from a line with amounts that is gone: sums differ."""
    return [f for f in findings if f.code.startswith("YX0") and f.code != codes.STALE.code]


@pytest.mark.parametrize(
    ("shift", "before", "after"),
    [
        (Shift(4, rows=True), "SUM(K4:K9)+$K$5", "SUM(K4:K10)+$K$6"),
        (Shift(4, rows=True, delete=True), "SUM(K4:K9)+$K$5", "SUM(K4:K8)+#REF!"),
        (Shift(4, rows=True), '積算!K9&"K9"&yx_K9', '積算!K9&"K9"&yx_K9'),
        (Shift(10, rows=False, delete=True), "SUM(J1:K1,K2:L2,L3)", "SUM(J1:J1,K2:K2,K3)"),
    ],
)
def test_shift__moves_references_as_a_spreadsheet_program_does(
    shift: Shift, before: str, after: str
) -> None:
    assert shift.formula(before) == after


def test_shift__lets_an_area_of_one_line_go() -> None:
    assert Shift(4, rows=True, delete=True).area(Area(4, 1, 4, 9)) is None


FIELDS = [s for s in plan().slots if not s.repeats and s.pointer not in (None, "/id", "/title")]


@pytest.mark.parametrize("other", [slot.name for slot in FIELDS])
@pytest.mark.parametrize("both", [True, False])
def test_yx695__hits_a_name_that_is_in_the_cell_of_another_field(other: str, both: bool) -> None:
    book = editor()
    title, cell = book.refers_to(SHEET, "yx_title"), book.refers_to(SHEET, other)
    book.point_name(SHEET, "yx_title", cell)
    if both:
        book.point_name(SHEET, other, title)
    findings = found(read(book.data()))
    assert "/title" in {f.pointer for f in findings if f.code == codes.NAME_ELSEWHERE.code}


def test_yx695__does_not_hit_a_field_that_moved_with_its_label() -> None:
    book = editor()
    book.insert_row(SHEET, 5)
    book.insert_column(SHEET, 1)
    assert [finding.code for finding in found(read(book.data()))] == [codes.MOVED.code]
