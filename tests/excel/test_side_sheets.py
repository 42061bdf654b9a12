"""はじめに and 一覧 of every form: whatever a request says has room there, and stages go by their own names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.excel.forms import IN_YEN, ODD, OTHERS, KnownForm, form_of, known
from tests.excel.test_forms import sheets
from tests.forms.years import form_text
from yosan_xl.excel import sheet_words
from yosan_xl.excel.sheet_words import guide_looks
from yosan_xl.form.definition import FilledBy
from yosan_xl.usecases.generate import blank_book

EM, FIGURE = 14, 7
"""Pixels of a full-width character and of a figure at 10.5 pt."""

EACH = pytest.mark.parametrize("name", [*OTHERS, *ODD])


def _overview(form: KnownForm) -> Worksheet:
    return next(sheet for sheet in sheets(form.full()) if sheet.title == sheet_words.OVERVIEW)


def _pixels(sheet: Worksheet) -> list[int]:
    widths = []
    for one in sheet.column_dimensions.values():
        widths += [round(one.width * 7)] * ((one.max or 0) - (one.min or 0) + 1)
    return widths


@EACH
def test_overview__shows_headings_and_the_longest_titles_whole(name: str) -> None:
    sheet = _overview(known(name))
    widths = _pixels(sheet)
    for at, cell in enumerate(sheet[sheet_words.OVERVIEW_TOP]):
        assert len(str(cell.value or "")) * EM < widths[at]
    title = known(name).plan.slot_of("title")
    assert title
    lines = -(-(title.max_length or 0) * EM // widths[1])
    height = sheet.row_dimensions[sheet_words.OVERVIEW_TOP + 1].height or 15
    assert height >= lines * 14


@pytest.mark.parametrize(("name", "figures"), [("municipal-1", 11), (IN_YEN, 15)])
def test_overview__has_room_for_amounts_of_its_unit(name: str, figures: int) -> None:
    sheet = _overview(known(name))
    widths, row = _pixels(sheet), sheet_words.OVERVIEW_TOP + 1
    pairs = zip(widths, sheet[row], sheet[row + 1], strict=True)
    amounts = [one for one in pairs if "#,##0" in str(one[1].number_format)]
    assert len(amounts) == 6
    for width, cell, total in amounts:
        assert width > figures * FIGURE
        assert all(one.font.name == "BIZ UDGothic" for one in (cell, total))
        assert all(one.alignment.shrinkToFit for one in (cell, total))


@pytest.mark.parametrize("numbered", [1, 2])
def test_links__have_room_for_their_heading(numbered: int) -> None:
    text = form_text("municipal-1")
    for number, key in enumerate(("purpose", "content")[:numbered], 1):
        text = _with_number(text, key, number)
    sheet = _overview(form_of(text))
    widths = _pixels(sheet)
    assert sum(widths[-numbered:]) > len(sheet_words.OVERVIEW_LINKS) * EM


def _with_number(text: str, key: str, number: int) -> str:
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if line.split("=")[0].strip() == key)
    lines[at] = lines[at].replace("label =", f"number = {number}, label =")
    return "\n".join(lines)


def test_guide__calls_what_is_handed_out_by_its_stage() -> None:
    text = form_text("municipal-1").replace("前年度当初", "現計")
    form = form_of(text)
    looks = {by: (name, said) for name, said, by in guide_looks(form.plan)}
    assert looks[FilledBy.PRIOR][0] == "現計の欄"
    guide = next(sheet for sheet in sheets(form.blank()) if sheet.title == sheet_words.GUIDE)
    said = "".join(str(cell.value or "") for row in guide for cell in row)
    assert "現計が入っていて" in said
    assert "前年度" not in said


def test_guide__says_how_a_sheet_is_added_or_whom_to_ask() -> None:
    form = known("municipal-1")
    fixed = replace(form, settings=replace(form.settings, locks_structure=True))
    asking = "財政課に連絡してください"
    for own, is_asking in ((form, False), (fixed, True)):
        data = blank_book(own.plan, own.settings, own.unit, definition=own.definition)
        assert own.read(data).findings == ()
        guide = next(sheet for sheet in sheets(data) if sheet.title == sheet_words.GUIDE)
        said = "".join(str(cell.value or "") for row in guide for cell in row)
        assert (asking in said) == is_asking
        assert ("コピーを作成する" in said) != is_asking
