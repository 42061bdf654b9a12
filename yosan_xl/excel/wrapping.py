"""How many lines a text takes in a cell, and how high a row is: estimates that never fall short of a program's own.

Excel and LibreOffice set no height for what we write. Excel breaks Japanese text by 禁則処理 (JIS X 4051),
which LibreOffice's cells leave out; a line that may break in fewer places is never the shorter one, so we
count with all of its rules. Tables (`line_count`) are measured in digits, quickly; request sheets
(`display_lines`) in em, closely: there a line too many makes the print smaller.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from yosan_xl.model.text import shown_text

_OPENING = "（〔［｛〈《「『【([{"
_CLOSING = (
    "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】°′″℃％‰),.:;?!]}%～〜‐"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_JAPANESE = (
    r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
_WORD = rf"[^\s{_JAPANESE}]+"
_OPEN, _CLOSE = f"[{re.escape(_OPENING)}]*", f"[{re.escape(_CLOSING)}]*"
_TOKEN = re.compile(rf"{_OPEN}(?:{_WORD}(?:{_CLOSE}{_OPEN}{_WORD})*|.){_CLOSE}", re.DOTALL)
"""What may not be divided: a word, or a character, with its brackets and marks.

A word is a run of what is not Japanese; signs such as × and ① belong to it (UAX 14, class AI), and
in LibreOffice the marks between two words too.
"""

_NARROW = frozenset(" !\"'(),-./:;I[]^_`fijlrt{|}")
_WIDE = frozenset("#%&@MQWmw")
_MARGINS_EM = 0.6
"""What a cell leaves free at its sides; Excel's 5 pixels and a little."""

INDENT_PIXELS = 21
"""What Excel and LibreOffice indent a text by: three blanks of the book's own font (styles.DEFAULT_FONT)."""

_LONG_WORD_EM = 20
"""From here on (an address of a page) programs break a word, or leave half a line before it."""

Paragraph = tuple[float, ...]
"""The widths (em) of the parts of a paragraph that may not be divided."""


def display_lines(text: str, width_em: float) -> int:
    """Return the lines that a text takes in a cell of `width_em`."""
    return lines_of(paragraphs(text), width_em)


@lru_cache(maxsize=1_024)
def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return what `lines_of` counts, measured once for any width."""
    return tuple(tuple(map(_em, _TOKEN.findall(line))) for line in shown_text(text).split("\n"))


def lines_of(measured: Iterable[Paragraph], width_em: float) -> int:
    """Return the lines that measured paragraphs take in a cell of `width_em`."""
    capacity = max(1.0, width_em - _MARGINS_EM)
    surely = min(capacity, _LONG_WORD_EM) - 0.01  # sums of fractions differ a little
    return sum(
        1 if sum(paragraph) < surely else _lines(paragraph, capacity) for paragraph in measured
    )


def most_on_line(width_em: float) -> int:
    """Return how many full-width characters stand on a line of a cell of `width_em`."""
    return max(1, int(width_em - _MARGINS_EM))


def _lines(paragraph: Paragraph, capacity: float) -> int:
    lines, used, longest = 1, 0.0, min(capacity, _LONG_WORD_EM)
    for width in paragraph:
        if used and used + width > capacity:
            lines, used = lines + 1, 0.0
        if width > longest:
            lines, used = lines + int(width / capacity) + 1, 0.0
        else:
            used += width
    return lines


def text_em(text: str) -> float:
    """Return the width (em) of a text on one line."""
    return _em(text)


def _em(text: str) -> float:
    return sum(map(_character, text))


@lru_cache(maxsize=8_192)
def _character(character: str) -> float:
    """The width of a character of BIZ UDPゴシック, or a little more; its figures are wide."""
    if unicodedata.east_asian_width(character) in "WFA" or character in _WIDE:
        return 1.0
    return 0.5 if character in _NARROW else 0.8


_LINE_HEIGHT = 14
_TALLEST = 409  # points; Excel's limit


def row_height(lines: int) -> int:
    """Return the height (points) of a row of so many lines."""
    return min(_LINE_HEIGHT * lines + 5, _TALLEST)


def line_count(value: object, width: int) -> int:
    """Return how many lines a text takes in a column of `width` digits; what is no text takes one."""
    room = _room(width)
    value = shown_text(value) if isinstance(value, str) else value
    if not isinstance(value, str) or (_WIDEST * len(value) <= room and "\n" not in value):
        return 1
    return sum(max(1, -(-_tenths(line) // room)) for line in value.split("\n"))


def most_lines(values: Mapping[str, object], widths: Iterable[tuple[str, int, int]]) -> int:
    """Return how many lines a row needs: `widths` are its columns, each with its `surely_fit`."""
    lines = 1
    for key, width, sure in widths:
        value = values.get(key)
        value = shown_text(value) if isinstance(value, str) else value
        if isinstance(value, str) and (len(value) > sure or "\n" in value):
            lines = max(lines, line_count(value, width))
    return lines


def surely_fit(width: int) -> int:
    """Return how many characters of any kind stand on one line of a column."""
    return _room(width) // _WIDEST


def one_line(text: str) -> int:
    """Return how wide a column must be (digits) for a text to stand on one line."""
    return -(-_tenths(text) // 10) + 1


def _room(width: int) -> int:
    """Return the room of a column in tenths of a digit."""
    # One digit less: programs differ by a character in where they break a line.
    return 10 * max(width - 1, 2)


def _tenths(text: str) -> int:
    """Return the width of a text in tenths of a digit."""
    return sum(map(_WIDTHS.__getitem__, text))


# A full-width character takes 13 pixels, or less for a kana, and another one in a text up to 10, where the digit of a column takes 7.
_WIDEST, _OTHER, _LEAST = 19, 14, 8


class _Widths(dict[str, int]):
    def __missing__(self, mark: str) -> int:
        is_wide = unicodedata.east_asian_width(mark) in "WFA"
        width = self[mark] = _WIDEST if is_wide else _LEAST if mark in _NARROW else _OTHER
        return width


_WIDTHS = _Widths()
