"""Colours that can be read: WCAG 2.2, 1.4.3 (texts, 4.5:1) and 1.4.11 (bars, 3:1), light, dark, paper."""

from __future__ import annotations

import re

import pytest

from yosan_xl.resources import template_folder

CSS = (template_folder("page") / "page.css").read_text(encoding="utf-8")
LIGHT, DARK, PAPER = (
    dict(re.findall(r"--([a-z0-9-]+):(#[0-9a-f]{3,6})", block))
    for block in re.findall(r":root\{([^}]*)\}", CSS)
)
TEXTS = [
    (text, ground) for text in ("ink", "soft", "main") for ground in ("paper", "back", "wash")
] + [("warn", "warn-wash"), ("bad", "bad-wash"), ("bad", "paper"), ("bad", "wash"), ("bad", "back")]
SOURCES = [*(f"s{at}" for at in range(1, 9)), "rest"]
BARS = [(bar, "paper") for bar in (*SOURCES, "bad")]


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, two: str) -> float:
    low, high = sorted(map(_luminance, (one, two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK, PAPER], ids=["light", "dark", "paper"])
def test_colours__texts_and_bars_stand_out(colours: dict[str, str]) -> None:
    faint = [p for p in TEXTS if _contrast(colours[p[0]], colours[p[1]]) < 4.5]
    faint += [p for p in BARS if _contrast(colours[p[0]], colours[p[1]]) < 3]
    assert faint == []


def test_colours__every_one_has_a_dark_and_a_printed_twin() -> None:
    assert LIGHT.keys() == DARK.keys() == PAPER.keys()


def test_sources__every_colour_is_another_and_has_a_look() -> None:
    assert len({LIGHT[source] for source in SOURCES}) == len(SOURCES)
    assert all(f".{source}{{fill:var(--{source})" in CSS for source in SOURCES)


def test_style__loads_nothing() -> None:
    assert not re.search(r"url\(|@import|https?:|expression", CSS)
