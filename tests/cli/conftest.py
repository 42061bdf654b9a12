"""The command line run in this process, by its own way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.cli.main import run


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Yosan = Callable[..., Outcome]


@pytest.fixture
def yosan(capfdbinary: pytest.CaptureFixture[bytes]) -> Yosan:
    """Run a command; what it prints is not seen by the test runner."""

    def call(*arguments: str | Path) -> Outcome:
        with pytest.raises(SystemExit) as stop:
            run([str(argument) for argument in arguments])
        captured = capfdbinary.readouterr()
        return Outcome(int(stop.value.code or 0), captured.out.decode(), captured.err.decode())

    return call


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A year folder with the nine requests in requests.json, and nothing handed in."""
    return make_year(tmp_path / "R2")


@pytest.fixture
def handed_in(year: Path) -> Path:
    """A year folder in which the nine requests are handed in."""
    hand_in_filled(year)
    return year
