"""`yosan-xl publish`: what it says, and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.publish.samples import (
    DECISIONS,
    FIRST,
    REQUESTS,
    decide,
    hand_in,
    handed_in,
    json_year,
    late,
)
from tests.usecases.year import example_documents


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A year on a machine without LibreOffice."""
    monkeypatch.setattr("yosan_xl.excel.pdf.find_office", lambda: None)
    return json_year(tmp_path / "R2")


def test_publish__says_what_stands_where(year: Path, yosan: Yosan) -> None:
    done = yosan("publish", REQUESTS, year)
    assert done.code == 0
    assert (
        "「要求状況」として、要求 9 件、要求額 383,511千円を公表フォルダーに置きました。"
        in done.out
    )
    assert "YX788" in done.out
    assert "すべてのシートが1つの PDF になります" in done.out
    assert done.out.splitlines()[-1] == f"公表: {year / FIRST}"


def test_publish__again_says_that_nothing_is_changed(year: Path, yosan: Yosan) -> None:
    yosan("publish", REQUESTS, year)
    done = yosan("publish", REQUESTS, year)
    assert (done.code, "公表したものと同じです。何も変えていません。" in done.out) == (0, True)


def test_publish__refuses_what_differs_and_adds_what_is_late(year: Path, yosan: Yosan) -> None:
    yosan("publish", REQUESTS, year)
    hand_in(year, [*handed_in(year), late()])
    refused = yosan("publish", REQUESTS, year)
    assert (refused.code, "YX782" in refused.err, "--add" in refused.err) == (2, True, True)
    added = yosan("publish", REQUESTS, year, "--add")
    assert added.code == 0
    assert "追加: NO 64「子育てひろば」" in added.out
    assert added.out.splitlines()[-1] == f"公表: {year / FIRST}_追加1"


def test_publish__lists_the_warnings_that_nobody_explained_before_they_go_out(
    tmp_path: Path, yosan: Yosan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yosan_xl.excel.pdf.find_office", lambda: None)
    year = json_year(tmp_path / "R2", example_documents())
    given = yosan("number", year)
    assert (given.code, "指摘はありません" in given.out) == (0, False)
    assert "課がわけを書いていない注意が 1 件あります。公表の前に、" in given.out
    done = yosan("publish", REQUESTS, year)
    assert (done.code, "YX209 注意" in done.out) == (0, True)
    assert "注意が 1 件あります（上のとおり）。" in done.out
    assert "公表フォルダーの「1_要求状況」を別の場所へ移してから" in done.out
    assert "YX209" not in yosan("publish", REQUESTS, year).out


@pytest.mark.parametrize("option", [(), ("--add",)])
def test_publish__of_a_change_says_how_it_is_made_anew_before_it_goes_out(
    option: tuple[str, ...], year: Path, yosan: Yosan
) -> None:
    yosan("publish", REQUESTS, year)
    first, *others = handed_in(year)
    hand_in(year, [{**first, "title": "職員の健康"}, *others])
    refused = yosan("publish", REQUESTS, year, *option)
    assert (refused.code, "YX781" in refused.err, "YX790" in refused.err) == (2, True, False)
    assert (
        "公表フォルダーの「1_要求状況」を別の場所へ移すと、いまの内容で作り直せます" in refused.err
    )
    (year / FIRST).rename(year / "前の版")
    assert yosan("publish", REQUESTS, year).code == 0


def test_publish__of_what_is_not_decided_is_refused_or_told(year: Path, yosan: Yosan) -> None:
    yosan("publish", REQUESTS, year)
    refused = yosan("publish", DECISIONS, year)
    assert (refused.code, refused.err.count("YX784")) == (2, 9)
    done = yosan("publish", DECISIONS, year, "--anyway")
    assert (done.code, "未定: 9 件" in done.out) == (0, True)
    assert "要求額 383,511千円、未定（決定 0 / 9）を公表フォルダーに" in done.out


def test_publish__of_all_that_is_decided_says_how_the_year_is_kept(
    year: Path, yosan: Yosan
) -> None:
    assert "archive add" not in yosan("publish", REQUESTS, year).out
    decide(year)
    assert "「yosan-xl archive add」で保存庫に入れます。" in yosan("publish", DECISIONS, year).out


def test_publish__knows_two_editions(year: Path, yosan: Yosan) -> None:
    assert yosan("publish", "内示", year).code == 2


def test_page_and_export__show_an_edition(year: Path, yosan: Yosan) -> None:
    assert yosan("page", year, "--edition", REQUESTS).code == 2
    yosan("publish", REQUESTS, year)
    hand_in(year, handed_in(year)[:3])
    assert "要求 9 件" in yosan("page", year, "--edition", REQUESTS).out
    assert "要求 9 件" in yosan("export", year, "--edition", REQUESTS).err
