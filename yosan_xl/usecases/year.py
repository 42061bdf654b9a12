"""The year folder a command works in: the one given, or the one around us."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from yosan_xl.resources import template_folder
from yosan_xl.store.faults import UNKNOWN_FORM
from yosan_xl.store.settings_file import find_year_folder
from yosan_xl.store.year_folder import (
    UnknownForm,
    YearFolder,
    open_year_folder,
)
from yosan_xl.usecases.forms import has_form


def open_year(start: Path) -> YearFolder:
    """Open the year folder at or above `start`; raise WrongInput where there is none."""
    return _with_known_form(open_year_folder(find_year_folder(start) or start))


def books_in(paths: Iterable[Path]) -> list[Path]:
    """Give the paths to read: a year folder stands for its 提出; raise WrongInput."""
    return [
        open_year_folder(path).submitted if find_year_folder(path) == path.absolute() else path
        for path in paths
    ]


def year_of(paths: Iterable[Path]) -> YearFolder | None:
    """Open the year folder around the first of `paths` that has one, None outside of any."""
    for path in paths:
        found = find_year_folder(path if path.is_dir() else path.parent)
        if found:
            return _with_known_form(open_year_folder(found))
    return None


def _with_known_form(year: YearFolder) -> YearFolder:
    """Give the year folder; raise WrongInput where its yosan.toml names a form we do not have."""
    form = year.settings.form
    if has_form(year):
        return year
    known = sorted(path.parent.name for path in template_folder(form).parent.glob("*/form.toml"))
    raise UnknownForm(UNKNOWN_FORM, year.root / "yosan.toml", form=form, known="、".join(known))
