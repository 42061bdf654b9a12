"""A cell → the value of its field: tolerant of what people type, and every repair is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import Book, Cell, CellKind
from yosan_xl.excel.reading import codes
from yosan_xl.excel.sheet_words import ESTIMATE, number_words
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.picture import fits
from yosan_xl.form.plan import Slot
from yosan_xl.form.relation import CellValue
from yosan_xl.model.finding import Code
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import NotWhole, limit, other_unit, parse_amount, with_commas, with_unit
from yosan_xl.model.text import is_blank, match_name


class Entry(NamedTuple):
    """The value of a cell, and what there is to tell of it; `unread` when no value could be had."""

    value: CellValue
    code: Code | None = None
    facts: Mapping[str, object] | None = None
    unread: bool = False


NOTHING = Entry(None)

NO_CELL = Cell(CellKind.EMPTY, "", None, 0)
"""What stands where the file has no cell with anything in it."""

ERROR_WORDS = frozenset(
    (
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#N/A",
        "#NUM!",
        "#NULL!",
    )  # ECMA-376, ST_CellErrorType
)
"""Pasted as a value, or saved by a program without error cells, an error is a text."""


_MOST_FIGURES = 20


def raw_text(cell: Cell) -> str:
    """Return what was typed, as text: the measure of whether a cell was touched."""
    if cell.kind is CellKind.NUMBER:
        return numeral(cell.number() or Decimal(0))
    if cell.kind is CellKind.EMPTY:
        return f"={cell.formula}" if cell.formula is not None else ""
    return "" if is_blank(cell.text) else cell.text


def is_filled(cell: Cell) -> bool:
    """Return whether there is anything in a cell: whether it has a raw text."""
    if cell.kind is CellKind.EMPTY:
        return cell.formula is not None
    return cell.kind is CellKind.NUMBER or not is_blank(cell.text)


def numeral(number: Decimal) -> str:
    """Return a number without exponent or needless zeros (`4017`, `0.5`), one of more than 20 figures with it."""
    if number.adjusted() > _MOST_FIGURES:
        return f"{number.normalize():g}"
    if number == number.to_integral_value():
        return str(int(number))
    return f"{number.normalize():f}"


def read_entry(
    cell: Cell, slot: Slot, book: Book, choices: tuple[str, ...], *, summed: bool, unit: str
) -> Entry:
    """Read a cell as the kind of its slot.

    `choices` are the names its list offers; `summed` tells whether a formula of the sheet counts it. `unit` is
    that of amounts.
    """
    if cell.kind is CellKind.EMPTY:
        facts = {"label": slot.label, "formula": cell.formula or ""}
        return Entry(None, codes.NO_RESULT, facts, unread=True) if cell.formula else NOTHING
    if cell.kind in (CellKind.ERROR, CellKind.BOOLEAN) or book.is_date(cell):
        found = cell.text if cell.kind is not CellKind.NUMBER else f"日付（{cell.text}）"
        return _no_value(slot, found, cell)
    if cell.kind is CellKind.TEXT and is_blank(cell.text):
        return NOTHING
    if cell.kind is CellKind.TEXT and cell.text.strip() in ERROR_WORDS:
        return _no_value(slot, cell.text.strip(), cell)
    if slot.kind in (FieldKind.MONEY, FieldKind.NUMBER):
        own = unit if slot.kind is FieldKind.MONEY else ""
        number = cell.number()
        if number is None:
            as_text = codes.AMOUNT_AS_TEXT if summed else codes.LIMIT_AS_TEXT
            return _typed_number(cell.text, slot, own, as_text)
        return _number(number, slot, own)
    if slot.kind is FieldKind.YEAR:
        return _year(cell, slot)
    return _text(cell, slot, choices)


def _no_value(slot: Slot, found: str, cell: Cell) -> Entry:
    """Say that a cell holds no value, and where that comes from: 積算 gives an error for a row that is wrong."""
    is_taken = cell.formula is not None and ESTIMATE in cell.formula
    at_source = f"「{ESTIMATE}」の元の行を直すか、" if is_taken else ""
    facts = {"label": slot.label, "found": found, "at_source": at_source, "part": at_source}
    return Entry(None, codes.NOT_A_VALUE, facts, unread=True)


def _number(number: Decimal, slot: Slot, unit: str) -> Entry:
    """Read an amount of a unit, or a number without one."""
    rounded = round(number, slot.decimals) if abs(number) <= limit(unit) else number
    if number != rounded or (not slot.decimals and number != number.to_integral_value()):
        wanted = f"{unit}の整数" if unit else number_words(slot.decimals)
        facts = {"label": slot.label, "found": numeral(number), "wanted": wanted}
        return Entry(None, codes.FRACTION, facts, unread=True)
    if abs(number) > limit(unit):
        facts = {"label": slot.label, "found": f"{number:g}", "most": with_unit(limit(unit), unit)}
        return Entry(None, codes.TOO_LARGE, facts, unread=True)
    return Entry(rounded if slot.decimals else int(number))


def _typed_number(text: str, slot: Slot, unit: str, as_text: Code) -> Entry:
    """Read a number that was typed as a text; one with decimals has them in its last figures."""
    facts: dict[str, object] = {"label": slot.label, "found": text}
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS).strip()
    decimals = _DECIMALS.fullmatch(plain)
    typed = Decimal(decimals[0]) if slot.decimals and decimals else None
    try:
        amount = parse_amount(text, unit) if typed is None else typed
    except NotWhole:
        return Entry(None, codes.FRACTION, {**facts, "wanted": f"{unit}の整数"}, unread=True)
    except ValueError:
        wanted = f"{unit}単位の整数" if unit else number_words(slot.decimals)
        kind = "金額" if unit else "数"
        return Entry(
            None, codes.NOT_AN_AMOUNT, {**facts, "wanted": wanted, "kind": kind}, unread=True
        )
    if amount is None:
        return Entry(None, codes.NO_FIGURE, facts)
    read = _number(Decimal(amount), slot, unit)
    if read.value is None:
        return read
    other = other_unit(text, unit) if typed is None else ""
    sure = f"{other}の額か{unit}の額か" if other else f"単位が{unit}であること"
    said = {
        "amount": with_commas(amount) if isinstance(amount, int) else numeral(amount),
        "repaired_to": read.value,
        "unit": unit,
        "unit_first": f"{sure}を確かめ、" if unit else "",
        "part": other,
    }
    return Entry(read.value, as_text, facts | said)


_DECIMALS = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")
_SIGNS = str.maketrans("△▲", "--", ",")


def _year(cell: Cell, slot: Slot) -> Entry:
    text = raw_text(cell)
    try:
        return Entry(FiscalYear.parse(text).western)
    except ValueError:
        facts = {"label": slot.label, "found": text}
        return Entry(None, codes.NOT_A_YEAR, facts, unread=True)


def _text(cell: Cell, slot: Slot, choices: tuple[str, ...]) -> Entry:
    number = cell.number()
    if number is not None:
        return _number_as_text(numeral(number), slot)
    if slot.kind is not FieldKind.CHOICE:
        return Entry(cell.text)
    mended = match_name(cell.text, choices)
    if mended is None or mended == cell.text:
        return Entry(cell.text)
    facts = {"label": slot.label, "found": cell.text, "mended": mended}
    return Entry(mended, codes.MENDED_NAME, facts)


def _number_as_text(text: str, slot: Slot) -> Entry:
    """Read a number in a field of text; a code of figures has its leading zeros again."""
    facts = {"label": slot.label, "found": text}
    whole = text.zfill(len(slot.picture or ""))
    if slot.picture and whole != text and fits(whole, slot.picture):
        return Entry(whole, codes.ZEROS_LOST, facts | {"mended": whole})
    return Entry(text, codes.NUMBER_AS_TEXT, facts)
