"""Shared formulas: the formula of the first cell, moved to another."""

from __future__ import annotations

import re

from yosan_xl.form.area import COLUMNS, ROWS, column_name, column_number

# What must not be touched comes first: strings, quoted sheets, brackets (tables, other books).
_TOKEN = re.compile(
    r"""
      "(?:[^"]|"")*"
    | '(?:[^']|'')*'
    | \[(?:[^\[\]]|\[[^\[\]]*\])*\]
    | (?<![\w.$\\?])(?:
        (?P<col1>\$?[A-Za-z]{1,3}):(?P<col2>\$?[A-Za-z]{1,3})
      | (?P<row1>\$?[0-9]{1,7}):(?P<row2>\$?[0-9]{1,7})
      | (?P<col>\$?[A-Za-z]{1,3})(?P<row>\$?[0-9]{1,7})
      )(?![\w.(!\\?])
    """,
    re.VERBOSE,
)
_LOST = "#REF!"


class SharedFormula:
    """A formula cut once into pieces, of which the relative references move."""

    __slots__ = ("_formula", "_pieces", "_row_col")

    def __init__(self, formula: str, row: int, col: int) -> None:
        """Take the formula (without "=") as it stands at row, column (0-based)."""
        self._formula, self._row_col = formula, (row, col)
        self._pieces: list[str | re.Match[str]] = []

    def at(self, row: int, col: int) -> str:
        """Return the formula as it reads in another cell; a reference off the sheet is #REF!."""
        down, right = row - self._row_col[0], col - self._row_col[1]
        self._pieces = self._pieces or _cut(self._formula)
        return "".join(
            piece if isinstance(piece, str) else _moved(piece, down, right)
            for piece in self._pieces
        )


def _cut(formula: str) -> list[str | re.Match[str]]:
    pieces: list[str | re.Match[str]] = []
    done = 0
    for match in _TOKEN.finditer(formula):
        if match.lastgroup:
            pieces += [formula[done : match.start()], match]
            done = match.end()
    return [*pieces, formula[done:]]


def _moved(match: re.Match[str], down: int, right: int) -> str:
    if match["row"]:
        parts, sign = [_column(match["col"], right), _row(match["row"], down)], ""
    elif match["col1"]:
        parts, sign = [_column(match["col1"], right), _column(match["col2"], right)], ":"
    else:
        parts, sign = [_row(match["row1"], down), _row(match["row2"], down)], ":"
    if None in parts:
        return match[0]
    return _LOST if _LOST in parts else sign.join(map(str, parts))


def _column(text: str, right: int) -> str | None:
    """Give the column moved; None where it is no column (the word is a name), or #REF!."""
    number = column_number(text.lstrip("$"))
    if number >= COLUMNS:
        return None
    if text[0] == "$":
        return text
    return column_name(number + right) if 0 <= number + right < COLUMNS else _LOST


def _row(text: str, down: int) -> str | None:
    number = int(text.lstrip("$"))
    if not 1 <= number <= ROWS:
        return None
    if text[0] == "$":
        return text
    return str(number + down) if 1 <= number + down <= ROWS else _LOST
