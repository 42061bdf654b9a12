"""Figures as the page writes them: `-` is no figure, `0` is zero, △ is minus (統計表の表記)."""

from __future__ import annotations

from yosan_xl.model.money import with_commas
from yosan_xl.model.rollup import tenths_of_percent
from yosan_xl.report.page.element import Markup, element

NO_FIGURE = "-"
_OKU, _MAN = 100_000, 10  # 千円 in 1億円 and in 1万円


def money(amount: int | None, *, far: bool = False) -> Markup:
    """Give a cell with an amount (千円); one that is `far` is not shown on a phone."""
    text = NO_FIGURE if amount is None else with_commas(amount)
    looks = ("n", "minus" if (amount or 0) < 0 else "", "far" if far else "")
    return element("td", text, class_=" ".join(filter(None, looks)))


def share(part: int, whole: int) -> str:
    """Give a share such as `12.3％`, `-` where there is no whole."""
    tenths = tenths_of_percent(part, whole)
    if tenths is None:
        return NO_FIGURE
    size = abs(tenths)
    return f"{'△' if tenths < 0 else ''}{size // 10}.{size % 10}％"


def in_words(amount: int) -> str:
    """Give an amount of 千円 as people say it: `3億8,351万1千円`."""
    size = abs(amount)
    oku, rest = divmod(size, _OKU)
    man, thousand = divmod(rest, _MAN)
    parts = ((oku, "億"), (man, "万"), (thousand, "千"))
    text = "".join(f"{number:,}{unit}" for number, unit in parts if number)
    return f"{'△' if amount < 0 else ''}{text or '0'}円"
