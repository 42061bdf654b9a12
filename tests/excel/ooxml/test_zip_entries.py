from __future__ import annotations

import pytest

from tests.excel.ooxml.parts import content_types, parts, refused, relationships, zipped
from yosan_xl.excel.ooxml import refusals
from yosan_xl.model.finding import Code


def compound_file(*streams: str) -> bytes:
    """Give a header and a directory sector of a compound file ([MS-CFB])."""
    entries = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", refusals.EMPTY_FILE),
        (compound_file("Root Entry", "EncryptionInfo", "EncryptedPackage"), refusals.ENCRYPTED),
        (
            compound_file(
                "Root Entry", "\x06DataSpaces", "StrongEncryptionDataSpace", "EncryptedPackage"
            ),
            refusals.ENCRYPTED,
        ),
        (
            compound_file(
                "Root Entry", "\x06DataSpaces", "DRMEncryptedDataSpace", "EncryptedPackage"
            ),
            refusals.RIGHTS_MANAGED,
        ),
        (
            compound_file("Root Entry", "EncryptedPackage")
            + "x {C73DFACD} Microsoft.Metadata.DRMTransform".encode("utf-16-le"),
            refusals.RIGHTS_MANAGED,
        ),
        (compound_file("Root Entry", "Workbook", "\tDRMContent"), refusals.RIGHTS_MANAGED),
        (b".pfile\0\3\0\0\0" + bytes(60), refusals.RIGHTS_MANAGED),
        (compound_file("Root Entry", "Workbook"), refusals.OLD_XLS),
        (compound_file("Root Entry", "Book"), refusals.OLD_XLS),
        (compound_file("Root Entry", "WordDocument"), refusals.UNKNOWN_FORMAT),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", refusals.PDF),
        (b"\n <!DOCTYPE html><title>login</title>", refusals.WEB_PAGE),
        ("\ufeff<HTML><body>ログイン".encode(), refusals.WEB_PAGE),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", refusals.WEB_PAGE),
        ("款,要求額\n総務費,1234\n".encode("cp932"), refusals.PLAIN_TEXT),
        ("款,要求額\n総務費,1234\n".encode("utf-8-sig"), refusals.PLAIN_TEXT),
        ("款\t要求額\n".encode("utf-16"), refusals.PLAIN_TEXT),
        (b"PK", refusals.PLAIN_TEXT),
        (b'<?xml version="1.0"?><Workbook/>', refusals.XML_SPREADSHEET),
        (b"L\0\0\0\x01\x14\x02\0" + bytes(60), refusals.SHORTCUT),
        (b"[InternetShortcut]\r\nURL=http://example.jp/", refusals.SHORTCUT),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), refusals.UNKNOWN_FORMAT),
        (bytes(range(256)), refusals.UNKNOWN_FORMAT),
        (bytes(4096), refusals.UNKNOWN_FORMAT),
        (zipped({"メモ.txt": "a", "a\\b": "a"}), refusals.OTHER_ZIP),
        (b"PK\x05\x06" + bytes(18), refusals.OTHER_ZIP),
        (zipped({"mimetype": "x", "content.xml": "x"}), refusals.OPEN_DOCUMENT),
    ],
)
def test_open_book__content_that_is_no_xlsx(data: bytes, code: Code) -> None:
    assert code.remedy in refused(data, code)


def test_open_book__long_cp932_text_cut_within_a_character() -> None:
    refused(b"," + "予算".encode("cp932") * 30_000, refusals.PLAIN_TEXT)


def test_open_book__a_stream_name_inside_text_is_no_stream() -> None:
    data = (
        compound_file("Root Entry", "Workbook") + b"xx" + "EncryptedPackage\0".encode("utf-16-le")
    )
    refused(data, refusals.OLD_XLS)


@pytest.mark.parametrize(
    ("content_type", "code"),
    [
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", refusals.BINARY_BOOK),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            refusals.OTHER_OFFICE,
        ),
        (
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
            refusals.OTHER_OFFICE,
        ),
    ],
)
def test_open_book__office_document_of_another_kind(content_type: str, code: Code) -> None:
    refused(parts() | {"[Content_Types].xml": content_types(content_type)}, code)


def test_open_book__office_package_without_a_document() -> None:
    refused(parts() | {"_rels/.rels": relationships({})}, refusals.OTHER_ZIP)
