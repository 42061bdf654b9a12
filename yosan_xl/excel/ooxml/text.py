"""Strings with runs of rich text: joined, and the typed reading (furigana) left out."""

from __future__ import annotations

from typing import NamedTuple

from yosan_xl.excel.ooxml.fonts import Font, FontReader
from yosan_xl.excel.ooxml.xml_parts import XML_SPACE, Attributes, Node, decoded, with_line_feeds

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
    """Give the text of one `<t>`; Excel drops blanks at its ends unless xml:space keeps them.

    U+3000 is no XML white space.
    """
    return decoded(text if kept else text.strip(_XML_WHITESPACE))
