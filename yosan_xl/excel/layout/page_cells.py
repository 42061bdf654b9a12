"""The cells of a printed page, measured: how high each must be at any widths of the columns.

A text is measured once, and its lines are counted once for each width that is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, zip_longest
from math import ceil
from typing import NamedTuple

from yosan_xl.excel.layout.spans import RoughSpans, Spans
from yosan_xl.excel.styles import BODY_POINTS, HEAD_POINTS, TITLE_POINTS, is_indented
from yosan_xl.excel.wrapping import INDENT_PIXELS, lines_of, most_on_line, paragraphs
from yosan_xl.form.area import Area
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan, RowRole, Slot
from yosan_xl.form.relation import CellValue, Values

POINTS_PER_PIXEL = 0.75
PIXELS_PER_EM = BODY_POINTS / POINTS_PER_PIXEL

CELL_MARGINS = 2.0
"""Height (pt) that a cell leaves free above and below its text (LibreOffice: 0.35 mm each)."""

LEAST_HEIGHTS = {
    RowRole.TOOLS: 18.0,
    RowRole.TITLE: TITLE_POINTS * 4 / 3,
    RowRole.HEAD: 18.0,
    RowRole.BODY: 6.0,
}

_LONGEST_TEXT = 32
"""Characters of a row of a list for which a blank has room: real ones are not longer. Names are half as full as prose."""

_LOST_EM = 1.2
"""What of the width of a cell no letter stands on: its margins, and the half of a letter that goes down."""

_FEW = 2
"""Lines up to which only a whole line less counts; a blank row of a list has no more, so that all are even."""

_PARAGRAPH = 150
"""Characters of the longest text for which real texts have a paragraph more, that is, a line."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A text of a page: where it stands, what it says, how large its letters are, and what it is indented by."""

    area: Area
    text: str
    points: float = BODY_POINTS
    indent: int = 0

    @property
    def measured(self) -> tuple[object, ...]:
        """Return all that its height depends on: texts of other words may be alike in it."""
        return self.area, self.points, self.indent, paragraphs(self.text) if self.text else ()

    def em(self, pixels: int) -> float:
        """Return how many em of its own letters so many pixels are, but for the indent."""
        return (pixels - self.indent) * POINTS_PER_PIXEL / self.points


def page_texts(plan: Plan, values: Values) -> Iterator[PageText]:
    """Yield every cell beside or in the printed area but the title, which has a line to itself.

    What is beside it, the checks panel, is not printed and asks for one line; the counters of short texts do so where
    something is left (`_short_counters`).
    """
    page, short = plan.print_area, {area.top for area in _short_counters(plan)}
    for area, value, indent in _contents(plan, values):
        if area.left > page.right and area.top in short:
            continue
        if page.top < area.top <= page.bottom:
            wraps = isinstance(value, str) and area.right <= page.right
            yield PageText(area, str(value) if wraps else "", points_of(area, plan), indent)


def points_of(area: Area, plan: Plan) -> float:
    """Return the size (pt) of the letters in a cell."""
    return HEAD_POINTS if plan.rows[area.top] is RowRole.HEAD else BODY_POINTS


def _short_counters(plan: Plan) -> Iterator[Area]:
    """Yield the counters, beside the page, of texts that are no prose blocks."""
    prose = {slot.name for slot in plan.counted()}
    for counter in plan.counters:
        if counter.slot not in prose and counter.area.top <= plan.print_area.bottom:
            yield counter.area


def _contents(plan: Plan, values: Values) -> Iterator[tuple[Area, CellValue, int]]:
    yield from ((label.area, label.text, 0) for label in plan.labels)
    for slot in plan.slots:
        # A code stands on one line, however narrow that is.
        value = None if slot.picture else values.get(slot.name)
        column = value if isinstance(value, tuple) else (value,)
        indent = indent_of(slot, plan)
        cells = zip_longest(slot.cells(), column[: slot.area.height if slot.repeats else 1])
        yield from ((area, one, indent) for area, one in cells)


def indent_of(slot: Slot, plan: Plan) -> int:
    """Return the pixels by which a slot's text is indented."""
    return INDENT_PIXELS if is_indented(slot, plan) else 0


def written(plan: Plan) -> Iterator[Slot]:
    """Yield the places on paper where somebody writes what he likes."""
    last = plan.print_area.right
    for slot in plan.slots:
        is_free = slot.kind in (FieldKind.TEXT, FieldKind.PROSE) and not slot.picture
        if is_free and slot.area.right <= last and (slot.is_entry or slot.kind is FieldKind.PROSE):
            yield slot


_Lines = tuple[Callable[[int], int], Callable[[int], float]]


class _PageCell(NamedTuple):
    """A cell whose height depends on widths: its rows and columns, and its lines at a width (pixels).

    `about` says lines with their fraction, so that better widths are found downhill.
    """

    rows: tuple[int, int]
    left: int
    right: int
    points: float
    lines: Callable[[int], int]
    about: Callable[[int], float]


class PageCells:
    """What stands on a page, to be asked for the height of every cell at any widths."""

    def __init__(self, plan: Plan, texts: Sequence[PageText], *, roomy: bool = True) -> None:
        """Measure the texts of a page, indented or not."""
        self._plan, self._roomy = plan, roomy
        self._texts = (
            texts if roomy else [replace(one, indent=0, points=BODY_POINTS) for one in texts]
        )
        self._measured: dict[tuple[str, float, int], _Lines] = {}
        self._written = [self._cell(one) for one in self._texts if one.text]
        self._empty: dict[float, dict[tuple[int, int], int]] = {}
        self._reserved: dict[float, list[_PageCell]] = {}
        self._raised: dict[str, float] = {}
        self._lines_kept: dict[tuple[str, float], _Lines] = {}
        self._heights: dict[tuple[float, float, int], int] = {}

    def spans(self, widths: Sequence[int], spacing: float, share: float = 0.0) -> Spans:
        """Return the height that every cell needs, and `share` of the longest text of what is written yet.

        `widths` are those of the columns from the first of the sheet on.
        """
        if spacing not in self._empty:
            self._empty[spacing] = self._least(spacing)
        spans, edges = dict(self._empty[spacing]), [0, *accumulate(widths)]
        for rows, left, right, points, lines, _ in (*self._written, *self._to_write(share)):
            key = points, spacing, lines(edges[right] - edges[left])
            height = self._heights.get(key) or self._heights.setdefault(key, _height(*key))
            if height > spans.get(rows, 0):
                spans[rows] = height
        return spans

    def about(self, widths: Sequence[int], spacing: float, share: float = 0.0) -> RoughSpans:
        """Return estimates of the same, in which every pixel of width counts."""
        least = self._empty.get(spacing) or self._empty.setdefault(spacing, self._least(spacing))
        spans: dict[tuple[int, int], float] = dict(least)
        edges = [0, *accumulate(widths)]
        for rows, left, right, points, _, about in (*self._written, *self._to_write(share)):
            points *= spacing / POINTS_PER_PIXEL
            height = about(edges[right] - edges[left]) * points + CELL_MARGINS / POINTS_PER_PIXEL
            if height > spans.get(rows, 0):
                spans[rows] = height
        return spans

    def _least(self, spacing: float) -> dict[tuple[int, int], int]:
        first, last = self._plan.print_area.top, self._plan.print_area.bottom
        roles = enumerate(self._plan.rows[first : last + 1])
        spans = {(row, row + 1): pixels(LEAST_HEIGHTS[role]) for row, role in roles}
        for one in self._texts:
            rows = self._rows(one.area)
            # What is beside the page has its line, and no more.
            is_beside = one.area.left > self._plan.print_area.right
            least = pixels(one.points * spacing) if is_beside else _height(one.points, spacing, 1)
            spans[rows] = max(spans.get(rows, 0), least)
        return spans

    def _rows(self, area: Area) -> tuple[int, int]:
        first = self._plan.print_area.top
        return area.top - first, area.bottom + 1 - first

    def _cell(self, one: PageText) -> _PageCell:
        key = one.text, one.points, one.indent
        if key not in self._measured:
            self._measured[key] = _lines_of(one)
        area = one.area
        return _PageCell(
            self._rows(area), area.left, area.right + 1, one.points, *self._measured[key]
        )

    def raise_to(self, share: float, name: str) -> None:
        """Keep room for more of the longest text of a slot; share 0 for no more than of the others."""
        self._raised[name] = share
        self._reserved.clear()

    def _kept(self, slot: Slot, share: float) -> _Lines:
        """Return the lines that are kept for a slot, counted once for a width, however the others are raised."""
        key = slot.name, share
        if key not in self._lines_kept:
            indent = indent_of(slot, self._plan) if self._roomy else 0
            self._lines_kept[key] = _lines_to_write(slot, share, indent)
        return self._lines_kept[key]

    def _to_write(self, share: float) -> list[_PageCell]:
        """Return the cells of texts that are to be written yet, as far as more than one line is kept for them."""
        if share not in self._reserved:
            slots = written(self._plan) if share else ()
            self._reserved[share] = [
                _PageCell(self._rows(area), area.left, area.right + 1, BODY_POINTS, *lines)
                for slot in slots
                for own in (max(share, self._raised.get(slot.name, 0.0)),)
                for lines in (self._kept(slot, own),)
                for area in slot.cells()
            ]
            if share:
                self._reserved[share] += [
                    _PageCell(self._rows(area), 0, 1, BODY_POINTS, lambda _: 1, lambda _: 1.0)
                    for area in _short_counters(self._plan)
                ]
        return self._reserved[share]


def _lines_of(one: PageText) -> _Lines:
    measured = paragraphs(one.text)
    lengths = [sum(paragraph) for paragraph in measured]

    @cache
    def lines(width: int) -> int:
        return lines_of(measured, one.em(width))

    @cache
    def about(width: int) -> float:
        room, exact = max(1.0, one.em(width) - _LOST_EM), lines(width)
        return exact if exact <= _FEW else sum(max(1.0, length / room) for length in lengths)

    return lines, about


def _lines_to_write(slot: Slot, share: float, indent: int) -> _Lines:
    """Return how many lines are kept for a text of a slot that is to be written yet, by its width."""
    letters = int((slot.max_length or 0) * share)
    if slot.kind is FieldKind.TEXT:
        letters = min(letters, _LONGEST_TEXT) if slot.repeats else letters
    is_long = slot.is_entry and slot.kind is FieldKind.PROSE
    breaks = (slot.max_length or 0) // _PARAGRAPH if is_long else 0

    @cache
    def lines(width: int) -> int:
        per_line = most_on_line((width - indent) / PIXELS_PER_EM)
        # With more than a line, Excel carries a character that may not stand at its end.
        own = ceil(letters / max(1, per_line - 1)) if letters > per_line else 1
        return min(own, _FEW) if slot.repeats else own + breaks

    @cache
    def about(width: int) -> float:
        room, exact = max(1.0, (width - indent) / PIXELS_PER_EM - _LOST_EM), lines(width)
        return exact if exact <= _FEW else letters / room + breaks

    return lines, about


def _height(points: float, spacing: float, lines: int) -> int:
    """Return the pixels that a cell of `lines` lines needs."""
    return pixels(lines * points * spacing + CELL_MARGINS)


def pixels(points: float) -> int:
    """Return whole pixels that are at least so many points."""
    return ceil(points / POINTS_PER_PIXEL)
