"""A comparison as aligned lines: no figure is -, 0 is an amount, staff's text stays one line."""

from __future__ import annotations

from tests.years import document, year_of
from yosan_xl.model.comparison import By
from yosan_xl.report.comparison_text import comparison_text, trend_text
from yosan_xl.report.printable import columns
from yosan_xl.usecases.compare import compare_years
from yosan_xl.usecases.trend import trend_of

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
