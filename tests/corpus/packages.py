"""Zip packages that lie, lead elsewhere, are cut short, or of which two readers make two books."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from tests.corpus.book import FORM, TOTAL, TYPES, good, parts_of
from tests.corpus.expect import Entry, Expectation, Refused, accepted
from tests.corpus.raw_zip import Member, lying, members, raw_zip
from tests.excel.ooxml.parts import zipped

_TRUNCATED, _DAMAGED = Refused("YX012"), Refused("YX013")
_UNSAFE, _ENCRYPTED, _TOO_LARGE = Refused("YX016"), Refused("YX004"), Refused("YX017")
_NAMES = [
    "/etc/passwd", "../startup.bat", "xl/../../a", "xl\\worksheets\\x.xml", "C:/a", "xl//a.xml", "./a", "xl/./a",
    "a/..", "..", "xl/worksheets/../../../x", "\\\\server\\a", "a:b", "nul\0.xml",
]  # fmt: skip
_TWICE = [FORM, FORM.upper(), "XL/Workbook.xml", TYPES, "[CONTENT_TYPES].XML", "docProps/CORE.xml"]


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    for number, name in enumerate(_NAMES):
        yield _more(f"name-{number:02}", Member(name.encode(), b"x"), _UNSAFE)
    for number, name in enumerate(_TWICE):
        yield _more(f"twice-{number}", Member(name.encode(), b"<x/>"), _UNSAFE)
    yield from _headers()
    yield from _places()
    yield from _ends()
    yield from _packed()
    yield from _cut()


def _headers() -> Iterator[Entry]:
    """Where the header before the bytes says something else than the directory."""
    differing: Mapping[str, Mapping[str, Any]] = {
        "name": {"name": FORM.replace("3", "9").encode()},
        "name-case": {"name": FORM.upper().encode()},
        "name-shorter": {"name": FORM[:-1].encode()},
        "method": {"method": 0},
        "crc": {"crc": 5},
        "packed": {"packed": 5},
        "size": {"size": 5},
        "encrypted": {"flags": 1},
        "sizes-follow": {"flags": 8},
        "strong": {"flags": 0x41},
        "masked": {"flags": 0x2000},
    }
    for what, said in differing.items():
        yield _lie(f"local-{what}", _UNSAFE, local=said)
    both: Mapping[str, tuple[Mapping[str, Any], Expectation]] = {
        "encrypted": ({"flags": 1}, _ENCRYPTED),
        "strong": ({"flags": 0x41}, _ENCRYPTED),
        "masked": ({"flags": 0x2001}, _ENCRYPTED),
        "crc": ({"crc": 5}, _DAMAGED),
        "size-less": ({"size": 50}, _DAMAGED),
        "size-more": ({"size": 99_999}, _DAMAGED),
        "packed-less": ({"packed": 50}, _DAMAGED),
        "bzip2": ({"method": 12}, _UNSAFE),
        "lzma": ({"method": 14}, _UNSAFE),
        "deflate64": ({"method": 9}, _UNSAFE),
        "stored": ({"method": 0}, Refused("YX013")),
    }
    for what, (said, expect) in both.items():
        yield _lie(f"both-{what}", expect, local=said, central=said)
    yield _lie("signature", _DAMAGED, local={"signature": b"PK\x03\x05"})


def _places() -> Iterator[Entry]:
    """Where entries lie over one another or outside of the file."""
    for what, offset in {"zero": 0, "next": 1, "outside": 10**6, "far": 0xFFFFFFF0}.items():
        expect = _UNSAFE if what == "zero" else _DAMAGED
        yield _lie(f"offset-{what}", expect, central={"offset": offset})
    yield Entry("overlap", _overlap, _UNSAFE)
    yield Entry("quoted", lambda: raw_zip(_quoted()), _UNSAFE)
    inside = raw_zip([Member(b"x", b"y")])
    yield _more("a-zip-within", Member(b"a.zip", inside, method=0), accepted(TOTAL))
    junk: Mapping[str, tuple[bytes, Expectation]] = {
        "64": (bytes(range(128, 192)), accepted(TOTAL)),
        "nothing": (b"\0" * 100, accepted(TOTAL)),
        "line": (b"\r\n", accepted(TOTAL)),
        "words": ("添付".encode() * 100, accepted(TOTAL)),
        "much": (b"\0" * 2_000, Refused("YX002")),
        "program": (b"MZ" + bytes(62), Refused("YX002")),
        "pdf": (b"%PDF-1.7\n", Refused("YX009")),
        "page": (b"<html><body>", Refused("YX007")),
        "book": (raw_zip(members({"x": b"y"})), _UNSAFE),
        "junk-and-book": (b"\0" * 9 + raw_zip(members({"x": b"y"})), _UNSAFE),
        "entry": (b"\0" * 9 + b"PK\x03\x04" + bytes(30), _UNSAFE),
    }
    for what, (before, outcome) in junk.items():
        yield Entry(f"before-{what}", partial(raw_zip, members(_whole()), before=before), outcome)


def _overlap() -> bytes:
    """Let one entry's bytes run over the next one's header, both headers agreeing."""
    plain = members(_whole())
    packed = len(zlib.compress(_whole()[FORM])) + 40
    said = {"packed": packed}
    return raw_zip(lying(plain, FORM, local=said, central=said))


def _quoted() -> list[Member]:
    """Let entries share one kernel of bytes, each quoting the header of the next (42 bombs)."""
    honest = members(_whole())
    at = raw_zip(honest).index(honest[1].name) - 30
    kernel = {"offset": at}
    return [*honest, *(Member(b"k%d" % n, b"", central=kernel) for n in range(9))]


def _ends() -> Iterator[Entry]:
    """Where the record at the end of the file says something else than the directory holds."""
    ends: Mapping[str, tuple[dict[str, int], Expectation]] = {
        "offset-outside": ({"offset": 10**7}, _DAMAGED),
        "size-outside": ({"size": 10**7}, _DAMAGED),
        "size-zero": ({"size": 0}, Refused("YX011")),
        "size-odd": ({"size": 50}, _DAMAGED),
        "comment-missing": ({"comment": 100}, accepted(TOTAL)),
    }
    for what, (end, expect) in ends.items():
        yield Entry(f"end-{what}", partial(_ending, end), expect)
    yield Entry("end-twice", lambda: good() + raw_zip([Member(b"x", b"y")]), Refused("YX011"))
    yield Entry("end-hidden", _hidden, _UNSAFE)
    yield Entry("bytes-after", lambda: good() + bytes(100), accepted(TOTAL))


def _ending(end: dict[str, int]) -> bytes:
    return raw_zip(members(_whole()), end)


def _hidden() -> bytes:
    """Put a second directory of another book after the first one."""
    return good() + raw_zip(members({**_whole(), FORM: _other_amount()}))


def _other_amount() -> bytes:
    other = _whole()[FORM].replace(b"<v>4001</v>", b"<v>9001</v>")
    assert other != _whole()[FORM]
    return other


def _packed() -> Iterator[Entry]:
    text = _whole()[FORM]
    broken: Mapping[str, tuple[bytes, Expectation]] = {
        "cut": (_deflated(text)[:-20], _DAMAGED),
        "noise": (bytes(range(256)) * 4, _DAMAGED),
        "trailing": (_deflated(text) + b"hidden", _DAMAGED),
        "trailing-long": (_deflated(text) + b"hidden" * 9_000, _DAMAGED),
        "nothing": (b"", _DAMAGED),
        "zlib": (zlib.compress(text), _DAMAGED),
        "twice": (_deflated(text) * 2, _DAMAGED),
    }
    for what, (packed, expect) in broken.items():
        yield _lie(f"deflate-{what}", expect, packed=packed)
    yield Entry("bomb-part", lambda: _bomb(101), _TOO_LARGE)
    yield Entry("bomb-hidden-size", _lying_bomb, _TOO_LARGE)
    yield Entry("bomb-unused-part", _unused_bomb, accepted(TOTAL))
    yield Entry("entries-over", lambda: zipped({**_whole(), **_many(2_001)}), _TOO_LARGE)
    yield Entry("entries-many", lambda: zipped({**_whole(), **_many(1_900)}), accepted(TOTAL))
    yield Entry(
        "file-over",
        lambda: zipped({**_whole(), "a": bytes(31 * 2**20)}, zipfile.ZIP_STORED),
        _over(),
    )


def _over() -> Expectation:
    return Refused("YX073")


def _bomb(megabytes: int) -> bytes:
    return zipped({**_whole(), FORM: _blown(megabytes)})


def _blown(megabytes: int) -> bytes:
    """Give the worksheet with so many million blanks before its end: 1,000 times less when packed."""
    head, end, tail = _whole()[FORM].partition(b"</sheetData>")
    return head + b" " * (megabytes * 1_000_000) + end + tail


def _lying_bomb() -> bytes:
    packed = _deflated(_blown(101))
    return raw_zip(lying(members(_whole()), FORM, packed=packed))


def _unused_bomb() -> bytes:
    """Put the bomb into a part that no reader of the form needs: it is never unpacked."""
    return zipped({**_whole(), "xl/media/image1.bmp": bytes(150_000_000)})


def _many(count: int) -> dict[str, bytes]:
    return {f"xl/media/{number}.png": b"" for number in range(count)}


def _cut() -> Iterator[Entry]:
    """The file cut short at many places, and with a hole in it."""
    for percent in (1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99):
        yield Entry(f"cut-{percent:02}", partial(_first, percent), _TRUNCATED)
    for count in (1, 2, 10, 21, 22, 30, 60, 200):
        yield Entry(f"short-of-{count:03}", partial(_without_end, count), _TRUNCATED)
    yield Entry("first-4", lambda: good()[:4], _TRUNCATED)
    yield Entry("first-30", lambda: good()[:30], _TRUNCATED)
    yield Entry("another-digit", _other_digit, _DAMAGED)
    yield Entry("lost-block", lambda: good()[:5_000] + good()[5_512:], _DAMAGED)
    yield Entry("lost-start", lambda: good()[2_000:], Refused("YX002"))
    yield Entry("line-ends", lambda: good().replace(b"\n", b"\r\n"), _DAMAGED)


def _other_digit() -> bytes:
    """Let an amount be another one than the check sum was made of."""
    return raw_zip(lying(members(_whole()), FORM, packed=_other_amount(), method=0))


def _first(percent: int) -> bytes:
    return good()[: len(good()) * percent // 100]


def _without_end(count: int) -> bytes:
    return good()[:-count]


def _lie(name: str, expect: Expectation, **change: Any) -> Entry:
    """Give the entry whose form part says something that is not so."""
    return Entry(name, lambda: raw_zip(lying(members(_whole()), FORM, **change)), expect)


def _more(name: str, member: Member, expect: Expectation) -> Entry:
    """Give the entry with a part more."""
    return Entry(name, lambda: raw_zip([*members(_whole()), member]), expect)


def _whole() -> dict[str, bytes]:
    return parts_of(good())


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()
