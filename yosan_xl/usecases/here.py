"""Whether we are in a year folder, and which ones lie here: what is asked before anything else is loaded."""

from __future__ import annotations

from pathlib import Path

from yosan_xl.store.settings_file import find_year_folder, years_below


def is_in_year(here: Path) -> bool:
    """Return whether `here` is a year folder or in one."""
    return find_year_folder(here) is not None


def years_in(here: Path) -> tuple[str, ...]:
    """Return the names of the year folders that lie in a folder."""
    return years_below(here)
