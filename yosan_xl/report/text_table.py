"""A table as text for a terminal: aligned columns, figures to the right."""

from __future__ import annotations

from collections.abc import Sequence

from yosan_xl.model.money import with_commas
from yosan_xl.model.table import Column, ColumnKind, Table, Value
from yosan_xl.report.printable import columns, printable


def table_lines(table: Table, nothing: str = "") -> list[str]:
    """Return a line for the labels, one for each row, and one for the total.

    `nothing` stands where a figure is missing (統計表の表記: - is no figure, 0 is an amount).
    """
    every = [*table.rows, *([table.total] if table.total else [])]
    texts = [_labels(table), *(_texts(table, row, nothing) for row in every)]
    widths = [max(map(columns, cells)) for cells in zip(*texts, strict=True)]
    right = [column.kind.is_figure for column in table.columns]
    return [_line(row, widths, right) for row in texts]


def _labels(table: Table) -> list[str]:
    return [printable(column.label.partition("\n")[0]) for column in table.columns]


def _texts(table: Table, row: Sequence[Value], nothing: str) -> list[str]:
    return [_text(column, value, nothing) for column, value in zip(table.columns, row, strict=True)]


def _text(column: Column, value: Value, nothing: str) -> str:
    if value is None:
        return nothing if column.kind.is_figure else ""
    if column.kind in (ColumnKind.COUNT, ColumnKind.MONEY) and isinstance(value, int):
        return with_commas(value)
    return printable(str(value))


def _line(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = []
    for text, width, is_right in zip(texts, widths, right, strict=True):
        blank = " " * (width - columns(text))
        cells.append(blank + text if is_right else text + blank)
    return "  ".join(cells).rstrip()
