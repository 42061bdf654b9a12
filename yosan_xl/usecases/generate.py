"""`generate`: one blank book for each department."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.request_book import SheetContent, request_book
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.mapping import sheet_values
from yosan_xl.form.plan import Plan
from yosan_xl.form.relation import Value, Values
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Place
from yosan_xl.model.request import Document
from yosan_xl.model.settings import Settings
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.gather import find_definition
from yosan_xl.usecases.hand_out import put
from yosan_xl.usecases.year import open_year

Progress = Callable[[Iterable[Department]], Iterable[Department]]


@dataclass(frozen=True, slots=True)
class Generated:
    """The books that were written."""

    folder: Path
    books: tuple[Path, ...]


def generate(
    start: Path,
    department: str | None = None,
    *,
    force: bool = False,
    progress: Progress = lambda departments: departments,
) -> Generated:
    """Write the blank books of a year folder into 配布; raise WrongInput."""
    year = open_year(start)
    wanted = [pick(year.roster, department)] if department else list(year.roster)
    plan = plan_for(year.settings)
    books = []
    for unit in progress(wanted):
        path = year.handed_out / f"{year.roster.file_stem(unit)}.xlsx"
        put(path, blank_book(plan, year.settings, unit), force=force)
        books.append(path)
    return Generated(year.handed_out, tuple(books))


def plan_for(settings: Settings) -> Plan:
    """Compile the year's form."""
    return compile_plan(find_definition(settings.form), settings.year, settings.line_rows)


def blank_book(plan: Plan, settings: Settings, unit: Department) -> bytes:
    """Give the blank book of a department as bytes."""
    sheets = []
    for number in range(1, settings.sheets + 1):
        document = handed_out_document(settings, unit, number)
        values = sheet_values(document, plan)
        sheets.append(SheetContent(f"{unit.code}-{number}", values, only_text(values)))
    return request_book(plan, settings, unit, sheets)


def handed_out_document(settings: Settings, unit: Department, number: int) -> Document:
    """Give what finance knows of a request before a department writes a word."""
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


def only_text(values: Values) -> dict[str, Value]:
    """Give the single cells of a sheet's values: what is compared with what comes back."""
    return {name: value for name, value in values.items() if not isinstance(value, tuple)}


def pick(roster: Roster, wanted: str) -> Department:
    """Give the unit a person means; raise WrongInput where it is none or several."""
    found = roster.find(wanted)
    if len(found) == 1:
        return found[0]
    named = "、".join(f"{unit.code} {unit.name}" for unit in found)
    remedy = (
        f"次のどれかをコードで指定してください: {named}。"
        if found
        else "コード、課、または「部 課」で指定してください。"
    )
    raise WrongInput(
        codes.UNKNOWN_DEPARTMENT.at(
            Place("組織.csv"),
            wanted=wanted,
            problem="いくつもあります" if found else "ありません",
            candidates=remedy,
        )
    )
