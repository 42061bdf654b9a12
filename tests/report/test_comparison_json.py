"""A comparison as JSON: integers of 千円, rates in 0.1 %."""

from __future__ import annotations

import json

from tests.years import document, year_of
from yosan_xl.model.comparison import By
from yosan_xl.report.comparison_text import comparison_json, trend_json
from yosan_xl.usecases.compare import compare_years
from yosan_xl.usecases.trend import trend_of

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
