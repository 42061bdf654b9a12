"""How long reading a book takes, against the least it could take and against openpyxl.

`python -m bench.read_sheet` reads the book of one filled request sheet in four ways, turn by
turn, and prints medians of ratios: seconds cannot be compared between machines.
"""

from __future__ import annotations

import io
import json
import statistics
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from xml.parsers import expat

import openpyxl

from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.resources import data_root
from yosan_xl.usecases.fill import filled_book
from yosan_xl.usecases.generate import plan_for
from yosan_xl.usecases.year import open_year

ROUNDS, REPEATS = 9, 20
NOT_NEEDED = "xl/theme/"
"""The one part of the book that the reader leaves alone."""


def book_of_one_sheet() -> bytes:
    """Give the book of the example's first request, with one request sheet."""
    year = open_year(data_root() / "examples" / "R2")
    text = (year.root / "requests.json").read_text(encoding="utf-8")
    document = json.loads(text)[0]
    unit = next(unit for unit in year.roster if unit.code == document["department"]["code"])
    settings = replace(year.settings, sheets=1)
    return filled_book(plan_for(settings), settings, unit, [document])


def inflate(data: bytes) -> None:
    """Unpack every part that the reader needs, and do nothing with it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.startswith(NOT_NEEDED):
                archive.read(name)


def parse_for_nothing(data: bytes) -> None:
    """Unpack the parts and parse them with handlers that do nothing: the floor in Python."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.startswith(NOT_NEEDED):
                parser = expat.ParserCreate(namespace_separator="}")
                parser.buffer_text = True
                parser.StartElementHandler = lambda _tag, _attributes: None
                parser.EndElementHandler = lambda _tag: None
                parser.CharacterDataHandler = lambda _text: None
                parser.Parse(archive.read(name), True)


def load_twice(data: bytes) -> None:
    """Load with openpyxl, which gives formulas or saved values, never both."""
    openpyxl.load_workbook(io.BytesIO(data))
    openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def seconds(read: Callable[[bytes], object], data: bytes, repeats: int) -> float:
    """Give the seconds of one reading, of `repeats` in a row."""
    started = time.perf_counter()
    for _ in range(repeats):
        read(data)
    return (time.perf_counter() - started) / repeats


def main() -> None:
    """Print the three ratios."""
    data = book_of_one_sheet()
    others = ((inflate, REPEATS), (parse_for_nothing, REPEATS), (load_twice, 1))
    rounds = []
    for _ in range(ROUNDS):
        ours = seconds(open_book, data, REPEATS)
        rounds.append([seconds(read, data, repeats) / ours for read, repeats in others])
    inflating, parsing, openpyxl_twice = map(statistics.median, zip(*rounds, strict=True))
    print(f"inflating the parts: open_book takes {1 / inflating:.1f} times as long")
    print(f"parsing them for nothing: open_book takes {1 / parsing:.1f} times as long")
    print(f"openpyxl, loaded twice: takes {openpyxl_twice:.1f} times as long as open_book")


if __name__ == "__main__":
    main()
