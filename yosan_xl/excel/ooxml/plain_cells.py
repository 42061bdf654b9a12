"""The cells of a worksheet whose rows are written as programs write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from yosan_xl.excel.ooxml.book import Cell, CellKind
from yosan_xl.excel.ooxml.cells import NUMERAL, Cells, Rows
from yosan_xl.excel.ooxml.plain import characters
from yosan_xl.excel.ooxml.row_shapes import Formula, Shape


def read_plain_cells(shapes: Sequence[Shape], values: Sequence[str], cells: Cells) -> Rows:
    """Give the rows that have these shapes and, in order, these values. Raises Refused."""
    number = style = chars = longest = rows = 0
    for shape in shapes:
        rows += shape.rows
        number += len(shape.blanks) + len(shape.outlines)
        chars += shape.formula_chars
        style = shape.highest_style if shape.highest_style > style else style
        longest = shape.longest_formula if shape.longest_formula > longest else longest
    cells.count(rows, number)
    cells.check_style(style)
    cells.formulas.count(chars, longest)
    for shape in shapes:
        cells.blanks.update(shape.blanks)
        for attributes in shape.odd:
            cells.open_row(attributes)
    _fill(shapes, iter(values).__next__, cells)
    return cells.finish()


# It runs for every cell that holds something: what is common is made here, at once.
def _fill(shapes: Sequence[Shape], take: Callable[[], str], cells: Cells) -> None:
    found, string, new = cells.found, cells.numbered_strings.get, tuple.__new__
    text, number, is_numeral = CellKind.TEXT, CellKind.NUMBER, NUMERAL.fullmatch
    for shape in shapes:
        for place, kind, formula, style, has_value, inline in shape.outlines:
            value = take() if has_value else ""
            if kind == "s" and (said := string(value)) is not None:
                cell = text, said, formula, style
            elif kind == "n" and value and is_numeral(value):
                cell = number, value, formula, style
            else:
                own = characters(value) if has_value else inline
                cell = *cells.content(kind, own), formula, style
            if formula.__class__ is Formula:
                cell = *cell[:2], cells.formulas.read(*formula, place), style
            found[place] = new(Cell, cell)
