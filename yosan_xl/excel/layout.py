"""Column widths and row heights of a request sheet: every text shows, and the page is filled.

Merged cells do not grow in Excel or LibreOffice: whoever writes a text sets the heights. A page is
made as large as its texts allow, so we look for the largest print scale at which all of them have
room, give width to where text is, and stretch the rows to the height of the page. A sheet that is to be
written yet has room for texts as long as real ones are, as far as letters of 8 points allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, inf
from typing import NamedTuple

from yosan_xl.excel.column_widths import Heights, Widths, broader, designed
from yosan_xl.excel.page_cells import (
    CELL_MARGINS,
    LEAST_HEIGHTS,
    PIXELS_PER_EM,
    POINTS_PER_PIXEL,
    PageCells,
    PageText,
    indent_of,
    page_texts,
    pixels,
    points_of,
    written,
)
from yosan_xl.excel.spans import Fixed, Spans, fits, heights, levelled, needed
from yosan_xl.excel.styles import BODY_POINTS
from yosan_xl.excel.wrapping import most_on_line
from yosan_xl.form.area import Area
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan, Room, RowRole
from yosan_xl.form.relation import Values

MARGIN_INCHES = 0.25
PAGE_POINTS = (297 / 25.4 * 72 - 2 * 72 * MARGIN_INCHES, 210 / 25.4 * 72 - 2 * 72 * MARGIN_INCHES)
"""Width and height (pt) of what can be printed on A4 landscape (ISO 216)."""

_UPRIGHT = "A4縦"

_ROOMY, _NORMAL = 1.25, 1.2
"""Line heights in em. Excel's is about 1.2, LibreOffice's 1.0."""

_TIGHTER = (1.15, 1.1, 1.05, 1.0)
"""Line heights that only a page takes whose letters cannot be smaller."""

_LEVELS = tuple(ceil(points / BODY_POINTS * 100) for points in (8, 7, 6.5))
"""Percent at which the body text prints as large as this; rows are not evened out at the cost of one of them."""

_READABLE, _LEAST_SCALE, _ = _LEVELS
"""Percent; below the second lines are set closer before letters become smaller."""

_SMALLER = ceil(7.5 / BODY_POINTS * 100)
"""Percent; the least that a sheet to be written prints at for the room of its texts."""

_EVEN = 0.92
"""How much smaller a page may print so that the rows of its lists are even."""

_LAST_SCALE = 10
"""Percent; the least that spreadsheet programs print at."""

_WIDEST_SCALE = 40
"""Percent; stretched for a smaller print, columns would be wider than a column can be."""

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

_ROOMY_ROW = 24.0
"""Height (pt), about two lines, beyond which a row of amounts, list items or short fields does not grow."""

_BESIDE_PROSE = 36.0
"""The same of a row beside prose, which shares its room."""

_HIGHEST = 409.5
"""The greatest height (pt) of a row (Excel の仕様と制限)."""

_CALM, _LESS_CALM = 1.5, 2.5
"""How much higher than the rows of lists the rows between them may be, and where that leaves no room."""

_LEVEL_TRIES = 24
"""Pixels up and down from even rows within which a height for the rows of lists is looked for."""


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


def is_landscape(plan: Plan) -> bool:
    """Return whether a sheet is printed on the broad side of its paper."""
    return plan.paper != _UPRIGHT


def page_points(plan: Plan) -> tuple[float, float]:
    """Return the width and height (pt) of what can be printed on a sheet's paper."""
    return PAGE_POINTS if is_landscape(plan) else (PAGE_POINTS[1], PAGE_POINTS[0])


def head_rows(plan: Plan) -> int:
    """Return how many rows are the head of a sheet."""
    return plan.rows.index(RowRole.BODY)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the layout of a sheet depends on: its form, the words of the printed area, and whether more will come."""

    plan: Plan = field(compare=False)
    sha256: str
    rows: tuple[RowRole, ...]
    texts: tuple[PageText, ...]
    is_open: bool


class _Choice(NamedTuple):
    """A print scale (percent) with a line height (em), and how much is reserved for what is written yet."""

    scale: int
    spacing: float
    share: float = 0.0


def lay_out(plan: Plan, values: Values) -> Page:
    """Return the widths and heights of a sheet that shows `values`."""
    texts = tuple(page_texts(plan, values))
    return _lay_out(_Sheet(plan, plan.sha256, plan.rows, texts, _is_open(plan, values)))


def _is_open(plan: Plan, values: Values) -> bool:
    """Return whether a department has yet to write what it must."""
    own = (slot for slot in plan.slots if slot.is_entry and slot.required and not slot.repeats)
    return bool(plan.counters) and any(not values.get(slot.name) for slot in own)


@lru_cache(maxsize=128)
def _lay_out(sheet: _Sheet) -> Page:
    # Kept, since a book's blank sheets are all alike.
    trial = _Trial(sheet, roomy=True)
    found = (_of_open_sheet(trial) if sheet.is_open else None) or _of_written_sheet(trial)
    if found[0].scale < _LEAST_SCALE:
        close = _Trial(sheet, roomy=False)
        more = _of_written_sheet(close)
        trial, found = (close, more) if more[0].scale > found[0].scale else (trial, found)
    return _page(sheet, trial, *found)


class _Trial:
    """A page that is tried at print scales and widths."""

    def __init__(self, sheet: _Sheet, *, roomy: bool) -> None:
        plan = self.plan = sheet.plan
        self.roomy = roomy
        self.cells = PageCells(plan, sheet.texts, roomy=roomy)
        self.choices = tuple(_choices(plan))
        self.start: Callable[[int], Widths] = lru_cache(lambda page: designed(plan, page))
        self.moves: tuple[int, ...] = ()
        rows = {area.top for slot in plan.slots if slot.repeats for area in slot.cells()}
        self.listed = sorted(row - plan.print_area.top for row in rows)
        self.single = [row - plan.print_area.top for row in _single(plan) if row not in rows]

    def room(self, choice: _Choice) -> int:
        """Return the height (pixels) of the page at a scale."""
        return int(page_points(self.plan)[1] * 100 / choice.scale / POINTS_PER_PIXEL)

    def widths(self, choice: _Choice) -> Widths:
        """Return the widths of the printed columns: those of the form, moved by what was found better."""
        page = page_points(self.plan)[0] * 100 / max(choice.scale, _WIDEST_SCALE)
        start = self.start(int(page / POINTS_PER_PIXEL))
        return (
            tuple(one + move for one, move in zip(start, self.moves, strict=True))
            if self.moves
            else start
        )

    def spans(self, choice: _Choice) -> Spans:
        """Return the height of every cell."""
        own = (*(0,) * self.plan.print_area.left, *self.widths(choice))
        return self.cells.spans(own, choice.spacing, choice.share)

    def fits(self, choice: _Choice) -> bool:
        """Return whether everything has room."""
        return fits(self.spans(choice), self.room(choice))

    def widen(self, choice: _Choice) -> None:
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
        self, choice: _Choice, calm: float = _CALM, step: int = 2
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
        return min(left // (rows - body), pixels(_ROOMY_ROW))

    def _others(self, level: int, calm: float) -> Mapping[int, int]:
        """Return how high rows may be that are no rows of a list, but have cells of their own."""
        most = max(pixels(_ROOMY_ROW), int(level * calm))
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


def _of_open_sheet(trial: _Trial) -> tuple[_Choice, Spans, Fixed] | None:
    """Return how a sheet is laid out that is to be written yet; None where letters of 7.5 points leave no room."""
    best = _roomiest(trial, _READABLE, _BLANK_SHARES)
    if best.share < _ENOUGH:
        smaller = _roomiest(trial, _SMALLER, _LEAST_SHARES)
        if smaller.share:
            best = smaller
            _keep_room_for_real_texts(trial, best)
    return _larger(trial, best) if best.share else None


def _roomiest(trial: _Trial, scale: int, shares: Sequence[float]) -> _Choice:
    """Return the largest share for which a print has room, 0 for none; give width to where the texts then are."""
    best, moves = _Choice(scale, _NORMAL), trial.moves
    for wished in _WISHED_SHARES:
        trial.widen(_Choice(scale, _NORMAL, wished))
        more = (best._replace(share=share) for share in shares if share > best.share)
        found = next((one for one in more if trial.fits(one) and trial.level(one)), None)
        best, moves = (found, trial.moves) if found else (best, moves)
    trial.moves = moves
    return best


def _keep_room_for_real_texts(trial: _Trial, choice: _Choice) -> None:
    """Give room to the largest block, then to the others, the short ones first, as far as rows stay even."""
    slots = [one for one in written(trial.plan) if one.is_entry and not one.repeats]
    largest = max(slots, key=lambda slot: (slot.max_length or 0, slot.area.height), default=None)
    for slot in sorted(slots, key=lambda one: (one is not largest, one.max_length or 0)):
        trial.cells.raise_to(_REAL_SHARE, slot.name)
        if not trial.level(choice, step=1):
            trial.cells.raise_to(0.0, slot.name)


def _larger(trial: _Trial, least: _Choice) -> tuple[_Choice, Spans, Fixed]:
    """Return the largest print at which as much has room as at the least."""
    for scale in range(trial.choices[0].scale, least.scale - 1, -1):
        choice = least._replace(scale=scale)
        if found := trial.level(choice, step=1):
            return choice, *found
    return least, trial.spans(least), {}


def _of_written_sheet(trial: _Trial) -> tuple[_Choice, Spans, Fixed]:
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
    found = trial.level(first) or trial.level(first, _LESS_CALM)
    for share in _SHARES:
        more = first._replace(share=share)
        if trial.fits(more) and (not found or trial.level(more)):
            return more, *(trial.level(more) or (trial.spans(more), {}))
    return first, *(found or (trial.spans(first), {}))


def _after_moves(trial: _Trial, best: int) -> int:
    """Give width to where text is, for the largest letters that this makes possible; return the best choice."""
    sizes = (_Choice(_READABLE, _NORMAL), _Choice(_LEAST_SCALE, _TIGHTER[-1]))
    smaller = (one for one in trial.choices if one.scale < _LEAST_SCALE and one.scale % 2 == 0)
    for choice in (*sizes, *smaller):
        if choice.scale <= trial.choices[best].scale:
            break
        trial.moves = ()
        trial.widen(choice)
        if trial.fits(choice):
            return trial.best(trial.choices.index(choice))
    trial.moves = ()
    return best


def _least_even(trial: _Trial, best: int) -> _Choice:
    """Return the smallest print that even rows are worth."""
    first = trial.choices[best]
    level = next((one for one in _LEVELS if one <= first.scale), first.scale)
    least = max(level, ceil(first.scale * _EVEN))
    return next(one for one in reversed(trial.choices[best:]) if one.scale >= least)


def _page(sheet: _Sheet, trial: _Trial, choice: _Choice, spans: Spans, fixed: Fixed) -> Page:
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
    sheet: _Sheet, widths: Sequence[int], rows: Sequence[float], *, roomy: bool
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
    return max(1, int((points - CELL_MARGINS) / (letters * _NORMAL)))


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
        return pixels(_ROOMY_ROW)
    lowest = min(area.height for area in cells if area.top <= row <= area.bottom)
    return pixels(_BESIDE_PROSE) if lowest < min(beside) else inf


def _choices(plan: Plan) -> Iterator[_Choice]:
    """Yield print scales (percent) with line heights (em), the best first."""
    printed = plan.widths[plan.print_area.left : plan.print_area.right + 1]
    widest = min(100, int(page_points(plan)[0] * 100 / (sum(printed) * BODY_POINTS)))
    for scale in range(widest, _LEAST_SCALE - 1, -1):
        yield from (_Choice(scale, _ROOMY), _Choice(scale, _NORMAL))
    yield from (_Choice(_LEAST_SCALE, spacing) for spacing in _TIGHTER)
    yield from (_Choice(scale, _NORMAL) for scale in range(_LEAST_SCALE - 1, _LAST_SCALE - 1, -1))
