"""What the worksheets of one book share while they are read."""

from __future__ import annotations

from dataclasses import fields
from typing import NamedTuple

from yosan_xl.excel.ooxml.limits import Limits


class Tally:
    """Counts over all parts of one book, held against the limits."""

    __slots__ = ("_counts", "_limits")

    def __init__(self, limits: Limits) -> None:
        """Begin at nought."""
        self._limits = limits
        self._counts = {field.name: 0 for field in fields(limits)}

    def add(self, name: str, count: int = 1) -> None:
        """Count more of what the limit called `name` is for. Raises Refused."""
        counted = self._counts[name] = self._counts[name] + count
        self._limits.check(name, counted)


class Source(NamedTuple):
    """A worksheet part, and the strings, limits and counts it shares with the other sheets.

    `numbered_strings` are the strings by their number as a cell writes it.
    """

    part: str
    strings: list[str]
    numbered_strings: dict[str, str]
    limits: Limits
    tally: Tally
