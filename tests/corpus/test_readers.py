"""The patterns and expat agree: what is not well-formed is refused, all else is read to the same book.

Tokens of the parts that patterns take apart are spoilt; xml.etree is the judge of well-formedness. A part
without `encoding` in its declaration is read by expat alone. `sh scripts/exam readers` takes more seeds.
"""

from __future__ import annotations

import random
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from pathlib import Path

from tests import seeds
from tests.corpus.book import FORM, STRINGS, WORKBOOK, good, parts_of, sectioned
from tests.excel.ooxml.parts import zipped
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.plain_rows import take_apart
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.ooxml.xml_parts import cut

CORE = "docProps/core.xml"
PARTS = (FORM, FORM, FORM, STRINGS, WORKBOOK, CORE)

_DECLARED = re.compile(rb'(<\?xml version="1\.0") encoding="UTF-8"')
_TOKEN = re.compile(rb'<[^>]*>| [\w:.-]+="[^"]*"|[^<]+')
_ATTRIBUTE = re.compile(rb' ([\w:.-]+)="([^"]*)"')
_NEW = (
    b' r="1"', b' x14ac:dyDescent="0.2"', b' q:a="1"', b' xmlns="urn:x"', b' xmlns:q="urn:q"', b' xr:uid="{0}"',
    b' xmlns:x14ac="urn:y"', b' a="<"', b' a="&b;"', b' a=\'1\'', b" a", b" a=1", b' a:b:c="1"', b' :a="1"',
    b' xml:a="1"', b' xmlns:xml="urn:x"', b' xmlns:y="urn:y" y:dyDescent="1" x14ac:dyDescent="1"', b' a="\x01"',
    b' \xc2\xb2="1"', b'a="1"', b'  s="1"', b' s="1" s="1"', b" spans='1:2'",
)  # fmt: skip
_PIECES = (
    b"<", b"&", b"&#1;", b"&#65;", b"&nbsp;", b"]]>", b"\x01", b"\x0b", b"\x0c", b"\x1d", b"\xe3\x80\x80", b"\xff",
    b"\xef\xbf\xbf", b"<!---->", b"<!-- -- -->", b"<![CDATA[1]]>", b"<?x?>", b'<?xml version="1.0"?>', b"<!DOCTYPE x>",
    b"<x/>", b"<x>", b"</x>", b"<q:x/>", b"</row>", b"</sheetData>", b"<sheetData>", b"<sheetData/>", b"</si>", b"<row/>",
    b"<definedNames/>", b"<definedName/>", b"</worksheet>", b"<worksheet/>", b"\0", b"0", b"\xc2\x85", b"<v>1</v>",
    b"</sst>", b"</v>", b'<row xmlns="urn:x" r="99"/>', b'<row r="99" q:a="1"/>', b'<row r="99" a="1" a="1"/>',
    b"<x><sheetData>", b"</sheetData></x>",
)  # fmt: skip

Change = Callable[[bytes, random.Random], bytes]


@cache
def _base(number: int) -> dict[str, bytes]:
    """Give the parts of a book, every second one with what Excel writes more."""
    parts = parts_of(sectioned() if number // 2 else good())
    if number % 2:
        parts[FORM] = re.sub(
            rb"<row ([^>]*?)(/?)>",
            rb'<row \1 x14ac:dyDescent="0.2"\2>',
            parts[FORM].replace(
                b"<worksheet ",
                b'<worksheet xmlns:x14ac="urn:x14ac" xmlns:xr="urn:xr" xr:uid="{00000001-0001-0000-0200-00000000000A}" ',
            ),
        )
        reading = b'</t><rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="1"/></si>'
        parts[STRINGS] = parts[STRINGS].replace(b"</t></si>", reading)
    return parts


def _within(new: bytes, content: bytes, chance: random.Random) -> bytes:
    """Put an attribute into a tag."""
    tag = chance.choice([one for one in re.finditer(rb"<[\w:]+", content)])
    return content[: tag.end()] + new + content[tag.end() :]


def _add(content: bytes, chance: random.Random) -> bytes:
    return _within(chance.choice(_NEW), content, chance)


def _twice(content: bytes, chance: random.Random) -> bytes:
    one = chance.choice([*_ATTRIBUTE.finditer(content)])
    return content[: one.end()] + one[0] + content[one.end() :]


def _rename(content: bytes, chance: random.Random) -> bytes:
    one = chance.choice([*_ATTRIBUTE.finditer(content)])
    name = chance.choice((b"q:a", b"x14ac:a", b"xmlns", b"xmlns:q", b"r", b"1", b"xml:space", b"s"))
    return content[: one.start(1)] + name + content[one.end(1) :]


def _insert(content: bytes, chance: random.Random) -> bytes:
    token = chance.choice([*_TOKEN.finditer(content)])
    at = chance.choice((token.start(), token.end(), chance.randint(token.start(), token.end())))
    return content[:at] + chance.choice(_PIECES) + content[at:]


def _at_an_end(content: bytes, chance: random.Random) -> bytes:
    piece = chance.choice(_PIECES)
    return chance.choice((content + piece, piece + content))


def _in_the_rows(content: bytes, chance: random.Random) -> bytes:
    """Put something where rows begin or end, or into the way to them."""
    tag = chance.choice(
        (b"<sheetData>", b"</sheetData>", b"</row>", b"</si>", b"<si>", b"</definedName>")
    )
    new = chance.choice((tag + chance.choice(_PIECES), chance.choice(_PIECES) + tag, b""))
    return content.replace(tag, new, 1)


def _drop(content: bytes, chance: random.Random) -> bytes:
    token = chance.choice([*_TOKEN.finditer(content)])
    return content[: token.start()] + content[token.end() :]


def _double(content: bytes, chance: random.Random) -> bytes:
    token = chance.choice([*_TOKEN.finditer(content)])
    return content[: token.end()] + token[0] + content[token.end() :]


def _foreign(content: bytes, chance: random.Random) -> bytes:
    """Give the root, or an element, another namespace."""
    old = chance.choice(
        (b' xmlns="http://', b' xmlns:r="http://', b' xmlns:dc="http://', b"<sheetData>", b"<row ")
    )
    new = (
        old.replace(b"http", b"urn")
        if b"http" in old
        else old.rstrip(b" >") + b' xmlns="urn:x"' + old[-1:]
    )
    return content.replace(old, new, 1)


def _declare(content: bytes, chance: random.Random) -> bytes:
    new = chance.choice(
        (b"<?XML version=\"1.0\" encoding=\"UTF-8\"?>", b"<?xml version=\"1.0' encoding=\"UTF-8\"?>", b"",
         b"<?xml version='1.0' encoding='utf-8' standalone='yes'?>\x0b", b'<?xml version="1.0" encoding="UTF-8"?>\x0c',
         b'<?xml version="1.0" encoding="UTF-8" standalone="YES"?>', b'\xef\xbb\xbf<?xml version="1.0"?>')
    )  # fmt: skip
    return re.sub(rb"^<\?xml.*?\?>", lambda _: new, content)


_CHANGES: tuple[Change, ...] = (
    _add, _add, _twice, _rename, _insert, _insert, _at_an_end, _in_the_rows, _drop, _double, _foreign, _declare,
)  # fmt: skip


def spoilt(seed: int) -> tuple[dict[str, bytes], str]:
    """Return the parts of a mutant, and which of them is spoilt."""
    chance = random.Random(seed)
    parts, name = dict(_base(chance.randrange(4))), chance.choice(PARTS)
    for _ in range(chance.choice((1, 1, 1, 2))):
        parts[name] = chance.choice(_CHANGES)(parts[name], chance)
    return parts, name


def fate(seed: int) -> str:
    """Return what must happen to a mutant, and happens."""
    parts, name = spoilt(seed)
    usual = _read(parts)
    try:
        ET.fromstring(parts[name])
    except (ET.ParseError, LookupError, ValueError):
        assert usual is None, "not well-formed, and read"
        return "not well-formed"
    alone = _read({part: _DECLARED.sub(rb"\1", data) for part, data in parts.items()})
    assert (usual is None) == (alone is None), "one reader refuses it"
    assert usual == alone, "two readers, two books"
    return "read" if usual else "refused"


def check(seed: int, _: Path) -> None:
    """Let a mutant have its fate."""
    fate(seed)


def _read(parts: dict[str, bytes]) -> tuple[object, ...] | None:
    """Return all that is read, None where the book is refused."""
    try:
        book = open_book(zipped(parts), annotated=True)
    except Refused:
        return None
    sheets = [tuple(getattr(sheet, one.name) for one in fields(sheet)) for sheet in book.sheets]
    return sheets, tuple(book.names), book.annotations, book.created, book.modified


def test_readers__agree_about_mutants() -> None:
    assert {fate(seed) for seed in seeds.short(300)} == {"read", "refused", "not well-formed"}


def test_mutants__are_of_parts_that_patterns_take_apart() -> None:
    for number in range(4):
        parts = _base(number)
        rows = cut(parts[FORM], "sheetData", b"")
        assert rows
        assert take_apart(rows[1])
        assert all(_DECLARED.search(parts[name]) for name in PARTS)


if __name__ == "__main__":
    sys.exit(seeds.main(check, 12_000))
