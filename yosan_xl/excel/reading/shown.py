"""What a cell shows of what it holds: it is read as it shows, and told where the two differ.

A number format may scale, hide or reword a number; letters may be struck out, raised or unseen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.excel.number_format import shown_number, shown_text
from yosan_xl.excel.ooxml.book import LOWEST, PLAIN_CODES, Book, Cell, CellKind, Format
from yosan_xl.excel.ooxml.rich_text import Font, RichString
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.entries import numeral, raw_text
from yosan_xl.excel.reading.placement import PlacedSheet, Spot, merged_fields
from yosan_xl.excel.sheet_words import number_words
from yosan_xl.form.area import Area
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.model.finding import Code
from yosan_xl.model.money import other_unit, with_commas, written_amount
from yosan_xl.model.text import shortened

AMOUNTS = (FieldKind.MONEY, FieldKind.NUMBER)
"""What is read as a number; every other field is a text and read as it shows."""

_TEXTS = (FieldKind.TEXT, FieldKind.PROSE, FieldKind.YEAR)
"""In these a date may be meant: 令和8年4月1日."""

_SHORT = 80
"""Characters of a number format that a sentence quotes."""


class Telling(NamedTuple):
    """What there is to tell of a cell; `unread` where its value could not be had."""

    code: Code
    facts: Mapping[str, object]
    unread: bool = False

    @property
    def is_repair(self) -> bool:
        """Return whether this only says how the cell was read."""
        return self.code is codes.READ_AS_SHOWN


def is_plain(cell: Cell, slot: Slot, book: Book) -> bool:
    """Return whether a cell shows just what it holds, as nearly every cell does."""
    if cell.kind is CellKind.NUMBER and slot.kind not in AMOUNTS:
        return False  # 4,017 is another text than 4017
    return cell.text.__class__ is str and book.look(cell).is_plain


def as_shown(cell: Cell, slot: Slot, book: Book, unit: str) -> tuple[Cell, list[Telling]]:
    """Return the cell as it is to be read, and what there is to tell of how it shows; `unit` is that of amounts."""
    look = book.look(cell)
    if cell.kind not in (CellKind.NUMBER, CellKind.TEXT) or not cell.text.strip():
        return cell, []
    told = [*_by_format(cell, slot, look, book, unit), *_by_letters(cell, slot, look)]
    plain = cell._replace(text=str(cell.text))
    if slot.kind in AMOUNTS or (look.is_date and slot.kind not in _TEXTS):
        return plain, told
    return displayed(plain, book), told


def displayed(cell: Cell, book: Book) -> Cell:
    """Return a cell of a text field with the text that its number format shows.

    What shows nothing, or nobody knows what, stays as it is.
    """
    if cell.kind not in (CellKind.NUMBER, CellKind.TEXT):
        return cell
    shown = _shown(cell, book.look(cell), book)
    if not shown or shown == raw_text(cell):
        return cell
    return Cell(CellKind.TEXT, shown, None, cell.style)


def _shown(cell: Cell, look: Format, book: Book) -> str | None:
    number = cell.number()
    if number is None:
        return shown_text(look.code, cell.text)
    return shown_number(look.code, number, date1904=book.date1904)


def _by_format(cell: Cell, slot: Slot, look: Format, book: Book, unit: str) -> Iterator[Telling]:
    """Report where the number format shows something else."""
    is_amount = slot.kind in AMOUNTS
    if is_amount and (look.code in PLAIN_CODES or not _is_exact(cell, slot)):
        return  # shown as it is, or told as it is read
    if look.is_date and slot.kind not in _TEXTS and None in (slot.formula, cell.formula):
        return  # no value at all, or typed over a formula: that is told
    shown, held = _shown(cell, look, book), raw_text(cell)
    own = unit if slot.kind is FieldKind.MONEY else number_words(slot.decimals)
    facts = {"label": slot.label, "held": _with_commas(cell) if is_amount else held, "unit": own}
    if shown is None:
        yield Telling(
            codes.UNKNOWN_FORMAT, {**facts, "format": shortened(look.code, _SHORT)}, not is_amount
        )
    elif not shown:
        yield Telling(codes.UNSEEN_VALUE, {**facts, "why": "何も表示しない表示形式"})
    elif not is_amount and shown != held:
        yield Telling(codes.READ_AS_SHOWN, {**facts, "shown": shown})
    elif is_amount and _figure(shown, slot) != cell.number():
        yield Telling(codes.SHOWN_OTHERWISE, {**facts, "shown": shown})
    elif slot.kind is FieldKind.MONEY and other_unit(shown.rstrip("."), unit):
        yield Telling(codes.SHOWN_IN_YEN, {**facts, "shown": shown})


def _is_exact(cell: Cell, slot: Slot) -> bool:
    """Return whether a number has no more decimals than its field."""
    number = cell.number()
    scaled = None if number is None else number.scaleb(slot.decimals)
    return scaled is not None and scaled == scaled.to_integral_value()


def _with_commas(cell: Cell) -> str:
    number = cell.number()
    if number is None:
        return cell.text
    return with_commas(int(number)) if number == number.to_integral_value() else numeral(number)


def _figure(shown: str, slot: Slot) -> int | Decimal | None:
    """Return the number that a reader sees; a bare sign (`-`) is 0."""
    plain = shown.rstrip(".")
    try:
        if slot.decimals and _DECIMALS.fullmatch(plain):
            return Decimal(plain.replace(",", "").replace("△", "-"))
        return written_amount(plain)[0] or 0
    except ValueError:
        return None


_DECIMALS = re.compile(r"[-△]?[0-9,]+\.[0-9]+")


def _by_letters(cell: Cell, slot: Slot, look: Format) -> Iterator[Telling]:
    """Report letters that are struck out, raised or unseen."""
    pieces = _pieces(cell, look)
    struck = [text for text, font in pieces if font.struck]
    unseen = [text for text, font in pieces if font.is_unseen(look.ground)]
    raised = [text for text, font in pieces if font.raised]
    facts = {"label": slot.label, "text": raw_text(cell)}
    if struck:
        of_line = slot.kind in AMOUNTS or slot.repeats
        whole = of_line and len(struck) == len(pieces)
        code = codes.STRUCK_LINE if whole else codes.STRUCK_WORDS
        yield Telling(code, {**facts, "words": "」「".join(struck)})
    if unseen:
        held = _with_commas(cell) if slot.kind in AMOUNTS else "」「".join(unseen)
        why = "文字の色が地の色と同じか、文字が小さすぎる書式"
        yield Telling(codes.UNSEEN_VALUE, {**facts, "held": held, "why": why})
    if raised and len(raised) < len(pieces):
        yield Telling(codes.RAISED, {**facts, "words": "」「".join(raised)})


def _pieces(cell: Cell, look: Format) -> list[tuple[str, Font]]:
    """Return the pieces of a text that say something, each in its font."""
    if not isinstance(cell.text, RichString):
        return [(raw_text(cell), look.font)]
    return [(text, font or look.font) for text, font in cell.text.runs if text.strip()]


def altered(placed: PlacedSheet) -> list[Spot]:
    """Return the entry cells with something in them whose look follows from a condition."""
    areas = placed.sheet.altered
    if not areas:
        return []
    spots = placed.at.spots
    entries = (spots.get(slot.name, ()) for slot in placed.plan.slots if slot.is_entry)
    return [
        spot
        for own in entries
        for spot in own
        if raw_text(placed.sheet.cell(*spot)) and any(_holds(area, spot) for area in areas)
    ]


def _holds(area: Area, spot: Spot) -> bool:
    row, column = spot
    return area.top <= row <= area.bottom and area.left <= column <= area.right


def unseen(placed: PlacedSheet) -> Iterator[tuple[str, list[Spot]]]:
    """Return what hides entries, in words, and the cells of these; all of a hidden sheet are hidden."""
    sheet = placed.sheet
    if sheet.state != "visible":
        yield "非表示のシート", _filled(placed)
        return
    rows, columns = sheet.hidden_rows, sheet.hidden_cols
    if rows or columns or sheet.low_rows:
        low = {spot for spot in _filled(placed) if spot[0] in sheet.low_rows}
        low = {spot for spot, height in _heights(placed, low) if height < LOWEST}
        yield (
            "非表示か低すぎる行、または列",
            [s for s in _filled(placed) if s[0] in rows or s[1] in columns or s in low],
        )
    strange = set(sheet.merges) - _merges(placed.plan)
    if strange:
        covered = [s for s in _filled(placed) if any(_covers(merge, s) for merge in strange)]
        yield "結合されたセルの下", covered


def _covers(merge: Area, spot: Spot) -> bool:
    row, column = spot
    inside = merge.top <= row <= merge.bottom and merge.left <= column <= merge.right
    return inside and spot != (merge.top, merge.left)


def _heights(placed: PlacedSheet, spots: Collection[Spot]) -> Iterator[tuple[Spot, float]]:
    """Return how high cells are at the least (points), each with what is merged with it."""
    low = placed.sheet.low_rows
    bottoms = {(area.top, area.left): area.bottom for _, area in merged_fields(placed.at)}
    for spot in spots:
        rows = range(spot[0], bottoms.get(spot, spot[0]) + 1)
        yield spot, sum(low.get(row, LOWEST) for row in rows)


def _filled(placed: PlacedSheet) -> list[Spot]:
    """Return the entry cells that hold something."""
    spots = placed.at.spots
    entries = (spots.get(slot.name, ()) for slot in placed.plan.slots if slot.is_entry)
    return [spot for own in entries for spot in own if raw_text(placed.sheet.cell(*spot))]


@lru_cache(maxsize=16)
def _merges(plan: Plan) -> frozenset[Area]:
    """Return the merged cells of the form, the checks panel with them."""
    panel = (
        area for check in plan.checks for area in (check.mark, check.advice_area, check.reason)
    )
    return frozenset(
        (
            *(cell for slot in plan.slots for cell in slot.cells()),
            *(label.area for label in plan.labels),
            *(counter.area for counter in plan.counters),
            *panel,
            plan.status,
        )
    )
