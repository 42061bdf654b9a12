"""How high a row is whose texts wrap: Excel and LibreOffice set it for no cell that we write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from yosan_xl.model.text import shown_text

_LINE_HEIGHT = 14
_TALLEST = 409  # points; Excel's limit


def row_height(lines: int) -> int:
    """Give the height (points) of a row of so many lines."""
    return min(_LINE_HEIGHT * lines + 5, _TALLEST)


def line_count(value: object, width: int) -> int:
    """Give how many lines a text takes in a column of `width` digits; what is no text takes one."""
    room = _room(width)
    value = shown_text(value) if isinstance(value, str) else value
    if not isinstance(value, str) or (_WIDEST * len(value) <= room and "\n" not in value):
        return 1
    return sum(max(1, -(-_tenths(line) // room)) for line in value.split("\n"))


def most_lines(values: Mapping[str, object], widths: Iterable[tuple[str, int, int]]) -> int:
    """Give how many lines a row needs: `widths` are its columns, each with its `surely_fit`."""
    lines = 1
    for key, width, sure in widths:
        value = values.get(key)
        value = shown_text(value) if isinstance(value, str) else value
        if isinstance(value, str) and (len(value) > sure or "\n" in value):
            lines = max(lines, line_count(value, width))
    return lines


def surely_fit(width: int) -> int:
    """Give how many characters of any kind stand on one line of a column."""
    return _room(width) // _WIDEST


def _room(width: int) -> int:
    """Give the room of a column in tenths of a digit."""
    # One digit less: programs differ by a character in where they break a line.
    return 10 * max(width - 1, 2)


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
