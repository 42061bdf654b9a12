"""`generate`: one blank book for each department."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.request_book import SheetContent, request_book
from yosan_xl.form.definition import Definition
from yosan_xl.form.mapping import get, put, sheet_values
from yosan_xl.form.plan import Plan
from yosan_xl.form.relation import CellValue, Values
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.request import Document
from yosan_xl.model.settings import Settings
from yosan_xl.model.text import hint
from yosan_xl.store.faults import shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.gathered import read_documents
from yosan_xl.usecases.outputs import BLANK, put_all
from yosan_xl.usecases.succession import codes_now
from yosan_xl.usecases.year import find_definition, form_of, keep_year_form, open_year, plan_of

Progress = Callable[[Iterable[Department]], Iterable[Department]]

MOST_SHEETS = 150
"""More request sheets than a unit needs; a book of so many is read again within every limit."""


@dataclass(frozen=True, slots=True)
class Generated:
    """The books that were written, and what could not be carried over from last year.

    `carried` projects were put in, from the file `source`.
    """

    folder: Path
    books: tuple[Path, ...]
    findings: tuple[Finding, ...]
    carried: int = 0
    source: Path | None = None


def generate(
    start: Path,
    department: str | None = None,
    last_year: Path | None = None,
    *,
    force: bool = False,
    progress: Progress = lambda departments: departments,
) -> Generated:
    """Write the blank books of a year folder into 配布; raise WrongInput.

    `last_year` is a JSON file of last year's requests, whose projects are put in as continuing;
    without it the one that `init --from` kept is used.
    """
    year = open_year(start)
    last_year = last_year or _kept(year)
    wanted = [pick(year.roster, department)] if department else list(year.roster)
    plan, password = plan_for(year.settings, year.root), password_of(year.settings)
    before = _by_department(read_documents(last_year) if last_year else [], year)
    refuse_too_many({unit: len(before.get(unit.code, ())) for unit in wanted}, _named(last_year))
    # With its books the year keeps what they were made from: they can be read as long as it is there.
    definition = form_of(year)
    keep_year_form(year, definition)
    books = []
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
        put_all({path: data}, BLANK, force=force)
        books.append(path)
    findings = _not_carried(before, year, last_year)
    carried = sum(len(before.get(unit.code, ())) for unit in wanted)
    return Generated(
        folder=year.handed_out,
        books=tuple(books),
        findings=tuple(findings),
        carried=carried,
        source=last_year,
    )


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
    """Return the password of the sheets, "" for none; raise WrongInput where it is not set."""
    name = settings.password_env
    password = os.environ.get(name, "") if name else ""
    if name and not password:
        raise WrongInput(codes.NO_PASSWORD.at(Place("yosan.toml"), name=name))
    return password


def blank_book(
    plan: Plan,
    settings: Settings,
    unit: Department,
    before: list[Document] | None = None,
    password: str = "",
    definition: Definition | None = None,
) -> bytes:
    """Return the blank book of a department as bytes, with last year's projects put in.

    `definition` is the form's, where it does not come with the program.
    """
    before = before or []
    sheets = []
    for number in range(1, max(settings.sheets, len(before)) + 1):
        document = handed_out_document(settings, unit, number)
        if number <= len(before):
            form = definition or find_definition(settings.form)
            _carry_over(before[number - 1], document, form)
        values = sheet_values(document, plan)
        sheets.append(SheetContent(f"{unit.code}-{number}", values, only_text(values)))
    return request_book(plan, settings=settings, department=unit, sheets=sheets, password=password)


def handed_out_document(settings: Settings, unit: Department, number: int) -> Document:
    """Return what finance knows of a request before a department writes a word."""
    return {
        "id": f"{unit.code}-{number}",
        "fiscal_year": settings.year.western,
        "department": {
            "code": unit.code,
            "bureau": unit.bureau or None,
            "section": unit.section or None,
        },
        "account": unit.account,
    }


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
    documents: list[Document], year: YearFolder
) -> Mapping[str | None, list[Document]]:
    """Return the documents by the code that their unit has this year."""
    now = codes_now(documents, year)
    groups: dict[str | None, list[Document]] = {}
    for document in documents:
        code = department_code(document)
        groups.setdefault(now.get(code or "", code), []).append(document)
    return groups


def _carry_over(before: Document, document: Document, form: Definition) -> None:
    for field in form.fields.values():
        text = get(before, field.key)
        if field.carried and isinstance(text, str):
            put(document, field.key, text)


def _not_carried(
    before: Mapping[str | None, list[Document]], year: YearFolder, file: Path | None
) -> Iterator[Finding]:
    for code, documents in before.items():
        if year.roster.by_code(code) is None:
            for document in documents:
                yield codes.NOT_CARRIED.at(
                    Place(_named(file)),
                    title=document.get("title") or "（事業名なし）",
                    code=code or "",
                )
