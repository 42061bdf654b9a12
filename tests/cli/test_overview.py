"""`yosan-xl` alone: where the year stands, or how to begin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.publish.samples import json_year
from tests.usecases.year import example_documents
from yosan_xl.cli.main import EVERYDAY
from yosan_xl.report.printable import columns


def test_overview__in_a_year_says_where_it_stands_and_what_is_next(
    yosan: Yosan, handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(handed_in / "提出")
    before = sorted(handed_in.rglob("*"))
    done = yosan()
    assert (done.code, done.err) == (0, "")
    assert "港区 令和2年度" in done.out
    assert "所管課 57: 未提出 51、提出 6、要修正 0\n" in done.out
    assert (
        "未提出: 産業振興課、保健福祉課、高齢者支援課、介護保険課、障害者福祉課 ほか 46 課"
        in done.out
    )
    assert "要求 9 件、383,511千円\n" in done.out
    assert "決定 0 / 9" in done.out
    assert "公表: まだありません" in done.out
    assert re.findall(r"^ +(yosan-xl .*)", done.out, re.M) == [
        "yosan-xl status",
        "yosan-xl consolidate",
    ]
    assert sorted(handed_in.rglob("*")) == before, "nothing is written"


def test_overview__counts_the_warnings_that_nobody_explained(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = json_year(tmp_path / "R2", example_documents())
    monkeypatch.chdir(year)
    assert "\n  わけの書かれていない注意 1 件: 国保年金課\n" in yosan().out


def test_overview__of_settings_that_cannot_be_read_says_so(
    yosan: Yosan, year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (year / "yosan.toml").write_text("年度", encoding="utf-8")
    monkeypatch.chdir(year)
    done = yosan()
    assert (done.code, done.out) == (2, "")
    assert "YX077" in done.err


def test_no_year__shows_the_everyday_commands_and_how_to_begin(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = yosan()
    assert (done.code, done.err) == (0, "")
    assert re.findall(r"^  ([a-z]+) ", done.out, re.M) == list(EVERYDAY)
    assert "    yosan-xl init 練習 --example 港区\n" in done.out
    assert all(columns(line) < 80 for line in done.out.splitlines())
    (tmp_path / "R 9").mkdir()
    (tmp_path / "R 9" / "yosan.toml").touch()
    assert '    cd "R 9"\n' in yosan().out


IN_A_YEAR = [
    "generate",
    "status",
    "validate",
    "return",
    "consolidate",
    "number",
    "publish 要求状況",
    "stage",
    "stage close 査定",
    "stage reopen 査定",
    "notice",
    "page",
    "export",
    "archive add",
]


@pytest.mark.parametrize("words", IN_A_YEAR)
def test_verb__where_no_year_is_says_what_to_do(
    words: str, yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = yosan(*words.split())
    assert (done.code, done.out) == (2, "")
    assert "YX088" in done.err
    assert "yosan-xl init R9 --year R9 --municipality 佐倉市 --prefecture 千葉県" in done.err


@pytest.mark.parametrize("verb", ["form", "archive"])
def test_group__without_a_verb_of_its_own_names_them(verb: str, yosan: Yosan) -> None:
    done = yosan(verb)
    assert (done.code, done.out) == (2, "")
    assert "show" in done.err
    assert "のどれかを続けて書いてください" in done.err
