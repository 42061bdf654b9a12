"""Good books spoilt at random, the same way for the same seed: bytes of the zip, or tags of its XML.

A mutant is read to the known total or there is a finding: never another number without a word.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

from tests.corpus.book import (
    SECTIONED_TOTAL,
    THREE_TOTAL,
    TOTAL,
    good,
    parts_of,
    sectioned,
    three,
)
from tests.excel.ooxml.parts import zipped

BASES: Mapping[str, tuple[Callable[[], bytes], int]] = {
    "flat": (good, TOTAL),
    "parts": (sectioned, SECTIONED_TOTAL),
    "three": (three, THREE_TOTAL),
}
_TAG = re.compile(rb"<[^>]*>")
_ATTRIBUTE = re.compile(rb'[\w:]+="([^"]*)"')
_TEXT = re.compile(rb">([^<]+)<")
_TOKEN = re.compile(rb'"[^"\n]*"|[^\s",:=\[\]{}]+|[,:=\[\]{}\n]')
_ODD_TOKENS = [
    b"null", b"[]", b"{}", b"1e309", b"9" * 400, b'"\\ud800"', b"-", b"\xef\xbb\xbf", b'"' + "令和３年度".encode() + b'"',
    b'"../.."', b'"/"', b'"\\u0000"', b"[" * 2_000, b'"=1+1"', b"1970-01-01", b"#",
]  # fmt: skip
_ODD = [
    b"", b"0", b"1", b"-1", b"2", b"99999999999", "１２".encode(), b"A1", b"XFD1048576", b"s", b"str", b"e", b"#REF!",
    b"true", b"hidden", b"x" * 300, b"rId1", b"rId3", "要求書1".encode(), b"../../x", b"&amp;", b"4001",
]  # fmt: skip

Change = Callable[[bytes, random.Random], bytes]


def mutant(seed: int) -> tuple[bytes, int]:
    """Give a spoilt book, and the total (千円) that it had before."""
    chance = random.Random(seed)
    build, total = BASES[chance.choice(list(BASES))]
    return spoilt_book(build(), chance, in_bytes=seed % 4 == 0), total


def spoilt_book(data: bytes, chance: random.Random, *, in_bytes: bool) -> bytes:
    """Return a book with its bytes or some of its XML spoilt."""
    if in_bytes:
        return chance.choice(_OF_BYTES)(data, chance)
    whole = parts_of(data)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        part = chance.choice([name for name in whole if "theme" not in name])
        whole[part] = chance.choice(_OF_XML)(whole[part], chance)
    return zipped(whole)


def spoilt_text(data: bytes, chance: random.Random) -> bytes:
    """Return a text file (TOML, JSON, CSV) with bytes or tokens of it spoilt."""
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        data = chance.choice((*_OF_ANY_BYTES, *_OF_TOKENS))(data, chance) or b"x"
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        spoilt[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _flip_a_header(data: bytes, chance: random.Random) -> bytes:
    """Flip a bit of the directory: few bytes of the file, but those that lie best."""
    spoilt, start = bytearray(data), data.index(b"PK\x01\x02")
    spoilt[chance.randrange(start, len(data))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _delete(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.choice((1, 2, 16, 512)) :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 2, 16))) + data[at:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:end] + data[start:]


def _zero(data: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(data)), chance.choice((1, 16, 512))
    return (data[:at] + bytes(size) + data[at + size :])[: len(data)]


def _drop_token(content: bytes, chance: random.Random) -> bytes:
    return _replaced(content, chance, _TOKEN, lambda _: b"")


def _double_token(content: bytes, chance: random.Random) -> bytes:
    return _replaced(content, chance, _TOKEN, lambda match: match[0] * 2)


def _change_token(content: bytes, chance: random.Random) -> bytes:
    new = chance.choice([*_ODD, *_ODD_TOKENS])
    return _replaced(content, chance, _TOKEN, lambda _: new)


def _borrow_token(content: bytes, chance: random.Random) -> bytes:
    new = chance.choice(_TOKEN.findall(content) or [b"x"])
    return _replaced(content, chance, _TOKEN, lambda _: new)


def _swap_tags(content: bytes, chance: random.Random) -> bytes:
    tags = list(_TAG.finditer(content))
    first, second = (
        sorted(chance.sample(tags, 2), key=lambda m: m.start()) if len(tags) > 1 else (tags * 2)[:2]
    )
    between = content[first.end() : second.start()]
    return content[: first.start()] + second[0] + between + first[0] + content[second.end() :]


def _drop_tag(content: bytes, chance: random.Random) -> bytes:
    return _replaced(content, chance, _TAG, lambda _: b"")


def _double_tag(content: bytes, chance: random.Random) -> bytes:
    return _replaced(content, chance, _TAG, lambda match: match[0] * 2)


def _drop_element(content: bytes, chance: random.Random) -> bytes:
    return _replaced(content, chance, _element(content, chance), lambda _: b"")


def _double_element(content: bytes, chance: random.Random) -> bytes:
    return _replaced(content, chance, _element(content, chance), lambda match: match[0] * 2)


def _swap_elements(content: bytes, chance: random.Random) -> bytes:
    """Let two elements of a kind change places, wherever they stand."""
    found = list(_element(content, chance).finditer(content))
    if len(found) < 2:
        return content
    first, second = sorted(chance.sample(found, 2), key=lambda match: match.start())
    between = content[first.end() : second.start()]
    return content[: first.start()] + second[0] + between + first[0] + content[second.end() :]


def _change_attribute(content: bytes, chance: random.Random) -> bytes:
    return _value(content, chance, _ATTRIBUTE, chance.choice(_ODD))


def _drop_attribute(content: bytes, chance: random.Random) -> bytes:
    return _replaced(content, chance, _ATTRIBUTE, lambda _: b"")


def _borrow_attribute(content: bytes, chance: random.Random) -> bytes:
    """Give one attribute the value that another one has."""
    found = _ATTRIBUTE.findall(content)
    return _value(content, chance, _ATTRIBUTE, chance.choice(found)) if found else content


def _change_text(content: bytes, chance: random.Random) -> bytes:
    return _value(content, chance, _TEXT, chance.choice(_ODD))


def _borrow_text(content: bytes, chance: random.Random) -> bytes:
    found = _TEXT.findall(content)
    return _value(content, chance, _TEXT, chance.choice(found)) if found else content


def _cut_text(content: bytes, chance: random.Random) -> bytes:
    def cut(match: re.Match[bytes]) -> bytes:
        text = match[1].decode("utf-8", "ignore")
        return b">" + text[: chance.randrange(len(text) + 1)].encode() + b"<"

    return _replaced(content, chance, _TEXT, cut)


def _element(content: bytes, chance: random.Random) -> re.Pattern[bytes]:
    """Give the pattern of an element without others of its name within, of a kind that is there."""
    names = sorted(set(re.findall(rb"<([A-Za-z:]+)[ />]", content))) or [b"x"]
    name = re.escape(chance.choice(names))
    return re.compile(rb"<" + name + rb"(?: [^>]*)?(?:/>|(?<!/)>.*?</" + name + rb">)", re.S)


def _replaced(
    content: bytes,
    chance: random.Random,
    pattern: re.Pattern[bytes],
    new: Callable[[re.Match[bytes]], bytes],
) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return content
    match = chance.choice(found)
    return content[: match.start()] + new(match) + content[match.end() :]


def _value(
    content: bytes, chance: random.Random, pattern: re.Pattern[bytes], value: bytes
) -> bytes:
    def put(match: re.Match[bytes]) -> bytes:
        start, end = match.start(1) - match.start(), match.end(1) - match.start()
        return match[0][:start] + value + match[0][end:]

    return _replaced(content, chance, pattern, put)


_OF_ANY_BYTES: list[Change] = [_flip, _delete, _insert, _repeat, _zero]
_OF_BYTES: list[Change] = [_flip, _flip_a_header, _delete, _insert, _repeat, _zero]
_OF_TOKENS: list[Change] = [_drop_token, _double_token, _change_token, _borrow_token] * 3
_OF_XML: list[Change] = [
    _swap_tags,
    _drop_tag,
    _double_tag,
    _drop_element,
    _double_element,
    _swap_elements,
    _swap_elements,
    _change_attribute,
    _change_attribute,
    _drop_attribute,
    _borrow_attribute,
    _borrow_attribute,
    _change_text,
    _change_text,
    _borrow_text,
    _borrow_text,
    _cut_text,
]
