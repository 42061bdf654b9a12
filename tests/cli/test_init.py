"""init: a year folder, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.year import EXAMPLE


@pytest.mark.parametrize("written", ["R2", "令和2年度", "2020", "Ｒ２"])
def test_init__makes_a_year_folder_to_generate_in(
    written: str, yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = yosan("init", "新年度", "--year", written)
    assert (done.code, done.err) == (0, "")
    assert "令和2年度" in done.out
    assert "yosan-xl generate" in done.out
    monkeypatch.chdir(tmp_path / "新年度")
    assert yosan("generate", "--department", "税務課").code == 0
    assert [path.name for path in Path("配布").iterdir()] == ["0103_税務課.xlsx"]


def test_init__twice_refuses_and_changes_nothing(yosan: Yosan, tmp_path: Path) -> None:
    assert yosan("init", tmp_path / "R2", "--year", "R2").code == 0
    settings = tmp_path / "R2" / "yosan.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "# 直した\n", encoding="utf-8")
    before = settings.read_bytes()
    done = yosan("init", tmp_path / "R2", "--year", "R3")
    assert (done.code, done.out) == (2, "")
    assert "すでに" in done.err
    assert settings.read_bytes() == before


def test_init__from_an_earlier_year_says_which_amounts_it_has(yosan: Yosan, tmp_path: Path) -> None:
    done = yosan("init", tmp_path / "R3", "--year", "R3", "--from", EXAMPLE)
    assert (done.code, done.err) == (0, "")
    assert "令和2年度の要求 9 件を引き継ぎました" in done.out
    assert "予算額がないので前年度要求額のもの 9 件" in done.out
    assert "提出期限は空にした" in done.out
