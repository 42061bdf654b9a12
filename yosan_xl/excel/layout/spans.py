"""Sizes of rows (or columns) side by side, of which every span has what it needs: edges pushed apart, no more.

Halves that stand beside each other share rows, so that what a row needs depends on all others. An edge has a
lowest place, from which what is below it still has room, and so everything can be moved up to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from math import inf
from operator import itemgetter

Spans = Mapping[tuple[int, int], int]
"""The size that the rows of each span need together; every single row is one of them."""

RoughSpans = Mapping[tuple[int, int], float]
"""The same of estimated sizes."""

Fixed = Mapping[int, int]
"""Rows that are no higher than this."""

_BOTTOM = itemgetter(1)

_ROUNDS = 12
"""How often a wish is evened out; what it still lacks then is given to it exactly.

So often rows that may not grow pull their neighbours along; what is not at rest then is taken for impossible.
"""


def fits(spans: Spans, room: int) -> bool:
    """Return whether all spans have their size within `room`."""
    return _lowest(spans, room)[0] >= 0


def needed(spans: Spans) -> int:
    """Return the least room in which all spans have their size."""
    return -_lowest(spans, 0)[0]


def about_needed(spans: RoughSpans) -> tuple[float, set[tuple[int, int]]]:
    """Return the least room in which all spans have their size, and the spans that decide it."""
    _, bottom = max(spans, key=_BOTTOM)
    lowest, highest = [0.0] * (bottom + 1), [0.0] * (bottom + 1)
    ordered = sorted(spans.items())
    for (top, under), size in reversed(ordered):
        if (place := lowest[under] - size) < lowest[top]:
            lowest[top] = place
    for (top, under), size in ordered:
        if (place := highest[top] + size) > highest[under]:
            highest[under] = place
    room = -lowest[0]
    loose = {rows for rows, size in ordered if lowest[rows[1]] + room - highest[rows[0]] > size + 1}
    return room, spans.keys() - loose


def union(one: Spans, other: Spans) -> Spans:
    """Return the spans that keep both."""
    return {**one, **{rows: max(one.get(rows, 0), size) for rows, size in other.items()}}


def levelled(
    spans: Spans, room: int, rows: Sequence[int], level: int, most: Mapping[int, int]
) -> tuple[Spans, Fixed] | None:
    """Return spans in which these rows are as high as `level`, or as what stands in them; None where they do not fit.

    Other rows do not grow beyond their `most`.
    """
    even = {row: max(level, spans[row, row + 1]) for row in rows}
    own = {**spans, **{(row, row + 1): size for row, size in even.items()}}
    fixed = {row: max(size, spans[row, row + 1]) for row, size in most.items()} | even
    return (own, fixed) if _lowest(own, room, fixed)[0] >= 0 else None


def heights(
    spans: Spans, room: int, head: int, most: Sequence[float] = (), fixed: Fixed | None = None
) -> list[int]:
    """Return sizes that keep every span and fill the room; the rows after `head` are even up to their `most`.

    A wished edge is moved down to where the rows above it have what they need, and up to where
    those below it have: so every span is kept, whatever was wished.
    """
    return placed(spans, room, _wish(spans, room, head, most), fixed or {})


def placed(spans: Spans, room: int, wish: Sequence[float], fixed: Fixed | None = None) -> list[int]:
    """Return sizes near those wished for that keep every span and fill the room."""
    lowest = _lowest(spans, room, fixed or {})
    wished = accumulate(wish, initial=0.0)
    edges = [min(round(one), low) for one, low in zip(wished, lowest, strict=True)]
    ordered = sorted(spans.items())
    for _ in range(len(edges)):
        before = list(edges)
        for (top, bottom), size in ordered:
            if (place := edges[top] + size) > edges[bottom]:
                edges[bottom] = place
        for row, size in (fixed or {}).items():
            if (place := edges[row + 1] - size) > edges[row]:
                edges[row] = place
        if edges == before:
            break
    return [below - above for above, below in pairwise(edges)]


def _lowest(spans: Spans, room: int, fixed: Fixed | None = None) -> list[int]:
    """Return the lowest place of each edge; the first is below 0 where room is lacking.

    It is what remains when the rows below have what they need: the longest path to the end. Rows that may
    not grow pull the edge below them along, as often as it takes.
    """
    places = [room] * (1 + max(spans, key=_BOTTOM)[1])
    ordered = sorted(spans.items(), reverse=True)
    for _ in range(_ROUNDS if fixed else 1):
        before = list(places)
        for (top, bottom), size in ordered:
            if (place := places[bottom] - size) < places[top]:
                places[top] = place
        for row, size in (fixed or {}).items():
            if (place := places[row] + size) < places[row + 1]:
                places[row + 1] = place
        if places == before or places[0] < 0:
            return places
    return [-1, *places[1:]] if fixed else places


def _wish(spans: Spans, room: int, fixed: int, most: Sequence[float]) -> list[float]:
    """Return even sizes, from which those that need more take it in equal parts."""
    head = [float(spans[row, row + 1]) for row in range(fixed)]
    rows = max(bottom for _, bottom in spans) - fixed
    wish = head + _even(most or (inf,) * rows, room - sum(head))
    for _ in range(_ROUNDS):
        for (top, bottom), size in spans.items():
            missing = max(0.0, size - sum(wish[top:bottom])) / (bottom - top)
            wish[top:bottom] = [one + missing for one in wish[top:bottom]]
        excess = (sum(wish) - room) / rows
        wish[fixed:] = [one - excess for one in wish[fixed:]]
    return wish


def _even(most: Sequence[float], room: float) -> list[float]:
    """Return even sizes that fill the room, but for rows whose most is less."""
    level = left = room
    for number, one in enumerate(sorted(most)):
        level = left / (len(most) - number)
        if one >= level:
            break
        left -= one
    return [min(one, level) for one in most]
