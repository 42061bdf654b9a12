"""Help pages: Japanese throughout, with an example, on a terminal of 80 columns."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Yosan
from yosan_xl.cli.help_page import wrapped
from yosan_xl.cli.main import VERBS
from yosan_xl.report.printable import columns

ENGLISH = re.compile(
    r"usage|options|commands?\b|arguments?\b|show|message|exit|required|default|\bargs\b", re.I
)
PAGES = pytest.mark.parametrize("arguments", [[], *([verb] for verb in VERBS)], ids=str)


@PAGES
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help__is_japanese_and_has_an_example(
    arguments: list[str], flag: str, yosan: Yosan
) -> None:
    done = yosan(*arguments, flag)
    assert (done.code, done.err) == (0, "")
    assert "使い方: yosan-xl" in done.out
    assert "\n  例: yosan-xl " in done.out
    # The names of verbs are English: archive has `show`.
    assert not ENGLISH.search(re.sub(r"(?m)^  [a-z]+ |^  例: .*", "", done.out))


@PAGES
def test_help__fits_a_terminal_of_80_columns(
    arguments: list[str], yosan: Yosan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = yosan(*arguments, "--help").out.splitlines()
    assert all(columns(line) < 80 for line in lines)
    assert not any(line.lstrip().startswith(("、", "。", "）", "」")) for line in lines)
    examples = [line for line in lines if "例:" in line]
    assert len(examples) == 1
    assert lines[-1] == examples[0], "an example is copied: it stands on one line"


def test_help__lists_every_verb(yosan: Yosan) -> None:
    done = yosan("--help")
    assert all(re.search(rf"^  {verb} +[^ ]", done.out, re.M) for verb in VERBS)


def test_no_verb__shows_the_help_and_is_wrong_use(yosan: Yosan) -> None:
    done = yosan()
    assert (done.code, done.out) == (2, "")
    assert done.err == yosan("--help").out


def test_help__says_what_must_be_given_and_what_is_taken_otherwise(yosan: Yosan) -> None:
    out = yosan("init", "--help").out
    assert "[必須]" in out
    assert "[省略時: text]" in yosan("diff", "--help").out


def test_wrapped__breaks_between_characters_but_not_in_a_word_or_before_a_closing_mark() -> None:
    assert wrapped("年度を、書く。yosan-xl です", 6) == [
        "年度",
        "を、書",
        "く。",
        "yosan-xl",
        "です",
    ]


def test_columns__a_wide_character_takes_two() -> None:
    assert (columns("年度R2"), columns("①")) == (6, 2)
