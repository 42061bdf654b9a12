"""Processes that are started anew, as on Windows and macOS, by the script that pip makes for `yosan-xl`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.usecases.year import EXAMPLE, ROOT

pytestmark = pytest.mark.slow

STARTER = """\
import sys
import yosan_xl.usecases.submitted.read_files as reading
from yosan_xl.cli.main import run
reading.START = "spawn"
if __name__ == "__main__":
    sys.exit(run())
"""


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """The example as it was handed in."""
    folder = tmp_path / "令和2年度 要求"
    shutil.copytree(EXAMPLE, folder)
    (tmp_path / "yosan-xl-script.py").write_text(STARTER, encoding="utf-8")
    return folder


def _done(year: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, year.parent / "yosan-xl-script.py", *words],
        cwd=year,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "cp932"},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode("cp932"), done.stderr.decode("cp932")


@pytest.mark.parametrize(
    "words",
    [["validate", "."], ["consolidate", "."], ["status", "."]],
    ids=lambda words: words[0],
)
def test_jobs__processes_started_anew_give_the_same(words: list[str], year: Path) -> None:
    summary = year / "集計" / "R2_集計.xlsx"
    alone = _done(year, *words, "--jobs", "1")
    made = summary.read_bytes() if summary.exists() else b""
    assert alone[0] in (0, 1), alone
    assert _done(year, *words, "--jobs", "2") == alone
    assert (summary.read_bytes() if summary.exists() else b"") == made
    assert bool(made) is (words[0] == "consolidate")
