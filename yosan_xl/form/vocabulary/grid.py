"""One grid of columns for all bands of a page, and how cells share a width (all in em)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_NEAR = 0.7
"""Edges nearer than this are one."""


class Fit(NamedTuple):
    """How wide a thing wants to be, how narrow it may be, and whether it takes what is left."""

    width: float
    least: float
    grows: bool = False


class Edges:
    """The edges of a grid: gathered in the first layout, columns for the second."""

    def __init__(self) -> None:
        """Begin without any."""
        self.found: set[float] = set()
        self.columns: list[float] = []

    def span(self, left: float, right: float) -> str:
        """Return the columns from one edge to another, `c3:c7`; while edges are gathered an empty text."""
        if not self.columns:
            self.found |= {left, right}
            return ""
        first = self._nearest(left)
        last = max(first, self._nearest(right) - 1)
        return f"c{first + 1}" if first == last else f"c{first + 1}:c{last + 1}"

    def close(self, width: float) -> None:
        """Make the columns of a page so wide: edges that are near one another become one."""
        columns = [0.0]
        for edge in sorted(self.found):
            if edge - columns[-1] >= _NEAR and width - edge >= _NEAR:
                columns.append(edge)
        self.columns = [*columns, width]

    def widths(self) -> dict[str, float]:
        """Return the columns of the grid and their widths."""
        pairs = pairwise(self.columns)
        return {f"c{number}": round(b - a, 2) for number, (a, b) in enumerate(pairs, 1)}

    def _nearest(self, edge: float) -> int:
        return min(range(len(self.columns)), key=lambda i: abs(self.columns[i] - edge))


def em(text: str) -> float:
    """Return how wide a text is, in 全角 characters."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55 for char in text)


def share_out(fits: Sequence[Fit], room: float) -> list[float]:
    """Return widths that fill the room: what grows takes the rest, else all do in proportion."""
    growing = sum(fit.width for fit in fits if fit.grows)
    base = sum(fit.least if fit.grows else fit.width for fit in fits)
    if growing and base <= room:
        spare = room - base
        return [fit.least + spare * fit.width / growing if fit.grows else fit.width for fit in fits]
    whole = sum(fit.width for fit in fits)
    return [fit.width * room / whole for fit in fits]


def least(fits: Sequence[Fit]) -> float:
    """Return the narrowest that things side by side may be."""
    return sum(fit.least if fit.grows else fit.width for fit in fits)
