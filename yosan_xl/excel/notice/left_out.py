"""What a department wrote into a 内示 book and nobody reads: beside 復活要求, over other cells, upon the sheets, on sheets of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from typing import NamedTuple

from yosan_xl.excel.notice.stamp import SHEET, NoticeStamp
from yosan_xl.excel.ooxml.book import AnnotationKind, Book, Sheet
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.entries import is_filled
from yosan_xl.excel.reading.left_out import NAMED, finding_of, quoted_cell, upon
from yosan_xl.excel.reading.placement import Spot
from yosan_xl.excel.summary.fingerprints import every_difference
from yosan_xl.form.area import a1
from yosan_xl.model.finding import Finding, Place


class ReadCells(NamedTuple):
    """What was read of 復活要求: its name now, the cells that were looked at, and the columns in which formulas are ours."""

    sheet: str = ""
    cells: frozenset[Spot] = frozenset()
    columns: frozenset[int] = frozenset()


_NOTHING = ReadCells()


def left_out(
    book: Book, file: str, stamp: NoticeStamp, read: ReadCells = _NOTHING
) -> Iterator[Finding]:
    """Yield what stands in a book that was not written there and is not read, as of a book in 提出.

    A stamp without marks of the sheets tells nothing of their cells.
    """
    for sheet in book.sheets if stamp.marked else ():
        if sheet.name == SHEET:
            continue
        place, typed = Place(file, sheet.name), _typed(sheet, stamp)
        is_own = typed is None
        spots = [spot for spot, cell in sheet.cells.items() if is_filled(cell)] if is_own else typed
        if sheet.name == read.sheet:
            is_own, spots = False, [spot for spot in typed or () if not _is_read(sheet, spot, read)]
        if spots:
            yield _told(book, sheet, spots, place, is_own=is_own)
    for name, found in book.annotations.items():
        # Each sheet is written with a foot of its own.
        own = [one for one in found if one.kind is not AnnotationKind.HEADER]
        yield from upon(own, Place(file, name))


def _typed(sheet: Sheet, stamp: NoticeStamp) -> list[Spot] | None:
    """Return the cells of a sheet that differ from what was written; None where it is none of ours, whatever it is called."""
    marked = stamp.marked.get(sheet.name)
    if marked:
        return every_difference(sheet, marked)
    found = [every_difference(sheet, one) for one in stamp.marked.values()]
    best = min(found, key=len, default=[])
    return best if 2 * len(best) < len(sheet.cells) else None


def _is_read(sheet: Sheet, spot: Spot, read: ReadCells) -> bool:
    is_ours = sheet.cells[spot].formula is not None and spot[1] in read.columns
    return spot in read.cells or is_ours


def _told(
    book: Book, sheet: Sheet, spots: Sequence[Spot], place: Place, *, is_own: bool
) -> Finding:
    at = Place(place.file, place.sheet, a1(*min(spots)))
    items = [quoted_cell(book, sheet, spot) for spot in nsmallest(NAMED, spots)]
    if not is_own:
        return finding_of(codes.BESIDE, at, items, len(spots))
    hidden = "" if sheet.state == "visible" else "非表示の"
    return finding_of(codes.OWN_SHEET, at, items, len(spots), hidden=hidden)
