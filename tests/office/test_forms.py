"""Forms other than the usual one in a real spreadsheet program: drop-downs of every level, locks, pictures of codes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest

from tests.excel.forms import LEVELS, KnownForm, known
from tests.office.office import Book, Office
from yosan_xl.form.picture import fits, validation_formula
from yosan_xl.form.plan import Slot

pytestmark = pytest.mark.slow

FREE = "積算"


@pytest.fixture(params=["municipal-1", "prefecture"])
def form(request: pytest.FixtureRequest) -> KnownForm:
    return known(request.param)


@pytest.fixture
def book(office: Office, form: KnownForm, tmp_path: Path) -> Iterator[Book]:
    """A book as it is after LibreOffice saved it."""
    path, again = tmp_path / "book.xlsx", tmp_path / "again.xlsx"
    path.write_bytes(form.blank())
    first = office.open(path)
    office.save_as(first, again)
    office.close(first)
    opened = office.open(again)
    yield opened
    office.close(opened)


def levels(form: KnownForm) -> list[Slot]:
    """Return the cells of 会計, 款, 項 and 目."""
    found = [form.plan.slot_of(name) for name in ("account", "level1", "level2", "level3")]
    return [slot for slot in found if slot]


@pytest.mark.parametrize("path", [LEVELS[0], LEVELS[3], LEVELS[5]], ids="/".join)
def test_drop_downs__offer_what_stands_under_the_choices_above(
    office: Office, form: KnownForm, book: Book, path: tuple[str, ...]
) -> None:
    sheet, slots = f"{form.plan.sheet}1", levels(form)
    assert len(slots) == len(path)
    for slot, name, above in zip(slots, path, [(), *accumulate((p,) for p in path)], strict=False):
        expected = list(
            dict.fromkeys(one[len(above)] for one in LEVELS if one[: len(above)] == above)
        )
        assert _offered(office, book, sheet, slot, slots) == expected
        office.enter(book, sheet, [(slot.name, name)])


def test_drop_down__under_nothing_offers_nothing(
    office: Office, form: KnownForm, book: Book
) -> None:
    sheet, slots = f"{form.plan.sheet}1", levels(form)
    for slot in slots[1:]:
        assert _offered(office, book, sheet, slot, slots) == []


def _offered(office: Office, book: Book, sheet: str, slot: Slot, slots: list[Slot]) -> list[object]:
    """Read what the source of a drop-down gives, by formulas on the free sheet."""
    (rule,) = office.validations(book, sheet, [slot.name])
    assert (rule.kind, rule.shows_list, rule.shows_error) == ("LIST", True, True)
    source = rule.source
    for one in slots:
        place = one.area.first_absolute
        source = source.replace(place, f"${sheet}.{place}")
    office.type_into(book, FREE, [("B5", f"=ROWS({source})")])
    (rows,) = office.values(book, FREE, ["B5"])
    if rows.kind == "error":
        return []
    assert isinstance(rows.value, int)
    cells = [(f"A{5 + row}", f"=INDEX({source};{row + 1})") for row in range(rows.value)]
    office.type_into(book, FREE, cells)
    return [one.value for one in office.values(book, FREE, [cell for cell, _ in cells])]


def test_locks__are_on_every_cell_but_the_entry_cells(
    office: Office, form: KnownForm, book: Book
) -> None:
    sheet = f"{form.plan.sheet}1"
    for slot in form.plan.slots:
        assert office.is_locked(book, sheet, slot.area.first) != slot.is_entry, slot.name


PICTURES = ["999999", "99999999-99999999", "AA-99"]
TEXTS = ["012345", "12345", "1e5000", "０１２３４５", " 12345", "-12345", "12.345", "1,2345"]
TEXTS += ["00012345-00000001", "00012345ー00000001", "ab-01", "ａb-01", "a1-01", "AB-0x"]


@pytest.mark.parametrize("picture", PICTURES)
def test_picture__takes_in_a_cell_what_fits_it(
    office: Office, tmp_path: Path, picture: str
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(known("municipal-1").blank())
    book = office.open(path)
    formula = validation_formula("A5", picture).replace(",", ";")
    office.type_into(book, FREE, [("B5", f"={formula}")])
    for text in TEXTS:
        office.enter(book, FREE, [("A5", text)])
        office.recalculate(book)
        (found,) = office.values(book, FREE, ["B5"])
        assert bool(found.value) is fits(text, picture), text
    office.close(book)
