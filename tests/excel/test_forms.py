"""Books of every form: what is written, and that it is read back as it was."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from tests.excel.forms import FORMS, IN_YEN, ODD, OTHERS, WITHOUT_LISTS, KnownForm, form_of, known
from tests.excel.reading.edit import Editor
from tests.forms.years import form_text
from tests.lazy_book import lazy_book
from yosan_xl.excel.layout.page import lay_out
from yosan_xl.excel.layout.paper import PAGE_POINTS, page_points
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.read_book import BookReading
from yosan_xl.form.area import Area, a1
from yosan_xl.form.mapping import differences
from yosan_xl.form.plan import RowRole

EACH_FORM = pytest.mark.parametrize("form", [*FORMS, *ODD], indirect=True)
EACH_OTHER = pytest.mark.parametrize("form", [*OTHERS, *ODD], indirect=True)

TITLE_LIMIT, MESSAGE_LIMIT = 32, 255
"""Characters of a message's title and text, and of a formula (Excel の仕様と制限)."""

OF_THE_USUAL = re.compile(
    "レベルアップ|経常経費分|都支出金|要求区分|区民|特別区|予算要求事業概要書"
)


@pytest.fixture
def form(request: pytest.FixtureRequest) -> KnownForm:
    """Give the form of a name."""
    return known(request.param)


def sheets(data: bytes) -> list[Worksheet]:
    """Return the sheets of a book."""
    return list(lazy_book(data).worksheets)


def request_sheets(data: bytes, form: KnownForm) -> list[Worksheet]:
    """Return the request sheets of a book."""
    own = re.compile(rf"{re.escape(form.plan.sheet)}[0-9]+")
    return [sheet for sheet in sheets(data) if own.fullmatch(sheet.title)]


def codes_of(reading: BookReading) -> list[str]:
    """Return the codes of all that was told."""
    own = [finding.code for request in reading.requests for finding in request.findings]
    return [*(finding.code for finding in reading.findings), *own]


@EACH_FORM
@pytest.mark.parametrize("kind", ["blank", "filled", "longest"])
def test_book__has_no_error_for_the_open_xml_rules(
    form: KnownForm, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    books = {"blank": form.blank, "filled": form.book, "longest": form.full}
    path.write_bytes(books[kind]())
    assert list(OpenXmlValidator().validate(str(path)).errors) == []


@EACH_FORM
def test_cells__are_unlocked_where_staff_write_and_locked_everywhere_else(form: KnownForm) -> None:
    plan = form.plan
    areas = [area for slot in plan.slots if slot.is_entry for area in slot.cells()]
    entries = {cell for area in areas for cell in _cells(area)}
    for sheet in request_sheets(form.blank(), form):
        found = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
        assert found == entries


@EACH_FORM
def test_entry_cells__have_a_message_and_a_limit_that_excel_shows(form: KnownForm) -> None:
    (sheet, *_) = request_sheets(form.blank(), form)
    rules = sheet.data_validations.dataValidation
    for slot in form.plan.slots:
        if slot.is_entry:
            (rule,) = (one for one in rules if slot.area.first in one.cells)
            assert rule.promptTitle == slot.label
            assert rule.error
            assert rule.type != "none"
    for rule in rules:
        assert len(rule.promptTitle or "") <= TITLE_LIMIT
        assert len(rule.errorTitle or "") <= TITLE_LIMIT
        for text in (rule.prompt, rule.error, rule.formula1):
            assert len(text or "") <= MESSAGE_LIMIT


@EACH_OTHER
def test_book__says_nothing_of_another_form(form: KnownForm) -> None:
    said = [str(cell.value) for sheet in sheets(form.blank()) for row in sheet for cell in row]
    assert [text for text in said if OF_THE_USUAL.search(text)] == []


@EACH_FORM
def test_documents__come_back_as_they_were(form: KnownForm) -> None:
    reading = form.read(form.book())
    assert codes_of(reading) == []
    assert len(reading.requests) == len(form.documents)
    for wanted, got in zip(form.documents, reading.requests, strict=True):
        assert differences(wanted, got.document) == ()


@EACH_FORM
@pytest.mark.parametrize("seed", range(20))
def test_any_document__comes_back_as_it_was(form: KnownForm, seed: int) -> None:
    document = form.any_document(seed)
    (got,) = form.read(form.book(document)).requests
    assert differences(document, got.document) == ()
    assert [finding.code for finding in got.findings] == []
    assert got.broken == frozenset()


@EACH_FORM
def test_longest_document__comes_back_as_it_was(form: KnownForm) -> None:
    document = form.longest("長い文")
    (got,) = form.read(form.book(document)).requests
    assert differences(document, got.document) == ()


@EACH_FORM
def test_blank_book__is_untouched_and_has_nothing_to_tell(form: KnownForm) -> None:
    reading = form.read(form.blank())
    assert (reading.requests, codes_of(reading)) == ((), [])
    assert reading.untouched == form.settings.sheets


@EACH_FORM
def test_book_without_its_stamp__is_found_by_its_labels(form: KnownForm) -> None:
    editor = Editor(form.book())
    editor.delete_sheet("_yosan")
    reading = form.read(editor.data())
    assert set(codes_of(reading)) == {codes.STAMP_LOST.code}
    assert reading.stamp
    assert reading.stamp.form == form.definition.id
    for wanted, got in zip(form.documents, reading.requests, strict=True):
        assert differences(wanted, got.document) == ()


def test_book_of_another_form__is_told_by_the_name_of_the_year_s() -> None:
    editor = Editor(known("small_town").book())
    editor.delete_sheet("_yosan")
    (finding,) = known("municipal-1").read(editor.data()).findings
    assert finding.code == codes.NOT_OUR_FORM.code
    assert known("municipal-1").plan.title in finding.fact


def test_stamp__says_the_word_of_the_prefecture() -> None:
    city = known("municipal-1")
    reading = city.read(city.book())
    assert reading.stamp
    assert reading.stamp.prefecture == "県"
    assert known("prefecture").plan.prefecture is None


def test_book_of_another_prefecture__is_read_by_its_own_word() -> None:
    city = known("municipal-1")
    elsewhere = form_of(form_text("municipal-1"))
    editor = Editor(city.book())
    editor.set_stamp("_yosan", "prefecture", "府")
    reading = elsewhere.read(editor.data())
    changed = [one for one in reading.requests[0].findings if one.code == codes.CHANGED_LABEL.code]
    assert changed
    assert "様式の「府支出金」が「県支出金」に変わっています" in changed[0].fact


def test_form_without_lists__has_a_stamp_without_rows_and_no_working_sheet() -> None:
    town = known(WITHOUT_LISTS)
    reading = town.read(town.blank())
    assert reading.stamp
    assert reading.stamp.line_rows == ()
    assert "積算" not in [sheet.title for sheet in sheets(town.blank())]


def test_stamp_without_rows__of_a_form_with_lists_is_no_stamp_of_it() -> None:
    city = known("municipal-1")
    editor = Editor(city.book())
    editor.set_stamp("_yosan", "line_rows", "")
    (finding,) = city.read(editor.data()).findings
    assert finding.code == codes.UNKNOWN_FORM.code


@pytest.mark.parametrize("left_out", [True, False], ids=["no checks", "numbers"])
def test_form__without_checks_or_with_numbers_is_written_and_read(left_out: bool) -> None:
    text = form_text("small_town")
    kinds = ", ".join(f'"{check.test}"' for check in known("small_town").plan.checks)
    without = text.replace("[[bands]]", f"[checks]\nleave_out = [{kinds}]\n\n[[bands]]", 1)
    numbered = text.replace("title = { ", "title = { number = 1, ")
    form = form_of(without if left_out else numbered)
    assert bool(form.plan.checks) is not left_out
    document = form.any_document(1)
    reading = form.read(form.book(document))
    assert (codes_of(reading), differences(document, reading.requests[0].document)) == ([], ())
    overview = next(one for one in sheets(form.blank()) if one.title == "一覧")
    said = [str(cell.value) for row in overview for cell in row]
    assert any("番号をクリック" in text for text in said) is not left_out


def test_unit__is_said_in_every_sentence() -> None:
    form = known(IN_YEN)
    for data in (form.blank(), form.book()):
        for sheet in sheets(data):
            rules = sheet.data_validations.dataValidation
            said = [str(cell.value) for row in sheet for cell in row]
            said += [str(text) for rule in rules for text in (rule.error, rule.errorTitle)]
            assert [text for text in said if "千円" in text] == []


@EACH_FORM
def test_page__is_as_broad_as_its_paper(form: KnownForm) -> None:
    plan = form.plan
    page, area = lay_out(plan, {}), plan.print_area
    width = sum(page.widths[area.left : area.right + 1]) * 0.75
    height = sum(page.heights[area.top : area.bottom + 1])
    assert width / height >= page_points(plan)[0] / page_points(plan)[1] * 0.99


def test_page__of_an_upright_paper_is_written_so() -> None:
    town, city = known("small_town"), known("municipal-1")
    assert page_points(town.plan) == (PAGE_POINTS[1], PAGE_POINTS[0])
    for form, orientation in ((town, "portrait"), (city, "landscape")):
        (sheet, *_) = request_sheets(form.blank(), form)
        assert (sheet.page_setup.orientation or "portrait") == orientation


def test_rows__of_a_page_without_prose_stay_as_low_as_rows() -> None:
    town = known("small_town")
    page = lay_out(town.plan, {})
    body = [h for h, role in zip(page.heights, town.plan.rows, strict=True) if role is RowRole.BODY]
    assert max(body) <= 24


def test_hidden_lists__stand_beside_what_they_are_under() -> None:
    city = known("municipal-1")
    book = openpyxl.load_workbook(BytesIO(city.blank()))
    names = book.defined_names
    hidden = book["_yosan"]

    def texts(name: str) -> list[str]:
        area = Area.parse(names[name].attr_text.rpartition("!")[2])
        return [hidden[a1(row, area.left)].value for row in range(area.top, area.bottom + 1)]

    pairs = list(zip(texts("yx_list_level3_of"), texts("yx_list_level3"), strict=True))
    assert ("一般会計/総務費/総務管理費", "財政管理費") in pairs
    assert [path for path, _ in pairs] == sorted((p for p, _ in pairs), key=[*dict(pairs)].index)


def _cells(area: Area) -> list[str]:
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    return [a1(row, column) for row in rows for column in columns]
