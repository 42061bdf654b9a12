"""A summary whose sheets somebody renamed, copied, coloured and commented in LibreOffice is read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.summary.test_altered import DATA, TYPED, codes, lost, notes, values
from tests.office.office import Office
from yosan_xl.excel.summary.reading import read_summary

pytestmark = pytest.mark.slow


def test_altered__in_libreoffice_is_read_noted_and_told(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "R2_集計.xlsx"
    path.write_bytes(DATA)
    book = office.open(path)
    try:
        office.copy(book, "査定", "査定_2")
        office.rename(book, "一覧", "一覧（最終）")
        office.colour(book, "提出状況", "D5")
        office.comment(book, "明細", "B3", "明細のメモ")
        office.save_as(book, path)
    finally:
        office.close(book)
    reading = read_summary(path.read_bytes(), "R2_集計.xlsx")
    assert values(reading) == TYPED
    assert sorted(codes(reading)) == ["YX710", "YX711"]
    assert notes(reading) == [("明細", "B3", "明細のメモ")]
    assert lost(reading) == ["「提出状況」D5 の塗りつぶし"]
    assert reading.strange_sheets == ()
