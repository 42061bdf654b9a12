"""The tables of sums on the page."""

from __future__ import annotations

import pytest

from tests.excel.summary.samples import many
from tests.report.page.samples import budgeted_row, contents, page

TABLES = ("会計・款別の要求額", "部・課別の要求額", "要求区分別の要求額")


def test_kan_table__the_nine_as_published() -> None:
    found = page(contents()).tables["会計・款別の要求額"]
    heads = ["会計", "款", "件数", "要求額", "国庫支出金", "都支出金", "その他特財", "一般財源"]
    assert found == [
        heads,
        ["一般会計", "総務費", "7", "286,297", "0", "0", "0", "286,297"],
        ["民生費", "1", "6,259", "5,868", "0", "0", "391"],
        ["小計", "8", "292,556", "5,868", "0", "0", "286,688"],
        ["国民健康保険事業会計", "総務費", "1", "90,955", "0", "12,000", "0", "78,955"],
        ["小計", "1", "90,955", "0", "12,000", "0", "78,955"],
        ["全会計の計", "9", "383,511", "5,868", "12,000", "0", "365,643"],
    ]


@pytest.mark.parametrize("caption", TABLES)
def test_tables__all_have_the_same_grand_total(caption: str) -> None:
    some = contents(many(150))
    total = some.rollup.sums(some.rollup.rows)
    last = page(some).tables[caption][-1]
    assert last[:3] == ["全会計の計", "150", f"{total.requested:,}"]


def test_bureau_table__tells_the_accounts_apart() -> None:
    heads, *rows = page(contents()).tables["部・課別の要求額"]
    at = heads.index("うち一般会計") - 1  # a 小計 has no cell for the 部
    welfare = rows[5]
    assert welfare[0] == "小計"
    assert welfare[at : at + 2] == ["6,259", "90,955"]


def test_funding_table__shares_per_account() -> None:
    rows = page(contents()).tables["財源別（会計ごと）"]
    assert rows[2] == [
        *("国民健康保険事業会計", "0", "0.0％", "12,000", "13.2％"),
        *("0", "0.0％", "78,955", "86.8％", "90,955"),
    ]
    assert rows[-1][-1] == "383,511"


def test_tables__a_budget_stands_beside_the_request_once_there_is_one() -> None:
    rows = [budgeted_row(1, 100, 80), budgeted_row(2, 50, None)]
    found = page(contents(rows)).tables["会計・款別の要求額"]
    assert found[0][3:6] == ["要求額", "予算額", "要求額との差"]
    assert found[-1][2:5] == ["150", "80決定 1 / 2", "-"]
    decided = page(contents([budgeted_row(1, 100, 80), budgeted_row(2, 50, 50)]))
    assert decided.tables["会計・款別の要求額"][-1][2:5] == ["150", "130", "△20"]
    assert "予算額" not in page(contents()).tables["会計・款別の要求額"][0]
