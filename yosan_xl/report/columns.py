"""Columns of a terminal: a wide character takes two."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def columns(text: str) -> int:
    """Give how many columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Give rows of texts as lines with aligned columns; those in `right` (0-based) end together."""
    widths = [max(map(columns, cells)) for cells in zip(*rows, strict=True)]
    return [_line(row, widths, right) for row in rows]


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    cells = []
    for at, (text, width) in enumerate(zip(row, widths, strict=True)):
        blank = " " * (width - columns(text))
        cells.append(blank + text if at in right else text + blank)
    return "  ".join(cells).rstrip()
