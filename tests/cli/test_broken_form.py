"""A form definition with a typing error: a sentence that names the file, whatever the command."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from yosan_xl import resources
from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.usecases import year as year_module


@pytest.fixture
def form(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The program's form definition, in a copy that may be spoilt."""
    for name in ("templates", "schemas"):
        shutil.copytree(resources.data_root() / name, tmp_path / "data" / name)
    monkeypatch.setattr(resources, "data_root", lambda: tmp_path / "data")
    year_module._shipped.cache_clear()
    yield tmp_path / "data" / "templates" / USUAL_FORM / "form.toml"
    year_module._shipped.cache_clear()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('kind = "money"', 'kind = "muney"', "muney"),
        ("[fields]", "[fields", "form.toml:38 YX606"),
        ('kind = "over_line"', 'kind = "over_lime"', "over_lime"),
    ],
)
def test_yx606__hits_with_the_file_and_the_cause(
    right: str, wrong: str, told: str, form: Path, yosan: Yosan, handed_in: Path, tmp_path: Path
) -> None:
    text = form.read_text(encoding="utf-8")
    assert right in text
    form.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    year_module._shipped.cache_clear()
    done = [yosan("generate", handed_in)]
    if "over" not in right:  # what only a plan shows is no matter of the settings
        done.append(yosan("validate", handed_in))
        done.append(yosan("init", tmp_path / "R3", "--year", "R3", "--form", USUAL_FORM))
        assert not (tmp_path / "R3" / "yosan.toml").exists()
    for one in done:
        assert one.code == 2, one.err
        assert "YX606" in one.err
        assert "form.toml" in one.err
        assert told in one.err


def test_yx606__does_not_hit_another_label(form: Path, yosan: Yosan, year: Path) -> None:
    text = form.read_text(encoding="utf-8")
    form.write_text(text.replace("事業名", "事業の名称"), encoding="utf-8")
    year_module._shipped.cache_clear()
    done = yosan("generate", year, "--department", "税務課")
    assert (done.code, done.err) == (0, "")
