"""A summary read back: every entry of finance, and whatever else was typed on its two sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.book import Book, Cell, Extent, Sheet
from yosan_xl.excel.ooxml.limits import SUMMARY_LIMITS
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.summary.columns import cell_of
from yosan_xl.excel.summary.definition import SheetDefinition, SummaryDefinition
from yosan_xl.excel.summary.entries import (
    EntryValue,
    HeadedSheet,
    amount_of,
    number_of,
    read_entries,
)
from yosan_xl.excel.summary.listing import NONE_LEFT
from yosan_xl.excel.summary.stamp import (
    MOST_DIGITS,
    RECORD,
    SHEET,
    NotASummary,
    StampedHistory,
    SummaryStamp,
    WrittenColumn,
    is_number,
    read_stamp,
)
from yosan_xl.excel.summary.template import every_definition
from yosan_xl.form.definition import Definition
from yosan_xl.model.decision import OUTSIDE, Spot, Typed
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.history import Basis

_NO_SIZE = (0, 0)


@dataclass(frozen=True, slots=True)
class SummaryReading:
    """What finance typed into a summary.

    `cells` are the entry cells that hold a decision or were changed, emptied ones too; `notes` all
    that stands outside of them; `uncarried` what the summary itself lists as 引き継げない記入.
    `strange_sheets` are sheets that somebody added, or wrote beside the table of. `modified` is the save time (ISO 8601),
    `saved_by` who saved it, as the program knew that person. `generation`, `stage` and `bases` are what the summary
    knew of the history of decisions; `generation` is None of one from before version 4. `dismissed` are the
    numbers of the records whose rows on 引き継げない記入 somebody deleted; `lost` is what has no place in the next summary.
    """

    file: str
    fiscal_year: int
    cells: tuple[Typed, ...]
    notes: tuple[Typed, ...]
    uncarried: tuple[Typed, ...]
    strange_sheets: tuple[str, ...]
    modified: str | None
    absorbed: frozenset[str]
    saved_by: str = ""
    generation: int | None = None
    stage: str = ""
    bases: Mapping[str, Basis] = field(default_factory=dict)
    dismissed: tuple[int, ...] = ()
    lost: tuple[LostContent, ...] = ()
    findings: tuple[Finding, ...] = ()


class LostContent(NamedTuple):
    """Something on a sheet that the next summary has no place for: at which cell, where that is known, and what."""

    sheet: str
    cell: str | None
    what: str


def read_summary(data: bytes, file: str, form: Definition | None = None) -> SummaryReading:
    """Read a summary, one from before version 3 in the words of `form` or the usual one, as hostile as any book.

    Raises Refused, or NotASummary.
    """
    definitions = every_definition(form)
    read = {SHEET, *(own.name for one in definitions for own in _typed_sheets(one))}
    book = open_book(data, SUMMARY_LIMITS, lambda name: name.casefold() in read, measured=True)
    stamp = read_stamp(book)
    unit = definitions[0].axes.unit
    headed = dict(_headed(book, file, stamp, definitions))
    cells: list[Typed] = []
    notes: list[Typed] = []
    for kind in ("list", "decisions"):
        if kind in headed:
            entries, others = read_entries(book, headed[kind], stamp, unit)
            cells += entries
            notes += others
    left = headed.get("uncarried")
    uncarried = tuple(read_uncarried(left, _entry_keys(stamp, definitions), unit)) if left else ()
    history = stamp.history
    return SummaryReading(
        file=file,
        fiscal_year=stamp.fiscal_year,
        cells=tuple(cells),
        notes=tuple(notes),
        uncarried=uncarried,
        strange_sheets=tuple(_strange(book, stamp, data)),
        modified=book.modified,
        absorbed=stamp.absorbed,
        saved_by=book.saved_by,
        generation=history.generation,
        stage=history.stage,
        bases=history.bases,
        dismissed=_dismissed(history, left, uncarried),
    )


def _dismissed(
    history: StampedHistory, left: HeadedSheet | None, rows: Iterable[Typed]
) -> tuple[int, ...]:
    """Return the records whose rows are gone; where the sheet or its numbers are gone, nobody knows of any."""
    if left is None or RECORD not in left.columns:
        return ()
    return tuple(sorted(history.listed - {one.number for one in rows}))


def _typed_sheets(definition: SummaryDefinition) -> Iterator[SheetDefinition]:
    """Yield the sheets that may hold something of finance."""
    yield from (one for one in definition.sheets if one.entries or one.kind == "uncarried")


def _headed(
    book: Book, file: str, stamp: SummaryStamp, definitions: Sequence[SummaryDefinition]
) -> Iterator[tuple[str, HeadedSheet]]:
    """Yield by kind the sheets that finance types into and 引き継げない記入; raise NotASummary where one is gone."""
    for own in dict.fromkeys(
        (one.kind, one.name) for each in definitions for one in _typed_sheets(each)
    ):
        kind, name = own
        writings = written_columns(stamp, kind, name, definitions)
        sheet = book.sheet(name)
        if sheet is None and writings and kind != "uncarried":
            raise NotASummary(f"シート「{name}」がありません")
        if sheet and writings:
            is_sure = bool(stamp.columns)
            yield kind, HeadedSheet.of(sheet, name, file, writings, is_sure=is_sure)


def written_columns(
    stamp: SummaryStamp, kind: str, name: str, definitions: Sequence[SummaryDefinition]
) -> list[tuple[WrittenColumn, ...]]:
    """Return what columns a sheet may have been written with: as the stamp says, else in the words of a form.

    There are none of a sheet that nobody types into.
    """
    if stamp.columns:
        columns = stamp.columns.get(name, ())
        is_typed = kind == "uncarried" or any(one.is_entry for one in columns)
        return [columns] if columns and is_typed else []
    return [columns_of(own) for one in definitions for own in one.every_of(kind)]


def columns_of(sheet: SheetDefinition) -> tuple[WrittenColumn, ...]:
    """Return the columns that a sheet is written with."""
    entries = sheet.entries
    return tuple(WrittenColumn(one.key, one.label, one.key in entries) for one in sheet.fields)


def _entry_keys(stamp: SummaryStamp, definitions: Sequence[SummaryDefinition]) -> Mapping[str, str]:
    """Return the key of each entry by its heading, and by itself."""
    own = [one for columns in stamp.columns.values() for one in columns]
    usual = [one for each in definitions for two in each.entry_sheets for one in columns_of(two)]
    entries = [one for one in (*usual, *own) if one.is_entry]
    return {one.key: one.key for one in entries} | {one.heading: one.key for one in entries}


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


def read_uncarried(headed: HeadedSheet, fields: Mapping[str, str], unit: str) -> Iterator[Typed]:
    """Return the rows below the headings, to be tried again; a row without a text typed is none.

    `fields` has the key of an entry by what the sheet calls it.
    """
    for row, notes in _beside(headed).items():
        text = headed.text(row, "typed") or "　".join(notes)
        if not text or headed.text(row, "id") == NONE_LEFT:
            continue
        field = fields.get(headed.text(row, "field"), OUTSIDE)
        meant = _meant(headed.sheet.cell(row, headed.columns["typed"]), text, field, unit)
        line = headed.line(row)
        yield Typed(
            spot=Spot(headed.text(row, "id"), field, line if line and line.position else None),
            value=meant.value,
            raw=text,
            place=_origin(headed.text(row, "origin"), Place(headed.file, headed.name)),
            title=headed.text(row, "title"),
            why=headed.text(row, "why"),
            problem=meant.problem,
            own="typed",
            number=_number(headed.text(row, RECORD)),
        )


def _number(text: str) -> int | None:
    return int(text) if is_number(text, MOST_DIGITS) else None


def _beside(headed: HeadedSheet) -> Mapping[int, list[str]]:
    """Return by row what stands in columns that are none of ours."""
    found: dict[int, list[str]] = {}
    for (row, column), cell in sorted(headed.sheet.cells.items()):
        if row > headed.heading:
            notes = found.setdefault(row, [])
            if column not in headed.columns.values() and (text := raw_text(cell)):
                notes.append(text)
    return found


def _meant(cell: Cell, text: str, field: str, unit: str) -> EntryValue:
    if cell_of(field) is None:
        return EntryValue(text)
    number = number_of(cell, unit)
    return amount_of(text, unit) if number.value is None else number


def _origin(text: str, here: Place) -> Place:
    """Return the place that the row tells of; it is a name to print, and no path to open."""
    file, _, rest = text.rpartition(" ")
    sheet, _, cell = rest.partition("!")
    return Place(file, sheet, cell or None) if file and sheet else here
