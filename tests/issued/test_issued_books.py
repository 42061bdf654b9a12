"""An update of the program in mid-round says nothing new of the books that were issued before it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.office.office import Office
from tests.usecases.year import by_no, example_documents
from yosan_xl.model.finding import Weight
from yosan_xl.usecases.read import read
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.validate import validate

ISSUED = Path(__file__).parent / "R2"
BOOKS, BLANKS = sorted((ISSUED / "提出").iterdir()), sorted((ISSUED / "配布").iterdir())

PUBLISHED_FAULT = [("YX209", Weight.WARNING, "0206_国保年金課.xlsx")]
"""What is told of the nine: the sum in block 13 of NO 59, as it was published."""


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ISSUED, tmp_path / "R2"))


def told(year: Path) -> list[tuple[str, Weight, str]]:
    findings = validate([year / "提出"], year).findings
    return [(finding.code, finding.weight, finding.place.file) for finding in findings]


def test_issued_books__have_only_the_published_fault(year: Path) -> None:
    assert told(year) == PUBLISHED_FAULT
    assert by_no(read([year / "提出"]).result["requests"]) == example_documents()


def test_issued_books__saved_by_libreoffice_have_only_the_published_fault(
    office: Office, year: Path
) -> None:
    for path in BOOKS:
        book = office.open(path)
        office.save_as(book, year / "提出" / path.name)
        office.close(book)
    assert told(year) == PUBLISHED_FAULT


def test_issued_blank_books__are_untouched(year: Path) -> None:
    for path in BOOKS:
        (year / "提出" / path.name).unlink()
    for path in BLANKS:
        shutil.copyfile(path, year / "提出" / path.name)
    found = read([year / "提出"])
    assert (found.result["requests"], told(year)) == ([], [])


def test_issued_book__is_returned_with_all_that_it_holds(year: Path) -> None:
    (book,) = return_books(year).books
    assert book.left_behind == ()
    expected = [one for one in example_documents() if one["no"] == 59]
    assert read([book.path]).result["requests"] == expected
