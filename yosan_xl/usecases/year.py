"""The year folder a command works in, and the form definitions that its books were issued with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import USUAL_FORM, Definition, DefinitionError
from yosan_xl.form.load import load_definition
from yosan_xl.form.plan import Plan
from yosan_xl.model.finding import Place
from yosan_xl.model.settings import Settings
from yosan_xl.resources import template_folder
from yosan_xl.store.faults import shown
from yosan_xl.store.settings_file import find_year_folder
from yosan_xl.store.year_folder import (
    UNKNOWN_FORM,
    UnknownForm,
    YearFolder,
    keep_form,
    kept_folder,
    kept_forms,
    open_year_folder,
)
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput


def find_definition(
    form_id: str, sha256: str | None = None, near: Path | None = None
) -> Definition:
    """Return a definition: the program's, else the one kept in the year folder around `near`.

    Without `sha256` any definition of that id will do. Raises KeyError where there is none, WrongInput
    where the program's makes no sense.
    """
    shipped = _shipped(form_id)
    if shipped is not None and sha256 in (None, shipped.sha256):
        return shipped
    kept = _kept(form_id, sha256, near) if near is not None else None
    found = kept or shipped
    if found is None:
        raise KeyError(form_id)
    return found


def finder(near: Path) -> Callable[[str, str | None], Definition]:
    """Return `find_definition` for the books at `near`."""
    return lambda form_id, sha256: find_definition(form_id, sha256, near)


def form_of(year: YearFolder) -> Definition:
    """Return the definition of a year's form; raise KeyError where there is none (see `open_year`)."""
    return find_definition(year.settings.form, near=year.root)


def form_around(path: Path) -> Definition:
    """Return the form of the year folder around a file, the usual one where there is no such year."""
    with suppress(WrongInput):
        if year := year_of([path]):
            return form_of(year)
    return find_definition(USUAL_FORM)


def plan_of(definition: Definition, settings: Settings) -> Plan:
    """Compile a form for the settings of a year; raise WrongInput where it makes no sense."""
    try:
        return compile_plan(definition, settings.year, settings.line_rows)
    except DefinitionError as error:
        raise _broken(definition.id, error) from error


def has_form(year: YearFolder) -> bool:
    """Return whether the year's form is known: to the program, or kept in the year folder."""
    try:
        form_of(year)
    except KeyError:
        return False
    return True


def is_shipped(definition: Definition) -> bool:
    """Return whether the program comes with just this definition."""
    shipped = _shipped(definition.id)
    return shipped is not None and shipped.sha256 == definition.sha256


def keep_year_form(year: YearFolder, definition: Definition) -> None:
    """Keep a definition with the year's books, where it comes with the program; raise WriteFailed."""
    if is_shipped(definition):
        keep_form(year.kept, definition, template_folder(definition.id) / "form.toml")


@lru_cache
def _shipped(form_id: str) -> Definition | None:
    try:
        return load_definition(form_id)
    except KeyError:
        return None
    except DefinitionError as error:
        raise _broken(form_id, error) from error


def _broken(form_id: str, error: DefinitionError) -> WrongInput:
    place = Place(shown(template_folder(form_id) / "form.toml"))
    return WrongInput(codes.BROKEN_FORM.at(place, problem=str(error)))


def _kept(form_id: str, sha256: str | None, near: Path) -> Definition | None:
    root = find_year_folder(near)
    folder = kept_folder(root) if root else None
    if folder is None:
        return None
    own = (form for form in kept_forms(folder) if form.id == form_id)
    return next((form for form in own if sha256 in (None, form.sha256)), None)


def open_year(start: Path) -> YearFolder:
    """Open the year folder at or above `start`; raise WrongInput where there is none."""
    return _with_known_form(open_year_folder(find_year_folder(start) or start))


def books_in(paths: Iterable[Path]) -> list[Path]:
    """Return the paths to read: a year folder stands for its 提出; raise WrongInput."""
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
    """Return the year folder; raise WrongInput where its yosan.toml names a form we do not have."""
    form = year.settings.form
    if has_form(year):
        return year
    known = sorted(path.parent.name for path in template_folder(form).parent.glob("*/form.toml"))
    raise UnknownForm(UNKNOWN_FORM, year.root / "yosan.toml", form=form, known="、".join(known))
