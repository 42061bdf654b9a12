"""概要 on the page."""

from __future__ import annotations

import re

from tests.excel.summary.samples import nine, row
from tests.report.page.samples import budgeted_row, contents
from yosan_xl.model.intake import Doubtful, Intake
from yosan_xl.report.page.overview import charts, headline


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
    assert "決定 1 / 2（決まった分の計）" in headline(some).html
    whole = contents([budgeted_row(1, 100, 80)])
    words = " ".join(_text(headline(whole).html).split())
    assert "要求額との差 △20千円" in words
    assert "要求額のうち一般財源" in words, "not of what is decided"


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
    decided = charts(contents([budgeted_row(1, 100, 80)])).html
    assert "予算額" in decided
    assert "財源の内訳（要求額）" in decided
