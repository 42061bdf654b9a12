"""A sheet as it was handed out is no request; one cell touched, and it is."""

from __future__ import annotations

import pytest

from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import (
    FILE,
    SHEET,
    blank,
    filled,
    found,
    line,
    plan,
    read,
    settings,
    year,
)
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Slot
from yosan_xl.model.finding import Place
from yosan_xl.usecases.fill import filled_book
from yosan_xl.usecases.generate import blank_book

ENTRIES = [slot for slot in plan().slots if slot.is_entry]


def test_blank_book__has_no_request_and_no_finding() -> None:
    reading = read(blank())
    assert (reading.requests, found(reading)) == ((), [])
    assert reading.untouched == settings().sheets


def test_every_blank_book__has_no_request_and_no_finding() -> None:
    for unit in list(year().roster)[::9]:
        reading = read(blank_book(plan(), settings(), unit))
        assert (reading.requests, found(reading)) == ((), [])


@pytest.mark.parametrize("slot", ENTRIES, ids=lambda slot: slot.name)
def test_touched_cell__makes_a_request(slot: Slot) -> None:
    book = Editor(blank())
    book.put_number(
        SHEET, slot.cells()[-1].first, 1
    ) if slot.kind is FieldKind.MONEY else book.put_text(SHEET, slot.cells()[-1].first, "あ")
    reading = read(book)
    assert [request.sheet for request in reading.requests] == [SHEET]
    assert reading.untouched == settings().sheets - 1


def test_white_space__makes_no_request() -> None:
    book = Editor(blank())
    book.put_text(SHEET, line("label"), " 　\n")
    assert read(book).requests == ()


def test_reason__makes_a_request_and_is_read() -> None:
    book = Editor(blank())
    check = next(check for check in plan().checks if check.reason_name)
    book.put_text(SHEET, check.reason.first, "正しい")
    (request,) = read(book).requests
    assert request.reasons == {check.kind: "正しい"}


def test_fields_of_finance__make_no_request() -> None:
    unit = year().roster.by_code("0206")
    assert unit
    document = {
        "id": "0206-1",
        "department": {"code": "0206"},
        "no": 59,
        "budget_rationale": "継続",
        "title": "事業",
    }
    book = filled_book(plan(), settings(), unit, [document], only_finance=True)
    assert read(book).requests == ()


def test_places__are_known_for_every_value() -> None:
    (request,) = read(filled()).requests
    pointers = {slot.pointer for slot in plan().slots if slot.pointer and slot.group is None}
    assert pointers <= request.cells.keys()
    for slot in plan().slots:
        if slot.pointer and slot.group is None:
            assert request.place_of(slot.pointer) == Place(FILE, SHEET, slot.area.first)
    assert request.place_of("/lines/1/requested") == Place(FILE, SHEET, line("requested", 1))
    assert request.place_of("/lines/2/requested") == Place(FILE, SHEET, line("requested", 0, 1))
    assert request.place_of("/lines/2/nothing/here").sheet == SHEET
