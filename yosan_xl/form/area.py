"""Cells and rectangles of a sheet, and their A1 names. Rows and columns count from 0."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

ROWS, COLUMNS = 1_048_576, 16_384
"""The size of a sheet (Excel の仕様と制限)."""

MOST_CHARACTERS = 32_767
"""What a cell can hold, in units of UTF-16 (Excel の仕様と制限)."""

_PLAIN_NAME = re.compile(r"[^\W\d][\w]*")
_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}[0-9]+|R[0-9]*(?:C[0-9]*)?|C[0-9]*", re.IGNORECASE | re.ASCII)
"""What a formula takes for a cell (A1, R1C1) and for no sheet."""

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@lru_cache(maxsize=COLUMNS)
def column_name(column: int) -> str:
    """Return `A` for 0, `XFD` for 16383."""
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


@lru_cache(maxsize=COLUMNS)
def column_number(name: str) -> int:
    """Return 0 for `A`, 16383 for `XFD`; letters beyond that give numbers beyond that."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


@lru_cache(maxsize=16_384)
def a1(row: int, column: int, *, absolute: bool = False) -> str:
    """Return `C5` (or `$C$5`) for row 4, column 2."""
    mark = "$" if absolute else ""
    return f"{mark}{column_name(column)}{mark}{row + 1}"


def of_sheet(name: str) -> str:
    """Return what stands before a cell of another sheet: `要求書1!`, `'予算 要求1'!` where it is no plain word."""
    if _PLAIN_NAME.fullmatch(name) and not _LIKE_A_CELL.fullmatch(name):
        return f"{name}!"
    quoted = name.replace("'", "''")
    return f"'{quoted}'!"


def parse_a1(text: str) -> tuple[int, int]:
    """Return (row, column) of `C5` or `$C$5`; raise ValueError for anything else."""
    match = _CELL.fullmatch(text)
    if match:
        row, column = int(match[2]) - 1, column_number(match[1])
        if 0 <= row < ROWS and column < COLUMNS:
            return row, column
    raise ValueError(text)


# A named tuple and no dataclass: a sheet has hundreds, which are compared and looked up as they are read.
class Area(NamedTuple):
    """A rectangle of cells; the bounds belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return self.a1()

    def a1(self, *, absolute: bool = False) -> str:
        """Return `C5`, or `C5:D9` where it is more than one cell."""
        first = a1(self.top, self.left, absolute=absolute)
        if self.is_single:
            return first
        return f"{first}:{a1(self.bottom, self.right, absolute=absolute)}"

    @property
    def is_single(self) -> bool:
        """Return whether this is one cell."""
        return self.top == self.bottom and self.left == self.right

    @property
    def first(self) -> str:
        """The A1 name of the top left cell, which holds the value of a merged area."""
        return a1(self.top, self.left)

    @property
    def first_absolute(self) -> str:
        """The same, as `$C$5`."""
        return a1(self.top, self.left, absolute=True)

    @property
    def height(self) -> int:
        """How many rows it has."""
        return self.bottom - self.top + 1

    def row(self, index: int) -> Area:
        """Return its row `index` (from 0) as an area of its own."""
        return Area(self.top + index, self.left, self.top + index, self.right)

    @classmethod
    def parse(cls, text: str) -> Area:
        """Understand `C5`, `$C$5:$D$9`, corners in any order; raise ValueError otherwise."""
        first, _, last = text.partition(":")
        top, left = parse_a1(first)
        bottom, right = parse_a1(last or first)
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def spanned(first: Area, last: Area) -> Area:
    """Return the smallest area that holds both."""
    return Area(
        min(first.top, last.top),
        min(first.left, last.left),
        max(first.bottom, last.bottom),
        max(first.right, last.right),
    )
