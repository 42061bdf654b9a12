"""Good books spoilt at random, always in the same ways: never a traceback, never another number."""

from __future__ import annotations

import pytest

from tests.corpus.judge import Outcome, run
from tests.corpus.mutants import mutant
from tests.usecases.year import make_year

pytestmark = pytest.mark.slow

SEEDS = range(120)
"""The exam (`sh scripts/exam corpus`) takes more of them."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Outcome, int]]:
    year = make_year(tmp_path_factory.mktemp("mutants") / "R2")
    found = {}
    for seed in SEEDS:
        data, total = mutant(seed)
        book = year / "提出" / f"mutant-{seed}.xlsx"
        book.write_bytes(data)
        found[seed] = run(book, year / "集計.xlsx"), total
        book.unlink()
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_mutant__has_the_known_total_or_a_finding(
    seed: int, outcomes: dict[int, tuple[Outcome, int]]
) -> None:
    outcome, total = outcomes[seed]
    assert outcome.total == total or outcome.findings


def test_mutants__are_refused_told_and_read(outcomes: dict[int, tuple[Outcome, int]]) -> None:
    found = [(outcome.total == total, bool(outcome.codes)) for outcome, total in outcomes.values()]
    assert set(found) == {(True, False), (True, True), (False, True)}
