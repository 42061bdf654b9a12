"""The values of a book by another reader, through a worker process with limits."""

from __future__ import annotations

import sys
from typing import Any

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.book import Book, Cell, CellKind, Names, Sheet
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.model.finding import Code

SECONDS = 60
"""A book of request forms takes a fraction of a second; the worker ends itself after two of its own,
and a busy machine may give it those late."""

FORMATS: dict[str, str] = {
    refusals.OLD_XLS.code: "xls",
    refusals.BINARY_BOOK.code: "xlsb",
    refusals.OPEN_DOCUMENT.code: "ods",
}
"""The refusals of the .xlsx reader that mean a format whose values can be had."""


class Unread(Exception):
    """A book that a worker gave no values of; the text says why, in Japanese (no full stop)."""


def read_values(data: bytes, refused: Refused) -> Book:
    """Return a book without formulas, locks or names; raise `refused` where that fails too."""
    try:
        sheets = values_by("calamine", data)
    except Unread as error:
        raise refused from error
    return Book(
        sheets=sheets,
        names=Names(),
        formats=(),
        date1904=False,
        created=None,
        modified=None,
        application=None,
        macros=False,
        external_links=False,
        kind=FORMATS[refused.code.code],
        values_only=True,
    )


def values_by(reader: str, data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a book with their values, as calamine or openpyxl reads them.

    Raises Unread: the reader cannot, or not within the limits.
    """
    import subprocess

    try:
        return tuple(map(_sheet, _answer(reader, data)))
    except subprocess.TimeoutExpired as error:
        raise Unread(f"{SECONDS}秒で読み終わりません") from error
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unread("開けません") from error


def _answer(reader: str, data: bytes) -> list[dict[str, Any]]:
    """Return what the worker says of the sheets: no more of it is read than a book may have."""
    # Other readers are rare, and these take long to import.
    import json
    import subprocess
    import tempfile

    from yosan_xl.excel.foreign.raw_bytes import MOST_BYTES, TOO_MUCH

    # -P: what lies in the folder we are in is no module of ours.
    command = [sys.executable, "-P", "-m", "yosan_xl.excel.foreign.worker", reader]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(data)
        given.seek(0)
        quiet = subprocess.DEVNULL
        code = subprocess.run(
            command, stdin=given, stdout=answer, stderr=quiet, timeout=SECONDS, check=False
        ).returncode
        answer.seek(0)
        said = answer.read(MOST_BYTES + 1)
    if code == TOO_MUCH or len(said) > MOST_BYTES:
        raise Unread("セルか文字、書式が多すぎます")
    if code:
        raise Unread("時間かメモリーの上限に達しました" if code < 0 else "開けません")
    sheets: list[dict[str, Any]] = json.loads(said.decode("utf-8", "surrogatepass"))["sheets"]
    return sheets


def can_read(code: Code) -> bool:
    """Return whether a refusal means a format whose values can be had."""
    return code.code in FORMATS


def _sheet(sheet: dict[str, Any]) -> Sheet:
    cells = {
        (row, column): Cell(CellKind(kind), _text(kind, text), None, 0)
        for row, column, kind, text in sheet["cells"]
    }
    return Sheet(name=sheet["name"], state=sheet["state"], cells=cells)


def _text(kind: str, text: str) -> str:
    return text.removesuffix(".0") if kind == "number" else text.replace("\r\n", "\n")
