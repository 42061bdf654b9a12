"""What stood on the sheets of a summary that nobody types into, in marks of their rows and columns; and what differs from it now.

A formula counts as one, whatever its value. In the order of rows, in empty rows and columns, and in white space nothing differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import Book, Cell, Format, RowTexts, Sheet, figures
from yosan_xl.excel.ooxml.rich_text import WHITE
from yosan_xl.excel.reading.entries import numeral, raw_text
from yosan_xl.excel.rows import Content, Formula, SheetCells
from yosan_xl.excel.summary.stamp import MarkedSheet, hashed, loose_text
from yosan_xl.form.area import a1

_FORMULA = "="
_MOST_NOTES = 50
"""Cells of a sheet that are carried one by one: what is more is not typed but pasted, and the old book is kept."""


def text_of(cell: Cell) -> str:
    """Return what is compared of a cell."""
    return _FORMULA if cell.formula is not None else "".join(raw_text(cell).split())


def marked_sheet(cells: SheetCells) -> MarkedSheet:
    """Return the marks of what is being written on a sheet."""
    columns: dict[int, list[str]] = {}
    rows = []
    for contents in _contents(cells):
        texts = [(column, text) for column, one in contents if (text := _text(one))]
        if texts:
            rows.append(_row_mark(text for _, text in texts))
        for column, text in texts:
            columns.setdefault(column, []).append(text)
    return MarkedSheet(tuple(rows), tuple(map(_column_mark, columns.values())))


def marked_texts(cells: SheetCells) -> MarkedSheet:
    """Return the marks of every text that is being written on a sheet, wherever it stands."""
    texts = (_text(one) for contents in _contents(cells) for _, one in contents)
    return MarkedSheet(texts=tuple(dict.fromkeys(hashed(text) for text in texts if text)))


def _contents(cells: SheetCells) -> Iterator[Iterable[tuple[int, Content]]]:
    for own in cells.cells.values():
        yield ((column, own[column][0]) for column in sorted(own))
    for row in cells.rows:
        yield enumerate(row.values)


def _text(content: Content) -> str:
    if content is None or content == "":
        return ""
    if isinstance(content, Formula):
        return _FORMULA
    return _of_number(content) if isinstance(content, Decimal) else loose_text(content)


@lru_cache
def _of_number(number: Decimal) -> str:
    return numeral(figures(number))


def _row_mark(texts: Iterable[str]) -> str:
    return hashed("\x1f".join(texts))


def _column_mark(texts: Iterable[str]) -> str:
    return hashed("\x1f".join(sorted(texts)))


def is_as_written(texts: RowTexts, marked: MarkedSheet) -> bool:
    """Return whether every row of a sheet is one that was written."""
    return not Counter(map(_row_mark, texts.rows)) - Counter(marked.rows)


class ChangedCell(NamedTuple):
    """A cell (0-based) in which something stands that was not written there, and what."""

    row: int
    column: int
    text: str


def differences(sheet: Sheet, marked: MarkedSheet) -> list[ChangedCell] | None:
    """Return what stands on a sheet and was not written there; None where that is too much to tell cell by cell."""
    found = every_difference(sheet, marked)
    if len(found) > _MOST_NOTES:
        return None
    return [ChangedCell(row, column, _said(sheet.cells[row, column])) for row, column in found]


def strange_texts(sheet: Sheet, marked: MarkedSheet) -> list[ChangedCell]:
    """Return what stands on a sheet and was written in none of its cells."""
    return [
        ChangedCell(*at, _said(cell))
        for at, cell in sorted(sheet.cells.items())
        if (text := text_of(cell)) and hashed(text) not in marked.texts
    ]


def every_difference(sheet: Sheet, marked: MarkedSheet) -> list[tuple[int, int]]:
    """Return the cells in which something stands that was not written there."""
    rows: dict[int, dict[int, str]] = {}
    columns: dict[int, list[str]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if text := text_of(cell):
            rows.setdefault(row, {})[column] = text
            columns.setdefault(column, []).append(text)
    left = Counter(marked.rows)
    known = set(marked.columns)
    changed = {column for column, texts in columns.items() if _column_mark(texts) not in known}
    found = []
    for row, texts in rows.items():
        own = _row_mark(texts.values())
        left[own] -= 1
        if left[own] < 0:
            found += [(row, column) for column in texts if column in changed]
    return found


def _said(cell: Cell) -> str:
    return raw_text(cell) or (f"={cell.formula}" if cell.formula else "")


def strange_styles(book: Book, grounds: Iterable[str]) -> frozenset[int]:
    """Return the formats of a book whose ground is none that the summary was written with."""
    own = {WHITE, *(tuple(bytes.fromhex(one)) for one in grounds)}
    return frozenset(at for at, one in enumerate(book.formats) if _is_strange(one, own))


def _is_strange(look: Format, own: Collection[object]) -> bool:
    return look.ground is not None and look.ground not in own


def coloured(sheet: Sheet, styles: frozenset[int]) -> list[str]:
    """Return the cells (A1), rows (`5:5`) and columns of a sheet in some formats."""
    cells = [a1(*at) for at, cell in sheet.cells.items() if cell.style in styles]
    blanks = [at for at, style in sheet.blanks.items() if int(style or 0) in styles]
    rows = [f"{row + 1}:{row + 1}" for row, style in sheet.row_styles.items() if style in styles]
    columns = [a1(0, one.first) for one in sheet.columns if one.style in styles]
    return list(chain(cells, blanks, rows, columns))


def styles_of(sheet: Sheet) -> frozenset[int]:
    """Return the formats of the cells, rows and columns of a sheet."""
    blanks = {int(style or 0) for style in set(sheet.blanks.values())}
    cells = {cell.style for cell in sheet.cells.values()}
    return frozenset(
        blanks | cells | set(sheet.row_styles.values()) | {one.style for one in sheet.columns}
    )


def texts_of(sheet: Sheet) -> Mapping[int, list[str]]:
    """Return the texts of each row of a sheet."""
    rows: dict[int, list[str]] = {}
    for (row, _), cell in sorted(sheet.cells.items()):
        if text := text_of(cell):
            rows.setdefault(row, []).append(text)
    return rows
