"""引き継げない記入: what finance typed that has no place, written, and read back to be tried again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yosan_xl.excel.ooxml.book import Cell
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.rows import MOST_CHARACTERS, Value
from yosan_xl.excel.summary.definition import every_definition
from yosan_xl.excel.summary.entries import EntryValue, HeadedSheet, amount_of, number_of
from yosan_xl.excel.summary.page import ListRow, SummaryPage
from yosan_xl.model.decision import OUTSIDE, LineKey, Spot, Typed, Uncarried
from yosan_xl.model.finding import Place

NONE_LEFT = "引き継げない記入はありません。"
OUTSIDE_LABEL = "欄の外"
_MONEY = ("budgeted", "budgeted_earmarked")


def write_uncarried(page: SummaryPage) -> None:
    """Write what has no place: whose it was, what was typed, why it is here and where it stood."""
    rows = (row for one in page.contents.entries.uncarried for row in _rows(page, one))
    page.write_list(map(ListRow, rows), NONE_LEFT)


def _rows(page: SummaryPage, one: Uncarried) -> Iterator[Mapping[str, Value]]:
    """Return the row of what was typed; a text longer than a cell can hold goes on in the next."""
    values, raw = _values(page, one), one.typed.raw
    for at in range(0, len(raw), MOST_CHARACTERS):
        yield {**values, "typed": raw[at : at + MOST_CHARACTERS]}


def _values(page: SummaryPage, one: Uncarried) -> Mapping[str, Value]:
    typed = one.typed
    spot, line = typed.spot, typed.spot.line or LineKey(0)
    labels = page.contents.definition.labels
    return {
        "id": spot.request,
        "title": typed.title,
        "position": line.position or None,
        "part": line.part,
        "line": line.label,
        "field": OUTSIDE_LABEL if spot.field == OUTSIDE else labels[spot.field],
        "why": one.why,
        "origin": str(typed.place),
    }


def read_uncarried(headed: HeadedSheet) -> Iterator[Typed]:
    """Return the rows below the headings, to be tried again; a row without a text typed is none."""
    fields = {
        one.labels[key]: key
        for one in every_definition()
        for sheet in one.entry_sheets
        for key in sheet.entries
    }
    for row, notes in _beside(headed).items():
        text = headed.text(row, "typed") or "　".join(notes)
        if not text or headed.text(row, "id") == NONE_LEFT:
            continue
        field = fields.get(headed.text(row, "field"), OUTSIDE)
        meant = _meant(headed.sheet.cell(row, headed.columns["typed"]), text, field)
        line = headed.line(row)
        yield Typed(
            spot=Spot(headed.text(row, "id"), field, line if line and line.position else None),
            value=meant.value,
            raw=text,
            place=_origin(headed.text(row, "origin"), Place(headed.file, headed.own.name)),
            title=headed.text(row, "title"),
            why=headed.text(row, "why"),
            problem=meant.problem,
            own="typed",
        )


def _beside(headed: HeadedSheet) -> Mapping[int, list[str]]:
    """Return by row what stands in columns that are none of ours."""
    found: dict[int, list[str]] = {}
    for (row, column), cell in sorted(headed.sheet.cells.items()):
        if row > headed.heading:
            notes = found.setdefault(row, [])
            if column not in headed.columns.values() and (text := raw_text(cell)):
                notes.append(text)
    return found


def _meant(cell: Cell, text: str, field: str) -> EntryValue:
    if field not in _MONEY:
        return EntryValue(text)
    number = number_of(cell)
    return amount_of(text) if number.value is None else number


def _origin(text: str, here: Place) -> Place:
    """Return the place that the row tells of; it is a name to print, and no path to open."""
    file, _, rest = text.rpartition(" ")
    sheet, _, cell = rest.partition("!")
    return Place(file, sheet, cell or None) if file and sheet else here
