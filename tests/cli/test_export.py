"""export on the command line: data on standard output, words about them on standard error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("name", [(), ("--encoding", "cp932")])
def test_export__tables_go_into_a_folder_that_is_not_called_like_a_file(
    handed_in: Path, yosan: Yosan, name: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(handed_in)
    done = yosan("export", *name, "-o", "データ.csv")
    assert (done.code, done.out) == (2, "")
    assert "「-o データ」のように、「.csv」のない名前に" in done.err
    assert not Path("データ.csv").exists()
    assert yosan("export", *name, "-o", "R8.11.6").code == 0
    assert Path("R8.11.6/R2_一覧.csv").is_file()


@pytest.mark.parametrize("command", ["export --format json", "page", "validate --format json"])
@pytest.mark.parametrize("name", ["yosan.toml", "組織.csv", "台帳.json", "集計/R2_集計.xlsx"])
def test_output__never_replaces_a_file_of_the_year(
    handed_in: Path, yosan: Yosan, command: str, name: str
) -> None:
    assert yosan("consolidate", handed_in).code == 0
    before = (handed_in / name).read_bytes()
    verb, *options = command.split()
    done = yosan(verb, handed_in, *options, "-o", handed_in / name)
    assert (done.code, "YX069" in done.err) == (2, True)
    assert (handed_in / name).read_bytes() == before
