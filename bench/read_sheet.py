"""How long reading a book takes, against the least it could take and against openpyxl.

`python -m bench.read_sheet` reads books of one filled request sheet, all of one template and none
of them twice, in four ways, turn by turn, and prints medians of ratios: seconds cannot be compared
between machines.
"""

from __future__ import annotations

import io
import statistics
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from xml.parsers import expat

import openpyxl

from bench.books import documents
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.model.department import Department
from yosan_xl.resources import data_root
from yosan_xl.usecases.fill import filled_book
from yosan_xl.usecases.generate import plan_for
from yosan_xl.usecases.year import open_year

ROUNDS, BOOKS, FEW = 9, 40, 4
"""How often, how many books each time, and how many of these openpyxl loads."""

REVISION = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
NOT_NEEDED = "xl/theme/"
"""The one part of the book that the reader leaves alone."""


def books(first: int, last: int) -> list[bytes]:
    """Give the books of departments `first` to `last`, each with a request of its own."""
    year = open_year(data_root() / "examples" / "R2")
    settings = replace(year.settings, sheets=1)
    plan = plan_for(settings)
    units = [Department(f"{n:05d}", "部", f"{n}課") for n in range(first, last)]
    return [
        filled_book(plan, settings, unit, documents(unit, first + n, 1))
        for n, unit in enumerate(units)
    ]


def marked(data: bytes, number: int) -> bytes:
    """Give a book with the numbers of its own that Excel gives to each book it saves."""
    uid = f"{{{number:08X}-0001-0000-0200-000000000000}}"
    own = f'xmlns:xr="{REVISION}" xr:uid="{uid}"'
    revision = f'<xr:revisionPtr xmlns:xr="{REVISION}" documentId="8_{uid}"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w", 8) as made:
        for name in book.namelist():
            part = book.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = part.replace(b"<worksheet ", f"<worksheet {own} ".encode(), 1)
            elif name == "xl/workbook.xml":
                part = part.replace(b"<sheets>", f"{revision}<sheets>".encode(), 1)
            made.writestr(name, part)
    return out.getvalue()


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


def seconds(read: Callable[[bytes], object], data: list[bytes]) -> float:
    """Give the seconds of reading a book, each read once."""
    started = time.perf_counter()
    for one in data:
        read(one)
    return (time.perf_counter() - started) / len(data)


def main() -> None:
    """Print the four ratios."""
    for one in books(0, BOOKS):
        open_book(one)  # a template seen before
    rounds = []
    for turn in range(1, ROUNDS + 1):
        fresh = books(turn * BOOKS, (turn + 1) * BOOKS)
        ours = seconds(open_book, fresh)
        saved = [marked(one, turn * BOOKS + n) for n, one in enumerate(fresh)]
        others = ((inflate, fresh), (parse_for_nothing, fresh), (load_twice, fresh[:FEW]))
        row = [seconds(read, own) / ours for read, own in (*others, (open_book, saved))]
        rounds.append(row)
    inflating, parsing, openpyxl_twice, excel = map(statistics.median, zip(*rounds, strict=True))
    print(f"inflating the parts: open_book takes {1 / inflating:.1f} times as long")
    print(f"parsing them for nothing: open_book takes {1 / parsing:.1f} times as long")
    print(f"openpyxl, loaded twice: takes {openpyxl_twice:.1f} times as long as open_book")
    print(f"books marked as Excel marks them: open_book takes {excel:.2f} times as long")


if __name__ == "__main__":
    main()
