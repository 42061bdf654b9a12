"""What is read: documents from JSON, the names of books, and nothing over what is read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.submitted.gathered import read_documents
from yosan_xl.usecases.submitted.read import gather, read, save
from yosan_xl.usecases.validate import validate


@pytest.fixture
def year(tmp_path: Path) -> Path:
    made = make_year(tmp_path / "R2")
    hand_in_filled(made)
    return made


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "{}",
        "3",
        "[1]",
        '{"requests": {}}',
        '[{"no": NaN}]',
        '[{"title": "\\ud800"}]',
        "[" * 100_000,
    ],
)
def test_read_documents__what_is_no_list_of_requests_is_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "要求.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongInput, match=r"要求\.json YX061 誤り 要求書の JSON として読めません"):
        read_documents(path)


def test_read_documents__not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "要求.json"
    path.write_bytes('[{"title": "表"}]'.encode("cp932"))
    with pytest.raises(WrongInput, match="UTF-8"):
        read_documents(path)


def test_read_documents__a_list_or_the_result_of_read(tmp_path: Path) -> None:
    path = tmp_path / "要求.json"
    path.write_text('\ufeff[{"no": 1}]', encoding="utf-8")
    assert read_documents(path) == [{"no": 1}]
    path.write_text('{"requests": [{"no": 1}], "sources": []}', encoding="utf-8")
    assert read_documents(path) == [{"no": 1}]


def test_gather__every_absent_path_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongInput) as stop:
        gather([tmp_path / "一.xlsx", tmp_path / "二.xlsx"])
    assert [finding.code for finding in stop.value.findings] == ["YX070", "YX070"]


def test_gather__books_of_one_name_are_told_apart(year: Path, tmp_path: Path) -> None:
    for folder, book in (("総務", "0602_区長室"), ("産業", "0103_税務課")):
        (year / folder).mkdir()
        shutil.copyfile(year / "提出" / f"{book}.xlsx", year / folder / "回答.xlsx")
    paths = [year / "総務" / "回答.xlsx", year / "産業" / "回答.xlsx"]
    files = {item.file for item in gather(paths).requests}
    assert files == {path.as_posix() for path in paths}
    done = consolidate(paths, tmp_path, tmp_path / "集計.xlsx")
    assert (done.findings, done.counted, done.requested) == ((), 4, 110_377)


def test_gather__folders_above_say_nothing_of_whose_a_book_is(tmp_path: Path) -> None:
    made = make_year(tmp_path / "x-0102" / "R2")
    fill(made / "requests.json", made / "別")
    paths = []
    for folder, book in (("一", "0602_区長室"), ("二", "0103_税務課")):
        (made / folder).mkdir()
        paths.append((made / "別" / f"{book}.xlsx").rename(made / folder / "回答.xlsx"))
        (made / folder / "見積書.pdf").write_bytes(b"%PDF-")
    assert consolidate(paths, made, tmp_path / "集計.xlsx").findings == ()
    done = consolidate([path.parent for path in paths], made, tmp_path / "集計.xlsx")
    assert [(f.code, f.place.file) for f in done.findings] == [("YX026", "提出")]


def test_gather__a_folder_within_the_submissions_speaks_however_its_book_is_given(
    year: Path,
) -> None:
    (year / "提出/0102_産業振興課").mkdir()
    book = year / "提出/0103_税務課.xlsx"
    book = book.rename(year / "提出/0102_産業振興課/要求書.xlsx")
    for given in (year, book.parent, book):
        found = consolidate([given], year).findings
        assert "YX057" in [finding.code for finding in found]


def test_gather__composed_and_decomposed_names_are_told_apart(year: Path, tmp_path: Path) -> None:
    books = year / "別"
    books.mkdir()
    shutil.copyfile(year / "提出/0602_区長室.xlsx", books / "か\u3099.xlsx")
    shutil.copyfile(year / "提出/0103_税務課.xlsx", books / "が.xlsx")
    done = consolidate([books], tmp_path, tmp_path / "集計.xlsx")
    assert (done.files, done.counted, done.requested) == (2, 4, 110_377)


def test_gather__a_file_below_a_folder_is_named_from_there(year: Path) -> None:
    (year / "提出/総務").mkdir()
    shutil.move(year / "提出/0602_区長室.xlsx", year / "提出/総務/0602_区長室.xlsx")
    files = {item.file for item in gather([year / "提出"]).requests}
    assert "総務/0602_区長室.xlsx" in files
    assert "0103_税務課.xlsx" in files


Reading = Callable[[Path], Any]


@pytest.mark.parametrize(
    "reading",
    [
        lambda year: len(read([year]).result["requests"]),
        lambda year: validate([year], year.parent).requests,
        lambda year: consolidate([year], year.parent).counted,
    ],
    ids=["read", "validate", "consolidate"],
)
def test_year_folder__stands_for_what_was_handed_in(reading: Reading, year: Path) -> None:
    assert reading(year) == 9


@pytest.mark.parametrize(
    "writing",
    [
        lambda year, out: save(out, "{}", read([year]).books),
        lambda year, out: consolidate([year], year.parent, out),
    ],
    ids=["read", "consolidate"],
)
def test_submitted_book__is_never_written_over(
    writing: Callable[[Path, Path], Any], year: Path
) -> None:
    book = year / "提出" / "0602_区長室.xlsx"
    before = book.read_bytes()
    with pytest.raises(WrongInput, match="YX069"):
        writing(year, book)
    assert book.read_bytes() == before
