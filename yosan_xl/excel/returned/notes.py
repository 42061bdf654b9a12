"""A note at every faulty cell: hidden until the pointer is over it, and large enough to be read."""

from __future__ import annotations

from collections.abc import Mapping

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedSheet
from yosan_xl.excel.wrapping import display_lines
from yosan_xl.form.area import parse_a1

AUTHOR = "財政課"
_WIDTH, _MOST_HEIGHT = 330, 420
"""Pixels."""

_POINTS = 10
_LINE = 18
"""Pixels of a line of notes of `_POINTS`, in Excel and in LibreOffice."""

_PIXELS_PER_EM = _POINTS * 4 / 3


def write_notes(sheet: CheckedSheet, notes: Mapping[str, str]) -> None:
    """Write the notes of a sheet, by cell (A1)."""
    for cell, text in notes.items():
        sheet.write_comment(*parse_a1(cell), text, _options(text))


def _options(text: str) -> dict[str, str | int | bool]:
    lines = display_lines(text, _WIDTH / _PIXELS_PER_EM - 1)
    return {
        "author": AUTHOR,
        "visible": False,
        "width": _WIDTH,
        "height": min(_MOST_HEIGHT, lines * _LINE + 14),
        "font_name": styles.FONT,
        "font_size": _POINTS,
        "color": "#FFFBE3",
    }
