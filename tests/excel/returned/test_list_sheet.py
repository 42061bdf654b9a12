from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.excel.reading.samples import settings, year
from yosan_xl.excel import styles
from yosan_xl.excel.checked import workbook
from yosan_xl.excel.reading import codes
from yosan_xl.excel.returned.list_sheet import Heading, write_list_sheet
from yosan_xl.excel.returned.remarks import Remark
from yosan_xl.excel.sheet_words import REMARKS
from yosan_xl.model.finding import Place

FINDING = codes.NOT_AN_AMOUNT.at(
    Place("a.xlsx", "要求書1", "I6"),
    label="要求額",
    found="=1+1",
    wanted="千円単位の整数",
    kind="金額",
)
REMARK = Remark(FINDING, "要求書1", "I6", "", FINDING.fact, FINDING.remedy)


def _written(
    remarks: Sequence[Remark], left_behind: Sequence[str] = (), again: str = ""
) -> Worksheet:
    out = BytesIO()
    unit = year().roster.by_code("0206")
    assert unit
    heading = Heading("令和2年度予算要求事業概要書", "要求書", unit, "0206_国保年金課.xlsx")
    with workbook(out, title="", year=2020, default_font=styles.DEFAULT_FONT) as book:
        year_settings = replace(settings(), resubmission_deadline=again)
        write_list_sheet(book, heading, year_settings, remarks, left_behind, "")
    sheet = openpyxl.load_workbook(out)[REMARKS]
    assert isinstance(sheet, Worksheet)
    return sheet


def _lines(sheet: Worksheet) -> list[str]:
    return ["|".join(str(c.value) for c in row if c.value is not None) for row in sheet]


def test_list__a_row_a_finding_with_what_is_and_what_to_do() -> None:
    lines = _lines(_written([REMARK]))
    row = next(line for line in lines if line.startswith("1|"))
    assert row == f"1|要求書1|I6|誤り|YX121|{FINDING.fact}|{FINDING.remedy}"


def test_list__a_short_one_is_one_page_and_a_long_one_goes_on_under_its_headings() -> None:
    short, long = _written([REMARK] * 8), _written([REMARK] * 80)
    assert short.page_setup.fitToHeight in (None, 1)
    assert long.page_setup.fitToHeight == 0
    headings = next(n for n, line in enumerate(_lines(long), 1) if line.startswith("番号|"))
    assert long.print_title_rows == f"${headings}:${headings}"
    assert short.page_setup.orientation == "landscape"


def test_list__text_of_staff_is_text() -> None:
    cells = [cell for row in _written([REMARK], ["シート「=2+2」"]) for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_list__names_what_was_not_carried() -> None:
    assert "・シート「内訳」" in _lines(_written([REMARK], ["シート「内訳」"]))
    assert "写していないもの" not in _lines(_written([REMARK]))


def test_list__shows_where_it_was_in_the_book_that_was_handed_in() -> None:
    moved = Remark(FINDING, "要求書1", "I6", "I8", FINDING.fact, FINDING.remedy)
    assert any("（提出時 I8）" in line for line in _lines(_written([moved])))


def test_list__is_protected() -> None:
    assert _written([REMARK]).protection.sheet


def test_list__names_the_day_of_resubmission_in_place_of_the_first_one() -> None:
    first, again = _lines(_written([REMARK])), _lines(_written([REMARK], again="10月18日（金）"))
    assert "提出期限|令和元年10月4日（金）" in first
    assert "再提出期限|10月18日（金）" in again
    assert not any(line.startswith("提出期限") for line in again)
