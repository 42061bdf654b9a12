"""The table of shared strings (xl/sharedStrings.xml)."""

from __future__ import annotations

from collections.abc import Iterable

from yosan_xl.excel.ooxml.limits import Limits
from yosan_xl.excel.ooxml.source import Tally
from yosan_xl.excel.ooxml.text import RichText
from yosan_xl.excel.ooxml.xml_parts import Node, walk


def read_shared_strings(
    chunks: Iterable[bytes], part: str, limits: Limits, tally: Tally
) -> list[str]:
    """Give the strings by their number. Raises Refused."""
    strings: list[str] = []
    rich = RichText()

    def close() -> None:
        text = rich.take()
        strings.append(text)
        limits.check("cell_chars", len(text))
        tally.add("text_chars", len(text))
        tally.add("shared_strings")

    items = Node({"si": Node(rich.children, close=close)})
    walk(chunks, Node({"sst": items}), part, limits)
    return strings
