"""What bytes are, told by their content and never by the file's name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.refusals import Refused

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MOST_BEFORE = 1_024  # bytes before the first entry that Excel passes over
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
_PROTECTED = b".pfile"  # any file that Azure Information Protection has wrapped
_SHORTCUT = b"L\x00\x00\x00\x01\x14\x02\x00"  # [MS-SHLLINK] 2.1
_KNOWN = (
    (b"\x89PNG", "PNG画像"),
    (b"\xff\xd8\xff", "JPEG画像"),
    (b"GIF8", "GIF画像"),
    (b"II*\x00", "TIFF画像"),
    (b"MM\x00*", "TIFF画像"),
    (b"{\\rtf", "リッチテキスト"),
    (b"7z\xbc\xaf", "7z圧縮ファイル"),
    (b"Rar!", "RAR圧縮ファイル"),
    (b"\x1f\x8b", "gzip圧縮ファイル"),
    (b"MZ", "プログラム"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table)\b|mime-version:", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65_536


def refuse_other_format(data: bytes) -> None:
    """Raise Refused for anything but a zip file, which a few bytes of no known kind may precede."""
    if data.startswith(_ZIP):
        return
    if not data:
        raise Refused(refusals.EMPTY_FILE)
    if data.startswith(_COMPOUND_FILE):
        raise _compound_file(data)
    if data.startswith(_PROTECTED):
        raise Refused(refusals.RIGHTS_MANAGED)
    if data.startswith(_SHORTCUT):
        raise Refused(refusals.SHORTCUT)
    if b"%PDF-" in data[:1024]:
        raise Refused(refusals.PDF)
    for magic, what in _KNOWN:
        if data.startswith(magic):
            raise Refused(refusals.UNKNOWN_FORMAT, what=what)
    start = data.find(_ZIP[0], 0, _MOST_BEFORE)
    told = _text(data[:start] if start > 0 else data)
    if start < 0 or told.code not in (refusals.UNKNOWN_FORMAT, refusals.PLAIN_TEXT):
        raise told


def refuse_other_zip(names: Iterable[str]) -> None:
    """Raise Refused for a zip whose names are not those of an Office document."""
    lowered = {name.lower() for name in names}
    if "[content_types].xml" in lowered:
        return
    if {"mimetype", "content.xml"} <= lowered:
        raise Refused(refusals.OPEN_DOCUMENT)
    raise Refused(refusals.OTHER_ZIP)


_RIGHTS_STREAMS = (
    "DRMEncryptedDataSpace",
    "DRMEncryptedTransform",
    "\tDRMContent",
    "\tDRMDataSpace",
    "\tDRMTransform",
)
_RIGHTS_TRANSFORM = "Microsoft.Metadata.DRMTransform".encode("utf-16-le")
"""[MS-OFFCRYPTO] 2.2.2 to 2.2.10: of .xlsx, and of .xls, whose `Workbook` is then a mere notice."""


def _compound_file(data: bytes) -> Refused:
    if _RIGHTS_TRANSFORM in data or any(_has_stream(data, name) for name in _RIGHTS_STREAMS):
        return Refused(refusals.RIGHTS_MANAGED)
    if _has_stream(data, "EncryptedPackage"):
        return Refused(refusals.ENCRYPTED)
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return Refused(refusals.OLD_XLS)
    return Refused(refusals.UNKNOWN_FORMAT, what="Excel以外の古い形式のOffice文書など")


def _has_stream(data: bytes, name: str) -> bool:
    """Look for a directory entry: 128 bytes, its name first ([MS-CFB] 2.6.1)."""
    wanted = f"{name}\0".encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0:
        if at % 128 == 0:
            return True
        at = data.find(wanted, at + 1)
    return False


def _text(data: bytes) -> Refused:
    text = _decoded(data)
    if text is None:
        return Refused(refusals.UNKNOWN_FORMAT, what="種類の分からない中身")
    head = text.lstrip()
    if head.startswith("[InternetShortcut]"):
        return Refused(refusals.SHORTCUT)
    if _HTML.search(head[:2_000]):
        return Refused(refusals.WEB_PAGE)
    if head.startswith("<?xml"):
        return Refused(refusals.XML_SPREADSHEET)
    return Refused(refusals.PLAIN_TEXT)


def _decoded(data: bytes) -> str | None:
    """Give the beginning as text if it is text (UTF-8, UTF-16 with BOM, CP932), else None."""
    sample = data[:_SAMPLE]
    marked = next((encoding for bom, encoding in _BOMS if sample.startswith(bom)), None)
    for encoding in [marked] if marked else ["utf-8", "cp932"]:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(sample)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None
