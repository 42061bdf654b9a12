"""Same input, same bytes: another run, hour zone, order of hashes or folder changes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.usecases.year import ROOT, make_year
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate

pytestmark = pytest.mark.slow


def _bytes(folder: Path) -> dict[str, bytes]:
    kinds = (".xlsx", ".html", ".csv")
    found = (path for path in sorted(folder.rglob("*")) if path.suffix in kinds)
    return {path.name: path.read_bytes() for path in found}


def test_generate__twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = make_year(tmp_path / "one"), make_year(tmp_path / "two")
    for year in (first, second):
        generate(year, "税務課")
        generate(year, "国保年金課")
    first, second = first / "配布", second / "配布"
    assert _bytes(first) == _bytes(second)
    assert len(_bytes(first)) == 2


def test_consolidate__twice_gives_the_same_bytes(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    fill(year / "requests.json", year / "提出")
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    consolidate([year], tmp_path, one)
    consolidate([year], tmp_path, two)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("verb", "files"), [("generate", 1), ("consolidate", 1), ("page", 1), ("export", 2)]
)
def test_bytes__do_not_hang_on_the_process(verb: str, files: int, tmp_path: Path) -> None:
    found = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        year = make_year(tmp_path / seed / "R2")
        fill(year / "requests.json", year / "提出")
        arguments = ["--department", "税務課"] if verb == "generate" else []
        subprocess.run(
            [sys.executable, "-m", "yosan_xl", verb, str(year), *arguments],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
            cwd=tmp_path / seed,
            capture_output=True,
            check=True,
        )
        found.append(_bytes(year / ("配布" if verb == "generate" else "集計")))
    assert len(found[0]) == files
    assert found[0] == found[1]
