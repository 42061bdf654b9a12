"""A summary read back: every entry of finance, and whatever else was typed on its two sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.book import Cell
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.summary import codes
from yosan_xl.excel.summary.beside import Beside, LostContent
from yosan_xl.excel.summary.definition import SummaryDefinition
from yosan_xl.excel.summary.entries import (
    EntryPlaces,
    EntryValue,
    HeadedSheet,
    ReadSheet,
    amount_of,
    moved_entries,
    number_of,
    read_entries,
)
from yosan_xl.excel.summary.fields import (
    VERDICT,
    cell_of,
)
from yosan_xl.excel.summary.listing import NONE_LEFT
from yosan_xl.excel.summary.opened import OpenedSummary
from yosan_xl.excel.summary.stamp import (
    MOST_DIGITS,
    RECORD,
    StampedHistory,
    SummaryStamp,
    is_number,
    quoted,
)
from yosan_xl.excel.summary.template import every_definition
from yosan_xl.excel.summary.typed_sheets import TypedSheets, columns_of, typed_sheets
from yosan_xl.form.definition import Definition
from yosan_xl.model.assessment import StageBasis
from yosan_xl.model.decision import OUTSIDE, Spot, Typed
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.history import ProjectState

_PUT_BACK = "見出しの行に元の見出しを入れ直して"
_RENAME_COPY = "写した列の見出しを別の名前に変え、元の列だけを元の見出しにして"


@dataclass(frozen=True, slots=True)
class SummaryReading:
    """What finance typed into a summary.

    `cells` are the entry cells that hold a decision or were changed, emptied ones too; `notes` all
    that stands outside of them; `uncarried` what the summary itself lists as 引き継げない記入.
    `strange_sheets` are sheets that somebody added. `modified` is the save time (ISO 8601),
    `saved_by` who saved it, as the program knew that person. `generation`, `mark`, `stage`, `bases` and
    `stage_bases` are what the summary
    knew of the history of decisions; `generation` is None of one from before version 4. `dismissed` are the
    numbers of the records whose rows on 引き継げない記入 somebody deleted; `lost` is what has no place in the next summary,
    `findings` what there is to tell of sheets and columns.
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
    mark: str = ""
    closed: tuple[str, ...] = ()
    stage: str = ""
    bases: Mapping[str, ProjectState] = field(default_factory=dict)
    stage_bases: Mapping[str, StageBasis] = field(default_factory=dict)
    dismissed: tuple[int, ...] = ()
    lost: tuple[LostContent, ...] = ()
    findings: tuple[Finding, ...] = ()
    places: tuple[EntryPlaces, ...] = ()

    def has(self, spot: Spot) -> bool:
        """Return whether the cell of an entry is there still."""
        return any(one.has(spot) for one in self.places)


def read_summary(data: bytes, file: str, form: Definition | None = None) -> SummaryReading:
    """Read a summary, one from before version 3 in the words of `form` or the usual one, as hostile as any book.

    Raises Refused, or NotASummary.
    """
    definitions = every_definition(form)
    typed = {own.name for one in definitions for own in typed_sheets(one)}
    opened = OpenedSummary.of(data, {name.casefold() for name in typed})
    stamp = opened.stamp
    unit = definitions[0].axes.unit
    sheets = TypedSheets(file, opened, definitions)
    entries = {name: read_entries(opened.book, one, stamp, unit) for name, one in sheets.entries}
    left = sheets.uncarried
    fields = _entry_keys(stamp, definitions)
    uncarried = tuple(read_uncarried(left, fields, unit)) if left else ()
    beside = Beside(file, opened, {one.sheet.name: one for one in sheets.every})
    beside.take()
    for written, copy in sheets.copies:
        beside.take_copy(read_entries(opened.book, copy, stamp, unit), entries[written])
    history = stamp.history
    return SummaryReading(
        file=file,
        fiscal_year=stamp.fiscal_year,
        cells=tuple(cell for one in entries.values() for cell in one.cells),
        notes=tuple(note for one in entries.values() for note in one.notes) + tuple(beside.notes),
        uncarried=uncarried,
        strange_sheets=tuple(name for name in opened.found.strange if name not in sheets.names_now),
        modified=opened.book.modified,
        absorbed=stamp.absorbed,
        saved_by=opened.book.saved_by,
        generation=history.generation,
        mark=history.mark,
        closed=history.closed,
        stage=history.stage,
        bases=history.bases,
        stage_bases=history.stage_bases,
        dismissed=_dismissed(history, left, uncarried),
        lost=tuple(beside.lost),
        findings=(*sheets.findings(), *_of_entries(file, sheets.every, entries)),
        places=tuple(one.places for one in entries.values()),
    )


def _dismissed(
    history: StampedHistory, left: HeadedSheet | None, rows: Iterable[Typed]
) -> tuple[int, ...]:
    """Return the records whose rows are gone; where the sheet or its numbers are gone, nobody knows of any."""
    if left is None or RECORD not in left.columns:
        return ()
    return tuple(sorted(history.listed - {one.number for one in rows}))


def _of_entries(
    file: str, sheets: Iterable[HeadedSheet], entries: Mapping[str, ReadSheet]
) -> Iterator[Finding]:
    """Yield what there is to tell of the columns that finance types into."""
    for sheet in sheets:
        read = entries.get(sheet.name)
        place = Place(file, sheet.sheet.name)
        gone = read.gone if read else sheet.gone
        twice = [one for one in gone if sheet.is_copied(one)]
        for headings, what, advice in (
            ([one for one in gone if one not in twice], "見つかりません", _PUT_BACK),
            (twice, "いくつもあり、どれが元の列か分かりません", _RENAME_COPY),
        ):
            if headings:
                facts = {"headings": quoted(headings), "what": what, "advice": advice}
                yield codes.GONE_HEADINGS.at(place, sheet=sheet.sheet.name, **facts)
        moved = moved_entries(read.cells) if read else {}
        headings = [one.heading for one in sheet.written if one.key in moved]
        if moved:
            yield codes.MOVED_ENTRIES.at(
                place,
                sheet=sheet.sheet.name,
                headings=quoted(headings),
                count=sum(moved.values()),
            )


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


def read_uncarried(headed: HeadedSheet, fields: Mapping[str, str], unit: str) -> Iterator[Typed]:
    """Return the rows below the headings, to be tried again; a row without a text typed is none.

    `fields` has the key of an entry by what the sheet calls it.
    """
    for row in sorted({row for row, _ in headed.sheet.cells if row > headed.heading}):
        text = headed.text(row, "typed")
        if not text:
            continue
        request = headed.text(row, "id").replace(NONE_LEFT, "")
        field = fields.get(headed.text(row, "field"), OUTSIDE)
        meant = _meant(headed.sheet.cell(row, headed.columns["typed"]), text, field, unit)
        line = headed.line(row)
        yield Typed(
            spot=Spot(request, field, line if line and line.position else None),
            value=meant.value,
            raw=text,
            place=_origin(headed.text(row, "origin"), Place(headed.file, headed.sheet.name)),
            title=headed.text(row, "title"),
            why=headed.text(row, "why"),
            problem=meant.problem,
            own="typed",
            number=_number(headed.text(row, RECORD)),
        )


def _number(text: str) -> int | None:
    return int(text) if is_number(text, MOST_DIGITS) else None


def _meant(cell: Cell, text: str, field: str, unit: str) -> EntryValue:
    if cell_of(field) is None:
        return EntryValue(text.strip() if field == VERDICT else text)
    number = number_of(cell, unit)
    return amount_of(text, unit) if number.value is None else number


def _origin(text: str, here: Place) -> Place:
    """Return the place that the row tells of; it is a name to print, and no path to open."""
    file, _, rest = text.rpartition(" ")
    sheet, _, cell = rest.partition("!")
    return Place(file, sheet, cell or None) if file and sheet else here
