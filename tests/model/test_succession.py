"""対応: a row counts for the step into its year."""

from __future__ import annotations

import pytest

from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.succession import Link, LinkKind, Succession

R2, R3, R4 = FiscalYear(2020), FiscalYear(2021), FiscalYear(2022)


@pytest.mark.parametrize(
    ("year", "old", "new", "counts"),
    [
        (None, R2, R3, True),
        (R3, R2, R3, True),
        (R3, R2, R4, True),
        (R3, R3, R4, False),
        (R4, R2, R3, False),
        (R2, R2, R3, False),
    ],
)
def test_link__counts_for_the_step_into_its_year(
    year: FiscalYear | None, old: FiscalYear, new: FiscalYear, counts: bool
) -> None:
    table = Succession((Link(2, LinkKind.PROJECT, "a", "b", year),))
    assert bool([*table.of(LinkKind.PROJECT, old, new)]) is counts
    assert [*table.of(LinkKind.DEPARTMENT, old, new)] == []
