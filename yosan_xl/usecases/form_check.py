"""`form check`: every fault of a form definition at its line, before a book is made of it; and how large the form is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.layout.page import lay_out
from yosan_xl.excel.layout.paper import page_points
from yosan_xl.excel.styles import BODY_POINTS
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import Definition, DefinitionError, DefinitionFault, FieldKind
from yosan_xl.form.language import home_faults
from yosan_xl.form.load import parse_definition, parse_toml
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.relation import Values
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.faults import shown
from yosan_xl.store.settings_file import find_year_folder, has_settings
from yosan_xl.store.year_folder import form_data, form_name, own_forms
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput, broken_form
from yosan_xl.usecases.year import shipped_forms

FORM_FILE, OWN_FORMS, _SHIPPED = "form.toml", "様式", "templates"
_LEAST_POINTS = 7.0
_ANY_YEAR = FiscalYear(2026)


@dataclass(frozen=True, slots=True)
class FormSize:
    """How large a form is: its fields, the rows of its lists, its amounts, its paper."""

    form: str
    version: int
    title: str
    fields: int
    rows: int
    amounts: int
    paper: str


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A definition file that was looked at: what is wrong, or else how large the form is."""

    file: str
    findings: tuple[Finding, ...]
    size: FormSize | None


def check_forms(wanted: str | None, here: Path) -> tuple[CheckedForm, ...]:
    """Check the definitions that are meant; raise WrongInput where there is none, or one cannot be read.

    `wanted` is an id, a file or a folder; without it the own forms of the year folder around `here`
    are meant, elsewhere all that come with the program.
    """
    return tuple(check_form(path, here) for path in _files(wanted, here))


def check_form(path: Path, here: Path) -> CheckedForm:
    """Check one definition file; raise Unreadable."""
    data = form_data(path)
    file = shown(path.relative_to(here) if path.is_relative_to(here) else path)
    misplaced = _misplaced(path, data)
    try:
        form = parse_definition(data, path.name)
        plan = compile_plan(form, _ANY_YEAR)
        if misplaced:
            raise DefinitionError(misplaced, path.name)
    except DefinitionError as error:
        every = sorted({*misplaced, *error.faults}, key=lambda fault: fault.line or 0)
        broken = broken_form(file, DefinitionError(every, path.name))
        return CheckedForm(file, tuple(broken.findings), None)
    points = _points(plan)
    found = [_small(form, points, file)] if points < _LEAST_POINTS else []
    return CheckedForm(file, tuple(found), _size(form))


def _misplaced(path: Path, data: bytes) -> tuple[DefinitionFault, ...]:
    """Return the fault of a form in a folder of forms whose id is not what its place there is called."""
    home = _home(path.absolute())
    try:
        text = data.decode("utf-8-sig")
        form = parse_toml(text).get("id")
    except (ValueError, RecursionError):  # told where all of it is read
        return ()
    return home_faults(form, home, text) if home and isinstance(form, str) else ()


def _home(path: Path) -> str | None:
    """Return what the place of a form in a folder of forms is called, None anywhere else."""
    folder = path.parent
    if path.name == FORM_FILE and folder.parent.name in (OWN_FORMS, _SHIPPED):
        return folder.name
    return path.stem if folder.name == OWN_FORMS else None


def _size(form: Definition) -> FormSize:
    return FormSize(
        form=form.id,
        version=form.version,
        title=form.title,
        fields=len(form.axes.fields),
        rows=sum(group.rows for own in form.lists for group in own.groups),
        amounts=sum(len(stage.amounts) for stage in form.axes.stages),
        paper=form.paper,
    )


def _small(form: Definition, points: float, file: str) -> Finding:
    return codes.SMALL_PRINT.at(Place(file), form=form.id, points=f"{points:.1f}")


def _points(plan: Plan) -> float:
    """Return how large (pt) the letters are printed where every text is as long as it may be."""
    page = lay_out(plan, _longest(plan))
    area = plan.print_area
    pixels = sum(page.widths[area.left : area.right + 1])
    return BODY_POINTS * min(1.0, page_points(plan)[0] / (pixels * 0.75))


def _longest(plan: Plan) -> Values:
    prose = (slot for slot in plan.slots if slot.kind in (FieldKind.TEXT, FieldKind.PROSE))
    return {slot.name: _text(slot) for slot in prose}


def _text(slot: Slot) -> str | tuple[str, ...]:
    text = slot.picture or "あ" * (slot.max_length or 0)
    return (text,) * slot.area.height if slot.repeats else text


def _files(wanted: str | None, here: Path) -> list[Path]:
    found = list(_named(wanted, here) if wanted else _usual(here))
    if not found:
        raise WrongInput(codes.NO_FORM.at(Place(wanted or shown(here)), known=_known()))
    return found


def _named(wanted: str, here: Path) -> Iterator[Path]:
    """Yield the files that a word means: a file, those in a folder, or the form of that id."""
    path = here / wanted
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from _in_folder(path)
    else:
        every = dict.fromkeys((*_usual(here), *shipped_forms()))
        yield from (own for own in every if wanted == form_name(own))


def _usual(here: Path) -> Iterator[Path]:
    root = find_year_folder(here)
    own = list(own_forms(root)) if root else []
    yield from own or shipped_forms()


def _in_folder(folder: Path) -> Iterator[Path]:
    """Yield the definitions in a folder: its own, those in folders of it, or in 様式 of a year folder."""
    if has_settings(folder):
        yield from own_forms(folder)
        return
    if (folder / FORM_FILE).is_file():
        yield folder / FORM_FILE
        return
    yield from sorted(folder.glob("*.toml"))
    yield from sorted(folder.glob(f"*/{FORM_FILE}"))


def _known() -> str:
    return "、".join(map(form_name, shipped_forms()))
