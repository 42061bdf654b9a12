"""`init`: make a year folder, from the form's template or from an earlier year."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.model.comparison import Basis, Figure
from yosan_xl.model.department import Expected
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.settings import Settings
from yosan_xl.resources import template_folder
from yosan_xl.store.settings_file import SETTINGS_NAME
from yosan_xl.store.succession_file import SUCCESSION_NAME
from yosan_xl.store.write import write_new_bytes
from yosan_xl.store.year_folder import (
    NewFolder,
    YearFolder,
    carried_content,
    create_year_folder,
    form_data,
    refuse_second,
    template_content,
)
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.prior import keep_prior
from yosan_xl.usecases.settings_text import settings_text
from yosan_xl.usecases.year import (
    find_definition,
    known_definitions,
    open_form,
    own_file,
    unknown_form,
)

if TYPE_CHECKING:
    from yosan_xl.usecases.year_source import YearSource

EMPTY_SUCCESSION = (
    "\ufeff種類,前,後,年度,備考\r\n"
    '"# 前の年度と名前やコードが変わった所管課と事業を、1行に1つ書きます。# の行は読みません。",,,,\r\n'
    '"# 例 所管課,0602,0605 / 所管課,企画経営部 区長室,企画経営部 区政広報室 / 事業,0103-2,0103-1",,,,\r\n'
    '"# 後を空にした事業の行は、続きの事業がないことを表します。",,,,\r\n'
)
"""The 対応表.csv of a year that was carried over: headings and how to fill it in."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What came over from the earlier year: where it is kept, and which amounts it has.

    `without` are the units that 組織.csv says ask for nothing: that was last year. So many `ceilings` were taken over.
    """

    year: FiscalYear
    file: Path
    basis: Basis
    settings: bool
    without: tuple[str, ...]
    findings: tuple[Finding, ...]
    ceilings: int = 0


@dataclass(frozen=True, slots=True)
class NewYear:
    """A year folder that was made, with its `tables` to fill in; `carried` where it was made from an earlier year."""

    root: Path
    settings: Settings
    departments: int
    tables: tuple[str, ...]
    carried: Carried | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a new year is asked to have: a form (by its id or as a file), and the words of the municipality."""

    form: str | None = None
    form_file: Path | None = None
    municipality: str | None = None
    prefecture: str | None = None

    @property
    def words(self) -> dict[str, str]:
        """Return the settings that are given, by their keys."""
        given = {"municipality": self.municipality, "prefecture": self.prefecture}
        return {key: text for key, text in given.items() if text is not None}


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A form that a year may be made with, and a line about it."""

    id: str
    title: str
    about: str


NO_WISHES = Wishes()

_CITY_FORM = "municipal-1"
"""The form of a municipality that names none; its settings and tables serve every form that comes with none of its own."""


def offered_forms(start: Path) -> list[OfferedForm]:
    """Return the forms of the year folder around `start`, where there is one, and of the program."""
    forms = {form.id: form for form in reversed(known_definitions(start))}
    return [OfferedForm(key, form.title, form.about) for key, form in sorted(forms.items())]


def init(
    root: Path, year: FiscalYear, wishes: Wishes = NO_WISHES, source: str | None = None
) -> NewYear:
    """Make the year folder `root`; raise WrongInput where that cannot be.

    `source` is an earlier year (see `open_source`): its requests are kept for `generate`, and of a
    year folder the settings, the tables and the form are taken over, but for what `wishes` has.
    """
    refuse_second(root)
    before = _earlier(source, year) if source else None
    made = create_year_folder(root, _content(year, wishes, before))
    carried = _carry(made, before) if before else None
    return NewYear(root, made.settings, len(made.roster), made.tables, carried)


def _earlier(source: str, year: FiscalYear) -> YearSource:
    from yosan_xl.usecases.year_source import open_source  # a first year has none before it

    before = open_source(source)
    found = before.requests.year
    if found >= year:
        place = Place(before.requests.source)
        raise WrongInput(codes.NOT_EARLIER.at(place, found=found.label, wanted=year.label))
    return before


def _content(year: FiscalYear, wishes: Wishes, before: YearSource | None) -> NewFolder:
    """Return what the year is made of; raise WrongInput."""
    given = open_form(wishes.form_file) if wishes.form_file else None
    folder = before.folder if before else None
    usual = _CITY_FORM if wishes.municipality else USUAL_FORM
    form = given.id if given else wishes.form or (folder.settings.form if folder else usual)
    other = {} if folder and folder.settings.form == form else {"form": form}
    values = {"year": year.label, **other, **wishes.words}
    own = wishes.form_file or _own_file(form, folder)
    content = _carried(folder, values) if folder else _of_template(form, values, own)
    return content._replace(form=(form, form_data(own)) if own else None)


def _own_file(form: str, before: YearFolder | None) -> Path | None:
    """Return the file of a form that does not come with the program; raise WrongInput where there is none."""
    near = before.root if before else None
    try:
        found = find_definition(form, near=near)
    except KeyError as error:
        raise unknown_form(form, Path(form), near) from error
    return own_file(found, near) if near else None


def _carried(folder: YearFolder, values: dict[str, str]) -> NewFolder:
    try:
        return carried_content(folder, values)
    except ValueError as error:
        raise WrongInput(codes.NO_ONE_LINE.at(Place(SETTINGS_NAME))) from error


def _of_template(form: str, values: dict[str, str], own: Path | None) -> NewFolder:
    general = template_folder(_CITY_FORM)
    if own is None:
        return template_content(template_folder(form), general, values)
    content = template_content(general, general, values)
    text = settings_text(content.settings.decode("utf-8"), open_form(own), values)
    return content._replace(settings=text.encode("utf-8"))


def _carry(made: YearFolder, before: YearSource) -> Carried:
    keep_prior(made, before.requests.requests, before.requests.year)
    table = made.root / SUCCESSION_NAME
    if not table.exists():
        write_new_bytes(table, EMPTY_SUCCESSION.encode("utf-8"))
    return Carried(
        year=before.requests.year,
        file=made.prior,
        basis=Basis.of(before.requests.requests, Figure.EITHER),
        settings=before.folder is not None,
        without=tuple(unit.name for unit in made.roster if unit.expected is Expected.NONE),
        findings=before.findings,
        ceilings=len(made.settings.ceilings),
    )
