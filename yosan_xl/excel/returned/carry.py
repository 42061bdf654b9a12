"""What staff typed, put into a clean form of the same version, cell by cell and as typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal

from yosan_xl.excel.reading.identity import ID, OWN_WORDS
from yosan_xl.excel.reading.typed import NOTHING, TypedCell, TypedSheet
from yosan_xl.form.area import MOST_CHARACTERS
from yosan_xl.form.compile import slot_name
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.mapping import complete
from yosan_xl.form.plan import LineGroup, Plan, Slot
from yosan_xl.form.relation import CellValue, Values
from yosan_xl.form.stamp import Stamp, row_keys
from yosan_xl.form.stamp import slot_name as name_in

MOST_ROWS = 60
"""Rows of line items that a clean form is given at the most; empty ones between are left out."""

_MOST_BLANK = 100
"""More sheets than a department is handed out; a stamp that claims more is not believed."""

_MOST_DIGITS = 16

_ID = slot_name(ID)

Rows = Mapping[int, int]
"""The row of a group in the clean form (from 0) by its row in the book that came back."""


@dataclass(frozen=True, slots=True)
class CarriedSheet:
    """A request sheet of the clean book.

    `submitted` is its name in the book that came back, None where it was deleted there. `values`
    are what its cells hold; `special` what among them is no plain text or number,
    by cell (A1); `spots` gives the cell here by the cell there; `lost` is what no longer had room.
    """

    name: str
    submitted: str | None
    request_id: str
    values: Values
    issued: Mapping[str, CellValue]
    special: Mapping[str, tuple[Slot, TypedCell]]
    spots: Mapping[str, str]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CarriedBook:
    """The request sheets of a clean book, and the form they are written in."""

    plan: Plan
    sheets: tuple[CarriedSheet, ...]

    def sheet(self, submitted: str | None) -> CarriedSheet | None:
        """Return the sheet that came back under this name, or None."""
        found = (sheet for sheet in self.sheets if sheet.submitted == submitted)
        return next(found, None) if submitted else None


def carry(
    plan: Plan,
    stamp: Stamp,
    typed: Sequence[TypedSheet],
    first_choices: dict[str, str],
    with_rows: Callable[[tuple[int, ...]], Plan],
) -> CarriedBook:
    """Put typed sheets into the clean form, in the order in which they were handed out.

    `with_rows` compiles the form with other numbers of line items, where staff inserted rows.
    """
    rows = tuple(_rows_needed(group, typed) for group in plan.groups)
    wider = plan if rows == tuple(group.rows for group in plan.groups) else with_rows(rows)
    carrier = _Carrier(wider, stamp, first_choices)
    pairs = list(_in_order(stamp, typed))
    sheets = (carrier.sheet(number, *pair) for number, pair in enumerate(pairs, 1))
    return CarriedBook(wider, tuple(sheets))


def _in_order(stamp: Stamp, typed: Sequence[TypedSheet]) -> Iterator[tuple[str, TypedSheet | None]]:
    """Return every sheet that was handed out, with what came back for it; copies come last."""
    by_id = {sheet.request_id: sheet for sheet in typed}
    for number, request_id in enumerate(stamp.issued):
        if number < _MOST_BLANK or request_id in by_id:
            yield request_id, by_id.pop(request_id, None)
    for number, (own, sheet) in enumerate(by_id.items(), len(stamp.issued) + 1):
        yield own or f"{stamp.department}-{number}", sheet


def _rows_needed(group: LineGroup, typed: Iterable[TypedSheet]) -> int:
    used = [max(_row_map(group, sheet).values(), default=-1) + 1 for sheet in typed]
    return min(MOST_ROWS, max([group.rows, *used])) if group.rows < MOST_ROWS else group.rows


def _row_map(group: LineGroup, sheet: TypedSheet) -> Rows:
    """Keep rows where they are, unless there are so many that the empty ones must go."""
    columns = [sheet.cells.get(name, ()) for name in group.columns.values()]
    height = max(map(len, columns), default=0)
    given = [
        row
        for row in range(height)
        if any(row < len(column) and not column[row].is_empty for column in columns)
    ]
    last = given[-1] + 1 if given else 0
    if last <= max(group.rows, MOST_ROWS):
        return {row: row for row in range(max(last, min(height, group.rows)))}
    return {row: index for index, row in enumerate(given)}


@dataclass(frozen=True, slots=True)
class _Carrier:
    plan: Plan
    stamp: Stamp
    first_choices: dict[str, str]

    def sheet(self, number: int, request_id: str, typed: TypedSheet | None) -> CarriedSheet:
        issued = self._issued(request_id)
        cells = {name: (TypedCell(v),) for name, v in _without_rows(issued).items()}
        own = self._with_issued(typed or TypedSheet("", None, cells, {}), issued)
        rows = {index: _row_map(group, own) for index, group in enumerate(self.plan.groups)}
        values: dict[str, CellValue | tuple[CellValue, ...]] = {}
        special: dict[str, tuple[Slot, TypedCell]] = {}
        for slot in self.plan.slots:
            if slot.formula is None:
                column = self._column(slot, own, rows)
                values[slot.name] = _values(slot, column)
                special |= _special(slot, column)
        for check in self.plan.checks:
            if check.reason_name:
                values[check.reason_name] = own.cells.get(check.reason_name, (NOTHING,))[0].value
        return CarriedSheet(
            name=f"{self.plan.sheet}{number}",
            submitted=typed.name if typed else None,
            request_id=request_id,
            values=complete(values, self.plan, self.first_choices),
            issued={**_without_rows(issued), **dict(self._issued_rows(values))},
            special=special,
            spots=dict(self._spots(own, rows)),
            lost=tuple(self._lost(own, rows)),
        )

    def _issued(self, request_id: str) -> dict[str, CellValue]:
        """Return what a sheet was handed out with; a copy has that of its original, any other its unit's."""
        original = request_id.rpartition("-")[0]
        texts = self.stamp.issued.get(request_id) or self.stamp.issued.get(original)
        slots = self.plan.by_name()
        if texts is None:
            first = next(iter(self.stamp.issued.values()), {})
            own = {slot.name for slot in self.plan.slots if slot.pointer in OWN_WORDS}
            texts = {name: text for name, text in first.items() if name in own}
        known = {key: text for key, text in texts.items() if name_in(key) in slots}
        issued = {key: _handed_out(text, slots[name_in(key)]) for key, text in known.items()}
        return {**issued, _ID: request_id}

    def _with_issued(self, own: TypedSheet, issued: Mapping[str, CellValue]) -> TypedSheet:
        """Return a sheet in which what was handed out stands as it was; of a column, in the rows where it now is."""
        cells = dict(own.cells)
        for slot in self.plan.slots:
            if slot.is_handed_out and slot.repeats:
                found = [cell.value for cell in cells.get(slot.name, ())]
                rows = max(len(found), slot.area.height)
                expected = [issued.get(key) for key in row_keys(slot.name, rows)]
                column = found if _given(found) == _given(expected) else expected
                cells[slot.name] = tuple(map(TypedCell, column))
            elif slot.is_handed_out:
                cells[slot.name] = (TypedCell(issued.get(slot.name)),)
        return replace(own, cells=cells)

    def _issued_rows(self, values: Values) -> Iterator[tuple[str, CellValue]]:
        for slot in self.plan.slots:
            column = values.get(slot.name)
            if slot.is_handed_out and isinstance(column, tuple):
                keys = row_keys(slot.name, len(column))
                yield from (
                    (key, one) for key, one in zip(keys, column, strict=True) if one is not None
                )

    def _column(
        self, slot: Slot, own: TypedSheet, rows: Mapping[int, Rows]
    ) -> tuple[TypedCell, ...]:
        column = own.cells.get(slot.name, ())
        if not slot.repeats or slot.group is None:
            return column[:1] or (NOTHING,)
        back = {new: old for old, new in rows[slot.group].items() if old < len(column)}
        return tuple(
            column[back[row]] if row in back else NOTHING for row in range(slot.area.height)
        )

    def _spots(self, own: TypedSheet, rows: Mapping[int, Rows]) -> Iterator[tuple[str, str]]:
        slots = self.plan.by_name()
        reasons = {check.reason_name: check.reason for check in self.plan.checks}
        for there, (name, row) in own.spots.items():
            if name in reasons:
                yield there, reasons[name].first
            elif slots[name].repeats:
                cells = slots[name].cells()
                new = rows[slots[name].group or 0].get(row, row)
                if new < len(cells):
                    yield there, cells[new].first
            else:
                yield there, slots[name].area.first

    def _lost(self, own: TypedSheet, rows: Mapping[int, Rows]) -> Iterator[str]:
        for index, group in enumerate(self.plan.groups):
            beyond = sum(new >= group.rows for new in rows[index].values())
            if beyond:
                name = group.name or self.plan.axes.rows(group.list).label
                yield f"「{own.name}」の{name}の明細 {beyond}行（{group.rows}行を超えた分）"


def _given(column: Iterable[CellValue]) -> list[CellValue]:
    return [one for one in column if one is not None]


def _without_rows(issued: Mapping[str, CellValue]) -> dict[str, CellValue]:
    return {key: value for key, value in issued.items() if name_in(key) == key}


def _handed_out(text: str, slot: Slot) -> CellValue:
    """Return the content of a cell that was handed out as this text; years stand as text."""
    is_figure = slot.kind in (FieldKind.MONEY, FieldKind.NUMBER)
    if is_figure and text.isascii() and len(text) <= _MOST_DIGITS:
        with suppress(ValueError, ArithmeticError):
            return Decimal(text) if slot.decimals else int(text)
    return text[:MOST_CHARACTERS]


def _values(slot: Slot, column: tuple[TypedCell, ...]) -> CellValue | tuple[CellValue, ...]:
    return tuple(one.value for one in column) if slot.repeats else column[0].value


def _special(
    slot: Slot, column: tuple[TypedCell, ...]
) -> Iterator[tuple[str, tuple[Slot, TypedCell]]]:
    for area, one in zip(slot.cells(), column, strict=True):
        if one.formula is not None or one.is_date or isinstance(one.value, bool):
            yield area.first, (slot, one)
