"""シーリング recalculated by LibreOffice: every figure is the one that was cached, and the one that the program tells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.excel.summary.samples import AXES, SETTINGS, against, many, roster
from tests.office.office import Office
from tests.office.test_summary import recalculated_as_cached
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.model.ceiling import LastAmounts, LastOrigin, LastRow, standings_of
from yosan_xl.model.comparison import Figure, last_sources
from yosan_xl.model.rollup import Rollup
from yosan_xl.model.settings import Ceiling

pytestmark = pytest.mark.slow

CEILINGS = (
    Ceiling("企画経営部", "一般財源", 10_000_000),
    Ceiling("0601", "要求額", tenths=975),
    Ceiling("税務課", "一般財源", tenths=1_000, categories=("新規事業", "臨時事業")),
    Ceiling("会計室", "要求額", 0),
    Ceiling("総務部", "一般財源", tenths=333),
)


def test_ceilings__recalculation_gives_what_is_told(office: Office, tmp_path: Path) -> None:
    rows = many(150)
    before = [replace(one, source=replace(one.source, file="前年度")) for one in many(120)]
    settings, last_year = replace(SETTINGS, ceilings=CEILINGS), against(rows, before)
    last = LastAmounts(
        LastOrigin.REQUESTS,
        tuple(
            LastRow(
                unit,
                one.meaning("kind"),
                {
                    "total": Figure.EITHER.of(one),
                    "general": (last_sources(one) or {}).get("general"),
                },
            )
            for one, unit in zip(
                last_year.years.old.requests, last_year.years.old_units, strict=True
            )
        ),
    )
    standings = standings_of(Rollup.of(rows, settings, roster(), AXES), (), last)
    path = tmp_path / "集計.xlsx"
    path.write_bytes(
        summary_bytes(rows, (), settings, roster(), last_year=last_year, ceilings=standings)
    )
    seen = recalculated_as_cached(office, path, tmp_path)
    shown = {place: value for (sheet, place), value in seen.items() if sheet == "シーリング"}
    assert [shown[f"I{at}"] for at in range(5, 10)] == [one.asked for one in standings]
    assert [shown[f"J{at}"] for at in range(5, 10)] == [one.room for one in standings]
    assert len({one.judgement for one in standings}) == 2
