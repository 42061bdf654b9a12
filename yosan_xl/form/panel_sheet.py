"""A request sheet as the checks panel sees it, and whether anything of weight was entered in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from yosan_xl.form.area import Area
from yosan_xl.form.plan import LineGroup, Plan, Room
from yosan_xl.form.relation import CellValue, Values, is_number
from yosan_xl.model.axes import ASKED, RowList


# Compared by identity, so that what is found of a sheet can be kept for its many checks.
@dataclass(frozen=True, slots=True, eq=False)
class PanelSheet:
    """A request sheet to be checked: its Plan, its values as the cells show them, the lists.

    `rooms` says what its cells show of texts, by the names of their slots; none where that is not known.
    """

    plan: Plan
    values: Values
    lists: Mapping[str, tuple[str, ...]]
    rooms: Mapping[str, Room] = field(default_factory=dict)

    def one(self, name: str) -> CellValue:
        """Return the value of a single cell."""
        value = self.values.get(name)
        return None if isinstance(value, tuple) else value

    def column(self, name: str) -> tuple[CellValue, ...]:
        """Return the values of a slot, row by row."""
        value = self.values.get(name)
        return value if isinstance(value, tuple) else (value,)

    def total(self, names: Iterable[str]) -> int | Decimal:
        """Return the sum of the amounts in these slots; text counts nothing, as in SUM."""
        return sum(v for name in names for v in self.column(name) if is_number(v))

    def holds(self, names: Iterable[str]) -> bool:
        """Return whether anything stands in these slots."""
        return any(given(value) for name in names for value in self.column(name))


of_plan = lru_cache(maxsize=16)
"""What is found of a form's Plan, kept for its many sheets."""


def blank_formula(plan: Plan) -> str:
    """Return the formula (without `=`) that tells whether nothing of weight was entered."""
    title, entered = plan.slot_of("title"), _weighty(plan)
    tests = [f'{title.ref}=""'] if title else []
    tests += [f"{counta(plan, entered)}=0"] if entered else []
    return f"AND({','.join(tests)})"


@lru_cache(maxsize=64)
def is_blank(sheet: PanelSheet) -> bool:
    """Return whether nothing of weight was entered."""
    title = sheet.plan.slot_of("title")
    return not (title and sheet.one(title.name)) and not sheet.holds(_weighty(sheet.plan))


@of_plan
def _weighty(plan: Plan) -> list[str]:
    """Return what staff fill in rows, and what they ask for where no rows add up to it."""
    rows = [name for group in plan.groups for name in entries(group, plan)]
    return [*rows, *asked_singly(plan)]


def asked_singly(plan: Plan) -> list[str]:
    """Return the amounts asked for that staff enter by themselves, none where rows add up to them."""
    if not plan.axes.has_stage(ASKED):
        return []
    stage = plan.axes.stage(ASKED)
    if stage.total == "lines":
        return []
    return [
        slot.name for at in stage.amounts.values() if (slot := plan.slot_at(at)) and slot.is_entry
    ]


def entries(group: LineGroup, plan: Plan) -> list[str]:
    """Return the columns of a group that staff fill."""
    return [name for name in group.columns.values() if plan.by_name()[name].is_entry]


def given(value: CellValue) -> bool:
    """Return whether a value is given."""
    return value is not None and value != ""


def any_of(tests: Iterable[str]) -> str:
    """Return the test that one of these holds."""
    each = list(tests)
    return each[0] if len(each) == 1 else f"OR({','.join(each)})"


def columns_of(plan: Plan, own: RowList, key: str) -> list[str]:
    """Return the names of a column of a list, group by group."""
    return [group.columns[key] for group in plan.groups_of(own.key)]


_MOST_ARGUMENTS = 200
"""A function takes 255 arguments (Excel の仕様と制限)."""


def counta(plan: Plan, names: Iterable[str]) -> str:
    """Return the formula of how many cells hold something."""
    every, size = list(names), _MOST_ARGUMENTS
    some = (every[at : at + size] for at in range(0, len(every), size))
    counts = [f"COUNTA({refs(plan, one)})" for one in some]
    return counts[0] if len(counts) == 1 else f"({'+'.join(counts)})"


def refs(plan: Plan, names: Iterable[str]) -> str:
    """Return the places of slots as the arguments of a function."""
    return ",".join(plan.ref(name) for name in names)


def first_column(plan: Plan, name: str) -> str:
    """Return where the values of a slot stand: the first cells of those that are merged."""
    area = plan.by_name()[name].area
    return Area(area.top, area.left, area.bottom, area.left).a1()
