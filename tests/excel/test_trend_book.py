"""The trend as a workbook: a table, its sums, and a native chart that points at them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.usecases.year import EXAMPLE
from tests.years import R3, document, year_of
from yosan_xl.excel.comparison_book import COUNTS, MOST_SERIES, TREND, trend_bytes
from yosan_xl.model.comparison import By
from yosan_xl.usecases.trend import trend, trend_of


def rows(data: bytes, name: str, *, values: bool = True) -> list[list[object]]:
    sheet = openpyxl.load_workbook(BytesIO(data), data_only=values)[name]
    assert isinstance(sheet, Worksheet)
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]


def chart(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as book:
        return book.read("xl/charts/chart1.xml").decode("utf-8")


@pytest.mark.parametrize("by", By)
def test_book__adds_up_in_every_year(by: By) -> None:
    data = trend_bytes(trend([str(EXAMPLE), str(R3)], by).trend)
    assert rows(data, TREND)[-1][-2:] == [383_511, 254_943]
    assert rows(data, COUNTS)[-1][-2:] == [9, 9]


def test_book__has_sums_as_formulas_and_blanks_where_there_is_no_request() -> None:
    data = trend_bytes(trend([str(EXAMPLE), str(R3)], By.KAN).trend)
    heading, first, second, *_, general, special, total = rows(data, TREND, values=False)
    assert heading == ["会計", "款", "令和2年度", "令和3年度"]
    assert first == ["一般会計", "総務費", 286_297, 152_804]
    assert second == ["一般会計", "環境清掃費", None, 1_120]
    assert general == ["一般会計", "小計", "=SUM(C5:C7)", "=SUM(D5:D7)"]
    assert special[2:] == ["=SUM(C8:C8)", "=SUM(D8:D8)"]
    assert total[2:] == ["=SUM(C5:C8)", "=SUM(D5:D8)"]


def test_chart__has_a_part_for_each_row_with_cached_values() -> None:
    xml = chart(trend_bytes(trend([str(EXAMPLE), str(R3)], By.KAN).trend))
    values = re.findall(r"<c:val>.*?<c:f>(.*?)</c:f>", xml)
    assert values == [f"推移!$C${row}:$D${row}" for row in (5, 6, 7, 8)]
    assert "<c:v>286297</c:v>" in xml


def test_chart__of_many_rows_shows_their_sum() -> None:
    many = [document(f"0103-{n}", f"事業{n}", n, kan=f"款{n}") for n in range(MOST_SERIES + 1)]
    xml = chart(trend_bytes(trend_of([year_of(2020, *many)], By.KAN).trend))
    (values,) = re.findall(r"<c:val>.*?<c:f>(.*?)</c:f>", xml)
    assert values == "推移!$C$18"
    assert "<c:v>78</c:v>" in xml


def test_chart__makes_no_reference_of_staff_s_text() -> None:
    year = year_of(2020, document("0103-1", "=Sheet!A1", 10, category="=B1"))
    xml = chart(trend_bytes(trend_of([year], By.CATEGORY).trend))
    assert re.findall(r"<c:tx>.*?</c:tx>", xml)[-1].count("<c:f>") == 0


def test_book__is_the_same_bytes_each_time() -> None:
    found = trend([str(EXAMPLE), str(R3)], By.KAN).trend
    assert trend_bytes(found) == trend_bytes(found)
