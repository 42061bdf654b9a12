"""A comparison of two years as a workbook: 増減 and 増減率 are formulas, with their values cached."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from yosan_xl.excel.checked import CheckedBook, workbook
from yosan_xl.excel.plain_table import FIRST_ROW, Column, PlainTable, cell, figure_width
from yosan_xl.excel.summary.styles import BODY, Formats
from yosan_xl.model.comparison import Comparison, Row

SHEET, ASKED = "比較", "確認"

_WIDTHS = {
    "要求書ID": 11,
    "コード": 9,
    "所管課": 30,
    "事業名": 40,
    "会計": 22,
    "款": 18,
    "要求区分": 20,
}
_SAME, _QUESTION = "同じものとして比べた", "確かめてください"


def comparison_bytes(found: Comparison) -> bytes:
    """Give the workbook (xlsx); the same input gives the same bytes. Raises checked.WriteFailed."""
    out = BytesIO()
    with workbook(out, title=found.heading, year=found.new.year.western, default_font=BODY) as book:
        formats = Formats(book)
        _write_rows(book, formats, found)
        if found.notes or found.questions:
            _write_asked(book, formats, found)
    return out.getvalue()


def key_columns(headings: Sequence[str]) -> list[Column]:
    """Give the columns of a row's key."""
    codes = ("要求書ID", "コード")
    return [Column(name, _WIDTHS[name], "code" if name in codes else "text") for name in headings]


def _write_rows(book: CheckedBook, formats: Formats, found: Comparison) -> None:
    keys = key_columns(found.by.headings)
    named = any(row.was for row in found.rows)
    money = figure_width([row.sum for row in (found.total.old, found.total.new)])
    figures = [
        Column("区分", 8, "code"),
        *(Column(f"{name}\n件数", 9, "count") for name in found.columns),
        *(Column(f"{name}\n額", money, "money") for name in found.columns),
        Column("増減", money, "money"),
        Column("増減率（％）", 10, "share"),
        *([Column("前の年度での名称", 40, "text")] if named else []),
    ]
    page = PlainTable(book, formats, SHEET, (*keys, *figures), found.heading)
    page.note(found.basis, "単位：千円")
    last = FIRST_ROW + len(found.rows) - 1
    for at, row in enumerate(found.rows, FIRST_ROW):
        was = [row.was] if named else []
        page.write(at, (*row.key, row.state.value, *_amounts(row), None, None, *was), "row")
        _write_change(page, at, len(keys), row, "row")
    total = found.total
    page.write(last + 1, ("計",), "total")
    for offset, value in enumerate(_amounts(total), len(keys) + 1):
        area = f"{cell(FIRST_ROW, offset)}:{cell(last, offset)}"
        page.formula(last + 1, offset, f"=SUM({area})", value, "total")
    _write_change(page, last + 1, len(keys), total, "total")
    page.finish(last + 1, last)


def _amounts(row: Row) -> tuple[int, int, int, int]:
    return row.old.count, row.new.count, row.old.sum, row.new.sum


def _write_change(page: PlainTable, at: int, keys: int, row: Row, level: str) -> None:
    """Write 増減 and 増減率 with the formulas a reader would type."""
    old, new, change = (cell(at, keys + offset) for offset in (3, 4, 5))
    page.formula(at, keys + 5, f"={new}-{old}", row.change, level)
    # A rate of 0.1 % is no money; the sheet's own ROUND gives the same.
    rate = "" if row.rate is None else row.rate / 10
    formula = f'=IF({old}=0,"",ROUND({change}/ABS({old})*100,1))'
    page.formula(at, keys + 6, formula, rate, level)


def _write_asked(book: CheckedBook, formats: Formats, found: Comparison) -> None:
    columns = (Column("種類", 20, "text"), Column("内容", 100, "text"))
    page = PlainTable(book, formats, ASKED, columns, found.heading)
    page.note("同じ事業かどうかは、人が決めて 対応表.csv に書きます。", "")
    rows = [(_SAME, one) for one in found.notes] + [(_QUESTION, one) for one in found.questions]
    for at, row in enumerate(rows, FIRST_ROW):
        page.write(at, row, "row")
    page.finish(FIRST_ROW + len(rows) - 1, FIRST_ROW + len(rows) - 1)
