"""Rows that need heights together: whether they have room, and how they share it.

Rows count from 0, places and heights are whole pixels; a span is the rows from its first up to
before its second number. The rows of a merged cell, and any single row, are a span.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, pairwise

Spans = Mapping[tuple[int, int], int]
"""The height that the rows of each span need together; every single row is one of them."""

_ROUNDS = 12
"""How often a wish is evened out; what it still lacks then is given to it exactly."""


def fits(spans: Spans, room: int) -> bool:
    """Tell whether all spans have their height within `room`."""
    return _lowest(spans, room)[0] >= 0


def union(one: Spans, other: Spans) -> Spans:
    """Give the spans that keep both."""
    return {**one, **{rows: max(one.get(rows, 0), height) for rows, height in other.items()}}


def heights(spans: Spans, room: int, fixed: int) -> list[int]:
    """Give row heights that keep every span and fill the room; the rows after `fixed` are even.

    A wished edge is moved down to where the rows above it have what they need, and up to where
    those below it have: so every span is kept, whatever was wished.
    """
    lowest = _lowest(spans, room)
    wished = accumulate(_wish(spans, room, fixed), initial=0.0)
    edges = [min(round(wish), low) for wish, low in zip(wished, lowest, strict=True)]
    for (top, bottom), height in sorted(spans.items(), key=lambda span: span[0][1]):
        edges[bottom] = max(edges[bottom], edges[top] + height)
    return [below - above for above, below in pairwise(edges)]


def _lowest(spans: Spans, room: int) -> list[int]:
    """Give the lowest place of each edge; the first is below 0 where room is lacking.

    It is what remains when the rows below have what they need: the longest path to the end.
    """
    places = [room] * (1 + max(bottom for _, bottom in spans))
    for (top, bottom), height in sorted(spans.items(), reverse=True):
        places[top] = min(places[top], places[bottom] - height)
    return places


def _wish(spans: Spans, room: int, fixed: int) -> list[float]:
    """Give even heights, from which those that need more take it in equal parts."""
    head = [float(spans[row, row + 1]) for row in range(fixed)]
    rows = max(bottom for _, bottom in spans) - fixed
    wish = head + [(room - sum(head)) / rows] * rows
    for _ in range(_ROUNDS):
        for (top, bottom), height in spans.items():
            missing = max(0.0, height - sum(wish[top:bottom])) / (bottom - top)
            wish[top:bottom] = [one + missing for one in wish[top:bottom]]
        excess = (sum(wish) - room) / rows
        wish[fixed:] = [one - excess for one in wish[fixed:]]
    return wish
