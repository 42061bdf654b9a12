"""`init`: make a year folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.resources import data_root
from yosan_xl.store.year_folder import create_year_folder


@dataclass(frozen=True, slots=True)
class NewYear:
    """A year folder that was made."""

    root: Path
    year: FiscalYear
    departments: int


def init(root: Path, year: FiscalYear, form: str) -> NewYear:
    """Make the year folder `root` for the form; raise WrongInput where that cannot be."""
    made = create_year_folder(root, year, form, data_root() / "templates")
    return NewYear(root, made.settings.year, len(made.roster))
