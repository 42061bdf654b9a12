"""Generated files are what would be generated."""

from __future__ import annotations

from scripts.make_docs import generated, stale


def test_generated_files__are_up_to_date() -> None:
    assert stale() == []


def test_generated_files__say_so_and_with_which_command() -> None:
    for path, text in generated().items():
        assert "python -m scripts.make_docs" in text[:300], path
