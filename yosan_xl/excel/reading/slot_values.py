"""The value of every slot that is no formula; what had to be repaired or cannot be read is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yosan_xl.excel.ooxml.book import Book, Cell
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.cell_codes import STRUCK_LINE
from yosan_xl.excel.reading.entries import NO_CELL, Entry, raw_text, read_entry
from yosan_xl.excel.reading.handed import ACCOUNT, Handed, handed_out_value, raw
from yosan_xl.excel.reading.hidden import choices_for
from yosan_xl.excel.reading.identity import ID, OWN_WORDS
from yosan_xl.excel.reading.placement import Spot
from yosan_xl.excel.reading.shown import Telling, as_shown, is_plain
from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.excel.reading.tamper import summed_names
from yosan_xl.excel.reading.told import Told
from yosan_xl.form.definition import FieldKind, FilledBy
from yosan_xl.form.plan import Slot
from yosan_xl.form.relation import CellValue
from yosan_xl.form.stamp import row_keys
from yosan_xl.model.text import canonical, match_name


@dataclass(slots=True)
class SlotValues:
    """Reads the slots of one sheet.

    `unread` are those whose values could not be had, with the row (from 0); `unsure` those of
    which something was told.
    """

    book: Book
    handed: Handed
    skeleton: Skeleton
    told: Told
    unread: list[tuple[str, int]] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    _cells: Mapping[Spot, Cell] = field(init=False)
    _summed: frozenset[str] = field(init=False)
    _struck: set[int] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        """Keep what every slot asks for."""
        self._cells = self.skeleton.sheet.cells
        self._summed = summed_names(self.skeleton.plan)

    def read(self) -> dict[str, CellValue | tuple[CellValue, ...]]:
        """Give the values by the names of their slots, a column row by row."""
        slots = self.skeleton.plan.slots
        for slot in slots:
            if slot.formula is not None and slot.kind is FieldKind.MONEY:
                self._look_at_result(slot)
        return {slot.name: self._value(slot) for slot in slots if slot.formula is None}

    def _value(self, slot: Slot) -> CellValue | tuple[CellValue, ...]:
        if slot.name not in self.skeleton.areas:
            return self._lost_value(slot)
        if slot.by is FilledBy.FINANCE and slot.repeats and self.handed.issued is not None:
            return self._finance_column(slot, self.handed.issued)
        spots = self.skeleton.at.spots[slot.name]
        column = tuple(self._one(slot, spot, index) for index, spot in enumerate(spots))
        return column if slot.repeats else column[0]

    def _lost_value(self, slot: Slot) -> CellValue | tuple[CellValue, ...]:
        """Of a field that is gone, only what finance handed out is known."""
        if slot.by is FilledBy.FINANCE and not slot.repeats:
            return handed_out_value((self.handed.issued or {}).get(slot.name, ""), slot.kind)
        self.unread += [(slot.name, row) for row in range(self._rows(slot))]
        return () if slot.repeats else None

    def _rows(self, slot: Slot) -> int:
        """Give how many rows a slot has now, or had if nothing is left of it and its like."""
        if slot.group is None or not slot.repeats:
            return 1
        columns = self.skeleton.plan.groups[slot.group].columns.values()
        areas = [self.skeleton.areas[name] for name in columns if name in self.skeleton.areas]
        return max((area.height for area in areas), default=slot.area.height)

    def _finance_column(self, slot: Slot, issued: Mapping[str, str]) -> tuple[CellValue, ...]:
        """Finance's column is what was handed out, in the rows where it now stands."""
        spots = self.skeleton.at.spots[slot.name]
        found = [raw(self.skeleton, spot) for spot in spots]
        expected = [issued.get(key, "") for key in row_keys(slot.name, len(spots))]
        if list(filter(None, found)) == list(filter(None, expected)):
            return tuple(handed_out_value(text, slot.kind) if text else None for text in found)
        at = next(row for row, text in enumerate(found) if text != expected[row])
        self.unsure.add(slot.name)
        self._tell_finance(slot, spots[at], found[at], expected[at])
        return tuple(handed_out_value(text, slot.kind) for text in expected)

    def _one(self, slot: Slot, spot: Spot, index: int) -> CellValue:
        cell = self._cells.get(spot)
        if slot.by is FilledBy.FINANCE and not slot.repeats:
            return self._handed_out(slot, cell or NO_CELL, spot)
        return None if cell is None else self._typed(slot, cell, spot, index)

    def _typed(self, slot: Slot, cell: Cell, spot: Spot, index: int = 0) -> CellValue:
        if is_plain(cell, slot, self.book):
            entry = self._entry(slot, cell)
        else:
            entry = self._shown_entry(slot, cell, spot)
        if entry.code:
            self.unsure.add(slot.name)
            self.told.at(entry.code, spot, slot.pointer, entry.facts or {})
        if entry.unread:
            self.unread.append((slot.name, index))
        return entry.value

    def _shown_entry(self, slot: Slot, cell: Cell, spot: Spot) -> Entry:
        """Read a cell as it shows, and tell where that is not what it holds."""
        read, told = as_shown(cell, slot, self.book)
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
            self.told.at(one.code, spot, slot.pointer, one.facts)

    def _look_at_result(self, slot: Slot) -> None:
        spots = self.skeleton.at.spots.get(slot.name, ())
        for spot in spots[:1]:
            cell = self._cells.get(spot)
            if cell is not None and not is_plain(cell, slot, self.book):
                self._tell_shown(slot, spot, as_shown(cell, slot, self.book)[1])

    def _entry(self, slot: Slot, cell: Cell) -> Entry:
        choices = choices_for(slot, self.handed.lists, self._account()) if slot.choices else ()
        return read_entry(cell, slot, self.book, choices, summed=slot.name in self._summed)

    def _account(self) -> str | None:
        area = self.skeleton.areas.get(ACCOUNT)
        if area is None:
            return None
        text = self.skeleton.sheet.text(area.top, area.left)
        return match_name(text, self.handed.lists.names("accounts")) or text

    def _handed_out(self, slot: Slot, cell: Cell, at: Spot) -> CellValue:
        """Finance's fields are what finance handed out, whatever stands there now.

        But whose request a sheet is, its own cells say: `tell_identity` tells of them, and the rules.
        """
        if self.handed.issued is None:
            return self._entry(slot, cell).value
        expected = self.handed.issued.get(slot.name, "")
        found = raw_text(cell)
        if found == expected:
            return self._entry(slot, cell).value
        if found and slot.pointer in OWN_WORDS and canonical(found) != canonical(expected):
            return self.handed.own.request_id if slot.pointer == ID else self._typed(slot, cell, at)
        self._tell_finance(slot, at, found, expected)
        return handed_out_value(expected, slot.kind)

    def _tell_finance(self, slot: Slot, at: Spot, found: str, expected: str) -> None:
        facts = {"label": slot.label, "found": found or "空欄", "expected": expected or "空欄"}
        self.told.at(codes.FINANCE_CHANGED, at, slot.pointer, facts)
