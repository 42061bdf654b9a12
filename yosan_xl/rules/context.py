"""What a rule may know besides the request: the year's settings and the roster of departments."""

from __future__ import annotations

from dataclasses import dataclass

from yosan_xl.model.department import Roster
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The year folder against which requests are checked."""

    settings: Settings
    roster: Roster


NO_YEAR = Context(Settings("", FiscalYear(1), "", (), ()), Roster(()))
"""Outside a year folder: no list is known, and rules that ask the year are left out."""
