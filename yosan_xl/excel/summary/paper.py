"""On which paper a sheet prints, on how many pages side by side, and how wide its columns are there.

Letters of 10 points are printed at 7 points or more; a sheet takes as few pages as that allows, prints on them
as large as it can, and its texts get the room that is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

A4, A3 = 9, 8
"""Paper sizes of the file format (ECMA-376, ST_PaperSize)."""

LEAST_PERCENT = 73
"""Of letters of 10 points; a little more than 7, as programs differ in how wide a column is."""

_ROOM = {A4: 1_015, A3: 1_475}
"""Pixels of columns that stand side by side on a page on its side, at its full size."""

_NARROWER = tuple(range(100, 65, -5))
"""How narrow (percent) texts become before a sheet takes one more page."""

_WIDEST, _GROWTH = 60, 2
"""How wide a text becomes where there is room, and by which factor at most."""


_HEIGHT = {A4: 490, A3: 735}
"""Points of rows that stand below one another on a page on its side, at its full size."""

_SPARE = 1
"""Percent more than the least size, as programs differ a little in how high a row is too."""

_MOST_HIGH = 4
"""Of a sheet of so many pages nobody minds how full the last one is."""


class PrintedColumn(NamedTuple):
    """A column on paper: its usual width and its least one (characters), and whether it is a text, which wraps."""

    width: int
    least: int
    is_text: bool


class PrintedWidth(NamedTuple):
    """How a sheet prints: on which paper, on how many pages side by side, with columns of these widths."""

    paper: int
    pages: int
    widths: tuple[int, ...]

    @property
    def pixels(self) -> int:
        """Return how wide the columns are together, or a page of them."""
        return min(sum(map(pixels, self.widths)), _most(self.paper))

    @property
    def percent(self) -> int:
        """Return a size at which columns of one page surely stand on it, where that is not left to the program."""
        return min(100, _ROOM[self.paper] * 100 // self.pixels - 1)


def pixels(width: float) -> int:
    """Return how wide a column of so many characters is on the screen (Excel: 7 a digit, and 5)."""
    return int(7 * width + 0.5) + 5


def printed_width(
    columns: Sequence[PrintedColumn], keys: int, papers: Sequence[int]
) -> PrintedWidth:
    """Return how columns print of which the first `keys` stand on every page: on the first of the papers if one page of it is wide enough, else on the last."""
    widths = [pixels(one.width) for one in columns]
    fits = (one for one in papers if len(_pages(widths, keys, _most(one))) == 1)
    return _on(columns, keys, next(fits, papers[-1]))


def pages_high(heights: Sequence[float], repeated: float, printed: PrintedWidth, keys: int) -> int:
    """Return on how many pages below one another rows of these heights (points) are to print, 0 where that may follow from their size.

    A few rows more than a page holds would stand alone on the next: they go on it where letters stay large enough.
    """
    usual = _size(printed.widths, keys, printed.pages, printed.paper)
    pages, least = (
        _high(heights, repeated, _HEIGHT[printed.paper] * 100 / percent)
        for percent in (usual, LEAST_PERCENT + _SPARE)
    )
    return least if least < pages <= _MOST_HIGH else 0


def percent_of_page(heights: Sequence[float]) -> int:
    """Return the size (percent) at which rows of these heights (points) stand on one page of A4."""
    return int(_HEIGHT[A4] * 100 / sum(heights))


def _high(heights: Sequence[float], repeated: float, room: float) -> int:
    """Return the pages that rows take below what is repeated on each."""
    pages, used = 1, repeated
    for height in heights:
        if used + height > room and used > repeated:
            pages, used = pages + 1, repeated
        used += height
    return pages


def most_columns(widths: Sequence[int], paper: int) -> int:
    """Return how many columns stand on one page."""
    return max(1, len(_pages([*map(pixels, widths)], 0, _most(paper))[0]))


def _most(paper: int) -> int:
    return _ROOM[paper] * 100 // LEAST_PERCENT


def _on(columns: Sequence[PrintedColumn], keys: int, paper: int) -> PrintedWidth:
    for pages in count(1):
        for percent in _NARROWER:
            widths = [_narrowed(one, percent) for one in columns]
            # A column that is wider than a page has no other place.
            own = [*map(pixels, widths)]
            if len(_pages(own, keys, _most(paper))) <= pages or pages >= len(columns):
                return PrintedWidth(paper, pages, _filled(columns, widths, keys, pages, paper))
    raise AssertionError


def _narrowed(column: PrintedColumn, percent: int) -> int:
    return max(column.least, column.width * percent // 100)


def _filled(
    columns: Sequence[PrintedColumn], widths: Sequence[int], keys: int, pages: int, paper: int
) -> tuple[int, ...]:
    """Return the widths with texts that fill the pages, at the largest size that needs no more of them."""
    room = _ROOM[paper] * 100 // _size(widths, keys, pages, paper)
    found = list(widths)
    for at, page in enumerate(_pages([*map(pixels, widths)], keys, room)):
        # What stands on every page grows only where there is one.
        growing = [one for one in page if columns[one].is_text and (pages == 1 or one >= keys)]
        repeated = sum(pixels(found[one]) for one in range(keys)) if at else 0
        left = (room - repeated - sum(pixels(found[one]) for one in page)) // 7
        _grow(found, growing, left)
    return tuple(found)


def _size(widths: Sequence[int], keys: int, pages: int, paper: int) -> int:
    """Return the largest size (percent) at which columns stand on so many pages side by side."""
    sizes, own = range(100, LEAST_PERCENT - 1, -1), [*map(pixels, widths)]
    fits = (one for one in sizes if len(_pages(own, keys, _ROOM[paper] * 100 // one)) <= pages)
    return next(fits, LEAST_PERCENT)


def _grow(widths: list[int], growing: Sequence[int], left: int) -> None:
    """Share what is left of a page (characters) among texts, a character at a time, the narrowest for its usual width first."""
    usual = {at: widths[at] for at in growing}
    for _ in range(left):
        open_ = [at for at in growing if widths[at] < min(_WIDEST, _GROWTH * usual[at])]
        if not open_:
            return
        widths[min(open_, key=lambda at: widths[at] / usual[at])] += 1


def _pages(widths: Sequence[int], keys: int, room: int) -> list[list[int]]:
    """Return the columns (of these pixels) of each page side by side, as programs fill them: as many as there is room for beside the keys."""
    repeated = sum(widths[:keys])
    found: list[list[int]] = [[]]
    used = 0
    for at, width in enumerate(widths):
        if found[-1] and used + width > room:
            found.append([])
            used = repeated
        found[-1].append(at)
        used += width
    return found
