"""A relation that a form demands in its own words, as a check of the panel: its formula, and the fact we expect of it.

Of a list's column the sum counts, an empty cell counts 0.
"""

from __future__ import annotations

from decimal import Decimal

from yosan_xl.form.check_kinds import CheckKind
from yosan_xl.form.definition import FilledBy
from yosan_xl.form.panel_sheet import PanelSheet, refs
from yosan_xl.form.plan import Plan
from yosan_xl.model.axes import ToldRelation

TOLD = "told"
"""What such checks look at; their own names are told1, told2 and so on, as the form has them."""

_PLACES = 6
"""Decimals beyond which a sheet's sums are not exact."""


def told_kind(told: ToldRelation) -> CheckKind:
    """Return what a told relation looks at."""
    return CheckKind(
        lambda plan: _formula(told, plan),
        lambda sheet: _is_broken(told, sheet),
    )


def concerns_staff(told: ToldRelation, plan: Plan) -> bool:
    """Return whether the cells are there and none of them is finance's, so that staff can mend them."""
    names = [plan.names_at(pointer) for pointer in (told.cell, *told.of)]
    return all(names) and not any(_is_finances(name, plan) for some in names for name in some)


def _is_finances(name: str, plan: Plan) -> bool:
    slot = plan.by_name()[name]
    if slot.formula:
        return any(_is_finances(one, plan) for one in slot.formula.of)
    return slot.by is FilledBy.FINANCE


def _formula(told: ToldRelation, plan: Plan) -> str:
    cell, *of = (f"SUM({refs(plan, plan.names_at(one))})" for one in (told.cell, *told.of))
    sign = "-" if told.kind == "difference" else "+"
    less = f"{cell}-({sign.join(of)})"
    return f"ROUND({less},{_PLACES}){'>' if told.kind == 'not_more' else '<>'}0"


def _is_broken(told: ToldRelation, sheet: PanelSheet) -> bool:
    cell, *of = (sheet.total(sheet.plan.names_at(one)) for one in (told.cell, *told.of))
    whole = of[0] - sum(of[1:]) if told.kind == "difference" else sum(of)
    less = round(Decimal(cell - whole), _PLACES)
    return less > 0 if told.kind == "not_more" else less != 0
