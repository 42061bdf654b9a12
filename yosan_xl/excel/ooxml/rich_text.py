"""Strings with runs of rich text: how their letters look, the typed reading (furigana) left out, and the table of shared ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.excel.ooxml.limits import Limits, Tally
from yosan_xl.excel.ooxml.xml_parts import (
    ATTRIBUTES,
    BLANKS,
    PRESERVE,
    SPREADSHEET,
    TEXT,
    XML_SPACE,
    Attributes,
    Node,
    after_declaration,
    characters,
    decoded,
    is_well_formed,
    prefixes_of,
    walk,
    whole_text,
    with_line_feeds,
)

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
        """Return whether nobody sees these letters; the ground is None where it is not known."""
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


_XML_WHITESPACE = " \t\r\n"


class Run(NamedTuple):
    """Letters that look alike; without a font of their own they have the cell's."""

    text: str
    font: Font | None


class RichString(str):
    """The text of a cell some of whose letters have a font of their own.

    It is a string like any other; who asks finds its `runs`.
    """

    __slots__ = ("runs",)
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, runs: tuple[Run, ...]) -> RichString:
        """Return the joined text of these runs."""
        text = cls("".join(run.text for run in runs))
        text.runs = runs
        return text


class RichText:
    """Collects the text of `<si>`, `<is>` or a comment: `<t>` and `<r><t>`.

    `<rPh><t>`, the reading that Excel keeps beside a string, is no child here, so it is passed
    over: 東京都, and never 東京都とうきょうと.
    """

    __slots__ = ("_font", "_fonts", "_kept", "_runs", "children")

    def __init__(self) -> None:
        """Begin with no text; `children` are the nodes of the element that holds the string."""
        self._runs: list[Run] = []
        self._kept = False
        self._fonts = FontReader()
        self._font: Font | None = None
        text = Node(open=self._open, text=self._close)
        look = Node(self._fonts.children, close=self._close_look)
        self.children = {"t": text, "r": Node({"rPr": look, "t": text}, close=self._close_run)}

    def take(self) -> str:
        """Return the text collected since the last time: a RichString where it has fonts."""
        runs = tuple(self._runs)
        self._runs.clear()
        if all(run.font is None for run in runs):
            return with_line_feeds("".join(run.text for run in runs))
        return RichString.of(tuple(Run(with_line_feeds(text), font) for text, font in runs))

    def _open(self, attributes: Attributes) -> None:
        self._kept = attributes.get(XML_SPACE) == "preserve"

    def _close(self, text: str) -> None:
        self._runs.append(Run(run(text, kept=self._kept), self._font))

    def _close_look(self) -> None:
        self._font = self._fonts.take()

    def _close_run(self) -> None:
        self._font = None


def run(text: str, *, kept: bool) -> str:
    """Return the text of one `<t>`; Excel drops blanks at its ends unless xml:space keeps them.

    U+3000 is no XML white space.
    """
    return decoded(text if kept else text.strip(_XML_WHITESPACE))


# Excel keeps the typed reading (rPh) beside a Japanese string; it is no part of it.
_ITEM = re.compile(
    rf"{BLANKS}<si>(<t(?:{PRESERVE})?>)({TEXT})</t>"
    rf"(?:<rPh{ATTRIBUTES}><t(?:{PRESERVE})?>{TEXT}</t></rPh>)*+(?:<phoneticPr{ATTRIBUTES} ?/>)?"
)
_ITEM_END = "</si>"
_HEAD = re.compile(rf'<sst xmlns="{re.escape(SPREADSHEET[0])}"{ATTRIBUTES}>')
_TAIL = re.compile(rf"{BLANKS}</sst>{BLANKS}")
_FREE = re.compile(rf"<(?:rPh|phoneticPr)({ATTRIBUTES})")

_REMEMBERED = 4_096  # strings: the words of a form are some 200
_LONGEST = 512  # characters of an item that is remembered


def read_shared_strings(
    part: bytes | Iterable[bytes], name: str, limits: Limits, tally: Tally
) -> list[str]:
    """Return the strings by their number, of a part read whole or in pieces. Raises Refused."""
    strings = _plain(part) if isinstance(part, bytes) else None
    if strings is None:
        return _walked((part,) if isinstance(part, bytes) else part, name, limits, tally)
    limits.check("cell_chars", max(map(len, strings), default=0))
    tally.add("text_chars", sum(map(len, strings)))
    tally.add("shared_strings", len(strings))
    return strings


def _plain(part: bytes) -> list[str] | None:
    data = after_declaration(part)
    text = whole_text(data) if data is not None else None
    head = _HEAD.match(text or "")
    if text is None or head is None:
        return None
    *items, tail = text[head.end() :].split(_ITEM_END)
    if not _TAIL.fullmatch(tail) or not _is_head(head[0]):
        return None
    found = [_remembered(item) if len(item) <= _LONGEST else _item(item) for item in items]
    strings = [string for string in found if string is not None]
    return strings if len(strings) == len(found) else None


@lru_cache(maxsize=32)
def _is_head(tag: str) -> bool:
    return is_well_formed(f"{tag}</sst>")


def _item(text: str) -> str | None:
    """Return the string of an `<si>` without its end tag; None where it is written otherwise."""
    item = _ITEM.fullmatch(text)
    # A set without prefixes is what an item may have; None is not well-formed.
    if item is None or any(prefixes_of(one) != frozenset() for one in _FREE.findall(text)):
        return None
    return with_line_feeds(run(characters(item[2]), kept=item[1] != "<t>"))


_remembered = lru_cache(maxsize=_REMEMBERED)(_item)


def _walked(chunks: Iterable[bytes], name: str, limits: Limits, tally: Tally) -> list[str]:
    strings: list[str] = []
    rich = RichText()

    def close() -> None:
        text = rich.take()
        strings.append(text)
        limits.check("cell_chars", len(text))
        tally.add("text_chars", len(text))
        tally.add("shared_strings")

    items = Node({"si": Node(rich.children, close=close)})
    walk(chunks, Node({"sst": items}), name, limits)
    return strings
