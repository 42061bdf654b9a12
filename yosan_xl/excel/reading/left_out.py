"""What was written into a book and is read by nothing: beside the fields, in their cells, upon the sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import Annotation, AnnotationKind, Book, Cell, CellKind, Sheet
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.entries import NO_CELL, is_filled, raw_text
from yosan_xl.excel.reading.fixed_cells import compared, panel_spots
from yosan_xl.excel.reading.identity import tell_alike
from yosan_xl.excel.reading.placement import (
    PlacedSheet,
    Placement,
    SheetFindings,
    Spot,
    merged_fields,
    words,
)
from yosan_xl.excel.reading.shown import displayed
from yosan_xl.form.area import Area, a1
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.model.finding import Code, Finding, Place
from yosan_xl.model.money import written_amount
from yosan_xl.model.text import on_one_line

NAMED = 12
"""How many cells of a sheet are quoted."""

_QUOTED = 300
"""How many characters of a cell are quoted."""

_MOST = 500
"""How many cells among the fields are looked at one by one: no form that people fill has more."""

_FEW = 3
"""With fewer cells beside the fields there is no second request in a sheet."""

_OUR_NOTE = re.compile(
    r"YX[0-9]{3} (?:誤り|注意)\n.*?\n→ [^\n]*[。）](?:\s*(?=YX[0-9]{3} )|\s*\n|\s*\Z)", re.S
)
"""A note of a book that was returned; what staff added below it is their own."""

_WITHOUT_WORDS = {AnnotationKind.PICTURE, AnnotationKind.OBJECT, AnnotationKind.LINK}


class Split(NamedTuple):
    """A field whose text stands in several cells, since its cells are merged no longer."""

    slot: Slot
    spots: tuple[Spot, ...]


def rejoined(placed: PlacedSheet, loose: Sequence[Spot]) -> tuple[PlacedSheet, tuple[Split, ...]]:
    """Return the sheet with all text of a field in its first cell, and the fields where it was not.

    Only texts are joined: how a number or a date was shown is not known. `loose` are the cells `outside`.
    """
    loose = _seen(placed, loose)
    cells = dict(placed.sheet.cells) if loose else {}
    found: list[Split] = []
    for slot, area in merged_fields(placed.at) if loose else ():
        first = area.top, area.left
        spots = (first, *(spot for spot in loose if _is_in(area, spot)))
        held = [cells.get(spot, NO_CELL) for spot in spots]
        if len(spots) > 1 and _is_text(slot) and all(map(_can_be_joined, held)):
            joined = _joined(slot, {spot: cells.pop(spot) for spot in spots if spot in cells})
            cells[first] = Cell(CellKind.TEXT, joined, None, held[0].style)
            found.append(Split(slot, spots))
    sheet = replace(placed.sheet, cells=cells) if found else placed.sheet
    return replace(placed, sheet=sheet), tuple(found)


def outside(placed: PlacedSheet) -> list[Spot]:
    """Return the cells with something in them that are no field's first and no words of the form."""
    known = _known(placed.at)
    cells = placed.sheet.cells.items()
    filled = [(spot, cell) for spot, cell in cells if spot not in known and is_filled(cell)]
    return sorted(spot for spot, cell in filled if not _is_ours(placed, spot, cell))


def tell_left_out(
    book: Book,
    placed: PlacedSheet,
    loose: Sequence[Spot],
    split: Sequence[Split],
    findings: SheetFindings,
) -> None:
    """Report all that is read otherwise than it stands there, or not at all."""
    joined = {spot for one in split for spot in one.spots}
    loose = [spot for spot in loose if spot not in joined]
    for slot, group in groupby(split, lambda one: one.slot):
        spots = [spot for one in group for spot in one.spots]
        findings.at_all(codes.SPLIT, spots, label=slot.label)
    place = Place(findings.file, findings.sheet)
    found = [*_of_cells(book, placed, loose, place)]
    if len(loose) >= _FEW and not (placed.at.moved or placed.at.lost):
        # The words of the form where they do not belong, and what stands among them.
        known = _known(placed.at)
        cells = {spot: cell for spot, cell in placed.sheet.cells.items() if spot not in known}
        alike = tell_alike(cells, placed.plan, place)
        found += [alike] if alike else []
    if placed.at.lost:
        # That a field is gone says of what stood there that it is not read.
        findings.found = [_with_words(finding, found) for finding in findings.found]
        found = []
    findings.found += (*found, *upon(book.annotations.get(findings.sheet, ()), place))


_Group = tuple[Code, str | None, str | None]
"""Of what a finding tells: its code, its pointer, and the label of the field."""


def _of_cells(
    book: Book, placed: PlacedSheet, loose: Sequence[Spot], place: Place
) -> Iterator[Finding]:
    """Report cells: those in a field, amounts beside the lines, and the rest once a sheet."""
    sheet, groups = placed.sheet, dict[_Group, list[Spot]]()
    seen = set(_seen(placed, loose))
    fields = merged_fields(placed.at)
    labels = {s: slot.label for slot, area in fields for s in seen if _is_in(area, s)}
    amounts = [s for s in sorted(seen - labels.keys()) if _is_amount(placed, s)]
    pointers = {spot[0]: _pointer(placed.at, spot) for spot in amounts}
    for spot in loose:
        group: _Group = codes.BESIDE, None, None
        if spot in labels:
            group = codes.IN_FIELD, None, labels[spot]
        elif spot in seen and spot[0] in pointers:
            group = codes.STRAY_AMOUNT, pointers[spot[0]], None
        groups.setdefault(group, []).append(spot)
    for (code, pointer, label), spots in groups.items():
        first = next((spot for spot in spots if spot in amounts), spots[0])
        at = replace(place, cell=a1(*first))
        items = [quoted_cell(book, sheet, spot, spot not in seen) for spot in spots[:NAMED]]
        finding = finding_of(code, at, items, len(spots), label=label)
        yield replace(finding, pointer=pointer)


def _with_words(finding: Finding, found: Sequence[Finding]) -> Finding:
    """Return the finding of fields that are gone with what else is not read (its fact `each`)."""
    if finding.code != codes.LOST_PLACE.code:
        return finding
    each = tuple(item for one in found for item in one.facts["each"])  # type: ignore[attr-defined]
    return replace(finding, facts={**finding.facts, "each": each})


def quoted_cell(book: Book, sheet: Sheet, spot: Spot, doubtful: bool = False) -> str:
    """Return a cell and what it shows; where it is `doubtful`, a merge may hide it."""
    under = "（結合の下）" if doubtful and _is_covered(sheet.merges, spot) else ""
    return f"{a1(*spot)}{under}「{on_one_line(raw_text(displayed(sheet.cells[spot], book)), _QUOTED)}」"


def upon(annotations: Sequence[Annotation], place: Place) -> Iterator[Finding]:
    """Report what stands upon a sheet, once of all with words and once of all without."""
    said = [one for one in annotations if one.kind in _WITHOUT_WORDS or _own_words(one)]
    ordered = sorted(said, key=lambda one: (one.kind in _WITHOUT_WORDS, one.place or _NOWHERE))
    for without, group in groupby(ordered, lambda one: one.kind in _WITHOUT_WORDS):
        found = list(group)
        at = found[0].place
        where = replace(place, cell=a1(*at) if at else None)
        code = codes.NOT_READ if without else codes.NOTE
        yield finding_of(code, where, [_annotation_words(one) for one in found])


_NOWHERE = (1_048_576, 0)
"""Behind every cell."""


def _annotation_words(one: Annotation) -> str:
    at = f"{a1(*one.place)}の" if one.place else ""
    text = _own_words(one)
    return f"{at}{one.kind.value}{f'「{on_one_line(text, _QUOTED)}」' if text else ''}"


def _own_words(one: Annotation) -> str:
    """Return the words of staff: those of a note that we wrote are left out."""
    return _OUR_NOTE.sub("", one.text).strip() if one.kind is AnnotationKind.NOTE else one.text


def finding_of(
    code: Code, place: Place, items: Sequence[str], cells: int | None = None, **facts: object
) -> Finding:
    """Return the finding that quotes `items`, the first of so many `cells`.

    Its fact `each` names them one by one, with their sheet.
    """
    named, cells = list(items[:NAMED]), cells or len(items)
    if cells > len(named):
        named.append(f"ほか{cells - len(named)}か所")
    sheet = f"シート「{place.sheet}」の" if place.sheet else ""
    each = tuple(f"{sheet}{item}" for item in named)
    return code.at(place, None, what="、".join(named), each=each, cells=cells, **facts)


@lru_cache(maxsize=64)
def _known(at: Placement) -> frozenset[Spot]:
    """Return the cells of fields, and those of which a change has a finding of its own.

    Where rows or columns moved, the rest of the panel is known otherwise.
    """
    named = (*at.reason_areas.values(), *at.rooms.values())
    reasons = {(area.top, area.left) for area in named}
    return frozenset(reasons.union(compared(at), panel_spots(at), *at.spots.values()))


def _is_ours(placed: PlacedSheet, spot: Spot, cell: Cell) -> bool:
    """Return whether a cell says what the form says, or is of a panel that moved."""
    at = placed.at
    said = cell.text if cell.kind is CellKind.NUMBER else words(cell.text)
    if said in _form_words(at.plan):
        return True
    if not at.moved or cell.formula is None:
        return False
    panel = min((area.left for area in at.marks.values()), default=0)
    return spot[1] >= panel or spot[0] == at.rows.get(at.plan.status.top)


@lru_cache(maxsize=16)
def _form_words(plan: Plan) -> frozenset[str]:
    texts = [label.text for label in plan.labels] + [check.label for check in plan.checks]
    return frozenset(map(words, filter(None, texts)))


def _is_in(area: Area, spot: Spot) -> bool:
    return area.top <= spot[0] <= area.bottom and area.left <= spot[1] <= area.right


def _is_covered(merges: Sequence[Area], spot: Spot) -> bool:
    """Return whether a merge hides the cell."""
    return any(_is_in(merge, spot) and spot != (merge.top, merge.left) for merge in merges)


def _seen(placed: PlacedSheet, loose: Sequence[Spot]) -> list[Spot]:
    """Return the cells, of those in the columns of fields, that no merge hides."""
    last = max((area.right for _, area in merged_fields(placed.at)), default=-1)
    near = [spot for spot in loose if spot[1] <= last][:_MOST]
    lowest = near[-1][0] if near else -1
    merges = [one for one in placed.sheet.merges if one.left <= last and one.top <= lowest]
    return [spot for spot in near if not _is_covered(merges, spot)]


def _is_text(slot: Slot) -> bool:
    return slot.is_entry and slot.kind in (FieldKind.TEXT, FieldKind.PROSE)


def _can_be_joined(cell: Cell) -> bool:
    return cell.formula is None and cell.kind in (CellKind.TEXT, CellKind.EMPTY)


def _joined(slot: Slot, cells: Mapping[Spot, Cell]) -> str:
    """Return the texts of a field row by row; a field of one line has them one behind the other."""
    held = [(spot, cells[spot].text) for spot in sorted(cells) if cells[spot].text.strip()]
    rows = groupby(held, lambda one: one[0][0])
    lines = ["　".join(text for _, text in row) for _, row in rows]
    return ("\n" if slot.kind is FieldKind.PROSE else "　").join(lines)


def _is_amount(placed: PlacedSheet, spot: Spot) -> bool:
    """Return whether a cell stands among the amounts that are summed, and may be one."""
    columns, rows = _amounts(placed.at)
    if spot[1] not in columns or spot[0] not in rows:
        return False
    cell = placed.sheet.cells[spot]
    if cell.kind is not CellKind.TEXT:
        return cell.kind is not CellKind.BOOLEAN
    try:
        return written_amount(cell.text)[0] is not None
    except ValueError:
        return False


@lru_cache(maxsize=64)
def _amounts(at: Placement) -> tuple[frozenset[int], range]:
    """Return the columns of amounts that are summed, and the rows between the first and the last."""
    money = [
        slot for slot in at.plan.slots if slot.kind is FieldKind.MONEY and slot.name in at.areas
    ]
    areas = [at.areas[slot.name] for slot in money]
    columns = frozenset(at.areas[s.name].left for s in money if s.repeats and s.is_entry)
    if not areas:
        return columns, range(0)
    # The row above the first may be one that was inserted below the headings.
    return columns, range(min(a.top for a in areas) - 1, max(a.bottom for a in areas) + 1)


def _pointer(at: Placement, spot: Spot) -> str:
    """Return of what the amount above is a part: the pointer of a list, or `/funding`."""
    above = [
        (at.areas[slot.name].top, _whole(slot, at.plan))
        for slot in at.plan.slots
        if slot.kind is FieldKind.MONEY and slot.pointer and slot.name in at.areas
        if at.areas[slot.name].left == spot[1] and at.areas[slot.name].top <= spot[0]
    ]
    lists = at.plan.axes.lists
    return max(above)[1] if above else lists[0].pointer if lists else "/"


def _whole(slot: Slot, plan: Plan) -> str:
    if slot.list:
        return plan.axes.rows(slot.list).pointer
    return f"/{(slot.pointer or '').split('/')[1]}"
