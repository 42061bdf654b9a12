"""Filled books outside of 提出: told of by status and by `yosan-xl` alone, and our own never."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.usecases.resaved import save_at
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.report.status_text import status_text
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.overview import overview
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.status import status

OFFICE, TAX = "0602_区長室.xlsx", "0103_税務課.xlsx"


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A year with the nine handed in, blanks, books returned and a summary that Excel saved."""
    made = make_year(tmp_path / "R2")
    hand_in_filled(made)
    for name in (OFFICE, TAX):
        save_at(made / "提出" / name, "2019-10-01T00:00:00Z")
    generate(made, "税務課")
    generate(made, "区長室")
    return_books(made)
    consolidate([made], made)
    save_at(made / "集計/R2_集計.xlsx", "2019-11-01T00:00:00Z")
    return made


@pytest.mark.parametrize(
    ("place", "where"),
    [
        (f"配布/{OFFICE}", "配布フォルダー"),
        (f"配布/区長室/{OFFICE}", "配布フォルダー"),
        (f"差戻し/{OFFICE}", "差戻しフォルダー"),
        (f"集計/{OFFICE}", "集計フォルダー"),
        (OFFICE, "年度フォルダーの直下"),
    ],
)
def test_misplaced__a_filled_book_is_told_of_until_it_is_in_the_submissions(
    year: Path, place: str, where: str
) -> None:
    book = year / place
    book.parent.mkdir(exist_ok=True)
    save_at(year / "提出" / OFFICE, "2019-10-05T00:00:00Z", book)
    assert status(year).misplaced == (), "it says what the one in 提出 says"
    (year / "提出" / OFFICE).unlink()
    told = f"{where}に記入されたブックがあります: {OFFICE}。提出フォルダーに移してください。"
    done = status(year)
    assert done.misplaced == (told,)
    assert told in status_text(done.year, done.intake, misplaced=done.misplaced)
    assert overview(year).steps[0].what == told
    shutil.move(book, year / "提出" / OFFICE)
    assert status(year).misplaced == ()


def test_misplaced__blanks_and_what_is_older_than_what_came_are_not_told_of(year: Path) -> None:
    assert status(year).misplaced == ()
    save_at(year / "配布" / TAX, "2019-12-01T00:00:00Z")  # opened and saved, nothing typed
    other = year / "requests.json"
    other.write_text(other.read_text("utf-8").replace("区政", "市政"), "utf-8")
    fill(other, year / "別")
    save_at(year / "別" / OFFICE, "2019-09-20T00:00:00Z", year / "配布" / OFFICE)
    assert status(year).misplaced == ()
    save_at(year / "別" / OFFICE, "2019-10-20T00:00:00Z", year / "配布" / OFFICE)
    assert len(status(year).misplaced) == 1
