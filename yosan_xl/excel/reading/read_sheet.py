"""One request sheet → its document, the place of every value, and the findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from yosan_xl.excel.ooxml.book import Book, Cell
from yosan_xl.excel.ooxml.book import Kind as CellKind
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.entries import Entry, raw_text, read_entry
from yosan_xl.excel.reading.hidden import Lists, choices_for
from yosan_xl.excel.reading.skeleton import Skeleton, has_names
from yosan_xl.excel.reading.tamper import (
    changed_formulas,
    changed_labels,
    never_calculated,
)
from yosan_xl.form.area import a1
from yosan_xl.form.definition import By, Kind
from yosan_xl.form.mapping import Origins, complete, document_of
from yosan_xl.form.plan import Slot
from yosan_xl.form.relation import Value
from yosan_xl.form.stamp import Stamp
from yosan_xl.model.finding import Code, Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A request sheet read: `broken` are the pointers whose values could not be had.

    `reasons` are what staff wrote beside a 要確認 of the checks panel, by kind of check.
    """

    file: str
    sheet: str
    request_id: str | None
    document: Document
    places: Mapping[str, Place]
    findings: tuple[Finding, ...]
    broken: frozenset[str]
    reasons: Mapping[str, str]
    untouched: bool
    never_calculated: bool

    def place_of(self, pointer: str) -> Place:
        """Give the place of a pointer, of what encloses it, or the sheet."""
        while pointer:
            if pointer in self.places:
                return self.places[pointer]
            pointer = pointer.rpartition("/")[0]
        return Place(self.file, self.sheet)

    def with_id(self, request_id: str) -> SheetReading:
        """Give the same reading under another request id."""
        return replace(self, request_id=request_id, document={**self.document, "id": request_id})


def read_sheet(
    book: Book, file: str, stamp: Stamp, lists: Lists, skeleton: Skeleton
) -> SheetReading:
    """Read a request sheet by the names of its Plan."""
    return _SheetReader(book, file, stamp, lists, skeleton).read()


@dataclass(slots=True)
class _SheetReader:
    book: Book
    file: str
    stamp: Stamp
    lists: Lists
    skeleton: Skeleton
    findings: list[Finding] = field(default_factory=list)
    unread: list[tuple[str, int]] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)

    def read(self) -> SheetReading:
        request_id = self._id()
        issued = self.stamp.issued.get(request_id or "", {})
        values = {
            slot.name: self._value(slot, issued)
            for slot in self.skeleton.plan.slots
            if slot.formula is None
        }
        first_choices = {name: names[0] for name, names in self.lists.items() if names}
        values = complete(values, self.skeleton.plan, first_choices)
        self._tell_changes(values)
        document, origins = document_of(values, self.skeleton.plan)
        uncalculated = never_calculated(self.skeleton)
        places = {pointer: self._place(*origin) for pointer, origin in origins.items()}
        return SheetReading(
            file=self.file,
            sheet=self.skeleton.sheet.name,
            request_id=request_id,
            document=document,
            places=places,
            findings=tuple(self.findings),
            broken=self._broken(origins),
            reasons=self._reasons(),
            untouched=self._is_untouched(issued),
            never_calculated=uncalculated,
        )

    def _broken(self, origins: Origins) -> frozenset[str]:
        """Give the pointers of what could not be read; `/lines` for a line with nothing else in it."""
        spots = set(self.unread)
        broken = {pointer for pointer, origin in origins.items() if origin in spots}
        if any(
            slot.repeats and (slot.name, row) not in origins.values()
            for slot in self.skeleton.plan.slots
            for name, row in spots
            if name == slot.name
        ):
            broken.add("/lines")
        return frozenset(broken)

    def _id(self) -> str | None:
        area = self.skeleton.areas["yx_id"]
        return raw_text(self.skeleton.sheet.cell(area.top, area.left)) or None

    def _value(self, slot: Slot, issued: Mapping[str, str]) -> Value | tuple[Value, ...]:
        cells = list(self._cells(slot))
        column = tuple(
            self._one(slot, cell, (row, left), index, issued)
            for index, (row, left, cell) in enumerate(cells)
        )
        if slot.repeats:
            return column
        if not column:
            self._lost(slot)
            return None
        return column[0]

    def _cells(self, slot: Slot) -> Iterator[tuple[int, int, Cell]]:
        area = self.skeleton.areas.get(slot.name)
        if area is None:
            return
        bottom = area.bottom if slot.repeats else area.top
        for row in range(area.top, bottom + 1):
            yield row, area.left, self.skeleton.sheet.cell(row, area.left)

    def _one(
        self, slot: Slot, cell: Cell, at: tuple[int, int], index: int, issued: Mapping[str, str]
    ) -> Value:
        choices = choices_for(slot, self.lists, self._account()) if slot.choices else ()
        entry = read_entry(cell, slot, self.book, choices)
        if slot.by is By.FINANCE and not slot.repeats:
            return self._handed_out(slot, entry, at, issued)
        self._tell(slot, entry, at)
        if entry.unread:
            self.unread.append((slot.name, index))
        return entry.value

    def _handed_out(
        self, slot: Slot, entry: Entry, at: tuple[int, int], issued: Mapping[str, str]
    ) -> Value:
        """Finance's fields are what finance handed out, whatever stands there now."""
        expected = issued.get(slot.name, "")
        found = raw_text(self.skeleton.sheet.cell(*at))
        if found == expected:
            return entry.value
        facts = {"label": slot.label, "found": found or "空欄", "expected": expected or "空欄"}
        self._add(codes.FINANCE_CHANGED, at, facts, slot.pointer)
        return _handed_out_value(expected, slot.kind)

    def _lost(self, slot: Slot) -> None:
        self.unread.append((slot.name, 0))
        finding = codes.LOST_PLACE.at(
            Place(self.file, self.skeleton.sheet.name), slot.pointer, label=slot.label
        )
        self.findings.append(finding)

    def _tell(self, slot: Slot, entry: Entry, at: tuple[int, int]) -> None:
        if entry.code:
            self.unsure.add(slot.name)
            self._add(entry.code, at, entry.facts or {}, slot.pointer)

    def _tell_changes(self, values: Mapping[str, Value | tuple[Value, ...]]) -> None:
        for label in self.skeleton.lost:
            if label.formula or label.repeats:
                self._lost(label)
        if self.book.values_only:
            return
        here = Place(self.file, self.skeleton.sheet.name)
        if not has_names(self.book, self.skeleton.sheet):
            self.findings.append(codes.NAMES_LOST.at(here))
        if not self.skeleton.sheet.protected:
            self.findings.append(codes.UNPROTECTED.at(here))
        if self.skeleton.moved:
            self.findings.append(codes.MOVED.at(here))
        for change in changed_labels(self.skeleton):
            self._add(change.code, change.cell, change.facts, None)
        for change in changed_formulas(self.skeleton, values, frozenset(self.unsure)):
            pointer = change.slot.pointer if change.slot else None
            self._add(change.code, change.cell, change.facts, pointer)

    def _add(
        self,
        code: Code,
        at: tuple[int, int],
        facts: Mapping[str, object],
        pointer: str | None,
    ) -> None:
        place = Place(self.file, self.skeleton.sheet.name, a1(*at))
        self.findings.append(code.at(place, pointer, **facts))

    def _reasons(self) -> dict[str, str]:
        cells = {
            kind: self.skeleton.sheet.cell(area.top, area.left)
            for kind, area in self.skeleton.reason_areas.items()
        }
        return {kind: text for kind, cell in cells.items() if (text := raw_text(cell))}

    def _account(self) -> str | None:
        area = self.skeleton.areas.get("yx_account")
        if area is None:
            return None
        cell = self.skeleton.sheet.cell(area.top, area.left)
        return cell.text if cell.kind is CellKind.TEXT else None

    def _place(self, name: str, row: int) -> Place:
        area = self.skeleton.areas.get(name)
        cell = a1(area.top + row, area.left) if area else None
        return Place(self.file, self.skeleton.sheet.name, cell)

    def _is_untouched(self, issued: Mapping[str, str]) -> bool:
        """Tell whether every entry cell holds just what was handed out."""
        for slot in self.skeleton.plan.slots:
            if slot.is_entry:
                for _, _, cell in self._cells(slot):
                    expected = issued.get(slot.name, "") if not slot.repeats else ""
                    if raw_text(cell) != expected:
                        return False
        return not self._reasons()


def _handed_out_value(text: str, kind: Kind) -> Value:
    if not text:
        return None
    if kind is Kind.YEAR:
        return FiscalYear.parse(text).western
    return int(text) if kind in (Kind.MONEY, Kind.NUMBER) else text
