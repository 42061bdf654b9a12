"""status on the command line: text, JSON, and dates that are given."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Yosan


def test_status__as_text(yosan: Yosan, handed_in: Path) -> None:
    done = yosan("status", handed_in)
    assert (done.code, done.err) == (0, "")
    assert "所管課 57: 未提出 51、提出 6、要修正 0、要求なし 0、対象外 0\n" in done.out
    assert done.out.endswith("要求 9 件、383,511千円\n")
    assert "遅れ" not in done.out


def test_status__marks_the_late(yosan: Yosan, handed_in: Path) -> None:
    dates = ("--due", "2019-10-04", "--today", "2019-10-05")
    assert "期限 2019-10-04 に遅れた所管課 51\n" in yosan("status", handed_in, *dates).out
    report = json.loads(yosan("status", handed_in, *dates, "--format", "json").out)
    assert sum(unit["late"] for unit in report["units"]) == 51
    assert "2019-10-05" not in json.dumps(report)


def test_status__a_word_that_is_no_date(yosan: Yosan, handed_in: Path) -> None:
    done = yosan("status", handed_in, "--due", "10月4日")
    assert (done.code, done.out) == (2, "")
    assert "「10月4日」は日付ではありません。2019-10-04 のように書きます" in done.err


def test_status__outside_of_a_year_folder(yosan: Yosan, tmp_path: Path) -> None:
    done = yosan("status", tmp_path)
    assert (done.code, "YX088" in done.err) == (2, True)
