"""The paper of a request sheet, and which of its rows are the head."""

from __future__ import annotations

from yosan_xl.form.plan import Plan, RowRole

MARGIN_INCHES = 0.25
PAGE_POINTS = (297 / 25.4 * 72 - 2 * 72 * MARGIN_INCHES, 210 / 25.4 * 72 - 2 * 72 * MARGIN_INCHES)
"""Width and height (pt) of what can be printed on A4 landscape (ISO 216)."""

_UPRIGHT = "A4縦"


def is_landscape(plan: Plan) -> bool:
    """Return whether a sheet is printed on the broad side of its paper."""
    return plan.paper != _UPRIGHT


def page_points(plan: Plan) -> tuple[float, float]:
    """Return the width and height (pt) of what can be printed on a sheet's paper."""
    return PAGE_POINTS if is_landscape(plan) else (PAGE_POINTS[1], PAGE_POINTS[0])


def head_rows(plan: Plan) -> int:
    """Return how many rows are the head of a sheet."""
    return plan.rows.index(RowRole.BODY)
