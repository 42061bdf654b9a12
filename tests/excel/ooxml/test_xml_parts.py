from __future__ import annotations

import pytest

from tests.excel.ooxml.parts import MAIN, parts, read, refused, rows, texts, worksheet
from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.limits import LIMITS
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.ooxml.xml_parts import Node, unescaped, walk

ROW = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>款</t></is></c></row></sheetData>'


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a_x000D_\nb", "a\nb"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x3042_", "あ"),
        ("_xD842__xDFB7_", "𠮷"),
        ("_xD842_", "\ufffd"),
        ("_x00D_ _X000D_ x000D_ _x000D", "_x00D_ _X000D_ x000D_ _x000D"),
    ],
)
def test_unescaped__only_four_hexadecimal_digits(text: str, meant: str) -> None:
    assert unescaped(text) == meant


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_walk__encodings(encoding: str) -> None:
    bom = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    sheet = read(parts(bom + worksheet(ROW).encode(encoding))).sheets[0]
    assert texts(sheet) == {(0, 0): "款"}


@pytest.mark.parametrize(
    "encoding", ["Shift_JIS", "cp932", "rot13", "unicode_escape", "utf-7", "x"]
)
def test_walk__encodings_that_opc_forbids(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>{worksheet("")}'.encode()
    assert "文字コード" in refused(parts(declared), refusals.MALFORMED)


def test_walk__any_prefix() -> None:
    inner = (
        f'<x:worksheet xmlns:x="{MAIN}" xmlns="urn:other"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>'
        "<d><v>2</v></d></x:row></x:sheetData><data/></x:worksheet>"
    )
    assert texts(read(parts(inner.encode())).sheets[0]) == {(0, 0): "1"}


@pytest.mark.parametrize(("old", "new"), [("<d>", "<c>"), ("<data/>", "<sheetData/>")])
def test_walk__a_wanted_element_in_a_foreign_namespace_is_refused(old: str, new: str) -> None:
    inner = (
        f'<x:worksheet xmlns:x="{MAIN}" xmlns="urn:other"><x:sheetData><x:row><d>1</d></x:row>'
        "</x:sheetData><data/></x:worksheet>"
    )
    changed = inner.replace(old, new).replace(old.replace("<", "</"), new.replace("<", "</"))
    assert "名前空間" in refused(parts(changed.encode()), refusals.MALFORMED)


def test_walk__cdata_comments_and_instructions() -> None:
    sheet = rows(
        '<row><c t="str"><v>a<![CDATA[<b>&amp;]]>c<!-- x --><?y z?>d</v></c>'
        '<c t="str"><v>&lt;&#x3042;</v></c></row>'
    )
    assert texts(sheet) == {(0, 0): "a<b>&amp;cd", (0, 1): "<あ"}


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE worksheet>",
        '<!DOCTYPE worksheet SYSTEM "http://example.jp/x.dtd">',
        '<!DOCTYPE worksheet [<!ENTITY a "b">]>',
    ],
)
def test_walk__document_type_is_refused(prolog: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        refused(parts((prolog + worksheet(ROW)).encode(encoding)), refusals.DTD_FOUND)


def test_walk__entities_within_entities_are_not_even_read() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{levels}]>' + worksheet("&e11;")
    refused(parts(bomb.encode()), refusals.DTD_FOUND)
    letters = iter(bomb)
    with pytest.raises(Refused):
        walk((letter.encode() for letter in letters), Node(), "x.xml", LIMITS)
    assert "".join(letters).startswith('<!ENTITY e0 "ha">')


def test_walk__undeclared_entity() -> None:
    refused(parts("<sheetData>&x;</sheetData>"), refusals.MALFORMED)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"<worksheet", b"<a><b></a></b>", b"\xff\xfe", worksheet("")[:-3].encode()],
)
def test_walk__no_xml(content: bytes) -> None:
    refused(parts(content), refusals.MALFORMED)


def test_walk__another_root() -> None:
    refused(parts(b"<html/>"), refusals.MALFORMED)
    refused(parts(b'<worksheet xmlns="urn:x"/>'), refusals.MALFORMED)


def test_walk__depth() -> None:
    read(parts("<x>" * 63 + "</x>" * 63))
    assert "入れ子" in refused(parts("<x>" * 64 + "</x>" * 64), refusals.TOO_LARGE)
