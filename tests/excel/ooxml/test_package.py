from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

import pytest

from tests.excel.ooxml.parts import Parts, parts, read, refused, texts, zipped
from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.book import Book
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused

ROW = '<sheetData><row><c t="s"><v>0</v></c></row></sheetData>'
SHEET = b"xl/worksheets/sheet1.xml"


def patched(data: bytes, at: int, layout: str, *values: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into(layout, changed, at, *values)
    return bytes(changed)


def local(data: bytes, name: bytes = SHEET) -> int:
    return data.index(name) - 30


def central(data: bytes, name: bytes = SHEET) -> int:
    return data.rindex(name) - 46


def test_package__stored_and_deflated() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert texts(open_book(zipped(parts(ROW), method)).sheets[0]) == {(0, 0): "総務費"}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_package__other_compression(method: int) -> None:
    assert "圧縮方式" in refused(zipped(parts(ROW), method), refusals.UNSAFE_PACKAGE)


class Unseekable(io.RawIOBase):
    """A stream that cannot go back: the zip's sizes then follow the data."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += bytes(data)
        return len(data)


def test_package__sizes_after_the_data() -> None:
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(ROW).items():
            archive.writestr(name, content)
    assert texts(open_book(stream.data).sheets[0]) == {(0, 0): "総務費"}


def test_package__zip64_headers_and_folders() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/", "")
        for name, content in parts(ROW).items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(content.encode() if isinstance(content, str) else content)
    assert texts(open_book(file.getvalue()).sheets[0]) == {(0, 0): "総務費"}


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../a.xml", "xl/../../a", "xl\\a.xml", "C:a", "xl//a"]
)
def test_package__names_that_lead_elsewhere(name: str) -> None:
    assert "部品の名前" in refused(parts(ROW) | {name: "x"}, refusals.UNSAFE_PACKAGE)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.xml"])
def test_package__the_same_name_twice(name: str) -> None:
    file = io.BytesIO(zipped(parts(ROW)))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, "x")
    assert "2つ" in refused(file.getvalue(), refusals.UNSAFE_PACKAGE)


def test_package__encrypted_entry() -> None:
    data = zipped(parts(ROW))
    data = patched(patched(data, local(data) + 6, "<H", 1), central(data) + 8, "<H", 1)
    assert "パスワードを外して" in refused(data, refusals.ENCRYPTED)


@pytest.mark.parametrize(
    ("offset", "layout", "value"),
    [
        (6, "<H", 1),
        (6, "<H", 8),
        (8, "<H", 0),
        (14, "<I", 5),
        (18, "<I", 5),
        (22, "<I", 5),
        (30, "<B", 88),
    ],
    ids=["encrypted", "sizes follow", "method", "crc", "packed", "size", "name"],
)
def test_package__header_that_differs_from_the_directory(
    offset: int, layout: str, value: int
) -> None:
    data = zipped(parts(ROW))
    refused(patched(data, local(data) + offset, layout, value), refusals.UNSAFE_PACKAGE)


def test_package__two_entries_over_the_same_bytes() -> None:
    data = zipped(parts(ROW) | {"xl/worksheets/sheet2.xml": "x"})
    other = local(data, b"xl/worksheets/sheet2.xml")
    longer = other + 10 - (local(data) + 30 + len(SHEET))
    data = patched(data, local(data) + 18, "<I", longer)
    data = patched(data, central(data) + 20, "<I", longer)
    assert "重なって" in refused(data, refusals.UNSAFE_PACKAGE)


def test_package__a_book_hidden_before_the_book() -> None:
    # Who reads from the front finds the first one, who reads the directory the second.
    assert "目次にない部品" in refused(
        zipped(parts()) + zipped(parts(ROW)), refusals.UNSAFE_PACKAGE
    )


def test_package__entry_that_runs_out_of_the_file() -> None:
    data = zipped(parts(ROW))
    data = patched(data, local(data) + 18, "<I", 99_999)
    refused(patched(data, central(data) + 20, "<I", 99_999), refusals.DAMAGED)
    data = zipped(parts(ROW))
    refused(patched(data, central(data) + 42, "<I", 99_999), refusals.DAMAGED)
    refused(patched(data, central(data) + 42, "<I", 3), refusals.DAMAGED)


def resized(made: Parts, size: int, crc: int | None = None) -> bytes:
    """Give a book whose sheet claims to unpack to `size` bytes, everywhere."""
    data = zipped(made)
    for at in (local(data) + 14, central(data) + 16):
        said, packed, _ = struct.unpack_from("<III", data, at)
        data = patched(data, at, "<III", said if crc is None else crc, packed, size)
    return data


def test_package__size_or_check_sum_that_lies() -> None:
    made = parts(ROW)
    content = str(made[SHEET.decode()]).encode()
    refused(resized(made, 10), refusals.DAMAGED)
    # The first bytes alone would be sound: a reader that stops at the size said reads another book.
    refused(resized(made, 10, zlib.crc32(content[:10])), refusals.DAMAGED)
    refused(resized(made, len(content) + 1), refusals.DAMAGED)
    refused(resized(made, len(content), 1), refusals.DAMAGED)


def test_package__bytes_after_the_end_of_the_compressed_data() -> None:
    made = parts(ROW)
    content = str(made[SHEET.decode()]).encode()
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(content) + packer.flush() + b"hidden" * 9_000
    data = zipped(made | {SHEET.decode(): packed}, zipfile.ZIP_STORED)
    for at, method in (
        (local(data) + 14, local(data) + 8),
        (central(data) + 16, central(data) + 10),
    ):
        data = patched(data, method, "<H", zipfile.ZIP_DEFLATED)
        data = patched(data, at, "<III", zlib.crc32(content), len(packed), len(content))
    assert "長さ" in refused(data, refusals.DAMAGED)


def test_package__truncated_anywhere_is_refused() -> None:
    data = zipped(parts(ROW))
    chance = random.Random(55)
    for _ in range(200):
        with pytest.raises(Refused):
            open_book(data[: chance.randrange(len(data))])
    assert "途中で切れ" in refused(data[:-30], refusals.TRUNCATED)
    assert "途中で切れ" in refused(data[:400], refusals.TRUNCATED)
    assert "途中で切れ" in refused(data[:-1], refusals.TRUNCATED)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_package__changed_bytes_give_a_refusal_or_the_same_texts(method: int) -> None:
    data = zipped(parts(ROW), method)
    chance = random.Random(63)
    for _ in range(300):
        changed = bytearray(data)
        for _ in range(chance.randrange(1, 4)):
            changed[chance.randrange(len(data))] = chance.randrange(256)
        try:
            book = open_book(bytes(changed))
        except Refused:
            continue
        assert isinstance(book, Book)
        assert texts(book.sheets[0]) == {(0, 0): "総務費"}


def test_package__changed_xml_gives_a_refusal_or_a_book() -> None:
    chance = random.Random(58)
    made = parts(ROW + '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')
    for name in made:
        content = str(made[name]).encode()
        for _ in range(40):
            changed = bytearray(content)
            changed[chance.randrange(len(content))] = chance.randrange(256)
            try:
                book = read(made | {name: bytes(changed)})
            except Refused:
                continue
            assert isinstance(book, Book)
