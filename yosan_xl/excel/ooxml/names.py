"""The defined names of a workbook, and the areas they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.form.area import Area


class Name(NamedTuple):
    """A defined name; one scoped to a sheet has the sheet's name and place in the workbook.

    `sheet_index` counts every sheet of the workbook (0-based), chart sheets and unread ones too.
    """

    name: str
    sheet_index: int | None
    sheet: str | None
    refers_to: str
    hidden: bool


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The names of the form in a workbook, in the file's order.

    It is equal to itself alone: books of one template share it, and what follows from the names
    can be remembered by it. `sheets` are those that a name is scoped to.
    """

    every: tuple[Name, ...] = ()
    sheets: frozenset[str | None] = field(init=False, repr=False)
    _scoped: dict[str, dict[str, Area]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Group the names by their sheets."""
        object.__setattr__(self, "sheets", frozenset(name.sheet for name in self.every))
        object.__setattr__(self, "_scoped", _scoped(self.every))

    def __iter__(self) -> Iterator[Name]:
        return iter(self.every)

    def areas(self, sheet: str) -> Mapping[str, Area]:
        """Give the areas of the names scoped to a sheet that still point into that sheet."""
        return self._scoped.get(sheet, {})


def _scoped(names: tuple[Name, ...]) -> dict[str, dict[str, Area]]:
    scoped: dict[str, dict[str, Area]] = {}
    for name in names:
        if name.sheet is not None:
            found = name_area(name)
            if found and found[0] == name.sheet:
                scoped.setdefault(name.sheet, {})[name.name] = found[1]
    return scoped


# A sheet's name unquoted, or in '...' with '' for an apostrophe; a bracket would be another book.
_REFERENCE = re.compile(
    r"(?:'((?:[^'\[\]]|'')+)'|([^'!\[\]():,#\s]+))!([$A-Za-z0-9]+(?::[$A-Za-z0-9]+)?)"
)


def name_area(name: Name) -> tuple[str, Area] | None:
    """Give the sheet's name and the area a name stands for; None unless it is one plain area."""
    # No reference to one area is longer, and what is remembered must not be.
    return _area(name.refers_to) if len(name.refers_to) <= _LONGEST else None


_LONGEST = 200
"""Characters: a sheet's name has 31, each perhaps an apostrophe that is doubled."""


@lru_cache(maxsize=8_192)
def _area(refers_to: str) -> tuple[str, Area] | None:
    match = _REFERENCE.fullmatch(refers_to.strip().removeprefix("="))
    if not match:
        return None
    sheet = match[2] or match[1].replace("''", "'")
    try:
        return sheet, Area.parse(match[3])
    except ValueError:
        return None
