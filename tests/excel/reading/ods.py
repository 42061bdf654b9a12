"""The values of a book as an OpenDocument spreadsheet, the least that a reader takes."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

from tests.excel.reading.edit import Editor
from yosan_xl.form.area import a1

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_NAMES}manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)

# Readers of .ods look for these prefixes.
for _prefix in ("office", "table", "text"):
    ElementTree.register_namespace(_prefix, f"{_NAMES}{_prefix}:1.0")


def as_ods(book: Editor) -> bytes:
    """Give the book in .ods format, without formulas, formats, names or protection."""
    return packed(ElementTree.tostring(_content(book), "utf-8"))


def packed(content: str | bytes) -> bytes:
    """Give the .ods with this content.xml."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as package:
        package.writestr("mimetype", _MIME)
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        package.writestr("content.xml", content)
    return out.getvalue()


def _content(book: Editor) -> ElementTree.Element:
    root = ElementTree.Element(
        _name("office", "document-content"), {_name("office", "version"): "1.2"}
    )
    body = ElementTree.SubElement(root, _name("office", "body"))
    spreadsheet = ElementTree.SubElement(body, _name("office", "spreadsheet"))
    for sheet in book.sheets:
        table = ElementTree.SubElement(
            spreadsheet, _name("table", "table"), {_name("table", "name"): sheet}
        )
        rows, columns = book.size(sheet)
        for row in range(rows):
            line = ElementTree.SubElement(table, _name("table", "table-row"))
            for column in range(columns):
                _put(line, book, sheet, a1(row, column))
    return root


def _put(line: ElementTree.Element, book: Editor, sheet: str, ref: str) -> None:
    cell = ElementTree.SubElement(line, _name("table", "table-cell"))
    text = book.text(sheet, ref)
    if not text:
        return
    number = book.is_number(sheet, ref)
    cell.set(_name("office", "value-type"), "float" if number else "string")
    if number:
        cell.set(_name("office", "value"), text)
    for part in text.split("\n"):
        ElementTree.SubElement(cell, _name("text", "p")).text = part


def _name(space: str, name: str) -> str:
    return f"{{{_NAMES}{space}:1.0}}{name}"
