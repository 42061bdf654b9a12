"""`init`: make a year folder, from the form's template or from an earlier year."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.model.comparison import Basis, Figure
from yosan_xl.model.department import Expected
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.resources import data_root
from yosan_xl.store.settings_file import SETTINGS_NAME
from yosan_xl.store.succession_file import SUCCESSION_NAME
from yosan_xl.store.write import write_new_bytes
from yosan_xl.store.year_folder import YearFolder, carry_year_folder, create_year_folder
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.succession import keep_prior
from yosan_xl.usecases.year import find_definition
from yosan_xl.usecases.year_source import YearSource, open_source

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

    `without` are the units that 組織.csv says ask for nothing: that was last year.
    """

    year: FiscalYear
    file: Path
    basis: Basis
    settings: bool
    without: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class NewYear:
    """A year folder that was made; `carried` where it was made from an earlier year."""

    root: Path
    year: FiscalYear
    departments: int
    carried: Carried | None = None


def init(
    root: Path, year: FiscalYear, form: str | None = None, source: str | None = None
) -> NewYear:
    """Make the year folder `root`; raise WrongInput where that cannot be.

    `source` is an earlier year (see `open_source`): its requests are kept for `generate`, and of a
    year folder the settings and the roster are taken over, with its form unless `form` is given.
    """
    before = _earlier(source, year) if source else None
    made = _folder(root, year, form, before)
    carried = _carry(made, before) if before else None
    return NewYear(root, made.settings.year, len(made.roster), carried)


def _earlier(source: str, year: FiscalYear) -> YearSource:
    before = open_source(source)
    found = before.requests.year
    if found >= year:
        place = Place(before.requests.source)
        raise WrongInput(codes.NOT_EARLIER.at(place, found=found.label, wanted=year.label))
    return before


def _folder(
    root: Path, year: FiscalYear, form: str | None, before: YearSource | None
) -> YearFolder:
    templates = data_root() / "templates"
    with suppress(KeyError):  # a form that there is not is told of below
        find_definition(form or USUAL_FORM)
    if before is None or before.folder is None:
        return create_year_folder(root, year, form or USUAL_FORM, templates)
    try:
        return carry_year_folder(
            root, year=year, before=before.folder, form=form, templates=templates
        )
    except ValueError as error:
        raise WrongInput(codes.NO_ONE_LINE.at(Place(SETTINGS_NAME))) from error


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
    )
