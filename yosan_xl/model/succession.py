"""対応: which unit or project of a later year stands for which of an earlier one, as people said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from yosan_xl.model.fiscal_year import FiscalYear


class LinkKind(Enum):
    """What a row of 対応表.csv is about."""

    DEPARTMENT = "所管課"
    PROJECT = "事業"


@dataclass(frozen=True, slots=True)
class Link:
    """A row of 対応表.csv: `old` became `new` in `year`, in any year where that is None.

    `row` is 1-based as Excel counts. A project whose `new` is empty has no successor.
    """

    row: int
    kind: LinkKind
    old: str
    new: str
    year: FiscalYear | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """All rows of a 対応表.csv called `file`."""

    links: tuple[Link, ...] = ()
    file: str = "対応表.csv"

    def of(self, kind: LinkKind, old: FiscalYear, new: FiscalYear) -> Iterator[Link]:
        """Give the rows that count for the step from one year to a later one."""
        for link in self.links:
            if link.kind is kind and (link.year is None or old < link.year <= new):
                yield link
