"""What a cell displays is what is read of it, or it is told at that cell: LibreOffice is the judge.

Number formats, strikes, merges, heights of rows and visibility of cells of the form are changed at random.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import seeds
from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import FLAT, SECTIONED, SHEET, editor, found, plan, read
from tests.office.office import Display, Office
from yosan_xl.excel.reading.read_sheet import SheetReading
from yosan_xl.form.area import a1, parse_a1
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.mapping import get
from yosan_xl.form.plan import Slot
from yosan_xl.model.finding import Finding
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import parse_amount

NUMBER_FORMATS = [
    *(
        "#,##0,",
        "0,",
        "#,##0,,",
        "0.0,",
        "0%",
        "0.00%",
        ";;;",
        ";;",
        "0;0",
        "#,##0;#,##0",
        "#,##0;;",
    ),
    *(
        '"要求"',
        '"第"0"期"',
        '#,##0"千円"',
        '#,##0"円"',
        "0.00",
        "#,##0.0",
        "General",
        "@",
        "0000000",
    ),
    *(
        "yyyy/m/d",
        '[$-411]ggge"年"m"月"d"日"',
        'm"月"d"日"',
        "h:mm",
        "[h]:mm",
        "aaa",
        "#,##0;△#,##0;0",
    ),
    *(
        "[$¥-411]#,##0",
        '0"."0',
        '0"万"0000',
        "[DBNum1]General",
        "[DBNum3]#,##0",
        "[Red]-0",
        "# ?/?",
        "0E+00",
    ),
    *('@"様"', '"約"@', '#,##0;-#,##0;"-"', "_ * #,##0_ ;_ * -#,##0_ "),
]
NUMBERS = ["0", "1", "2", "450", "4001", "46113", "450000", "-500", "0.5", "1234.5", "30765000"]
STRIKE = '<strike/><sz val="9"/><color rgb="FF1F2933"/>'


class Entry(NamedTuple):
    """A cell of the form: its slot, its address and the pointer of its value."""

    slot: Slot
    cell: str
    pointer: str


Edit = Callable[[Editor, random.Random, str, Slot], None]


def format_cell(book: Editor, chance: random.Random, cell: str, slot: Slot) -> None:
    book.restyle(SHEET, cell, code=chance.choice(NUMBER_FORMATS))


def type_number(book: Editor, chance: random.Random, cell: str, slot: Slot) -> None:
    if slot.formula is None:
        book.put_number(SHEET, cell, chance.choice(NUMBERS))
    format_cell(book, chance, cell, slot)


def strike(book: Editor, chance: random.Random, cell: str, slot: Slot) -> None:
    book.restyle(SHEET, cell, font=STRIKE)


def hide_row(book: Editor, chance: random.Random, cell: str, slot: Slot) -> None:
    book.hide_row(SHEET, parse_a1(cell)[0])


def flatten_row(book: Editor, chance: random.Random, cell: str, slot: Slot) -> None:
    book.flatten_row(SHEET, parse_a1(cell)[0], chance.choice(["0", "1", "3"]))


def merge(book: Editor, chance: random.Random, cell: str, slot: Slot) -> None:
    row, column = parse_a1(cell)
    if slot.repeats:
        book.merge(SHEET, f"{a1(row - 1, column)}:{cell}")


EDITS: list[Edit] = [format_cell, type_number, type_number, strike, hide_row, flatten_row, merge]


def check(office: Office, seed: int, folder: Path) -> None:
    """Change one to four cells, and hold what every cell shows against what is read of it."""
    chance = random.Random(seed)
    book = editor(chance.choice([FLAT, SECTIONED]))
    for entry in chance.sample(list(entries(book)), chance.randint(1, 4)):
        chance.choice(EDITS)(book, chance, entry.cell, entry.slot)
    (folder / "book.xlsx").write_bytes(book.data())
    reading = read(book)
    told, request = found(reading), reading.requests[0]
    every = list(entries(book, request))
    opened = office.open(folder / "book.xlsx")
    office.recalculate(opened)
    cells = [entry.cell for entry in every]
    displays, held = office.displays(opened, SHEET, cells), office.values(opened, SHEET, cells)
    office.close(opened)
    for entry, display, own in zip(every, displays, held, strict=True):
        value = get_value(request, entry)
        if entry.slot.formula is not None:  # where it rests on what is told, it may be another
            if own.kind == "text" or isinstance(own.value, Decimal):
                continue  # nothing to be summed; a fraction, told where it was typed
            value, display = own.value, replace(display, is_seen=True)
        shown = is_shown(value, display, entry.slot)
        assert shown or is_told(entry.cell, told), (entry.cell, display, value)


def entries(book: Editor, request: SheetReading | None = None) -> Iterator[Entry]:
    """Give the cells of the form that hold something and are staff's or computed amounts."""
    request = request or read(book).requests[0]
    slots = plan().by_name()
    names = {cell: (slot, cell) for slot in slots.values() for cell in _cells(slot)}
    for pointer, cell in request.cells.items():
        slot = names.get(cell or "", (None, ""))[0]
        own = slot is not None and _key(slot.pointer) == _key(pointer)
        if slot and cell and own and _is_held(slot):
            yield Entry(slot, cell, pointer)


def _key(pointer: str | None) -> str:
    return (pointer or "").rpartition("/")[2]


def _cells(slot: Slot) -> list[str]:
    return [area.first for area in slot.cells()]


def _is_held(slot: Slot) -> bool:
    return slot.is_entry or (slot.formula is not None and slot.kind is FieldKind.MONEY)


def get_value(request: SheetReading, entry: Entry) -> object:
    value: object = request.document
    for step in entry.pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else get({"x": value}, f"/x/{step}")
    return value


def is_shown(value: object, display: Display, slot: Slot) -> bool:
    """Tell whether a person who sees this takes it for this value."""
    text = display.text.strip() if display.is_seen and not display.is_struck else ""
    if value is None or value == "":
        return display.text.strip() == ""
    if slot.kind is FieldKind.MONEY:
        return _amount(text) == value or (value == 0 and text == "-")
    if slot.kind is FieldKind.YEAR:
        return bool(text) and FiscalYear.parse(text).western == value
    return text == str(value).strip()


def _amount(text: str) -> int | None:
    try:
        return parse_amount(text)
    except ValueError:
        return None


def is_told(cell: str, told: list[Finding]) -> bool:
    """Tell whether a finding is at a cell, or names it; a line that is struck out is told once."""
    row = parse_a1(cell)[0]
    for finding in told:
        at = finding.place.cell
        if at == cell or cell in str(finding.facts.get("cells", "")).split("、"):
            return True
        if finding.code == "YX135" and at and parse_a1(at)[0] == row:
            return True
        if finding.code == "YX054" and "など" in str(finding.facts["cells"]):
            return True  # of many hidden cells it names three
    return False


@pytest.mark.parametrize("seed", seeds.short())
def test_displayed__is_read_or_told(seed: int, office: Office, tmp_path: Path) -> None:
    check(office, seed, tmp_path)


if __name__ == "__main__":
    program = Office()
    code = seeds.main(partial(check, program))
    program.stop()
    sys.exit(code)
