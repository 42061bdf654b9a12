"""XML that attacks or cannot be right: document types, entities, depth, encodings, characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from tests.corpus.book import (
    FORM,
    RELS,
    STRINGS,
    STYLES,
    TOP,
    TOTAL,
    TYPES,
    WORKBOOK,
    Parts,
    changed,
    with_part,
    with_text,
    without_part,
)
from tests.corpus.expect import Entry, Expectation, Refused, accepted
from tests.excel.ooxml.parts import OFFICE

_MALFORMED, _DTD, _TOO_LARGE = Refused("YX014"), Refused("YX015"), Refused("YX017")
_PARTS: Mapping[str, str] = {
    "types": TYPES, "top": TOP, "rels": RELS, "book": WORKBOOK, "form": FORM, "strings": STRINGS, "styles": STYLES,
    "core": "docProps/core.xml", "app": "docProps/app.xml",
}  # fmt: skip
_DOCTYPES: Mapping[str, str] = {
    "plain": "<!DOCTYPE worksheet>",
    "entity": '<!DOCTYPE x [<!ENTITY a "4001">]>',
    "system": '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">',
    "file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://example.invalid/"> %p;]>',
    "laughs": "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{10 * f'&a{n - 1};'}'>" for n in range(1, 12))
    + "]>",
    "quadratic": "<!DOCTYPE x [<!ENTITY a '" + "a" * 50_000 + "'>]>",
    "attributes": "<!DOCTYPE x [<!ATTLIST c t CDATA 's'>]>",
    "itself": "<!DOCTYPE x [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>",
    "lower": "<!doctype html>",
}


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    for name, part in _PARTS.items():
        yield Entry(f"dtd-in-{name}", _prolog(part, _DOCTYPES["entity"]), _DTD)
        yield Entry(f"no-xml-{name}", with_part(part, b"\0\1\2"), _MALFORMED)
        yield Entry(f"cut-{name}", changed(partial(_cut, part)), _MALFORMED)
        yield Entry(f"empty-{name}", with_part(part, b""), _MALFORMED)
    for name, doctype in _DOCTYPES.items():
        expect = _MALFORMED if name == "lower" else _DTD
        yield Entry(f"dtd-{name}", _prolog(FORM, doctype), expect)
    yield Entry("dtd-utf-16", _prolog(FORM, _DOCTYPES["laughs"], "utf-16"), _DTD)
    yield from _encodings()
    yield from _characters()
    yield from _shapes()
    yield from _packages()


def _cut(part: str, whole: Parts) -> Parts:
    return {part: whole[part][:-9]}


def _prolog(part: str, text: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    """Give the way to a book of which one part has this before its root."""

    def change(whole: Mapping[str, bytes]) -> Mapping[str, bytes]:
        root = re.sub(r"^\s*<\?xml.*?\?>", "", whole[part].decode())
        return {part: (text + root).encode(encoding)}

    return changed(change)


def _encodings() -> Iterator[Entry]:
    for encoding in (
        "Shift_JIS",
        "EUC-JP",
        "utf-7",
        "utf-32",
        "cp932",
        "x-unknown",
        "unicode_escape",
        "base64",
    ):
        declared = f'<?xml version="1.0" encoding="{encoding}"?>'
        yield Entry(f"encoding-{encoding.lower()}", _prolog(FORM, declared), _MALFORMED)
    latin = '<?xml version="1.0" encoding="UTF-16"?>'
    yield Entry("encoding-said-utf-16", _prolog(FORM, latin), _MALFORMED)
    yield Entry(
        "encoding-sjis",
        changed(lambda w: {STRINGS: w[STRINGS].decode().encode("cp932", "ignore")}),
        _MALFORMED,
    )
    yield Entry(
        "encoding-in-utf-32",
        changed(lambda w: {FORM: w[FORM].decode().encode("utf-32")}),
        _MALFORMED,
    )
    yield Entry(
        "encoding-half-utf-16",
        changed(lambda w: {FORM: w[FORM].decode().encode("utf-16")[:-1]}),
        _MALFORMED,
    )


def _characters() -> Iterator[Entry]:
    """Bytes and characters that XML forbids, put into the first shared string."""
    for name, raw in {
        "invalid-utf-8": b"\xff\xfe\xfd",
        "overlong": b"\xc0\xaf",
        "surrogate": b"\xed\xa0\x80",
        "lone-continuation": b"\x80",
        "nul": b"\0",
        "control": b"\x01",
        "escape": b"\x1b[2J",
        "nul-reference": b"&#0;",
        "control-reference": b"&#1;",
        "surrogate-reference": b"&#xD800;",
        "beyond-unicode": b"&#x110000;",
        "noncharacter": b"\xef\xbf\xbf",
        "undeclared-entity": b"&nbsp;",
        "bare-ampersand": b" & ",
        "cdata-end": b"]]>",
    }.items():
        yield Entry(f"text-{name}", _in_first_string(raw), _MALFORMED)
    for name, raw in {
        "escaped-control": b"_x0007_",
        "escaped-nul": b"_x0000_",
        "escaped-half-pair": b"_xD842_",
        "bidi": "\u202e\u2066".encode(),
        "emoji": "🏯".encode(),
    }.items():
        # The first shared string is the form's title: it changes, and that is told; where it shows,
        # also of はじめに.
        seen = ("YX092",) if name in ("escaped-half-pair", "emoji") else ()
        yield Entry(f"text-{name}", _in_first_string(raw), accepted(TOTAL, "YX037", *seen))


def _in_first_string(raw: bytes) -> Callable[[], bytes]:
    return changed(lambda w: {STRINGS: w[STRINGS].replace(b"</t>", raw + b"</t>", 1)})


def _shapes() -> Iterator[Entry]:
    deep, shallow = "<x>" * 64 + "</x>" * 64, "<x>" * 60 + "</x>" * 60
    shapes: Mapping[str, tuple[str, Expectation]] = {
        "deep": (deep, _TOO_LARGE),
        "very-deep": ("<x>" * 100_000 + "</x>" * 100_000, _TOO_LARGE),
        "not-so-deep": (shallow, accepted(TOTAL)),
        "long-attribute": ('<x a="' + "a" * 1_500_000 + '"/>', _TOO_LARGE),
        "many-attributes": (
            "<x " + " ".join(f'a{n}=""' for n in range(150_000)) + "/>",
            _TOO_LARGE,
        ),
        "long-comment": (f"<!--{' ' * 1_500_000}-->", _TOO_LARGE),
        "long-name": (f"<{'x' * 1_500_000}/>", _TOO_LARGE),
        "many-namespaces": (
            "<x " + " ".join(f"xmlns:n{n}='urn:{n}'" for n in range(20_000)) + "/>",
            accepted(TOTAL),
        ),
        "two-attributes": ('<x a="1" a="2"/>', _MALFORMED),
        "unbound-prefix": ("<y:x/>", _MALFORMED),
        "crossed": ("<x><y></x></y>", _MALFORMED),
        "second-declaration": ('<?xml version="1.0"?>', _MALFORMED),
        "unquoted": ("<x a=1/>", _MALFORMED),
        "include": (
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>',
            accepted(TOTAL),
        ),
    }
    for name, (inner, expect) in shapes.items():
        build = with_text(FORM, "</worksheet>", f"{inner}</worksheet>")
        yield Entry(f"shape-{name}", build, expect)
    for name, (part, old, new) in _ILL_FORMED.items():
        yield Entry(f"shape-{name}", with_text(part, old, new), _MALFORMED)
    for name, content in {
        "html": "<html/>",
        "other-namespace": '<worksheet xmlns="urn:x"/>',
        "no-namespace": "<worksheet><sheetData/></worksheet>",
        "two-roots": "<worksheet/><worksheet/>",
        "chart-sheet": '<chartsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    }.items():
        yield Entry(f"root-{name}", with_part(FORM, content), _MALFORMED)


# Where patterns take a part apart, and no handler of ours ever sees the tag.
_ILL_FORMED: Mapping[str, tuple[str, str, str]] = {
    "row-number-twice": (FORM, '<row r="3"', '<row r="3" r="3"'),
    "row-span-twice": (FORM, '<row r="3"', '<row r="3" spans="1:2" spans="1:2"'),
    "row-unbound-prefix": (FORM, '<row r="3"', '<row r="3" q:a="1"'),
    "row-two-names-one-attribute": (
        FORM, '<row r="3"', '<row r="3" xmlns:a="urn:x" xmlns:b="urn:x" a:c="1" b:c="1"',
    ),
    "sheet-data-unbound-prefix": (FORM, "<sheetData>", '<sheetData q:a="1">'),
    "cell-unbound-prefix": (FORM, '<c r="', '<c q:a="1" r="'),
    "merge-unbound-prefix": (FORM, "<mergeCell ", '<mergeCell q:a="1" '),
    "book-unbound-prefix": (WORKBOOK, "<sheets>", "<q:x/><sheets>"),
    "foreign-rows": (FORM, "<sheetData>", '<sheetData xmlns="urn:x">'),
    "foreign-row": (FORM, '<row r="6"', '<row xmlns="urn:x" r="6"'),
    "foreign-cell": (FORM, '<c r="I6"', '<c xmlns="urn:x" r="I6"'),
    "foreign-around-rows": (FORM, "<sheetData>", '<x xmlns="urn:x"/><x:x xmlns:x="urn:x"><sheetData/></x:x><sheetData>'),
    "row-in-row": (FORM, '<row r="6"', '<row r="5"><row r="99"/></row><row r="6"'),
    "cell-without-row": (FORM, "</sheetData>", '<c r="I99"><v>1</v></c></sheetData>'),
    "foreign-merges": (FORM, "<mergeCells ", '<mergeCells xmlns="urn:x" '),
    "foreign-string": (STRINGS, "<si>", '<si xmlns="urn:x">'),
    "foreign-text": (STRINGS, "<t>", '<t xmlns="urn:x">'),
    "foreign-sheets": (WORKBOOK, "<sheets>", '<sheets xmlns="urn:x">'),
    "foreign-names": (WORKBOOK, "<definedNames>", '<definedNames xmlns="urn:x">'),
    "formula-attribute-twice": (FORM, "<f>", '<f ca="1" ca="1">'),
    "control-between-rows": (FORM, "</row><row", "</row>\x0b<row"),
    "view-attribute-twice": (FORM, "<sheetView ", '<sheetView zoomScale="90" zoomScale="90" '),
    "strings-attribute-twice": (STRINGS, "<sst ", '<sst a="1" a="1" '),
    "strings-unbound-prefix": (STRINGS, "<sst ", '<sst q:a="1" '),
    "strings-control-behind": (STRINGS, "</sst>", "</sst>\x0c"),
    "reading-attribute-twice": (STRINGS, "</t></si>", '</t><rPh sb="0" sb="0" eb="1"><t>x</t></rPh></si>'),
    "name-control": (WORKBOOK, '<definedName name="', '<definedName name="\x01'),
    "times-attribute-twice": (_PARTS["core"], "<cp:coreProperties ", '<cp:coreProperties a="1" a="1" '),
}  # fmt: skip


def _packages() -> Iterator[Entry]:
    """Parts and relations that are missing, or lead elsewhere."""
    for name in ("rels", "form", "strings", "styles", "book"):
        yield Entry(f"without-{name}", without_part(_PARTS[name]), _MALFORMED)
    for name in ("core", "app"):
        yield Entry(f"without-{name}", without_part(_PARTS[name]), accepted(TOTAL))
    for name, (kind, expect) in _PARTLESS.items():
        yield Entry(f"partless-{name}", changed(partial(_partless, kind)), expect)
    yield Entry("without-types", without_part(TYPES), Refused("YX011"))
    yield Entry("without-top", without_part(TOP), Refused("YX011"))
    for name, (part, old, new) in _MISLED.items():
        yield Entry(name, with_text(part, old, new), _MALFORMED)
    yield Entry("many-relations", changed(_many_relations), _TOO_LARGE)
    yield Entry("many-types", changed(_many_types), _TOO_LARGE)
    yield from _lost_sheets()


_THIRD = "worksheets/sheet3.xml"
_MISLED: Mapping[str, tuple[str, str, str]] = {
    "sheet-elsewhere": (RELS, _THIRD, "worksheets/sheet9.xml"),
    "sheet-outside": (RELS, _THIRD, "../../../etc/passwd"),
    "sheet-is-strings": (RELS, _THIRD, "sharedStrings.xml"),
    "two-sheets-one-part": (RELS, "worksheets/sheet4.xml", _THIRD),
    "sheet-external": (RELS, f'Target="{_THIRD}"', 'Target="http://example.invalid/" TargetMode="External"'),
    "relation-twice": (RELS, 'Id="rId4"', 'Id="rId3"'),
    "relation-gone": (RELS, 'Id="rId3"', 'Id="rId93"'),
    "sheet-name-twice": (WORKBOOK, 'name="一覧"', 'name="要求書1"'),
    "sheet-name-empty": (WORKBOOK, 'name="一覧"', 'name=""'),
    "sheet-without-relation": (WORKBOOK, ' r:id="rId3"', ""),
    "sheet-state": (WORKBOOK, 'state="hidden"', 'state="secret"'),
}  # fmt: skip


def _lost_sheets() -> Iterator[Entry]:
    """The request sheet drops out of the book; only its names still know of it."""
    kind, third = f"{OFFICE}/worksheet", 'Id="rId3" Type="'
    kinds: Mapping[str, tuple[str, Expectation]] = {
        "unknown": ("yes", _MALFORMED),
        "chart": (f"{OFFICE}/chartsheet", accepted(0, "YX036")),
        "macro": (f"{OFFICE}/xlMacrosheet", accepted(0, "YX036", "YX049")),
    }
    for name, (other, expect) in kinds.items():
        build = with_text(RELS, f"{third}{kind}", f"{third}{other}")
        yield Entry(f"sheet-kind-{name}", build, expect)
    unlisted = with_text(WORKBOOK, '<sheet name="要求書1" sheetId="3" r:id="rId3"/>', "")
    module = with_text(WORKBOOK, 'r:id="rId3"', 'r:id=""')
    yield Entry("sheet-kind-module", module, accepted(0, "YX036"))
    yield Entry("sheet-unlisted", unlisted, accepted(0, "YX036"))


# Sheets of macros that have no part, as old books have them, and a table that has none.
_PARTLESS: Mapping[str, tuple[str, Expectation]] = {
    "module": ("", accepted(TOTAL, "YX023")),
    "macro": ("xlMacrosheet", accepted(TOTAL, "YX023", "YX049")),
    "dialog": ("dialogsheet", accepted(TOTAL, "YX023")),
    "chart": ("chartsheet", accepted(TOTAL, "YX023")),
    "table": ("worksheet", _MALFORMED),
    "unknown": ("moduleSheet", _MALFORMED),
}


def _partless(kind: str, whole: Parts) -> Mapping[str, str]:
    sheet = f'<sheet name="Module1" sheetId="99" state="veryHidden" r:id="{kind and "rId99"}"/>'
    book = whole[WORKBOOK].decode().replace("</sheets>", f"{sheet}</sheets>")
    relation = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="nowhere.xml"/></Rel'
    return {
        WORKBOOK: book,
        RELS: whole[RELS].decode().replace("</Rel", relation if kind else "</Rel"),
    }


def _many_relations(whole: Mapping[str, bytes]) -> Mapping[str, str]:
    many = "".join(f'<Relationship Id="x{n}" Type="a/b" Target="c"/>' for n in range(2_100))
    return {RELS: whole[RELS].decode().replace("</Rel", f"{many}</Rel")}


def _many_types(whole: Mapping[str, bytes]) -> Mapping[str, str]:
    many = "".join(f'<Default Extension="x{n}" ContentType="a/b"/>' for n in range(2_100))
    return {TYPES: whole[TYPES].decode().replace("</Types>", f"{many}</Types>")}
