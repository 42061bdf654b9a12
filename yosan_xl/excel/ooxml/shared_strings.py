"""The table of shared strings (xl/sharedStrings.xml)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from yosan_xl.excel.ooxml.limits import Limits
from yosan_xl.excel.ooxml.plain import (
    ATTRIBUTES,
    BLANKS,
    PRESERVE,
    TEXT,
    after_declaration,
    characters,
    is_well_formed,
    prefixes_of,
    whole_text,
)
from yosan_xl.excel.ooxml.source import Tally
from yosan_xl.excel.ooxml.text import RichText, run
from yosan_xl.excel.ooxml.xml_parts import SPREADSHEET, Node, walk, with_line_feeds

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
    """Give the strings by their number, of a part read whole or in pieces. Raises Refused."""
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
    """Give the string of an `<si>` without its end tag; None where it is written otherwise."""
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
