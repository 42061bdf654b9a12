"""What requests take from 積算, the working sheet, and whether it is what was typed there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yosan_xl.excel.estimate import ABSENT, TEXTS, WRONG, is_own_formula, results, rounding_of
from yosan_xl.excel.ooxml.book import Book, Cell, CellKind, Sheet
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.entries import numeral
from yosan_xl.excel.reading.placement import PlacedSheet, Spot
from yosan_xl.excel.reading.read_sheet import SheetReading
from yosan_xl.excel.sheet_words import (
    ESTIMATE,
    ESTIMATE_ENTRIES,
    ESTIMATE_NAMES,
    ESTIMATE_ROWS,
    ESTIMATE_TOP,
)
from yosan_xl.form.area import Area, a1
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.plan import LineGroup, Plan, Slot
from yosan_xl.form.relation import CellValue
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.money import thousand_yen, with_commas, with_unit
from yosan_xl.model.text import canonical

_YEN, _RESULT = ESTIMATE_ENTRIES, ESTIMATE_ENTRIES + 1
"""The columns of 円, and of 千円 in a form that counts so."""

_REFERENCE = re.compile(
    rf"'?{ESTIMATE}'?!(\$?[A-Z]{{1,2}}\$?[0-9]{{1,5}}(?::\$?[A-Z]{{1,2}}\$?[0-9]{{1,5}})?)"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of 積算 with our formulas: where it is, what was typed, what it comes to and what is saved of that."""

    row: int
    figures: tuple[CellValue, ...]
    meant: tuple[int | str, ...]
    saved: tuple[Cell, ...]

    @property
    def said(self) -> str:
        """What was typed, in words."""
        pairs = zip(ESTIMATE_NAMES[1:], self.figures, strict=True)
        return "、".join(f"{name} {_shown(value)}" for name, value in pairs if value is not None)


def of_estimate(book: Book, plan: Plan, readings: Sequence[SheetReading]) -> Iterator[Finding]:
    """Report amounts of requests that are not what 積算 says for them."""
    sheet = book.sheet(ESTIMATE)
    rows = {one.row: one for one in _rows(sheet, plan)} if sheet and not book.values_only else {}
    if not sheet or not rows:
        return
    for reading in readings:
        yield from _taken(reading, rows, plan)
        yield from _typed(reading, sheet, rows.values(), plan)


def _rows(sheet: Sheet, plan: Plan) -> Iterator[_Row]:
    unit = plan.axes.unit
    width = 1 if unit == "円" else 2
    for row in range(ESTIMATE_TOP, ESTIMATE_TOP + ESTIMATE_ROWS):
        cells = [sheet.cell(row, column) for column in range(TEXTS, ESTIMATE_ENTRIES)]
        figures = tuple(map(_figure, cells))
        saved = tuple(sheet.cell(row, _YEN + at) for at in range(width))
        if any(one is not None for one in figures) and all(
            is_own_formula(one.formula, row) for one in saved
        ):
            rounding = rounding_of(saved[-1].formula or "")
            yield _Row(row, figures, results(figures, unit, rounding), saved)


def _figure(cell: Cell) -> CellValue:
    number = cell.number()
    if number is not None:
        return number
    return None if cell.kind is CellKind.EMPTY else cell.text


def _taken(reading: SheetReading, rows: Mapping[int, _Row], plan: Plan) -> Iterator[Finding]:
    """Report formulas that take another amount from 積算 than what was typed there means."""
    for slot, spot, cell in _amounts(reading.placed):
        if not cell.formula or ESTIMATE not in cell.formula or cell.kind is CellKind.ERROR:
            continue
        said = next(_wrong(cell, cell.formula, rows, plan), None)
        if said:
            place = Place(reading.file, reading.sheet, a1(*spot))
            # Each by itself: of several, nobody would know which reason is whose.
            source, why = said
            yield codes.TAKEN_OTHERWISE.at(
                place, slot.pointer, label=slot.label, source=source, why=why, part=said
            )


def _amounts(placed: PlacedSheet) -> Iterator[tuple[Slot, Spot, Cell]]:
    for slot in placed.plan.slots:
        if slot.is_entry and slot.kind is FieldKind.MONEY:
            for spot in placed.at.spots.get(slot.name, ()):
                if found := placed.sheet.cells.get(spot):
                    yield slot, spot, found


def _wrong(
    cell: Cell, formula: str, rows: Mapping[int, _Row], plan: Plan
) -> Iterator[tuple[str, str]]:
    """Yield the cells of 積算 from which something else comes, and why."""
    unit = plan.axes.unit
    spots = list(_spots(formula))
    for row, column in spots:
        at = column - _YEN
        one = rows.get(row)
        if one is None or not 0 <= at < len(one.saved):
            continue
        if unit != "円" and column == _YEN and "1000" not in formula:
            yield a1(row, column), f"{_YEN_WORDS}（この欄は{unit}です）"
        meant, held = one.meant[at], one.saved[at].number()
        own = "円" if column == _YEN else unit
        if isinstance(meant, str):
            yield a1(row, column), f"その行は金額になりません（{_WORDS[str(one.meant[-1])]}）"
        elif held != meant:
            saved = "空欄" if held is None else f"{_shown(held)}{own}"
            yield (
                a1(row, column),
                f"そこの {saved} は、{one.said} から計算した {with_unit(meant, own)} とちがいます",
            )
        elif _REFERENCE.fullmatch(formula) and len(spots) == 1 and cell.number() != held:
            given = cell.number()
            taken = "空欄" if given is None else f"{_shown(given)}{own}"
            yield (
                a1(row, column),
                f"この欄の {taken} は、そこの {with_unit(meant, own)} とちがいます",
            )


_YEN_WORDS = "そこの額は円です"
_WORDS = {
    WRONG: "数字でない欄か、税率でない税率があります",
    ABSENT: "単価と数量を入力します",
}
"""Of a row, in words that need no sight of its 確認: books of before have none."""


def _spots(formula: str) -> Iterator[Spot]:
    for found in _REFERENCE.findall(formula):
        try:
            area = Area.parse(found.replace("$", ""))
        except ValueError:  # row 0
            continue
        bottom = min(area.bottom, ESTIMATE_TOP + ESTIMATE_ROWS)
        for row in range(area.top, bottom + 1):
            for column in range(area.left, min(area.right, _RESULT) + 1):
                yield row, column


def _typed(
    reading: SheetReading, sheet: Sheet, rows: Iterable[_Row], plan: Plan
) -> Iterator[Finding]:
    """Report typed amounts of lines that rows of 積算 work out, by their request and their 内容."""
    named: dict[str, list[_Row]] = {}
    for one in rows:
        if canonical(sheet.text(one.row, 0)) == canonical(reading.sheet):
            named.setdefault(canonical(sheet.text(one.row, 1)), []).append(one)
    named.pop("", None)
    if not named:
        return
    lines = list(_lines(reading.placed))
    texts = [text for text, *_ in lines]
    for text, slot, spot, amount in lines:
        found = named.get(text, [])
        agreeing = _agreeing(found, plan) if found and texts.count(text) == 1 else []
        if agreeing and amount not in agreeing:
            facts = {
                "label": slot.label,
                "rows": (named_rows := "、".join(str(one.row + 1) for one in found)),
                "part": named_rows,
                "computed": with_unit(agreeing[0], plan.axes.unit),
                "amount": f"{_shown(amount)}{plan.axes.unit}",
            }
            place = Place(reading.file, reading.sheet, a1(*spot))
            yield codes.ESTIMATE_DIFFERS.at(place, slot.pointer, **facts)


def _lines(placed: PlacedSheet) -> Iterator[tuple[str, Slot, Spot, Decimal]]:
    """Yield what the lines of a request are for, and the amounts that were typed for them."""
    slots, sheet = placed.plan.by_name(), placed.sheet
    for group in placed.plan.groups:
        pair = _label_and_amount(group, slots)
        if pair is None:
            continue
        label, amount = pair
        spots = (placed.at.spots.get(one.name, ()) for one in (label, amount))
        for at, spot in zip(*spots, strict=False):
            cell = sheet.cell(*spot)
            number = cell.number()
            if number is not None and cell.formula is None and (text := canonical(sheet.text(*at))):
                yield text, amount, spot, number


def _label_and_amount(group: LineGroup, slots: Mapping[str, Slot]) -> tuple[Slot, Slot] | None:
    """Return the columns of what a line is for and of what is asked for it, the first of its amounts."""
    columns = [slots[name] for name in group.columns.values()]
    label = next((one for one in columns if one.meaning == "label"), None)
    amounts = [one for one in columns if one.is_entry and one.kind is FieldKind.MONEY]
    return (label, min(amounts, key=lambda one: one.area.left)) if label and amounts else None


def _agreeing(rows: Sequence[_Row], plan: Plan) -> list[int]:
    """Return the amounts that agree with rows of 積算: all rounded together, and each by itself; none where one has no amount."""
    yen = [amount for one in rows if isinstance(amount := one.meant[0], int)]
    if len(yen) < len(rows):
        return []
    if plan.axes.unit == "円":
        return [sum(yen)]
    rounding = rounding_of(rows[0].saved[-1].formula or "")
    return [thousand_yen(sum(yen), rounding), sum(thousand_yen(one, rounding) for one in yen)]


def _shown(value: CellValue) -> str:
    if isinstance(value, str):
        return f"「{value}」"
    number = Decimal(value or 0)
    return with_commas(int(number)) if number == number.to_integral_value() else numeral(number)
