"""What README and the developers' pages name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
