"""Every code this floor can give."""

from __future__ import annotations

from yosan_xl.model.finding import Code
from yosan_xl.rules import across, entry_codes, units
from yosan_xl.rules.all_rules import RULES


def codes() -> tuple[Code, ...]:
    """Give the codes of the entry check, the rules and the rules across requests, in order."""
    found = (*entry_codes.CODES, *(rule.code for rule in RULES), *across.CODES, units.YEN_BESIDE)
    return tuple(sorted(found, key=lambda code: code.code))
