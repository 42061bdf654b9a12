"""Whether a prose block holds more than its place on the page: as a formula, and as the fact we expect of it."""

from __future__ import annotations

from math import ceil

from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.relation import CellValue


def long_formula(slot: Slot, plan: Plan) -> str:
    """A text is long beyond its characters, or with its line breaks beyond the lines they fill."""
    ref, (per_line, lines) = slot.ref, _room(slot, plan)
    breaks = f'LEN({ref})-LEN(SUBSTITUTE({ref},CHAR(10),""))'
    return f"OR(LEN({ref})>{slot.max_length},ROUNDUP(LEN({ref})/{per_line},0)+{breaks}>{lines})"


def is_long(slot: Slot, value: CellValue, plan: Plan) -> bool:
    """Return whether a prose block with this value holds more than its place on the page."""
    text = text_of(value)
    per_line, lines = _room(slot, plan)
    used = ceil(length(text) / per_line) + text.count("\n")
    return length(text) > (slot.max_length or 0) or used > lines


def length(text: str) -> int:
    """Return the length as a sheet's LEN counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def text_of(value: CellValue) -> str:
    """Return a value as `&` and LEN take it."""
    return "" if value is None else str(value)


def _room(slot: Slot, plan: Plan) -> tuple[int, int]:
    """Return the characters of a line, and the lines of a text of full length and six paragraphs."""
    width = sum(plan.widths[slot.area.left : slot.area.right + 1])
    per_line = max(1, int(width) - 1)
    return per_line, ceil((slot.max_length or 0) / per_line) + 5
