"""A comparison and a trend as text, CSV and JSON: no figure is -, 0 is an amount, staff's text is data."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.years import document, year_of
from yosan_xl.model.comparison import By
from yosan_xl.report.comparison_text import (
    comparison_csv,
    comparison_json,
    comparison_text,
    trend_csv,
    trend_json,
    trend_text,
)
from yosan_xl.report.printable import columns
from yosan_xl.usecases.compare import compare_years, trend_of

OLD = year_of(2020, document("0103-1", "甲\n\x1b[31m", 1_000), document("0103-2", "乙", 0))
NEW = year_of(2021, document("0103-1", "甲\n\x1b[31m", 900), document("0103-3", "丙", 20))


def test_text__aligns_its_figures_by_width() -> None:
    lines = comparison_text(compare_years(OLD, NEW, By.REQUEST).comparison).splitlines()
    table = [line for line in lines if line.startswith(("会計", "一般会計", "計"))]
    assert [line.split()[-4:] for line in table] == [
        ["令和2年度", "令和3年度", "増減", "増減率"],
        ["1,000", "900", "△100", "△10.0%"],
        ["-", "20", "20", "皆増"],
        ["0", "-", "0", "皆減"],
        ["1,000", "920", "△80", "△8.0%"],
    ]
    assert len({columns(line) for line in table}) == 1


def test_text__ends_with_a_line_of_sums() -> None:
    text = comparison_text(compare_years(OLD, NEW, By.REQUEST).comparison)
    assert text.endswith(
        "継続 1件、皆増 1件、皆減 1件。1,000千円 → 920千円（増減 △80千円、△8.0%）\n"
    )
    assert "皆減）: 1 件、0千円" in text


def test_text__prints_staff_s_text_safely() -> None:
    found = compare_years(OLD, NEW, By.REQUEST).comparison
    assert "\x1b" not in comparison_text(found)
    assert "甲⏎" in comparison_text(found)


def test_trend_text__has_a_column_for_each_year() -> None:
    text = trend_text(trend_of([OLD, NEW], By.CATEGORY).trend)
    assert text.splitlines()[-3:] == [
        "会計      要求区分  令和2年度  令和3年度",
        "一般会計  新規事業      1,000        920",
        "計                      1,000        920",
    ]


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


YEARS = [year_of(year, document("0103-1", "甲", year)) for year in (2020, 2021)]


def test_json__of_a_comparison() -> None:
    report = json.loads(comparison_json(compare_years(YEARS[0], YEARS[1], By.CATEGORY).comparison))
    assert report["rows"] == [
        {
            "key": ["一般会計", "新規事業"],
            "from": {"count": 1, "amount": 2020},
            "to": {"count": 1, "amount": 2021},
            "change": 1,
            "rate_per_mille": 0,
            "state": "継続",
            "was": None,
        }
    ]
    assert report["from"]["requested"] == 1
    assert (report["figure"], report["unit"]) == ("予算額（なければ要求額）", "千円")


def test_json__of_a_trend() -> None:
    report = json.loads(trend_json(trend_of(YEARS, By.CATEGORY).trend))
    amounts = [{"count": 1, "amount": 2020}, {"count": 1, "amount": 2021}]
    assert report["rows"] == [{"key": ["一般会計", "新規事業"], "amounts": amounts}]
    assert report["total"]["amounts"] == amounts
