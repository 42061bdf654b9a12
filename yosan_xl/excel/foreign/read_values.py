"""The values of a book by another reader, through a worker process with limits."""

from __future__ import annotations

import sys
from typing import Any

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.book import Book, Cell, Kind, Sheet
from yosan_xl.excel.ooxml.names import Names
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.model.finding import Code

SECONDS = 60
"""A book of request forms takes a fraction of a second; the worker ends itself after ten of its own,
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
    """Give a book without formulas, locks or names; raise `refused` where that fails too."""
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
    # Other readers are rare, and these two take long to import.
    import json
    import subprocess

    try:
        done = subprocess.run(
            [sys.executable, "-m", "yosan_xl.excel.foreign.worker", reader],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        return tuple(map(_sheet, json.loads(done.stdout)["sheets"]))
    except subprocess.TimeoutExpired as error:
        raise Unread(f"{SECONDS}秒で読み終わりません") from error
    except (subprocess.SubprocessError, OSError, ValueError, KeyError) as error:
        was_ended = getattr(error, "returncode", 0) < 0
        problem = "時間かメモリーの上限に達しました" if was_ended else "開けません"
        raise Unread(problem) from error


def can_read(code: Code) -> bool:
    """Tell whether a refusal means a format whose values can be had."""
    return code.code in FORMATS


def _sheet(sheet: dict[str, Any]) -> Sheet:
    cells = {
        (sheet["top"] + row, sheet["left"] + column): Cell(Kind(value[0]), _text(value), None, 0)
        for row, values in enumerate(sheet["rows"])
        for column, value in enumerate(values)
        if value is not None
    }
    return Sheet(name=sheet["name"], state=sheet["state"], cells=cells)


def _text(value: list[str]) -> str:
    kind, text = value
    return text.removesuffix(".0") if kind == "number" else text.replace("\r\n", "\n")
