"""tests/seeds.py: what the full form of a property test prints, and its exit code."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests import seeds


def odd(seed: int, folder: Path) -> None:
    assert folder.is_dir()
    assert not any(folder.iterdir())
    (folder / "made").touch()
    assert seed % 2, f"{seed} is even"


def test_main__names_each_seed_that_fails_and_counts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["exam", "4"])
    assert seeds.main(odd) == 1
    first, second, count = capsys.readouterr().out.splitlines()
    assert first.startswith("seed 2: AssertionError 2 is even")
    assert second.startswith("seed 4: ")
    assert count == "4 seeds from 1: 2 failures [2, 4]"


def test_main__runs_one_seed_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["exam", "1", "417"])
    assert seeds.main(odd) == 0
    assert capsys.readouterr().out == "1 seeds from 417: 0 failures\n"
