"""Every formula of a book gives in LibreOffice the value that the program put beside it.

Of many samples the suite takes those that together have every mark of every check; `sh scripts/exam formulas` takes
all, and many forms at random (test_form_panels.py).
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest

from tests import seeds
from tests.excel.documents import PLAN, SETTINGS, TEXT_AMOUNTS, UNIT, book_of, samples
from tests.excel.forms import ODD, OTHERS, known
from tests.office.office import CellValue, Office
from tests.office.recalculated import open_book, recalculated, telling
from tests.office.test_form_panels import check_any_form, check_any_values
from tests.usecases.year import sources
from yosan_xl.excel.request_book import SheetContent, request_book
from yosan_xl.form import checks
from yosan_xl.form.choices import lists_of
from yosan_xl.form.mapping import complete, sheet_values
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.relation import CellValue as FormValue
from yosan_xl.form.relation import Values
from yosan_xl.model.money import Rounding, thousand_yen
from yosan_xl.model.request import Document
from yosan_xl.usecases.generate import blank_book

pytestmark = pytest.mark.slow

SAMPLES = 220
DRAWN = 8
"""How many requests at random a book has, of another form."""


@pytest.mark.parametrize("source", sources())
def test_nine_requests__cached_values_are_what_libreoffice_computes(
    office: Office, tmp_path: Path, source: str
) -> None:
    found = recalculated(office, book_of(sources()[source]), tmp_path)
    assert len(found.saved) > 9 * (len(PLAN.checks) + len(PLAN.counters))
    assert found.computed == found.saved


def test_blank_book__cached_values_are_what_libreoffice_computes(
    office: Office, tmp_path: Path
) -> None:
    found = recalculated(office, blank_book(PLAN, SETTINGS, UNIT), tmp_path)
    assert found.computed == found.saved


def test_any_requests__cached_values_are_what_libreoffice_computes(
    office: Office, tmp_path: Path
) -> None:
    few = telling(_samples(), _marks)
    assert len(few) > 5
    _check_requests(office, tmp_path, [*few, *_samples()[-DRAWN:]])


@pytest.mark.parametrize("form", [*OTHERS, *ODD])
def test_other_forms__cached_values_are_what_libreoffice_computes(
    office: Office, tmp_path: Path, form: str
) -> None:
    own = known(form)
    drawn = [own.any_document(seed) for seed in range(DRAWN)]
    for data in (own.blank(), own.book(*own.documents, own.longest("長い文"), *drawn)):
        found = recalculated(office, data, tmp_path)
        assert found.saved
        assert found.computed == found.saved


def test_samples__set_off_every_check_and_leave_every_check_quiet() -> None:
    marks = {mark for document in _samples() for mark in _marks(document)}
    for one in PLAN.checks:
        assert marks >= {(one.kind, one.weight), (one.kind, checks.GOOD)}


@pytest.mark.parametrize("rounding", Rounding)
def test_estimate__rounds_as_the_settings_say(
    office: Office, tmp_path: Path, rounding: Rounding
) -> None:
    year = replace(SETTINGS, expenditure_rounding=rounding)
    book = open_book(office, book_of([], year), tmp_path)
    for row, (entries, yen) in enumerate(ESTIMATES, 5):
        cells = [f"{column}{row}" for column in "CDEF"]
        office.enter(book, "積算", list(zip(cells, entries, strict=True)))
        office.recalculate(book)
        shown = office.values(book, "積算", [f"G{row}", f"H{row}"])
        assert shown == [_number(yen), _number(thousand_yen(yen, rounding))]
    office.close(book)


def test_estimate__gives_what_the_published_sheets_say(office: Office, tmp_path: Path) -> None:
    """@456,450円×8月×1.1 is printed as 4,017 (NO 57), 月額242,000円×9ヶ月×1.1 as 2,396 (NO 58)."""
    book = open_book(office, book_of([]), tmp_path)
    prices = [("C5", 456_450), ("D5", 8), ("F5", 10), ("C6", 242_000), ("E6", 9), ("D6", 1)]
    entries: list[tuple[str, int | str | None]] = [*prices, ("F6", 10)]
    office.enter(book, "積算", entries)
    office.recalculate(book)
    assert office.values(book, "積算", ["H5", "H6"]) == [_number(4_017), _number(2_396)]
    office.close(book)


ESTIMATES: list[tuple[tuple[int | None, ...], int]] = [
    ((456_450, 8, None, 10), 4_016_760),
    ((242_000, 9, None, 10), 2_395_800),
    ((1_000, 3, 4, None), 12_000),
    ((1_333, 1, None, 8), 1_440),
    ((2_500, 1, 1, None), 2_500),
    ((-2_500, 1, 1, None), -2_500),
    ((1_049, 1, None, 10), 1_154),
]
"""単価, 数量, 回数, 税率（％）, and the 円 they make, rounded half away from zero."""


def test_estimate__shows_nothing_without_price_and_quantity(office: Office, tmp_path: Path) -> None:
    book = open_book(office, book_of([]), tmp_path)
    entries: list[tuple[str, int | str | None]] = [("C5", 500), ("D6", 2), ("E6", 3)]
    office.enter(book, "積算", entries)
    office.recalculate(book)
    assert {one.value for one in office.values(book, "積算", ["G5", "H5", "G6", "H6"])} == {""}
    office.close(book)


@cache
def _samples(count: int = SAMPLES) -> list[Document]:
    return samples(count)


def _marks(document: Document) -> set[tuple[str, object]]:
    """Return what the checks of a request's sheet say."""
    sheet = PanelSheet(PLAN, _values(document), lists_of(SETTINGS, PLAN))
    return {(one.kind, checks.check_value(one, sheet)) for one in PLAN.checks}


def _check_requests(office: Office, folder: Path, documents: list[Document]) -> None:
    found = recalculated(office, _book_with_reasons(documents), folder)
    assert len(found.saved) > 30 * len(documents)
    assert found.computed == found.saved


def _values(document: Document) -> dict[str, FormValue | tuple[FormValue, ...]]:
    first = {"accounts": SETTINGS.accounts[0].name}
    return complete(_typed(sheet_values(document, PLAN)), PLAN, first)


def _typed(values: Values) -> dict[str, FormValue | tuple[FormValue, ...]]:
    """Give the values with the amounts that stand for texts as these texts."""
    return {
        name: tuple(map(_as_text, value)) if isinstance(value, tuple) else _as_text(value)
        for name, value in values.items()
    }


def _as_text(value: FormValue) -> FormValue:
    return TEXT_AMOUNTS.get(value, value) if isinstance(value, int) else value


def _book_with_reasons(documents: list[Document]) -> bytes:
    """Give a book in which every other sheet has a reason for every 要確認."""
    sheets = []
    for number, document in enumerate(documents):
        values: Values = _values(document)
        if number % 2:
            names = [check.reason_name for check in PLAN.checks if check.reason_name]
            values = {**values, **dict.fromkeys(names, "正しい理由")}
        sheets.append(SheetContent(f"{UNIT.code}-{number}", values, {}))
    return request_book(PLAN, SETTINGS, UNIT, sheets)


def _number(value: int) -> CellValue:
    return CellValue("number", value)


def check(office: Office, seed: int, folder: Path) -> None:
    """Compute books of a form at random, of any values, of another form's requests, and of 40 of the samples."""
    check_any_form(office, folder, seed, 20)
    check_any_values(office, folder, seed)
    others = (*OTHERS, *ODD)
    own = known(others[seed % len(others)])
    drawn = own.book(*(own.any_document(one) for one in range(seed * 30, seed * 30 + 30)))
    found = recalculated(office, drawn, folder)
    assert found.computed == found.saved
    first = seed % 10 * 40
    _check_requests(office, folder, _samples(400)[first : first + 40])


if __name__ == "__main__":
    program = Office(600)
    code = seeds.main(partial(check, program), count=40)
    program.stop()
    sys.exit(code)
