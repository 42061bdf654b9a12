"""One request sheet → its document, the place of every value, and the findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from yosan_xl.excel.ooxml.book import Book
from yosan_xl.excel.reading.changes import tell_changes, tell_other_results
from yosan_xl.excel.reading.handed import ACCOUNT, Handed, is_untouched, reasons
from yosan_xl.excel.reading.identity import tell_identity
from yosan_xl.excel.reading.left_out import outside, rejoined, tell_left_out
from yosan_xl.excel.reading.placement import Placement
from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.excel.reading.slot_values import SlotValues
from yosan_xl.excel.reading.tamper import rests_on, uncalculated
from yosan_xl.excel.reading.told import Told
from yosan_xl.form.area import a1
from yosan_xl.form.check_kinds import PanelSheet
from yosan_xl.form.checks import Mark, marks_of
from yosan_xl.form.mapping import Origins, complete, document_of, shown_values
from yosan_xl.form.plan import KAN
from yosan_xl.form.relation import CellValue, Values
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.request import Document

SlotValue = CellValue | tuple[CellValue, ...]
_TABLES = ("/lines", "/subtotals")


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A request sheet read: `broken` are the pointers whose values could not be had.

    `cells` gives by pointer the cell (A1), None where its place is lost; `uncalculated` are the
    cells of the formulas where not one has a saved result.
    `reasons` are what staff wrote beside a 要確認 of the checks panel, by kind of check, and `marks`
    what the panel must show for these values;
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
    marks: tuple[Mark, ...]
    untouched: bool
    uncalculated: tuple[str, ...]
    skeleton: Skeleton

    def place_of(self, pointer: str) -> Place:
        """Give the place of a pointer, of what encloses it, or the sheet."""
        while pointer:
            if pointer in self.cells:
                return Place(self.file, self.sheet, self.cells[pointer])
            pointer = pointer.rpartition("/")[0]
        return Place(self.file, self.sheet)

    def copy_as(self, request_id: str) -> SheetReading:
        """Return the reading as a request of its own; the NO was given to the sheet it is copied from."""
        document = {**self.document, "id": request_id, "no": None}
        findings = tuple(finding for finding in self.findings if finding.pointer != "/no")
        return replace(self, request_id=request_id, document=document, findings=findings)


def read_sheet(book: Book, file: str, handed: Handed, skeleton: Skeleton) -> SheetReading:
    """Read a request sheet by the names of its Plan."""
    plan, told = skeleton.plan, Told(file, skeleton.sheet.name)
    loose = outside(skeleton)
    skeleton, split = rejoined(skeleton, loose)
    slots = SlotValues(book, handed, skeleton, told)
    tell_identity(skeleton, handed.own, handed.stamp, told)
    first = handed.lists.first(plan)
    values = _as_shown(complete(slots.read(), plan, first), first, skeleton)
    if book.values_only:
        tell_other_results(skeleton, values, frozenset(slots.unsure), told)
    else:
        tell_changes(skeleton, values, frozenset(slots.unsure), told, handed)
    tell_left_out(book, skeleton, loose, split, told)
    document, origins = document_of(values, plan)
    # Where nothing is to be computed, no saved result is what a program saves.
    shown = any(values[slot.name] is not None for slot in plan.slots if slot.formula)
    return SheetReading(
        file=file,
        sheet=skeleton.sheet.name,
        request_id=handed.own.request_id,
        document=document,
        cells=_cells(skeleton.at, tuple(origins.items())),
        findings=tuple(told.findings),
        broken=_broken(frozenset(slots.unread), origins, skeleton.at),
        reasons=reasons(skeleton),
        marks=tuple(_marks(values, handed, skeleton.at)),
        untouched=is_untouched(skeleton, handed.issued),
        uncalculated=tuple(a1(*spot) for spot in uncalculated(skeleton)) if shown else (),
        skeleton=skeleton,
    )


def _as_shown(
    values: dict[str, SlotValue], first: Mapping[str, str], skeleton: Skeleton
) -> dict[str, SlotValue]:
    """Return the values with nothing where a list is gone and the sheet says its first is chosen."""
    sheet, at = skeleton.sheet, skeleton.at
    asking = {s.name: s.formula.choices for s in skeleton.plan.slots if s.formula}
    unknown = [name for name, list_ in asking.items() if list_ and list_ not in first]
    said = {name: sheet.text(*at.spots[name][0]) for name in unknown if name in at.spots}
    return {**values, **{name: None for name, text in said.items() if not text}}


def _marks(values: Values, handed: Handed, at: Placement) -> Iterator[Mark]:
    """Yield the marks of the panel with their cells; none where a place of the form is gone."""
    if at.lost:
        return
    account = values.get(ACCOUNT)
    lists = {
        "years": handed.lists.names("years"),
        f"{KAN}{account}": handed.lists.kan(account if isinstance(account, str) else None),
    }
    for mark in marks_of(PanelSheet(at.plan, shown_values(values, at.plan), lists)):
        area = at.marks.get(mark.kind)
        yield replace(mark, cell=area.first if area else None)


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
    """Give the pointers of what could not be read, and of what is computed from it.

    `/lines` stands for a line with nothing else in it.
    """
    if not unread:
        return frozenset()
    names = {name for name, _ in unread}
    computed = {(slot.name, 0) for slot in at.plan.slots if rests_on(slot, at.plan) & names}
    single = {pointer: origin for pointer, origin in origins.items() if pointer not in _TABLES}
    broken = {p for p, origin in single.items() if origin in computed or origin in unread}
    slots, told = at.plan.by_name(), set(single.values())
    if any(slots[o[0]].repeats and o not in told and o[0] in at.areas for o in unread):
        broken.add("/lines")
    return frozenset(broken)
