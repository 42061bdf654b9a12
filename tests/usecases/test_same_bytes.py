"""Same input, same bytes."""

from __future__ import annotations

from pathlib import Path

from tests.usecases.year import make_year
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.xlsx"))}


def test_generate__twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = make_year(tmp_path / "one"), make_year(tmp_path / "two")
    for year in (first, second):
        generate(year, "税務課")
        generate(year, "国保年金課")
    assert _bytes(first) == _bytes(second)
    assert len(_bytes(first)) == 2


def test_consolidate__twice_gives_the_same_bytes(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    fill(year / "requests.json", year / "提出")
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    consolidate([year], tmp_path, one)
    consolidate([year], tmp_path, two)
    assert one.read_bytes() == two.read_bytes()
