"""Letters and their ground: whether they are struck out, raised, or cannot be seen (ISO/IEC 29500-1, 18.8)."""

from __future__ import annotations

from typing import NamedTuple

from yosan_xl.excel.ooxml.xml_parts import Attributes, Node

Colour = tuple[int, int, int] | str
"""Red, green and blue; a colour of the theme whose value is not known is a text."""

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)

_THEME = {"0": WHITE, "1": BLACK}
"""lt1 and dk1: what every theme of Excel has for paper and ink."""

# The default palette of indexed colours from 8 on (18.8.27); 0 to 7 are the same as 8 to 15.
_PALETTE = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF800000008000000080808000800080008080C0C0C0808080"
    "9999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF000080FF00FFFFFF0000FFFF8000808000000080800000FF"
    "00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC993366FF33CCCC99CC00FFCC00FF9900FF6600666699969696"
    "003366339966003300333300993300993366333399333333"
)
_ALIKE = 2_000
"""Below this weighted square of the distance two colours cannot be told apart on a screen or paper."""

_SMALLEST = 2.0
"""Letters of so many points are dots."""


class Font(NamedTuple):
    """How letters look; `raised` is superscript or subscript."""

    struck: bool = False
    raised: bool = False
    points: float = 11.0
    colour: Colour = BLACK

    def is_unseen(self, ground: Colour | None) -> bool:
        """Tell whether nobody sees these letters; the ground is None where it is not known."""
        return self.points <= _SMALLEST or (ground is not None and _alike(self.colour, ground))


class FontReader:
    """Collects one font after the other: `children` are the nodes of `<font>` or `<rPr>`."""

    def __init__(self) -> None:
        """Begin with a font that says nothing."""
        self._found = Font()
        self.children = {
            "strike": Node(open=self._strike),
            "vertAlign": Node(open=self._raise),
            "sz": Node(open=self._size),
            "color": Node(open=self._colour),
        }

    def take(self) -> Font:
        """Return the font collected since the last time."""
        found, self._found = self._found, Font()
        return found

    def _strike(self, attributes: Attributes) -> None:
        on = attributes.get("val", "1") in ("1", "true", "on")
        self._found = self._found._replace(struck=on)

    def _raise(self, attributes: Attributes) -> None:
        self._found = self._found._replace(raised=attributes.get("val") != "baseline")

    def _size(self, attributes: Attributes) -> None:
        points = _number(attributes.get("val"))
        if points is not None:
            self._found = self._found._replace(points=points)

    def _colour(self, attributes: Attributes) -> None:
        self._found = self._found._replace(colour=colour(attributes, BLACK))


def colour(attributes: Attributes, automatic: Colour) -> Colour:
    """Return the colour that an element says; `automatic` is that of the system."""
    rgb, indexed = attributes.get("rgb"), attributes.get("indexed", "")
    theme, tint = attributes.get("theme"), attributes.get("tint", "0")
    if rgb is not None:
        return _parsed(rgb[-6:]) or rgb
    if theme is not None:
        known = _THEME.get(theme)
        return f"theme {theme} {tint}" if known is None else _tinted(known, _number(tint) or 0.0)
    place = int(indexed) if indexed.isdecimal() and len(indexed) < 3 else 64
    at = 6 * (place - 8 if place >= 8 else place)
    return _parsed(_PALETTE[at : at + 6]) or automatic


def _parsed(text: str) -> Colour | None:
    try:
        red, green, blue = bytes.fromhex(text)
    except ValueError:
        return None
    return red, green, blue


def _tinted(known: Colour, tint: float) -> Colour:
    """Return black or white made lighter (to 1) or darker (to -1)."""
    level = 255.0 if known == WHITE else 0.0
    level = level * (1 + tint) if tint < 0 else level + (255 - level) * tint
    grey = min(max(round(level), 0), 255)
    return grey, grey, grey


def _alike(one: Colour, other: Colour) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    return 3 * red**2 + 4 * green**2 + 2 * blue**2 < _ALIKE


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None
