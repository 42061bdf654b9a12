"""What stands in a book and is no part of its form: nobody reads it, and it can only be named."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO

from yosan_xl.excel.ooxml.book import Book, Sheet
from yosan_xl.excel.ooxml.book import Kind as CellKind
from yosan_xl.excel.reading.read_book import WITHOUT_REQUESTS, Contents
from yosan_xl.excel.reading.read_sheet import SheetReading
from yosan_xl.excel.reading.skeleton import Skeleton, words
from yosan_xl.excel.typed import Typed
from yosan_xl.form import stamp
from yosan_xl.form.area import a1
from yosan_xl.form.plan import Plan
from yosan_xl.model.finding import Finding

OWN_SHEETS = (*WITHOUT_REQUESTS, stamp.SHEET)
"""The sheets that our books have beside the request sheets."""

_OUR_NOTE = re.compile(r"\s*YX[0-9]{3} ")
_NAMED = 12
"""How many cells of a sheet are named one by one."""

_SHOWN = 30
"""How many characters of a cell are told."""

_PICTURES = re.compile(r"xl/(?:media|charts)/[^/]+\.[A-Za-z]+")
_DRAWINGS = re.compile(r"xl/drawings/drawing[^/]*\.xml")


def strangers(contents: Contents, data: bytes, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Give, in words for people, all that a clean form does not take over from a book.

    What has a finding of its own at its cell (a changed label) is left out.
    """
    told = {(finding.place.sheet, finding.place.cell) for finding in findings}
    found = [*_sheets(contents)]
    for reading in contents.sheets:
        found += _cells(reading, contents.plan, told)
        found += _notes(reading.skeleton.sheet)
    return (*found, *_pictures(data, contents.book))


def lost_formulas(name: str, cells: Iterator[tuple[str, Typed]]) -> Iterator[str]:
    """Tell of formulas of staff whose value alone is carried, `cells` by A1 of the sheet `name`."""
    lost = [cell for cell, typed in cells if typed.was_formula]
    if lost:
        yield f"「{name}」の式（値だけを写しました）: {_listed(lost)}"


def _sheets(contents: Contents) -> Iterator[str]:
    own = {*OWN_SHEETS, *(reading.sheet for reading in contents.sheets)}
    for sheet in contents.book.sheets:
        if sheet.name not in own:
            hidden = "" if sheet.state == "visible" else "（非表示）"
            yield f"シート「{sheet.name}」{hidden}"


def _cells(
    reading: SheetReading, plan: Plan, told: set[tuple[str | None, str | None]]
) -> Iterator[str]:
    """Tell of cells with something in them that is neither a field nor a word of the form."""
    skeleton, known = reading.skeleton, _known_places(reading.skeleton)
    own_words = {words(label.text) for label in plan.labels}
    own_words |= {words(check.label) for check in plan.checks}
    found = [
        f"{a1(*place)}「{_short(cell.text)}」"
        for place, cell in sorted(skeleton.sheet.cells.items())
        if cell.kind is not CellKind.EMPTY
        and cell.text.strip()
        and place not in known
        and (reading.sheet, a1(*place)) not in told
        and words(cell.text) not in own_words
        and not (skeleton.at.moved and cell.formula is not None)
    ]
    if found:
        yield f"「{reading.sheet}」の欄でないセル: {_listed(found)}"


def _known_places(skeleton: Skeleton) -> set[tuple[int, int]]:
    plan = skeleton.plan
    areas = [*skeleton.areas.values(), *skeleton.at.reason_areas.values()]
    if not skeleton.at.moved:
        # The panel has no names but its marks; a book that moved has its formulas elsewhere.
        areas += [area for check in plan.checks for area in (check.mark, check.advice_area)]
        areas += [counter.area for counter in plan.counters] + [plan.status]
        areas += [label.area for label in plan.labels]
    return {
        (row, column)
        for area in areas
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }


def _notes(sheet: Sheet) -> Iterator[str]:
    found = [
        f"{a1(*place)}「{_short(text)}」"
        for place, text in sorted(sheet.comments.items())
        if not _OUR_NOTE.match(text)
    ]
    if found:
        yield f"「{sheet.name}」のメモ（コメント）: {_listed(found)}"


def _pictures(data: bytes, book: Book) -> Iterator[str]:
    if book.values_only:
        return
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = package.namelist()
    count = sum(bool(_PICTURES.fullmatch(name)) for name in names)
    count = count or sum(bool(_DRAWINGS.fullmatch(name)) for name in names)
    if count:
        yield f"画像、図形、グラフ {count}件"


def _listed(found: Sequence[str]) -> str:
    named = "、".join(found[:_NAMED])
    return f"{named} ほか{len(found) - _NAMED}か所" if len(found) > _NAMED else named


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:_SHOWN]}…" if len(line) > _SHOWN else line
