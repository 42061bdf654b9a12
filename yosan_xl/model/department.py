"""所管課 and the roster (組織.csv): the units that hand in budget requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from yosan_xl.model.names import canonical


class Expected(Enum):
    """What 組織.csv says of a unit in its column 「要求」: a book is awaited, none comes, none is asked."""

    BOOK = ""
    NONE = "なし"
    EXEMPT = "対象外"


@dataclass(frozen=True, slots=True)
class Department:
    """A submitting unit, known by its code; `bureau` (部) or `section` (課) may be empty."""

    code: str
    bureau: str
    section: str
    account: str | None = None
    expected: Expected = Expected.BOOK

    @property
    def name(self) -> str:
        """`企画経営部 企画課`: 部 and 課 as the form prints them."""
        return f"{self.bureau} {self.section}".strip()


@dataclass(frozen=True, slots=True)
class Roster:
    """Every unit of the municipality, in the order of 組織.csv."""

    departments: tuple[Department, ...]
    _by_code: dict[str, Department] = field(init=False, repr=False, compare=False)
    _positions: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the units by their code, for the look-ups of every request; the first one counts."""
        backwards = list(enumerate(self.departments))[::-1]
        object.__setattr__(self, "_by_code", {unit.code: unit for _, unit in backwards})
        object.__setattr__(self, "_positions", {unit.code: at for at, unit in backwards})

    def __iter__(self) -> Iterator[Department]:
        return iter(self.departments)

    def __len__(self) -> int:
        return len(self.departments)

    def find(self, wanted: str) -> tuple[Department, ...]:
        """Give the units meant by a code, a 課 or a `部 課`; several when that is ambiguous."""
        by_code = tuple(unit for unit in self if unit.code == wanted)
        if by_code:
            return by_code
        # As a Mac, a PDF or full-width typing spells it: names are the same name all the same.
        name = canonical(wanted)
        return tuple(
            unit
            for unit in self
            if name in map(canonical, (unit.section or unit.bureau, unit.bureau + unit.section))
        )

    def by_code(self, code: str | None) -> Department | None:
        """Give the unit with this code, or None."""
        return self._by_code.get(code) if code is not None else None

    def file_stem(self, unit: Department) -> str:
        """Give `0801_国保年金課`, and `<code>_<部><課>` where a 課 name stands twice."""
        times = Counter(other.section for other in self)
        short = unit.section and times[unit.section] == 1
        return f"{unit.code}_{unit.section if short else unit.bureau + unit.section}"

    def position(self, code: str | None) -> int:
        """Give the place of a unit in the roster, and one past the end for an unknown code."""
        return len(self) if code is None else self._positions.get(code, len(self))
