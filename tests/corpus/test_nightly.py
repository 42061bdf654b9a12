"""What the nightly exam examines, for its first seeds, and what it leaves of a failure."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import seeds
from tests.corpus.nightly import KINDS, Failure, Kind, failure_of, keep, kind_of
from tests.usecases.year import ROOT

pytestmark = pytest.mark.slow

OF_A_YEAR = [seed for seed in seeds.short(60) if kind_of(seed) not in ("要求書", "部品")]
"""Of request books and their parts, test_mutants.py and test_readers.py have as many as the suite needs."""
FOUND = [781080298]
"""What the exam found once: a [folders] that took the keys of a lost [[accounts]]."""


def _refuse(seed: int, data: bytes, folder: Path) -> None:
    raise ValueError(f"{data!r} of {seed}")


BROKEN = {name: Kind(1, ".toml", lambda seed: b"spoilt", _refuse) for name in KINDS}


def test_kinds__are_all_of_the_first_ten() -> None:
    assert {kind_of(seed) for seed in range(10)} == set(KINDS)


@pytest.mark.parametrize("seed", [*OF_A_YEAR, *FOUND])
def test_mutant__of_a_summary_a_record_or_a_setting_is_refused_told_or_known(seed: int) -> None:
    assert failure_of(seed) is None


def test_failure__becomes_a_named_file_and_how_to_repeat_it(tmp_path: Path) -> None:
    failure = failure_of(8, BROKEN)
    assert failure is not None
    path = keep(failure, tmp_path / "8", BROKEN)
    assert path == tmp_path / "8" / "設定-8.toml"
    assert path.read_bytes() == b"spoilt"
    said = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert said.startswith("sh scripts/exam nightly 8 1\n")
    assert "ValueError: b'spoilt' of 8" in said


def test_failure__of_what_lasts_too_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def wait(seed: int, data: bytes, folder: Path) -> None:
        signal.pause()

    monkeypatch.setattr("tests.corpus.nightly.SECONDS", 1)
    endless = {name: kind._replace(judge=wait) for name, kind in BROKEN.items()}
    assert "TimeoutError" in (failure_of(8, endless) or Failure(0, "")).said


def test_main__says_its_seed_first_and_counts() -> None:
    command = [sys.executable, "-m", "tests.corpus.nightly", "8", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "seed 8\n2 mutants from 8 (設定 1、組織 1): 0 failures\n"
