"""The yosan.toml that a year with an own form begins with: in the form's words, and nothing that the form has not."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.form.samples import form
from yosan_xl.form.definition import Definition
from yosan_xl.form.load import parse_definition
from yosan_xl.resources import template_folder
from yosan_xl.usecases.settings_text import settings_text

FOLDER = template_folder("municipal-1")
TEMPLATE = (FOLDER / "yosan.toml").read_text(encoding="utf-8")
FORM = (FOLDER / "form.toml").read_text(encoding="utf-8")


def city(*changes: tuple[str, str]) -> Definition:
    text = FORM
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse_definition(text.encode(), "form.toml")


def test_settings__of_the_template_s_own_form_say_all_of_it() -> None:
    found = settings_text(TEMPLATE, city(), {})
    assert tomllib.loads(found) == tomllib.loads(TEMPLATE)
    assert "都支出金" in found


def test_settings__have_the_labels_of_the_form() -> None:
    changes = (
        ('"前年度当初"', '"前年当初額"'),
        ('"事業名"', '"細々事業"'),
        ('"事業区分"', '"種別"'),
    )
    found = settings_text(TEMPLATE, city(*changes), {})
    assert '# 例 columns = { "細々事業" = "事業名称", "前年当初額" = "当初予算額" }' in found
    assert "# 「種別」で選べる言葉。" in found
    assert tomllib.loads(found) == tomllib.loads(TEMPLATE)


@pytest.mark.parametrize(
    ("name", "lacking"),
    [("small_town", {"prefecture", "categories", "prior"}), ("prefecture", {"prefecture"})],
)
def test_settings__lack_what_the_form_does_not_ask_for(name: str, lacking: set[str]) -> None:
    asked = settings_text(TEMPLATE, form(name), {})
    assert lacking <= tomllib.loads(TEMPLATE).keys() - tomllib.loads(asked).keys()
    assert "事業区分" not in asked
    assert "prefecture" in tomllib.loads(settings_text(TEMPLATE, form(name), {"prefecture": "x"}))


def test_settings__of_a_form_in_yen_round_nothing() -> None:
    yen = city()
    yen = replace(yen, axes=replace(yen.axes, unit="円"))
    assert "rounding" not in tomllib.loads(settings_text(TEMPLATE, yen, {}))


def test_settings__end_with_one_line_break(tmp_path: Path) -> None:
    for name in ("small_town", "prefecture", "municipal-1"):
        text = settings_text(TEMPLATE, form(name), {})
        assert text.endswith("\n")
        assert "\n\n\n" not in text


def test_settings__show_ceilings_in_the_words_of_the_form() -> None:
    renamed = city(('"一般財源"', '"一般財源等"'), ('"要求額"', '"概算額"'))
    renamed = replace(renamed, axes=replace(renamed.axes, unit="円"))
    found = settings_text(TEMPLATE, renamed, {})
    part = found[found.index("# 部や課のシーリング") :]
    assert '# of は "一般財源等" か "概算額"、上限は limit（円）か' in part
    assert part.count('# of = "一般財源等"\n') == part.count('# of = "概算額"\n') == 1


def test_settings__show_no_ceiling_of_what_the_form_has_not() -> None:
    without = city()
    kept = tuple(one for one in without.axes.sources if not one.is_rest)
    without = replace(without, axes=replace(without.axes, sources=kept))
    found = settings_text(TEMPLATE, without, {})
    part = found[found.index("# 部や課のシーリング") :]
    assert "一般財源" not in part
    assert '# of は "要求額"、上限は' in part
    assert "# categories" not in settings_text(TEMPLATE, form("small_town"), {})
