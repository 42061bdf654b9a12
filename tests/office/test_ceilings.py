"""シーリング in LibreOffice: every figure is the one that was cached and told, however the sheets are sorted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.summary.ceilings import limited_summary
from tests.office.office import Office
from tests.office.test_sorted import sorted_everywhere
from tests.office.test_summary import recalculated_as_cached

pytestmark = pytest.mark.slow


def test_ceilings__recalculation_gives_what_is_told(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "集計.xlsx"
    data, standings = limited_summary(150)
    path.write_bytes(data)
    seen = recalculated_as_cached(office, path, tmp_path)
    shown = {place: value for (sheet, place), value in seen.items() if sheet == "シーリング"}
    assert [shown[f"H{at}"] for at in range(5, 10)] == [one.asked for one in standings]
    assert [shown[f"I{at}"] for at in range(5, 10)] == [one.room for one in standings]
    assert len({one.judgement for one in standings}) == 2


def test_ceilings__sorting_changes_no_figure(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "集計.xlsx"
    path.write_bytes(limited_summary(20)[0])
    assert sorted_everywhere(office, path, tmp_path, only=("シーリング", "一覧")) > 10
