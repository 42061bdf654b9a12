"""`explain`: what a code means."""

from __future__ import annotations

from yosan_xl.model.finding import Code
from yosan_xl.usecases.catalogue import all_codes


def explain(wanted: str | None) -> tuple[Code, ...]:
    """Give the code that is asked for (case ignored), all without one, none if unknown."""
    if wanted is None:
        return all_codes()
    return tuple(code for code in all_codes() if code.code == wanted.upper())
