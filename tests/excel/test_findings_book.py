"""The workbook of findings: a row for each mistake, with a link; text of staff is data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.lazy_book import lazy_book
from yosan_xl.excel import table_books
from yosan_xl.excel.table_books import FINDINGS, FindingSources, findings_bytes
from yosan_xl.model.finding import Code, Finding, Place, Weight

CODE = Code(
    "YX120", Weight.ERROR, "文字", "「{label}」の「{found}」。", "直す。", "わけ", "誤", "正"
)
SOURCE = FindingSources(
    {"a.xlsx": "企画経営部 企画課"}, {"a.xlsx": "../提出/a b#1.xlsx", "b.xlsx": "b.xlsx"}
)


def text(cell: str | None, file: str = "a.xlsx", sheet: str | None = "要求書1") -> Finding:
    return CODE.at(Place(file, sheet, cell), label="要求額", found="=1+1")


def sheet_of(findings: Sequence[Finding], source: FindingSources = SOURCE) -> Worksheet:
    data = findings_bytes(findings, source, "港区　令和2年度　検証結果", 2020)
    sheet = lazy_book(data)[FINDINGS]
    assert isinstance(sheet, Worksheet)
    return sheet


def rows(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]


def test_findings_book__a_row_for_each_mistake() -> None:
    acknowledged = replace(text(None, "b.xlsx", None), weight=Weight.WARNING, reason="=内示")
    found = rows(sheet_of([text("H22"), text("H23"), acknowledged]))
    assert found[0] == [
        *("ファイル", "所管課", "シート", "セル", "項目", "番号", "区分", "内容", "直し方"),
        "理由",
    ]
    told = ["YX120", "誤り", "「要求額」の「=1+1」。", "直す。", None]
    where = ["a.xlsx", "企画経営部 企画課", "要求書1", "H22、H23（2か所）", "要求額"]
    assert found[1] == [*where, *told]
    assert found[2] == [
        "b.xlsx",
        None,
        None,
        None,
        "要求額",
        "YX120",
        "注意",
        told[2],
        "直す。",
        "=内示",
    ]
    assert len(found) == 3


def test_findings_book__text_of_staff_is_no_formula() -> None:
    found = Finding("YX1", Weight.INFO, Place("=a", "=b", "=c"), "=d", "http://e", reason="@f")
    cells = [cell for row in sheet_of([found]).iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell for cell in cells if cell.hyperlink] == []


def test_findings_book__a_link_opens_the_cell_of_the_book() -> None:
    sheet = sheet_of(
        [text("H22", sheet="課の'表"), text(None, "b.xlsx", None), text("A1", "c.xlsx")]
    )
    link = sheet["D5"].hyperlink
    assert link is not None
    assert (link.target, link.location) == ("../提出/a%20b%231.xlsx", "'課の''表'!H22")
    other = sheet["A6"].hyperlink
    assert other is not None
    assert (other.target, other.location) == ("b.xlsx", None)
    assert (sheet["A7"].hyperlink, sheet["D7"].hyperlink) == (None, None)


@pytest.mark.parametrize("path", ["a\\b.xlsx", "a\u202e.xlsx", "あ" * 2001, "\udcff.xlsx"])
def test_findings_book__no_link_to_what_cannot_be_named_in_one(path: str) -> None:
    assert sheet_of([text("H22")], FindingSources({}, {"a.xlsx": path}))["D5"].hyperlink is None


def test_findings_book__no_more_links_than_excel_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_books, "MOST_LINKS", 2)
    found = [text("H22", sheet=f"要求書{at}") for at in range(4)]
    sheet = sheet_of(found)
    assert [bool(sheet[f"D{row}"].hyperlink) for row in range(5, 9)] == [True, True, False, False]
    assert "開けるのは上から" in str(sheet["A2"].value)
    assert "開けるのは上から" not in str(sheet_of(found[:2])["A2"].value)


def test_findings_book__filter_frozen_heading_and_print() -> None:
    sheet = sheet_of([text("H22"), text("I22", "b.xlsx")])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:J6")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$4", "landscape")
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert str(sheet["A2"].value).startswith("誤り 2件、注意 0件、情報 0件")


def test_findings_book__of_nothing_says_so() -> None:
    assert sheet_of([])["A5"].value == "指摘はありません。"


def test_findings_book__same_findings_same_bytes() -> None:
    one, other = (findings_bytes([text("H22")], SOURCE, "検証結果", 2020) for _ in range(2))
    assert one == other
