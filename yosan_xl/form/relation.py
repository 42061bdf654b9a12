"""Computed cells: one relation gives both the sheet's formula and the value we expect in it.

A sum of nothing is nothing: where no operand is given the cell stays empty, as on paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TypeGuard

CellValue = str | int | Decimal | None
"""What a cell of the form holds: text, an amount in the form's unit or a number, or nothing.

A document has whole numbers only; a cell as somebody typed it may hold 1234.5, or TRUE.
"""

Values = Mapping[str, CellValue | tuple[CellValue, ...]]
"""The values of a sheet by defined name; a column of line items is a tuple, row by row."""


@dataclass(frozen=True, slots=True)
class CellFormula:
    """A relation between names of a sheet.

    `sum`: of all operands. `difference`: the first less the others, empty while the first is. `change`: the second
    less those after it, empty while they all are or the first (the total that is asked for) is. `rate`: by how many percent the first is more than the second, empty while either is or the
    second is 0. `bracket`: the operand in （） unless it is the first of `choices`. With `only_with`, empty while
    that cell is empty; a `sum` or `change` with `parts` (totals, each with its sources) while a total stands without any source.
    """

    kind: str
    of: tuple[str, ...]
    only_with: str | None = None
    choices: str | None = None
    parts: tuple[tuple[str, ...], ...] = ()

    @property
    def asks(self) -> tuple[str, ...]:
        """Return every name that it looks at."""
        looked_at = [self.only_with] if self.only_with else []
        return (*self.of, *looked_at, *(name for part in self.parts for name in part))

    def text(self, ref: Callable[[str], str]) -> str:
        """Return the formula (with `=`); `ref` gives where a name stands (`K5`, `K6:K13`)."""
        refs = [ref(name) for name in self.of]
        if self.kind == "bracket":
            first = f"INDEX({list_name(self.choices or '')},1)"
            return f'=IF(OR({refs[0]}="",{refs[0]}={first}),"","（"&{refs[0]}&"）")'
        if self.kind == "difference":
            return f'=IF(COUNT({refs[0]})=0,"",{refs[0]}-SUM({",".join(refs[1:])}))'
        if self.kind == "rate":
            one, whole = refs
            known = f"AND(COUNT({one})>0,N({whole})<>0)"
            return f'=IF({known},ROUND(({one}-{whole})/ABS({whole})*100,{RATE_PLACES}),"")'
        if self.kind == "change":
            total, first, *others = refs
            known = f"COUNT({total})*COUNT({','.join((first, *others))})=0"
            return f'=IF({self._open(known, ref)},"",SUM({first})-SUM({",".join(others)}))'
        counted = self._open(f"COUNT({','.join(refs)})=0", ref)
        empty = f'OR({ref(self.only_with)}="",{counted})' if self.only_with else counted
        return f'=IF({empty},"",SUM({",".join(refs)}))'

    def _open(self, condition: str, ref: Callable[[str], str]) -> str:
        """Return the condition for nothing being known, that of a total without its sources included."""
        parts = [
            f"AND(COUNT({ref(total)})>0,COUNT({','.join(map(ref, sources))})=0)"
            for total, *sources in self.parts
        ]
        return f"OR({','.join((condition, *parts))})" if parts else condition

    def _is_open(self, values: Values) -> bool:
        given = [[bool(_amounts(values.get(name))) for name in part] for part in self.parts]
        return any(total and not any(sources) for total, *sources in given)

    def value(self, values: Values, first_choice: str = "") -> CellValue:
        """Return what the formula must show for `values`."""
        if self.kind == "bracket":
            shown = values.get(self.of[0])
            return f"（{shown}）" if shown and shown != first_choice else None
        if (self.only_with and not values.get(self.only_with)) or self._is_open(values):
            return None
        operands = [_amounts(values.get(name)) for name in self.of]
        if self.kind == "rate":
            return _rate(*map(sum, operands)) if all(operands) else None
        if self.kind == "difference":
            rest = sum(sum(operand) for operand in operands[1:])
            return operands[0][0] - rest if operands[0] else None
        if self.kind == "change":
            total, first, *others = operands
            rest = sum(sum(operand) for operand in others)
            return sum(first) - rest if total and any((first, *others)) else None
        given = [amount for operand in operands for amount in operand]
        return sum(given) if given else None


RATE_PLACES = 1
"""Decimals of a percentage."""


def _rate(one: int | Decimal, whole: int | Decimal) -> Decimal | None:
    if not whole:
        return None
    percent = Decimal(one - whole) * 100 / abs(Decimal(whole))
    return percent.quantize(Decimal(1).scaleb(-RATE_PLACES), ROUND_HALF_UP)


NAMES = "yx_"
"""Every defined name of the form begins so."""


def list_name(choices: str) -> str:
    """Return the book's defined name of a list of choices, `yx_list_accounts`."""
    return f"{NAMES}list_{choices}"


def is_number(value: CellValue) -> TypeGuard[int | Decimal]:
    """Return whether a sheet's SUM counts a value: text and TRUE it does not."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _amounts(value: CellValue | tuple[CellValue, ...]) -> list[int | Decimal]:
    row = value if isinstance(value, tuple) else (value,)
    return [amount for amount in row if is_number(amount)]


# A sheet that was moved into a book of its own still asks for the lists of the first: `[1]!yx_list_…`.
_SPELLING = re.compile(
    r'"(?:[^"]|"")*"|\s+|\$|_xlfn\.|\[[0-9]+\]!(?=yx_)|(?<=TRUE)\(\)|(?<=FALSE)\(\)', re.I
)


@lru_cache(maxsize=4_096)
def normal_formula(text: str, own_sheet: str) -> str:
    """Return a formula without what programs spell differently: `=`, spaces, `$`, its own sheet."""
    quoted = own_sheet.replace("'", "''")
    for prefix in (f"'{quoted}'!", f"{own_sheet}!"):
        if own_sheet:
            text = text.replace(prefix, "")
    plain = _SPELLING.sub(lambda m: m[0] if m[0].startswith('"') else "", text.removeprefix("="))
    return plain.replace(";", ",").upper()
