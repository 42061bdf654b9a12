"""An update of the program in mid-round says nothing new of the books that were issued before it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.office.office import Office
from tests.usecases.typing import left, shown
from tests.usecases.year import by_no, example_documents
from yosan_xl.model.finding import Weight
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate

ISSUED = Path(__file__).parent / "R2"
BOOKS, BLANKS = sorted((ISSUED / "提出").iterdir()), sorted((ISSUED / "配布").iterdir())

PUBLISHED_FAULT = [("YX209", Weight.WARNING, "0206_国保年金課.xlsx")]
"""What is told of the nine: the sum in block 13 of NO 59, as it was published."""

TYPED: dict[tuple[str, str, int | None], int | str] = {
    ("0602-1", "予算額", None): 4_000,
    ("0602-1", "編成の考え方", None): "=要求どおり\n計上する。",
    ("0601-1", "予算額", None): 0,
    ("0601-1", "予算額のうち特財", None): 0,
    ("0103-1", "予算額", 2): -26_441,
    ("0103-1", "査定区分", 2): "その他（要協議）",
    ("0103-1", "備考", 3): "1-2",
}
"""What finance typed into the summary: request, column, position of the line in 査定."""


@pytest.fixture
def year(tmp_path: Path) -> Path:
    unwanted = shutil.ignore_patterns("集計", "台帳.json")
    return Path(shutil.copytree(ISSUED, tmp_path / "R2", ignore=unwanted))


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


def test_issued_summary__keeps_what_finance_typed(tmp_path: Path) -> None:
    year = Path(shutil.copytree(ISSUED, tmp_path / "R2"))
    done = consolidate([year], year)
    assert [(f.code, f.weight, f.place.file) for f in done.findings] == PUBLISHED_FAULT
    assert {spot: shown(done.summary, *spot) for spot in TYPED} == TYPED
    assert left(done.summary) == []
