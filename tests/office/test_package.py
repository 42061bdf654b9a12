"""What a package says of results and passwords, in LibreOffice: blank ones are computed, right ones lift."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.excel.documents import PLAN, SETTINGS, UNIT
from tests.forms.years import documents_of, form_text
from tests.forms.years import make_year as make_form_year
from tests.office.office import Office
from tests.office.recalculated import recalculated
from tests.usecases.edit import cell_of
from tests.usecases.year import make_year
from tests.written_books import PASSWORD, locked_year, one_of_each
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import blank_book, generate
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.year import open_year

pytestmark = pytest.mark.slow


IN_ANOTHER = re.compile(
    r"(generate|fill) (municipal-1|prefecture|small_town) .*|(generate|return) locked .*|consolidate( --last-year)?"
)
"""Formulas that test_formulas.py computes for each form, or that the same book without a password or the summary with シーリング has."""


def _saved(office: Office, path: Path, target: Path) -> Path:
    """Give a book that LibreOffice opened, computed anew and saved."""
    book = office.open(path)
    office.recalculate(book)
    office.save_as(book, target)
    office.close(book)
    return target


@pytest.mark.parametrize("form", ["minato-r2", "municipal-1", "prefecture"])
def test_blank_book__computed_and_saved_by_libreoffice_is_untouched(
    form: str, office: Office, tmp_path: Path
) -> None:
    year = (
        make_year(tmp_path / "R2")
        if form == "minato-r2"
        else make_form_year(tmp_path / form, form_text(form), documents_of(form))
    )
    (path,) = generate(year, next(iter(open_year(year).roster)).section).books
    _saved(office, path, year / "提出" / path.name)
    back = read([year / "提出"])
    assert (back.findings, back.untouched) == ((), open_year(year).settings.sheets)


def test_written_books__have_the_results_that_libreoffice_computes(
    office: Office, tmp_path: Path
) -> None:
    """Nobody computes a book anew that is only opened: what is saved is what is seen."""
    books = {name: book for name, book in one_of_each().items() if not IN_ANOTHER.fullmatch(name)}
    with_formulas = {name: book for name, book in books.items() if "</f>" in _sheets_of(book)}
    found = {name: recalculated(office, book, tmp_path) for name, book in with_formulas.items()}
    differ = {
        (name, *cell): (one.saved[cell], one.computed.get(cell))
        for name, one in found.items()
        for cell in one.saved
        if one.computed.get(cell) != one.saved[cell]
    }
    assert differ == {}
    assert len(found) > 9


def _sheets_of(book: bytes) -> str:
    with zipfile.ZipFile(BytesIO(book)) as package:
        names = [one for one in package.namelist() if one.startswith("xl/worksheets/sheet")]
        return "".join(package.read(one).decode() for one in names)


def test_blank_book__blank_results_are_computed_as_soon_as_something_is_typed(
    office: Office, tmp_path: Path
) -> None:
    year = make_year(tmp_path / "R2")
    (path,) = generate(year, "税務課").books
    book = office.open(path)
    cells = {name: cell_of(name) for name in ("yx_lines1_requested", "yx_total_requested")}
    office.enter(
        book,
        "要求書1",
        [(cell_of("yx_lines1_label"), "印刷費"), (cells["yx_lines1_requested"], 120)],
    )
    (total,) = office.values(book, "要求書1", [cells["yx_total_requested"]])
    office.close(book)
    assert total.value == 120


@pytest.mark.parametrize(
    "password",
    ["a", PASSWORD, "15-characters-x", "sixteen-charact.", "~!\"#$%&'()=|`{ +*}<>?_\\", "z" * 255],
)
def test_password__lifts_the_protection_of_every_sheet(
    password: str, office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(blank_book(PLAN, SETTINGS, UNIT, password=password))
    book = office.open(path)
    wrong, right = office.lifts(book, f"{password}x"), office.lifts(book, password)
    office.close(book)
    assert {"はじめに", "一覧", "要求書1", "_yosan"} <= right.keys()
    assert not any(wrong.values())
    assert all(right.values())


def test_locked_structure__hinders_neither_libreoffice_nor_openpyxl_nor_the_reader(
    office: Office, tmp_path: Path
) -> None:
    """LibreOffice takes no notice of it, and saves the book without."""
    with locked_year(tmp_path) as year:
        handed_in = fill(year / "requests.json", tmp_path / "filled").books
        assert all(openpyxl.load_workbook(one).security.lockStructure for one in handed_in)
        read_as_filled = read([tmp_path / "filled"])
        for path in handed_in:
            _saved(office, path, year / "提出" / path.name)
        read_as_saved = read([year / "提出"])
    assert (read_as_filled.findings, read_as_saved.findings) == ((), ())
    assert read_as_saved.result["requests"] == read_as_filled.result["requests"]
    assert len(read_as_saved.result["requests"]) == 9
