"""How high the rows of a request sheet are, so that every text shows and the page is filled.

Merged cells do not grow in Excel or LibreOffice: whoever writes a text sets the heights.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from math import ceil

from yosan_xl.excel.styles import BODY_POINTS
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Plan, RowRole
from yosan_xl.form.relation import Values

PIXELS_PER_EM = BODY_POINTS * 96 // 72
POINTS_PER_PIXEL = 0.75

MARGIN_INCHES = 0.25
PAGE_POINTS = (297 / 25.4 * 72 - 2 * 72 * MARGIN_INCHES, 210 / 25.4 * 72 - 2 * 72 * MARGIN_INCHES)
"""Width and height (pt) of what can be printed on A4 landscape (ISO 216)."""

_HEAD_HEIGHTS = {RowRole.TOOLS: 18.0, RowRole.TITLE: 24.0, RowRole.HEAD: 18.0}
_SINGLE = 12.0
"""The least height (pt) of a body row: one line of body text."""

_SPACINGS = (1.25, 1.2, 1.15, 1.1, 1.05)
"""Line heights to try, in em: as generous as the page allows. Excel's is about 1.2."""

_PADDING_EM = 1.0
"""Lost in a line: the cell's margins, and the character that a line may not begin or end with."""

_PADDING_POINTS = 2.5
_LEAST_SCALE = 7 / BODY_POINTS
"""Below this the body text would print under 7 pt."""


@dataclass(frozen=True, slots=True)
class _Need:
    """A text, and the rows that it may spread over."""

    area: Area
    lines: int


def pixels(width: float) -> int:
    """Give a width of `width` em in pixels (96 dpi)."""
    return round(width * PIXELS_PER_EM)


def printed_width(plan: Plan) -> float:
    """Give the width (pt) of the printed columns before scaling."""
    columns = plan.widths[plan.print_area.left : plan.print_area.right + 1]
    return sum(map(pixels, columns)) * POINTS_PER_PIXEL


def row_heights(plan: Plan, values: Values) -> list[float]:
    """Give the height (pt) of every row of a sheet that shows `values`."""
    needs = _needs(plan, values)
    width = printed_width(plan)
    natural = PAGE_POINTS[1] / min(1.0, PAGE_POINTS[0] / width)
    for spacing in _SPACINGS:
        heights = _least(plan, needs, spacing)
        if _printed(plan, heights) <= PAGE_POINTS[1] / _LEAST_SCALE:
            break
    return _fill(plan, heights, natural)


def display_lines(text: str, width_em: float) -> int:
    """Give the lines that a text takes in a cell of `width_em`; a kanji is 1 em, a letter ½."""
    capacity = max(1.0, width_em - _PADDING_EM)
    return sum(max(1, -int(-_em(line) // capacity)) for line in text.split("\n"))


def _em(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.55 for c in text)


def _needs(plan: Plan, values: Values) -> list[_Need]:
    needs = [_Need(label.area, _lines(plan, label.area, label.text)) for label in plan.labels]
    for slot in plan.slots:
        value = values.get(slot.name)
        rows = value if isinstance(value, tuple) else (value,)
        for area, text in zip(slot.cells(), rows, strict=False):
            if isinstance(text, str):
                needs.append(_Need(area, _lines(plan, area, text)))
    return [need for need in needs if need.area.right <= plan.print_area.right]


def _lines(plan: Plan, area: Area, text: str) -> int:
    return display_lines(text, sum(plan.widths[area.left : area.right + 1]))


def _least(plan: Plan, needs: list[_Need], spacing: float) -> list[float]:
    heights = [_HEAD_HEIGHTS.get(role, _SINGLE) for role in plan.rows]
    for need in sorted(needs, key=lambda need: (need.area.height, need.area.top)):
        if plan.rows[need.area.top] is not RowRole.BODY:
            continue
        rows = range(need.area.top, need.area.bottom + 1)
        wanted = need.lines * BODY_POINTS * spacing + _PADDING_POINTS
        missing = wanted - sum(heights[row] for row in rows)
        for row in rows:
            heights[row] += max(0.0, missing) / len(rows)
    return [ceil(height / POINTS_PER_PIXEL) * POINTS_PER_PIXEL for height in heights]


def _printed(plan: Plan, heights: list[float]) -> float:
    return sum(heights[plan.print_area.top : plan.print_area.bottom + 1])


def _fill(plan: Plan, heights: list[float], natural: float) -> list[float]:
    """Share what is left of the page among the body rows, in whole pixels."""
    body = plan.rows.count(RowRole.BODY)
    spare = max(0.0, natural - _printed(plan, heights)) / body
    spare = int(spare / POINTS_PER_PIXEL) * POINTS_PER_PIXEL
    return [
        height + (spare if role is RowRole.BODY else 0)
        for height, role in zip(heights, plan.rows, strict=True)
    ]
