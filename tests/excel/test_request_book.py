"""Request books as files: valid, small, closed to the outside, locked where staff do not write."""

from __future__ import annotations

import getpass
import re
import socket
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from tests.excel.documents import DEFINITION, PLAN, SETTINGS, UNIT, YEAR, book_of, longest
from tests.lazy_book import lazy_book
from tests.office.office import Office
from tests.usecases.year import example_documents
from yosan_xl.excel.checked import NotWritable
from yosan_xl.excel.request_book import SheetContent, request_book
from yosan_xl.form.area import Area
from yosan_xl.form.checks import DONE
from yosan_xl.form.plan import Plan
from yosan_xl.usecases.generate import blank_book, plan_for

MANY_ROWS = replace(SETTINGS, line_rows=(20, 10))

TITLE_LIMIT, MESSAGE_LIMIT = 32, 255
"""Characters of a message's title and text (Excel の仕様と制限)."""


NAMES = ("blank", "blank 20+10", "filled", "filled 20+10", "longest")
EACH_BOOK = pytest.mark.parametrize("data", NAMES, indirect=True)


@pytest.fixture
def data(request: pytest.FixtureRequest) -> bytes:
    """Give the book of a name."""
    return _book(request.param)


@cache
def _book(name: str) -> bytes:
    return _made(name)


def _made(name: str) -> bytes:
    if name == "blank":
        return blank_book(plan_for(YEAR.settings), YEAR.settings, UNIT)
    if name == "longest":
        return book_of([longest("長い文章です。")])
    year = MANY_ROWS if name.endswith("20+10") else SETTINGS
    return book_of(example_documents() if name.startswith("filled") else [], year)


@EACH_BOOK
def test_book__has_no_error_for_the_open_xml_rules(data: bytes, tmp_path: Path) -> None:
    assert _audit(data, tmp_path) == []


@EACH_BOOK
def test_book__opens_in_openpyxl_with_its_sheets(data: bytes) -> None:
    names = openpyxl.load_workbook(BytesIO(data)).sheetnames
    assert names[:3] == ["はじめに", "一覧", "要求書1"]
    assert names[-2:] == ["積算", "_yosan"]


@EACH_BOOK
def test_book__has_no_macro_no_link_outside_and_nothing_of_this_machine(data: bytes) -> None:
    parts = _parts(data)
    known = (
        r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/_rels/workbook\.xml\.rels"
    )
    own = r"xl/(workbook|sharedStrings|styles|theme/theme1|worksheets/sheet\d+)\.xml"
    assert [name for name in parts if not re.fullmatch(f"{known}|{own}", name)] == []
    text = "\n".join(parts.values())
    links = set(re.findall(r"[a-z]+://[^\"<\s]*", text))
    assert {link for link in links if not link.startswith(NAMESPACES)} == set()
    paths = (str(Path.cwd()), str(Path.home()), tempfile.gettempdir(), "file:", "\\\\", ":\\")
    assert [path for path in paths if path in text] == []
    names = (getpass.getuser(), socket.gethostname())
    assert [name for name in names if f">{name}<" in text or f'"{name}"' in text] == []


NAMESPACES = (
    "http://schemas.openxmlformats.org/",
    "http://www.w3.org/2001/XMLSchema-instance",
    "http://purl.org/dc/",
)


def test_blank_book__is_at_most_60_kilobytes() -> None:
    assert YEAR.settings.sheets == 5
    assert len(_book("blank")) <= 60_000


def test_book__is_the_same_bytes_for_the_same_input() -> None:
    assert _made("blank") == _made("blank")
    assert _made("filled") == _made("filled")


@EACH_BOOK
def test_book__saved_by_libreoffice_has_only_the_errors_of_any_such_book(
    data: bytes, office: Office, tmp_path: Path
) -> None:
    trivial = BytesIO()
    with xlsxwriter.Workbook(trivial) as book:
        book.add_worksheet().write("A1", "一つのセル")
    unavoidable = _audit(_saved_again(office, trivial.getvalue(), tmp_path), tmp_path)
    assert _audit(_saved_again(office, data, tmp_path), tmp_path) == unavoidable


def test_structure__is_open_and_every_sheet_protected() -> None:
    book = _open(_book("blank"))
    assert "workbookProtection" not in _parts(_book("blank"))["xl/workbook.xml"]
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.formatRows  # openpyxl: what is false is allowed
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"] == [
        "_yosan"
    ]


@pytest.mark.parametrize(("name", "plan"), [("blank", PLAN), ("filled 20+10", plan_for(MANY_ROWS))])
def test_cells__are_unlocked_where_staff_write_and_locked_everywhere_else(
    name: str, plan: Plan
) -> None:
    fields = [area for slot in plan.slots if slot.is_entry for area in slot.cells()]
    entries = {cell for area in fields for cell in _cells(area)}
    for sheet in _request_sheets(_book(name)):
        found = {
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked
        }
        assert found == entries


def test_cells__are_locked_by_default() -> None:
    """No row or column format unlocks a cell that is not written."""
    for sheet in _request_sheets(_book("blank")):
        assert all(column.protection.locked for column in sheet.column_dimensions.values())
        assert all(row.protection.locked for row in sheet.row_dimensions.values())


def test_entry_cells__all_have_an_input_message() -> None:
    for sheet in _request_sheets(_book("blank")):
        rules = sheet.data_validations.dataValidation
        for area in _entry_areas(PLAN):
            for cell in _cells(Area(area.top, area.left, area.bottom, area.left)):
                found = [rule for rule in rules if cell in rule.cells]
                assert len(found) == 1, cell
                assert _has_message(found[0]), cell


def test_messages__keep_within_what_excel_shows() -> None:
    """Not only those of this form's fields: every title, message and list that is written."""
    for sheet in _open(_book("blank")).worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= TITLE_LIMIT
            assert len(rule.errorTitle or "") <= TITLE_LIMIT
            assert len(rule.prompt or "") <= MESSAGE_LIMIT
            assert len(rule.error or "") <= MESSAGE_LIMIT
            assert len(rule.formula1 or "") <= MESSAGE_LIMIT


def test_hints__keep_within_what_excel_shows() -> None:
    fields = [
        *DEFINITION.fields.values(),
        *(column.field for column in DEFINITION.lists[0].columns),
    ]
    assert [field.key for field in fields if len(field.hint) > MESSAGE_LIMIT] == []
    assert [field.key for field in fields if len(field.label) > TITLE_LIMIT] == []


@pytest.mark.parametrize(
    "wrong",
    [{"hint": "長" * 256}, {"label": "長" * 33}, {"label": "長" * 240}],
    ids=["message", "title", "error message"],
)
def test_messages__beyond_what_excel_shows_stop_the_writing(wrong: dict[str, str]) -> None:
    slots = tuple(
        replace(slot, **wrong) if slot.name == "yx_title" else slot  # type: ignore[arg-type]
        for slot in PLAN.slots
    )
    with pytest.raises(NotWritable):
        request_book(replace(PLAN, slots=slots), SETTINGS, UNIT, [SheetContent("1", {}, {})])


def test_rows__all_have_their_heights() -> None:
    """A row without one would be measured anew by the program that opens the book."""
    for sheet in _request_sheets(_book("filled")):
        heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
        assert len(heights) == len(PLAN.rows)
        assert None not in heights


def test_fonts__are_never_the_theme_s() -> None:
    """XlsxWriter makes the book's own font the theme's; Excel would then show Calibri or Yu Gothic."""
    (fonts,) = re.findall(r"<fonts.*</fonts>", _parts(_book("filled"))["xl/styles.xml"])
    assert "BIZ UDGothic" in fonts
    assert "<scheme" not in fonts


def _audit(data: bytes, folder: Path) -> list[str]:
    path = folder / "audited.xlsx"
    path.write_bytes(data)
    return sorted(str(error) for error in OpenXmlValidator().validate(str(path)).errors)


def _saved_again(office: Office, data: bytes, folder: Path) -> bytes:
    path = folder / "written.xlsx"
    path.write_bytes(data)
    book = office.open(path)
    office.save_as(book, folder / "again.xlsx")
    office.close(book)
    return (folder / "again.xlsx").read_bytes()


def _open(data: bytes) -> Workbook:
    return lazy_book(data)


def _request_sheets(data: bytes) -> Iterator[Worksheet]:
    book = _open(data)
    yield from (book[name] for name in book.sheetnames if name.startswith("要求書"))


def _parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def _entry_areas(plan: Plan) -> list[Area]:
    """Give where staff write: their fields, and the reasons of the checks panel."""
    fields = [area for slot in plan.slots if slot.is_entry for area in slot.cells()]
    return [*fields, *(check.reason for check in plan.checks if check.reason_name)]


def _cells(area: Area) -> list[str]:
    return [
        Area(row, column, row, column).first
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]


def _has_message(rule: DataValidation) -> bool:
    return bool(rule.showInputMessage and rule.promptTitle and rule.prompt)


def _sheet_texts(name: str) -> list[str]:
    """Give the parts of the request sheets of a book."""
    with zipfile.ZipFile(BytesIO(_book(name))) as parts:
        texts = [parts.read(one).decode() for one in parts.namelist() if "worksheets/sheet" in one]
    return [text for text in texts if "<protectedRanges>" in text]


def test_reasons__are_locked_and_a_range_for_all_so_that_tab_passes_them_by() -> None:
    reasons = [check.reason.first for check in PLAN.checks if check.reason_name]
    texts = _sheet_texts("blank")
    assert len(texts) == YEAR.settings.sheets
    for text in texts:
        ranges = re.findall(r"<protectedRange ([^>]*)/>", text)
        assert [re.findall(r'sqref="([^"]*)"', one)[0].split() for one in ranges] == [reasons]
        assert not any("password" in one or "algorithm" in one for one in ranges)
    for sheet in _request_sheets(_book("blank")):
        assert all(sheet[cell].protection.locked for cell in reasons)


def test_active_cell__is_the_first_entry_cell() -> None:
    first = next(slot for slot in PLAN.slots if slot.is_entry).area.first
    for sheet in _request_sheets(_book("blank")):
        assert {one.activeCell for one in sheet.views.sheetView[0].selection} == {first}


def test_entries__are_white_on_paper_once_nothing_is_left_to_be_checked() -> None:
    for sheet in _request_sheets(_book("blank")):
        found = [
            (str(area.sqref), rule)
            for area in sheet.conditional_formatting
            for rule in area.rules
            if rule.formula == [f'{PLAN.status.first_absolute}="{DONE}"']
        ]
        ((areas, rule),) = found
        assert rule.dxf.fill.bgColor.rgb == "FFFFFFFF"
        whitened = {cell for area in areas.split() for cell in _cells(Area.parse(area))}
        assert {cell for area in _page_fields() for cell in _cells(area)} <= whitened


def _page_fields() -> list[Area]:
    slots = (slot for slot in PLAN.slots if slot.is_entry)
    return [slot.area for slot in slots if slot.area.right <= PLAN.print_area.right]
