"""How many lines a text takes in a cell: an estimate that never falls short of a program's own.

Excel breaks Japanese text by 禁則処理 (JIS X 4051), which LibreOffice's cells leave out; a line
that may break in fewer places is never the shorter one, so we count with all of its rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
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

_LONG_WORD_EM = 20
"""From here on (an address of a page) programs break a word, or leave half a line before it."""

Paragraph = tuple[float, ...]
"""The widths (em) of the parts of a paragraph that may not be divided."""


def display_lines(text: str, width_em: float) -> int:
    """Give the lines that a text takes in a cell of `width_em`."""
    return lines_of(paragraphs(text), width_em)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Give what `lines_of` counts, measured once for any width."""
    return tuple(tuple(map(_em, _TOKEN.findall(line))) for line in shown_text(text).split("\n"))


def lines_of(measured: Iterable[Paragraph], width_em: float) -> int:
    """Give the lines that measured paragraphs take in a cell of `width_em`."""
    capacity = max(1.0, width_em - _MARGINS_EM)
    return sum(_lines(paragraph, capacity) for paragraph in measured)


def _lines(paragraph: Paragraph, capacity: float) -> int:
    lines, used = 1, 0.0
    for width in paragraph:
        if used and used + width > capacity:
            lines, used = lines + 1, 0.0
        spilled = int(width / capacity) + 1 if width > min(capacity, _LONG_WORD_EM) else 0
        lines, used = lines + spilled, 0.0 if spilled else used + width
    return lines


def _em(text: str) -> float:
    return sum(map(_character, text))


@lru_cache(maxsize=8_192)
def _character(character: str) -> float:
    """The width of a character of BIZ UDPゴシック, or a little more; its figures are wide."""
    if unicodedata.east_asian_width(character) in "WFA" or character in _WIDE:
        return 1.0
    return 0.5 if character in _NARROW else 0.8
