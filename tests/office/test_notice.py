"""復活要求 typed through LibreOffice, and the formulas of its sheet; every page of a 内示 book on one A4."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.excel.pages import pdf_pages
from tests.office.office import Office
from tests.office.recalculated import recalculated
from tests.usecases.noticed import BOOK, close_stage, decide, year_of
from yosan_xl.usecases.decisions.restoration import read_restorations
from yosan_xl.usecases.notice import notice
from yosan_xl.usecases.year import open_year

pytestmark = pytest.mark.slow

SHEET = "復活要求"
TEXT = "契約の更新が避けられないため"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = year_of(tmp_path_factory.mktemp("notice") / "R2")
    decide(folder, {"0103-1": 30_765, "0103-2": 30_000, "0103-3": 0}, n0103_2="精査し、減額する。")
    close_stage(folder, "財政課")
    notice(folder, ["税務課"])
    (folder / "復活").mkdir()
    return folder


def test_restoration__typed_through_libreoffice_is_read(year: Path, office: Office) -> None:
    book = office.open(year / "内示" / BOOK)
    typed: list[tuple[str, int | str | None]] = [
        ("F7", 5_000),
        ("G7", 1_000),
        ("L7", TEXT),
        ("F8", "１，２００"),
    ]
    office.enter(book, SHEET, typed)
    office.recalculate(book)
    shown = [one.value for one in office.values(book, SHEET, ["J7", "K7", "M7", "F9", "K9"])]
    assert shown == [4_000, 35_000, "", 5_000, 65_765]
    (check,) = office.values(book, SHEET, ["M8"])
    assert check.value == "復活要求額は数字で入力してください"
    office.save_as(book, year / "復活" / BOOK)
    office.close(book)
    found = read_restorations(open_year(year))
    assert found.by_request["0103-2"].amounts == {
        "total": 5_000,
        "national": 1_000,
        "general": 4_000,
    }
    assert found.by_request["0103-2"].reason == TEXT
    assert found.by_request["0103-3"].amounts == {"total": 1_200, "general": 1_200}
    told = [(finding.code, finding.place.cell) for finding in found.findings]
    assert told == [("YX130", "F8"), ("YX767", "L8")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([("L7", TEXT)], "復活要求額がありません"),
        ([("F7", 5_000)], "理由を入力してください"),
        ([("F7", 5_000), ("G7", 5_001), ("L7", TEXT)], "財源が復活要求額を超えています"),
        ([("F7", 5_000), ("G7", 5_000), ("L7", TEXT)], ""),
    ],
)
def test_restoration__its_own_check_says_what_is_missing(
    year: Path, office: Office, typed: list[tuple[str, int | str | None]], said: str
) -> None:
    book = office.open(year / "内示" / BOOK)
    office.enter(book, SHEET, typed)
    office.recalculate(book)
    (check,) = office.values(book, SHEET, ["M7"])
    office.close(book)
    assert check.value == said


def test_restoration__locked_cells_and_validations(year: Path, office: Office) -> None:
    book = office.open(year / "内示" / BOOK)
    locked = {cell: office.is_locked(book, SHEET, cell) for cell in ("A7", "E7", "J7", "K7", "F9")}
    (amount, reason) = office.validations(book, SHEET, ["F7", "L7"])
    office.close(book)
    assert set(locked.values()) == {True}
    assert (amount.kind, reason.kind) == ("WHOLE", "TEXT_LEN")


def test_notice__cached_values_are_what_libreoffice_computes(
    year: Path, office: Office, tmp_path: Path
) -> None:
    found = recalculated(office, (year / "内示" / BOOK).read_bytes(), tmp_path)
    assert len(found.saved) > 10
    assert found.computed == found.saved


def test_notice__each_sheet_is_one_page_of_a4(year: Path, office: Office, tmp_path: Path) -> None:
    book = office.open(year / "内示" / BOOK)
    office.save_pdf(book, tmp_path / "notice.pdf")
    office.close(book)
    info = subprocess.run(
        ["pdfinfo", "-f", "1", "-l", "9", tmp_path / "notice.pdf"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    sizes = re.findall(r"Page +\d+ size: +(\S+) x (\S+) pts", info)
    assert len(sizes) == 5
    assert {(round(float(a)), round(float(b))) for a, b in sizes} == {(842, 595)}


def test_restoration__prints_at_seven_points_or_more(
    year: Path, office: Office, tmp_path: Path
) -> None:
    book = office.open(year / "内示" / BOOK)
    office.save_pdf(book, tmp_path / "sheet.pdf", [SHEET])
    office.close(book)
    (page,) = pdf_pages(tmp_path / "sheet.pdf")
    assert min(word.points for word in page) >= 7
