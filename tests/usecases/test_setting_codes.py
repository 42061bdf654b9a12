"""Codes of a year folder that cannot be used: what is set wrong is said by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.usecases.year import make_year
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.init import init
from yosan_xl.usecases.year import open_year


def test_yx067__hits_a_password_that_is_not_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = make_year(tmp_path / "R2")
    monkeypatch.delenv("YOSAN_NO_SUCH", raising=False)
    _set(year, 'password_env = ""', 'password_env = "YOSAN_NO_SUCH"')
    with pytest.raises(WrongInput, match="YX067 誤り 環境変数「YOSAN_NO_SUCH」に"):
        generate(year, "税務課")


def test_yx078__hits_a_key_that_is_misspelt(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    _set(year, "municipality =", "municipalty =")
    with pytest.raises(WrongInput, match="YX078 誤り 「municipalty」という項目は"):
        open_year(year)


def test_yx087__hits_a_form_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="YX087"):
        init(tmp_path / "R9", FiscalYear(2027), "minato-r9")


def test_yx088__hits_a_folder_without_settings(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="YX088"):
        open_year(tmp_path)


def _set(year: Path, old: str, new: str) -> None:
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    assert old in settings
    (year / "yosan.toml").write_text(settings.replace(old, new), encoding="utf-8")
