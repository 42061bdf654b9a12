"""A comparison as a data table: plain figures, and nothing that a program takes for a formula."""

from __future__ import annotations

import csv
import io

import pytest

from tests.years import document, year_of
from yosan_xl.model.comparison import By
from yosan_xl.report.comparison_text import comparison_csv, trend_csv
from yosan_xl.usecases.compare import compare_years
from yosan_xl.usecases.trend import trend_of


def rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n")
    return [*csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))]


def test_csv__has_plain_figures_and_no_sums() -> None:
    old = year_of(2020, document("0103-1", "甲", 1_000), document("0103-2", "乙", 5))
    new = year_of(2021, document("0103-1", "甲", 900))
    heading, *table = rows(comparison_csv(compare_years(old, new, By.REQUEST).comparison))
    assert heading[4:10] == [
        "令和2年度(2020)件数",
        "令和2年度(2020)額(千円)",
        "令和3年度(2021)件数",
        "令和3年度(2021)額(千円)",
        "増減(千円)",
        "増減率(%)",
    ]
    assert [row[3:11] for row in table] == [
        ["甲", "1", "1000", "1", "900", "-100", "-10.0", "継続"],
        ["乙", "1", "5", "0", "", "-5", "-100.0", "皆減"],
    ]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1"])
def test_csv__makes_no_formula_of_staff_s_text(title: str) -> None:
    year = year_of(2020, document("0103-1", title, 1))
    row = rows(comparison_csv(compare_years(year, year, By.REQUEST).comparison))[1]
    assert row[3].startswith(("'", "\\"))


def test_trend_csv__is_long_so_that_it_can_be_pivoted() -> None:
    years = [year_of(year, document("0103-1", "甲", year)) for year in (2020, 2021)]
    assert rows(trend_csv(trend_of(years, By.CATEGORY).trend)) == [
        ["会計", "要求区分", "年度", "年度(西暦)", "件数", "額(千円)"],
        ["一般会計", "新規事業", "令和2年度", "2020", "1", "2020"],
        ["一般会計", "新規事業", "令和3年度", "2021", "1", "2021"],
    ]
