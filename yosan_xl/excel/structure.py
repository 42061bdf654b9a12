"""How a workbook is made, without what is written in it: for a report of a problem, and the zip that holds one.

Of a text or number stays its kind and length, of a formula its functions and references; sheets are called as our own or counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from yosan_xl.excel.ooxml.book import Book, Cell, CellKind, Name, Sheet, name_area
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.reading.issued import read_stamp
from yosan_xl.excel.sheet_words import WITHOUT_REQUESTS
from yosan_xl.form.area import a1
from yosan_xl.form.stamp import SHEET

_OWN_SHEET = re.compile(
    rf"{'|'.join(map(re.escape, (*WITHOUT_REQUESTS, SHEET)))}|要求書[0-9]{{1,3}}"
)
_PROGRAM = re.compile(r"[A-Za-z0-9 .:/$_()-]{1,120}")
_FORMULA_PART = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<name>'(?:[^']|'')*')"""
    r"""|(?P<kept>yx_[A-Za-z0-9_]+|[A-Z][A-Z0-9.]*(?=\()|\$?[A-Z]{1,3}\$?[0-9]{1,7}(?![\w.(])|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|TRUE|FALSE"""
    r"""|[-+*/^&=<>(),:;{}!% ]+)|(?P<number>[0-9]+(?:\.[0-9]+)?(?:E[-+]?[0-9]+)?)|(?P<word>\w+)|(?P<sign>.)""",
    re.DOTALL,
)
_WORDS = {"text": "文字", "name": "名前", "number": "数", "word": "名前", "sign": "記号"}


def sheet_word(name: str, number: int | None = None) -> str:
    """Return the name of a sheet of ours; of another sheet its place, where that is known, and how long its name is."""
    return name if _OWN_SHEET.fullmatch(name) else f"ほかのシート{number or ''}（{len(name)}字）"


def book_structure(data: bytes) -> dict[str, Any]:
    """Return what a workbook is made of, or the code for which it is not read."""
    try:
        book = open_book(data, annotated=True)
    except Refused as refused:
        return {"読めない理由": refused.code.code}
    program = book.application or ""
    words = {sheet.name: sheet_word(sheet.name, at) for at, sheet in enumerate(book.sheets, 1)}
    return {
        "種類": book.kind,
        "作ったソフト": program if _PROGRAM.fullmatch(program) else length(program),
        "マクロ": book.macros,
        "ほかのブックへのリンク": book.external_links,
        "押印": _stamp(book),
        "名前": [_name(name, words) for name in book.names],
        "シート": [_sheet(sheet, words[sheet.name], book) for sheet in book.sheets],
    }


def length(text: str) -> str:
    """Return how long a text is, and nothing else of it."""
    return f"文字（{len(text)}字）" if text else ""


def _stamp(book: Book) -> dict[str, Any] | None:
    stamp = read_stamp(book)
    if stamp is None:
        return None
    known = {"版": stamp.version, "様式の SHA-256": stamp.sha256, "確認欄の SHA-256": stamp.panel}
    return {**known, "明細の行": list(stamp.line_rows), "差戻しの回数": len(stamp.answers)}


def _name(name: Name, words: Mapping[str, str]) -> str:
    def word(sheet: str) -> str:
        return words.get(sheet) or sheet_word(sheet)

    found = name_area(name)
    place = f"{word(found[0])}!{found[1]}" if found else length(name.refers_to)
    scope = word(name.sheet) if name.sheet is not None else "ブック"
    return f"{scope}: {formula_shape(name.name)} = {place}"


def _sheet(sheet: Sheet, word: str, book: Book) -> dict[str, Any]:
    upon = Counter(one.kind.value for one in book.annotations.get(sheet.name, ()))
    return {
        "名前": word,
        "状態": sheet.state,
        "保護": sheet.protected,
        "結合": [str(area) for area in sheet.merges],
        "隠れた行": len(sheet.hidden_rows),
        "隠れた列": len(sheet.hidden_cols),
        "メモや図形": dict(sorted(upon.items())),
        "セル": dict(_cells(sheet)),
    }


def _cells(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for (row, column), cell in sorted(sheet.cells.items()):
        told = cell_shape(cell)
        if told:
            yield a1(row, column), told if sheet.locked(row, column) else f"{told}、入力できる"


def cell_shape(cell: Cell) -> str:
    """Return the kind and length of what a cell holds, with the shape of its formula."""
    held = _value(cell)
    return held if cell.formula is None else f"={formula_shape(cell.formula)} → {held or '空'}"


def _value(cell: Cell) -> str:
    if cell.kind is CellKind.NUMBER:
        return f"数（{len(cell.text)}字）"
    if cell.kind is CellKind.EMPTY:
        return ""
    return length(cell.text) if cell.kind is CellKind.TEXT else cell.kind.value


def formula_shape(formula: str) -> str:
    """Return a formula with its functions, references and signs; what is typed in it stands as its kind and length."""
    return _FORMULA_PART.sub(_shape_of_part, formula)


def _shape_of_part(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    return found[0] if kind == "kept" else f"［{_WORDS[kind]}{len(found[0])}字］"


def zipped(files: Mapping[str, str]) -> bytes:
    """Return a zip of texts, the first of which can be recognised in its bytes: it is not compressed."""
    out = BytesIO()
    with ZipFile(out, "w") as target:
        for number, (name, text) in enumerate(files.items()):
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED if number else ZIP_STORED
            # Windows' own editors take a text with the mark for UTF-8, whatever the machine's own encoding.
            target.writestr(entry, text.replace("\n", "\r\n").encode("utf-8-sig"))
    return out.getvalue()
