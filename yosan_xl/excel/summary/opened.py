"""A summary opened: its hidden sheet, which sheet is which, and those of its sheets that somebody may have written on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from yosan_xl.excel.ooxml.book import Book, Extent, Sheet
from yosan_xl.excel.ooxml.limits import SUMMARY_LIMITS
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.summary.definition import SheetDefinition, SummaryDefinition
from yosan_xl.excel.summary.fingerprints import (
    is_as_written,
    strange_styles,
    text_of,
)
from yosan_xl.excel.summary.sheets import FoundSheets, keys_of
from yosan_xl.excel.summary.stamp import SHEET, SummaryStamp, read_stamp
from yosan_xl.model.decision import REMARKS

_NO_SIZE = (0, 0)
_MOST_HEADINGS = 20
"""Rows that are looked at for headings."""


@dataclass(frozen=True, slots=True)
class OpenedSummary:
    """A summary: `book` has the sheets that finance types into, `more` those that must be looked at cell by cell.

    `colours` are the formats in colours that the summary was not written with. `doubtful` are sheets of a summary from
    before version 4 with something beside the table.
    """

    book: Book
    more: Book | None
    stamp: SummaryStamp
    found: FoundSheets
    colours: frozenset[int]
    doubtful: tuple[str, ...]

    @classmethod
    def of(cls, data: bytes, typed: Collection[str]) -> OpenedSummary:
        """Open a summary whose sheets of these names (without case) are typed into. Raises Refused or NotASummary."""
        book = open_book(
            data,
            SUMMARY_LIMITS,
            lambda name: name.casefold() == SHEET or name.casefold() in typed,
            annotated=True,
            linked=False,
            text_of=text_of,
        )
        stamp = read_stamp(book)
        names = dict.fromkeys([*(one.name for one in book.sheets), *book.texts, *book.annotations])
        found = FoundSheets.of(stamp, names, keys_of(stamp, book.names))
        colours = strange_styles(book, stamp.grounds) if stamp.grounds else frozenset()
        wanted = {*found.copies, *_to_look_at(book, stamp, found, colours)}
        return cls(
            book=book,
            more=_read(data, wanted, {*found.strange}),
            stamp=stamp,
            found=found,
            colours=colours,
            doubtful=() if stamp.marked else tuple(_with_notes(data, stamp)),
        )

    @property
    def is_known(self) -> bool:
        """Whether the summary tells what stood on every sheet, and its entries are kept beside it."""
        return self.stamp.history.generation is not None

    def sheet(self, name: str) -> Sheet | None:
        """Return a sheet by its name now, where it was read."""
        return self.book.sheet(name) or (self.more.sheet(name) if self.more else None)

    def sheet_of(self, written: str) -> Sheet | None:
        """Return a sheet by the name that it was written with."""
        name = self.found.names.get(written)
        return self.sheet(name) if name else None

    def copies_of(self, written: str) -> Iterator[Sheet]:
        """Yield the sheets that are or may be copies of a sheet."""
        if self.is_known:
            names = [name for name, own in self.found.copies.items() if own == written]
            yield from filter(None, map(self.sheet, (*names, *self.found.strange)))


def unstamped_list(data: bytes, definitions: Iterable[SummaryDefinition]) -> str | None:
    """Return the sheet of a book without our stamp that has the headings of a list that finance types into, None where there is none."""
    try:
        book = open_book(data, SUMMARY_LIMITS, linked=False)
    except Refused:
        return None
    lists = [one for each in definitions for one in each.sheets if one.entries]
    for sheet in book.sheets:
        rows: dict[int, set[str]] = defaultdict(set)
        for (row, _), cell in sheet.cells.items():
            if row < _MOST_HEADINGS:
                rows[row].add(cell.text)
        if any(_heads(texts, one) for texts in rows.values() for one in lists):
            return sheet.name
    return None


def _heads(texts: set[str], sheet: SheetDefinition) -> bool:
    """Return whether a row says whose requests there are and what is decided of them."""
    labels = {one.key: one.label for one in sheet.fields}
    decided = {labels[key] for key in sheet.entries if key != REMARKS}
    return {labels["id"], labels["title"]} <= texts and bool(decided & texts)


def _to_look_at(
    book: Book, stamp: SummaryStamp, found: FoundSheets, colours: frozenset[int]
) -> Iterator[str]:
    """Yield the sheets that were not read and on which something stands that was not written."""
    for written, name in found.names.items():
        if name not in book.texts:
            continue
        texts, marked = book.texts[name], stamp.marked.get(written)
        is_typed = stamp.marked and (marked is None or not marked.rows)
        if (
            is_typed
            or texts is None
            or texts.styles & colours
            or (marked and not is_as_written(texts, marked))
        ):
            yield name


def _read(data: bytes, wanted: set[str], strange: set[str]) -> Book | None:
    """Read more sheets; one that is not ours need not be readable."""
    if not wanted | strange:
        return None
    try:
        return open_book(data, SUMMARY_LIMITS, (wanted | strange).__contains__)
    except Refused:
        return open_book(data, SUMMARY_LIMITS, wanted.__contains__) if wanted else None


def _with_notes(data: bytes, stamp: SummaryStamp) -> Iterator[str]:
    """Return the sheets of a summary that does not tell what stood on them with something beside the table."""
    measured = open_book(data, SUMMARY_LIMITS, lambda _: False, measured=True)
    doubtful = {
        name
        for name, extent in measured.extents.items()
        if name in stamp.sheets and not _is_within(extent, stamp.sizes.get(name, _NO_SIZE))
    }
    read = open_book(data, SUMMARY_LIMITS, doubtful.__contains__) if doubtful else None
    for sheet in read.sheets if read else ():
        row, column = stamp.sizes.get(sheet.name, _NO_SIZE)
        beyond = (cell for at, cell in sheet.cells.items() if at[0] > row or at[1] > column)
        if sheet.name not in stamp.columns and any(map(raw_text, beyond)):
            yield sheet.name


def _is_within(extent: Extent | None, size: Extent) -> bool:
    return extent is not None and extent[0] <= size[0] and extent[1] <= size[1]
