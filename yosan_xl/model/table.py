"""A table as a value: its columns, rows and total once, for text, CSV, JSON and workbooks alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

Value = str | int | Decimal | None


class ColumnKind(Enum):
    """What the values of a column are; the value names their looks in a workbook."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "integer"
    COUNT = "count"
    MONEY = "money"
    """Amounts in 千円."""
    RATE = "share"
    """Integers of 0.1 %."""
    RATE_WORDS = "unit"
    """A rate as it is said: `△12.3%`, `皆増`."""

    @property
    def is_figure(self) -> bool:
        """Return whether values of this kind end together at the right."""
        return self not in (ColumnKind.TEXT, ColumnKind.CODE)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: what stands above it, of what kind it is, and what it is called.

    A `key` that begins with / is the place (JSON Pointer) of the value in the JSON of a row; `missing`
    stands there where the row has no value. `heading` is the label for data, with its unit. `of` are
    the keys of two columns that a workbook computes this one from. The label's first line says enough
    where two have no room.
    """

    label: str
    kind: ColumnKind = ColumnKind.TEXT
    key: str = ""
    heading: str = ""
    missing: Value = None
    of: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values below columns, and a last row of sums where there is one.

    Each of the `subtotals` sums the rows that begin with the same value as it does, and stand together.
    """

    name: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    subtotals: tuple[tuple[Value, ...], ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Return what stands above the columns as data."""
        return tuple(column.heading or column.label for column in self.columns)

    def at(self, key: str) -> int:
        """Return the place (0-based) of a column; raise ValueError for a key that is none's."""
        return [column.key for column in self.columns].index(key)

    def pick(self, keys: Iterable[str]) -> Table:
        """Return the columns of these keys, in this order."""
        places = [self.at(key) for key in keys]
        return replace(
            self,
            columns=tuple(self.columns[at] for at in places),
            rows=tuple(tuple(row[at] for at in places) for row in self.rows),
            subtotals=tuple(tuple(row[at] for at in places) for row in self.subtotals),
            total=self.total and tuple(self.total[at] for at in places),
        )
