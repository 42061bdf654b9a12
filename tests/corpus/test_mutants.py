"""Good books spoilt at random, always in the same ways: never a traceback, never another number.

`sh scripts/exam mutants` takes 10,000 from a seed that nobody knows before.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests import seeds
from tests.corpus.judge import Outcome, run
from tests.corpus.mutants import mutant
from tests.usecases.year import make_year

pytestmark = pytest.mark.slow

SEEDS = range(60)


def _outcome(seed: int, year: Path) -> tuple[Outcome, int]:
    """Return what becomes of a mutant in a year folder, and the total that it had before."""
    data, total = mutant(seed)
    book = year / "提出" / f"mutant-{seed}.xlsx"
    book.write_bytes(data)
    found = run(book, year / "集計.xlsx"), total
    book.unlink()
    return found


def _is_known(outcome: Outcome, total: int) -> bool:
    return outcome.total == total or bool(outcome.findings)


def check(seed: int, folder: Path) -> None:
    """Let a mutant have its known total or a finding."""
    outcome, total = _outcome(seed, make_year(folder / "R2"))
    assert _is_known(outcome, total), (outcome.total, total)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Outcome, int]]:
    year = make_year(tmp_path_factory.mktemp("mutants") / "R2")
    return {seed: _outcome(seed, year) for seed in SEEDS}


@pytest.mark.parametrize("seed", SEEDS)
def test_mutant__has_the_known_total_or_a_finding(
    seed: int, outcomes: dict[int, tuple[Outcome, int]]
) -> None:
    assert _is_known(*outcomes[seed])


def test_mutants__are_refused_told_and_read(outcomes: dict[int, tuple[Outcome, int]]) -> None:
    found = [(outcome.total == total, bool(outcome.codes)) for outcome, total in outcomes.values()]
    assert set(found) == {(True, False), (True, True), (False, True)}


if __name__ == "__main__":
    sys.exit(seeds.main(check, 10_000, random.randrange(1_000, 10**9)))
