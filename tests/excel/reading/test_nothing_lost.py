"""Whatever is written anywhere into a book is read, or told: no word and no amount is lost."""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path

import pytest

from tests import seeds
from tests.excel.reading import attach
from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import FLAT, SECTIONED, SHEET, editor, found, plan, read
from yosan_xl.form.area import a1

ROWS, COLUMNS = 45, 24
"""The form, its checks panel, and some rows and columns beyond."""


def check(seed: int, folder: Path) -> None:
    """Assert that each of some words and amounts, written at random, is read or told."""
    chance = random.Random(seed)
    book = editor(chance.choice((FLAT, SECTIONED)))
    _change(chance, book)
    spots = [a1(row, column) for row in range(ROWS) for column in range(COLUMNS)]
    places = chance.sample(spots, chance.randint(1, 6))
    written = [_write(chance, book, number, place) for number, place in enumerate(places)]
    folder.joinpath("book.xlsx").write_bytes(book.data())
    reading = read(book)
    findings = found(reading)
    values = [(one.document, one.reasons) for one in reading.requests]
    read_as = json.dumps(values, ensure_ascii=False)
    said = "".join(finding.fact for finding in findings)
    cells = {(finding.place.sheet, finding.place.cell) for finding in findings}
    for where, word in written:
        is_named = where in cells or re.search(rf"[（、]{where[1]}[、）]", said)
        assert word in read_as or word in said or is_named, (where, word, list(map(str, findings)))


def _change(chance: random.Random, book: Editor) -> None:
    """End some merges, add some, and insert some rows, as pasting does."""
    fields = [area for slot in plan().slots for area in slot.cells() if not area.is_single]
    for area in chance.sample(fields, chance.randint(0, 12)):
        attach.unmerge(book, SHEET, area.a1())
    for _ in range(chance.randint(0, 2)):
        book.insert_row(SHEET, chance.randrange(ROWS))
    for _ in range(chance.randint(0, 2)):
        row, column = chance.randrange(ROWS), chance.randrange(COLUMNS)
        book.merge(SHEET, f"{a1(row, column)}:{a1(row + 1, column + 1)}")


def _write(
    chance: random.Random, book: Editor, number: int, place: str
) -> tuple[tuple[str, str], str]:
    """Write a word or an amount at a cell or elsewhere; give where, and what."""
    word = f"言葉{number}番"
    kind = chance.randrange(9)
    if kind == 0:
        attach.draw(book, "積算", attach.anchor(3, 3, attach.text_box(word)))
    elif kind == 1:
        attach.add_sheet(book, f"別紙{number}", {place: word})
        return (f"別紙{number}", place), word
    elif kind == 3:
        sheet, place = chance.choice(("はじめに", "一覧")), a1(*_elsewhere(chance))
        book.put_text(sheet, place, word)
        return (sheet, place), word
    elif kind == 2:
        word = str(700_001 + number)
        book.put_number(SHEET, place, word)
    else:
        book.put_text(SHEET, place, word)
    return (SHEET, place), word


def _elsewhere(chance: random.Random) -> tuple[int, int]:
    """Give a cell below the name and the deadline of a guide."""
    return chance.randrange(8, ROWS), chance.randrange(COLUMNS)


@pytest.mark.parametrize("seed", seeds.short())
def test_nothing_lost__each_word_and_amount_is_read_or_told(seed: int, tmp_path: Path) -> None:
    check(seed, tmp_path)


if __name__ == "__main__":
    sys.exit(seeds.main(check))
