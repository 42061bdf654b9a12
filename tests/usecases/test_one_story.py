"""One cell, one story: whatever is altered in one cell, no cell has two findings that tell of one fault.

The full form is `sh scripts/exam story`.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests import seeds
from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import FLAT, SECTIONED, SHEET, documents, filled, plan
from tests.usecases.year import make_year
from yosan_xl.form.area import a1
from yosan_xl.model.finding import Finding
from yosan_xl.usecases.validate import validate

Change = Callable[[Editor, str], None]


def _number(numeral: str) -> Change:
    return lambda book, cell: book.put_number(SHEET, cell, numeral)


def _text(text: str) -> Change:
    return lambda book, cell: book.put_text(SHEET, cell, text)


CHANGES: Mapping[str, Change] = {
    "number": _number("91000"),
    "remainder": _number("110.00000000000001"),
    "negative": _number("-5"),
    "fraction": _number("1234.5"),
    "full-width": _text("１２３"),
    "words": _text("約500"),
    "none": _text("-"),
    "long": _text("あ" * 600),
    "odd": _text("一\t二\u200b𠮷"),
    "error": lambda book, cell: book.put_error(SHEET, cell),
    "true": lambda book, cell: book.put_boolean(SHEET, cell),
    "date": lambda book, cell: book.put_date(SHEET, cell, 43_922),
    "empty": lambda book, cell: book.clear(SHEET, cell),
    "formula": lambda book, cell: book.put_formula(SHEET, cell, "1+1", 2),
    "no-result": lambda book, cell: book.put_formula(SHEET, cell, "1+1", None),
    "unlocked": lambda book, cell: book.unlock(SHEET, cell),
}
BOOKS = {SECTIONED: "0206_国保年金課.xlsx", FLAT: "0103_税務課.xlsx"}

APART = {
    frozenset({"YX025", "YX902"}),  # two kinds of characters
}
"""Codes that may stand at one cell: each says something that the other does not."""


def check(seed: int, folder: Path) -> None:
    chance = random.Random(seed)
    code = chance.choice(sorted(BOOKS))
    book = Editor(filled(code))
    telling = [slot for slot in plan().slots if slot.formula or slot.choices]
    slot = chance.choice(chance.choice([plan().slots, telling]))
    cell = chance.choice([a1(area.top, area.left) for area in slot.cells()])
    name = chance.choice(sorted(CHANGES))
    CHANGES[name](book, cell)
    if chance.random() < 0.5:
        book.drop_saved()
    year = make_year(folder / "R2", documents(code))
    (year / "提出" / BOOKS[code]).write_bytes(book.data())
    told: dict[str, list[Finding]] = defaultdict(list)
    for finding in validate([], year).findings:
        if finding.place.cell:
            told[f"{finding.place.sheet}!{finding.place.cell}"].append(finding)
    twice = {
        place: [str(finding) for finding in found]
        for place, found in told.items()
        if len(found) > 1 and frozenset(finding.code for finding in found) not in APART
    }
    assert not twice, (slot.name, cell, name, twice)


@pytest.mark.parametrize("seed", seeds.short())
def test_story__no_cell_has_two_findings_of_one_fault(seed: int, tmp_path: Path) -> None:
    check(seed, tmp_path)


if __name__ == "__main__":
    sys.exit(seeds.main(check))
