"""Files that are called .xlsx and are something else, or a book of another program or form."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import openpyxl

from tests.corpus.book import (
    SECTIONED_TOTAL,
    THREE_TOTAL,
    TOTAL,
    TYPES,
    changed,
    good,
    parts_of,
    sectioned,
    three,
)
from tests.corpus.expect import Entry, Expectation, Refused, accepted
from tests.excel.ooxml.normal import normal_book
from tests.excel.ooxml.parts import content_types, parts, relationships, zipped
from tests.excel.ooxml.test_zip_entries import compound_file
from tests.excel.reading.edit import Editor
from tests.excel.reading.ods import as_ods

_OFFICE = "application/vnd.openxmlformats-officedocument."
_TEXT, _PAGE, _OTHER = Refused("YX008"), Refused("YX007"), Refused("YX002")
_CSV = "款,要求額\n総務費,38484\n"
_FILES: Mapping[str, tuple[bytes, Expectation]] = {
    "empty": (b"", Refused("YX001")),
    "blank": (b" \r\n", _TEXT),
    "zeros": (bytes(4_096), _OTHER),
    "noise": (bytes(range(256)) * 16, _OTHER),
    "html": (b"<html><body>login</body></html>", _PAGE),
    "html-doctype": ("<!DOCTYPE html><title>ログイン</title>".encode(), _PAGE),
    "html-sjis": ("<HTML><HEAD><TITLE>ログイン</TITLE>".encode("cp932"), _PAGE),
    "html-bom": ("\ufeff<html>".encode(), _PAGE),
    "html-table": (b"<table border=1><tr><td>1</td></tr></table>", _PAGE),
    "html-comment": (b"<!-- saved --><html></html>", _PAGE),
    "mhtml": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", _PAGE),
    "csv-sjis": (_CSV.encode("cp932"), _TEXT),
    "csv-utf-8": (_CSV.encode(), _TEXT),
    "csv-bom": (_CSV.encode("utf-8-sig"), _TEXT),
    "csv-utf-16": (_CSV.encode("utf-16"), _TEXT),
    "tsv": (_CSV.replace(",", "\t").encode("cp932"), _TEXT),
    "text": ("予算要求書を送ります。".encode(), _TEXT),
    "json": (b'[{"no": 56}]', _TEXT),
    "pk-only": (b"PK", _TEXT),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Refused("YX009")),
    "pdf-late": (b"\n" * 100 + b"%PDF-1.4\n", Refused("YX009")),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(40), _OTHER),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(40), _OTHER),
    "gif": (b"GIF89a" + bytes(40), _OTHER),
    "tiff": (b"II*\0" + bytes(40), _OTHER),
    "rtf": (b"{\\rtf1\\ansi}", _OTHER),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(40), _OTHER),
    "rar": (b"Rar!\x1a\x07\x00" + bytes(40), _OTHER),
    "gzip": (b"\x1f\x8b\x08\0" + bytes(40), _OTHER),
    "program": (b"MZ" + bytes(200), _OTHER),
    "shortcut": (b"L\0\0\0\x01\x14\x02\0" + bytes(60), Refused("YX018")),
    "url": (b"[InternetShortcut]\r\nURL=http://example.invalid/\r\n", Refused("YX018")),
    "xml-2003": (b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>', Refused("YX019")),
    "xls-cut": (compound_file("Root Entry", "Workbook"), Refused("YX003")),
    "xls-95": (compound_file("Root Entry", "Book"), Refused("YX003")),
    "doc": (compound_file("Root Entry", "WordDocument"), _OTHER),
    "msg": (compound_file("Root Entry", "__properties_version1.0"), _OTHER),
    "encrypted": (
        compound_file("Root Entry", "EncryptionInfo", "EncryptedPackage"),
        Refused("YX004"),
    ),
    "compound-only": (compound_file(), _OTHER),
}


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    for name, (data, expect) in _FILES.items():
        yield Entry(name, partial(bytes, data), expect)
    for name, (build, expect) in _MADE.items():
        yield Entry(name, build, expect)


def _xlsb() -> bytes:
    """Give what begins as an .xlsb does; its workbook is cut short."""
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    return zipped(parts() | {TYPES: content_types(kind), "xl/workbook.xml": b"\x83\x01\0"})


def _of_type(kind: str) -> Callable[[], bytes]:
    return lambda: zipped(parts() | {TYPES: content_types(kind)})


def _open_document(kind: str) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mime, "content.xml": "<x/>"})


def _openpyxl_book() -> bytes:
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active["I6"] = 4_001  # type: ignore[index]
    book.save(out)
    return out.getvalue()


def _with_type(old: str, new: str, base: Callable[[], bytes] = good) -> Callable[[], bytes]:
    return changed(lambda whole: {TYPES: whole[TYPES].decode().replace(old, new)}, base)


def _macros() -> bytes:
    book = Editor(good())
    book.allow_macros()
    return book.data()


_SHEET_TYPE = f"{_OFFICE}spreadsheetml.sheet.main+xml"
_MADE: Mapping[str, tuple[Callable[[], bytes], Expectation]] = {
    "docx": (_of_type(f"{_OFFICE}wordprocessingml.document.main+xml"), Refused("YX010")),
    "pptx": (_of_type(f"{_OFFICE}presentationml.presentation.main+xml"), Refused("YX010")),
    "ppsx": (_of_type(f"{_OFFICE}presentationml.slideshow.main+xml"), Refused("YX010")),
    "visio": (_of_type("application/vnd.ms-visio.drawing.main+xml"), Refused("YX010")),
    "xlsb": (_xlsb, Refused("YX005")),
    "ods-broken": (lambda: _open_document("spreadsheet"), Refused("YX006")),
    "odt": (lambda: _open_document("text"), Refused("YX006")),
    "odp": (lambda: _open_document("presentation"), Refused("YX006")),
    "zip": (lambda: zipped({"0103_税務課.xlsx": good()}), Refused("YX011")),
    "zip-of-texts": (lambda: zipped({"a.txt": "a"}), Refused("YX011")),
    "zip-empty": (lambda: b"PK\x05\x06" + bytes(18), Refused("YX011")),
    "jar": (lambda: zipped({"META-INF/MANIFEST.MF": "x"}), Refused("YX011")),
    "epub": (lambda: zipped({"mimetype": "application/epub+zip", "a": "b"}), Refused("YX011")),
    "no-document": (lambda: zipped(parts() | {"_rels/.rels": relationships({})}), Refused("YX011")),
    "other-book": (normal_book, Refused("YX030")),
    "openpyxl-book": (_openpyxl_book, Refused("YX030")),
    "one-sheet-book": (lambda: zipped(parts()), Refused("YX030")),
    "ods": (lambda: as_ods(Editor(good())), accepted(TOTAL, "YX047")),
    "ods-parts": (lambda: as_ods(Editor(sectioned())), accepted(SECTIONED_TOTAL, "YX047")),
    "ods-three": (lambda: as_ods(Editor(three())), accepted(THREE_TOTAL, "YX047")),
    "xlsm": (_macros, accepted(TOTAL, "YX049")),
    "xltx": (_with_type("sheet.main+xml", "template.main+xml"), accepted(TOTAL)),
    "type-unknown": (_with_type(_SHEET_TYPE, "text/plain"), accepted(TOTAL)),
    "type-none": (lambda: zipped({**parts_of(good()), TYPES: _no_types()}), accepted(TOTAL)),
}


def _no_types() -> str:
    return '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
