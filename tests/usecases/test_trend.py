"""trend: many years in a row, projects followed through renames, moves and rests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.usecases.year import EXAMPLE
from tests.years import AXES, R3, document, save, year_of
from yosan_xl.model.comparison import By, TrendRow
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession, SuccessionKind, SuccessionRow
from yosan_xl.report.comparison_text import trend_text
from yosan_xl.store.faults import StoreError
from yosan_xl.usecases.compare import trend, trend_of


def sums(rows: tuple[TrendRow, ...]) -> list[tuple[str, list[int | None]]]:
    return [(row.key[-1], [a.sum if a.count else None for a in row.amounts]) for row in rows]


@pytest.mark.parametrize("by", [by for by in By if by.is_of(AXES)])
def test_years__are_put_in_order_and_add_up(by: By) -> None:
    found = trend([str(R3), str(EXAMPLE)], by).trend
    assert [year.label for year in found.years] == ["令和2年度", "令和3年度"]
    assert [amount.sum for amount in found.total.amounts] == [383_511, 254_943]
    assert [amount.count for amount in found.total.amounts] == [9, 9]


def test_department__is_followed_by_the_map_of_each_year() -> None:
    found = trend([str(EXAMPLE), str(R3)], By.DEPARTMENT).trend
    assert ("企画経営部 区政広報室", [4_192, 3_500]) in sums(found.rows)
    assert "0602" not in [row.key[1] for row in found.rows]


def test_project__is_followed_through_a_rest_and_a_new_title() -> None:
    years = [
        year_of(2019, document("0103-1", "国勢調査の準備", 5), document("0103-2", "乙事業", 1)),
        year_of(2020, document("0103-2", "乙事業の運営", 2)),
        year_of(
            2021, document("0103-1", "国勢調査の準備", 7), document("0103-2", "乙事業の運営", 3)
        ),
    ]
    found = trend_of(years, By.REQUEST).trend
    assert sums(found.rows) == [("国勢調査の準備", [5, None, 7]), ("乙事業の運営", [1, 2, 3])]


def test_project__that_ended_stands_below_with_its_last_name() -> None:
    years = [
        year_of(2020, document("0103-1", "甲事業", 5)),
        year_of(2021, document("0103-2", "防災訓練", 7)),
    ]
    found = trend_of(years, By.REQUEST).trend
    assert sums(found.rows) == [("防災訓練", [None, 7]), ("甲事業", [5, None])]


def test_project__that_came_of_two_has_the_sum_of_both() -> None:
    years = [
        year_of(2020, document("0103-1", "甲事業", 5), document("0103-2", "乙", 6)),
        year_of(2021, document("0103-1", "甲事業", 9)),
    ]
    table = Succession((SuccessionRow(2, SuccessionKind.PROJECT, "乙", "甲事業"),))
    assert sums(trend_of(years, By.REQUEST, tables=[table]).trend.rows) == [("甲事業", [11, 9])]


def test_department__is_followed_over_two_steps() -> None:
    years = [
        year_of(2020, document("0103-1", "甲", 1, section="旧課")),
        year_of(2021, document("0104-1", "甲", 2, section="中課")),
        year_of(2022, document("0105-1", "甲", 3, section="新課")),
    ]
    tables = [
        Succession((SuccessionRow(2, SuccessionKind.DEPARTMENT, old, new),))
        for old, new in (("0103", "0104"), ("中課", "0105"))
    ]
    found = trend_of(years, By.DEPARTMENT, tables=tables).trend
    assert sums(found.rows) == [("産業部 新課", [1, 2, 3])]
    assert sums(trend_of(years, By.REQUEST, tables=tables).trend.rows) == [("甲", [1, 2, 3])]


def test_yx673__hits_a_row_that_no_step_could_use() -> None:
    years = [year_of(year, document("0103-1", "甲", 1)) for year in (2020, 2021, 2022)]
    table = Succession(
        (
            SuccessionRow(2, SuccessionKind.PROJECT, "丙", "甲"),
            SuccessionRow(3, SuccessionKind.PROJECT, "甲", "甲", FiscalYear(2021)),
        )
    )
    found = trend_of(years, By.KAN, tables=[table, table]).findings
    assert [(one.code, one.fact[:4]) for one in found] == [("YX673", "2行目:")]


def test_yx675__hits_one_year_twice() -> None:
    with pytest.raises(StoreError) as error:
        trend([str(EXAMPLE), str(EXAMPLE / "requests.json")])
    (finding,) = error.value.findings
    assert finding.code == "YX675"
    assert finding.fact == "令和2年度が「R2」と「requests.json」の二つあります。"


def test_yx675__does_not_hit_one_year_alone(tmp_path: Path) -> None:
    found = trend([save(tmp_path / "a.json", document("0103-1", "甲", 4))]).trend
    assert found.heading == "令和2年度　款別の推移"
    assert sums(found.rows) == [("総務費", [4])]


def test_trend__counts_what_nobody_has_answered_yet() -> None:
    years = [
        year_of(2020, document("0103-1", "預貯金照会の導入", 5)),
        year_of(2021, document("0103-2", "預貯金照会の運用", 7)),
        year_of(2022, document("0103-2", "預貯金照会の運用", 8)),
    ]
    found = trend_of(years, By.REQUEST).trend
    assert found.open == 1
    assert "同じ事業かもしれないものが 1 件あります。" in trend_text(found)
    assert trend_of(years, By.KAN).trend.open == 0
