"""Every kind of finding of every floor, for `explain` and docs/rules.md."""

from __future__ import annotations

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.reading import codes as reading
from yosan_xl.model.finding import Code
from yosan_xl.rules.catalogue import codes as rule_codes
from yosan_xl.store import faults
from yosan_xl.usecases import codes as own
from yosan_xl.usecases import decision_codes


def all_codes() -> tuple[Code, ...]:
    """Give every code, in order."""
    found = (
        *refusals.REFUSALS,
        *reading.BOOK_CODES,
        *reading.CELL_CODES,
        *faults.CODES,
        *rule_codes(),
        *own.CODES,
        *decision_codes.CODES,
    )
    return tuple(sorted(found, key=lambda code: code.code))
