"""How a value of a document stands in a cell: amounts as numbers, years as 令和2年度."""

from __future__ import annotations

from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan
from yosan_xl.form.relation import CellValue, Values
from yosan_xl.model.fiscal_year import FiscalYear


def shown(value: CellValue, kind: FieldKind) -> CellValue:
    """Give what the cell of a field of this kind holds for a value of the document."""
    if kind is FieldKind.YEAR and isinstance(value, int):
        return FiscalYear(value).label
    return value


def shown_values(values: Values, plan: Plan) -> dict[str, CellValue | tuple[CellValue, ...]]:
    """Give the values of a sheet as its cells hold them; what is no slot's stays as it is."""
    slots = plan.by_name()
    return {
        name: _shown_one(value, slots[name].kind) if name in slots else value
        for name, value in values.items()
    }


def _shown_one(
    value: CellValue | tuple[CellValue, ...], kind: FieldKind
) -> CellValue | tuple[CellValue, ...]:
    if isinstance(value, tuple):
        return tuple(shown(one, kind) for one in value)
    return shown(value, kind)
