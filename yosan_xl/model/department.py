"""所管課 and the roster (組織.csv): the units that hand in budget requests."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from yosan_xl.model.text import canonical

_SHORTEST_CODE = 3
"""Fewer figures are a day, an edition or a copy (`税務課(2)`) more often than a unit."""
_OF_UNITS = ("課", "室", "局", "所", "館", "園", "校", "院", "署", "委員会")
"""A name that ends otherwise (監査, 区議会) is a word of many texts: it has to stand alone."""


class Expected(Enum):
    """What 組織.csv says of a unit in its column 「要求」: a book is awaited, none comes, none is asked."""

    BOOK = ""
    NONE = "なし"
    EXEMPT = "対象外"


@dataclass(frozen=True, slots=True)
class Department:
    """A submitting unit, known by its code; `bureau` (部) or `section` (課) may be empty.

    `addresses` are where its mail goes: for the texts of `status --mail` alone, and in no other output.
    """

    code: str
    bureau: str
    section: str
    account: str | None = None
    expected: Expected = Expected.BOOK
    addresses: tuple[str, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """`企画経営部 企画課`: 部 and 課 as the form prints them."""
        return f"{self.bureau} {self.section}".strip()


@dataclass(frozen=True, slots=True)
class Roster:
    """Every unit of the municipality, in the order of 組織.csv."""

    departments: tuple[Department, ...]
    _by_code: dict[str, Department] = field(init=False, repr=False, compare=False)
    _by_name: dict[str, set[Department]] = field(init=False, repr=False, compare=False)
    _positions: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the units by their code, for the look-ups of every request; the first one counts."""
        backwards = list(enumerate(self.departments))[::-1]
        object.__setattr__(self, "_by_code", {unit.code: unit for _, unit in backwards})
        object.__setattr__(self, "_by_name", _by_name(self.departments))
        object.__setattr__(self, "_positions", {unit.code: at for at, unit in backwards})

    def __iter__(self) -> Iterator[Department]:
        return iter(self.departments)

    def __len__(self) -> int:
        return len(self.departments)

    def find(self, wanted: str) -> tuple[Department, ...]:
        """Return the units meant by a code, a 課 or a `部 課`; several when that is ambiguous."""
        if unit := self._by_code.get(wanted):
            return (unit,)
        # As a Mac, a PDF or full-width typing spells it: names are the same name all the same.
        named = self._by_name.get(canonical(wanted), ())
        return tuple(sorted(named, key=lambda unit: self.position(unit.code)))

    def named_in(self, text: str) -> frozenset[Department]:
        """Return the units that a name of a file or folder names, by whole code or by name.

        Of names within one another (振興課, 産業振興課) the longest counts; one that several units
        share (住民課) says nothing. Several units where the text names several.
        """
        return self._by_codes_in(text) | self._by_names_in(text)

    def _by_codes_in(self, text: str) -> frozenset[Department]:
        folded = unicodedata.normalize("NFKC", text).casefold()
        return frozenset(
            unit
            for code, unit in self._by_code.items()
            if len(code) >= _SHORTEST_CODE
            and code.casefold() in folded
            and re.search(_whole(code), folded)
        )

    def _by_names_in(self, text: str) -> frozenset[Department]:
        rest, found = canonical(text), set()
        for name, units in self._by_name.items():
            if name in rest and re.search(_apart(name), rest):
                found |= units if len(units) == 1 else set()
                rest = re.sub(_apart(name), "/", rest)
        return frozenset(found)

    def by_code(self, code: str | None) -> Department | None:
        """Return the unit with this code, or None."""
        return self._by_code.get(code) if code is not None else None

    def file_stem(self, unit: Department) -> str:
        """Return `0801_国保年金課`, and `<code>_<部><課>` where a 課 name stands twice."""
        times = Counter(other.section for other in self)
        short = unit.section and times[unit.section] == 1
        return f"{unit.code}_{unit.section if short else unit.bureau + unit.section}"

    def position(self, code: str | None) -> int:
        """Return the place of a unit in the roster, and one past the end for an unknown code."""
        return len(self) if code is None else self._positions.get(code, len(self))


def _by_name(units: Iterable[Department]) -> dict[str, set[Department]]:
    """Return the units by each name they go by (課, 部 and 課, 部 without 課), the longest first."""
    found: dict[str, set[Department]] = {}
    for unit in units:
        for name in {unit.section or unit.bureau, unit.bureau + unit.section} - {""}:
            found.setdefault(canonical(name), set()).add(unit)
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))


def _whole(code: str) -> str:
    """Return the pattern of a code that is no part of a longer number, or of a longer word."""
    beside = "[0-9]" if code.isdigit() else "[0-9a-z]"
    return f"(?<!{beside}){re.escape(code.casefold())}(?!{beside})"


def _apart(name: str) -> str:
    """Return the pattern of a unit's name that is no part of another word (環境課題, 監査資料)."""
    if not name.endswith(_OF_UNITS):
        return rf"(?<![^\W\d_]){re.escape(name)}(?![^\W\d_])"
    return re.escape(name) + ("(?!題)" if name.endswith("課") else "")
