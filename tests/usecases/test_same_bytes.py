"""Same input, same bytes: another run, hour zone, order of hashes or folder changes nothing."""

from __future__ import annotations

import os
import shutil
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


PROGRAM = """
import sys
from yosan_xl.cli.main import run
for words in sys.argv[1:]:
    try:
        run(words.split())
    except SystemExit as end:
        assert not end.code, (words, end.code)
"""
VERBS = {
    "generate": ("配布/*.xlsx", 1),
    "page": ("集計/*.html", 1),
    "export": ("集計/*.csv", 2),
    "consolidate": ("集計/*.xlsx", 1),
}
"""What each writes, and how many of it."""


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two years whose files were written by processes with another order of hashes, in other hour zones."""
    root = tmp_path_factory.mktemp("years")
    one, two = (make_year(root / seed / "R2") for seed in ("1", "2"))
    fill(one / "requests.json", one / "提出")
    shutil.copytree(one / "提出", two / "提出", dirs_exist_ok=True)
    for year, seed, zone in ((one, "1", "UTC"), (two, "2", "Asia/Tokyo")):
        words = [f"{verb} R2" for verb in VERBS]
        words[0] += " --department 税務課"
        subprocess.run(
            [sys.executable, "-c", PROGRAM, *words],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
            cwd=year.parent,
            capture_output=True,
            check=True,
        )
    return one, two


@pytest.mark.parametrize("verb", VERBS)
def test_bytes__do_not_hang_on_the_process(verb: str, years: tuple[Path, Path]) -> None:
    pattern, files = VERBS[verb]
    one, two = ({path.name: path.read_bytes() for path in year.glob(pattern)} for year in years)
    assert len(one) == files
    assert one == two
