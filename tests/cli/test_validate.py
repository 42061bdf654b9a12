"""validate: findings as text or JSON, exit code 1 for 誤り only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.edit import set_cell


def test_validate__in_the_year_folder_without_an_argument(
    yosan: Yosan, handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(handed_in)
    done = yosan("validate")
    assert (done.code, done.err) == (0, "")
    assert "指摘はありません" in done.out
    assert "ファイル 6、要求 9 件" in done.out


def test_validate__as_json(yosan: Yosan, handed_in: Path) -> None:
    book = handed_in / "提出/0602_区長室.xlsx"
    cell = set_cell(book, "yx_lines1_requested", 0, "１，２３４")
    done = yosan("validate", handed_in / "提出", "--format", "json")
    report = json.loads(done.out)
    assert (done.code, done.err) == (1, "")
    (finding,) = (f for f in report["findings"] if f["weight"] == "error")
    assert (finding["code"], finding["file"], finding["cell"]) == ("YX120", book.name, cell)
    assert "1,234千円" in finding["fact"]
    assert report["summary"]["errors"] == 1


def test_validate__only_notes_are_no_error(yosan: Yosan, handed_in: Path, tmp_path: Path) -> None:
    book = tmp_path / "0602_区長室.xlsx"
    book.write_bytes((handed_in / "提出" / book.name).read_bytes())
    done = yosan("validate", book)
    assert (done.code, "YX066 情報" in done.out) == (0, True)
