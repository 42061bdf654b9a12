"""Column widths and row heights of a request sheet: every text shows, and the page is filled.

Merged cells do not grow in Excel or LibreOffice: whoever writes a text sets the heights. A page is
made as large as its texts allow, so we look for the largest print scale at which all of them have
room, give width to where text is, and stretch the rows to the height of the page. A sheet that is to be
written yet has room for texts as long as real ones are, as far as letters of 8 points allow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, inf

from yosan_xl.excel.layout.page_cells import (
    CELL_MARGINS,
    LEAST_HEIGHTS,
    PIXELS_PER_EM,
    POINTS_PER_PIXEL,
    indent_of,
    page_texts,
    pixels,
    points_of,
    written,
)
from yosan_xl.excel.layout.paper import head_rows
from yosan_xl.excel.layout.spans import Fixed, Spans, heights, needed
from yosan_xl.excel.layout.trial import (
    LEAST_SCALE,
    LESS_CALM,
    LEVELS,
    NORMAL,
    READABLE,
    ROOMY_ROW,
    TIGHTER,
    PageContent,
    PageTrial,
    PrintChoice,
)
from yosan_xl.excel.styles import BODY_POINTS
from yosan_xl.excel.wrapping import most_on_line
from yosan_xl.form.area import Area
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan, Room
from yosan_xl.form.relation import Values

_SMALLER = ceil(7.5 / BODY_POINTS * 100)
"""Percent; the least that a sheet to be written prints at for the room of its texts."""

_EVEN = 0.92
"""How much smaller a page may print so that the rows of its lists are even."""

_SHARES = (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)
"""How much of the longest text of a field to keep room for, as far as the page allows."""

_BLANK_SHARES = (0.8, 0.67, 0.6, 0.55, 0.5, 0.45, 0.4)
"""The same of a sheet to be written yet, which prints smaller for it: real texts take up to two thirds."""

_ENOUGH = 0.6
"""The share with which a sheet to be written keeps its larger letters."""

_LEAST_SHARES = (0.45, 0.4, 0.3)
"""With smaller letters, the share of every field, before some of them get as much as real texts need."""

_REAL_SHARE = 0.67
"""How much of the longest text of a field the longest real ones have."""

_WISHED_SHARES = (0.8, 0.6, 0.5)
"""Shares for which width is given to where text is: more on a roomy form, less where halves contend for it."""

_BESIDE_PROSE = 36.0
"""The same of a row beside prose, which shares its room."""

_HIGHEST = 409.5
"""The greatest height (pt) of a row (Excel の仕様と制限)."""


@dataclass(frozen=True, slots=True)
class Page:
    """Column widths (pixels) and row heights (pt) of a request sheet, and whether these fill its paper.

    Texts are indented, and those of the head larger, unless the page is too full for that. `rooms` says what shows of every text that a department writes: by the names of their slots.
    """

    widths: tuple[int, ...]
    heights: tuple[float, ...]
    is_full: bool
    is_roomy: bool
    rooms: Mapping[str, Room]


def lay_out(plan: Plan, values: Values) -> Page:
    """Return the widths and heights of a sheet that shows `values`."""
    texts = tuple(page_texts(plan, values))
    measured = tuple(one.measured for one in texts)
    is_open = _is_open(plan, values)
    return _lay_out(PageContent(plan, texts, plan.sha256, plan.rows, measured, is_open))


def _is_open(plan: Plan, values: Values) -> bool:
    """Return whether a department has yet to write what it must."""
    own = (slot for slot in plan.slots if slot.is_entry and slot.required and not slot.repeats)
    return bool(plan.counters) and any(not values.get(slot.name) for slot in own)


@lru_cache(maxsize=128)
def _lay_out(sheet: PageContent) -> Page:
    # Kept, since a book's blank sheets are all alike.
    trial = PageTrial(sheet, roomy=True)
    found = (_of_open_sheet(trial) if sheet.is_open else None) or _of_written_sheet(trial)
    if found[0].scale < LEAST_SCALE:
        close = PageTrial(sheet, roomy=False)
        more = _of_written_sheet(close)
        trial, found = (close, more) if more[0].scale > found[0].scale else (trial, found)
    return _page(sheet, trial, *found)


def _of_open_sheet(trial: PageTrial) -> tuple[PrintChoice, Spans, Fixed] | None:
    """Return how a sheet is laid out that is to be written yet; None where letters of 7.5 points leave no room."""
    best = _roomiest(trial, READABLE, _BLANK_SHARES)
    if best.share < _ENOUGH:
        smaller = _roomiest(trial, _SMALLER, _LEAST_SHARES)
        if smaller.share:
            best = smaller
            _keep_room_for_real_texts(trial, best)
    return _larger(trial, best) if best.share else None


def _roomiest(trial: PageTrial, scale: int, shares: Sequence[float]) -> PrintChoice:
    """Return the largest share for which a print has room, 0 for none; give width to where the texts then are."""
    best, moves = PrintChoice(scale, NORMAL), trial.moves
    for wished in _WISHED_SHARES:
        trial.widen(PrintChoice(scale, NORMAL, wished))
        more = (best._replace(share=share) for share in shares if share > best.share)
        found = next((one for one in more if trial.fits(one) and trial.level(one)), None)
        best, moves = (found, trial.moves) if found else (best, moves)
    trial.moves = moves
    return best


def _keep_room_for_real_texts(trial: PageTrial, choice: PrintChoice) -> None:
    """Give room to the largest block, then to the others, the short ones first, as far as rows stay even."""
    slots = [one for one in written(trial.plan) if one.is_entry and not one.repeats]
    largest = max(slots, key=lambda slot: (slot.max_length or 0, slot.area.height), default=None)
    for slot in sorted(slots, key=lambda one: (one is not largest, one.max_length or 0)):
        trial.cells.raise_to(_REAL_SHARE, slot.name)
        if not trial.level(choice, step=1):
            trial.cells.raise_to(0.0, slot.name)


def _larger(trial: PageTrial, least: PrintChoice) -> tuple[PrintChoice, Spans, Fixed]:
    """Return the largest print at which as much has room as at the least."""
    for scale in range(trial.choices[0].scale, least.scale - 1, -1):
        choice = least._replace(scale=scale)
        if found := trial.level(choice, step=1):
            return choice, *found
    return least, trial.spans(least), {}


def _of_written_sheet(trial: PageTrial) -> tuple[PrintChoice, Spans, Fixed]:
    """Return how a sheet is laid out for what stands in it."""
    best = trial.best()
    if best:
        best = _after_moves(trial, best)
    first, least = trial.choices[best], _least_even(trial, best)
    moves = trial.moves
    if not trial.level(least):
        trial.widen(least)
    if trial.level(least):
        first = next(one for one in trial.choices[best:] if one == least or trial.level(one))
    else:
        trial.moves = moves
    found = trial.level(first) or trial.level(first, LESS_CALM)
    for share in _SHARES:
        more = first._replace(share=share)
        if trial.fits(more) and (not found or trial.level(more)):
            return more, *(trial.level(more) or (trial.spans(more), {}))
    return first, *(found or (trial.spans(first), {}))


def _after_moves(trial: PageTrial, best: int) -> int:
    """Give width to where text is, for the largest letters that this makes possible; return the best choice."""

    def has_room(choice: PrintChoice) -> bool:
        trial.moves = ()
        trial.widen(choice)
        return trial.fits(choice)

    sizes = (PrintChoice(READABLE, NORMAL), PrintChoice(LEAST_SCALE, TIGHTER[-1]))
    larger = [one for one in trial.choices if one.scale > trial.choices[best].scale]
    for choice in sizes:
        if choice in larger and has_room(choice):
            return trial.best(trial.choices.index(choice))
    # Below the tightest lines, what has no room at one size has none at a larger one: a few are tried, not all.
    smaller = [one for one in larger if one.scale < LEAST_SCALE and one.scale % 2 == 0]
    found = bisect_left(smaller, True, key=has_room)
    if found < len(smaller) and has_room(smaller[found]):
        return trial.best(trial.choices.index(smaller[found]))
    trial.moves = ()
    return best


def _least_even(trial: PageTrial, best: int) -> PrintChoice:
    """Return the smallest print that even rows are worth."""
    first = trial.choices[best]
    level = next((one for one in LEVELS if one <= first.scale), first.scale)
    least = max(level, ceil(first.scale * _EVEN))
    return next(one for one in reversed(trial.choices[best:]) if one.scale >= least)


def _page(
    sheet: PageContent, trial: PageTrial, choice: PrintChoice, spans: Spans, fixed: Fixed
) -> Page:
    """Return the page with its rows: those that are printed fill it as far as they may grow."""
    plan, room = sheet.plan, trial.room(choice)
    first, body = plan.print_area.top, head_rows(plan) - plan.print_area.top
    most = [min(one, fixed.get(at, inf)) for at, one in enumerate(_most(plan), body)]
    height = _enough(spans, room, most)
    shared = heights(spans, height, body, most, fixed)
    printed = [min(_HIGHEST, one * POINTS_PER_PIXEL) for one in shared]
    others = [LEAST_HEIGHTS[role] for role in plan.rows]
    rows = (*others[:first], *printed, *others[first + len(printed) :])
    all_widths = [int(width * PIXELS_PER_EM) for width in plan.widths]
    own = trial.widths(choice)
    left = plan.print_area.left
    widths = (*all_widths[:left], *own, *all_widths[left + len(own) :])
    return Page(
        widths,
        rows,
        height == room,
        trial.roomy,
        _rooms(sheet, widths, rows, roomy=trial.roomy),
    )


def _rooms(
    sheet: PageContent, widths: Sequence[int], rows: Sequence[float], *, roomy: bool
) -> dict[str, Room]:
    """Return what shows of every text that a department writes, whichever program prints it."""
    found = {}
    for slot in (one for one in written(sheet.plan) if one.is_entry):
        indent = indent_of(slot, sheet.plan) if roomy else 0
        letters = points_of(slot.area, sheet.plan) if roomy else BODY_POINTS
        pixels_wide = sum(widths[slot.area.left : slot.area.right + 1]) - indent
        em = pixels_wide * POINTS_PER_PIXEL / letters
        high = (sum(rows[one.top : one.bottom + 1]) for one in slot.cells())
        lines = tuple(_shown(height, letters) for height in high)
        # Excel carries a character to the next line that may not stand at the end of one (禁則処理).
        per_line = max(1, most_on_line(em) - (max(lines) > 1))
        found[slot.name] = Room(per_line, min(lines), lines if slot.repeats else ())
    return found


def _shown(points: float, letters: float) -> int:
    return max(1, int((points - CELL_MARGINS) / (letters * NORMAL)))


def _enough(spans: Spans, room: int, most: Sequence[float]) -> int:
    """Return the room in which no row of the body is higher than it needs to be, or than it may grow."""
    rows = max(bottom for _, bottom in spans)
    roomy = sum(spans[row, row + 1] for row in range(rows - len(most))) + sum(most)
    return int(min(room, max(needed(spans), roomy)))


@lru_cache(maxsize=32)
def _most(plan: Plan) -> tuple[float, ...]:
    """Return how high (pixels) each printed row of the body may grow where no text needs more.

    Prose takes what others leave. Where some columns are named to take it, the rows are even.
    """
    rows = range(head_rows(plan), plan.print_area.bottom + 1)
    if plan.elastic:
        return (inf,) * len(rows)
    single = [slot for slot in plan.slots if not slot.repeats] if plan.counted() else []
    prose = [slot.area for slot in single if slot.kind is FieldKind.PROSE]
    cells = [one.area for one in page_texts(plan, {}) if one.area.right <= plan.print_area.right]
    return tuple(_most_of(row, prose, cells) for row in rows)


def _most_of(row: int, prose: Sequence[Area], cells: Sequence[Area]) -> float:
    beside = [area.height for area in prose if area.top <= row <= area.bottom]
    if not beside:
        return pixels(ROOMY_ROW)
    lowest = min(area.height for area in cells if area.top <= row <= area.bottom)
    return pixels(_BESIDE_PROSE) if lowest < min(beside) else inf
