"""A request sheet tried at print scales and column widths: what has room, and where the rows of its lists are even."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from yosan_xl.excel.layout.column_widths import Heights, Widths, broader, designed
from yosan_xl.excel.layout.page_cells import (
    POINTS_PER_PIXEL,
    PageCells,
    PageText,
    page_texts,
    pixels,
)
from yosan_xl.excel.layout.paper import head_rows, page_points
from yosan_xl.excel.layout.spans import Fixed, Spans, fits, levelled
from yosan_xl.excel.styles import BODY_POINTS
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan, RowRole

ROOMY, NORMAL = 1.25, 1.2
"""Line heights in em. Excel's is about 1.2, LibreOffice's 1.0."""

TIGHTER = (1.15, 1.1, 1.05, 1.0)
"""Line heights that only a page takes whose letters cannot be smaller."""

LEVELS = tuple(ceil(points / BODY_POINTS * 100) for points in (8, 7, 6.5))
"""Percent at which the body text prints as large as this; rows are not evened out at the cost of one of them."""

READABLE, LEAST_SCALE, _ = LEVELS
"""Percent; below the second lines are set closer before letters become smaller."""

_LAST_SCALE = 10
"""Percent; the least that spreadsheet programs print at."""

_WIDEST_SCALE = 40
"""Percent; stretched for a smaller print, columns would be wider than a column can be."""

ROOMY_ROW = 24.0
"""Height (pt), about two lines, beyond which a row of amounts, list items or short fields does not grow."""

CALM, LESS_CALM = 1.5, 2.5
"""How much higher than the rows of lists the rows between them may be, and where that leaves no room."""

_LEVEL_TRIES = 24
"""Pixels up and down from even rows within which a height for the rows of lists is looked for."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """What the layout of a sheet depends on: its form, the room that its words take, and whether more will come.

    Units whose names are as long as another's have sheets that are laid out alike.
    """

    plan: Plan = field(compare=False)
    texts: tuple[PageText, ...] = field(compare=False)
    sha256: str
    rows: tuple[RowRole, ...]
    measured: tuple[tuple[object, ...], ...]
    is_open: bool


class PrintChoice(NamedTuple):
    """A print scale (percent) with a line height (em), and how much is reserved for what is written yet."""

    scale: int
    spacing: float
    share: float = 0.0


class PageTrial:
    """A page that is tried at print scales and widths."""

    def __init__(self, sheet: PageContent, *, roomy: bool) -> None:
        """Measure the cells of a sheet; `roomy` is one whose texts are indented, and those of the head larger."""
        plan = self.plan = sheet.plan
        self.roomy = roomy
        self.cells = PageCells(plan, sheet.texts, roomy=roomy)
        self.choices = tuple(_choices(plan))
        self.start: Callable[[int], Widths] = lru_cache(lambda page: designed(plan, page))
        self.moves: tuple[int, ...] = ()
        rows = {area.top for slot in plan.slots if slot.repeats for area in slot.cells()}
        self.listed = sorted(row - plan.print_area.top for row in rows)
        self.single = [row - plan.print_area.top for row in _single(plan) if row not in rows]

    def room(self, choice: PrintChoice) -> int:
        """Return the height (pixels) of the page at a scale."""
        return int(page_points(self.plan)[1] * 100 / choice.scale / POINTS_PER_PIXEL)

    def widths(self, choice: PrintChoice) -> Widths:
        """Return the widths of the printed columns: those of the form, moved by what was found better."""
        page = page_points(self.plan)[0] * 100 / max(choice.scale, _WIDEST_SCALE)
        start = self.start(int(page / POINTS_PER_PIXEL))
        return (
            tuple(one + move for one, move in zip(start, self.moves, strict=True))
            if self.moves
            else start
        )

    def spans(self, choice: PrintChoice) -> Spans:
        """Return the height of every cell."""
        own = (*(0,) * self.plan.print_area.left, *self.widths(choice))
        return self.cells.spans(own, choice.spacing, choice.share)

    def fits(self, choice: PrintChoice) -> bool:
        """Return whether everything has room."""
        return fits(self.spans(choice), self.room(choice))

    def widen(self, choice: PrintChoice) -> None:
        """Give width to where text is, at this scale."""
        first, before = self.plan.print_area.top, (0,) * self.plan.print_area.left
        at = choice.spacing, choice.share
        measures = Heights(
            lambda widths: self.cells.about((*before, *widths), *at),
            lambda widths: self.cells.spans((*before, *widths), *at),
        )
        found = broader(
            self.plan,
            self.widths(choice),
            measures,
            lambda slot: (slot.area.top - first, slot.area.bottom + 1 - first),
        )
        page = sum(found)
        self.moves = tuple(one - own for one, own in zip(found, self.start(page), strict=True))

    def best(self, last: int | None = None) -> int:
        """Return the place of the best choice at which everything has room, no later than `last`, at which it has."""
        low, high = 0, len(self.choices) - 1 if last is None else last
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.fits(self.choices[middle]) else (middle + 1, high)
        return low

    def level(
        self, choice: PrintChoice, calm: float = CALM, step: int = 2
    ) -> tuple[Spans, Fixed] | None:
        """Return the heights at which the rows of the lists are even; None where there is no room for that.

        The rows between them, such as 小計, are at most `calm` times as high. Heights are tried
        every `step` pixels.
        """
        spans, room = self.spans(choice), self.room(choice)
        if not self.listed or not fits(spans, room):
            return None
        even = self._even(spans, room)
        for away in range(0, _LEVEL_TRIES, step):
            for level in dict.fromkeys((even - away, even + away)):
                most = self._others(level, calm)
                found = levelled(spans, room, self.listed, level, most) if level > 0 else None
                if found:
                    return found
        return None

    def _even(self, spans: Spans, room: int) -> int:
        """Return how high the rows of the body were if they were even."""
        body, rows = head_rows(self.plan) - self.plan.print_area.top, len(_printed_rows(self.plan))
        left = room - sum(spans[row, row + 1] for row in range(body))
        return min(left // (rows - body), pixels(ROOMY_ROW))

    def _others(self, level: int, calm: float) -> Mapping[int, int]:
        """Return how high rows may be that are no rows of a list, but have cells of their own."""
        most = max(pixels(ROOMY_ROW), int(level * calm))
        return dict.fromkeys(self.single, most)


def _single(plan: Plan) -> Iterator[int]:
    """Yield the rows of the body that have cells of their own, none of them prose."""
    prose = {slot.area for slot in plan.slots if slot.kind is FieldKind.PROSE}
    cells = [one.area for one in page_texts(plan, {}) if one.area.right <= plan.print_area.right]
    for row in range(head_rows(plan), plan.print_area.bottom + 1):
        own = [area for area in cells if area.top == area.bottom == row]
        if own and prose.isdisjoint(own):
            yield row


def _printed_rows(plan: Plan) -> Sequence[RowRole]:
    return plan.rows[plan.print_area.top : plan.print_area.bottom + 1]


def _choices(plan: Plan) -> Iterator[PrintChoice]:
    """Yield print scales (percent) with line heights (em), the best first."""
    printed = plan.widths[plan.print_area.left : plan.print_area.right + 1]
    widest = min(100, int(page_points(plan)[0] * 100 / (sum(printed) * BODY_POINTS)))
    for scale in range(widest, LEAST_SCALE - 1, -1):
        yield from (PrintChoice(scale, ROOMY), PrintChoice(scale, NORMAL))
    yield from (PrintChoice(LEAST_SCALE, spacing) for spacing in TIGHTER)
    yield from (PrintChoice(scale, NORMAL) for scale in range(LEAST_SCALE - 1, _LAST_SCALE - 1, -1))
