"""export on the command line: data on standard output, words about them on standard error."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Yosan


def test_export__csv_says_where_the_files_are(handed_in: Path, yosan: Yosan) -> None:
    done = yosan("export", handed_in)
    assert (done.code, done.out) == (0, "")
    assert "要求 9 件、383,511千円を書き出しました。" in done.err
    assert "R2_一覧.csv" in done.err
    assert "R2_明細.csv" in done.err


def test_export__json_is_alone_on_standard_output(handed_in: Path, yosan: Yosan) -> None:
    done = yosan("export", handed_in, "--format", "json")
    assert len(json.loads(done.out)["requests"]) == 9


def test_export__json_is_utf8_only(handed_in: Path, yosan: Yosan) -> None:
    done = yosan("export", handed_in, "--format", "json", "--encoding", "cp932")
    assert (done.code, done.out) == (2, "")
    assert "--format csv のときだけ" in done.err


def test_export__nothing_handed_in_is_an_error(year: Path, yosan: Yosan) -> None:
    done = yosan("export", year, "--format", "ndjson")
    assert (done.code, done.out) == (1, "")
    assert "YX060" in done.err
