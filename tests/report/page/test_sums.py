"""概要 and the tables of sums on the page."""

from __future__ import annotations

import re

import pytest

from tests.excel.summary.samples import many, nine, row
from tests.report.page.samples import budgeted_row, contents, page
from yosan_xl.model.intake import Doubtful, Intake
from yosan_xl.report.page.sums import charts, headline


def _text(html: str) -> str:
    return re.sub("<[^>]+>", " ", html)


def test_headline__of_the_nine() -> None:
    words = " ".join(_text(headline(contents()).html).split())
    assert words == (
        "要求額（全会計） 383,511 千円 3億8,351万1千円 うち一般会計 292,556 千円 構成比 76.3％ "
        "うち一般会計以外 90,955 千円 構成比 23.7％ うち特定財源 17,868 千円 構成比 4.7％ "
        "うち一般財源 365,643 千円 構成比 95.3％ 要求の件数 9 件 6 の所管課から"
    )


def test_headline__a_budget_that_is_not_yet_whole_says_so() -> None:
    some = contents([budgeted_row(1, 100, 80), budgeted_row(2, 50, None)])
    assert "2件のうち、決まった1件の計" in headline(some).html
    whole = contents([budgeted_row(1, 100, 80)])
    assert "要求額との差 △20千円" in headline(whole).html


def test_headline__what_is_counted_in_spite_of_errors_is_said() -> None:
    intake = Intake(1, (), (Doubtful(row(1), "金額か財源に誤りがあるため"),))
    html = headline(contents([row(1)], intake=intake)).html
    assert "金額か財源に誤りのある要求 1件（100千円）が、合計に入っています。" in html
    assert "notice" not in headline(contents([row(1)])).html


def test_charts__accounts_are_named_where_there_are_several() -> None:
    html = charts(contents()).html
    assert [html.count(f"<span>{label}</span>") for label in ("一般会計　総務費", "全会計")] == [
        1,
        1,
    ]
    alone = charts(contents([one for one in nine() if one.request.account == "一般会計"])).html
    assert "<span>総務費</span>" in alone
    assert "全会計</span>" not in alone


def test_charts__budget_has_a_key_once_there_is_one() -> None:
    assert "予算額" not in charts(contents()).html
    assert "予算額" in charts(contents([budgeted_row(1, 100, 80)])).html


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
    assert found[-1][2:5] == ["150", "80", "△70"]
    assert "予算額" not in page(contents()).tables["会計・款別の要求額"][0]
