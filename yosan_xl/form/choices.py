"""The drop-downs of a sheet: where a cell's choices stand in the hidden lists, by what it was chosen under."""

from __future__ import annotations

from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.relation import list_name

MOST_CHOICES = 60
"""How many 款 an account may have in the hidden lists of the first vocabulary."""

OF = "of"
"""Beside a list of choices that depend on others: the list of what each of them stands under."""


def choices_formula(slot: Slot, plan: Plan) -> str:
    """Return what a drop-down offers (without `=`): its list, or of that what stands under the choices above it."""
    name = list_name(slot.choices or "")
    if slot.under is None:
        return name
    above = [plan.by_name()[one].area.first_absolute for one in parents(slot, plan)]
    if plan.vocabulary == 1:
        return _column_of(name, above[-1])
    path, keys = '&"/"&'.join(above), f"{name}_{OF}"
    first = f"MATCH({path},{keys},0)"
    return f"INDEX({name},{first}):INDEX({name},{first}+COUNTIF({keys},{path})-1)"


def parents(slot: Slot, plan: Plan) -> tuple[str, ...]:
    """Return the names of the slots on which its choices depend, from the top."""
    if slot.under is None:
        return ()
    above = plan.by_name()[slot.under]
    return (*parents(above, plan), above.name)


def _column_of(name: str, account: str) -> str:
    """Return the column of an account in the lists of a book of the first vocabulary, by the account's place."""
    place = f"MATCH({account},{list_name('accounts')},0)-1"
    filled = f"COUNTA(OFFSET({name},1,{place},{MOST_CHOICES},1))"
    return f"OFFSET({name},1,{place},{filled},1)"
