"""The hidden sheet of the summary, written: what it says is in stamp.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from sys import intern

from xlsxwriter.utility import quote_sheetname

from yosan_xl.excel.checked import CheckedBook
from yosan_xl.excel.rows import Row, Value
from yosan_xl.excel.summary.definition import SheetDefinition, SummaryContents
from yosan_xl.excel.summary.fingerprints import marked_sheet, marked_texts
from yosan_xl.excel.summary.page import NO_LINES, NO_REQUESTS, SummaryPage
from yosan_xl.excel.summary.stamp import (
    COLUMN,
    ENTRY,
    KEY,
    SHEET,
    VERSION,
    MarkedSheet,
    history_rows,
    loose_mark,
    mark,
    marked_rows,
    row_mark,
)
from yosan_xl.model.decision import LineKey

_PLAIN = (None, None, None)
_WITH_COLUMNS = ("list", "decisions", "uncarried", "detail")
"""Kinds of sheets that are read back."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A row of a sheet that finance types into: whose it is, what it shows, and what its entry cells would show without finance."""

    request: str
    line: LineKey | None
    values: Mapping[str, Value]
    base: Mapping[str, Value]


def marks_of_row(sheet: SheetDefinition, row: EntryRow) -> tuple[str, str, str]:
    """Return a row of the stamp: how it knows a row, and the marks of its columns, of an entry cell two."""
    marks = []
    for field in sheet.fields:
        if field.key in sheet.entries:
            marks += [mark(row.base.get(field.key)), mark(row.values.get(field.key))]
        else:
            marks.append(loose_mark(row.values.get(field.key)))
    return intern(f"row {sheet.name}"), row_mark(row.request, row.line), "".join(marks)


def write_marks(book: CheckedBook, contents: SummaryContents, pages: Sequence[SummaryPage]) -> None:
    """Write the hidden sheet; it comes last."""
    told = [*_sizes(book), *_looks(book, pages)]
    _name_sheets(book, contents)
    sheet = book.add_worksheet(SHEET)
    for at, row in enumerate(chain(_rows(contents, pages), told)):
        sheet.pour(Row(at, row, _PLAIN))
    sheet.protect("")
    sheet.hide()


def _rows(
    contents: SummaryContents, pages: Sequence[SummaryPage]
) -> Iterator[tuple[str, str, str]]:
    definition = contents.definition
    yield "yosan-xl", "summary", VERSION
    yield "fiscal_year", str(contents.rollup.settings.year.western), ""
    yield "form", definition.axes.form, ""
    yield from history_rows(replace(contents.history, listed=frozenset(_listed(contents))))
    yield from (("sheet", sheet.name, sheet.list_key) for sheet in definition.sheets)
    for sheet in definition.sheets:
        if sheet.kind in _WITH_COLUMNS:
            yield from _column_rows(sheet)
    for page in pages:
        if page.sheet.entries:
            texts = (*contents.head_texts(page.sheet), NO_REQUESTS, NO_LINES)
            yield "own", page.sheet.name, "".join(map(loose_mark, texts))
            yield from page.marks


def _listed(contents: SummaryContents) -> Iterator[int]:
    """Yield the numbers of the records that 引き継げない記入 has a row of."""
    for one in contents.entries.uncarried:
        if one.number is not None and one.typed.raw:
            yield one.number


def _column_rows(sheet: SheetDefinition) -> Iterator[tuple[str, str, str]]:
    for field in sheet.fields:
        kind = ENTRY if field.key in sheet.entries else COLUMN
        yield f"{kind} {sheet.name}", field.key, field.label


def _name_sheets(book: CheckedBook, contents: SummaryContents) -> None:
    """Give each sheet a hidden name of its own, by which it is known when somebody renames or copies it."""
    for number, one in enumerate(contents.definition.sheets):
        if one.name in book.sheets:
            place = f"={quote_sheetname(one.name)}!$A$1"
            book.define_name(f"{KEY}{number}", place, one.name, hidden=True)


def _looks(book: CheckedBook, pages: Sequence[SummaryPage]) -> Iterator[tuple[str, str, str]]:
    """Return what stands on the sheets that nobody types into, and all colours of cells."""
    yield from (("ground", one, "") for one in sorted(book.grounds))
    for page in pages:
        if not page.sheet.entries:
            target = page.target
            marks = marked_texts if page.sheet.kind == "uncarried" else marked_sheet
            marked = marks(target.cells)._replace(drawings=target.drawings)
            yield from marked_rows(page.sheet.name, marked)
        elif page.target.drawings:
            yield from marked_rows(page.sheet.name, MarkedSheet(drawings=page.target.drawings))


def _sizes(book: CheckedBook) -> Iterator[tuple[str, str, str]]:
    """Return the last row and column (from 0) of every sheet: what stands beyond is somebody's note."""
    for name, sheet in book.sheets.items():
        row, column = sheet.cells.size
        yield "size", name, f"{row} {column}"
