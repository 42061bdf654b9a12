"""Type into a summary as finance does: into its cells alone, as Excel saves what nobody touched as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl.cell.cell import Cell

from tests.excel.reading.edit import Editor
from tests.lazy_book import lazy_book
from tests.read_once import values_of

HEADINGS = 4


def row_of(sheet: Any, request: str, position: int | None = None) -> int:
    """Give the row of a request, or of one of its lines."""
    columns = columns_of(sheet)
    for row in range(HEADINGS + 1, sheet.max_row + 1):
        if sheet.cell(row, columns["要求書ID"]).value != request:
            continue
        if position in (None, sheet.cell(row, columns.get("行", 1)).value):
            return row
    raise AssertionError((request, position))


def columns_of(sheet: Any) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[HEADINGS] if cell.value}


def entry(book: Any, request: str, label: str, position: int | None = None) -> Cell:
    """Give an entry cell: of 一覧, or with a position of 査定."""
    sheet = book["一覧" if position is None else "査定"]
    found: Cell = sheet.cell(row_of(sheet, request, position), columns_of(sheet)[label])
    return found


def type_in(path: Path, entries: dict[tuple[str, str, int | None], object]) -> None:
    """Type values by (request, heading, position of the line or None) and save."""
    data = path.read_bytes()
    book, editor = lazy_book(data), Editor(data)
    for (request, label, position), value in entries.items():
        cell = entry(book, request, label, position)
        editor.put(cell.parent.title, cell.coordinate, value)
    editor.save_at()
    path.write_bytes(editor.data())


def shown(path: Path, request: str, label: str, position: int | None = None) -> object:
    """Give what an entry cell holds."""
    return entry(values_of(path.read_bytes()), request, label, position).value


def left(path: Path) -> list[tuple[object, ...]]:
    """Give the rows of 引き継げない記入: request, field, what was typed, why."""
    sheet = values_of(path.read_bytes())["引き継げない記入"]
    columns = [columns_of(sheet)[name] for name in ("要求書ID", "項目", "記入された内容", "わけ")]
    rows = range(HEADINGS + 1, sheet.max_row + 1)
    found = [tuple(sheet.cell(row, column).value for column in columns) for row in rows]
    return [row for row in found if row[2] is not None]
