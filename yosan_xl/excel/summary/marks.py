"""The hidden sheet of the summary: that it is ours, and what stood in its cells when written.

From each cell's mark (a short hash) the next run tells what finance typed, without a copy of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from yosan_xl.excel.checked import CheckedBook
from yosan_xl.excel.rows import Row, Value, fitting
from yosan_xl.excel.summary.decisions import NO_LINES
from yosan_xl.excel.summary.definition import SheetDefinition
from yosan_xl.excel.summary.desk_rows import desk_rows
from yosan_xl.excel.summary.grouped import NOTHING as NO_REQUESTS
from yosan_xl.excel.summary.page import Contents
from yosan_xl.form.schema import YEARS
from yosan_xl.model.decision import LineKey

SHEET = "_yosan_summary"
VERSION = "1"
SIZE = 8
"""The characters of a mark."""

_PLAIN = ("", "", "")

NOTHING = " " * SIZE
"""The mark of an empty cell."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a summary says of itself; `rows` has by sheet and row the marks of its columns."""

    fiscal_year: int
    sheets: frozenset[str]
    own: Mapping[str, frozenset[str]]
    rows: Mapping[tuple[str, str], str]
    absorbed: frozenset[str]
    sizes: Mapping[str, tuple[int, int]]


def mark(content: Value) -> str:
    """Give the mark of a cell's content; line breaks of all kinds are one, blank text is nothing."""
    # What is too long for a cell was written shortened.
    text = fitting("" if content is None else str(content))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (
        hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:SIZE]
        if text.strip()
        else NOTHING
    )


def loose_mark(content: Value) -> str:
    """Give the mark of what is no entry: white space, which programs change, does not matter."""
    return mark("".join(fitting("" if content is None else str(content)).split()))


def row_mark(request: str, line: LineKey | None) -> str:
    """Give how the stamp knows a row: by its request, and by its line."""
    parts = [request, *([str(line.position), line.part or "", line.label or ""] if line else [])]
    text = "\n".join("".join(part.split()) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[: 2 * SIZE]


def write_marks(book: CheckedBook, contents: Contents) -> None:
    """Write the hidden sheet; it comes last."""
    sizes = list(_sizes(book))
    sheet = book.add_worksheet(SHEET)
    for at, row in enumerate((*_rows(contents), *sizes)):
        sheet.pour(Row(at, row, _PLAIN))
    sheet.protect("")
    sheet.hide()


def read_stamp(rows: Iterable[tuple[str, str, str]]) -> Stamp:
    """Read a stamp back; raise ValueError where it is not one of ours."""
    rows = list(rows)
    if rows[:1] != [("yosan-xl", "summary", VERSION)]:
        raise ValueError("no stamp")
    years = [two for one, two, _ in rows if one == "fiscal_year"]
    if not years or not years[0].isascii() or not years[0].isdecimal() or len(years[0]) != 4:
        raise ValueError("fiscal_year")
    if not YEARS[0] <= int(years[0]) <= YEARS[1]:
        raise ValueError("fiscal_year")
    return Stamp(
        int(years[0]),
        frozenset(two for one, two, _ in rows if one == "sheet"),
        {two: frozenset(_cut(three)) for one, two, three in rows if one == "own"},
        {(one[4:], two): three for one, two, three in rows if one.startswith("row ")},
        frozenset(two for one, two, _ in rows if one == "absorbed"),
        {two: _size(three) for one, two, three in rows if one == "size"},
    )


def marks_of(text: str, sheet: SheetDefinition) -> dict[str, tuple[str, str]]:
    """Give by column the marks of a row: of what documents said, and of what was written.

    Raises ValueError where they do not fit the sheet.
    """
    found = _cut(text)
    if len(found) != 2 * len(sheet.fields) or len(text) % SIZE:
        raise ValueError(sheet.name)
    pairs = zip(found[::2], found[1::2], strict=True)
    return {field.key: pair for field, pair in zip(sheet.fields, pairs, strict=True)}


def _rows(contents: Contents) -> Iterator[tuple[str, str, str]]:
    definition = contents.definition
    yield "yosan-xl", "summary", VERSION
    yield "fiscal_year", str(contents.rollup.settings.year.western), ""
    yield from (("absorbed", sha256, "") for sha256 in contents.desk.absorbed)
    yield from (("sheet", sheet.name, "") for sheet in definition.sheets)
    for sheet in definition.entry_sheets:
        texts = (*contents.head_texts(sheet), NO_REQUESTS, NO_LINES)
        yield "own", sheet.name, "".join(map(loose_mark, texts))
        for row in desk_rows(contents, sheet):
            marks = _marks(sheet, row.values, row.base)
            yield f"row {sheet.name}", row_mark(row.request, row.line), marks


def _sizes(book: CheckedBook) -> Iterator[tuple[str, str, str]]:
    """Give the last row and column (from 0) of every sheet: what stands beyond is somebody's note."""
    for sheet in book.target.worksheets():
        yield "size", sheet.name, f"{sheet.dim_rowmax or 0} {sheet.dim_colmax or 0}"


def _size(text: str) -> tuple[int, int]:
    row, _, column = text.partition(" ")
    if not all(part.isascii() and part.isdecimal() and len(part) < 8 for part in (row, column)):
        raise ValueError("size")
    return int(row), int(column)


def _marks(sheet: SheetDefinition, values: Mapping[str, Value], base: Mapping[str, Value]) -> str:
    marks = []
    for key in (field.key for field in sheet.fields):
        if key in sheet.entries:
            marks += [mark(base.get(key)), mark(values.get(key))]
        else:
            marks += [loose_mark(values.get(key))] * 2
    return "".join(marks)


def _cut(text: str) -> list[str]:
    return [text[at : at + SIZE] for at in range(0, len(text), SIZE)]
