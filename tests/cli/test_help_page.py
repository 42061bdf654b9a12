"""Help pages: Japanese throughout, with an example, on a terminal of 80 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from tests.cli.conftest import Yosan
from yosan_xl.cli.help_page import in_two_columns, wrapped
from yosan_xl.cli.main import VERBS, main
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
    for verb, does in VERBS.items():
        assert re.search(rf"  {verb} +{re.escape(does)}", done.out), verb


def test_help__begins_with_what_is_used_every_day(yosan: Yosan) -> None:
    verbs = re.findall(r"  ([a-z]+) +[^a-z]", yosan("--help").out)
    assert verbs[:6] == ["generate", "status", "validate", "return", "consolidate", "init"]


def _pages(command: click.Command, *above: str) -> Iterator[tuple[str, ...]]:
    yield above
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _pages(below, *above, name)


@pytest.mark.parametrize("page", list(_pages(main)), ids=" ".join)
def test_help__is_no_longer_than_a_screen(
    page: tuple[str, ...], yosan: Yosan, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 80 columns; 24 lines as terminals have at least, 30 as a window of Windows for the list of all.
    monkeypatch.setenv("COLUMNS", "80")
    lines = yosan(*page, "--help").out.splitlines()
    assert len(lines) <= (24 if page else 30)
    assert all(columns(line) < 80 for line in lines)
    assert lines[0].startswith(f"使い方: {' '.join(('yosan-xl', *page))} ")


def test_in_two_columns__one_to_a_line_where_two_are_too_wide() -> None:
    rows = [("a", "一つ"), ("bb", "二つ"), ("c", "三つ")]
    assert in_two_columns(rows, 30) == ["  a  一つ  bb  二つ\n", "  c  三つ\n"]
    assert in_two_columns(rows, 15) == ["  a   一つ\n", "  bb  二つ\n", "  c   三つ\n"]


def test_help__says_what_must_be_given_and_what_is_taken_otherwise(yosan: Yosan) -> None:
    assert "[必須]" in yosan("fill", "--help").out
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
