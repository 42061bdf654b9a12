"""Whatever people do to a year, what was typed is in the next summary at its project, or on a list that says why."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests import seeds
from tests.decisions import acts
from tests.decisions.town import Town

_KINDS = (
    acts.PLAIN,
    (*acts.PLAIN, *acts.ON_SHEETS),
    (*acts.PLAIN, *acts.OF_DEPARTMENTS),
    (*acts.PLAIN, *acts.PLAIN, *acts.ON_SHEETS, *acts.OF_DEPARTMENTS, *acts.ON_FILES),
)
_ROUNDS = 5


def check(seed: int, folder: Path) -> None:
    """Do a few acts before each of some consolidations; what must hold is asserted after each."""
    chance = random.Random(seed)
    town = Town.make(folder, chance, stages=seed % 5 == 0)
    town.consolidate()
    kinds = _KINDS[seed % len(_KINDS)]
    for _ in range(_ROUNDS):
        for _ in range(chance.randint(1, 4)):
            act = chance.choice(kinds)
            town.done.append(act.__name__)
            act(town)
        town.consolidate()
    # Once more without an act: nothing that was settled moves.
    town.consolidate()


@pytest.mark.parametrize("seed", seeds.short(6))
def test_random_acts__what_was_typed_is_at_its_project_or_on_a_list(
    seed: int, tmp_path: Path
) -> None:
    check(seed, tmp_path)


if __name__ == "__main__":
    sys.exit(seeds.main(check, 200))
