"""What README and the developers' pages name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from yosan_xl.cli.main import VERBS

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "README.ja.md", "CONTRIBUTING.md", "RELEASING.md", "docs/architecture.md")


def named(page: str) -> list[str]:
    """Return every file of ours that a page names, in `code` or by a link; folders too, which end in `/`."""
    text = (ROOT / page).read_text(encoding="utf-8")
    words = [*re.findall(r"`([^`\n]+)`", text), *re.findall(r"\]\(([^)#:\s]+)", text)]
    return [
        word
        for word in words
        if re.fullmatch(r"[A-Za-z0-9_./-]+\.py|[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]*", word)
    ]


def stands(path: str, page: Path) -> bool:
    """Tell whether there is such a file: below the repository, the package or the page; a bare name anywhere in the package."""
    places = (ROOT, ROOT / "yosan_xl", ROOT / "yosan_xl/excel", page.parent)
    if any((place / path).exists() for place in places):
        return True
    return "/" not in path and any((ROOT / "yosan_xl").rglob(path))


@pytest.mark.parametrize("page", PAGES)
def test_page__names_only_paths_that_exist(page: str) -> None:
    assert named(page)
    assert [path for path in named(page) if not stands(path, ROOT / page)] == []


def test_table__of_the_readme_is_seen_and_a_path_that_went_is_found() -> None:
    assert "yosan_xl/model/money.py" in named("README.md")
    assert not stands("yosan_xl/model/no_such_room.py", ROOT / "README.md")


@pytest.mark.parametrize("page", ["README.md", "README.ja.md"])
def test_page__names_every_command_and_no_option_or_choice_that_is_not_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    known = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"`{verb}" not in text] == []
    options = set(re.findall(r"--[a-z][a-z-]+", text))
    assert [option for option in sorted(options) if option not in known] == []
    choices = {
        word
        for words in re.findall(r"[a-z-]+(?:\\\|[a-z-]+)+", text)
        for word in words.split("\\|")
    }
    assert [word for word in sorted(choices) if word not in known] == []
