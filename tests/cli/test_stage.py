"""`stage` on the command line: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.test_stages import decide_all, year_of


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A year of three stages, to work in."""
    folder = year_of(tmp_path)
    monkeypatch.chdir(folder)
    return folder


def test_stage__without_a_verb_shows_the_stages(year: Path, yosan: Yosan) -> None:
    done = yosan("stage")
    assert (done.code, done.out) == (0, yosan("stage", "show").out)
    assert "入力中の段階 財政課: 決定 0 / 9（未定 9）" in done.out
    value = json.loads(yosan("stage", "show", "--format", "json").out)
    assert [one["state"] for one in value["stages"]] == ["入力中", "まだ", "まだ"]


def test_stage_close__refuses_with_exit_code_1_and_says_how_to_go_on(
    year: Path, yosan: Yosan
) -> None:
    done = yosan("stage", "close", "財政課")
    assert done.code == 1
    assert done.out.count("YX750") == 9
    assert "誤り 9件" in done.out.splitlines()
    assert "「財政課」は、直すところが 9件あるので締めていません（決定 0 / 9）。" in done.err
    assert "このまま締めるときは --anyway を付けます。" in done.err
    assert not (year / "査定.json").exists()


def test_stage_close__says_what_comes_next(year: Path, yosan: Yosan) -> None:
    decide_all(year)
    done = yosan("stage", "close", "財政課")
    assert done.code == 0
    assert "「財政課」を締めました（決定 9 / 9）。" in done.out
    assert "R2/財政課 を保存しました" in done.out
    assert "「区長」の入力欄のある集計ブックになります。" in done.out
    again = yosan("stage", "close", "財政課")
    assert "「財政課」は、すでに締めています（保存庫にもあります）（決定 9 / 9）。" in again.out
    notice = yosan("stage", "close", "区長", "--anyway")
    assert "内示のブックは「yosan-xl notice」で作ります。" in notice.out
    last = yosan("stage", "close", "復活", year, "--anyway")
    assert "締めた決定の入った集計ブックになります。" in last.out


def test_stage_reopen__says_what_is_open_again(year: Path, yosan: Yosan) -> None:
    decide_all(year)
    yosan("stage", "close", "財政課")
    done = yosan("stage", "reopen", "財政課")
    assert (done.code, done.err) == (0, "")
    assert "「財政課」を開き直しました。記入は残っています。" in done.out


def test_stage_close__a_wrong_name_or_order_is_wrong_use(year: Path, yosan: Yosan) -> None:
    for arguments in (("close", "課長"), ("close", "区長"), ("reopen", "財政課")):
        done = yosan("stage", *arguments)
        assert (done.code, done.out) == (2, "")
        assert "YX72" in done.err
