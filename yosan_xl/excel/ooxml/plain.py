"""XML as spreadsheet programs usually write it, taken apart by patterns in a tenth of expat's time.

A pattern here matches whole elements and nothing else: no comment, CDATA, entity of its own, prefix
of an element or declaration. Whatever is written otherwise gives None, and expat reads it: so it is
with attributes that a pattern cannot judge (one of them twice, a prefix that nobody declared).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar
from xml.parsers import expat

P = ParamSpec("P")
T = TypeVar("T")

LARGEST = 4_000_000
"""Bytes of a part that is taken apart as a whole; a larger one is read piece by piece."""

_REMEMBERED = 65_536  # bytes: a part of a form has 10 KB, and 32 of them are remembered

_CHARS = r"[^<&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
TEXT = rf"{_CHARS}*+(?:&(?:amp|lt|gt|quot|apos);{_CHARS}*+)*+"
"""Characters of an element, entities of XML 1.0 included."""

BLANKS = r"[ \t\n]*+"
"""White space as XML has it; \\s takes control characters too."""

ATTRIBUTES = r"""(?: (?!xmlns=)[A-Za-z_][\w.:-]*="[^"<&\x00-\x1f\ufffe\uffff]*")*+"""
"""Attributes of no interest, of which `prefixes_of` must say that they are well-formed."""

PRESERVE = ' xml:space="preserve"'

_DECLARATION = re.compile(
    rb"""<\?xml version=(["'])1\.0\1 encoding=(["'])[Uu][Tt][Ff]-8\2(?: standalone=(["'])yes\3)? ?\?>"""
)
_LINE_END = re.compile(r"\r\n?")


def cut(data: bytes, element: str, mark: bytes) -> tuple[bytes, str] | None:
    """Give a part (UTF-8) with `mark` for what `element` holds, and that; None where it cannot be told.

    What is left must be read by expat: it says whether the mark is where it belongs.
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
    return None if held is None else (data[:start] + mark + data[end:], held)


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
    return data[declaration.end() :].lstrip(b" \t\r\n") if declaration else None


def characters(text: str) -> str:
    """Give a matched TEXT with its entities as the characters they stand for."""
    if "&" in text:
        for entity, char in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
            text = text.replace(f"&{entity};", char)
    return text


def attributes_of(text: str) -> dict[str, str]:
    """Give matched ATTRIBUTES by name."""
    return dict(_ATTRIBUTE.findall(text))


@lru_cache(maxsize=4_096)
def prefixes_of(attributes: str) -> frozenset[str] | None:
    """Return the prefixes in the ATTRIBUTES of a tag; None where they are not well-formed.

    Two of one name under different prefixes may be the same attribute: only expat can tell.
    """
    found = frozenset(_PREFIX.findall(attributes)) - {"xml"}
    declared = "".join(f' xmlns:{prefix}="_"' for prefix in sorted(found))
    return found if is_well_formed(f"<_{declared}{attributes}/>") else None


def is_well_formed(element: str) -> bool:
    """Return whether expat takes an element."""
    try:
        expat.ParserCreate(namespace_separator="}").Parse(element, True)
    except expat.ExpatError:
        return False
    return True


_PREFIX = re.compile(r' ([\w.-]+):[\w.-]+="')
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
