"""Groups of verbs: their list needs none of them, a verb's help goes on from it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.conftest import Yosan
from tests.cli.test_main import ENVIRONMENT
from yosan_xl.cli import archive
from yosan_xl.cli.main import VERBS


def _loaded(*arguments: str) -> set[str]:
    """Give the modules that are loaded when a command ends."""
    code = f"""
import sys
from yosan_xl.cli.main import run
try:
    run({list(arguments)!r})
finally:
    print(*sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, check=True
    )
    return set(done.stdout.decode().splitlines()[-1].split())


def test_help__loads_no_verb() -> None:
    loaded = _loaded("--help")
    assert "yosan_xl.cli.help_page" in loaded
    assert not {f"yosan_xl.cli.{verb.replace('-', '_')}" for verb in VERBS} & loaded


def test_version__loads_no_help_page() -> None:
    assert "yosan_xl.cli.help_page" not in _loaded("--version")


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb__loads_no_other_verb_and_no_business(verb: str) -> None:
    loaded = _loaded(verb, "--help")
    assert {one for one in VERBS if f"yosan_xl.cli.{one.replace('-', '_')}" in loaded} == {verb}
    assert "yosan_xl.usecases" not in loaded


@pytest.mark.parametrize(
    ("group", "verb", "does"),
    [
        *(((), verb, does) for verb, does in VERBS.items()),
        *((("archive",), verb, does) for verb, does in archive.VERBS.items()),
    ],
)
def test_help_of_a_verb__begins_with_what_the_list_says(
    group: tuple[str, ...], verb: str, does: str, yosan: Yosan
) -> None:
    for _ in range(2):  # the second time from what is loaded already
        text = "".join(yosan(*group, verb, "--help").out.split())
        assert text.count("".join(does.split())) == 1


def test_no_verb__outside_of_a_year_loads_nothing_that_reads_books() -> None:
    loaded = _loaded()
    assert "yosan_xl.cli.overview" in loaded
    assert (
        not {"yosan_xl.usecases.status", "yosan_xl.usecases.submitted.read", "yosan_xl.excel"}
        & loaded
    )
