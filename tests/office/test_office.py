"""The harness itself: what the other tests take LibreOffice's word for."""

from __future__ import annotations

import signal
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.office.office import CellValue, Office, SheetInfo, UsedCell, Validation
from tests.office.process import OfficeDied, OfficeError

pytestmark = pytest.mark.slow

SHEET = "要求書 1"
ERROR = "要求区分は一覧から選んでください。"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A protected sheet (A1 locked; B1 text, B2 money, B3 a list and B5:C6 merged: unlocked)."""
    target = tmp_path / "予算要求書.xlsx"
    with xlsxwriter.Workbook(target) as book:
        text = book.add_format({"locked": False, "num_format": "@"})
        money = book.add_format({"locked": False, "num_format": "#,##0"})
        sheet = book.add_worksheet(SHEET)
        sheet.write("A1", "合計")
        sheet.write("B1", None, text)
        sheet.write("B2", None, money)
        sheet.write("B3", None, text)
        sheet.write_formula("C1", "=1+1", None, 999)
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
        sheet.write_number("C3", 0.1)
        sheet.merge_range("B5:C6", "", text)
        sheet.data_validation(
            "B3", {"validate": "list", "source": ["新規事業", "臨時事業"], "error_message": ERROR}
        )
        sheet.protect()
        listed = book.add_worksheet("一覧")
        listed.write_column("A1", ["甲", "乙"])
        listed.hide()
        book.define_name(f"'{SHEET}'!total", f"='{SHEET}'!$C$1")
        book.define_name("choices", "='一覧'!$A$1:$A$2")
    return target


def test_values__keep_a_wrong_cache_until_recalculated(office: Office, path: Path) -> None:
    book = office.open(path)
    assert office.values(book, SHEET, ["C1"]) == [CellValue("number", 999)]
    office.recalculate(book)
    assert office.values(book, SHEET, ["C1"]) == [CellValue("number", 2)]
    office.close(book)


def test_values__tell_number_text_empty_and_error(office: Office, path: Path) -> None:
    book = office.open(path)
    assert office.values(book, SHEET, ["A1", "B1", "C2", "C3", "total"]) == [
        CellValue("text", "合計"),
        CellValue("empty", None),
        CellValue("error", "#DIV/0!"),
        CellValue("number", Decimal("0.1")),
        CellValue("number", 999),
    ]
    assert office.formulas(book, SHEET, ["A1", "C1"]) == [None, "=1+1"]
    office.close(book)


def test_used__gives_every_filled_cell_with_its_formula(office: Office, path: Path) -> None:
    book = office.open(path)
    office.enter(book, SHEET, [("B1", "=1+1")])
    assert office.used(book, SHEET) == [
        UsedCell("A1", "text", "合計", None),
        UsedCell("B1", "text", "=1+1", None),
        UsedCell("C1", "number", 999, "=1+1"),
        UsedCell("C2", "error", "#DIV/0!", "=1/0"),
        UsedCell("C3", "number", Decimal("0.1"), None),
    ]
    office.close(book)


def test_enter__fills_and_empties_unlocked_cells(office: Office, path: Path) -> None:
    book = office.open(path)
    entries: list[tuple[str, int | str | None]] = [
        ("B1", "・甲\n・乙"),
        ("B2", -4017),
        ("B5", "1,2"),
    ]
    office.enter(book, SHEET, entries)
    assert office.values(book, SHEET, ["B1", "B2", "B5"]) == [
        CellValue("text", "・甲\n・乙"),
        CellValue("number", -4017),
        CellValue("text", "1,2"),
    ]
    office.enter(book, SHEET, [("B1", None)])
    assert office.values(book, SHEET, ["B1"]) == [CellValue("empty", None)]
    office.close(book)


@pytest.mark.parametrize(
    ("cell", "why"), [("A1", "A1 .*is locked"), ("C6", "C6 .*merged"), ("nowhere", "nowhere")]
)
def test_enter__refuses_all_for_one_bad_cell(
    office: Office, path: Path, cell: str, why: str
) -> None:
    book = office.open(path)
    with pytest.raises(OfficeError, match=why):
        office.enter(book, SHEET, [("B1", "甲"), (cell, "乙")])
    assert office.values(book, SHEET, ["B1"]) == [CellValue("empty", None)]
    office.close(book)


TYPED = [
    ("・甲\n・乙", "・甲\n・乙"),
    ("１２３４", 1234),
    ("1,234", 1234),
    ("(500)", -500),
    ("▲500", "▲500"),
    ("500円", "500円"),
    ("'1,234", "1,234"),
    ("'=1+2", "'=1+2"),
    ("=1+2", 3),
]


@pytest.mark.parametrize(("text", "read"), TYPED)
def test_type_into__is_read_in_a_money_cell_and_kept_in_a_text_cell(
    office: Office, path: Path, text: str, read: int | str
) -> None:
    book = office.open(path)
    office.type_into(book, SHEET, [("B1", text), ("B2", text)])
    kept, money = office.values(book, SHEET, ["B1", "B2"])
    assert kept == CellValue("text", text)
    assert money == CellValue("number" if isinstance(read, int) else "text", read)
    office.close(book)


def test_type_into__refuses_a_locked_cell_and_a_hidden_sheet(office: Office, path: Path) -> None:
    book = office.open(path)
    assert [office.is_locked(book, SHEET, cell) for cell in ("A1", "B1")] == [True, False]
    assert not office.is_locked(book, "一覧", "A1")
    with pytest.raises(OfficeError, match=r"A1 .*is locked"):
        office.type_into(book, SHEET, [("A1", "甲")])
    with pytest.raises(OfficeError, match="hidden"):
        office.type_into(book, "一覧", [("A1", "丙")])
    office.close(book)


def test_type_at_locked_cell__changes_an_unlocked_cell_only(office: Office, path: Path) -> None:
    unlocked, locked = office.type_at_locked_cell(path, SHEET, "B1", "A1", "甲")
    assert unlocked.changed
    assert unlocked.after == CellValue("text", "甲")
    assert not locked.changed
    assert locked.after in (locked.before, None)


def test_validations__give_source_and_message(office: Office, path: Path) -> None:
    book = office.open(path)
    listed, free = office.validations(book, SHEET, ["B3", "B1"])
    assert listed == Validation("LIST", '"新規事業";"臨時事業"', "", ERROR, True, True)
    assert (free.kind, free.shows_list) == ("ANY", False)
    office.close(book)


def test_save_as__keeps_names_hidden_sheets_and_the_original(office: Office, path: Path) -> None:
    saved, original = path.with_name("保存.xlsx"), path.read_bytes()
    book = office.open(path)
    office.enter(book, SHEET, [("B2", 38484)])
    office.save_as(book, saved)
    assert office.sheets(book) == [SheetInfo(SHEET, True, True), SheetInfo("一覧", False, False)]
    office.close(book)
    assert path.read_bytes() == original
    again = openpyxl.load_workbook(saved)
    assert again[SHEET]["B2"].value == 38484
    assert again[SHEET].protection.sheet
    assert again[SHEET].defined_names["total"].attr_text == f"'{SHEET}'!$C$1"
    assert "choices" in again.defined_names
    assert again["一覧"].sheet_state == "hidden"
    again.close()


def pages(path: Path) -> int:
    """Return the number of pages of a PDF."""
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return int(told.partition("Pages:")[2].split()[0])


def test_save_pdf__prints_the_visible_or_the_named_sheets(office: Office, tmp_path: Path) -> None:
    source, target = tmp_path / "頁.xlsx", tmp_path / "頁.pdf"
    with xlsxwriter.Workbook(source) as workbook:
        for name, rows in (("one", 1), ("three", 3), ("hidden", 1)):
            sheet = workbook.add_worksheet(name)
            sheet.write_column("A1", ["x"] * rows)
            sheet.set_h_pagebreaks(list(range(1, rows)))
            sheet.print_area(0, 0, rows - 1, 0)
        sheet.hide()
    book = office.open(source)
    before = office.sheets(book)
    counted = {}
    for wanted in (None, ("one",), ("three",), ("one", "hidden")):
        office.save_pdf(book, target, wanted)
        counted[wanted] = pages(target)
    assert counted[("one",)] == 1
    assert counted[("three",)] == 3
    assert counted[("one", "hidden")] == 2
    assert office.sheets(book) == before
    office.close(book)


@pytest.mark.parametrize(
    ("sign", "why"), [(signal.SIGKILL, "ended"), (signal.SIGSTOP, "did not answer 'recalculate'")]
)
def test_office__starts_anew_after_its_death(path: Path, sign: signal.Signals, why: str) -> None:
    program = Office(timeout=30)
    try:
        lost = program.open(path)
        program.timeout = 0.5
        program.signal(sign)
        with pytest.raises(OfficeDied, match=why):
            program.recalculate(lost)
        program.timeout = 30
        with pytest.raises(OfficeError, match="no open book"):
            program.recalculate(lost)
        assert program.sheets(program.open(path))
    finally:
        program.stop()


def test_open__refuses_what_is_no_book(office: Office, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="open"):
        office.open(tmp_path / "absent.xlsx")
