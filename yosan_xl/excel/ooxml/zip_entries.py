"""What bytes are, told by their content and never by the file's name; the directory of a zip file, believed only where the entries say the same."""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.limits import Limits
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
    """Return the beginning as text if it is text (UTF-8, UTF-16 with BOM, CP932), else None."""
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


_DIRECTORY_ENTRY, _DIRECTORY_END = b"PK\x01\x02", b"PK\x05\x06"
_END_SIZE = 22  # APPNOTE.TXT 4.3.16, without its comment
_LOCAL = struct.Struct("<4sHHHHHIIIHH")  # APPNOTE.TXT 4.3.7
_LOCAL_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x0001, 0x0008, 0x0800
_STRONG, _MASKED = 0x0040, 0x2000  # encryption of other kinds
_TELLING = _ENCRYPTED | _SIZES_FOLLOW | _STRONG | _MASKED
_FULL = 0xFFFFFFFF
_DIRECTORY_ERRORS = (
    zipfile.BadZipFile,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    LookupError,
)


class ZipEntry(NamedTuple):
    """A part's compressed bytes (`start` to `end`), and what they must unpack to."""

    name: str
    method: int
    start: int
    end: int
    size: int
    crc: int


def read_entries(data: bytes, limits: Limits) -> dict[str, ZipEntry]:
    """Return the entries by lower-cased name, folders left out.

    Raises Refused: truncated, damaged, too many, encrypted, no Office document, or a directory
    and entries of which two readers could make two different books.
    """
    limits.check("entries", data.count(_DIRECTORY_ENTRY))
    infos, start_of_directory = _directory(data)
    refuse_other_zip(info.orig_filename for info in infos)
    if any(info.flag_bits & (_ENCRYPTED | _STRONG | _MASKED) for info in infos):
        raise Refused(refusals.ENCRYPTED)
    _refuse_names([info.orig_filename for info in infos])
    entries = [_entry(data, info) for info in infos]
    spans = [(info.header_offset, e.end) for info, e in zip(infos, entries, strict=True)]
    _refuse_overlaps(sorted(spans), data.find(_LOCAL_SIGNATURE), start_of_directory)
    return {e.name.lower(): e for e in entries if not e.name.endswith("/")}


def _directory(data: bytes) -> tuple[list[zipfile.ZipInfo], int]:
    end = data.rfind(_DIRECTORY_END, max(0, len(data) - 65_557))
    if end < 0 or end + _END_SIZE > len(data):
        raise Refused(refusals.TRUNCATED, size=len(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist(), archive.start_dir
    except _DIRECTORY_ERRORS as error:
        raise Refused(refusals.DAMAGED, what="ZIPの目次が読めません") from error


_UNUSUAL = ("\\", ":", "\0", "//", "/./", "/../")


def _refuse_names(names: list[str]) -> None:
    joined = f"/{'/'.join(names)}/"
    for name in names if any(mark in joined for mark in _UNUSUAL) else ():
        steps = name.rstrip("/").split("/")
        if any(step in ("", ".", "..") for step in steps) or set("\\:\0") & set(name):
            raise _unsafe(f"部品の名前「{name[:60]!a}」")
    if len({name.lower() for name in names}) < len(names):
        raise _unsafe("同じ名前の部品が2つあります")


def _entry(data: bytes, info: zipfile.ZipInfo) -> ZipEntry:
    """Compare the header before the bytes with the directory's, field by field."""
    at = info.header_offset
    if not 0 <= at <= len(data) - _LOCAL.size:
        raise Refused(refusals.DAMAGED, what="部品の位置がファイルの外です")
    local = _LOCAL.unpack_from(data, at)
    signature, _, flags, method, _, _, crc, packed, size, name_length, extra_length = local
    name_end = at + _LOCAL.size + name_length
    start = name_end + extra_length
    name = _raw_name(info)
    if signature != _LOCAL_SIGNATURE:
        raise Refused(refusals.DAMAGED, what="部品の見出しがありません")
    if data[at + _LOCAL.size : name_end] != name or method != info.compress_type:
        raise _unsafe("ZIPの目次と部品の見出しが食い違います")
    if (flags ^ info.flag_bits) & (_TELLING if name.isascii() else _TELLING | _UTF8):
        raise _unsafe("ZIPの目次と部品の見出しが食い違います")
    if not flags & _SIZES_FOLLOW:
        said = (crc, *_sizes(size, packed, data[name_end:start]))
        if said != (info.CRC, info.file_size, info.compress_size):
            raise _unsafe("ZIPの目次と部品の見出しで大きさが違います")
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _unsafe(f"圧縮方式 {method}")
    end = start + info.compress_size
    if end > len(data):
        raise Refused(refusals.DAMAGED, what="部品がファイルの外に出ています")
    return ZipEntry(
        name=info.orig_filename,
        method=method,
        start=start,
        end=end,
        size=info.file_size,
        crc=info.CRC,
    )


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")


def _sizes(size: int, packed: int, extra: bytes) -> tuple[int, int]:
    """Return the sizes, from the ZIP64 field where the header says so (APPNOTE.TXT 4.5.3)."""
    if _FULL not in (size, packed):
        return size, packed
    large = next(_fields(extra, 1), b"")
    numbers = iter(struct.unpack_from(f"<{len(large) // 8}Q", large))
    size = next(numbers, size) if size == _FULL else size
    packed = next(numbers, packed) if packed == _FULL else packed
    return size, packed


def _fields(extra: bytes, wanted: int) -> Iterator[bytes]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == wanted:
            yield extra[at + 4 : at + 4 + length]
        at += 4 + length


def _refuse_overlaps(spans: list[tuple[int, int]], first: int, directory: int) -> None:
    if spans and spans[0][0] != first:
        # The file begins with an entry that the directory does not know: a book before this one.
        raise _unsafe("目次にない部品で始まっています")
    starts = [start for start, _ in spans[1:]]
    for (_, end), following in zip(spans, [*starts, directory], strict=True):
        if end > following:
            raise _unsafe("部品どうしが重なっています")


def _unsafe(what: str) -> Refused:
    return Refused(refusals.UNSAFE_PACKAGE, what=what)
