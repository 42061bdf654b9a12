"""The year folder a command works in, and the form definitions that its books were issued with.

A form is the program's, the year folder's own (様式/), or kept with the year's books (記録/様式): it is found here and
nowhere else. Its words have the prefecture's of the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import (
    USUAL_FORM,
    Definition,
    DefinitionError,
    Field,
)
from yosan_xl.form.load import load_definition
from yosan_xl.form.plan import Plan
from yosan_xl.model.axes import Axes
from yosan_xl.model.finding import Finding
from yosan_xl.model.request import Document
from yosan_xl.model.settings import Settings
from yosan_xl.model.text import shortened
from yosan_xl.resources import template_folder
from yosan_xl.store.faults import PathError, StoreError, shown
from yosan_xl.store.levels_file import LEVELS, missing_level
from yosan_xl.store.settings_file import (
    SettingsError,
    find_year_folder,
    missing_setting,
    odd_accounts,
    odd_ceilings,
    odd_stages,
    wrong_rows,
)
from yosan_xl.store.snapshot import ABSENT
from yosan_xl.store.year_folder import (
    UNKNOWN_FORM,
    UnknownForm,
    YearFolder,
    form_data,
    form_name,
    keep_form,
    kept_forms,
    open_year_folder,
    own_forms,
    read_form,
    settings_around,
)
from yosan_xl.usecases.errors import WrongInput, broken_form

_WORD = "県"
"""What stands for {prefecture} where no year says."""

_SHOWN = 40
"""Characters of an unknown form's name that are repeated."""

_LEVEL_LISTS = {"level2": LEVELS[2], "level3": LEVELS[3]}


def find_definition(
    form_id: str, sha256: str | None = None, near: Path | None = None
) -> Definition:
    """Return the definition of that id: the one with this fingerprint, else the first there is.

    The year folder around `near` goes before the program: its own, then those kept with its books. Raises KeyError where
    there is none, WrongInput where one that is asked for makes no sense.
    """
    shipped = _shipped(form_id)
    if shipped is not None and sha256 == shipped.sha256:
        return _worded(shipped, near)
    root = find_year_folder(near) if near is not None else None
    own = _forms_in(root, form_id, strict=sha256 is None) if root else iter(())
    first: Definition | None = None
    forms = (form for form, _ in own)
    for form in chain(forms, (shipped,) if shipped is not None else ()):
        if sha256 in (None, form.sha256):
            return _worded(form, near)
        first = first or form
    if first is None:
        raise KeyError(form_id)
    return _worded(first, near)


@dataclass(frozen=True, slots=True)
class FormFinder:
    """Finds the definitions of the books at a path."""

    near: Path

    def __call__(self, form_id: str, sha256: str | None) -> Definition:
        """Return `find_definition` of it."""
        return find_definition(form_id, sha256, self.near)

    def known(self) -> tuple[Definition, ...]:
        """Return what a book may have been made from that does not say."""
        return known_definitions(self.near)


def finder(near: Path) -> FormFinder:
    """Return `find_definition` for the books at `near`."""
    return FormFinder(near)


def known_definitions(near: Path | None = None) -> tuple[Definition, ...]:
    """Return every definition there is: the form of the year around `near`, its others, then the program's.

    Those that make no sense are left out.
    """
    root = find_year_folder(near) if near is not None else None
    found: dict[str, Definition] = {}
    with suppress(WrongInput, KeyError):
        if root and (settings := settings_around(root)):
            usual = find_definition(settings.form, near=root)
            found[usual.sha256] = usual
    own = chain(_readable(own_forms(root)), (form for form, _ in _kept(root))) if root else ()
    for form in chain(own, _readable(shipped_forms())):
        found.setdefault(form.sha256, _worded(form, near))
    return tuple(found.values())


def shipped_forms() -> tuple[Path, ...]:
    """Return the files of the definitions that come with the program, the usual form's first."""
    found = template_folder(USUAL_FORM).parent.glob("*/form.toml")
    return tuple(sorted(found, key=lambda path: (form_name(path) != USUAL_FORM, path)))


def definition_of(document: Document, near: Path | None = None) -> Definition:
    """Return the form of a request document, as the year around `near` has it; raise UnknownForm where we have none such.

    A document of the first vocabulary names no form: it is of the year's, where that is of the first vocabulary too.
    """
    form = document.get("form")
    if form is not None:
        try:
            return find_definition(str(form), near=near)
        except KeyError:
            raise unknown_form(str(form), near or Path(), near) from None
    with suppress(KeyError):
        root = find_year_folder(near) if near is not None else None
        if root and (settings := settings_around(root)):
            own = find_definition(settings.form, near=root)
            if own.vocabulary == 1:
                return own
    return find_definition(USUAL_FORM, near=near)


def axes_of(document: Document, near: Path | None = None) -> Axes:
    """Return the axes of a request document."""
    return definition_of(document, near).axes


def form_of(year: YearFolder) -> Definition:
    """Return the definition of a year's form; raise KeyError where there is none (see `open_year`)."""
    return find_definition(year.settings.form, near=year.root)


def form_around(path: Path) -> Definition:
    """Return the form of the year folder around a file, the usual one where there is no such year."""
    with suppress(StoreError):
        if year := year_of([path]):
            return form_of(year)
    return find_definition(USUAL_FORM)


def plan_of(definition: Definition, settings: Settings) -> Plan:
    """Compile a form for the settings of a year; raise WrongInput where it makes no sense."""
    try:
        return compile_plan(definition, settings.year, settings.line_rows or None)
    except DefinitionError as error:
        raise _broken(template_folder(definition.id) / "form.toml", error) from error


def unsuited(definition: Definition, settings: Settings) -> Iterator[Finding]:
    """Yield what a form needs of yosan.toml and 科目.csv that is not there."""
    lists = lists_asked(definition)
    if says_prefecture(definition) and not settings.prefecture:
        yield missing_setting("prefecture")
    if "categories" in lists and not settings.categories:
        yield missing_setting("categories")
    if lists & {"accounts", "kan", "level1"} and not settings.accounts:
        yield missing_setting("accounts")
    for depth, (key, name) in enumerate(_LEVEL_LISTS.items(), 3):
        if key in lists and not any(len(path) >= depth for path in settings.levels):
            yield missing_level(name)
    if definition.vocabulary > 1:
        yield from odd_accounts(settings)
    yield from _unsuited_rows(definition, settings.line_rows)
    yield from odd_stages(settings, definition.axes)


def most_rows(definition: Definition) -> list[int]:
    """Return how many rows yosan.toml may give each group of all lists."""
    return [group.most for own in definition.lists for group in own.groups]


def _unsuited_rows(definition: Definition, rows: tuple[int, ...]) -> Iterator[Finding]:
    most = most_rows(definition)
    if not rows or (len(rows) == len(most) and all(map(int.__le__, rows, most))):
        return
    wanted = "、".join(f"1から {one}まで" for one in most)
    yield wrong_rows(f"は {len(most)}つの整数({wanted})の並びです")


def lists_asked(definition: Definition) -> set[str | None]:
    """Return the lists of choices that a form's fields and columns ask for."""
    return {field.choices for field in _choosing(definition)}


def says_prefecture(definition: Definition) -> bool:
    """Return whether a form's words have 都, 道, 府 or 県 in them."""
    return bool(definition.prefecture) or _has_word(definition)


def _choosing(definition: Definition) -> Iterator[Field]:
    yield from definition.fields.values()
    for own in definition.lists:
        yield from (column.field for column in own.columns)


def has_form(year: YearFolder) -> bool:
    """Return whether the year's form is known: to the program, or in the year folder."""
    try:
        form_of(year)
    except KeyError:
        return False
    return True


def own_file(definition: Definition, near: Path) -> Path | None:
    """Return the file of a definition in the year folder around `near`; None for one that comes with the program."""
    if _is_file_of(template_folder(definition.id) / "form.toml", definition):
        return None
    root = find_year_folder(near)
    found = [path for _, path in _forms_in(root, definition.id, strict=False)] if root else []
    return next((path for path in found if _is_file_of(path, definition)), None)


def form_source(definition: Definition, near: Path) -> Path | None:
    """Return the file of a definition, None where there is none: that of the program, or of the year around `near`."""
    shipped = template_folder(definition.id) / "form.toml"
    return shipped if _is_file_of(shipped, definition) else own_file(definition, near)


def keep_year_form(year: YearFolder, definition: Definition) -> None:
    """Keep a definition with the year's books; raise WriteFailed."""
    if source := form_source(definition, year.root):
        keep_form(year.kept, definition, source)


def _is_file_of(path: Path, definition: Definition) -> bool:
    return path.is_file() and read_form(path).sha256 == definition.sha256


@lru_cache
def _shipped(form_id: str) -> Definition | None:
    path = template_folder(form_id) / "form.toml"
    if path not in shipped_forms():
        return None
    try:
        return load_definition(form_id)
    except DefinitionError as error:
        raise _broken(path, error) from error


def _forms_in(root: Path, form_id: str, *, strict: bool) -> Iterator[tuple[Definition, Path]]:
    """Yield a year folder's definitions of an id: its own, then those kept with its books, the last version first.

    An own one that makes no sense is refused where `strict`, else left out: a draft must not keep books from being read.
    """
    for path in own_forms(root):
        if form_name(path) == form_id:
            with nullcontext() if strict else suppress(WrongInput):
                yield open_form(path, form_id), path
    kept = [(form, path) for form, path in _kept(root) if form.id == form_id]
    yield from sorted(kept, key=lambda one: -one[0].version)


def open_form(path: Path, form_id: str | None = None) -> Definition:
    """Return the definition in a file; raise WrongInput with every fault, also where its id is not `form_id`."""
    try:
        form = read_form(path)
    except DefinitionError as error:
        raise _broken(path, error) from error
    check_home(form, path, form_id)
    return form


def check_home(form: Definition, path: Path, home: str | None) -> None:
    """Raise WrongInput where the id of a form is not what its place is called."""
    if home is None or form.id == home:
        return
    from yosan_xl.form.language import (
        home_faults,
    )  # who has a form of the first vocabulary needs no other

    text = form_data(path).decode("utf-8").replace("\r\n", "\n")
    raise _broken(path, DefinitionError(home_faults(form.id, home, text)))


def _broken(path: Path, error: DefinitionError) -> WrongInput:
    return broken_form(shown(path), error)


def _kept(root: Path) -> Iterator[tuple[Definition, Path]]:
    settings = settings_around(root)
    return kept_forms(root / settings.folders.kept) if settings else iter(())


def _readable(paths: Iterable[Path]) -> Iterator[Definition]:
    for path in paths:
        with suppress(DefinitionError):
            yield read_form(path)


def _has_word(definition: Definition) -> bool:
    return _with_word(definition, _WORD) is not definition


@lru_cache(maxsize=32)
def _with_word(definition: Definition, word: str) -> Definition:
    # One Definition for all books of a year: plans and schemas are cached by it.
    return definition.worded(word)


def _worded(definition: Definition, near: Path | None) -> Definition:
    """Return a definition with 都, 道, 府 or 県 as the year around `near` has it."""
    if not _has_word(definition):
        return definition
    root = find_year_folder(near) if near is not None else None
    settings = settings_around(root) if root else None
    return _with_word(definition, (settings.prefecture_word if settings else "") or _WORD)


def open_year(start: Path) -> YearFolder:
    """Open the year folder at or above `start`; raise WrongInput where there is none, or `start` itself is not there.

    A misspelt folder must not be taken for the year that we are in.
    """
    if not start.exists():
        raise PathError(ABSENT, start)
    return _with_known_form(open_year_folder(find_year_folder(start) or start))


def books_in(paths: Iterable[Path], year: YearFolder | None = None) -> list[Path]:
    """Return the paths to read: a year folder (that is open already as `year`) stands for its 提出; raise WrongInput."""
    return [_submitted(path, year) for path in paths]


def _submitted(path: Path, year: YearFolder | None) -> Path:
    if find_year_folder(path) != path.absolute():
        return path
    is_open = year is not None and year.root.absolute() == path.absolute()
    return (year if is_open and year else open_year_folder(path)).submitted


def year_of(paths: Iterable[Path]) -> YearFolder | None:
    """Open the year folder around the first of `paths` that has one, None outside of any."""
    for path in paths:
        found = find_year_folder(path if path.is_dir() else path.parent)
        if found:
            return _with_known_form(open_year_folder(found))
    return None


def _with_known_form(year: YearFolder) -> YearFolder:
    """Return the year folder; raise WrongInput where its form is none we have, or the settings do not suit it."""
    if not has_form(year):
        raise unknown_form(year.settings.form, year.root / "yosan.toml", year.root)
    form = form_of(year)
    ceilings = odd_ceilings(year.settings, year.roster, form.axes)
    if found := [*unsuited(form, year.settings), *ceilings]:
        raise SettingsError(*found)
    return year


def unknown_form(form: str, path: Path, near: Path | None = None) -> UnknownForm:
    """Return what says that there is no such form, and which there are."""
    root = find_year_folder(near) if near is not None else None
    known = sorted(
        {*map(form_name, shipped_forms()), *map(form_name, own_forms(root) if root else ())}
    )
    return UnknownForm(UNKNOWN_FORM, path, form=shortened(form, _SHOWN), known="、".join(known))
