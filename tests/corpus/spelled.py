"""The same books, spelled otherwise in XML or zip, as other programs do: the same totals, no finding."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from xml.sax.saxutils import escape

from tests.corpus.book import (
    FORM,
    RELS,
    SECTIONED_TOTAL,
    STRINGS,
    THREE_TOTAL,
    TOP,
    TOTAL,
    TYPES,
    WORKBOOK,
    Change,
    Parts,
    changed,
    good,
    parts_of,
    sectioned,
    three,
)
from tests.corpus.expect import Entry, accepted
from tests.excel.ooxml.parts import MAIN, OFFICE, STRICT, STRICT_OFFICE, zipped
from tests.excel.ooxml.test_package import Unseekable

Texts = Callable[[str], str]

BASES: Mapping[str, tuple[Callable[[], bytes], int]] = {
    "flat": (good, TOTAL),
    "parts": (sectioned, SECTIONED_TOTAL),
    "three": (three, THREE_TOTAL),
}


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    for base, (build, total) in BASES.items():
        for name, change in _CHANGES.items():
            heavy, told = base == "three", _TOLD.get(name, [])
            yield Entry(f"{base}-{name}", changed(change, build), accepted(total, *told), heavy)
        for name, pack in _PACKED.items():
            yield Entry(f"{base}-{name}", partial(_repacked, build, pack), accepted(total))


_TOLD = {"hidden-rows": ["YX054"], "stray-value": ["YX092"]}
"""What is not only spelled otherwise, but seen otherwise, too."""


def _repacked(build: Callable[[], bytes], pack: Callable[[Parts], bytes]) -> bytes:
    return pack(parts_of(build()))


def everywhere(change: Callable[[str], str | bytes], starts: str = "xl/") -> Change:
    """Give the change of every XML part whose name starts so."""

    def apply(whole: Parts) -> Mapping[str, str | bytes]:
        return {
            name: change(content.decode())
            for name, content in whole.items()
            if name.startswith(starts)
        }

    return apply


def in_sheets(change: Texts) -> Change:
    """Give the change of every worksheet."""
    return everywhere(change, "xl/worksheets/sheet")


def in_part(part: str, change: Texts) -> Change:
    """Give the change of one part."""
    return lambda whole: {part: change(whole[part].decode())}


def _encoded(encoding: str, mark: bytes = b"") -> Callable[[str], bytes]:
    """Give a part in another encoding, with what says so."""

    def change(text: str) -> bytes:
        said = re.sub(r' encoding="[^"]*"', "", text, count=1)
        return mark + said.encode(encoding)

    return change


def _reversed(pattern: str) -> Texts:
    """Give the change that puts all that matches the pattern in the opposite order, per parent."""

    def change(text: str) -> str:
        found = re.findall(pattern, text, re.S)
        first = text.find(found[0]) if found else 0
        return text[:first] + "".join(reversed(found)) + text[first + len("".join(found)) :]

    return change


def _cells_reversed(text: str) -> str:
    def row(match: re.Match[str]) -> str:
        cells = re.findall(r"<c [^>]*?/>|<c .*?</c>", match[2], re.S)
        return match[1] + "".join(reversed(cells)) + "</row>"

    return re.sub(r"(<row [^>]*[^/]>)(.*?)</row>", row, text, flags=re.S)


def _inline(whole: Parts) -> Mapping[str, str | bytes]:
    """Put every shared string into its cells."""
    items = _strings(whole)
    return everywhere(
        lambda text: re.sub(
            r'(<c [^>]*)t="s"([^>]*)><v>([0-9]+)</v>',
            lambda m: f'{m[1]}t="inlineStr"{m[2]}><is>{items[int(m[3])]}</is>',
            text,
        ),
        "xl/worksheets/sheet",
    )(whole)


def _strings(whole: Parts) -> list[str]:
    return re.findall(r"<si>(.*?)</si>", whole[STRINGS].decode(), re.S)


def _each_string(change: Texts) -> Change:
    """Give the change of the inside of every shared string."""
    return in_part(
        STRINGS,
        lambda text: re.sub(r"(?<=<si>)(.*?)(?=</si>)", lambda m: change(m[1]), text, flags=re.S),
    )


def _each_text(change: Texts) -> Change:
    """Give the change of the characters of every shared string, as they stand in XML."""
    return _each_string(lambda item: re.sub(r"(?<=>)([^<]+)(?=</t>)", lambda m: change(m[1]), item))


def _prefixed(text: str) -> str:
    """Give every element of the main namespace a prefix."""
    if f'xmlns="{MAIN}"' not in text:
        return text
    text = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"', 1)
    return re.sub(r"<(/?)(?![?!/a-z]+:)([a-zA-Z])", r"<\1x:\2", text)


def _strict(text: str) -> str:
    for old, new in ((MAIN, STRICT), (OFFICE, STRICT_OFFICE)):
        text = text.replace(old, new)
    return text


def _strict_whole(whole: Parts) -> Mapping[str, str | bytes]:
    return {**everywhere(_strict)(whole), **in_part(TOP, _strict)(whole)}


def _cdata(text: str) -> str:
    plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return f"<![CDATA[{plain}]]>"


def _furigana(item: str) -> str:
    reading = '<rPh sb="0" eb="1"><t>ヨミガナ</t></rPh><phoneticPr fontId="1" type="Hiragana"/>'
    return item + reading


def _runs(item: str) -> str:
    """Cut a string into two runs of rich text."""
    match = re.fullmatch(r"<t(?: [^>]*)?>([^&]{2,})</t>", item, re.S)
    if not match:
        return item
    cut = len(match[1]) // 2
    run = '<r>{}<t xml:space="preserve">{}</t></r>'
    return run.format("", match[1][:cut]) + run.format("<rPr><b/></rPr>", match[1][cut:])


def _moved_sheet(whole: Parts) -> Mapping[str, str | bytes]:
    """Let the parts of the worksheets be called otherwise: the old ones stay as strangers."""
    return {
        RELS: whole[RELS].decode().replace("worksheets/sheet", "Blätter/表%20"),
        **{
            name.replace("worksheets/sheet", "Blätter/表 "): content
            for name, content in whole.items()
            if name.startswith("xl/worksheets/sheet")
        },
    }


def _absolute(text: str) -> str:
    return text.replace('Target="', 'Target="/xl/')


def _dimension(ref: str) -> Change:
    return in_sheets(lambda text: re.sub(r'<dimension ref="[^"]*"/>', ref, text))


def _in_date_system_of_1904(text: str) -> str:
    return text.replace("<workbookPr ", '<workbookPr date1904="1" ', 1)


def _line_ends(mark: str) -> Texts:
    return lambda text: text.replace("\n", mark)


def _without(pattern: str) -> Texts:
    return lambda text: re.sub(pattern, "", text)


_EXT = '<extLst><ext uri="{0}" xmlns:y="urn:y"><y:c r="I6"><y:v>1</y:v></y:c></ext></extLst>'
_NOISE = '<!-- a comment: <c r="I6"><v>1</v></c> --><?instruction <c/> ?>'


def _entities(text: str) -> str:
    return "".join(c if ord(c) < 128 else f"&#x{ord(c):X};" for c in text)


furigana = _each_string(_furigana)
"""Puts a typed reading beside every shared string."""

_CHANGES: Mapping[str, Change] = {
    "utf-16": everywhere(_encoded("utf-16")),
    "utf-16-be": everywhere(_encoded("utf-16-be", b"\xfe\xff")),
    "utf-8-mark": everywhere(_encoded("utf-8-sig")),
    "ascii-entities": everywhere(_entities),
    "no-declaration": everywhere(_without(r"<\?xml[^>]*\?>\s*")),
    "strict": _strict_whole,
    "prefixes": everywhere(_prefixed),
    "cdata": _each_text(_cdata),
    "furigana": furigana,
    "runs": _each_string(_runs),
    "inline": _inline,
    "carriage-returns": _each_text(_line_ends("&#13;&#10;")),
    "escaped-returns": _each_text(_line_ends("_x000D_\n")),
    "rows-reversed": in_sheets(_reversed(r"<row [^>]*?/>|<row .*?</row>")),
    "cells-reversed": in_sheets(_cells_reversed),
    "rows-unnumbered": in_part(FORM, lambda text: re.sub(r'<row r="([0-9]+)"', "<row", text)),
    "spans": in_sheets(lambda text: text.replace("<row ", '<row spans="1:19" ')),
    "dimension-a1": _dimension('<dimension ref="A1"/>'),
    "dimension-all": _dimension('<dimension ref="A1:XFD1048576"/>'),
    "dimension-nonsense": _dimension('<dimension ref="nonsense"/>'),
    "dimension-none": _dimension(""),
    "date-1904": in_part(WORKBOOK, _in_date_system_of_1904),
    "absolute-targets": in_part(RELS, _absolute),
    "dotted-targets": in_part(RELS, lambda text: text.replace('Target="', 'Target="./../xl/')),
    "moved-parts": _moved_sheet,
    "noise": everywhere(lambda text: text.replace("?>", f"?>{_NOISE}", 1) + _NOISE),
    "noise-in-rows": in_sheets(lambda text: text.replace("<row ", f"{_NOISE}<row ")),
    "extensions": in_sheets(lambda text: text.replace("</worksheet>", f"{_EXT}</worksheet>")),
    "single-quotes": everywhere(lambda text: re.sub(r'="([^"\']*)"(?=[^<>]*>)', r"='\1'", text)),
    "blanks-in-tags": in_sheets(lambda text: text.replace("<c ", "<c\n   ").replace("/>", "\t/>")),
    "indented": in_sheets(
        lambda text: text.replace("<row ", "\n  <row ").replace("</row>", "\n</row>")
    ),
    "alternate-content": everywhere(
        lambda text: text.replace(
            "<workbookPr ",
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            '<mc:Choice Requires="x15"/></mc:AlternateContent><workbookPr ',
            1,
        ),
        WORKBOOK,
    ),
    "more-parts": lambda _: {
        "xl/calcChain.xml": "<not/><well formed",
        "customXml/item1.xml": "\0",
        "xl/printerSettings/printerSettings1.bin": bytes(200),
        "docProps/thumbnail.jpeg": b"\xff\xd8\xff",
        "[trash]/0000.dat": b"",
    },
    "no-properties": lambda whole: {
        TOP: re.sub(r'<Relationship Id="rId[23]"[^>]*/>', "", whole[TOP].decode())
    },
    "stray-value": in_part(
        FORM,
        lambda text: text.replace(
            "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'
        ),
    ),
    "hidden-rows": in_part(FORM, lambda text: text.replace("<row ", '<row hidden="1" ')),
    "external-link": lambda whole: {
        RELS: whole[RELS]
        .decode()
        .replace(
            "</Relationships>",
            f'<Relationship Id="rIdX" Type="{OFFICE}/hyperlink" Target="http://example.invalid/" '
            'TargetMode="External"/></Relationships>',
        )
    },
}


def _follow(whole: Parts) -> bytes:
    """Pack as a stream does that cannot go back: sizes follow the data."""
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return stream.data


def _zip64(whole: Parts) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(content)
    return file.getvalue()


def _commented(whole: Parts) -> bytes:
    file = io.BytesIO(zipped(whole))
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = escape("予算要求").encode()
    return file.getvalue()


_PACKED: Mapping[str, Callable[[Parts], bytes]] = {
    "stored": lambda whole: zipped(whole, zipfile.ZIP_STORED),
    "sizes-follow": _follow,
    "zip64": _zip64,
    "folders": lambda whole: zipped({"xl/": b"", "_rels/": b"", **whole}),
    "any-order": lambda whole: zipped(dict(reversed(whole.items()))),
    "upper-case": lambda whole: zipped(
        {name if name == TYPES else name.upper(): content for name, content in whole.items()}
    ),
    "zip-comment": _commented,
}
