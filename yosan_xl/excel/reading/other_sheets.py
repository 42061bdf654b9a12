"""What was written into the sheets of a book that hold no request: our own ones, and those of staff."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from yosan_xl.excel import sheet_words as words
from yosan_xl.excel.estimate import ABSENT, WRONG
from yosan_xl.excel.ooxml.book import Book, Cell, CellKind, Sheet
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.entries import is_filled
from yosan_xl.excel.reading.issued import hidden_sheet
from yosan_xl.excel.reading.left_out import NAMED, finding_of, quoted_cell, upon
from yosan_xl.excel.reading.placement import Spot
from yosan_xl.excel.sheet_words import ESTIMATE
from yosan_xl.form.area import a1
from yosan_xl.form.plan import Plan
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.money import Rounding
from yosan_xl.model.text import shown_text


def of_other_sheets(book: Book, file: str, plan: Plan, known: Collection[str]) -> Iterator[Finding]:
    """Report sheets that are not of the form, of what stands upon any of them, and of links.

    `known` are the sheets of which all is told already.
    """
    stamp_sheet = hidden_sheet(book)
    told = {*known, *([stamp_sheet.name] if stamp_sheet else ())}
    for sheet in (sheet for sheet in book.sheets if sheet.name not in told):
        yield from _of_sheet(book, sheet, Place(file, sheet.name), plan)
    for name, found in book.annotations.items():
        if name not in known:
            yield from upon(found, Place(file, name))
    # A sheet that was moved out of its book asks for the lists of that one.
    if book.external_links and stamp_sheet:
        yield finding_of(codes.NOT_READ, Place(file), ["ほかのブックへのリンク"])


def beside_overview(sheet: Sheet, plan: Plan) -> Mapping[Spot, Cell]:
    """Return the cells of a sheet, of 一覧 without those that it is handed out with: they say what a request says."""
    if not _is_ours(_said(sheet), _overview(plan)):
        return sheet.cells
    own = _listed(plan)
    return {
        (row, column): cell
        for (row, column), cell in sheet.cells.items()
        if row >= words.OVERVIEW_TOP and not own.fullmatch(cell.text)
    }


_MOST = 0.7
"""Of the words that tell a sheet of ours, so many are there though staff wrote over some."""


class _Ours(NamedTuple):
    """A sheet that we write, told by what it says, whatever it is called; and what of it staff wrote."""

    signs: frozenset[str]
    by_staff: Callable[[Sheet, Plan, bool], Iterable[Spot]]


def _of_sheet(book: Book, sheet: Sheet, place: Place, plan: Plan) -> Iterator[Finding]:
    said = _said(sheet)
    known = next((one for one in _ours(plan) if _is_ours(said, one)), None)
    spots = known.by_staff(sheet, plan, not book.values_only) if known else sheet.cells
    held = [spot for spot in spots if is_filled(sheet.cells[spot])]
    if not held:
        return
    place = replace(place, cell=a1(*min(held)))
    items = [quoted_cell(book, sheet, spot) for spot in nsmallest(NAMED, held)]
    if known is None:
        hidden = "" if sheet.state == "visible" else "非表示の"
        yield finding_of(codes.OWN_SHEET, place, items, len(held), hidden=hidden)
        return
    finding = finding_of(codes.BESIDE, place, items, len(held))
    # What was typed into 積算 goes along into the book that goes back.
    is_carried = sheet.name == ESTIMATE and min(held)[0] >= words.ESTIMATE_TOP
    yield replace(finding, facts={**finding.facts, "each": ()}) if is_carried else finding


def _said(sheet: Sheet) -> set[str]:
    return {cell.text for cell in sheet.cells.values()}


def _is_ours(said: set[str], one: _Ours) -> bool:
    return len(one.signs & said) >= _MOST * len(one.signs)


def _in_guide(sheet: Sheet, plan: Plan, computed: bool) -> Iterator[Spot]:
    for (row, column), cell in sheet.cells.items():
        is_fact = sheet.text(row, column - 1) in words.GUIDE_FACTS
        is_ours = cell.text in _guide_words(plan) or shown_text(cell.text).endswith(plan.title)
        if not (is_fact or is_ours):
            yield row, column


def _in_overview(sheet: Sheet, plan: Plan, computed: bool) -> Iterator[Spot]:
    """Yield what is neither a word of ours nor a formula.

    Where a format keeps no formulas (not `computed`), the list holds what they gave.
    """
    known, heads = _overview_words(plan), _listed(plan)
    width = max((column for row, column in sheet.cells if row == words.OVERVIEW_TOP - 1), default=0)
    for (row, column), cell in sheet.cells.items():
        head = sheet.text(row, 0)
        is_listed = heads.fullmatch(head) is not None
        is_given = is_listed and column <= width and (not computed or column == 0)
        if not (is_given or cell.formula is not None or cell.text in known):
            yield row, column


def _in_estimate(sheet: Sheet, plan: Plan, computed: bool) -> Iterator[Spot]:
    """Yield the texts beside the rows to calculate in: with figures, staff do as they like.

    Of a copy it is all that was typed: it does not go along into the book that goes back.
    """
    typed = {spot: cell for spot, cell in sheet.cells.items() if cell.formula is None}
    figures = {row for (row, _), cell in typed.items() if cell.kind is CellKind.NUMBER}
    bottom, is_copy = estimate_bottom(sheet), sheet.name != ESTIMATE
    for (row, column), cell in typed.items():
        is_free = row >= words.ESTIMATE_TOP and column < words.ESTIMATE_ENTRIES
        is_entry = is_free and (row < bottom or row in figures)
        is_usual = cell.kind is not CellKind.TEXT or is_entry
        if cell.text not in _estimate_words(plan) and (is_copy or not is_usual):
            yield row, column


def estimate_bottom(sheet: Sheet) -> int:
    """Return the row below the table of 積算: books have had 30 rows of formulas, and have more."""
    own = words.ESTIMATE_ENTRIES
    rows = (row for (row, at), one in sheet.cells.items() if at == own and one.formula is not None)
    return max(rows, default=words.ESTIMATE_TOP + words.ESTIMATE_ROWS - 1) + 1


def _in_remarks(sheet: Sheet, plan: Plan, computed: bool) -> Iterator[Spot]:
    """Yield what stands right of 指摘一覧 or below its last line, which begins with a dot."""
    starts = [row for (row, column), cell in sheet.cells.items() if cell.text.startswith("・")]
    last = max(starts, default=0)
    for row, column in sheet.cells:
        if row > last or column >= len(words.REMARKS_COLUMNS):
            yield row, column


def _guides(plan: Plan) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the steps of はじめに, as books may have them."""
    own = (words.guide_steps(plan, is_fixed=is_fixed) for is_fixed in (False, True))
    return (*own, words.earlier_guide_steps(plan))


@lru_cache(maxsize=16)
def _guide_words(plan: Plan) -> frozenset[str]:
    looks = (said for look in words.guide_looks(plan) for said in look[:2])
    steps = (said for own in _guides(plan) for step in own for said in step)
    return frozenset((*words.GUIDE_FACTS, *words.GUIDE_HEADINGS, *steps, *looks))


@lru_cache(maxsize=16)
def _overview_words(plan: Plan) -> frozenset[str]:
    labels = (slot.label for slot in plan.slots)
    sources = (source.label for source in plan.axes.sources)
    numbers = (str(slot.number) for slot in plan.slots if slot.number)
    return frozenset((*words.overview_words(plan), *labels, *sources, *numbers))


@lru_cache(maxsize=16)
def _estimate_words(plan: Plan) -> frozenset[str]:
    notes = (words.estimate_note(plan, rounding) for rounding in Rounding)
    head = (words.ESTIMATE_TITLE, words.estimate_example(plan), WRONG, ABSENT)
    return frozenset((*head, *notes, *words.estimate_headings(plan))) | words.earlier_words(plan)


@lru_cache(maxsize=16)
def _listed(plan: Plan) -> re.Pattern[str]:
    """Return what the rows of 一覧 begin with."""
    return re.compile(rf"{re.escape(plan.sheet)}[0-9]+|{words.OVERVIEW_TOTAL}")


@lru_cache(maxsize=16)
def _overview(plan: Plan) -> _Ours:
    return _Ours(frozenset(words.overview_words(plan)), _in_overview)


@lru_cache(maxsize=16)
def _ours(plan: Plan) -> tuple[_Ours, ...]:
    """Return the sheets that a book of the form has beside its requests."""
    kept = (frozenset(text for _, text in steps) for steps in _guides(plan))
    guide = _Ours(frozenset.intersection(*kept), _in_guide)
    overview = _overview(plan)
    remarks = _Ours(frozenset(words.REMARKS_COLUMNS), _in_remarks)
    if not words.has_estimate(plan):
        return guide, overview, remarks
    signs = frozenset((words.estimate_example(plan), *words.estimate_headings(plan)))
    return guide, overview, _Ours(signs, _in_estimate), remarks
