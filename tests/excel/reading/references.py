"""What inserting and deleting rows or columns does to the references of a sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yosan_xl.form.area import Area, column_name

GONE = "#REF!"

_STRING = re.compile(r'("(?:[^"]|"")*")')
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]+"
_REFERENCE = re.compile(rf"(?<![\w.!'$])({_CELL})(?::({_CELL}))?(?![\w(!.])")
_PARTS = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Shift:
    """A row or a column (from 0) inserted before `at`, or deleted there."""

    at: int
    rows: bool
    delete: bool = False

    def line(self, number: int) -> int | None:
        """Give where a row (or column) stands after the shift, None where it is deleted."""
        if number < self.at:
            return number
        if self.delete:
            return None if number == self.at else number - 1
        return number + 1

    def cell(self, row: int, column: int) -> tuple[int, int] | None:
        """Give where a cell stands after the shift."""
        row_now, column_now = (self.line(row), column) if self.rows else (row, self.line(column))
        return None if row_now is None or column_now is None else (row_now, column_now)

    def area(self, area: Area) -> Area | None:
        """Give what an area becomes: it grows, shrinks, moves or goes."""
        if self.rows:
            lines = self._span(area.top, area.bottom)
            return lines and Area(lines[0], area.left, lines[1], area.right)
        lines = self._span(area.left, area.right)
        return lines and Area(area.top, lines[0], area.bottom, lines[1])

    def formula(self, text: str) -> str:
        """Give a formula after the shift, its references to other sheets as they are."""
        parts = _STRING.split(text)
        return "".join(
            part if part.startswith('"') else _REFERENCE.sub(self._reference, part)
            for part in parts
        )

    def _span(self, first: int, last: int) -> tuple[int, int] | None:
        if not self.delete:
            return first + (first >= self.at), last + (last >= self.at)
        first, last = first - (first > self.at), last - (last >= self.at)
        return (first, last) if first <= last else None

    def _reference(self, match: re.Match[str]) -> str:
        area = self.area(Area.parse(match[0]))
        if area is None:
            return GONE
        first = _like(match[1], area.top, area.left)
        return f"{first}:{_like(match[2], area.bottom, area.right)}" if match[2] else first


def _like(written: str, row: int, column: int) -> str:
    match = _PARTS.fullmatch(written)
    assert match
    return f"{match[1]}{column_name(column)}{match[3]}{row + 1}"
