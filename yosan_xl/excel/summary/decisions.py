"""査定, and 引き継げない記入: what finance decides line by line, and what it typed that has no place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yosan_xl.excel.rows import MOST_CHARACTERS, Value
from yosan_xl.excel.summary.desk_rows import NO_LINES, desk_rows
from yosan_xl.excel.summary.grid import FIRST_ROW
from yosan_xl.excel.summary.marks import marks_of_row
from yosan_xl.excel.summary.page import Page
from yosan_xl.model.decision import OUTSIDE, Leftover, LineKey

NONE_LEFT = "引き継げない記入はありません。"
OUTSIDE_LABEL = "欄の外"


def write_decisions(page: Page) -> None:
    """Write a row per line item, in the order of the list and of the form."""
    at = FIRST_ROW - 1
    for at, row in enumerate(desk_rows(page.contents, page.sheet), FIRST_ROW):
        page.write(at, row.values, "row")
        page.marks.append(marks_of_row(page.sheet, row))
    if at < FIRST_ROW:
        page.say(FIRST_ROW, NO_LINES)
    last = max(at, FIRST_ROW)
    page.finish(last, last)


def write_leftovers(page: Page) -> None:
    """Write what has no place: whose it was, what was typed, why it is here and where it stood."""
    rows = [row for left in page.contents.desk.leftovers for row in _rows(page, left)]
    for at, row in enumerate(rows, FIRST_ROW):
        page.write(at, row, "row")
    if not rows:
        page.say(FIRST_ROW, NONE_LEFT)
    last = FIRST_ROW + max(len(rows), 1) - 1
    page.finish(last, last)


def _rows(page: Page, leftover: Leftover) -> Iterator[Mapping[str, Value]]:
    """Give the row of what was typed; a text longer than a cell can hold goes on in the next."""
    values, raw = _values(page, leftover), leftover.typed.raw
    for at in range(0, len(raw), MOST_CHARACTERS):
        yield {**values, "typed": raw[at : at + MOST_CHARACTERS]}


def _values(page: Page, leftover: Leftover) -> Mapping[str, Value]:
    typed = leftover.typed
    spot, line = typed.spot, typed.spot.line or LineKey(0)
    labels = page.contents.definition.labels
    return {
        "id": spot.request,
        "title": typed.title,
        "position": line.position or None,
        "part": line.part,
        "line": line.label,
        "field": OUTSIDE_LABEL if spot.field == OUTSIDE else labels[spot.field],
        "why": leftover.why,
        "origin": str(typed.place),
    }
