"""`generate`: one blank book for each department."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.request_book import SheetContent, request_book
from yosan_xl.form.definition import Definition, Field, FilledBy
from yosan_xl.form.mapping import complete, get, put, sheet_values
from yosan_xl.form.plan import Plan
from yosan_xl.form.relation import CellValue, Values
from yosan_xl.model.axes import Axes
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.request import Document, Request
from yosan_xl.model.settings import Settings
from yosan_xl.model.text import hint
from yosan_xl.store.csv_rows import quoted
from yosan_xl.store.faults import shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.roster_file import short_codes
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.outputs import BLANK, put_all, told_of_paths
from yosan_xl.usecases.prior import (
    PriorProject,
    amounts_in,
    lost_amounts,
    put_amounts,
    read_projects,
)
from yosan_xl.usecases.submitted.form_changes import changed_form
from yosan_xl.usecases.succession import codes_now
from yosan_xl.usecases.year import find_definition, form_of, keep_year_form, open_year, plan_of

Progress = Callable[[Iterable[Department]], Iterable[Department]]

_LONGEST_PASSWORD = 255
"""What the dialogue of Excel takes, in characters."""

SAMPLE = "（例）"
"""What names of a template begin with that a municipality has to replace."""

MOST_SHEETS = 150
"""More request sheets than a unit needs; a book of so many is read again within every limit."""


@dataclass(frozen=True, slots=True)
class Generated:
    """The books that stand there, so many of them `written` now, and what could not be carried over from last year.

    `remade` were there before, as other blanks that nobody had typed into.
    `carried` projects were put in, from the file `source`, `amounts` of them with last year's amounts; None where the form
    has no place for these.
    """

    folder: Path
    books: tuple[Path, ...]
    findings: tuple[Finding, ...]
    written: int
    carried: int = 0
    source: Path | None = None
    amounts: int | None = None
    remade: int = 0


def generate(
    start: Path,
    department: str | None = None,
    last_year: Path | None = None,
    *,
    prior: str | None = None,
    force: bool = False,
    progress: Progress = lambda departments: departments,
) -> Generated:
    """Write the blank books of a year folder into 配布; raise WrongInput.

    `last_year` is a JSON file of last year's requests, whose projects are put in as continuing; without it the one that
    `init --from` or `prior` kept is used. `prior` is a source of last year (see `import_prior`), kept for next time.
    """
    year = open_year(start)
    refuse_samples(year)
    _refuse_changed(year, force=force)
    wanted = [pick(year.roster, department)] if department else list(year.roster)
    plan, password = plan_for(year.settings, year.root), password_of(year.settings)
    definition = form_of(year)
    told, last_year, projects = _last_year(year, last_year or _kept(year), prior)
    before = _by_department(projects, year)
    refuse_too_many({unit: len(before.get(unit.code, ())) for unit in wanted}, _named(last_year))
    # With its books the year keeps what they were made from: they can be read as long as it is there.
    keep_year_form(year, definition)
    books, written, remade = list[Path](), 0, 0
    for unit in progress(wanted):
        path = year.at(FilePlace.BLANK, unit=year.roster.file_stem(unit))
        data = blank_book(
            plan,
            settings=year.settings,
            unit=unit,
            before=before.get(unit.code, []),
            password=password,
            definition=definition,
        )
        is_old = not force and _is_old_blank(path, data, year)
        written += put_all({path: data}, BLANK, force=force or is_old)
        remade += is_old
        books.append(path)
    carried = [project for unit in wanted for project in before.get(unit.code, ())]
    lost = [(_title(one), amounts_in(one, definition.axes).lost) for one in carried]
    return Generated(
        folder=year.handed_out,
        books=tuple(books),
        findings=(
            *told,
            *_not_carried(before, year, last_year),
            *lost_amounts(lost, _named(last_year)),
            *told_of_paths(books),
            *_told_of_year(year),
        ),
        written=written,
        carried=len(carried),
        source=last_year,
        amounts=_with_amounts(carried, definition.axes),
        remade=remade,
    )


def _is_old_blank(path: Path, data: bytes, year: YearFolder) -> bool:
    """Return whether a book is another blank that nobody typed into, in a year in which no book came back yet: it is made anew."""
    if not path.exists() or snapshot(path).data == data or _has_come(year):
        return False
    from yosan_xl.usecases.submitted.misplaced import is_untouched  # settings were changed

    return is_untouched(path, year)


def _has_come(year: YearFolder) -> bool:
    return any(year.submitted.rglob("*.xls*"))


def _last_year(
    year: YearFolder, file: Path | None, prior: str | None
) -> tuple[tuple[Finding, ...], Path | None, list[PriorProject]]:
    """Return last year's projects and the file that has them, with what there is to say of a source that was brought in."""
    projects = read_projects(file, year) if file else []
    if prior is None:
        return (), file, projects
    from yosan_xl.usecases.prior_source import import_prior  # once a year

    told = import_prior(year, prior, projects)
    return told, year.prior, read_projects(year.prior, year)


def _told_of_year(year: YearFolder) -> Iterator[Finding]:
    """Yield what is told of 提出期限 as it is printed, of codes before the first book comes back, and of books of other codes in 配布."""
    from yosan_xl.usecases.submitted.inspection import told_of_deadline
    from yosan_xl.usecases.submitted.misplaced import stale_blanks

    yield from told_of_deadline(year)
    if not _has_come(year):
        yield from short_codes(year.roster)
    yield from stale_blanks(year)


def _refuse_changed(year: YearFolder, *, force: bool) -> None:
    """Raise WrongInput where the form has become another under its version, unless nobody has handed in a book of it yet."""
    changed = [*changed_form(year)]
    if changed and (_has_come(year) or not force):
        raise WrongInput(*changed)


def refuse_samples(year: YearFolder) -> None:
    """Raise WrongInput where names of the template still stand in the settings or the roster."""
    settings = year.settings
    told = {
        "yosan.toml": [settings.municipality, settings.prefecture],
        "組織.csv": [name for unit in year.roster for name in (unit.bureau, unit.section)],
    }
    left = {where: [name for name in names if SAMPLE in name] for where, names in told.items()}
    found = [
        codes.SAMPLE_LEFT.at(Place(where), where=where, words=quoted(dict.fromkeys(names)))
        for where, names in left.items()
        if names
    ]
    if found:
        raise WrongInput(*found)


def _with_amounts(projects: Sequence[PriorProject], axes: Axes) -> int | None:
    if not any(stage.by == FilledBy.PRIOR.value for stage in axes.stages):
        return None
    found = (amounts_in(project, axes).amounts.values() for project in projects)
    return sum(any(amount is not None for amount in own) for own in found)


def refuse_too_many(counts: Mapping[Department, int], file: str) -> None:
    """Raise WrongInput where a unit has more requests than a book may hold."""
    refused = [
        codes.TOO_MANY_SHEETS.at(Place(file), department=unit.name, count=count, most=MOST_SHEETS)
        for unit, count in counts.items()
        if count > MOST_SHEETS
    ]
    if refused:
        raise WrongInput(*refused)


def plan_for(settings: Settings, near: Path | None = None) -> Plan:
    """Compile the year's form: the program's, else the one kept in the year folder `near`."""
    definition = find_definition(settings.form, near=near)
    return plan_of(definition, settings)


def password_of(settings: Settings) -> str:
    """Return the password of the sheets, "" for none; raise WrongInput where it is not set, or could not be typed."""
    name = settings.password_env
    password = os.environ.get(name, "") if name else ""
    if name and not password:
        raise WrongInput(codes.NO_PASSWORD.at(Place("yosan.toml"), name=name))
    if problem := _why_untypable(password):
        place = Place("yosan.toml")
        raise WrongInput(codes.UNTYPABLE_PASSWORD.at(place, name=name, problem=problem))
    return password


def _why_untypable(password: str) -> str | None:
    """Say why nobody could lift a protection by this password, without telling it; None where one can.

    The file keeps 16 bits made from its characters: of those outside ASCII Excel takes the bytes of the computer's code
    page, XlsxWriter the code points.
    """
    if len(password) > _LONGEST_PASSWORD:
        return f"{len(password)}字あります"
    for number, one in enumerate(password, 1):
        if not one.isascii():
            return f"{number}文字目が、半角の英数字でも記号でもありません"
        if not one.isprintable():
            return f"{number}文字目が、改行などの制御文字です"
    return "前か後ろに空白があります" if password != password.strip() else None


def blank_book(
    plan: Plan,
    settings: Settings,
    unit: Department,
    before: Sequence[PriorProject] = (),
    password: str = "",
    definition: Definition | None = None,
) -> bytes:
    """Return the blank book of a department as bytes, with last year's projects put in.

    `definition` is the form's, where it does not come with the program.
    """
    sheets = []
    first = first_choices(settings)
    for number in range(1, max(settings.sheets, len(before)) + 1):
        document = handed_out_document(plan.axes, settings, unit, number)
        if number <= len(before):
            form = definition or find_definition(settings.form)
            _carry_over(before[number - 1], document, form)
        values = sheet_values(document, plan)
        # Nobody computes a book that is only opened: what follows from a preset account or last year's amounts is saved.
        whole = complete(values, plan, first)
        sheets.append(SheetContent(f"{unit.code}-{number}", whole, only_text(values)))
    return request_book(plan, settings=settings, department=unit, sheets=sheets, password=password)


def handed_out_document(axes: Axes, settings: Settings, unit: Department, number: int) -> Document:
    """Return what finance knows of a request before a department writes a word."""
    document: Document = {
        "id": f"{unit.code}-{number}",
        "fiscal_year": settings.year.western,
        "department": {
            "code": unit.code,
            "bureau": unit.bureau or None,
            "section": unit.section or None,
        },
    }
    if account := axes.meanings.get("account"):
        put(document, account, unit.account)
    return document


def first_choices(settings: Settings) -> dict[str, str]:
    """Return the first of each list whose first entry a formula takes where none is chosen."""
    return {"accounts": settings.accounts[0].name} if settings.accounts else {}


def only_text(values: Values) -> dict[str, CellValue]:
    """Return the single cells of a sheet's values: what is compared with what comes back."""
    return {name: value for name, value in values.items() if not isinstance(value, tuple)}


def pick(roster: Roster, wanted: str) -> Department:
    """Return the unit a person means; raise WrongInput where it is none or several."""
    found = roster.find(wanted)
    if len(found) == 1:
        return found[0]
    named = "、".join(f"{unit.code} {unit.name}" for unit in found)
    remedy = (
        f"次のどれかをコードで指定してください: {named}。"
        if found
        else hint(wanted, _names(roster)) + "コード、課、または「部 課」で指定してください。"
    )
    raise WrongInput(
        codes.UNKNOWN_DEPARTMENT.at(
            Place("組織.csv"),
            wanted=wanted,
            problem="いくつもあります" if found else "ありません",
            candidates=remedy,
        )
    )


def _names(roster: Roster) -> list[str]:
    return [name for unit in roster for name in (unit.section or unit.bureau, unit.name)]


def department_code(document: Document) -> str | None:
    """Return the department code of a request document, None where it has none."""
    code = get(document, "/department/code")
    return code if isinstance(code, str) else None


def _named(file: Path | None) -> str:
    return shown(file.name) if file else ""


def _kept(year: YearFolder) -> Path | None:
    path = year.prior
    return path if path.is_file() else None


def _by_department(
    projects: Sequence[PriorProject], year: YearFolder
) -> Mapping[str | None, list[PriorProject]]:
    """Return the projects by the code that their unit has this year; a list has it as it is now."""
    now = codes_now([one.request for one in projects if not one.is_only_listed], year)
    groups: dict[str | None, list[PriorProject]] = {}
    for project in projects:
        code = project.request.department_code
        this_year = code if project.is_only_listed else now.get(code or "", code)
        groups.setdefault(this_year, []).append(project)
    return groups


def _carry_over(before: PriorProject, document: Document, form: Definition) -> None:
    """Put in what a field `carried` held last year, and last year's amounts."""
    for field in form.fields.values():
        text = _text_before(before.request, field, form.axes) if field.carried else None
        if text is not None:
            put(document, field.key, text)
    put_amounts(document, before, form.axes)


def _text_before(request: Request, field: Field, axes: Axes) -> str | None:
    """Return what last year's request says in a field: in the same one, in another form in that of its meaning or label."""
    if request.axes.form == axes.form:
        text = get(request.origin, field.key)
        return text if isinstance(text, str) else None
    same = (
        one
        for one in request.axes.fields
        if (one.meaning == field.meaning if field.meaning else one.label == field.label)
    )
    found = next(same, None)
    text = request.texts.get(found.pointer) if found else None
    return text if text is None or not field.max_length or len(text) <= field.max_length else None


def _title(project: PriorProject) -> str:
    return project.request.title or "（事業名なし）"


def _not_carried(
    before: Mapping[str | None, list[PriorProject]], year: YearFolder, file: Path | None
) -> Iterator[Finding]:
    for code, projects in before.items():
        if year.roster.by_code(code) is None:
            for project in projects:
                title = _title(project)
                yield codes.NOT_CARRIED.at(Place(_named(file)), title=title, code=code or "")
