"""The formulas of a sheet (`<f>`); those of a shared one are the formula of its first cell, moved."""

from __future__ import annotations

import re

from yosan_xl.excel.ooxml.book import Cell
from yosan_xl.excel.ooxml.limits import PartSource
from yosan_xl.excel.ooxml.refusals import Refused, malformed
from yosan_xl.excel.ooxml.xml_parts import Attributes, Node, unescaped
from yosan_xl.form.area import COLUMNS, ROWS, a1, column_name, column_number

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
    """Return the column moved; None where it is no column (the word is a name), or #REF!."""
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


class Formulas:
    """Collects `<f>` of the cell now being read, and writes shared formulas out."""

    def __init__(self, source: PartSource, cells: dict[tuple[int, int], Cell]) -> None:
        """Take the sheet's cells, of which `finish` mends those that had to wait."""
        self._source, self._cells, self._limit = source, cells, source.limits.cell_chars
        self._opened: list[Attributes] = []
        self._found: list[str] = []
        self._chars = 0
        self._shared: dict[str, SharedFormula] = {}
        self._waiting: dict[tuple[int, int], str] = {}
        self.node = Node(open=self._opened.append, text=self._found.append)

    def pop(self) -> tuple[Attributes, str] | None:
        """Return what `<f>` of this cell said, None where it has none. Raises Refused."""
        if not self._found:
            return None
        found = self._opened.pop(), self._found.pop()
        if self._found:
            raise malformed(self._source.part, "1つのセルに数式が2つあります")
        return found

    def count(self, chars: int, longest: int) -> None:
        """Count formulas that are texts and no more. Raises Refused."""
        if longest > self._limit:
            raise self._source.limits.refusal("cell_chars")
        self._chars += chars

    def read(self, attributes: Attributes, said: str, place: tuple[int, int]) -> str:
        """Return the formula of the cell at `place`, "" while it waits. Raises Refused."""
        formula = unescaped(said) if "_x" in said or "\r" in said else said
        if attributes.get("t") == "shared":
            self.count(0, len(formula))
            return self._counted(self._share(attributes, formula, place))
        self.count(len(formula), len(formula))  # together no more than the part has
        return formula

    def finish(self) -> None:
        """Write out the formulas that stood before the first cell of their group."""
        self._source.tally.add("formula_chars", self._chars)
        for place, group in self._waiting.items():
            if group not in self._shared:
                raise self._wrong(place, "共有された数式の元がありません")
            formula = self._counted(self._shared[group].at(*place))
            self._cells[place] = self._cells[place]._replace(formula=formula)

    def _share(self, attributes: Attributes, formula: str, place: tuple[int, int]) -> str:
        group = attributes.get("si", "")
        if formula:
            # Only the first cell of a group says which cells it is for.
            if group not in self._shared or "ref" in attributes:
                self._shared[group] = SharedFormula(formula, *place)
            return formula
        if group in self._shared:
            return self._shared[group].at(*place)
        self._waiting[place] = group
        return ""

    def _counted(self, formula: str) -> str:
        self._source.tally.add("formula_chars", len(formula))
        return formula

    def _wrong(self, place: tuple[int, int], what: str) -> Refused:
        return malformed(self._source.part, f"セル {a1(*place)}: {what}")
