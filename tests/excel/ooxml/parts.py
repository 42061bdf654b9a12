"""Workbooks made by hand: a dictionary of parts -> the bytes of a package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from yosan_xl.excel.ooxml.book import Book, Sheet
from yosan_xl.excel.ooxml.limits import LIMITS, Limits
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.model.finding import Code, Place

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

Parts = dict[str, str | bytes]


def relationships(rows: Mapping[str, tuple[str, str]], office: str = OFFICE) -> str:
    """Give a .rels part: Id -> (last word of the type, target)."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{target}"/>'
        for key, (kind, target) in rows.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def content_types(main: str = SHEET_TYPE) -> str:
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{main}"/></Types>'
    )


def worksheet(inner: str, *, namespace: str = MAIN) -> str:
    return f'<worksheet xmlns="{namespace}">{inner}</worksheet>'


def workbook(inner: str, *, namespace: str = MAIN, office: str = OFFICE) -> str:
    return f'<workbook xmlns="{namespace}" xmlns:r="{office}">{inner}</workbook>'


def shared_strings(*items: str) -> str:
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def style_sheet(xfs: str, codes: str = "") -> str:
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{xfs}</cellXfs></styleSheet>'
    )


ONE_SHEET = '<sheets><sheet name="要求書1" sheetId="1" r:id="rId1"/></sheets>'


def parts(sheet: str | bytes = "", **changed: str | bytes) -> Parts:
    """Give the parts of a book of one sheet; `sheet` is the inside of its worksheet element."""
    inner = worksheet(sheet) if isinstance(sheet, str) else sheet
    made: Parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": workbook(ONE_SHEET),
        "xl/_rels/workbook.xml.rels": relationships(
            {
                "rId1": ("worksheet", "worksheets/sheet1.xml"),
                "rId2": ("sharedStrings", "sharedStrings.xml"),
                "rId3": ("styles", "styles.xml"),
            }
        ),
        "xl/sharedStrings.xml": shared_strings("<t>総務費</t>"),
        "xl/styles.xml": style_sheet('<xf numFmtId="0"/>'),
        "xl/worksheets/sheet1.xml": inner,
    }
    named = {
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "book": "xl/workbook.xml",
    }
    return made | {named[key]: value for key, value in changed.items()}


def zipped(made: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in made.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def read(made: Mapping[str, str | bytes], limits: Limits = LIMITS) -> Book:
    return open_book(zipped(made), limits)


def rows(inner: str, **changed: str | bytes) -> Sheet:
    """Read one sheet whose rows are `inner`."""
    return read(parts(f"<sheetData>{inner}</sheetData>", **changed)).sheets[0]


def texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {place: cell.text for place, cell in sheet.cells.items()}


def refused(data: bytes | Mapping[str, str | bytes], code: Code, limits: Limits = LIMITS) -> str:
    """Give the whole message of the refusal, which must have this code."""
    content = data if isinstance(data, bytes) else zipped(data)
    with pytest.raises(Refused) as caught:
        open_book(content, limits)
    assert caught.value.code.code == code.code, caught.value
    return str(caught.value.at(Place("提出/0801.xlsx")))
