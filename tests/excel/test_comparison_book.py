"""The comparison and the trend as workbooks: sums and changes are formulas with their values; texts are data."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.lazy_book import lazy_book
from tests.usecases.year import EXAMPLE
from tests.years import AXES, R3, document, year_of
from yosan_xl.excel.table_books import (
    ASKED,
    COUNTS,
    MOST_SERIES,
    TREND,
    comparison_bytes,
    trend_bytes,
)
from yosan_xl.model.comparison import By, Comparison
from yosan_xl.usecases.compare import compare, compare_years, trend, trend_of

SHEET = "比較"


def sheet_of(data: bytes, name: str = SHEET, *, values: bool = True) -> Worksheet:
    sheet = lazy_book(data, values=values)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def rows(sheet: Worksheet, first: int = 4) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def example(by: By) -> Comparison:
    return compare(str(EXAMPLE), str(R3), by).comparison


@pytest.mark.parametrize("by", [by for by in By if by.is_of(AXES)])
def test_book__has_the_values_of_the_comparison(by: By) -> None:
    found = example(by)
    heading, *table, general, special, total = rows(sheet_of(comparison_bytes(found)))
    headings = by.words(AXES).headings
    at = len(headings)
    assert heading[:at] == list(headings)
    assert heading[at + 3 : at + 7] == ["令和2年度\n額", "令和3年度\n額", "増減", "増減率（％）"]
    assert len(table) == len(found.rows)
    for row, cells in zip(found.rows, table, strict=True):
        assert cells[: at + 1] == [*row.key, row.state.value]
        assert cells[at + 1 : at + 6] == [
            row.old.count,
            row.new.count,
            row.old.sum if row.old.count else None,
            row.new.sum if row.new.count else None,
            row.change,
        ]
        rate = cells[at + 6]
        assert (rate in (None, "")) if row.rate is None else (rate == row.rate / 10)
    assert general[at + 3 : at + 7] == [292_556, 160_183, -132_373, -45.2]
    assert special[at + 3 : at + 7] == [90_955, 94_760, 3_805, 4.2]
    assert (general[0], special[0], total[0]) == ("一般会計", "国民健康保険事業会計", "全会計 計")
    assert total[at + 3 : at + 7] == [383_511, 254_943, -128_568, -33.5]


def test_book__has_formulas_a_reader_can_follow() -> None:
    *_, last, general, special, total = rows(
        sheet_of(comparison_bytes(example(By.CATEGORY)), values=False)
    )
    assert last[7:9] == ["=G8-F8", '=IF(F8=0,"",ROUND(H8/ABS(F8)*100,1))']
    assert general[3:8] == [*(of_account(column, 9) for column in "DEFG"), "=G9-F9"]
    assert special[3] == of_account("D", 10)
    assert total[3:5] == ["=SUM($D$5:$D$8)", "=SUM($E$5:$E$8)"]


def of_account(column: str, row: int) -> str:
    return f"=SUMPRODUCT(1*EXACT($A$5:$A$8,$A{row}),${column}$5:${column}$8)"


def test_book__has_a_sheet_of_questions_where_there_are_any() -> None:
    old = year_of(2020, document("0103-1", "預貯金照会の導入", 10))
    new = year_of(2021, document("0103-2", "預貯金照会の運用", 8))
    found = compare_years(old, new, By.REQUEST).comparison
    asked = rows(sheet_of(comparison_bytes(found), ASKED), 5)
    assert asked == [["確かめてください", found.questions[0]]]
    alone = compare_years(old, old, By.REQUEST).comparison
    assert lazy_book(comparison_bytes(alone)).sheetnames == [SHEET]


def test_book__makes_no_formula_of_staff_s_text() -> None:
    year = year_of(2020, document("0103-1", "=HYPERLINK(1)", 10))
    sheet = sheet_of(
        comparison_bytes(compare_years(year, year, By.REQUEST).comparison), values=False
    )
    assert (sheet["D5"].value, sheet["D5"].data_type) == ("=HYPERLINK(1)", "s")


def test_book__holds_as_much_of_a_text_as_a_cell_does() -> None:
    year = year_of(2020, document("0103-1", "長" * 40_000, 10))
    sheet = sheet_of(comparison_bytes(compare_years(year, year, By.REQUEST).comparison))
    assert sheet["D5"].value == "長" * 32_766 + "…"


def test_book__is_the_same_bytes_each_time() -> None:
    assert comparison_bytes(example(By.KAN)) == comparison_bytes(example(By.KAN))


def trend_rows(data: bytes, name: str, *, values: bool = True) -> list[list[object]]:
    sheet = lazy_book(data, values=values)[name]
    assert isinstance(sheet, Worksheet)
    every: list[list[object]] = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    # Below a blank row is what the chart shows.
    return every[: every.index([None] * len(every[0]))] if name == TREND else every


def chart(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as book:
        return book.read("xl/charts/chart1.xml").decode("utf-8")


@pytest.mark.parametrize("by", [by for by in By if by.is_of(AXES)])
def test_trend__adds_up_in_every_year(by: By) -> None:
    data = trend_bytes(trend([str(EXAMPLE), str(R3)], by).trend)
    assert trend_rows(data, TREND)[-1][-2:] == [383_511, 254_943]
    assert trend_rows(data, COUNTS)[-1][-2:] == [9, 9]


def test_trend__has_sums_as_formulas_and_blanks_where_there_is_no_request() -> None:
    data = trend_bytes(trend([str(EXAMPLE), str(R3)], By.KAN).trend)
    heading, first, second, *_, general, special, total = trend_rows(data, TREND, values=False)
    assert heading == ["会計", "款", "令和2年度", "令和3年度"]
    assert first == ["一般会計", "総務費", 286_297, 152_804]
    assert second == ["一般会計", "環境清掃費", None, 1_120]
    assert general == ["一般会計", "小計", of_account("C", 9), of_account("D", 9)]
    assert special[2:] == [of_account("C", 10), of_account("D", 10)]
    assert total[2:] == ["=SUM($C$5:$C$8)", "=SUM($D$5:$D$8)"]


def test_chart__has_a_part_for_each_row_with_cached_values() -> None:
    data = trend_bytes(trend([str(EXAMPLE), str(R3)], By.KAN).trend)
    values = re.findall(r"<c:val>.*?<c:f>(.*?)</c:f>", chart(data))
    # Below the chart, not in the rows that are filtered and sorted.
    assert values == [f"推移!$C${row}:$D${row}" for row in (39, 40, 41, 42)]
    assert "<c:v>286297</c:v>" in chart(data)
    book = openpyxl.load_workbook(BytesIO(data))
    keys = "1*EXACT($A$5:$A$8,$A39)*EXACT($B$5:$B$8,$B39)"
    assert book[TREND]["C39"].value == f"=SUMPRODUCT({keys},$C$5:$C$8)"
    assert [sheet.protection.sheet for sheet in book] == [True, True]


def test_chart__of_rows_of_one_key_shows_their_sum() -> None:
    twice = [document("0103-1", "事業", amount, id=None) for amount in (1, 2)]
    xml = chart(trend_bytes(trend_of([year_of(2020, *twice)], By.REQUEST).trend))
    assert re.findall(r"<c:val>.*?<c:f>(.*?)</c:f>", xml) == ["推移!$E$7"]


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


def test_trend__is_the_same_bytes_each_time() -> None:
    found = trend([str(EXAMPLE), str(R3)], By.KAN).trend
    assert trend_bytes(found) == trend_bytes(found)
