"""One request sheet: the value of every slot, the document, the place of every value, and the findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from yosan_xl.excel.ooxml.book import Book, Cell
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.changes import (
    rests_on,
    summed_names,
    tell_changes,
    tell_other_results,
    uncalculated,
)
from yosan_xl.excel.reading.codes import STRUCK_LINE
from yosan_xl.excel.reading.entries import NO_CELL, Entry, raw_text, read_entry
from yosan_xl.excel.reading.identity import ID, OWN_WORDS, tell_identity
from yosan_xl.excel.reading.issued import (
    IssuedSheet,
    choices_for,
    handed_out_value,
    is_untouched,
    raw,
    reasons,
)
from yosan_xl.excel.reading.left_out import outside, rejoined, tell_left_out
from yosan_xl.excel.reading.placement import PlacedSheet, Placement, SheetFindings, Spot
from yosan_xl.excel.reading.shown import Telling, as_shown, is_plain
from yosan_xl.form.area import a1
from yosan_xl.form.checks import Mark, marks_of
from yosan_xl.form.choices import Lists, parents
from yosan_xl.form.definition import FieldKind, FilledBy
from yosan_xl.form.mapping import Origins, complete, document_of, shown_values
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.plan import Plan, Room, Slot
from yosan_xl.form.prose_length import room_of
from yosan_xl.form.relation import CellValue, Values
from yosan_xl.form.stamp import row_keys
from yosan_xl.model.axes import ENVELOPE
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.money import with_unit
from yosan_xl.model.request import Document
from yosan_xl.model.text import canonical, match_name


@dataclass(slots=True)
class SlotValues:
    """Reads the slots of one sheet.

    `unread` are those whose values could not be had, with the row (from 0); `unsure` those of
    which something was told.
    """

    book: Book
    issued_sheet: IssuedSheet
    placed: PlacedSheet
    findings: SheetFindings
    unread: list[tuple[str, int]] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    _cells: Mapping[Spot, Cell] = field(init=False)
    _summed: frozenset[str] = field(init=False)
    _struck: set[int] = field(default_factory=set, init=False)
    _unit: str = field(init=False)

    def __post_init__(self) -> None:
        """Keep what every slot asks for."""
        self._cells = self.placed.sheet.cells
        self._summed = summed_names(self.placed.plan)
        self._unit = self.placed.plan.axes.unit

    def read(self) -> dict[str, CellValue | tuple[CellValue, ...]]:
        """Return the values by the names of their slots, a column row by row."""
        slots = self.placed.plan.slots
        for slot in slots:
            if slot.formula is not None and slot.kind is FieldKind.MONEY:
                self._look_at_result(slot)
        return {slot.name: self._value(slot) for slot in slots if slot.formula is None}

    def _value(self, slot: Slot) -> CellValue | tuple[CellValue, ...]:
        if slot.name not in self.placed.areas:
            return self._lost_value(slot)
        if slot.is_handed_out and slot.repeats and self.issued_sheet.issued is not None:
            return self._handed_out_column(slot, self.issued_sheet.issued)
        spots = self.placed.at.spots[slot.name]
        column = tuple(self._one(slot, spot, index) for index, spot in enumerate(spots))
        return column if slot.repeats else column[0]

    def _lost_value(self, slot: Slot) -> CellValue | tuple[CellValue, ...]:
        """Of a field that is gone, only what finance handed out is known."""
        if slot.is_handed_out and not slot.repeats:
            text = (self.issued_sheet.issued or {}).get(slot.name, "")
            return handed_out_value(text, slot, self._unit)
        self.unread += [(slot.name, row) for row in range(self._rows(slot))]
        return () if slot.repeats else None

    def _rows(self, slot: Slot) -> int:
        """Return how many rows a slot has now, or had if nothing is left of it and its like."""
        if slot.group is None or not slot.repeats:
            return 1
        columns = self.placed.plan.groups[slot.group].columns.values()
        areas = [self.placed.areas[name] for name in columns if name in self.placed.areas]
        return max((area.height for area in areas), default=slot.area.height)

    def _handed_out_column(self, slot: Slot, issued: Mapping[str, str]) -> tuple[CellValue, ...]:
        """Finance's column is what was handed out, in the rows where it now stands."""
        spots = self.placed.at.spots[slot.name]
        found = [raw(self.placed, spot) for spot in spots]
        expected = [issued.get(key, "") for key in row_keys(slot.name, len(spots))]
        if list(filter(None, found)) == list(filter(None, expected)):
            return tuple(handed_out_value(t, slot, self._unit) if t else None for t in found)
        at = next(row for row, text in enumerate(found) if text != expected[row])
        self.unsure.add(slot.name)
        self._tell_finance(slot, spots[at], found[at], expected[at])
        return tuple(handed_out_value(text, slot, self._unit) for text in expected)

    def _one(self, slot: Slot, spot: Spot, index: int) -> CellValue:
        cell = self._cells.get(spot)
        if slot.is_handed_out and not slot.repeats:
            return self._handed_out(slot, cell or NO_CELL, spot)
        return None if cell is None else self._typed(slot, cell, spot, index)

    def _typed(self, slot: Slot, cell: Cell, spot: Spot, index: int = 0) -> CellValue:
        if is_plain(cell, slot, self.book):
            entry = self._entry(slot, cell)
        else:
            entry = self._shown_entry(slot, cell, spot)
        if entry.code:
            self.unsure.add(slot.name)
            self.findings.at(entry.code, spot, slot.pointer, entry.facts or {})
        if entry.unread:
            self.unread.append((slot.name, index))
        return entry.value

    def _shown_entry(self, slot: Slot, cell: Cell, spot: Spot) -> Entry:
        """Read a cell as it shows, and tell where that is not what it holds."""
        read, told = as_shown(cell, slot, self.book, self._unit)
        entry = self._entry(slot, read)
        self._tell_shown(slot, spot, [one for one in told if not (entry.code and one.is_repair)])
        unread = next((one for one in told if one.unread), None)
        return Entry(None, unread=True) if unread else entry

    def _tell_shown(self, slot: Slot, spot: Spot, told: Iterable[Telling]) -> None:
        for one in told:
            if one.code is STRUCK_LINE and slot.repeats:
                # A line is struck out in every column, and told once.
                if spot[0] in self._struck:
                    continue
                self._struck.add(spot[0])
            self.findings.at(one.code, spot, slot.pointer, one.facts)

    def _look_at_result(self, slot: Slot) -> None:
        spots = self.placed.at.spots.get(slot.name, ())
        for spot in spots[:1]:
            cell = self._cells.get(spot)
            if cell is not None and not is_plain(cell, slot, self.book):
                self._tell_shown(slot, spot, as_shown(cell, slot, self.book, self._unit)[1])

    def _entry(self, slot: Slot, cell: Cell) -> Entry:
        choices = self._choices(slot) if slot.choices else ()
        summed = slot.name in self._summed
        return read_entry(
            cell=cell, slot=slot, book=self.book, choices=choices, summed=summed, unit=self._unit
        )

    def _choices(self, slot: Slot) -> tuple[str, ...]:
        """Return what the drop-down of a slot offers, by what is chosen in those above it."""
        slots = self.placed.plan.by_name()
        path = "/".join(self._chosen(slots[name]) for name in parents(slot, self.placed.plan))
        return choices_for(slot, self.issued_sheet.lists, path)

    def _chosen(self, slot: Slot) -> str:
        area = self.placed.areas.get(slot.name)
        if area is None:
            return ""
        text = self.placed.sheet.text(area.top, area.left)
        return match_name(text, self._choices(slot)) or text

    def _handed_out(self, slot: Slot, cell: Cell, at: Spot) -> CellValue:
        """Finance's fields are what finance handed out, whatever stands there now.

        But whose request a sheet is, its own cells say: `tell_identity` tells of them, and the rules.
        """
        if self.issued_sheet.issued is None:
            return self._entry(slot, cell).value
        expected = self.issued_sheet.issued.get(slot.name, "")
        found = raw_text(cell)
        if found == expected:
            return self._entry(slot, cell).value
        if found and slot.pointer in OWN_WORDS and canonical(found) != canonical(expected):
            return (
                self.issued_sheet.own.request_id
                if slot.pointer == ID
                else self._typed(slot, cell, at)
            )
        self._tell_finance(slot, at, found, expected)
        return handed_out_value(expected, slot, self._unit)

    def _tell_finance(self, slot: Slot, at: Spot, found: str, expected: str) -> None:
        facts = {
            "whose": "入力できない" if slot.by is FilledBy.PRIOR else "財政課の",
            "label": slot.label,
            "found": self._told(found, slot),
            "expected": self._told(expected, slot),
        }
        self.findings.at(codes.FINANCE_CHANGED, at, slot.pointer, facts)

    def _told(self, text: str, slot: Slot) -> str:
        """Return what a cell holds as it stands in a sentence: an amount with its unit."""
        value = handed_out_value(text, slot, self._unit) if text else None
        if slot.kind is FieldKind.MONEY and isinstance(value, int):
            return with_unit(value, self._unit)
        return text or "空欄"


SlotValue = CellValue | tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A request sheet read: `broken` are the pointers whose values could not be had.

    `cells` gives by pointer the cell (A1), None where its place is lost; `uncalculated` are the
    cells of the formulas where not one has a saved result.
    `reasons` are what staff wrote beside a 要確認 of the checks panel, by kind of check, and `marks`
    what the panel must show for these values;
    `placed` is the sheet itself, for who wants what was typed and not what it was read as.
    """

    file: str
    sheet: str
    request_id: str | None
    document: Document
    cells: Mapping[str, str | None]
    findings: tuple[Finding, ...]
    broken: frozenset[str]
    reasons: Mapping[str, str]
    marks: tuple[Mark, ...]
    untouched: bool
    uncalculated: tuple[str, ...]
    placed: PlacedSheet

    def place_of(self, pointer: str) -> Place:
        """Return the place of a pointer, of what encloses it, or the sheet."""
        while pointer:
            if pointer in self.cells:
                return Place(self.file, self.sheet, self.cells[pointer])
            pointer = pointer.rpartition("/")[0]
        return Place(self.file, self.sheet)

    def copy_as(self, request_id: str) -> SheetReading:
        """Return the reading as a request of its own; the NO was given to the sheet it is copied from."""
        document = {**self.document, "id": request_id, "no": None}
        findings = tuple(one for one in self.findings if one.pointer != ENVELOPE["no"])
        return replace(self, request_id=request_id, document=document, findings=findings)


def read_sheet(
    book: Book, file: str, issued_sheet: IssuedSheet, placed: PlacedSheet
) -> SheetReading:
    """Read a request sheet by the names of its Plan."""
    plan, findings = placed.plan, SheetFindings(file, placed.sheet.name)
    loose = outside(placed)
    placed, split = rejoined(placed, loose)
    slots = SlotValues(book, issued_sheet, placed, findings)
    tell_identity(placed, issued_sheet.own, issued_sheet.stamp, findings)
    first = issued_sheet.lists.first(plan)
    values = _as_shown(complete(slots.read(), plan, first), first, placed)
    if book.values_only:
        tell_other_results(placed, values, frozenset(slots.unsure), findings)
    else:
        tell_changes(
            placed=placed,
            values=values,
            unsure=frozenset(slots.unsure),
            findings=findings,
            issued_sheet=issued_sheet,
        )
    tell_left_out(book=book, placed=placed, loose=loose, split=split, findings=findings)
    document, origins = document_of(values, plan)
    # Where nothing is to be computed, no saved result is what a program saves.
    shown = any(values[slot.name] is not None for slot in plan.slots if slot.formula)
    return SheetReading(
        file=file,
        sheet=placed.sheet.name,
        request_id=issued_sheet.own.request_id,
        document=document,
        cells=_cells(placed.at, tuple(origins.items())),
        findings=tuple(findings.found),
        broken=_broken(frozenset(slots.unread), origins, placed.at),
        reasons=reasons(placed),
        marks=tuple(_marks(values, issued_sheet, placed)),
        untouched=is_untouched(placed, issued_sheet.issued),
        uncalculated=tuple(a1(*spot) for spot in uncalculated(placed, values)) if shown else (),
        placed=placed,
    )


def _as_shown(
    values: dict[str, SlotValue], first: Mapping[str, str], placed: PlacedSheet
) -> dict[str, SlotValue]:
    """Return the values with nothing where a list is gone and the sheet says its first is chosen."""
    sheet, at = placed.sheet, placed.at
    asking = {s.name: s.formula.choices for s in placed.plan.slots if s.formula}
    unknown = [name for name, list_ in asking.items() if list_ and list_ not in first]
    said = {name: sheet.text(*at.spots[name][0]) for name in unknown if name in at.spots}
    return {**values, **{name: None for name, text in said.items() if not text}}


def _marks(values: Values, issued_sheet: IssuedSheet, placed: PlacedSheet) -> Iterator[Mark]:
    """Yield the marks of the panel with their cells; none where a place of the form is gone."""
    at = placed.at
    if at.lost:
        return
    lists = _lists(values, issued_sheet, at.plan)
    state = PanelSheet(at.plan, shown_values(values, at.plan), lists, dict(_rooms(placed)))
    for mark in marks_of(state):
        area = at.marks.get(mark.kind)
        yield replace(mark, cell=area.first if area else None)


def _rooms(placed: PlacedSheet) -> Iterator[tuple[str, Room]]:
    """Yield what the panel says that cells show of texts, by the names of their slots."""
    slots = placed.plan.by_name()
    for name, area in placed.at.rooms.items():
        if room := room_of(placed.sheet.text(area.top, area.left), slots[name]):
            yield name, room


def _lists(values: Values, issued_sheet: IssuedSheet, plan: Plan) -> Lists:
    """Return the lists that the panel compares with: the years, and those that depend on what is chosen."""
    lists = {"years": issued_sheet.lists.names("years")}
    for slot in _dependent(plan):
        path = "/".join(str(values.get(name) or "") for name in parents(slot, plan))
        lists[f"{slot.choices}/{path}"] = issued_sheet.lists.under(slot.choices or "", path)
    return lists


@lru_cache(maxsize=16)
def _dependent(plan: Plan) -> tuple[Slot, ...]:
    return tuple(slot for slot in plan.slots if slot.under)


# Requests with as many lines have their values in the same cells, and share what says so.
@lru_cache(maxsize=256)
def _cells(
    at: Placement, origins: tuple[tuple[str, tuple[str, int]], ...]
) -> dict[str, str | None]:
    return {
        pointer: at.cells[name][row] if name in at.cells else None
        for pointer, (name, row) in origins
    }


def _broken(unread: frozenset[tuple[str, int]], origins: Origins, at: Placement) -> frozenset[str]:
    """Return the pointers of what could not be read, and of what is computed from it.

    The pointer of a list stands for a row with nothing else in it.
    """
    if not unread:
        return frozenset()
    names = {name for name, _ in unread}
    computed = {(slot.name, 0) for slot in at.plan.slots if rests_on(slot, at.plan) & names}
    tables = {place for one in at.plan.axes.lists for place in (one.pointer, one.subtotals)}
    single = {pointer: origin for pointer, origin in origins.items() if pointer not in tables}
    broken = {p for p, origin in single.items() if origin in computed or origin in unread}
    slots, known = at.plan.by_name(), set(single.values())
    for name, row in unread:
        slot = slots[name]
        if slot.list and slot.repeats and (name, row) not in known and name in at.areas:
            broken.add(at.plan.axes.rows(slot.list).pointer)
    return frozenset(broken)
