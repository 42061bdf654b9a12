"""What a book was handed out with: its hidden sheet read back, what stood in a sheet, and what of it must still be so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from yosan_xl.excel.ooxml.book import Book, Names, Sheet, name_area
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.reading.fixed_cells import is_emptied
from yosan_xl.excel.reading.identity import Identity
from yosan_xl.excel.reading.placement import PlacedSheet, Spot
from yosan_xl.form import stamp
from yosan_xl.form.area import Area
from yosan_xl.form.choices import MOST_CHOICES, OF
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.relation import CellValue, list_name
from yosan_xl.form.stamp import Stamp
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import limit


def read_stamp(book: Book) -> Stamp | None:
    """Return the stamp of a book, None where it has none or it cannot be read."""
    sheet = hidden_sheet(book)
    if sheet is None:
        return None
    rows = sorted({row for row, column in sheet.cells if column == 0})
    try:
        return Stamp.from_rows((sheet.text(row, 0), sheet.text(row, 1)) for row in rows)
    except ValueError:
        return None


class Lists:
    """The lists of choices as the book was handed out with them, each read when it is asked for."""

    def __init__(self, book: Book) -> None:
        """Look where the lists stand."""
        self._sheet = hidden_sheet(book)
        self._areas = _list_areas(book.names, self._sheet.name) if self._sheet else {}
        self._read: dict[str, tuple[str, ...]] = {}
        self._by_path: dict[str, dict[str, tuple[str, ...]]] = {}

    def names(self, choices: str) -> tuple[str, ...]:
        """Return the names that a list offers, none where there is no such list."""
        if choices not in self._read:
            area = self._areas.get(choices)
            self._read[choices] = _column(self._sheet, area) if self._sheet and area else ()
        return self._read[choices]

    def under(self, choices: str, path: str) -> tuple[str, ...]:
        """Return the names that a list offers below the choices of a path (`一般会計/総務費`)."""
        area, paths = self._areas.get(choices), self._areas.get(f"{choices}_{OF}")
        if self._sheet is None or area is None:
            return ()
        if paths is None:
            return _below_head(self._sheet, area, path)
        if choices not in self._by_path:
            self._by_path[choices] = _names_by_path(self._sheet, area, paths)
        return self._by_path[choices].get(path, ())

    def first(self, plan: Plan) -> dict[str, str]:
        """Return the first name of each list that a formula of the form asks for."""
        found = {choices: self.names(choices) for choices in _asked(plan)}
        return {choices: names[0] for choices, names in found.items() if names}


@lru_cache(maxsize=16)
def _asked(plan: Plan) -> frozenset[str]:
    formulas = (slot.formula for slot in plan.slots if slot.formula)
    return frozenset(formula.choices for formula in formulas if formula.choices)


@lru_cache(maxsize=16)
def _list_areas(names: Names, sheet: str) -> dict[str, Area]:
    """Return where the lists stand in the hidden sheet, by the names of the whole book."""
    prefix = list_name("")
    places = {
        name.name.removeprefix(prefix): name_area(name)
        for name in names
        if name.sheet is None and name.name.startswith(prefix)
    }
    return {choices: place[1] for choices, place in places.items() if place and place[0] == sheet}


def _below_head(sheet: Sheet, area: Area, head: str) -> tuple[str, ...]:
    """Return what stands in the column below a head; of two columns alike the last counts."""
    column = area.left
    found = None
    while text := sheet.text(area.top, column):
        found = column if text == head else found
        column += 1
    if found is None:
        return ()
    return _column(sheet, Area(area.top + 1, found, area.top + MOST_CHOICES, found))


def _names_by_path(sheet: Sheet, area: Area, paths: Area) -> dict[str, tuple[str, ...]]:
    """Return the names of a list by the path that stands beside each."""
    rows = sorted(row for row, column in sheet.cells if column == paths.left)
    found: dict[str, list[str]] = {}
    for row in rows:
        path, name = sheet.text(row, paths.left), sheet.text(row, area.left)
        if area.top <= row <= area.bottom and name:
            found.setdefault(path, []).append(name)
    return {path: tuple(names) for path, names in found.items()}


def choices_for(slot: Slot, lists: Lists, path: str) -> tuple[str, ...]:
    """Return the names that a drop-down offers; of one that depends on others, below the choices of its `path`."""
    own = slot.choices or ""
    return lists.under(own, path) if slot.under else lists.names(own)


def hidden_sheet(book: Book) -> Sheet | None:
    """Return the hidden sheet: by its name, or where it was renamed, by the name of its stamp."""
    named = next((name for name in book.names if name.name == stamp.NAME), None)
    place = name_area(named) if named else None
    return book.sheet(stamp.SHEET) or (book.sheet(place[0]) if place else None)


def _column(sheet: Sheet, area: Area) -> tuple[str, ...]:
    said, rows = sheet.cells.get, range(area.top, area.bottom + 1)
    cells = [cell for row in rows if (cell := said((row, area.left)))]
    return tuple(cell.text for cell in cells if cell.text)


@dataclass(frozen=True, slots=True)
class IssuedSheet:
    """What a sheet was handed out with: its id, what stood in its cells, the lists of choices."""

    own: Identity
    stamp: Stamp
    lists: Lists

    @property
    def issued(self) -> Mapping[str, str] | None:
        """Return what stood in its cells, None where that is not known: it is another book's, or the stamp is lost."""
        return self.stamp.issued[self.own.issued] if self.own.issued is not None else None


def raw(placed: PlacedSheet, spot: Spot) -> str:
    """Return what was typed at a place, as text."""
    cell = placed.sheet.cells.get(spot)
    return raw_text(cell) if cell else ""


def reasons(placed: PlacedSheet) -> dict[str, str]:
    """Return what staff wrote beside a 要確認 of the checks panel, by kind of check."""
    areas = placed.at.reason_areas
    texts = {kind: raw(placed, (area.top, area.left)) for kind, area in areas.items()}
    return {kind: text for kind, text in texts.items() if text}


def is_untouched(placed: PlacedSheet, issued: Mapping[str, str] | None) -> bool:
    """Return whether every entry cell holds just what was handed out, in a sheet that is still the form.

    Where that is not known, an account alone is what a department has in every blank sheet.
    """
    for slot in placed.plan.slots:
        if slot.is_entry and (issued is not None or slot.meaning != "account"):
            expected = "" if slot.repeats else (issued or {}).get(slot.name, "")
            spots = placed.at.spots.get(slot.name, ())
            if any(raw(placed, spot) != expected for spot in spots):
                return False
    return not (reasons(placed) or is_emptied(placed))


def handed_out_value(text: str, slot: Slot, unit: str) -> CellValue:
    """Return the value of what the stamp says was handed out; None for nothing, or for nonsense."""
    try:
        if slot.kind is FieldKind.YEAR:
            return FiscalYear.parse(text).western
        if slot.kind not in (FieldKind.MONEY, FieldKind.NUMBER):
            return text or None
        number: Decimal | int = Decimal(text) if slot.decimals else int(text)
    except (ValueError, ArithmeticError):
        return None
    most = limit(unit)
    return number if -most <= number <= most else None
