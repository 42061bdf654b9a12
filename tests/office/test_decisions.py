"""予算額 typed into the summary through LibreOffice stays when a late department comes in."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.office.office import Office
from tests.office.process import OfficeError
from tests.usecases.typing import entry, left, shown
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.usecases.consolidate import consolidate

pytestmark = pytest.mark.slow

RATIONALE = "=要求どおり\n計上する。"
TYPED: dict[tuple[str, str, int | None], int | str] = {
    ("0602-1", "予算額", None): 4_000,
    ("0602-1", "編成の考え方", None): RATIONALE,
    ("0601-1", "予算額", None): 0,
    ("0601-1", "予算額のうち特財", None): 0,
    ("0103-1", "予算額", 2): -26_441,
    ("0103-1", "査定区分", 2): "その他（要協議）",
    ("0103-1", "備考", 3): "1-2",
}


@pytest.fixture
def year(tmp_path: Path) -> Path:
    folder = make_year(tmp_path / "R2")
    hand_in_filled(folder)
    return folder


def _cells(path: Path) -> dict[str, list[tuple[str, int | str | None]]]:
    book = openpyxl.load_workbook(path)
    found: dict[str, list[tuple[str, int | str | None]]] = {}
    for (request, label, position), value in TYPED.items():
        cell = entry(book, request, label, position)
        found.setdefault(cell.parent.title, []).append((cell.coordinate, value))
    return found


def test_typing__into_the_summary_stays_with_a_late_department(office: Office, year: Path) -> None:
    late = year / "提出" / "0206_国保年金課.xlsx"
    shutil.move(late, year / "late.xlsx")
    path = consolidate([year], year).summary
    book = office.open(path)
    try:
        for sheet, entries in _cells(path).items():
            office.enter(book, sheet, entries)
        office.save_as(book, path)
    finally:
        office.close(book)
    shutil.move(year / "late.xlsx", late)
    done = consolidate([year], year)
    assert [finding.code for finding in done.findings] == []
    assert {spot: shown(path, *spot) for spot in TYPED} == TYPED
    assert left(path) == []


def test_saving__untouched_by_libreoffice_is_no_entry(office: Office, year: Path) -> None:
    path = consolidate([year], year).summary
    before = path.read_bytes()
    book = office.open(path)
    try:
        office.save_as(book, path)
    finally:
        office.close(book)
    assert path.read_bytes() != before
    assert consolidate([year], year).findings == ()
    assert left(path) == []


def test_typing__beside_the_entry_cells_is_refused(office: Office, year: Path) -> None:
    path = consolidate([year], year).summary
    sheet = openpyxl.load_workbook(path)
    cell = entry(sheet, "0602-1", "要求額").coordinate
    book = office.open(path)
    try:
        with pytest.raises(OfficeError, match=cell):
            office.enter(book, "一覧", [(cell, 1)])
        (rule,) = office.validations(book, "一覧", [entry(sheet, "0602-1", "予算額").coordinate])
        assert (rule.kind, rule.shows_error) == ("WHOLE", True)
    finally:
        office.close(book)
