"""引き継げない記入 read back: a later summary tries each of its rows again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yosan_xl.excel.ooxml.book import Cell, CellKind, Sheet
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.summary.definition import Definition, SheetDefinition
from yosan_xl.excel.summary.entry_value import Entry, amount_of
from yosan_xl.model.decision import OUTSIDE, LineKey, Spot, Typed
from yosan_xl.model.finding import Place
from yosan_xl.model.money import LIMIT

_MONEY = ("budgeted", "budgeted_earmarked")


def read_leftovers(
    sheet: Sheet,
    own: SheetDefinition,
    definition: Definition,
    heading: int,
    columns: Mapping[str, int],
    place: Place,
    none_left: str,
) -> Iterator[Typed]:
    """Give the rows below the headings; a row without a text typed is none."""
    entries = {key for other in definition.entry_sheets for key in other.entries}
    fields = {definition.labels[key]: key for key in entries}
    beside: dict[int, list[str]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row > heading:
            own_text = [] if column in columns.values() else [raw_text(cell)]
            beside.setdefault(row, []).extend(filter(None, own_text))
    for row, notes in beside.items():
        cells = {key: sheet.cell(row, column) for key, column in columns.items()}
        texts = {key: raw_text(cell) for key, cell in cells.items()}
        texts["typed"] = texts["typed"] or "　".join(notes)
        if not texts["typed"] or texts["id"] == none_left:
            continue
        field = fields.get(texts["field"], OUTSIDE)
        entry = _entry(cells["typed"], texts["typed"], field)
        yield Typed(
            Spot(texts["id"], field, _line(texts)),
            entry.value,
            texts["typed"],
            _origin(texts["origin"], place),
            texts["title"],
            why=texts["why"],
            problem=entry.problem,
            own="typed",
        )


def _entry(cell: Cell, text: str, field: str) -> Entry:
    if field not in _MONEY:
        return Entry(text)
    number = cell.number() if cell.kind is CellKind.NUMBER else None
    if number is not None and number == number.to_integral_value() and abs(number) <= LIMIT:
        return Entry(int(number))
    return amount_of(text)


def _line(texts: Mapping[str, str]) -> LineKey | None:
    position = texts["position"]
    if not (position.isascii() and position.isdecimal() and len(position) < 6):
        return None
    return LineKey(int(position), texts["part"] or None, texts["line"] or None)


def _origin(text: str, here: Place) -> Place:
    """Give the place that the row tells of; it is a name to print, and no path to open."""
    file, _, rest = text.rpartition(" ")
    sheet, _, cell = rest.partition("!")
    return Place(file, sheet, cell or None) if file and sheet else here
