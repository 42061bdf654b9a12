"""Sums of 増減 of a year that knows only some of last year's amounts, as LibreOffice computes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office.office import Office
from tests.office.recalculated import recalculated
from tests.usecases.test_unknown_last_year import ONGOING, made_request, year_of
from yosan_xl.usecases.consolidate import consolidate

pytestmark = pytest.mark.slow


def test_sums__of_changes_that_are_not_known_are_computed_as_saved(
    office: Office, tmp_path: Path
) -> None:
    year = year_of(tmp_path, made_request(ONGOING, prior=1_000), made_request("拡充"))
    data = consolidate([], year).summary.read_bytes()
    done = recalculated(office, data, tmp_path)
    assert done.computed == done.saved
    assert "－" in done.computed.values()
