"""From good books, sheets exchanged, copied, moved, retitled, resaved at random: the right total, or an error.

The right total is each distinct project once, for the unit that its own cells name. It is kept beside the
books, by what was done to them, and not read from them.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import seeds
from tests.excel.reading.edit import Editor
from tests.usecases.edit import cell_of
from tests.usecases.resaved import save_at
from tests.usecases.year import example_documents, hand_in_filled, make_year
from yosan_xl.usecases.counted import count
from yosan_xl.usecases.generate import generate

BOOKS = ("0101_地域振興課.xlsx", "0103_税務課.xlsx", "0601_企画課.xlsx")
FIRST, OTHER = "0103_税務課.xlsx", "0103_税務課(2).xlsx"


@dataclass(frozen=True)
class Sheet:
    """A filled sheet: its project, the edition of it, its amount, whether its own words were changed.

    `origin` is the project of another unit that its entries were pasted from.
    """

    project: str
    edition: int
    amount: int
    unit: str
    is_changed: bool = False
    origin: str = ""


@dataclass
class Book:
    """A book with what is known of it: its filled sheets by name, and when a program saved it."""

    editor: Editor
    unit: str
    sheets: dict[str, Sheet] = field(default_factory=dict)
    saved: int = 0


def check(seed: int, folder: Path) -> None:
    """Alter two or three books at random, and compare the total and that of each unit."""
    chance = random.Random(seed)
    books = _of_one_unit(chance) if chance.random() < 0.5 else _of_units(chance)
    for _ in range(chance.randint(1, 4)):
        chance.choice(ACTIONS)(chance, books)
    year = make_year(folder / "R2")
    for name, book in books.items():
        path = year / "提出" / name
        path.write_bytes(book.editor.data())
        if book.saved:
            save_at(path, f"2026-10-{book.saved:02d}T00:00:00Z")
    done = count([year], year)
    errors = [f for f in done.findings if f.is_error]
    found: dict[str, int] = defaultdict(int)
    for row in done.rows:
        found[str(row.request.department_code)] += row.request.requested
    expected = _expected(books)
    if errors:
        assert all(error.place.file in books for error in errors), errors
    else:
        assert expected is not None, ("no error", dict(found))
        assert dict(found) == expected, (dict(found), expected)


def _expected(books: dict[str, Book]) -> dict[str, int] | None:
    """Return what each unit asks for; None where the books leave that in doubt."""
    editions: dict[str, list[tuple[int, Sheet]]] = defaultdict(list)
    for book in books.values():
        for sheet in book.sheets.values():
            editions[sheet.project].append((book.saved, sheet))
    total: dict[str, int] = defaultdict(int)
    units: dict[tuple[str, int], str] = {}
    for found in editions.values():
        last = max(saved for saved, _ in found)
        latest = {sheet for saved, sheet in found if saved == last}
        every = {sheet for _, sheet in found}
        if len(every) > 1 and (len(latest) > 1 or any(not saved for saved, _ in found)):
            return None
        sheet = latest.pop()
        same = units.setdefault((sheet.origin or sheet.project, sheet.edition), sheet.unit)
        if sheet.is_changed or same != sheet.unit:
            return None
        total[sheet.unit] += sheet.amount
    return dict(total)


@cache
def _base() -> dict[str, tuple[bytes, bytes]]:
    """Return the filled and the blank book of each unit."""
    with tempfile.TemporaryDirectory() as folder:
        year = make_year(Path(folder) / "R2", deepcopy(_projects()))
        hand_in_filled(year)
        for name in BOOKS:
            generate(year, name[:4])
        found = {}
        for name in BOOKS:
            found[name] = (
                (year / "提出" / name).read_bytes(),
                (year / "配布" / name).read_bytes(),
            )
        return found


@cache
def _projects() -> list[dict[str, Any]]:
    wanted = {name[:4] for name in BOOKS}
    documents = [d for d in example_documents() if d["department"]["code"] in wanted]
    for document in documents:
        document.pop("no", None)
    return documents


def _book(name: str, saved: int) -> Book:
    made = Book(Editor(_base()[name][0]), name[:4], saved=saved)
    own = [document for document in _projects() if document["department"]["code"] == made.unit]
    for number, document in enumerate(own, 1):
        amount = document["total"]["requested"]
        made.sheets[f"要求書{number}"] = Sheet(document["id"], 0, amount, made.unit)
    return made


def _of_units(chance: random.Random) -> dict[str, Book]:
    days = chance.sample(range(1, 29), 3)
    names = chance.sample(BOOKS, chance.choice([2, 3]))
    return {name: _book(name, day) for name, day in zip(names, days, strict=False)}


def _of_one_unit(chance: random.Random) -> dict[str, Book]:
    days = sorted(chance.sample(range(1, 29), 2))
    if chance.random() < 0.2:
        days[chance.randrange(2)] = 0
    return {FIRST: _book(FIRST, days[0]), OTHER: _book(FIRST, days[1])}


def _two(chance: random.Random, books: dict[str, Book]) -> tuple[Book, str, Book]:
    """Return a book with a filled sheet, that sheet, and another book."""
    one, two = chance.sample(list(books), 2)
    if not books[one].sheets:
        one, two = two, one
    sheets = sorted(books[one].sheets) or ["要求書5"]
    return books[one], chance.choice(sheets), books[two]


def _blank(book: Book, sheet: str) -> None:
    name = next(name for name in BOOKS if name[:4] == book.unit)
    if sheet.startswith("要求書") and sheet in {f"要求書{n}" for n in range(1, 6)}:
        book.editor.take_sheet(sheet, Editor(_base()[name][1]), sheet)
        book.sheets.pop(sheet, None)


def _exchange(chance: random.Random, books: dict[str, Book]) -> None:
    one, sheet, two = _two(chance, books)
    other = chance.choice([f"要求書{n}" for n in range(1, 4)])
    kept, mine = Editor(two.editor.data()), Editor(one.editor.data())
    two.editor.take_sheet(other, mine, sheet)
    one.editor.take_sheet(sheet, kept, other)
    first, second = one.sheets.pop(sheet, None), two.sheets.pop(other, None)
    if second:
        one.sheets[sheet] = second
    if first:
        two.sheets[other] = first


def _copy(chance: random.Random, books: dict[str, Book]) -> None:
    one, sheet, two = _two(chance, books)
    host = chance.choice([f"要求書{n}" for n in range(1, 6)])
    if f"{host} (2)" in two.editor.sheets or sheet not in one.sheets:
        return
    new = two.editor.copy_sheet(host)
    two.editor.take_sheet(new, Editor(one.editor.data()), sheet)
    two.sheets[new] = one.sheets[sheet]


def _move(chance: random.Random, books: dict[str, Book]) -> None:
    one, sheet, two = _two(chance, books)
    host = chance.choice([f"要求書{n}" for n in range(1, 6)])
    if f"{host} (2)" in two.editor.sheets or sheet not in one.sheets or "(2)" in sheet:
        return
    new = two.editor.copy_sheet(host)
    two.editor.take_sheet(new, Editor(one.editor.data()), sheet)
    two.sheets[new] = one.sheets[sheet]
    _blank(one, sheet)


def _paste(chance: random.Random, books: dict[str, Book]) -> None:
    """Paste what another unit entered into a sheet of one's own: id and unit stay one's own."""
    one, sheet, two = _two(chance, books)
    host = chance.choice(["要求書4", "要求書5"])
    own = {name: two.editor.text(host, cell_of(name)) for name in _OWN}
    unit = own["yx_department_code"]
    if sheet not in one.sheets or host in two.sheets or unit in ("", one.sheets[sheet].unit):
        return
    two.editor.take_sheet(host, Editor(one.editor.data()), sheet)
    for name, text in own.items():
        two.editor.put_text(host, cell_of(name), text)
    old = one.sheets[sheet]
    origin = old.origin or old.project
    two.sheets[host] = replace(old, project=own["yx_id"], unit=unit, origin=origin)


def _withdraw(chance: random.Random, books: dict[str, Book]) -> None:
    """Leave a sheet out of one book, where another one has it."""
    one, sheet, two = _two(chance, books)
    if one.sheets.get(sheet) in two.sheets.values():
        _blank(one, sheet)


def _retitle(chance: random.Random, books: dict[str, Book]) -> None:
    one, sheet, _ = _two(chance, books)
    if sheet in one.sheets:
        one.editor.put_text(sheet, cell_of("yx_title"), f"改めた名{chance.randrange(99)}")
        one.sheets[sheet] = replace(one.sheets[sheet], edition=chance.randrange(1, 999))


def _correct(chance: random.Random, books: dict[str, Book]) -> None:
    one, sheet, _ = _two(chance, books)
    cell = cell_of("yx_lines1_requested")
    if sheet in one.sheets and one.editor.text(sheet, cell).isdigit():
        more = chance.randrange(1, 99)
        one.editor.put_number(sheet, cell, int(one.editor.text(sheet, cell)) + more)
        old = one.sheets[sheet]
        edition = chance.randrange(1000, 9999)
        one.sheets[sheet] = replace(old, edition=edition, amount=old.amount + more)


def _change_words(chance: random.Random, books: dict[str, Book]) -> None:
    one, sheet, _ = _two(chance, books)
    name, text = chance.choice(
        [
            ("yx_id", "0103-2"),
            ("yx_id", "0601-9"),
            ("yx_id", "x"),
            ("yx_id", ""),
            ("yx_department_code", "0601"),
            ("yx_department_section", "区長室"),
        ]
    )
    if sheet in one.sheets and one.editor.text(sheet, cell_of(name)) != text:
        one.editor.put_text(sheet, cell_of(name), text)
        if name != "yx_id":
            one.sheets[sheet] = replace(one.sheets[sheet], is_changed=True)


def _rename(chance: random.Random, books: dict[str, Book]) -> None:
    old = chance.choice(list(books))
    unit = books[old].unit
    new = chance.choice(
        [f"{unit}-PC03.xlsx", f"{unit} - コピー.xlsx", f"{unit}_最終.xlsx", "予算要求書 (1).xlsx"]
    )
    if new not in books:
        books[new] = books.pop(old)


def _resave(chance: random.Random, books: dict[str, Book]) -> None:
    """Let one of the books be saved at another time; the same moment or none is no evidence."""
    chance.choice(list(books.values())).saved = chance.choice([0, *range(1, 29)])


_OWN = ("yx_id", "yx_department_code", "yx_department_bureau", "yx_department_section")

ACTIONS = (
    _paste,
    _exchange,
    _copy,
    _move,
    _withdraw,
    _retitle,
    _correct,
    _correct,
    _change_words,
    _rename,
    _resave,
)


@pytest.mark.parametrize("seed", seeds.short())
def test_exchanged__the_right_total_comes_out_or_an_error_names_the_book(
    seed: int, tmp_path: Path
) -> None:
    check(seed, tmp_path)


if __name__ == "__main__":
    sys.exit(seeds.main(check))
