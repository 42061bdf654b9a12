"""査定: what finance typed into the summary, cell by cell, and where it belongs.

A request is known by its id, a line item by its place in the list and what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL, Axes
from yosan_xl.model.finding import Place
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.request import VERDICT, Request
from yosan_xl.model.settings import Settings
from yosan_xl.model.text import is_blank, shown_text

Value = int | str | None
"""An amount or a text; None where the cell was emptied."""

_IN_A_CELL = 16_000
"""Characters of a text that a cell can hold, whatever they are."""

OUTSIDE = ""
"""The field of what was typed outside of the entry cells."""


RATIONALE = "rationale"
"""The field of 編成の考え方."""

REASON, REMARKS = "reason", "remarks"
"""The fields of why a stage decided so (理由) and of 備考, which are not for the public."""


def entry_field(cell: tuple[str, str]) -> str:
    """Return the field of an amount that finance types: `decided/total`."""
    return "/".join(cell)


def reason_field(settings: Settings, axes: Axes) -> str:
    """Return the field that says why something was decided; empty where a year has none."""
    if settings.stages:
        return REASON
    return RATIONALE if axes.has(RATIONALE) else ""


def reason_word(settings: Settings, axes: Axes) -> str:
    """Return what that field is called."""
    return axes.word(RATIONALE) if reason_field(settings, axes) == RATIONALE else "理由"


def decided_cells(axes: Axes) -> tuple[tuple[str, str], ...]:
    """Return what finance types of a request: what is decided, and of it 特定財源 where the lists of the form have them."""
    if not axes.has_stage(DECIDED) or axes.stage(DECIDED).of:
        return ()  # what is decided follows from other stages
    cells = ((DECIDED, TOTAL), (DECIDED, SPECIFIC))
    return tuple(cell for cell in cells if axes.pointer(*cell))


def assessed_sources(axes: Axes) -> tuple[str, ...]:
    """Return the 特定財源 that finance types of what is decided: those that were asked for and that it has too."""
    if not axes.has_stage(DECIDED):
        return tuple(one for one in axes.specific if axes.pointer(ASKED, one))
    return tuple(one for one in axes.specific if axes.pointer(DECIDED, one))


def is_decided_by_rows(axes: Axes) -> bool:
    """Return whether the rows of the main list make up what is decided: not where other lists add to it too."""
    lists = [one for one in axes.lists if one.of_amount(DECIDED)]
    return bool(decided_cells(axes)) and lists == [axes.main]


@dataclass(frozen=True, slots=True)
class LineKey:
    """A line item: its place among all lines of the request (from 1), its group and its label."""

    position: int
    group: str | None = None
    label: str | None = None

    @classmethod
    def shown(cls, position: int, group: str | None, label: str | None) -> LineKey:
        """Return the key of a line as a sheet shows it: read back from there it is the same."""
        return cls(position, _shown(group), _shown(label))


@dataclass(frozen=True, slots=True)
class Spot:
    """An entry of finance: of a request, or of one of its lines; `field` is `decided/total`, ..."""

    request: str
    field: str
    line: LineKey | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """An entry as it was found: `value` as understood, `raw` as it stands in the cell.

    `problem` says why it could not be understood; `formula` is what computed the value. The marks
    tell of the content when the summary was written: `base` is what the department's document said,
    `written` what was put there, `own` what stands there now. `number` is that of the record in
    the history that a row of 引き継げない記入 shows.
    """

    spot: Spot
    value: Value
    raw: str
    place: Place
    title: str = ""
    why: str = ""
    problem: str | None = None
    repaired: bool = False
    formula: str | None = None
    base: str = ""
    written: str = ""
    own: str = ""
    number: int | None = None

    @property
    def is_changed(self) -> bool:
        """Return whether somebody typed here since the summary was written."""
        return self.own != self.written

    @property
    def is_decision(self) -> bool:
        """Return whether this differs from what the department's document says by itself."""
        return self.own != self.base


@dataclass(frozen=True, slots=True)
class Uncarried:
    """An entry that has no place in the new summary: what was typed, where, and why; `number` is that of its record, `label` what its column was called."""

    typed: Typed
    why: str
    number: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class FinanceEntries:
    """What stands in finance's cells of a summary: those of the open stage.

    `typed` are finance's own entries, `base` what documents and sums say where there is none.
    """

    typed: Mapping[Spot, Value] = field(default_factory=dict)
    base: Mapping[Spot, Value] = field(default_factory=dict)
    uncarried: tuple[Uncarried, ...] = ()

    def shown(self, spot: Spot) -> Value:
        """Return what the cell of an entry is to show."""
        return self.typed[spot] if spot in self.typed else self.base.get(spot)


def request_key(request_id: str | None, source: Place) -> str:
    """Return how a request is known in the summary: its id, or the file and sheet of one without."""
    return request_id or f"{source.file} {source.sheet or ''}".strip()


def line_keys(request: Request) -> tuple[LineKey, ...]:
    """Return the keys of a request's lines in their order."""
    return tuple(
        LineKey.shown(position, line.group, line.label)
        for position, line in enumerate(request.lines, 1)
    )


def _shown(text: str | None) -> str | None:
    return None if text is None or is_blank(text) else shown_text(text)[:_IN_A_CELL]


def base_of(request: Request, key: str) -> dict[Spot, Value]:
    """Return what a document itself says in the places of finance's entries; what is not given is left out."""
    found: dict[Spot, Value] = {
        Spot(key, meaning): request.meaning(meaning) for meaning in (RATIONALE, VERDICT)
    }
    column = request.axes.main.meaning(VERDICT) if request.axes.main else None
    cells = decided_cells(request.axes)
    sources = assessed_sources(request.axes) if cells else ()
    for cell in (*cells, *((DECIDED, source) for source in sources)):
        found[Spot(key, entry_field(cell))] = request.amounts.get(cell)
    for line_key, line in zip(line_keys(request), request.lines, strict=True):
        for cell, amount in line.amounts.items():
            if cell[0] == DECIDED:
                found[Spot(key, entry_field(cell), line_key)] = amount
        verdict = line.values.get(column.key) if column else None
        if isinstance(verdict, str):
            found[Spot(key, VERDICT, line_key)] = verdict
    return {spot: value for spot, value in found.items() if value is not None}


def base_of_rows(rows: Iterable[SummaryRow]) -> dict[Spot, Value]:
    """Return what the documents of these rows say in finance's own cells."""
    found: dict[Spot, Value] = {}
    for row in rows:
        found |= base_of(row.request, request_key(row.request.id, row.source))
    return found
