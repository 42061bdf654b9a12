"""The lists of choices that a book is handed out with, and the drop-downs that offer them."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.relation import list_name
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.settings import Settings
from yosan_xl.model.statutory import SETSU

MOST_CHOICES = 60
"""How many 款 an account may have in the hidden lists of the first vocabulary."""

OF = "of"
"""Beside a list of choices that depend on others: the list of what each of them stands under."""


YEARS_BACK, YEARS_AHEAD = 10, 40
"""How far the years of a 債務負担行為 may lie from the fiscal year."""

Lists = dict[str, tuple[str, ...]]
"""The names of each list of choices; those that depend on others stand under these: `level2/一般会計/総務費`."""


def lists_of(settings: Settings, plan: Plan) -> Lists:
    """Return the lists of a year that the sheet has drop-downs of, those that depend on others last."""
    asked = {slot.choices for slot in plan.slots if slot.choices and not slot.under}
    first = settings.year.western - YEARS_BACK
    last = settings.year.western + YEARS_AHEAD
    lists: Lists = {
        "accounts": tuple(account.name for account in settings.accounts),
        "categories": settings.categories,
        "years": tuple(FiscalYear(year).label for year in range(first, last + 1)),
        "level1": tuple(dict.fromkeys(path[0] for path in _paths(settings, has_account=False))),
        "setsu": SETSU,
        **plan.choices,
        **_groups(plan),
    }
    lists = {name: names for name, names in lists.items() if name in asked}
    for slot in plan.slots:
        if slot.under:
            lists |= _under(slot, settings, plan)
    return lists


def choices_formula(slot: Slot, plan: Plan) -> str:
    """Return what a drop-down offers (without `=`): its list, or of that what stands under the choices above it."""
    name = list_name(slot.choices or "")
    if slot.under is None:
        return name
    above = [plan.by_name()[one].area.first_absolute for one in parents(slot, plan)]
    if are_by_head(plan):
        return _column_of(name, above[-1])
    path, keys = '&"/"&'.join(above), f"{name}_{OF}"
    first = f"MATCH({path},{keys},0)"
    return f"INDEX({name},{first}):INDEX({name},{first}+COUNTIF({keys},{path})-1)"


def are_by_head(plan: Plan) -> bool:
    """Return whether choices that depend on others stand in a column for each of these, as in the first books."""
    return plan.vocabulary == 1 and plan.panel == 1


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


def _groups(plan: Plan) -> Lists:
    """Return the one word of each drop-down that says whether a list has groups."""
    slots = plan.by_name()
    named = [(slots[group.group_slot], group.name) for group in plan.groups if group.group_slot]
    return {slot.choices or "": (name or "",) for slot, name in named}


def _under(slot: Slot, settings: Settings, plan: Plan) -> Lists:
    """Return what stands under each choice of the levels above a slot; under an account nothing may stand."""
    above = parents(slot, plan)
    has_account = plan.by_name()[above[0]].choices == "accounts"
    accounts = [(account.name,) for account in settings.accounts] if has_account else []
    found: dict[tuple[str, ...], dict[str, None]] = {
        path: {} for path in accounts if len(above) == 1
    }
    for path in _paths(settings, has_account=has_account):
        if len(path) > len(above):
            found.setdefault(path[: len(above)], {})[path[len(above)]] = None
    return {"/".join((slot.choices or "", *path)): tuple(names) for path, names in found.items()}


def _paths(settings: Settings, *, has_account: bool) -> Iterator[tuple[str, ...]]:
    """Yield the paths of the levels: below the accounts, in a form without them those of the first."""
    first = settings.accounts[0].name if settings.accounts else ""
    of_accounts = ((one.name, kan) for one in settings.accounts for kan in one.kan)
    for account, *path in settings.levels or of_accounts:
        if has_account:
            yield (account, *path)
        elif path and account == first:
            yield tuple(path)
