"""trend on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Yosan
from tests.usecases.year import EXAMPLE
from tests.years import R3


def test_trend__as_text_json_and_csv(yosan: Yosan) -> None:
    done = yosan("trend", R3, EXAMPLE)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1].split() == ["全会計", "計", "383,511", "254,943"]
    report = json.loads(yosan("trend", R3, EXAMPLE, "--format", "json").out)
    assert [year["fiscal_year"] for year in report["years"]] == [2020, 2021]
    lines = yosan("trend", R3, EXAMPLE, "--format", "csv").out.splitlines()
    assert lines[1] == "一般会計,総務費,令和2年度,2020,7,286297"


def test_trend__into_a_workbook(yosan: Yosan, tmp_path: Path) -> None:
    done = yosan("trend", EXAMPLE, R3, "-o", tmp_path / "推移.xlsx")
    assert done.code == 0
    assert (tmp_path / "推移.xlsx").read_bytes().startswith(b"PK")


def test_trend__without_a_year_is_wrong_use(yosan: Yosan) -> None:
    done = yosan("trend")
    assert done.code == 2
    assert "「年度...」を書いてください。" in done.err
