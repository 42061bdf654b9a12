"""diff on the command line: exit code 0 whatever differs, 2 for what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Yosan


def test_diff__as_text_and_json(yosan: Yosan, handed_in: Path) -> None:
    old, new = handed_in / "requests.json", handed_in / "提出/0103_税務課.xlsx"
    done = yosan("diff", old, new)
    assert (done.code, done.err) == (0, "")
    assert "同じ要求 3 件。要求額の差 △277,326千円\n" in done.out
    report = json.loads(yosan("diff", old, new, "--format", "json").out)
    assert (report["same"], len(report["only_from"])) == (3, 6)


def test_diff__a_file_that_is_not_there(yosan: Yosan, handed_in: Path) -> None:
    done = yosan("diff", handed_in / "requests.json", handed_in / "ない.xlsx")
    assert (done.code, done.out) == (2, "")
    assert "「ない.xlsx」が見つかりません" in done.err
