"""Charts drawn here: lengths that fit the figures, and words that say the same."""

from __future__ import annotations

import re

from yosan_xl.model.money import ThousandYen
from yosan_xl.model.rollup import Sums
from yosan_xl.report.page.bars import Bar, bar_chart, stacked_chart

LABELS = ("国庫支出金", "都支出金", "その他特財", "一般財源")


def _widths(html: str) -> list[str]:
    return re.findall(r'width="([^"]+)"', html)


def test_bar_chart__the_largest_is_whole_and_the_others_are_in_proportion() -> None:
    html = bar_chart("款別", [Bar("総務費", 400), Bar("民生費", 100), Bar("衛生費", 0)]).html
    assert _widths(html) == ["100.0%", "25.0%", "0.0%"]
    assert "<b>400</b>" in html


def test_bar_chart__nothing_but_zero_draws_nothing() -> None:
    assert _widths(bar_chart("款別", [Bar("総務費", 0)]).html) == ["0.0%"]


def test_bar_chart__minus_has_a_look_and_a_sign_of_its_own() -> None:
    html = bar_chart("款別", [Bar("総務費", -200), Bar("民生費", 100)]).html
    assert _widths(html) == ["100.0%", "50.0%"]
    assert 'class="minus-bar"' in html
    assert "△200" in html


def test_bar_chart__what_is_decided_stands_beside_what_is_asked() -> None:
    html = bar_chart("款別", [Bar("総務費", 400, 300)]).html
    assert _widths(html) == ["100.0%", "75.0%"]
    assert "400 ⇒ 300" in html


def _sums(*amounts: int) -> Sums:
    keys = ("national", "metropolitan", "other", "general")
    return Sums(1, **{k: ThousandYen(a) for k, a in zip(keys, amounts, strict=True)})


def test_stacked_chart__the_four_close_without_a_gap() -> None:
    html = stacked_chart("財源", [("一般会計", _sums(1, 1, 1, 0))], LABELS).html
    assert re.findall(r'x="([^"]+)"', html) == ["33.3%", "66.6%", "100.0%"]
    assert _widths(html) == ["33.3%", "33.3%", "33.4%", "0.0%"]


def test_stacked_chart__words_say_every_share_that_is_there() -> None:
    html = stacked_chart("財源", [("一般会計", _sums(1, 0, 0, 3))], LABELS).html
    assert "国庫支出金 25.0％、一般財源 75.0％" in html


def test_stacked_chart__nothing_is_a_dash() -> None:
    html = stacked_chart("財源", [("一般会計", _sums(0, 0, 0, 0))], LABELS).html
    assert '<span class="said">-</span>' in html
