"""A summary read back: every entry of finance, and whatever else was typed on its two sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.book import Book, Cell, Extent, Sheet
from yosan_xl.excel.ooxml.limits import SUMMARY_LIMITS
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.summary.definition import SummaryDefinition, every_definition
from yosan_xl.excel.summary.entries import (
    EntryValue,
    HeadedSheet,
    amount_of,
    number_of,
    read_entries,
)
from yosan_xl.excel.summary.listing import NONE_LEFT
from yosan_xl.excel.summary.marks import SHEET, NotASummary, SummaryStamp, read_stamp
from yosan_xl.form.definition import Definition
from yosan_xl.model.decision import OUTSIDE, Spot, Typed
from yosan_xl.model.finding import Place

_NO_SIZE = (0, 0)
_MONEY = ("budgeted", "budgeted_earmarked")


@dataclass(frozen=True, slots=True)
class SummaryReading:
    """What finance typed into a summary.

    `cells` are the entry cells that hold a decision or were changed, emptied ones too; `notes` all
    that stands outside of them; `uncarried` what the summary itself lists as 引き継げない記入.
    `strange_sheets` are sheets that somebody added, or wrote beside the table of. `modified` is the save time (ISO 8601).
    """

    file: str
    fiscal_year: int
    cells: tuple[Typed, ...]
    notes: tuple[Typed, ...]
    uncarried: tuple[Typed, ...]
    strange_sheets: tuple[str, ...]
    modified: str | None
    absorbed: frozenset[str]


def read_summary(data: bytes, file: str, form: Definition | None = None) -> SummaryReading:
    """Read a summary in the words of `form` or a shipped one, as hostile as any book; raise Refused, or NotASummary."""
    definitions = every_definition(form)
    definition = definitions[0]
    listed = definition.of_kind("uncarried")
    read = {SHEET, listed.name, *(sheet.name for sheet in definition.entry_sheets)}
    book = open_book(data, SUMMARY_LIMITS, lambda name: name.casefold() in read, measured=True)
    stamp = read_stamp(book)
    cells: list[Typed] = []
    notes: list[Typed] = []
    for own in definition.entry_sheets:
        sheet = book.sheet(own.name)
        if sheet is None:
            raise NotASummary(f"シート「{own.name}」がありません")
        entries, others = read_entries(
            book, HeadedSheet.of(sheet, own.kind, file, definitions), stamp
        )
        cells += entries
        notes += others
    sheet = book.sheet(listed.name)
    left = HeadedSheet.of(sheet, listed.kind, file, definitions) if sheet else None
    return SummaryReading(
        file=file,
        fiscal_year=stamp.fiscal_year,
        cells=tuple(cells),
        notes=tuple(notes),
        uncarried=tuple(read_uncarried(left, definitions)) if left else (),
        strange_sheets=tuple(_strange(book, stamp, data)),
        modified=book.modified,
        absorbed=stamp.absorbed,
    )


def why_refused(error: Refused) -> str:
    """Return in a few words why bytes are no book that can be read."""
    encrypted = error.code is refusals.ENCRYPTED
    return "パスワード付きです" if encrypted else f"{error.code.title}です"


def _strange(book: Book, stamp: SummaryStamp, data: bytes) -> Iterator[str]:
    """Return the sheets that somebody added, and those of ours with something beside the table."""
    # Whether a cell far out says anything is worth reading the sheet for, once there is one.
    doubtful = {
        name
        for name, extent in book.extents.items()
        if name in stamp.sheets and not _is_within(extent, stamp.sizes.get(name, _NO_SIZE))
    }
    read = open_book(data, SUMMARY_LIMITS, doubtful.__contains__) if doubtful else None
    for name in book.extents:
        sheet = read.sheet(name) if read and name in doubtful else None
        if name not in stamp.sheets or (
            sheet and _has_notes(sheet, stamp.sizes.get(name, _NO_SIZE))
        ):
            yield name


def _is_within(extent: Extent | None, size: Extent) -> bool:
    return extent is not None and extent[0] <= size[0] and extent[1] <= size[1]


def _has_notes(sheet: Sheet, size: Extent) -> bool:
    beyond = (at for at in sheet.cells if at[0] > size[0] or at[1] > size[1])
    return bool(sheet.comments) or any(raw_text(sheet.cells[at]) for at in beyond)


def read_uncarried(
    headed: HeadedSheet, definitions: Sequence[SummaryDefinition]
) -> Iterator[Typed]:
    """Return the rows below the headings, to be tried again; a row without a text typed is none."""
    fields = {
        one.labels[key]: key
        for one in definitions
        for sheet in one.entry_sheets
        for key in sheet.entries
    }
    for row, notes in _beside(headed).items():
        text = headed.text(row, "typed") or "　".join(notes)
        if not text or headed.text(row, "id") == NONE_LEFT:
            continue
        field = fields.get(headed.text(row, "field"), OUTSIDE)
        meant = _meant(headed.sheet.cell(row, headed.columns["typed"]), text, field)
        line = headed.line(row)
        yield Typed(
            spot=Spot(headed.text(row, "id"), field, line if line and line.position else None),
            value=meant.value,
            raw=text,
            place=_origin(headed.text(row, "origin"), Place(headed.file, headed.own.name)),
            title=headed.text(row, "title"),
            why=headed.text(row, "why"),
            problem=meant.problem,
            own="typed",
        )


def _beside(headed: HeadedSheet) -> Mapping[int, list[str]]:
    """Return by row what stands in columns that are none of ours."""
    found: dict[int, list[str]] = {}
    for (row, column), cell in sorted(headed.sheet.cells.items()):
        if row > headed.heading:
            notes = found.setdefault(row, [])
            if column not in headed.columns.values() and (text := raw_text(cell)):
                notes.append(text)
    return found


def _meant(cell: Cell, text: str, field: str) -> EntryValue:
    if field not in _MONEY:
        return EntryValue(text)
    number = number_of(cell)
    return amount_of(text) if number.value is None else number


def _origin(text: str, here: Place) -> Place:
    """Return the place that the row tells of; it is a name to print, and no path to open."""
    file, _, rest = text.rpartition(" ")
    sheet, _, cell = rest.partition("!")
    return Place(file, sheet, cell or None) if file and sheet else here
