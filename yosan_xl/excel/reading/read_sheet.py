"""One request sheet → its document, the place of every value, and the findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from yosan_xl.excel.ooxml.book import Book, Cell
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.entries import NO_CELL, Entry, raw_text, read_entry
from yosan_xl.excel.reading.hidden import Lists, choices_for
from yosan_xl.excel.reading.labels import changed_labels, lost_labels
from yosan_xl.excel.reading.locked import changed_panel, unlocked
from yosan_xl.excel.reading.placement import Spot
from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.excel.reading.tamper import changed_formulas, never_calculated, rests_on, summed_names
from yosan_xl.excel.reading.unseen import unseen
from yosan_xl.form.area import a1
from yosan_xl.form.definition import By, Kind
from yosan_xl.form.mapping import Origins, complete, document_of
from yosan_xl.form.plan import Slot
from yosan_xl.form.relation import Value
from yosan_xl.form.stamp import row_keys
from yosan_xl.model.finding import Code, Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.names import match_name
from yosan_xl.model.request import Document


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A request sheet read: `broken` are the pointers whose values could not be had.

    `cells` gives by pointer the cell (A1), None where its place is lost.
    `reasons` are what staff wrote beside a 要確認 of the checks panel, by kind of check;
    `skeleton` is the sheet itself, for who wants what was typed and not what it was read as.
    """

    file: str
    sheet: str
    request_id: str | None
    document: Document
    cells: Mapping[str, str | None]
    findings: tuple[Finding, ...]
    broken: frozenset[str]
    reasons: Mapping[str, str]
    untouched: bool
    never_calculated: bool
    skeleton: Skeleton

    def place_of(self, pointer: str) -> Place:
        """Give the place of a pointer, of what encloses it, or the sheet."""
        while pointer:
            if pointer in self.cells:
                return Place(self.file, self.sheet, self.cells[pointer])
            pointer = pointer.rpartition("/")[0]
        return Place(self.file, self.sheet)

    def with_id(self, request_id: str) -> SheetReading:
        """Give the same reading under another request id."""
        return replace(self, request_id=request_id, document={**self.document, "id": request_id})


@dataclass(frozen=True, slots=True)
class Handed:
    """What a sheet was handed out with: its id, what stood in its cells, the lists of choices.

    `issued` is None where nothing is known of that: the book has lost its stamp.
    """

    request_id: str | None
    issued: Mapping[str, str] | None
    lists: Lists


def read_sheet(book: Book, file: str, handed: Handed, skeleton: Skeleton) -> SheetReading:
    """Read a request sheet by the names of its Plan."""
    return _SheetReader(book, file, handed, skeleton).read()


@dataclass(slots=True)
class _SheetReader:
    book: Book
    file: str
    handed: Handed
    skeleton: Skeleton
    findings: list[Finding] = field(default_factory=list)
    unread: list[tuple[str, int]] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)

    def read(self) -> SheetReading:
        plan = self.skeleton.plan
        values = {slot.name: self._value(slot) for slot in plan.slots if slot.formula is None}
        first_choices = {name: names[0] for name, names in self.handed.lists.items() if names}
        values = complete(values, plan, first_choices)
        self._tell_changes(values)
        document, origins = document_of(values, plan)
        # Where nothing is to be computed, no saved result is what a program saves.
        shown = any(values[slot.name] is not None for slot in plan.slots if slot.formula)
        uncalculated = shown and never_calculated(self.skeleton)
        return SheetReading(
            file=self.file,
            sheet=self.skeleton.sheet.name,
            request_id=self.handed.request_id,
            document=document,
            cells=self._cells(origins),
            findings=tuple(self.findings),
            broken=self._broken(origins),
            reasons=self._reasons(),
            untouched=self._is_untouched(),
            never_calculated=uncalculated,
            skeleton=self.skeleton,
        )

    def _cells(self, origins: Origins) -> dict[str, str | None]:
        cells = self.skeleton.at.cells
        return {
            pointer: cells[name][row] if name in cells else None
            for pointer, (name, row) in origins.items()
        }

    def _broken(self, origins: Origins) -> frozenset[str]:
        """Give the pointers of what could not be read, and of what is computed from it.

        `/lines` stands for a line with nothing else in it.
        """
        spots = {*self.unread, *self._computed_from({name for name, _ in self.unread})}
        single = {p: origin for p, origin in origins.items() if p not in ("/lines", "/subtotals")}
        broken = {pointer for pointer, origin in single.items() if origin in spots}
        if any(
            slot.repeats and (slot.name, row) not in single.values()
            for slot in self.skeleton.plan.slots
            for name, row in self.unread
            if name == slot.name and name in self.skeleton.areas
        ):
            broken.add("/lines")
        return frozenset(broken)

    def _computed_from(self, names: set[str]) -> set[tuple[str, int]]:
        plan = self.skeleton.plan
        if not names:
            return set()
        return {(slot.name, 0) for slot in plan.slots if rests_on(slot, plan) & names}

    def _value(self, slot: Slot) -> Value | tuple[Value, ...]:
        if slot.name not in self.skeleton.areas:
            return self._lost_value(slot)
        if slot.by is By.FINANCE and slot.repeats and self.handed.issued is not None:
            return self._finance_column(slot, self.handed.issued)
        spots = self.skeleton.at.spots[slot.name]
        column = tuple(self._one(slot, spot, index) for index, spot in enumerate(spots))
        return column if slot.repeats else column[0]

    def _finance_column(self, slot: Slot, issued: Mapping[str, str]) -> tuple[Value, ...]:
        """Finance's column is what was handed out, in the rows where it now stands."""
        spots = self.skeleton.at.spots[slot.name]
        found = [self._raw(spot) for spot in spots]
        expected = [issued.get(key, "") for key in row_keys(slot.name, len(spots))]
        if list(filter(None, found)) == list(filter(None, expected)):
            return tuple(_handed_out_value(text, slot.kind) if text else None for text in found)
        at = next(row for row, text in enumerate(found) if text != expected[row])
        self.unsure.add(slot.name)
        self._tell_finance(slot, spots[at], found[at], expected[at])
        return tuple(_handed_out_value(text, slot.kind) for text in expected)

    def _lost_value(self, slot: Slot) -> Value | tuple[Value, ...]:
        """Of a field that is gone, only what finance handed out is known."""
        if slot.by is By.FINANCE and not slot.repeats:
            return _handed_out_value((self.handed.issued or {}).get(slot.name, ""), slot.kind)
        self.unread += [(slot.name, row) for row in range(self._rows(slot))]
        return () if slot.repeats else None

    def _rows(self, slot: Slot) -> int:
        """Give how many rows a slot has now, or had if nothing is left of it and its like."""
        if slot.group is None or not slot.repeats:
            return 1
        columns = self.skeleton.plan.groups[slot.group].columns.values()
        areas = [self.skeleton.areas[name] for name in columns if name in self.skeleton.areas]
        return max((area.height for area in areas), default=slot.area.height)

    def _raw(self, spot: Spot) -> str:
        cell = self.skeleton.sheet.cells.get(spot)
        return raw_text(cell) if cell else ""

    def _one(self, slot: Slot, spot: Spot, index: int) -> Value:
        cell = self.skeleton.sheet.cells.get(spot)
        if slot.by is By.FINANCE and not slot.repeats:
            return self._handed_out(slot, cell or NO_CELL, spot)
        if cell is None:
            return None
        entry = self._entry(slot, cell)
        self._tell(slot, entry, spot)
        if entry.unread:
            self.unread.append((slot.name, index))
        return entry.value

    def _entry(self, slot: Slot, cell: Cell) -> Entry:
        choices = choices_for(slot, self.handed.lists, self._account()) if slot.choices else ()
        summed = slot.name in summed_names(self.skeleton.plan)
        return read_entry(cell, slot, self.book, choices, summed=summed)

    def _handed_out(self, slot: Slot, cell: Cell, at: Spot) -> Value:
        """Finance's fields are what finance handed out, whatever stands there now."""
        if self.handed.issued is None:
            return self._entry(slot, cell).value
        expected = self.handed.issued.get(slot.name, "")
        found = raw_text(cell)
        if found == expected:
            return self._entry(slot, cell).value
        self._tell_finance(slot, at, found, expected)
        return _handed_out_value(expected, slot.kind)

    def _tell_finance(self, slot: Slot, at: Spot, found: str, expected: str) -> None:
        facts = {"label": slot.label, "found": found or "空欄", "expected": expected or "空欄"}
        self._add(codes.FINANCE_CHANGED, at, facts, slot.pointer)

    def _tell(self, slot: Slot, entry: Entry, at: Spot) -> None:
        if entry.code:
            self.unsure.add(slot.name)
            self._add(entry.code, at, entry.facts or {}, slot.pointer)

    def _tell_changes(self, values: Mapping[str, Value | tuple[Value, ...]]) -> None:
        if self.book.values_only:
            return
        here = Place(self.file, self.skeleton.sheet.name)
        if found := unseen(self.skeleton):
            self._add_places(codes.UNSEEN, found[1], what=found[0])
        if not self.skeleton.at.by_names:
            self.findings.append(codes.NAMES_LOST.at(here))
        if not self.skeleton.sheet.protected:
            self.findings.append(codes.UNPROTECTED.at(here))
        is_whole = self._tell_places(here)
        for change in changed_formulas(self.skeleton, values, frozenset(self.unsure)):
            self._add(change.code, change.cell, change.facts, change.slot.pointer)
        if is_whole:
            self._tell_locked()

    def _tell_locked(self) -> None:
        """Tell of locks and of the panel; a sheet without protection, or a stamp, says why."""
        if self.skeleton.sheet.protected:
            self._add_places(codes.UNLOCKED, unlocked(self.skeleton))
        if self.handed.issued is not None:
            self._add_places(codes.PANEL_CHANGED, changed_panel(self.skeleton))

    def _add_places(self, code: Code, places: list[Spot], **facts: object) -> None:
        if places:
            cells = "、".join(a1(*place) for place in places[:_NAMED])
            more = f"など{len(places)}か所" if len(places) > _NAMED else ""
            self._add(code, places[0], {"cells": f"{cells}{more}", **facts}, None)

    def _tell_places(self, here: Place) -> bool:
        """Tell of labels and places, and whether all are there; if not, that says it all."""
        lost = [slot.label for slot in self.skeleton.at.lost]
        gone = lost_labels(self.skeleton)
        if lost or gone:
            pointer = self.skeleton.at.lost[0].pointer if lost else None
            labels = _listed(list(dict.fromkeys([*lost, *gone])))
            self.findings.append(codes.LOST_PLACE.at(here, pointer, labels=labels))
            return False
        if self.skeleton.at.moved:
            self.findings.append(codes.MOVED.at(here))
        for label in changed_labels(self.skeleton):
            facts = {"expected": label.expected, "found": label.found or "（空欄）"}
            self._add(codes.CHANGED_LABEL, label.cell, facts, None)
        return True

    def _add(
        self,
        code: Code,
        at: Spot,
        facts: Mapping[str, object],
        pointer: str | None,
    ) -> None:
        place = Place(self.file, self.skeleton.sheet.name, a1(*at))
        shown = {key: _shortened(fact) for key, fact in facts.items()}
        self.findings.append(code.at(place, pointer, **shown))

    def _reasons(self) -> dict[str, str]:
        areas = self.skeleton.at.reason_areas
        texts = {kind: self._raw((area.top, area.left)) for kind, area in areas.items()}
        return {kind: text for kind, text in texts.items() if text}

    def _account(self) -> str | None:
        area = self.skeleton.areas.get(_ACCOUNT)
        if area is None:
            return None
        text = self.skeleton.sheet.text(area.top, area.left)
        return match_name(text, self.handed.lists.get("accounts", ())) or text

    def _is_untouched(self) -> bool:
        """Tell whether every entry cell holds just what was handed out.

        Where that is not known, an account alone is what a department has in every blank sheet.
        """
        issued = self.handed.issued
        for slot in self.skeleton.plan.slots:
            if slot.is_entry and (issued is not None or slot.name != _ACCOUNT):
                expected = "" if slot.repeats else (issued or {}).get(slot.name, "")
                spots = self.skeleton.at.spots.get(slot.name, ())
                if any(self._raw(spot) != expected for spot in spots):
                    return False
        return not self._reasons()


def _listed(labels: list[str]) -> str:
    """Give labels as a sentence names them, the first of them where there are many."""
    named = "".join(f"「{label}」" for label in labels[:_NAMED])
    return f"{named}など{len(labels)}か所" if len(labels) > _NAMED else named


def _shortened(fact: object) -> object:
    """Give what a finding quotes: a cell may hold 100,000 characters, a line of a report cannot."""
    long = isinstance(fact, str) and len(fact) > _QUOTED
    return f"{str(fact)[:_QUOTED]}…" if long else fact


_QUOTED = 400
"""More characters than a formula of the form has, so that these are quoted whole."""

_ACCOUNT = "yx_account"
_NAMED = 3
"""How many lost labels a finding names."""


def _handed_out_value(text: str, kind: Kind) -> Value:
    try:
        if kind is Kind.YEAR:
            return FiscalYear.parse(text).western
        return int(text) if kind in (Kind.MONEY, Kind.NUMBER) else text or None
    except ValueError:
        return None
