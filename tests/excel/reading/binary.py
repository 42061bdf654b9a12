"""The values of a book as .xls and as .xlsb, the least that a reader takes."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from tests.excel.ooxml.parts import relationships
from tests.excel.reading.edit import Editor
from yosan_xl.form.area import a1


class Error(NamedTuple):
    """An error by its number, typed or as the result of a formula."""

    number: int
    by_formula: bool = False


Put = Mapping[tuple[str, str], Error]
"""What stands in a cell (sheet, A1) instead of what the book has there."""

DIVISION, REFERENCE, NOT_AVAILABLE = Error(0x07), Error(0x17, by_formula=True), Error(0x2A)
_SECTOR = 512
_END_OF_CHAIN, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def as_xls(book: Editor, put: Put | None = None) -> bytes:
    """Return the book in .xls format (BIFF8), without formulas, formats, names or protection."""
    sheets = [_xls_sheet(book, sheet, put or {}) for sheet in book.sheets]
    names = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in book.sheets]
    begin, end = _begin(5), _record(0x000A)
    at = len(begin) + sum(4 + 6 + len(name) for name in names) + len(end)
    listed = []
    for name, sheet in zip(names, sheets, strict=True):
        listed.append(_record(0x0085, struct.pack("<IBB", at, 0, 0) + name))
        at += len(sheet)
    return compound_file(begin + b"".join(listed) + end + b"".join(sheets))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _xls_sheet(book: Editor, sheet: str, put: Put) -> bytes:
    cells = (_xls_cell(row, col, value) for row, col, value in _values(book, sheet, put))
    return _begin(0x10) + b"".join(cells) + _record(0x000A)


def _xls_cell(row: int, col: int, value: Error | float | str) -> bytes:
    at = struct.pack("<HHH", row, col, 0)
    if isinstance(value, Error) and value.by_formula:
        result = struct.pack("<BBBBBBH", 2, 0, value.number, 0, 0, 0, 0xFFFF)
        return _record(0x0006, at + result + bytes(6) + struct.pack("<HBB", 2, 0x1C, 0x17))
    if isinstance(value, Error):
        return _record(0x0205, at + bytes((value.number, 1)))
    if isinstance(value, float):
        return _record(0x0203, at + struct.pack("<d", value))
    text = value.encode("utf-16-le")
    return _record(0x0204, at + struct.pack("<HB", len(text) // 2, 1) + text)


def _values(book: Editor, sheet: str, put: Put) -> Iterator[tuple[int, int, Error | float | str]]:
    rows, columns = book.size(sheet)
    for row in range(rows):
        for col in range(columns):
            ref = a1(row, col)
            text = book.text(sheet, ref)
            if (sheet, ref) in put:
                yield row, col, put[sheet, ref]
            elif text:
                yield row, col, float(text) if book.is_number(sheet, ref) else text


def compound_file(stream: bytes) -> bytes:
    """Return a compound file ([MS-CFB]) with one stream, called Workbook."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    fats = next(n for n in range(1, 110) if n * 128 >= n + 1 + sectors)
    first = fats + 1
    chain = [*range(first + 1, first + sectors), _END_OF_CHAIN]
    table = [_FAT] * fats + [_END_OF_CHAIN, *chain]
    table += [_FREE] * (fats * 128 - len(table))
    entries = _entry("Root Entry", 5, _END_OF_CHAIN, 0, 1) + _entry(
        "Workbook", 2, first, len(stream)
    )
    head = struct.pack(
        "<8s16sHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 62, 3, 0xFFFE, 9, 6
    )
    head += struct.pack("<9I", 0, fats, fats, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
    listed = [*range(fats), *[_FREE] * (109 - fats)]
    body = struct.pack(f"<{len(table)}I", *table) + entries.ljust(_SECTOR, b"\0")
    return head + struct.pack("<109I", *listed) + body + stream.ljust(sectors * _SECTOR, b"\0")


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack(
        "<HBB3I", len(text) + 2, kind, 1, _FREE, _FREE, child
    )
    return head.ljust(116, b"\0") + struct.pack("<IQ", first, size)


def as_xlsb(book: Editor, put: Put | None = None) -> bytes:
    """Return the book in .xlsb format, without formulas, formats, names or protection."""
    out = BytesIO()
    kinds = {f"r{n}": ("worksheet", f"worksheets/sheet{n}.bin") for n, _ in enumerate(book.sheets)}
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        top = relationships({"rId1": ("officeDocument", "xl/workbook.bin")})
        package.writestr("_rels/.rels", top)
        package.writestr("xl/_rels/workbook.bin.rels", relationships(kinds))
        bundles = (
            _small(156, struct.pack("<II", 0, n + 1) + _wide(f"r{n}") + _wide(sheet))
            for n, sheet in enumerate(book.sheets)
        )
        listed = _small(143) + b"".join(bundles) + _small(144)
        package.writestr("xl/workbook.bin", _small(131) + listed + _small(132))
        for n, sheet in enumerate(book.sheets):
            package.writestr(f"xl/worksheets/sheet{n}.bin", _xlsb_sheet(book, sheet, put or {}))
    return out.getvalue()


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.worksheet"/>'
    '<Override PartName="/xl/workbook.bin"'
    ' ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)


def _small(kind: int, content: bytes = b"") -> bytes:
    return _seven_bits(kind) + _seven_bits(len(content)) + content


def _seven_bits(number: int) -> bytes:
    more = (number & 0x7F | 0x80, *_seven_bits(number >> 7)) if number > 0x7F else (number,)
    return bytes(more)


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _xlsb_sheet(book: Editor, sheet: str, put: Put) -> bytes:
    rows, columns = book.size(sheet)
    out = [_small(129), _small(148, struct.pack("<4I", 0, rows - 1, 0, columns - 1)), _small(145)]
    at = -1
    for row, col, value in _values(book, sheet, put):
        if row > at:
            at = row
            out.append(_small(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0)))
        out.append(_xlsb_cell(struct.pack("<II", col, 0), value))
    return b"".join((*out, _small(146), _small(130)))


def _xlsb_cell(at: bytes, value: Error | float | str) -> bytes:
    if isinstance(value, Error) and value.by_formula:
        return _small(11, at + bytes((value.number,)) + struct.pack("<HIBBI", 0, 2, 0x1C, 0x17, 0))
    if isinstance(value, Error):
        return _small(3, at + bytes((value.number,)))
    if isinstance(value, float):
        return _small(5, at + struct.pack("<d", value))
    return _small(6, at + _wide(value))
