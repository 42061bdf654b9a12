"""doctor on the command line: a table, JSON, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from yosan_xl import __version__
from yosan_xl.usecases import doctor

KEYS = (
    *("python", "program", "fonts", "office", "console", "temporary"),
    *("folder", "disk", "writing", "space", "path_length"),
)


def test_doctor__says_what_there_is_and_what_is_lacking(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "find_office", lambda: None)
    done = yosan("doctor", tmp_path)
    assert done.code == 0, "nothing that is needed is missing"
    lines = done.out.splitlines()
    assert lines[0].split() == ["調べたもの", "結果", "内容"]
    assert next(line for line in lines if line.startswith("yosan-xl")).split()[1] == "よし"
    assert next(line for line in lines if line.startswith("LibreOffice ")).split()[1] == "情報"
    assert "LibreOffice YX842 情報 LibreOffice が見つかりません。publish が" in done.out


def test_doctor__in_a_folder_that_cannot_be_written_ends_with_1(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(doctor, "try_writing", refuse)
    done = yosan("doctor", tmp_path)
    assert (done.code, "YX840 誤り" in done.out) == (1, True)


def test_doctor__as_json_has_every_key_and_the_findings(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "find_office", lambda: None)
    done = yosan("doctor", tmp_path, "--format", "json")
    found = {one["key"]: one for one in json.loads(done.out)}
    assert tuple(found) == KEYS
    assert __version__ in found["program"]["value"]
    assert [one["code"] for one in found["office"]["findings"]] == ["YX842"]


def test_doctor__of_a_folder_that_is_not_there_is_wrong_use(yosan: Yosan, tmp_path: Path) -> None:
    done = yosan("doctor", tmp_path / "none")
    assert (done.code, "YX070" in done.err, done.out) == (2, True, "")
