"""How a value of a document stands in a cell: amounts as numbers, years as 令和2年度."""

from __future__ import annotations

from yosan_xl.form.definition import Kind
from yosan_xl.form.relation import Value
from yosan_xl.model.fiscal_year import FiscalYear


def shown(value: Value, kind: Kind) -> Value:
    """Give what the cell of a field of this kind holds for a value of the document."""
    if kind is Kind.YEAR and isinstance(value, int):
        return FiscalYear(value).label
    return value
