"""はじめに: how to fill the book, by when, for whom, and what the looks mean."""

from __future__ import annotations

from collections.abc import Sequence

from yosan_xl.excel import styles
from yosan_xl.excel.cells import put_value
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.sheet_names import GUIDE
from yosan_xl.excel.sheet_words import GUIDE_FACTS, GUIDE_HEADINGS, GUIDE_LOOKS, GUIDE_STEPS
from yosan_xl.excel.wrapping import display_lines
from yosan_xl.form.area import Area
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan
from yosan_xl.model.department import Department
from yosan_xl.model.settings import Settings

_WIDTHS = (24, 132, 560)
_TEXT_EM = 38
"""How many full-width characters fit a line of the text column."""


def write_guide(
    book: CheckedBook, plan: Plan, settings: Settings, department: Department, password: str
) -> None:
    """Write the first sheet of a department's book."""
    sheet = book.add_worksheet(GUIDE)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column_pixels(column, column, width)
    title = f"{settings.year.label}{plan.title}"
    sheet.write_string(1, 1, title, book.format(styles.GUIDE["title"]))
    sheet.set_row(1, 32)
    row = _rows(book, sheet, 3, _facts(settings, department))
    row = _heading(book, sheet, row + 1, GUIDE_HEADINGS[0])
    row = _rows(book, sheet, row, GUIDE_STEPS)
    row = _heading(book, sheet, row + 1, GUIDE_HEADINGS[1])
    for name, text, by in GUIDE_LOOKS:
        style = styles.slot_style(FieldKind.TEXT, by)
        put_value(book, sheet, Area(row, 1, row, 1), name, {**style, "locked": True})
        sheet.write_string(row, 2, text, book.format(styles.GUIDE["beside"]))
        sheet.set_row(row, 24)
        row += 1
    sheet.hide_gridlines(2)
    sheet.protect(password)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _facts(settings: Settings, department: Department) -> list[tuple[str, str]]:
    own = f"{department.name}（コード {department.code}）"
    texts = (own, settings.deadline, settings.contact)
    return [(name, text) for name, text in zip(GUIDE_FACTS, texts, strict=True) if text]


def _heading(book: CheckedBook, sheet: CheckedSheet, row: int, text: str) -> int:
    for column, words in ((1, text), (2, "")):
        put_value(book, sheet, Area(row, column, row, column), words, styles.GUIDE["heading"])
    sheet.set_row(row, 22)
    sheet.set_row(row + 1, 6)
    return row + 2


def _rows(
    book: CheckedBook, sheet: CheckedSheet, row: int, entries: Sequence[tuple[str, str]]
) -> int:
    for name, text in entries:
        sheet.write_string(row, 1, name, book.format(styles.GUIDE["name"]))
        sheet.write_string(row, 2, text, book.format(styles.GUIDE["text"]))
        sheet.set_row(row, 15 * display_lines(text, _TEXT_EM) + 6)
        row += 1
    return row
