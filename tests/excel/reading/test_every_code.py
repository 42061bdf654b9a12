"""Every code of reading has a case that hits and one that does not."""

from __future__ import annotations

import pytest

from tests.excel.reading import (
    test_book_codes,
    test_cell_codes,
    test_cells_of_forms,
    test_estimates,
    test_formula_codes,
    test_left_out,
    test_places,
)
from tests.usecases import test_notice
from yosan_xl.excel.reading.codes import BOOK_CODES, CELL_CODES
from yosan_xl.model.finding import Code

_MODULES = (
    test_book_codes,
    test_formula_codes,
    test_cell_codes,
    test_cells_of_forms,
    test_estimates,
    test_left_out,
    test_places,
)
TESTS = {name for module in (*_MODULES, test_notice) for name in vars(module)}


@pytest.mark.parametrize("code", [*BOOK_CODES, *CELL_CODES], ids=lambda code: code.code)
@pytest.mark.parametrize("case", ["hits", "does_not_hit"])
def test_code__has_a_case_that(code: Code, case: str) -> None:
    assert any(name.startswith(f"test_{code.code.lower()}__{case}_") for name in TESTS)


def test_codes__are_unique_and_in_their_ranges() -> None:
    book, cells = (
        [int(c.code.removeprefix("YX")) for c in codes] for codes in (BOOK_CODES, CELL_CODES)
    )
    assert len({*book, *cells}) == len(book) + len(cells)
    assert all(20 <= number < 70 or 90 <= number < 94 or 600 <= number < 820 for number in book)
    assert all(120 <= number < 150 for number in cells)
