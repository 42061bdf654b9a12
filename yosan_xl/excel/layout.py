"""Column widths and row heights of a request sheet: every text shows, and the page is filled.

Merged cells do not grow in Excel or LibreOffice: whoever writes a text sets the heights. A page is
made as large as its texts allow, so we look for the largest print scale at which all of them have
room, stretch the columns to the width of the page at that scale, and the rows to its height.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise, zip_longest
from math import ceil, inf

from yosan_xl.excel.styles import BODY_POINTS, TITLE_POINTS
from yosan_xl.excel.wrapping import Paragraph, lines_of, most_on_line, paragraphs
from yosan_xl.form.area import Area
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan, Room, RowRole, Slot
from yosan_xl.form.relation import CellValue, Values

MARGIN_INCHES = 0.25
PAGE_POINTS = (297 / 25.4 * 72 - 2 * 72 * MARGIN_INCHES, 210 / 25.4 * 72 - 2 * 72 * MARGIN_INCHES)
"""Width and height (pt) of what can be printed on A4 landscape (ISO 216)."""

_UPRIGHT = "A4縦"

_POINTS_PER_PIXEL = 0.75
_PIXELS_PER_EM = BODY_POINTS / _POINTS_PER_PIXEL

_ROOMY, _NORMAL = 1.25, 1.2
"""Line heights in em. Excel's is about 1.2, LibreOffice's 1.0."""

_TIGHTER = (1.15, 1.1, 1.05, 1.0)
"""Line heights that only a page takes whose letters cannot be smaller."""

_LEAST_SCALE = ceil(7 / BODY_POINTS * 100)
"""Percent; below this the body text would print under 7 pt."""

_LAST_SCALE = 10
"""Percent; the least that spreadsheet programs print at."""

_WIDEST_SCALE = 40
"""Percent; stretched for a smaller print, columns would be wider than a column can be."""

_CELL_MARGINS = 2.0
"""Height (pt) that a cell leaves free above and below its text (LibreOffice: 0.35 mm each)."""

_LEAST_HEIGHTS = {
    RowRole.TOOLS: 18.0,
    RowRole.TITLE: TITLE_POINTS * 4 / 3,
    RowRole.HEAD: 18.0,
    RowRole.BODY: 6.0,
}
_SHARES = (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)
"""How much of a block's longest text to keep room for, as far as the page allows."""

_ROOMY_ROW = 24.0
"""Height (pt), about two lines, beyond which a row of amounts, list items or short fields does not grow."""

_BESIDE_PROSE = 36.0
"""The same of a row beside prose, which shares its room."""

_HIGHEST = 409.5
"""The greatest height (pt) of a row (Excel の仕様と制限)."""

_FREE = (FieldKind.TEXT, FieldKind.PROSE)

Spans = Mapping[tuple[int, int], int]
"""The height that the rows of each span need together; every single row is one of them."""

_ROUNDS = 12
"""How often a wish is evened out; what it still lacks then is given to it exactly."""


@dataclass(frozen=True, slots=True)
class Page:
    """Column widths (pixels) and row heights (pt) of a request sheet, and whether these fill its paper.

    `rooms` says what shows of every text that a department writes, by the names of their slots.
    """

    widths: tuple[int, ...]
    heights: tuple[float, ...]
    is_full: bool
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
class _Text:
    """A text of the printed area, where it stands and how it may be broken."""

    area: Area
    measured: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the layout of a sheet depends on: its form, and the words of the printed area."""

    plan: Plan = field(compare=False)
    sha256: str
    rows: tuple[RowRole, ...]
    words: tuple[tuple[Area, str], ...]


def lay_out(plan: Plan, values: Values) -> Page:
    """Return the widths and heights of a sheet that shows `values`."""
    return _lay_out(_Sheet(plan, plan.sha256, plan.rows, tuple(_words(plan, values))))


@lru_cache(maxsize=128)
def _lay_out(sheet: _Sheet) -> Page:
    # Kept, since a book's blank sheets are all alike.
    plan = sheet.plan
    texts = [_Text(area, paragraphs(words)) for area, words in sheet.words]
    for scale, spacing in _choices(plan):
        widths = _widths(plan, scale)
        needed = _spans(plan, texts, widths, spacing)
        room = int(page_points(plan)[1] * 100 / scale / _POINTS_PER_PIXEL)
        if fits(needed, room):
            break
    for share in _SHARES:
        spans = union(needed, _reserved(plan, widths, spacing, share))
        if fits(spans, room):
            return _page(plan, widths, spans, room)
    return _page(plan, widths, needed, room)


def _page(plan: Plan, widths: tuple[int, ...], spans: Spans, room: int) -> Page:
    """Return the page with its rows: those that are printed fill it as far as they may grow."""
    first, fixed = plan.print_area.top, head_rows(plan) - plan.print_area.top
    most = _most(plan)
    height = _enough(spans, room, most)
    shared = heights(spans, height, fixed, most)
    printed = [min(_HIGHEST, pixels * _POINTS_PER_PIXEL) for pixels in shared]
    others = [_LEAST_HEIGHTS[role] for role in plan.rows]
    rows = (*others[:first], *printed, *others[first + len(printed) :])
    rooms = {slot.name: _room(slot, widths, rows) for slot in _written(plan)}
    return Page(widths, rows, height == room, rooms)


def _written(plan: Plan) -> Iterator[Slot]:
    """Yield the places on paper where a department writes what it likes."""
    last = plan.print_area.right
    for slot in plan.slots:
        if slot.is_entry and slot.kind in _FREE and slot.area.right <= last and not slot.picture:
            yield slot


def _room(slot: Slot, widths: Sequence[int], rows: Sequence[float]) -> Room:
    """Return what shows in a slot, whichever program prints it.

    Excel carries a character to the next line that may not stand at the end or the start of one (禁則処理).
    """
    em = sum(widths[slot.area.left : slot.area.right + 1]) / _PIXELS_PER_EM
    per_line = most_on_line(em)
    lines = tuple(_shown(sum(rows[one.top : one.bottom + 1])) for one in slot.cells())
    carried = min(lines) > 1 and per_line > 1
    return Room(per_line - carried, min(lines), lines if slot.repeats else ())


def _shown(points: float) -> int:
    return max(1, int((points - _CELL_MARGINS) / (BODY_POINTS * _NORMAL)))


def _enough(spans: Spans, room: int, most: Sequence[float]) -> int:
    """Return the room in which no row of the body is higher than it needs to be, or than it may grow."""
    rows = max(bottom for _, bottom in spans)
    needed = room - _lowest(spans, room)[0]
    roomy = sum(spans[row, row + 1] for row in range(rows - len(most))) + sum(most)
    return int(min(room, max(needed, roomy)))


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
    cells = [area for area, _ in _contents(plan, {}) if area.right <= plan.print_area.right]
    return tuple(_most_of(row, prose, cells) for row in rows)


def _most_of(row: int, prose: Sequence[Area], cells: Sequence[Area]) -> float:
    beside = [area.height for area in prose if area.top <= row <= area.bottom]
    if not beside:
        return _pixels(_ROOMY_ROW)
    lowest = min(area.height for area in cells if area.top <= row <= area.bottom)
    return _pixels(_BESIDE_PROSE) if lowest < min(beside) else inf


def _words(plan: Plan, values: Values) -> Iterator[tuple[Area, str]]:
    """Yield every cell beside or in the printed area but the title, which has a line to itself.

    What is beside it, the checks panel, is not printed and asks for one line; the counters of short texts ask for nothing.
    """
    page, prose = plan.print_area, {slot.name for slot in plan.counted()}
    short = {one.area.top for one in plan.counters if one.slot not in prose}
    for area, value in _contents(plan, values):
        if area.left > page.right and area.top in short:
            continue
        if page.top < area.top <= page.bottom:
            wraps = isinstance(value, str) and area.right <= page.right
            yield area, str(value) if wraps else ""


def _contents(plan: Plan, values: Values) -> Iterator[tuple[Area, CellValue]]:
    yield from ((label.area, label.text) for label in plan.labels)
    for slot in plan.slots:
        # A code stands on one line, however narrow that is.
        value = None if slot.picture else values.get(slot.name)
        column = value if isinstance(value, tuple) else (value,)
        yield from zip_longest(slot.cells(), column[: slot.area.height if slot.repeats else 1])


def _choices(plan: Plan) -> Iterator[tuple[int, float]]:
    """Yield print scales (percent) with line heights (em), the best first."""
    printed = plan.widths[plan.print_area.left : plan.print_area.right + 1]
    widest = min(100, int(page_points(plan)[0] * 100 / (sum(printed) * BODY_POINTS)))
    for scale in range(widest, _LEAST_SCALE - 1, -1):
        yield from ((scale, _ROOMY), (scale, _NORMAL))
    yield from ((_LEAST_SCALE, spacing) for spacing in _TIGHTER)
    yield from ((scale, _NORMAL) for scale in range(_LEAST_SCALE - 1, _LAST_SCALE - 1, -1))


def _widths(plan: Plan, scale: int) -> tuple[int, ...]:
    """Return the width (pixels) of every column.

    Those that are printed fill the page: what is left of it goes in equal parts to the elastic columns, and where a
    form names none to all, in proportion.
    """
    first, last = plan.print_area.left, plan.print_area.right
    page = int(page_points(plan)[0] * 100 / max(scale, _WIDEST_SCALE) / _POINTS_PER_PIXEL)
    widths = [int(width * _PIXELS_PER_EM) for width in plan.widths]
    if not plan.elastic:
        factor = page / sum(plan.widths[first : last + 1])
        printed = (max(1, int(width * factor)) for width in plan.widths[first : last + 1])
        return (*widths[:first], *printed, *widths[last + 1 :])
    spare = page - sum(widths[first : last + 1])
    for column in plan.elastic:
        widths[column] += spare // len(plan.elastic)
    return tuple(widths)


def _spans(plan: Plan, texts: list[_Text], widths: tuple[int, ...], spacing: float) -> Spans:
    first = plan.print_area.top
    spans = {
        (row, row + 1): _pixels(_LEAST_HEIGHTS[role])
        for row, role in enumerate(plan.rows[first : plan.print_area.bottom + 1])
    }
    for text in texts:
        width = sum(widths[text.area.left : text.area.right + 1]) / _PIXELS_PER_EM
        rows = _rows(plan, text.area)
        height = _height(lines_of(text.measured, width), spacing)
        spans[rows] = max(spans.get(rows, 0), height)
    return spans


def _reserved(plan: Plan, widths: tuple[int, ...], spacing: float, share: float) -> Spans:
    """Return the room for `share` of the longest text of each prose block, to be written yet."""
    spans = {}
    for slot in plan.counted():
        width = sum(widths[slot.area.left : slot.area.right + 1]) / _PIXELS_PER_EM
        lines = lines_of([(1.0,) * int((slot.max_length or 0) * share)], width)
        spans[_rows(plan, slot.area)] = _height(lines, spacing)
    return spans


def _rows(plan: Plan, area: Area) -> tuple[int, int]:
    first = plan.print_area.top
    return area.top - first, area.bottom + 1 - first


def _height(lines: int, spacing: float) -> int:
    """Return the pixels that a cell of `lines` lines needs."""
    return _pixels(lines * BODY_POINTS * spacing + _CELL_MARGINS)


def _pixels(points: float) -> int:
    return ceil(points / _POINTS_PER_PIXEL)


def fits(spans: Spans, room: int) -> bool:
    """Return whether all spans have their height within `room`."""
    return _lowest(spans, room)[0] >= 0


def union(one: Spans, other: Spans) -> Spans:
    """Return the spans that keep both."""
    return {**one, **{rows: max(one.get(rows, 0), height) for rows, height in other.items()}}


def heights(spans: Spans, room: int, fixed: int, most: Sequence[float] = ()) -> list[int]:
    """Return row heights that keep every span and fill the room; the rows after `fixed` are even up to their `most`.

    A wished edge is moved down to where the rows above it have what they need, and up to where
    those below it have: so every span is kept, whatever was wished.
    """
    lowest = _lowest(spans, room)
    wished = accumulate(_wish(spans, room, fixed, most), initial=0.0)
    edges = [min(round(wish), low) for wish, low in zip(wished, lowest, strict=True)]
    for (top, bottom), height in sorted(spans.items(), key=lambda span: span[0][1]):
        edges[bottom] = max(edges[bottom], edges[top] + height)
    return [below - above for above, below in pairwise(edges)]


def _lowest(spans: Spans, room: int) -> list[int]:
    """Return the lowest place of each edge; the first is below 0 where room is lacking.

    It is what remains when the rows below have what they need: the longest path to the end.
    """
    places = [room] * (1 + max(bottom for _, bottom in spans))
    for (top, bottom), height in sorted(spans.items(), reverse=True):
        places[top] = min(places[top], places[bottom] - height)
    return places


def _wish(spans: Spans, room: int, fixed: int, most: Sequence[float]) -> list[float]:
    """Return even heights, from which those that need more take it in equal parts."""
    head = [float(spans[row, row + 1]) for row in range(fixed)]
    rows = max(bottom for _, bottom in spans) - fixed
    wish = head + _even(most or (inf,) * rows, room - sum(head))
    for _ in range(_ROUNDS):
        for (top, bottom), height in spans.items():
            missing = max(0.0, height - sum(wish[top:bottom])) / (bottom - top)
            wish[top:bottom] = [one + missing for one in wish[top:bottom]]
        excess = (sum(wish) - room) / rows
        wish[fixed:] = [one - excess for one in wish[fixed:]]
    return wish


def _even(most: Sequence[float], room: float) -> list[float]:
    """Return even heights that fill the room, but for rows whose most is less."""
    level = left = room
    for number, one in enumerate(sorted(most)):
        level = left / (len(most) - number)
        if one >= level:
            break
        left -= one
    return [min(one, level) for one in most]
