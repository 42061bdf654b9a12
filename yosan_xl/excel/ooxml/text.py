"""Strings with runs of rich text: joined, and the typed reading (furigana) left out."""

from __future__ import annotations

from yosan_xl.excel.ooxml.xml_parts import XML_SPACE, Attributes, Node, decoded, with_line_feeds

_XML_WHITESPACE = " \t\r\n"


class RichText:
    """Collects the text of `<si>`, `<is>` or a comment: `<t>` and `<r><t>`.

    `<rPh><t>`, the reading that Excel keeps beside a string, is no child here, so it is passed
    over: 東京都, and never 東京都とうきょうと.
    """

    __slots__ = ("_kept", "_runs", "children")

    def __init__(self) -> None:
        """Begin with no text; `children` are the nodes of the element that holds the string."""
        self._runs: list[str] = []
        self._kept = False
        run = Node(open=self._open, text=self._close)
        self.children = {"t": run, "r": Node({"t": run})}

    def take(self) -> str:
        """Give the text collected since the last time."""
        text = "".join(self._runs)
        self._runs.clear()
        return with_line_feeds(text)

    def _open(self, attributes: Attributes) -> None:
        self._kept = attributes.get(XML_SPACE) == "preserve"

    def _close(self, text: str) -> None:
        self._runs.append(run(text, kept=self._kept))


def run(text: str, *, kept: bool) -> str:
    """Give the text of one `<t>`; Excel drops blanks at its ends unless xml:space keeps them.

    U+3000 is no XML white space.
    """
    return decoded(text if kept else text.strip(_XML_WHITESPACE))
