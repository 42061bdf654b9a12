"""Every workbook written passes the Open XML SDK's rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from tests.usecases.year import make_year
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate


def _errors(books: list[Path]) -> dict[str, list[object]]:
    found = {book.name: list(OpenXmlValidator().validate(str(book)).errors) for book in books}
    assert found
    return {name: errors for name, errors in found.items() if errors}


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return make_year(tmp_path / "R2")


def test_blank_books__have_no_error(year: Path) -> None:
    books = [*generate(year, "税務課").books, *generate(year, "国保年金課").books]
    assert _errors(books) == {}


def test_filled_books_and_summary__have_no_error(year: Path, tmp_path: Path) -> None:
    books = list(fill(year / "requests.json", year / "提出").books)
    books.append(consolidate([year], tmp_path).summary)
    assert _errors(books) == {}
