"""A rule: one function beside its code, what it reads of a form, and what it may know besides the request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from yosan_xl.model.axes import Axes
from yosan_xl.model.department import Roster
from yosan_xl.model.finding import Code, Fault
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Request
from yosan_xl.model.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class RuleContext:
    """The year folder against which requests are checked."""

    settings: Settings
    roster: Roster


NO_YEAR = RuleContext(
    Settings(municipality="", year=FiscalYear(1), form="", accounts=(), categories=()), Roster(())
)
"""Outside a year folder: no list is known, and rules that ask the year are left out."""


Check = Callable[[Request, RuleContext], Iterable[Fault]]
"""Only a rule that asks the year may look at the lists of its context; settings have defaults."""

Reads = Callable[[Axes], Iterable[str]]
"""The JSON pointers that a rule reads of a form, in which `*` stands for any row; none where it has nothing to say."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A check of one request; it is not asked of a form of which it reads nothing.

    A rule that `asks_year` compares with the year's lists, and cannot speak without them. A rule that
    reads each text `apart` is never blind as a whole: only its faults at broken pointers are left out.
    """

    code: Code
    reads: Reads
    check: Check
    asks_year: bool = False
    apart: bool = False

    def reads_of(self, axes: Axes) -> tuple[str, ...]:
        """Return the pointers that it reads of a form."""
        return _reads_of(self, axes)

    def is_blind(self, axes: Axes, broken: Iterable[str]) -> bool:
        """Return whether a pointer this rule reads is (part of, or holds) a broken one."""
        if self.apart:
            return False
        return any(overlap(read, pointer) for pointer in broken for read in self.reads_of(axes))


@lru_cache(maxsize=4096)
def _reads_of(rule: Rule, axes: Axes) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.reads(axes)))


def rule(
    code: Code, reads: Reads, *, asks_year: bool = False, apart: bool = False
) -> Callable[[Check], Rule]:
    """Make the decorated function the rule that gives `code`."""
    return lambda check: Rule(code=code, reads=reads, check=check, asks_year=asks_year, apart=apart)


def of_meanings(*needed: str, also: Reads = lambda axes: ()) -> Reads:
    """Return what reads the fields of these meanings, and `also` more, in a form that has all of them."""

    def reads(axes: Axes) -> Iterable[str]:
        if all(map(axes.has, needed)):
            yield from (axes.meanings[meaning] for meaning in needed)
            yield from also(axes)

    return reads


def overlap(read: str, pointer: str) -> bool:
    """Return whether one pointer is the other's prefix (or the same); `*` in `read` is any step."""
    steps = zip(read.split("/"), pointer.split("/"), strict=False)
    return all(wanted in ("*", found) for wanted, found in steps)
