"""Figures and charts of the page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from yosan_xl.form.load import load_definition
from yosan_xl.model.axes import ASKED, Source
from yosan_xl.model.money import Money
from yosan_xl.model.rollup import Sums
from yosan_xl.report.page.figures import (
    Bar,
    SourceLook,
    bar_chart,
    in_words,
    money,
    share,
    source_looks,
    stacked_chart,
)


@pytest.mark.parametrize(
    ("amount", "html"),
    [
        (1234567, '<td class="n">1,234,567</td>'),
        (0, '<td class="n">0</td>'),
        (None, '<td class="n">-</td>'),
        (-1500, '<td class="n minus">△1,500</td>'),
    ],
)
def test_money__nothing_zero_and_minus_look_different(amount: int | None, html: str) -> None:
    assert money(amount).html == html


def test_money__one_that_is_far_says_so() -> None:
    assert money(1, far=True).html == '<td class="n far">1</td>'


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(1, 3, "33.3％"), (2, 3, "66.7％"), (0, 5, "0.0％"), (-1, 8, "△12.5％"), (1, 0, "-")],
)
def test_share__in_tenths_of_percent(part: int, whole: int, text: str) -> None:
    assert share(part, whole) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (383_511, "3億8,351万1千円"),
        (100_000, "1億円"),
        (10, "1万円"),
        (9, "9千円"),
        (0, "0円"),
        (-100_001, "△1億1千円"),
        (1_234_567_890, "12,345億6,789万円"),
    ],
)
def test_in_words__as_people_say_it(amount: int, text: str) -> None:
    assert in_words(amount) == text


@pytest.mark.parametrize(
    ("yen", "text"),
    [(383_511_234, "3億8,351万1,234円"), (5_000, "5千円"), (-20, "△20円"), (0, "0円")],
)
def test_in_words__of_a_form_in_yen(yen: int, text: str) -> None:
    assert in_words(yen, "円") == text


AXES = load_definition("minato-r2").axes
LOOKS = source_looks(AXES)


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
    cells = [(ASKED, source.key) for source in LOOKS]
    return Sums(1, dict(zip(cells, map(Money, amounts), strict=True)), {})


def test_stacked_chart__the_four_close_without_a_gap() -> None:
    html = stacked_chart("財源", [("一般会計", _sums(1, 1, 1, 0))], LOOKS).html
    assert re.findall(r'x="([^"]+)"', html) == ["33.3%", "66.6%", "100.0%"]
    assert _widths(html) == ["33.3%", "33.3%", "33.4%", "0.0%"]


def test_stacked_chart__words_say_every_share_that_is_there() -> None:
    html = stacked_chart("財源", [("一般会計", _sums(1, 0, 0, 3))], LOOKS).html
    assert "国庫支出金 25.0％、一般財源 75.0％" in html


def test_stacked_chart__nothing_is_a_dash() -> None:
    html = stacked_chart("財源", [("一般会計", _sums(0, 0, 0, 0))], LOOKS).html
    assert '<span class="said">-</span>' in html


@pytest.mark.parametrize(
    ("sources", "looks"),
    [
        (1, [("s1", 0)]),
        (9, [*((f"s{at}", 0) for at in range(1, 9)), ("s1", 1)]),
        (17, [*((f"s{at}", stripes) for stripes in (0, 1) for at in range(1, 9)), ("s1", 2)]),
    ],
)
def test_source_looks__of_any_number_are_all_different(
    sources: int, looks: list[tuple[str, int]]
) -> None:
    own = [Source(f"k{at}", f"財源{at}") for at in range(sources)]
    axes = replace(AXES, sources=(Source("rest", "町費", is_rest=True), *own))
    rest, *others = source_looks(axes)
    assert (rest.key, rest.label, rest.look) == ("rest", "町費", "rest")
    assert [(one.look, one.stripes) for one in others] == looks


def test_stacked_chart__a_colour_that_comes_again_has_stripes() -> None:
    look = SourceLook("k", "諸収入", "s1", 2)
    html = stacked_chart("財源", [("計", Sums(1, {(ASKED, "k"): Money(5)}, {}))], [look]).html
    assert html.count('class="stripe"') == 2
    assert 'class="key s1 striped"' in html
