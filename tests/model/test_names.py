from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.model.text import canonical, match_name
from yosan_xl.resources import template_folder
from yosan_xl.store.settings_file import parse_settings

KAN = ("総務費", "民生費", "衛生費", "産業経済費", "環境清掃費")
SETTINGS = (template_folder("minato-r2") / "yosan.toml").read_bytes()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("民生費", "民生費"),
        ("⺠⽣費", "民生費"),
        ("⺠生費", "民生費"),
        ("民⽣費", "民生費"),
        (" 民生費　", "民生費"),
        ("民 生 費", "民生費"),
        ("民生\n費", "民生費"),
    ],
)
def test_match__a_name_that_only_looks_so(text: str, name: str) -> None:
    assert match_name(text, KAN) == name


@pytest.mark.parametrize("text", ["", "民生", "民生費等", "土木費", "総務費・民生費"])
def test_match__nothing_like_it(text: str) -> None:
    assert match_name(text, KAN) is None


def test_match__itself_before_one_that_looks_so() -> None:
    assert match_name("ＩＴ課", ["IT課", "ＩＴ課"]) == "ＩＴ課"


def test_match__none_of_several() -> None:
    assert match_name("ＩＴ 課", ["IT課", "ＩＴ課"]) is None


def test_match__marks_that_stand_alone() -> None:
    assert match_name("レヘ゛ルアッフ゜事業", ["レベルアップ事業"]) == "レベルアップ事業"


def test_match__takes_any_iterable_once() -> None:
    assert match_name("⺠⽣費", iter(KAN)) == "民生費"


@pytest.mark.parametrize(
    ("radical", "character"),
    [
        *("⺠民", "⽣生", "⾷食", "⾧長", "⻑長", "⻘青", "⽔水", "⺟母", "⽂文", "⼯工", "⼟土"),
        *("⽊木", "⽤用", "⾒見", "⾞車", "⾦金", "⽥田", "⼈人", "⼦子", "⽕火", "⽇日", "⽉月"),
        *("⻄西", "⻩黄", "⿊黒", "⼾戸", "⻤鬼", "⻲亀", "⻫斉", "⻯竜", "⻭歯"),
        *("⻡首", "⻠饣", "⻟飠", "⻞食", "⺜日", "⺧牛"),
    ],
    ids=lambda text: text,
)
def test_canonical__radicals_are_the_characters_they_look_like(
    radical: str, character: str
) -> None:
    assert radical != character
    assert canonical(radical) == canonical(character) == character


def test_canonical__every_radical_becomes_something_else() -> None:
    # U+2E9A is not assigned; the strokes that are left are parts of no name by themselves.
    radicals = [chr(point) for point in (*range(0x2E80, 0x2E9A), *range(0x2E9B, 0x2EF4))]
    radicals += [chr(point) for point in range(0x2F00, 0x2FD6)]
    left = [text for text in radicals if "RADICAL" in unicodedata.name(canonical(text), "")]
    assert "".join(left) == "⺂⺈⺵⺸⺻"


@given(st.text())
def test_canonical__of_the_canonical_is_itself(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(st.sampled_from(KAN))
def test_canonical__decomposed_names_are_the_same(name: str) -> None:
    assert match_name(unicodedata.normalize("NFD", name), KAN) == name


def test_names_of_a_year__are_told_apart() -> None:
    settings = parse_settings(SETTINGS)
    for names in (settings.categories, *(account.kan for account in settings.accounts)):
        assert len({canonical(name) for name in names}) == len(names)
