"""How high a row is whose texts wrap: Excel and LibreOffice set it for no cell that we write."""

from __future__ import annotations

import unicodedata

_LINE_HEIGHT = 14
_TALLEST = 409  # points; Excel's limit


def row_height(lines: int) -> int:
    """Give the height (points) of a row of so many lines."""
    return min(_LINE_HEIGHT * lines + 5, _TALLEST)


def line_count(value: object, width: int) -> int:
    """Give how many lines a text takes in a column of `width` digits; what is no text takes one."""
    if not isinstance(value, str):
        return 1
    # One column less: programs differ by a character in where they break a line.
    room = 10 * max(width - 1, 2)
    if _WIDEST * len(value) <= room and "\n" not in value:
        return 1
    return sum(max(1, -(-_tenths(line) // room)) for line in value.split("\n"))


def _tenths(text: str) -> int:
    """Give the width of a text in tenths of a digit."""
    return sum(map(_WIDTHS.__getitem__, text))


# A full-width character takes 13 pixels, or less for a kana, where a digit takes 7.
_WIDEST, _OTHER = 19, 10


class _Widths(dict[str, int]):
    def __missing__(self, mark: str) -> int:
        is_wide = unicodedata.east_asian_width(mark) in "WFA"
        width = self[mark] = _WIDEST if is_wide else _OTHER
        return width


_WIDTHS = _Widths()
