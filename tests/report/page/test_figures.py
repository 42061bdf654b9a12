"""Figures in the ministry's way of writing, and in people's."""

from __future__ import annotations

import pytest

from yosan_xl.report.page.figures import in_words, money, share


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
