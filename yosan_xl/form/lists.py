"""The lists of choices that a book is handed out with."""

from __future__ import annotations

from yosan_xl.form.plan import Plan
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.settings import Settings

YEARS_BACK, YEARS_AHEAD = 10, 40
"""How far the years of a 債務負担行為 may lie from the fiscal year."""

KAN = "kan/"
"""Before the name of an account: the list of its 款."""

Lists = dict[str, tuple[str, ...]]
"""The names of each list of choices; the 款 of an account are under `kan/<account>`."""


def lists_of(settings: Settings, plan: Plan) -> Lists:
    """Give the lists of a year."""
    first = settings.year.western - YEARS_BACK
    last = settings.year.western + YEARS_AHEAD
    parts = {
        f"part{number}": (group.part,)
        for number, group in enumerate(plan.groups, 1)
        if group.part_slot
    }
    return {
        "accounts": tuple(account.name for account in settings.accounts),
        "categories": settings.categories,
        "years": tuple(FiscalYear(year).label for year in range(first, last + 1)),
        **parts,
        **{f"{KAN}{account.name}": account.kan for account in settings.accounts},
    }
