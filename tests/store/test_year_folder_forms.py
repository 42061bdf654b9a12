from __future__ import annotations

from pathlib import Path

from yosan_xl.form.load import load_definition
from yosan_xl.resources import template_folder
from yosan_xl.store.year_folder import (
    form_name,
    keep_form,
    kept_forms,
    kept_name,
    own_forms,
    settings_around,
)

FORM = load_definition("minato-r2")
SOURCE = template_folder("minato-r2") / "form.toml"


def test_keep_form__says_form_version_and_fingerprint(tmp_path: Path) -> None:
    keep_form(tmp_path, FORM, SOURCE)
    assert [path.name for path in (tmp_path / "様式").iterdir()] == [kept_name(FORM)]
    assert kept_name(FORM) == f"minato-r2-1-{FORM.sha256[:8]}.toml"


def test_keep_form__leaves_one_that_is_there(tmp_path: Path) -> None:
    keep_form(tmp_path, FORM, SOURCE)
    target = tmp_path / "様式" / kept_name(FORM)
    target.write_text("old")
    keep_form(tmp_path, FORM, SOURCE)
    assert target.read_text() == "old"


def test_kept_forms__leaves_out_what_is_none(tmp_path: Path) -> None:
    assert list(kept_forms(tmp_path)) == []
    keep_form(tmp_path, FORM, SOURCE)
    (tmp_path / "様式" / "a.toml").write_text("id = 1")
    (tmp_path / "様式" / "b.toml").write_text("= =")
    (tmp_path / "様式" / "c.toml").write_bytes(b"\xff")
    assert [form.sha256 for form, _ in kept_forms(tmp_path)] == [FORM.sha256]


def test_settings_around__none_where_they_make_no_sense(tmp_path: Path) -> None:
    (tmp_path / "yosan.toml").write_text("= =", encoding="utf-8")
    assert settings_around(tmp_path) is None
    template = (SOURCE.parent / "yosan.toml").read_text(encoding="utf-8")
    (tmp_path / "yosan.toml").write_text(template, encoding="utf-8")
    settings = settings_around(tmp_path)
    assert settings is not None
    assert settings.folders.kept == "記録"


def test_own_forms__a_file_or_a_folder_of_its_own(tmp_path: Path) -> None:
    assert list(own_forms(tmp_path)) == []
    for name in ("様式/a.toml", "様式/b/form.toml", "様式/b/other.toml", "様式/c/d/form.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [form_name(path) for path in own_forms(tmp_path)] == ["a", "b"]


def test_kept_forms__leaves_out_what_would_never_end(tmp_path: Path) -> None:
    (tmp_path / "様式").mkdir()
    nested = ("a." * 99 + "a = [\n{") * 50 + "}\n]" * 50
    for name, text in (
        ("dots", "a." * 50_000 + "b = 1"),
        ("nested", nested),
        ("open", "a=[\n" * 9_999),
    ):
        (tmp_path / "様式" / f"{name}.toml").write_text(text, encoding="utf-8")
    assert list(kept_forms(tmp_path)) == []
