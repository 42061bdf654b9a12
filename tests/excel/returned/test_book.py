from __future__ import annotations

import zipfile
from io import BytesIO

from yosan_xl.excel import styles
from yosan_xl.excel.checked import workbook
from yosan_xl.excel.returned.book import AUTHOR, write_notes


def _package(text: str) -> zipfile.ZipFile:
    out = BytesIO()
    with workbook(out, title="", year=2020, default_font=styles.DEFAULT_FONT) as book:
        write_notes(book.add_worksheet("要求書1"), {"C5": text})
    return zipfile.ZipFile(out)


def _drawing(text: str) -> str:
    return _package(text).read("xl/drawings/vmlDrawing1.vml").decode()


def test_notes__are_hidden_until_hovered() -> None:
    assert "visibility:hidden" in _drawing("YX121 誤り")


def test_notes__are_by_finance_and_name_no_person() -> None:
    comments = _package("YX121 誤り").read("xl/comments1.xml").decode()
    assert f"<author>{AUTHOR}</author>" in comments


def test_notes__a_longer_one_is_higher() -> None:
    def height(text: str) -> float:
        return float(_drawing(text).partition("height:")[2].partition("pt")[0])

    assert height("短い") < height("長い文章です。" * 20) <= 420 * 0.75
