"""A rule: one function beside its code, the pointers it reads, and what it may know besides the request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from yosan_xl.model.department import Roster
from yosan_xl.model.finding import Code, Fault
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Request
from yosan_xl.model.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class RuleContext:
    """The year folder against which requests are checked, and the form's words for its fields.

    `label` returns the word for a pointer, `要求額` for `/lines/*/requested`.
    """

    settings: Settings
    roster: Roster
    label: Callable[[str], str] = str

    def label_within(self, pointer: str) -> str:
        """Return the word for a field in its object: `限度額` of 債務負担行為の限度額."""
        around = self.label(pointer.rpartition("/")[0])
        return self.label(pointer).removeprefix(f"{around}の")


NO_YEAR = RuleContext(
    Settings(municipality="", year=FiscalYear(1), form="", accounts=(), categories=()), Roster(())
)
"""Outside a year folder: no list is known, and rules that ask the year are left out."""


Check = Callable[[Request, RuleContext], Iterable[Fault]]
"""Only a rule that asks the year may look at the lists of its context; settings have defaults."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A check of one request; `reads` are JSON pointers in which `*` stands for any row.

    A rule that `asks_year` compares with the year's lists, and cannot speak without them. A rule that
    reads each text `apart` is never blind as a whole: only its faults at broken pointers are left out.
    """

    code: Code
    reads: tuple[str, ...]
    check: Check
    asks_year: bool = False
    apart: bool = False

    def is_blind(self, broken: Iterable[str]) -> bool:
        """Return whether a pointer this rule reads is (part of, or holds) a broken one."""
        if self.apart:
            return False
        return any(overlap(read, pointer) for pointer in broken for read in self.reads)


def rule(
    code: Code, reads: tuple[str, ...], *, asks_year: bool = False, apart: bool = False
) -> Callable[[Check], Rule]:
    """Make the decorated function the rule that gives `code`."""
    return lambda check: Rule(code=code, reads=reads, check=check, asks_year=asks_year, apart=apart)


def overlap(read: str, pointer: str) -> bool:
    """Return whether one pointer is the other's prefix (or the same); `*` in `read` is any step."""
    steps = zip(read.split("/"), pointer.split("/"), strict=False)
    return all(wanted in ("*", found) for wanted, found in steps)
