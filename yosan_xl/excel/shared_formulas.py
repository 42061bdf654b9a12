"""Formulas below or beside one another that are one formula, moved: a file has it once (ISO/IEC 29500-1, 18.3.1.40)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.excel.ooxml.formulas import SharedFormula
from yosan_xl.form.area import Area


class PlacedFormula(NamedTuple):
    """A formula (without `=`) in its cell; row and column count from 0."""

    column: int
    row: int
    text: str


_HOME = 1_000, 1_000
"""The cell in which formulas are compared: whatever they refer to is on the sheet."""


@lru_cache(maxsize=32)
def shared_formulas(formulas: tuple[PlacedFormula, ...]) -> Mapping[tuple[int, int], str]:
    """Return the attributes of the element of each formula that is shared, by row and column.

    The first of those below or beside one another says by `ref` which cells have it. What names another sheet is
    not shared, as in Excel.
    """
    alike: dict[str, list[PlacedFormula]] = {}
    for one in sorted(formulas):
        if "!" not in one.text:
            home = SharedFormula(one.text, one.row, one.column).at(*_HOME)
            alike.setdefault(home, []).append(one)
    found: dict[tuple[int, int], str] = {}
    for number, run in enumerate(_runs(alike.values())):
        kind = f' t="shared" si="{number}"'
        first, last = run[0], run[-1]
        area = Area(first.row, first.column, last.row, last.column)
        found |= {(one.row, one.column): kind for one in run}
        found[first.row, first.column] = f'{kind} ref="{area.a1()}"'
    return found


def _runs(alike: Iterable[Sequence[PlacedFormula]]) -> Iterator[list[PlacedFormula]]:
    """Yield the formulas of a row, and those right below one another."""
    for own in alike:
        run = [own[0]]
        for one in own[1:]:
            above, first = run[-1], run[0]
            is_below = (above.column, above.row + 1) == (one.column, one.row)
            if not (first.row == above.row == one.row or (is_below and first.column == one.column)):
                yield from [run] if len(run) > 1 else []
                run = []
            run.append(one)
        yield from [run] if len(run) > 1 else []
