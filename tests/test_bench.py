"""The books of the measurements: always the same, without a fault of their own, and adding up."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.books import make_year, total
from bench.summary import measure
from yosan_xl.usecases.consolidate import consolidate


def test_make_year__the_books_come_to_what_their_documents_say(tmp_path: Path) -> None:
    year = make_year(tmp_path, 10, 2)
    done = consolidate([year], year)
    assert (done.files, done.counted, done.requested) == (10, 20, total(year))
    assert {finding.code for finding in done.findings} == {"YX209"}  # as published: NO 59


def test_make_year__the_same_bytes_each_time(tmp_path: Path) -> None:
    first, second = (make_year(tmp_path / name, 2) for name in "ab")
    for path in (first / "提出").iterdir():
        assert path.read_bytes() == (second / "提出" / path.name).read_bytes()


def test_measure__tells_of_a_summary_that_is_read_back_as_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    measure(20, 3)
    cells = [cell.strip() for cell in capsys.readouterr().out.split("|")]
    assert (len(cells), cells[1]) == (8, "20")
    assert int(cells[6].replace(",", "")) > 10_000
