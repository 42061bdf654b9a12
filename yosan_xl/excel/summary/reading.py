"""A summary read back: every entry of finance, and whatever else was typed on its two sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.book import AnnotationKind, Cell, Sheet
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.summary import codes
from yosan_xl.excel.summary.columns import cell_of
from yosan_xl.excel.summary.definition import SheetDefinition, SummaryDefinition
from yosan_xl.excel.summary.entries import (
    EntryPlaces,
    EntryValue,
    HeadedSheet,
    ReadSheet,
    amount_of,
    moved_entries,
    note_at,
    number_of,
    read_entries,
)
from yosan_xl.excel.summary.fingerprints import coloured, differences
from yosan_xl.excel.summary.listing import NONE_LEFT
from yosan_xl.excel.summary.opened import OpenedSummary
from yosan_xl.excel.summary.stamp import (
    MOST_DIGITS,
    RECORD,
    NotASummary,
    StampedHistory,
    SummaryStamp,
    WrittenColumn,
    is_number,
    quoted,
)
from yosan_xl.excel.summary.template import every_definition
from yosan_xl.form.area import a1
from yosan_xl.form.definition import Definition
from yosan_xl.model.decision import OUTSIDE, Spot, Typed
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.history import Basis

_OVER = "集計ブックの表に書かれています"
_BESIDE = "表の外に書かれています"
_PUT_BACK = "見出しの行に元の見出しを入れ直して"
_RENAME_COPY = "写した列の見出しを別の名前に変え、元の列だけを元の見出しにして"
_COPIED = "コピーされたシートに記入されています"
_UPON = {
    AnnotationKind.NOTE: "セルのコメントです",
    AnnotationKind.COMMENT: "セルのコメントです",
    AnnotationKind.TEXT: "図形の文字です",
}


@dataclass(frozen=True, slots=True)
class SummaryReading:
    """What finance typed into a summary.

    `cells` are the entry cells that hold a decision or were changed, emptied ones too; `notes` all
    that stands outside of them; `uncarried` what the summary itself lists as 引き継げない記入.
    `strange_sheets` are sheets that somebody added. `modified` is the save time (ISO 8601),
    `saved_by` who saved it, as the program knew that person. `generation`, `stage` and `bases` are what the summary
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
    stage: str = ""
    bases: Mapping[str, Basis] = field(default_factory=dict)
    dismissed: tuple[int, ...] = ()
    lost: tuple[LostContent, ...] = ()
    findings: tuple[Finding, ...] = ()
    places: tuple[EntryPlaces, ...] = ()

    def has(self, spot: Spot) -> bool:
        """Return whether the cell of an entry is there still."""
        return any(one.has(spot) for one in self.places)


class LostContent(NamedTuple):
    """Something on a sheet that the next summary has no place for: at which cell, where that is known, and what."""

    sheet: str
    cell: str | None
    what: str

    def __str__(self) -> str:
        """Return it as a sentence names it: `「会計・款別」P3 の塗りつぶし`."""
        return f"「{self.sheet}」{self.cell or ''} の{self.what}".replace("」 の", "」の")


def read_summary(data: bytes, file: str, form: Definition | None = None) -> SummaryReading:
    """Read a summary, one from before version 3 in the words of `form` or the usual one, as hostile as any book.

    Raises Refused, or NotASummary.
    """
    definitions = every_definition(form)
    typed = {own.name for one in definitions for own in _typed_sheets(one)}
    opened = OpenedSummary.of(data, {name.casefold() for name in typed})
    stamp = opened.stamp
    unit = definitions[0].axes.unit
    sheets = _TypedSheets(file, opened, definitions)
    entries = {name: read_entries(opened.book, one, stamp, unit) for name, one in sheets.entries}
    left = sheets.uncarried
    fields = _entry_keys(stamp, definitions)
    uncarried = tuple(read_uncarried(left, fields, unit)) if left else ()
    beside = _Beside(file, opened, {one.sheet.name: one for one in sheets.every})
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
        stage=history.stage,
        bases=history.bases,
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


def _typed_sheets(definition: SummaryDefinition) -> Iterator[SheetDefinition]:
    """Yield the sheets that may hold something of finance."""
    yield from (one for one in definition.sheets if one.entries or one.kind == "uncarried")


class _TypedSheets:
    """The sheets that finance types into and 引き継げない記入, wherever they are now; raises NotASummary where one is needed and gone."""

    def __init__(
        self, file: str, opened: OpenedSummary, definitions: Sequence[SummaryDefinition]
    ) -> None:
        """Find them, and their copies."""
        self._file, self._opened = file, opened
        self._is_sure = bool(opened.stamp.columns)
        self.entries: list[tuple[str, HeadedSheet]] = []
        self.uncarried: HeadedSheet | None = None
        self.copies: list[tuple[str, HeadedSheet]] = []
        self._gone: list[str] = []
        own = dict.fromkeys(
            (one.kind, one.name) for each in definitions for one in _typed_sheets(each)
        )
        for kind, name in own:
            writings = written_columns(opened.stamp, kind, name, definitions)
            if writings:
                self._take(kind, name, writings)
        if self._gone and not (self.entries and opened.is_known):
            raise NotASummary(f"シート{quoted(self._gone)}がありません")

    @property
    def names_now(self) -> set[str]:
        """Return the names that the sheets have now."""
        return {one.sheet.name for one in self.every}

    @property
    def every(self) -> list[HeadedSheet]:
        """Return those that are there, without copies."""
        left = [self.uncarried] if self.uncarried else []
        return [*(one for _, one in self.entries), *left]

    def _take(self, kind: str, name: str, writings: Sequence[tuple[WrittenColumn, ...]]) -> None:
        sheet = self._opened.sheet_of(name)
        if kind == "uncarried":
            self.uncarried = self._headed(sheet, name, writings) if sheet else None
            return
        if sheet:
            self.entries.append((name, self._headed(sheet, name, writings)))
        for copy in self._opened.copies_of(name):
            headed = self._fitting(copy, name, writings)
            if headed and sheet:
                self.copies.append((name, headed))
            elif headed and not any(written == name for written, _ in self.entries):
                self.entries.append(
                    (name, headed)
                )  # without its hidden name it is known by its headings
        if not any(written == name for written, _ in self.entries):
            self._gone.append(name)

    def _headed(
        self, sheet: Sheet, name: str, writings: Sequence[tuple[WrittenColumn, ...]]
    ) -> HeadedSheet:
        return HeadedSheet.of(sheet, name, self._file, writings, is_sure=self._is_sure)

    def _fitting(
        self, sheet: Sheet, name: str, writings: Sequence[tuple[WrittenColumn, ...]]
    ) -> HeadedSheet | None:
        """Return a sheet that may be a copy, where most of its headings are those that were written."""
        try:
            headed = self._headed(sheet, name, writings)
        except NotASummary:
            return None
        return headed if 2 * headed.unchanged > len(headed.written) else None

    def findings(self) -> Iterator[Finding]:
        """Yield what there is to tell of where the sheets are."""
        found = self._opened.found
        now = {one.name: one.sheet.name for one in self.every}
        for written, name in {**found.renamed, **now}.items():
            if written.casefold() != name.casefold():
                yield codes.RENAMED.at(Place(self._file, name), written=written, name=name)
        copies = {one.sheet.name: written for written, one in self.copies}
        for name, written in {**found.copies, **copies}.items():
            if name not in now.values():
                yield codes.COPIED.at(Place(self._file, name), written=written, name=name)
        for name in self._gone:
            yield codes.GONE_SHEET.at(Place(self._file), written=name)


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


class _Beside:
    """Takes what somebody put on a sheet beside the entries: what has words is a note, the rest is lost."""

    def __init__(self, file: str, opened: OpenedSummary, headed: Mapping[str, HeadedSheet]) -> None:
        """Begin with nothing; `headed` has the sheets of requests by their names now."""
        self._file, self._opened, self._headed = file, opened, headed
        self.notes: list[Typed] = []
        self.lost: list[LostContent] = []

    def take(self) -> None:
        """Look at every sheet."""
        found = self._opened.found
        own = {name: written for written, name in found.names.items()}
        for name, written in own.items():
            self._take_contents(written, name)
            self._take_annotations(written, name)
        for name, written in found.copies.items():
            self._take_contents(written, name)
        self.lost += (
            LostContent(name, None, "表の外に書かれたもの") for name in self._opened.doubtful
        )

    def take_copy(self, copy: ReadSheet, original: ReadSheet) -> None:
        """Take what was typed into a copy alone."""
        known = {(one.spot, one.own) for one in original.cells}
        noted = {(one.spot, one.raw) for one in original.notes}
        for one in copy.cells:
            if one.is_changed and one.raw and (one.spot, one.own) not in known:
                spot = Spot(one.spot.request, OUTSIDE, one.spot.line)
                self.notes.append(Typed(spot, one.raw, one.raw, one.place, one.title, why=_COPIED))
        self.notes += (one for one in copy.notes if (one.spot, one.raw) not in noted)

    def _take_contents(self, written: str, name: str) -> None:
        sheet = self._opened.sheet(name)
        if sheet is None:
            return
        marked = self._opened.stamp.marked.get(written)
        found = differences(sheet, marked) if marked and marked.rows else []
        if found is None:
            self.lost.append(LostContent(name, None, "値（たくさんのセル）"))
        for one in found or ():
            self._note(name, (one.row, one.column), one.text, _OVER)
        colours = coloured(sheet, self._opened.colours)
        if colours:
            many = f"（{len(colours)}か所）" if len(colours) > 1 else ""
            self.lost.append(LostContent(name, colours[0], f"塗りつぶし{many}"))

    def _take_annotations(self, written: str, name: str) -> None:
        marked = self._opened.stamp.marked.get(written)
        drawings = marked.drawings if marked else 0
        pictures = 0
        for one in self._opened.book.annotations.get(name, ()):
            # The words of a chart have no place of their own.
            is_own = drawings or not self._opened.is_known
            if one.kind in _UPON and one.text.strip() and (one.place or not is_own):
                self._note(name, one.place, one.text.strip(), _UPON[one.kind])
            elif one.kind is AnnotationKind.OBJECT:
                self.lost.append(LostContent(name, None, "埋め込まれたファイル"))
            pictures += one.kind is AnnotationKind.PICTURE
        if pictures > drawings and self._opened.is_known:
            self.lost.append(LostContent(name, None, f"図形か画像（{pictures - drawings}個）"))

    def _note(self, name: str, at: tuple[int, int] | None, text: str, why: str) -> None:
        headed = self._headed.get(name)
        if headed and at:
            self.notes.append(note_at(headed=headed, row=at[0], column=at[1], text=text, why=why))
            return
        place = Place(self._file, name, a1(*at) if at else None)
        self.notes.append(Typed(Spot("", OUTSIDE), text, text, place, why=why))


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
            place=_origin(headed.text(row, "origin"), Place(headed.file, headed.sheet.name)),
            title=headed.text(row, "title"),
            why=headed.text(row, "why"),
            problem=meant.problem,
            own="typed",
            number=_number(headed.text(row, RECORD)),
        )
        if notes and headed.text(row, "typed"):
            yield note_at(headed, row, headed.columns["typed"], "　".join(notes), _BESIDE)


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
