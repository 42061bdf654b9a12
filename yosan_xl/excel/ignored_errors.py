"""Where Excel would put a green triangle on a cell that is right (数式のエラーチェック), and need not.

An amount that was typed as a text keeps its triangle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yosan_xl.excel.rows import Content, Row, SheetCells
from yosan_xl.form.area import Area

_TEXT = "@"
_SIGNS = r"\s.,:/()+\-△▲%％¥￥Ee"
_LIKE_A_NUMBER = re.compile(rf"[{_SIGNS}]*\d[\d{_SIGNS}]*")
_OF_TEXTS = ("number_stored_as_text", "two_digit_text_year")
_OF_FORMULAS = ("formula_differs", "formula_range", "formula_unlocked", "empty_cell_reference")
"""Formulas unlike those beside them, that leave out cells beside them, of entry cells, of cells still empty."""


def ignored_errors(sheet: SheetCells) -> dict[str, str]:
    """Return the cells (A1, with blanks between) that are not to be marked, by XlsxWriter's name of the mark."""
    if sheet.original:
        return {}  # a copy has those of its original
    texts = " ".join(map(str, _areas_of_texts(sheet)))
    found = dict.fromkeys(_OF_TEXTS, texts) if texts else {}
    if next(sheet.formulas(), None):
        found.update(dict.fromkeys(_OF_FORMULAS, str(Area(0, 0, *sheet.size))))
    return found


def _areas_of_texts(sheet: SheetCells) -> Iterator[Area]:
    """Yield the cells for texts, and of texts like numbers; of whole rows, whole columns."""
    yield from rectangles(
        {
            row: [column for column, cell in sorted(cells.items()) if _is_for_text(*cell)]
            for row, cells in sorted(sheet.cells.items())
        }
    )
    for column in sorted(_columns_of_texts(sheet.rows)):
        yield Area(sheet.rows[0].number, column, sheet.rows[-1].number, column)


def _is_for_text(content: Content, looks: Any) -> bool:
    is_of_text = looks is not None and looks.num_format == _TEXT
    return is_of_text or (isinstance(content, str) and bool(_LIKE_A_NUMBER.fullmatch(content)))


def _columns_of_texts(rows: Sequence[Row]) -> set[int]:
    looks = {id(row.looks): row.looks for row in rows}.values()
    found = {at for own in looks for at, one in enumerate(own) if _is_for_text(None, one)}
    for row in rows:
        for at, value in enumerate(row.values):
            if isinstance(value, str) and at not in found and _LIKE_A_NUMBER.fullmatch(value):
                found.add(at)
    return found


def rectangles(columns: Mapping[int, Sequence[int]]) -> Iterator[Area]:
    """Yield the areas of columns (sorted) by row: as wide as they go, and as high as the same columns follow."""
    begun: dict[tuple[int, int], int] = {}
    for row in range(min(columns, default=0), max(columns, default=-1) + 2):
        runs = _runs(columns.get(row, ()))
        for left, right in [run for run in begun if run not in runs]:
            yield Area(begun.pop((left, right)), left, row - 1, right)
        for run in runs:
            begun.setdefault(run, row)


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last of every run of numbers that follow one another."""
    begins = [one for one in columns if one - 1 not in columns]
    ends = [one for one in columns if one + 1 not in columns]
    return list(zip(begins, ends, strict=True))
