"""status on the command line: text, JSON, and dates that are given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan


def test_status__as_text(yosan: Yosan, handed_in: Path) -> None:
    done = yosan("status", handed_in, "--today", "2019-10-04")
    assert (done.code, done.err) == (0, "")
    assert "所管課 57: 未提出 51、提出 6、要修正 0、要求なし 0、対象外 0\n" in done.out
    assert done.out.endswith("要求 9 件、383,511千円\n")
    assert "期限 2019-10-04 に遅れた所管課 0\n" in done.out


def test_status__marks_the_late(yosan: Yosan, handed_in: Path) -> None:
    dates = ("--due", "2019-10-04", "--today", "2019-10-05")
    assert "期限 2019-10-04 に遅れた所管課 51\n" in yosan("status", handed_in, *dates).out
    report = json.loads(yosan("status", handed_in, *dates, "--format", "json").out)
    assert sum(unit["late"] for unit in report["units"]) == 51
    assert "2019-10-05" not in json.dumps(report)


def test_status__a_word_that_is_no_date(yosan: Yosan, handed_in: Path) -> None:
    done = yosan("status", handed_in, "--due", "10月4日")
    assert (done.code, done.out) == (2, "")
    assert "「10月4日」は日付として読めません。2019-10-04、R1.10.4、" in done.err


@pytest.mark.parametrize("due", ["2019/10/4", "R1.10.4", "令和元年１０月４日（金）"])
def test_status__due_as_people_write_a_day(due: str, yosan: Yosan, handed_in: Path) -> None:
    done = yosan("status", handed_in, "--due", due, "--today", "2019.10.5")
    assert "期限 2019-10-04 に遅れた所管課 51\n" in done.out


def test_status__goes_by_the_deadline_of_the_settings(yosan: Yosan, handed_in: Path) -> None:
    settings = handed_in / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    assert "期限 2019-10-04 に遅れた所管課 51\n" in yosan("status", handed_in).out
    settings.write_text(text.replace("令和元年10月4日（金）", "月末"), encoding="utf-8")
    out = yosan("status", handed_in).out
    assert "期限: yosan.toml の deadline「月末」は日付として読めません" in out
    assert "遅れ" not in out
    assert "期限 2019-10-04 に" in yosan("status", handed_in, "--due", "2019-10-04").out


def test_status__outside_of_a_year_folder(yosan: Yosan, tmp_path: Path) -> None:
    done = yosan("status", tmp_path)
    assert (done.code, "YX088" in done.err) == (2, True)
