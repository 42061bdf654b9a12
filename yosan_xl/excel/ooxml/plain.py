"""XML as spreadsheet programs usually write it, taken apart by patterns in a tenth of expat's time.

A pattern here matches whole elements and nothing else: no comment, CDATA, entity of its own, prefix
or declaration. Whatever is written otherwise gives None, and expat reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

LARGEST = 4_000_000
"""Bytes of a part that is taken apart as a whole; a larger one is read piece by piece."""

_REMEMBERED = 65_536  # bytes: a part of a form has 10 KB, and 32 of them are remembered

_CHARS = r"[^<&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
TEXT = rf"{_CHARS}*+(?:&(?:amp|lt|gt|quot|apos);{_CHARS}*+)*+"
"""Characters of an element, entities of XML 1.0 included."""

ATTRIBUTES = r"""(?: [A-Za-z_][\w.:-]*="[^"<&\x00-\x1f\ufffe\uffff]*")*+"""
"""Attributes of no interest, or to be looked into with `attribute`."""

PRESERVE = ' xml:space="preserve"'

_DECLARATION = re.compile(
    rb"""<\?xml version=["']1\.0["'] encoding=["']utf-8["'](?: standalone=["']yes["'])? ?\?>""",
    re.I,
)
_LINE_END = re.compile(r"\r\n?")


def cut(data: bytes, element: str) -> tuple[bytes, str] | None:
    """Give a part (UTF-8) without what `element` holds, and that; None where it cannot be told.

    What is left must be read by expat: it says whether the element is where it belongs.
    """
    opening, closing = f"<{element}>".encode(), f"</{element}>".encode()
    declaration = _DECLARATION.match(data)
    start, end = data.find(opening), data.rfind(closing)
    if declaration is None or not 0 <= start < end:
        return None
    start += len(opening)
    if data.find(b"<!", 0, start) >= 0 or data.find(b"<?", declaration.end(), start) >= 0:
        return None  # the element may stand in a comment
    held = whole_text(data[start:end])
    return None if held is None else (data[:start] + data[end:], held)


def whole_text(data: bytes) -> str | None:
    """Give the characters of UTF-8 with every line end as XML has it; None for other bytes.

    `]]>` may not stand in a text (XML 1.0, 2.4): expat is to say so.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if "]]>" in text:
        return None
    return _LINE_END.sub("\n", text) if "\r" in text else text


def after_declaration(data: bytes) -> bytes | None:
    """Give a part without its XML declaration; None where it is not in UTF-8 by its own words."""
    declaration = _DECLARATION.match(data)
    return data[declaration.end() :].lstrip() if declaration else None


def characters(text: str) -> str:
    """Give a matched TEXT with its entities as the characters they stand for."""
    if "&" in text:
        for entity, char in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
            text = text.replace(f"&{entity};", char)
    return text


def attributes_of(text: str) -> dict[str, str]:
    """Give matched ATTRIBUTES by name."""
    return dict(_ATTRIBUTE.findall(text))


_ATTRIBUTE = re.compile(r' ([\w.:-]+)="([^"]*)"')


def remembered(read: Callable[P, T]) -> Callable[P, T]:
    """Let a function of a part's bytes or characters (and of hashable rest) remember what it gave.

    Books of one template have the same styles, relationships and sheet frames, byte for byte.
    """
    cached = lru_cache(maxsize=32)(read)

    def call(*args: P.args, **options: P.kwargs) -> T:
        data = args[0]
        small = isinstance(data, bytes | str) and len(data) <= _REMEMBERED
        return cached(*args, **options) if small else read(*args, **options)  # type: ignore[arg-type]

    return call
