"""What somebody typed into a cell, as it is carried from a book that came back into a clean one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from yosan_xl.excel.sheet_words import ESTIMATE
from yosan_xl.form.relation import CellValue

Cell = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class TypedCell:
    """The content of a cell: the value the sheet computes with, and how it came about.

    `formula` has no leading `=`; it is one that `is_plain`, and `was_formula` tells that another
    stood here, whose value alone is carried. A date's `value` is its day number.
    """

    value: CellValue = None
    formula: str | None = None
    is_date: bool = False
    was_formula: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether nothing stands in the cell."""
        return self.value is None and self.formula is None


NOTHING = TypedCell()


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A request sheet as typed: the rows of each slot and reason by defined name.

    `spots` gives by the cell (A1) of the book that came back whose row it is.
    """

    name: str
    request_id: str | None
    cells: Mapping[str, tuple[TypedCell, ...]]
    spots: Mapping[str, tuple[str, int]]


_PLACE = r"\$?[A-Z]{1,2}\$?[0-9]{1,5}"
_AREA = rf"{_PLACE}(?::{_PLACE})?"
_PLAIN = r'[0-9.,+\-*/()%<>=\s]|""|(?:SUM|ROUND|ROUNDUP|ROUNDDOWN|INT|N|IF|COUNT)(?=\()'
_POINTING = re.compile(rf"'?{ESTIMATE}'?!{_AREA}|{_PLAIN}")
_AMONG_THEMSELVES = re.compile(rf"(?:'?{ESTIMATE}'?!)?{_AREA}|{_PLAIN}")
_LONGEST = 500


def is_plain(formula: str, *, own: bool = False) -> bool:
    """Return whether a formula (without `=`) only computes, with figures and cells of 積算.

    Any other (another book, the web, an inserted row's reference) is carried as its value alone.
    `own` are formulas of 積算 itself, which name its cells without the sheet.
    """
    pattern = _AMONG_THEMSELVES if own else _POINTING
    return len(formula) <= _LONGEST and not pattern.sub("", formula)
