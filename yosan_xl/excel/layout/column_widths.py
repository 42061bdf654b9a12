"""The widths of a page's columns: they fill the page, and width goes where text is.

A form's definition says the widths that it is designed with. Columns of text may become broader at the cost of
other text, down to what a heading, a figure or a few words need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache, partial
from math import ceil
from typing import NamedTuple

from yosan_xl.excel.layout.page_cells import PIXELS_PER_EM, indent_of
from yosan_xl.excel.layout.spans import RoughSpans, Spans, about_needed, placed, union
from yosan_xl.excel.styles import BODY_POINTS, HEAD_POINTS
from yosan_xl.excel.wrapping import display_lines, text_em
from yosan_xl.form.area import Area
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Label, Plan, RowRole, Slot

Widths = tuple[int, ...]
Rows = tuple[int, int]

_STEPS = (320, 160, 80, 32, 12)
_LAST_STEPS = (48, 12, -12, -48)
"""Pixels by which a text becomes broader at once, estimated and then counted line by line."""

_NARROW_EM = 10.0
"""Figures and captions up to this width stay as the form has them."""

_FEW_WORDS_EM, _FEW_WORDS_IN_HEAD_EM = 11.0, 15.0
"""The least width of a text, as far as the form gives it more."""

_UNSEEN = 12
"""Pixels by which columns of captions and figures may change in all when others do."""

_ONE_LINE = 24
"""Pixels of height that a cell of one line stays below: more width is of no use to it."""

_FIGURES_EM = 7.35
"""The width of an amount of ten digits that touches no border."""


class ColumnLimits(NamedTuple):
    """What the widths of a plan's printed columns may be, counted from the first of these.

    `least` gives what the columns of each cell need together; `free` are those that may grow, `texts` the
    columns of each text.
    """

    design: tuple[int, ...]
    least: Spans
    free: frozenset[int]
    texts: dict[tuple[int, int], tuple[int, ...]]


class Heights(NamedTuple):
    """The heights of a page's cells at any widths: estimated, so that every pixel counts, and as they are."""

    about: Callable[[Widths], RoughSpans]
    exactly: Callable[[Widths], RoughSpans]


@lru_cache(maxsize=32)
def columns_of(plan: Plan) -> ColumnLimits:
    """Return what the widths of a plan's columns may be."""
    first, last = plan.print_area.left, plan.print_area.right
    design = tuple(int(width * PIXELS_PER_EM) for width in plan.widths[first : last + 1])
    least: Spans = {(at, at + 1): min(width, 8) for at, width in enumerate(design)}
    wide: set[int] = set()
    narrow: set[int] = set()
    for area, pixels, may_grow in _cells(plan):
        across = area.left - first, area.right + 1 - first
        least = union(least, {across: ceil(pixels)})
        (wide if may_grow else narrow).update(range(*across))
    free = frozenset(wide - narrow) or frozenset(range(len(design)))
    texts = {}
    for slot in plan.slots:
        across = slot.area.left - first, slot.area.right + 1 - first
        own = tuple(sorted(free.intersection(range(*across))))
        if own and across[1] <= len(design) and slot.kind in _TEXTS:
            texts[across] = own
    return ColumnLimits(design, least, free, texts)


_TEXTS = (FieldKind.TEXT, FieldKind.PROSE, FieldKind.CHOICE)


def _cells(plan: Plan) -> Iterator[tuple[Area, float, bool]]:
    """Yield the printed cells with the pixels that they need, and whether more is of use to them."""
    page = plan.print_area
    for label in plan.labels:
        if page.top < label.area.top <= page.bottom and label.area.right <= page.right:
            yield label.area, *_of_label(label, plan)
    for slot in plan.slots:
        if slot.area.right <= page.right and page.top < slot.area.top <= page.bottom:
            yield slot.area, *_of_slot(slot, plan)


def _of_label(label: Label, plan: Plan) -> tuple[float, bool]:
    design = _em(label.area, plan)
    head = plan.rows[label.area.top] is RowRole.HEAD
    scale = HEAD_POINTS / BODY_POINTS if head else 1.0
    is_short = label.text and display_lines(label.text, design / scale) == 1
    em = (text_em(label.text) + 1.0) * scale if is_short else design
    return min(em, design) * PIXELS_PER_EM, design > _NARROW_EM or head


def _of_slot(slot: Slot, plan: Plan) -> tuple[float, bool]:
    design, head = _em(slot.area, plan), plan.rows[slot.area.top] is RowRole.HEAD
    if slot.kind in _TEXTS and not slot.picture:
        least = min(design, _FEW_WORDS_IN_HEAD_EM if head else _FEW_WORDS_EM)
        return least * PIXELS_PER_EM + indent_of(slot, plan), True
    if slot.picture:
        return min(design, _code_em(slot.picture, head=head)) * PIXELS_PER_EM, False
    is_narrow = design <= _NARROW_EM and not head
    least = _FIGURES_EM if slot.kind is FieldKind.MONEY and design > 6 else design
    return (least if is_narrow else min(design, _FIGURES_EM)) * PIXELS_PER_EM, not is_narrow


def _code_em(picture: str, *, head: bool) -> float:
    """Return the width of a code on one line; its figures are half an em wide."""
    return (len(picture) / 2 + 1) * (HEAD_POINTS / BODY_POINTS if head else 1.0)


def _em(area: Area, plan: Plan) -> float:
    return sum(plan.widths[area.left : area.right + 1])


def designed(plan: Plan, page: int) -> Widths:
    """Return the widths (pixels) of the printed columns as the form has them, and what is left of a page given to text."""
    own = columns_of(plan)
    first = plan.print_area.left
    grow = [column - first for column in plan.elastic] or sorted(own.free)
    parts = [1.0] * len(grow) if plan.elastic else [float(own.design[one]) for one in grow]
    wish = [float(one) for one in own.design]
    for column, part in zip(grow, parts, strict=True):
        wish[column] += (page - sum(own.design)) * part / sum(parts)
    return tuple(placed(own.least, page, wish))


def broader(
    plan: Plan, widths: Widths, heights: Heights, rows_of: Callable[[Slot], Rows]
) -> Widths:
    """Return widths at which the page needs less height: the texts that decide it take from the others.

    `rows_of` gives the rows of a slot among those of the heights.
    """
    own = columns_of(plan)
    about, exactly = (cache(partial(_measured, one)) for one in heights)  # half are tried again
    for measured, steps in ((about, _STEPS), (exactly, _LAST_STEPS)):
        widths = _downhill(
            widths, measured, steps, lambda long: list(_chosen(plan, own, long, rows_of)), own
        )
    height = exactly(widths).height
    for chosen in sorted(set(own.texts.values()), key=len):
        calm = _as_designed(own, widths, chosen)
        if exactly(calm).height <= height:
            widths = calm
    return widths


class _Measured(NamedTuple):
    """The heights of a page's cells, that of the page, and the cells that decide it."""

    spans: RoughSpans
    height: float
    deciding: set[Rows]


def _measured(measure: Callable[[Widths], RoughSpans], widths: Widths) -> _Measured:
    spans = measure(widths)
    return _Measured(spans, *about_needed(spans))


def _downhill(
    widths: Widths,
    measured: Callable[[Widths], _Measured],
    steps: Sequence[int],
    chosen_by: Callable[[set[Rows]], list[tuple[int, ...]]],
    own: ColumnLimits,
) -> Widths:
    now = measured(widths)
    for step in steps:
        while True:
            long = {rows for rows in now.deciding if now.spans[rows] > _ONE_LINE}
            tries = [_moved(own, widths, chosen, step) for chosen in chosen_by(long)]
            found = [(measured(one).height, number) for number, one in enumerate(tries)]
            best, number = min(found, default=(now.height, 0))
            if best > now.height - 1:
                break
            widths = tries[number]
            now = measured(widths)
    return widths


def _as_designed(own: ColumnLimits, widths: Widths, chosen: Sequence[int]) -> Widths:
    """Return widths of which the chosen columns share what they have as the form has it."""
    given, wish = sum(widths[one] for one in chosen), [float(width) for width in widths]
    for column in chosen:
        wish[column] = given * own.design[column] / sum(own.design[one] for one in chosen)
    return tuple(placed(own.least, sum(widths), wish))


def _chosen(
    plan: Plan, own: ColumnLimits, long: set[Rows], rows_of: Callable[[Slot], Rows]
) -> Iterator[tuple[int, ...]]:
    """Yield the columns of each text that decides the height, and those of all of them."""
    first = plan.print_area.left
    found: dict[tuple[int, ...], None] = {}
    for slot in plan.slots:
        across = slot.area.left - first, slot.area.right + 1 - first
        if across in own.texts and not long.isdisjoint(_rows(slot, rows_of)):
            found[own.texts[across]] = None
    together = tuple(sorted({column for chosen in found for column in chosen}))
    yield from dict.fromkeys((*found, together) if found else ())


def _rows(slot: Slot, rows_of: Callable[[Slot], Rows]) -> Iterator[Rows]:
    top, bottom = rows_of(slot)
    if slot.repeats:
        yield from ((row, row + 1) for row in range(top, bottom))
    else:
        yield top, bottom


def _moved(own: ColumnLimits, widths: Widths, chosen: Sequence[int], step: int) -> Widths:
    """Return widths of which the chosen columns have `step` more, taken from the other free ones."""
    others = [column for column in own.free if column not in chosen]
    taken, given = sum(widths[one] for one in others), sum(widths[one] for one in chosen)
    wish = [float(width) for width in widths]
    for column in others:
        wish[column] -= step * widths[column] / taken
    for column in chosen:
        wish[column] += step * widths[column] / given if others else 0.0
    found = tuple(placed(own.least, sum(widths), wish))
    changed = sum(
        abs(a - b)
        for at, (a, b) in enumerate(zip(found, widths, strict=True))
        if at not in own.free
    )
    return found if changed <= _UNSEEN else widths
