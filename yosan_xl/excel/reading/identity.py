"""Which request a sheet is: by its own cells and the stamp, by names and labels where the stamp is lost, by likeness where nobody reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import Book, Cell, CellKind, Sheet
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.reading.fixed_cells import changed_labels
from yosan_xl.excel.reading.placement import (
    PlacedSheet,
    SheetFindings,
    Spot,
    has_labels,
    place_form,
)
from yosan_xl.form.area import Area, a1
from yosan_xl.form.checks import panel_sha256
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import Definition, FieldKind, FilledBy
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.stamp import Stamp
from yosan_xl.model.axes import ENVELOPE
from yosan_xl.model.finding import Code, Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.text import canonical

ID, CODE, YEAR = (ENVELOPE[key] for key in ("id", "unit_code", "year"))

OWN_WORDS = (ID, CODE, ENVELOPE["unit_upper"], ENVELOPE["unit"], YEAR)
"""What says whose request a sheet is: its own cells count, though finance handed them out."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The id of a sheet's request, and the one under which the book was handed out with the sheet.

    `issued` is None for a sheet of another book, and where the book has lost its stamp.
    """

    request_id: str | None
    issued: str | None


def identities(placed_sheets: Sequence[PlacedSheet], stamp: Stamp) -> list[Identity]:
    """Return which request each sheet is.

    A sheet whose id the stamp does not know has come from another book where it names another
    department, or where no sheet of this book is missing; else its id was written over, and it is
    the sheet that no other claims and whose fields of finance it shares. One without an id may be a copy.
    """
    written = [_known(_text(placed, ID), stamp) for placed in placed_sheets]
    free = [known for known in stamp.issued if known not in written]
    found: list[Identity] = []
    for placed, own in zip(placed_sheets, written, strict=True):
        if own in stamp.issued:
            found.append(Identity(own, own))
        elif not stamp.issued or _is_elsewhere(placed, stamp) or (own and not free):
            found.append(Identity(own or None, None))
        else:
            likest = _likest(placed, free or list(stamp.issued), stamp)
            free = [known for known in free if known != likest]
            found.append(Identity(likest, likest))
    return found


def tell_identity(
    placed: PlacedSheet, own: Identity, stamp: Stamp, findings: SheetFindings
) -> None:
    """Report a sheet that is another book's, or whose id was written over, at the cell that says so."""
    says, code = _text(placed, ID), _text(placed, CODE)
    if _is_elsewhere(placed, stamp):
        facts = {"id": says or "空欄", "code": code, "own": stamp.department}
        _tell(placed=placed, findings=findings, code=codes.ELSEWHERE, pointer=CODE, facts=facts)
    elif says and stamp.issued and canonical(says) != canonical(own.issued or ""):
        _tell(
            placed=placed,
            findings=findings,
            code=codes.ID_CHANGED,
            pointer=ID,
            facts={"found": says, "expected": own.request_id},
        )


def _tell(
    placed: PlacedSheet,
    findings: SheetFindings,
    code: Code,
    pointer: str,
    facts: Mapping[str, object],
) -> None:
    for slot in _slots(placed, pointer):
        area = placed.areas[slot.name]
        findings.at(code, (area.top, area.left), pointer, facts)


def _is_elsewhere(placed: PlacedSheet, stamp: Stamp) -> bool:
    """Return whether a sheet names another department than the book's; an empty cell names none."""
    code = _text(placed, CODE)
    return bool(code) and canonical(code) != canonical(stamp.department)


def _known(own: str, stamp: Stamp) -> str:
    """Return an id as it was handed out, however its characters were typed."""
    if own in stamp.issued:
        return own
    typed = canonical(own)
    return next((known for known in stamp.issued if canonical(known) == typed), own)


def _likest(placed: PlacedSheet, candidates: list[str], stamp: Stamp) -> str | None:
    def unlike(known: str) -> int:
        return _differing(placed, stamp.issued[known])

    return min(candidates, key=unlike, default=None)


def _differing(placed: PlacedSheet, issued: Mapping[str, str]) -> int:
    return sum(
        raw_text(placed.sheet.cell(area.top, area.left)) != issued.get(slot.name, "")
        for slot in placed.plan.slots
        if slot.is_handed_out and not slot.repeats and (area := placed.areas.get(slot.name))
    )


def _text(placed: PlacedSheet, pointer: str) -> str:
    """Return what the cell of a field holds, nothing where the field is gone."""
    for slot in _slots(placed, pointer):
        area = placed.areas[slot.name]
        return raw_text(placed.sheet.cell(area.top, area.left))
    return ""


def _slots(placed: PlacedSheet, pointer: str) -> Iterator[Slot]:
    slots = placed.plan.slots
    return (slot for slot in slots if slot.pointer == pointer and slot.name in placed.areas)


def guess_stamp(
    book: Book, definitions: Iterable[Definition], expected: FiscalYear | None
) -> Stamp | None:
    """Return a stamp with nothing issued; None where no sheet has all labels of one of these forms.

    A sheet is of the year it names, or else of the one that is `expected`.
    """
    guesses = (_guess(book, definition, expected) for definition in definitions)
    return next(filter(None, guesses), None)


def _guess(book: Book, definition: Definition, expected: FiscalYear | None) -> Stamp | None:
    for sheet in book.sheets:
        names = book.names.areas(sheet.name)
        year = _year(sheet, names, compile_plan(definition, FiscalYear(1))) or expected
        plan = compile_plan(definition, year, _line_rows(names, definition)) if year else None
        if year and plan and _is_request_sheet(book, sheet, plan):
            return Stamp(
                form=plan.form_id,
                version=plan.version,
                sha256=plan.sha256,
                fiscal_year=year.western,
                department=_named_text(sheet, names, plan, CODE),
                line_rows=tuple(group.rows for group in plan.groups),
                issued={},
                panel=panel_sha256(plan),
                prefecture=plan.prefecture,
            )
    return None


def _is_request_sheet(book: Book, sheet: Sheet, plan: Plan) -> bool:
    if has_labels(sheet, plan):
        return True
    placed = place_form(book, sheet, plan)
    return bool(book.names.areas(sheet.name)) and not placed.at.lost and not changed_labels(placed)


def _line_rows(names: Mapping[str, Area], definition: Definition) -> tuple[int, ...] | None:
    """Return how many rows the groups of line items have, where names tell of each."""
    groups = compile_plan(definition, FiscalYear(1)).groups
    rows = tuple(
        max((names[name].height for name in group.columns.values() if name in names), default=0)
        for group in groups
    )
    return rows if rows and all(rows) else None


def _year(sheet: Sheet, names: Mapping[str, Area], plan: Plan) -> FiscalYear | None:
    try:
        return FiscalYear.parse(_named_text(sheet, names, plan, YEAR))
    except ValueError:
        return None


def _named_text(sheet: Sheet, names: Mapping[str, Area], plan: Plan, pointer: str) -> str:
    slot = plan.slot_at(pointer)
    area = names.get(slot.name, slot.area) if slot else None
    return raw_text(sheet.cell(area.top, area.left)) if area else ""


_LONGEST = 80
"""Characters of a cell that may begin with a heading."""

_MOST = 20_000
"""Texts that are looked at: a request has some two hundred."""

_HEADING = re.compile(r"[\d.,、()①-⑳]*([^:;()]*)")
_FEW_TEXTS, _FEW_FIELDS, _FEW_ROWS = 4, 3, 3
_PART = 3
"""A third of the labels, in several rows, is more than any sheet has that is no request."""


class _Words(NamedTuple):
    """The headings of a form beside its panel: all, those of fields, of long texts, of amounts."""

    every: frozenset[str]
    fields: frozenset[str]
    texts: frozenset[str]
    amounts: frozenset[str]


def tell_alike(cells: Mapping[Spot, Cell], plan: Plan, place: Place) -> Finding | None:
    """Return the error that cells look like a request, None where they do not.

    They do with headings of several long texts, with a third of all labels in several rows, or with headings
    of fields one below the other and amounts. A list has its headings in one row.
    """
    form = _words(plan)
    said = _headings(cells)
    found = form.every & said.keys()
    rows = {said[word][0] for word in form.fields & found}
    with_amounts = bool(form.amounts & found) and _numbers(cells) > 0
    is_request = (
        len(form.texts & found) >= _FEW_TEXTS
        or (len(found) * _PART >= len(form.every) and len({said[w][0] for w in found}) >= _FEW_ROWS)
        or (len(form.fields & found) >= _FEW_FIELDS and len(rows) > 1 and with_amounts)
    )
    if not is_request:
        return None
    first = min(said[word] for word in found)
    at = Place(place.file, place.sheet, a1(*first))
    return codes.ALIKE.at(at, labels=len(found), numbers=_numbers(cells))


def _numbers(cells: Mapping[Spot, Cell]) -> int:
    return sum(
        cell.kind is CellKind.NUMBER or cell.text.replace(",", "").isdecimal()
        for cell in cells.values()
    )


def _headings(cells: Mapping[Spot, Cell]) -> dict[str, Spot]:
    """Return the place of each heading that cells may have; each text is looked at once."""
    spots = {cell.text: spot for spot, cell in cells.items() if cell.kind is CellKind.TEXT}
    found: dict[str, Spot] = {}
    for text, spot in islice(spots.items(), _MOST):
        for said in {text, text.strip().partition("\n")[0]}:
            found[_heading(said)] = spot
    return found


def _heading(text: str) -> str:
    """Return the words before a colon or bracket, without the number before them."""
    found = _HEADING.match(canonical(text[:_LONGEST]))
    return found[1] if found else ""


@lru_cache(maxsize=16)
def _words(plan: Plan) -> _Words:
    panel = min((check.mark.left - 1 for check in plan.checks), default=None)
    labels = [one.text for one in plan.labels if panel is None or one.area.left < panel]
    every = frozenset(word for text in labels if text and len(word := _heading(text)) > 1)
    fields = [s for s in plan.slots if s.is_entry and not s.repeats and s.by is FilledBy.DEPARTMENT]
    named = {slot.label: slot.kind for slot in fields}
    own = {_heading(label) for label, kind in named.items() if kind in _FIELDS}
    texts = {_heading(label) for label, kind in named.items() if kind is FieldKind.PROSE}
    amounts = {_heading(slot.label) for slot in plan.slots if slot.kind is FieldKind.MONEY}
    return _Words(every, every & own, every & texts, every & amounts)


_FIELDS = (FieldKind.TEXT, FieldKind.CHOICE, FieldKind.PROSE)
