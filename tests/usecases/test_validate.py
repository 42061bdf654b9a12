"""validate: inside a year folder all is asked, outside of it what a book can tell by itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.usecases.edit import set_cell
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.validate import validate


@pytest.fixture
def year(tmp_path: Path) -> Path:
    made = make_year(tmp_path / "R2")
    hand_in_filled(made)
    return made


def test_validate__a_year_folder_around_us_needs_no_argument(year: Path) -> None:
    done = validate([], year / "提出")
    assert (done.findings, done.files, done.requests, done.untouched) == ((), 6, 9, 21)


def test_validate__json_documents(year: Path) -> None:
    done = validate([year / "requests.json"], year)
    assert (done.findings, done.files, done.requests) == ((), 1, 9)


def test_validate__outside_a_year_folder_says_what_was_not_asked(
    year: Path, tmp_path: Path
) -> None:
    book = tmp_path / "机の上" / "0602_区長室.xlsx"
    book.parent.mkdir()
    shutil.copyfile(year / "提出" / book.name, book)
    set_cell(book, "yx_kan", 0, "ない款")
    # The book's own lists are known, and its panel marks the 款 by them.
    found = validate([book], tmp_path).findings
    assert [finding.code for finding in found] == ["YX214", "YX066"]
    shutil.copyfile(book, year / "提出" / book.name)
    codes = [finding.code for finding in validate([], year).findings]
    assert len(codes) == 1
    assert codes[0].startswith("YX3")


def test_validate__every_finding_of_every_book_in_one_run(year: Path) -> None:
    one = set_cell(year / "提出/0602_区長室.xlsx", "yx_lines1_requested", 0, "約2,769")
    set_cell(year / "提出/0103_税務課.xlsx", "yx_funding_national_amount", 0, 7)
    done = validate([], year)
    found = {(f.place.file, f.place.cell, f.code) for f in done.findings}
    assert ("0602_区長室.xlsx", one, "YX121") in found
    assert {file for file, _, code in found if code.startswith("YX2")} == {"0103_税務課.xlsx"}
    assert done.files == 6


def test_validate__an_empty_folder_is_told(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    assert [f.code for f in validate([], year).findings] == ["YX060"]


def test_validate__a_form_that_is_not_there_is_told(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    (year / "yosan.toml").write_text(settings.replace("minato-r2", "minato-r9"), encoding="utf-8")
    with pytest.raises(WrongInput, match="「minato-r9」がありません"):
        validate([], year)
