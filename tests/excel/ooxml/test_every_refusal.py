"""One file for each code: what a person would hand in by mistake, or another with intent."""

from __future__ import annotations

import pytest

from tests.excel.ooxml.parts import content_types, parts, refused, relationships, zipped
from tests.excel.ooxml.test_zip_entries import compound_file
from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.refusals import REFUSALS
from yosan_xl.model.finding import Code

BOOK = zipped(parts("<sheetData><row><c><v>1</v></c></row></sheetData>"))
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
FILES = {
    "YX001": b"",
    "YX002": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "YX003": compound_file("Root Entry", "Workbook"),
    "YX004": compound_file("Root Entry", "EncryptionInfo", "EncryptedPackage"),
    "YX005": zipped(parts() | {"[Content_Types].xml": content_types(XLSB)}),
    "YX006": zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}
    ),
    "YX007": "<!DOCTYPE html><title>ログイン</title>".encode("cp932"),
    "YX008": "款,要求額\n総務費,38484\n".encode("cp932"),
    "YX009": b"%PDF-1.7\n",
    "YX010": zipped(
        {
            "[Content_Types].xml": content_types(DOCX),
            "_rels/.rels": relationships({"rId1": ("officeDocument", "xl/workbook.xml")}),
        }
    ),
    "YX011": zipped({"0801_国保年金課.xlsx": BOOK}),
    "YX012": BOOK[:-40],
    "YX013": BOOK.replace(b"PK\x03\x04", b"PK\x03\x05", 3).replace(b"PK\x03\x05", b"PK\x03\x04", 1),
    "YX014": zipped(parts("<sheetData><row><c><v>1</v><v>2</v></c></row></sheetData>")),
    "YX015": zipped(parts(b"<!DOCTYPE worksheet><worksheet/>")),
    "YX016": zipped(parts() | {"../startup.bat": "x"}),
    "YX017": zipped(parts() | {f"xl/media/{n}.png": "" for n in range(2_000)}),
    "YX018": b"L\0\0\0\x01\x14\x02\0" + bytes(60),
    "YX019": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "YX024": compound_file(
        "Root Entry", "\x06DataSpaces", "DRMEncryptedDataSpace", "EncryptedPackage"
    ),
}


def test_refusals__no_code_without_a_file() -> None:
    assert [code.code for code in REFUSALS] == list(FILES)


@pytest.mark.parametrize("code", REFUSALS, ids=lambda code: code.code)
def test_open_book__each_code(code: Code) -> None:
    told = refused(FILES[code.code], code)
    assert code.remedy in told
    assert "{" not in told


def test_open_book__a_zip_with_a_password_is_a_zip() -> None:
    data = bytearray(zipped({"0801_国保年金課.xlsx": BOOK}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    refused(bytes(data), refusals.OTHER_ZIP)
