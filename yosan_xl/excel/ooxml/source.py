"""What the worksheets of one book share while they are read."""

from __future__ import annotations

from dataclasses import dataclass

from yosan_xl.excel.ooxml.limits import Limits


@dataclass(slots=True)
class Tally:
    """What is counted over all sheets of one book."""

    cells: int = 0
    formula_chars: int = 0
    merges: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A worksheet part, and the strings, limits and counts it shares with the other sheets."""

    part: str
    strings: list[str]
    limits: Limits
    tally: Tally
