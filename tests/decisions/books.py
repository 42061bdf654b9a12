"""Summaries as a person sees them, through openpyxl and the parts of the file alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell

from tests.excel.reading import attach
from tests.excel.reading.edit import Editor
from tests.read_once import values_of

_WIDEST = 300
LIST, LINES, LEFT = "一覧", "査定", "引き継げない記入"
AMOUNT, SPECIFIC, RATIONALE = "予算額", "予算額のうち特財", "編成の考え方"
REMARKS, VERDICT, REASON = "備考", "査定区分", "理由"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_SAVED_BY = re.compile(rb"<cp:lastModifiedBy>[^<]*</cp:lastModifiedBy>")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell that finance types into: the request's id, the heading, and the position of a line (from 1)."""

    request: str
    heading: str
    line: int | None = None


def headings(sheet: Any) -> int:
    """Return the row of the headings."""
    for (row, _), cell in sheet._cells.items():
        if row <= 11 and cell.value == "要求書ID":
            return int(row)
    raise LookupError(f"no headings in {sheet.title}")


def columns(sheet: Any) -> dict[str, int]:
    """Return the column of each heading; of two that are alike, the first."""
    found: dict[str, int] = {}
    row, cells = headings(sheet), sheet._cells
    # openpyxl looks at every cell of a sheet to know how wide it is.
    for column in range(1, _WIDEST + 1):
        if (cell := cells.get((row, column))) and cell.value is not None:
            found.setdefault(str(cell.value), column)
    return found


def rows(sheet: Any) -> Iterator[tuple[int, str, int | None]]:
    """Yield the row, the request and the position of the line of every row that has a request."""
    names = columns(sheet)
    for row in range(headings(sheet) + 1, sheet.max_row + 1):
        request = sheet.cell(row, names["要求書ID"]).value
        if request:
            position = sheet.cell(row, names["行"]).value if "行" in names else None
            yield row, str(request), position


def typed_column(sheet: Any, heading: str) -> int | None:
    """Return the column that finance types into under a heading; 予算額 is 区長の額 while that stage is open."""
    names, first = columns(sheet), next((row for row, _, _ in rows(sheet)), 0)
    source, _, amount = heading.rpartition(AMOUNT)
    ends = {SPECIFIC: "の額のうち特財", REASON: "の理由", VERDICT: "の査定区分"}.get(heading)
    if amount == "" and heading.endswith(AMOUNT):
        also = [name for name in names if name.startswith(source) and name.endswith("の額")]
        also = also if source else [name for name in also if name.count("の") == 1]
    else:
        also = [name for name in names if ends and name.endswith(ends)]
    for name in (heading, f"{heading}（復活後の総額）", *also):
        if name in names and first and not sheet.cell(first, names[name]).protection.locked:
            return names[name]
    return None


def cell_at(book: Any, place: Place) -> Cell | None:
    """Return the cell of a place that finance types into, None where the book has none."""
    name = LIST if place.line is None else LINES
    if name not in book.sheetnames:
        return None
    sheet = book[name]
    column = typed_column(sheet, place.heading)
    for row, request, position in rows(sheet) if column else ():
        if request == place.request and position == place.line:
            found: Cell = sheet.cell(row, column)
            return found
    return None


def cell_of(sheet: Any, row: int, column: int) -> Cell:
    """Return the cell that a person has who clicks there: of merged cells the first."""
    at = sheet.cell(row, column).coordinate
    merged = next((area for area in sheet.merged_cells.ranges if at in area), None)
    found: Cell = sheet.cell(merged.min_row, merged.min_col) if merged else sheet.cell(row, column)
    return found


def load(path: Path, *, values: bool = False) -> Any:
    """Return a book as openpyxl reads it; of one whose `values` are asked for nothing may be changed."""
    data = path.read_bytes()
    return values_of(data) if values else openpyxl.load_workbook(BytesIO(data))


def save(book: Any, path: Path, by: str = "財政課", at: str = "2019-11-01T09:00:00Z") -> None:
    """Save a book as somebody would, at some moment."""
    out = BytesIO()
    book.save(out)
    path.write_bytes(saved_by(out.getvalue(), by, at))


def saved_by(data: bytes, by: str, at: str) -> bytes:
    """Return a book's bytes as saved by somebody at some moment."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", 8) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + at.encode() + rb"\g<2>", part)
                part = _SAVED_BY.sub(b"", part).replace(
                    b"</cp:coreProperties>",
                    f"<cp:lastModifiedBy>{by}</cp:lastModifiedBy></cp:coreProperties>".encode(),
                )
            target.writestr(name, part)
    return out.getvalue()


def everything(path: Path) -> str:
    """Return all that a book's parts say, whatever they are: values, comments, drawings, colours."""
    with zipfile.ZipFile(path) as book:
        parts = [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    return unescape("\n".join(parts))


def draw(path: Path, sheet: str, text: str) -> None:
    """Put a text box upon a sheet, as Excel writes it."""
    book = Editor(path.read_bytes())
    attach.draw(book, sheet, attach.anchor(3, 3, attach.text_box(text)))
    path.write_bytes(book.data())
