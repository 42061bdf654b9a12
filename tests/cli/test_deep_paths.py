"""A year folder deep in a share, and names that Windows has not: told in a sentence by whatever writes there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.archive.samples import json_year, small_year
from tests.usecases.edit import set_cell
from tests.usecases.year import EXAMPLE
from yosan_xl.store.places import LONGEST_FOR_EXCEL, path_length
from yosan_xl.usecases.outputs import told_of_paths

SENTENCE = "218字を超えるので"


@pytest.fixture(autouse=True)
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yosan_xl.excel.pdf.find_office", lambda: None)


def deep(folder: Path, longest: int = 210) -> Path:
    """Return a year folder in one whose own path takes about `longest` characters, as on a share."""
    while (left := longest - path_length(folder)) > 2:
        folder /= "深" * min(60, left - 1)
    return folder / "R2"


COMMANDS = {
    "generate": "generate 年 --department 税務課",
    "fill": "fill 年/requests.json -o 年/記入",
    "consolidate": "consolidate 年",
    "export": "export 年",
    "publish": "publish 要求状況 年",
    "validate": "validate 年 --format xlsx -o 年/指摘一覧のブック.xlsx",
    "compare": "compare 年 年 --format xlsx -o 年/比べた結果のブック.xlsx",
    "archive add": "archive add 年 --anyway",
    "archive restore": "archive restore R2 --archive 庫 -o 年/取り出したもの",
}


def _done(command: str, year: Path, yosan: Yosan) -> str:
    if command == "archive restore":
        yosan("archive", "add", year, "--anyway", "--archive", year.parent / "庫")
    names = {"年": str(year), "庫": str(year.parent / "庫")}
    words = [
        "/".join(names.get(part, part) for part in word.split("/"))
        for word in COMMANDS[command].split()
    ]
    done = yosan(*words)
    assert done.code in (0, 1), done
    return done.out + done.err


def _year(folder: Path) -> Path:
    year = json_year(folder)
    shutil.copyfile(EXAMPLE / "requests.json", year / "requests.json")
    return year


@pytest.mark.parametrize("command", COMMANDS)
def test_yx850__hits_what_is_written_too_deep(command: str, tmp_path: Path, yosan: Yosan) -> None:
    said = _done(command, _year(deep(tmp_path)), yosan)
    assert said.count("YX850") == 1
    assert SENTENCE in said


@pytest.mark.parametrize("command", COMMANDS)
def test_yx850__does_not_hit_elsewhere(command: str, tmp_path: Path, yosan: Yosan) -> None:
    assert "YX850" not in _done(command, _year(tmp_path / "R2"), yosan)


def test_yx850__hits_what_goes_back_and_what_is_noticed(tmp_path: Path, yosan: Yosan) -> None:
    year = small_year(deep(tmp_path), 2)
    assert "YX850" in yosan("notice", "税務課", "--folder", year, "--anyway").out
    book = year / "提出" / "0103_税務課.xlsx"
    set_cell(book, "yx_lines1_requested", 0, "約5")
    assert "YX850" in yosan("return", "--folder", year).out


def test_told_of_paths__at_the_limit(tmp_path: Path) -> None:
    folder = tmp_path / "𠮷"
    fits = folder / ("a" * (LONGEST_FOR_EXCEL - path_length(folder) - 6) + ".xlsx")
    assert path_length(fits) == 218
    assert [*told_of_paths([fits])] == []
    (told,) = told_of_paths([fits, fits.with_name("a" + fits.name)])
    assert "219字" in told.fact
    assert [*told_of_paths([fits.with_suffix(".toml-is-of-no-use-to-excel")])] == []


def test_yx853__hits_names_that_windows_has_not(tmp_path: Path, yosan: Yosan) -> None:
    year = json_year(tmp_path / "R2")
    for name in ("見積:A.pdf", "図a.pdf", "図A.pdf", "nul.txt", "メモ ", "積算."):
        (year / "提出" / name).write_bytes(b"x")
    said = yosan("archive", "add", year, "--anyway").out
    assert said.count("YX853") == 1
    assert "「nul.txt」は、Windows が別の用に使う名前です" in said
    assert "ほか 2 件" in said
    told = [*told_of_paths(sorted((year / "提出").iterdir()))]
    assert [one.code for one in told] == ["YX853"]


def test_yx853__hits_two_names_of_one_file() -> None:
    (told,) = told_of_paths(
        [
            Path("提出/福祉/図a.pdf"),
            Path("提出/図A.pdf"),
            Path("提出/図ａ.pdf"),
            Path("提出/図Ａ.pdf"),
        ]
    )
    assert "「図ａ.pdf」と「図Ａ.pdf」は、大文字と小文字のほかは同じ名前です" in told.fact
    assert "図a.pdf" not in told.fact


def test_yx853__does_not_hit_other_names(tmp_path: Path, yosan: Yosan) -> None:
    year = json_year(tmp_path / "R2")
    (year / "提出" / "見積（税務課）.pdf").write_bytes(b"x")
    assert "YX853" not in yosan("archive", "add", year, "--anyway").out
