"""`fill`: request documents into the books of their departments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.request_book import SheetContent, request_book
from yosan_xl.form.definition import By
from yosan_xl.form.mapping import complete, differences, document_of, sheet_values
from yosan_xl.form.plan import Plan
from yosan_xl.form.relation import Value, Values
from yosan_xl.form.stamp import row_key
from yosan_xl.model.department import Department
from yosan_xl.model.finding import Finding
from yosan_xl.model.request import Document
from yosan_xl.model.settings import Settings
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.check import check_requests
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.gather import Gathered, gathered_documents, read_documents
from yosan_xl.usecases.generate import (
    department_code,
    handed_out_document,
    only_text,
    password_of,
    plan_for,
)
from yosan_xl.usecases.hand_out import put_all
from yosan_xl.usecases.outputs import FILLED
from yosan_xl.usecases.year import open_year


@dataclass(frozen=True, slots=True)
class Filled:
    """The books that were written, and what is wrong with the documents."""

    books: tuple[Path, ...]
    requests: int
    findings: tuple[Finding, ...]


def fill(documents: Path, out: Path, *, only_finance: bool = False, force: bool = False) -> Filled:
    """Write the documents of a JSON file into books in `out`; raise WrongInput.

    With `only_finance` just what is finance's is filled: NO, 編成の考え方, year, department.
    """
    rows = read_documents(documents)
    year = open_year(documents.parent)
    gathered = gathered_documents(rows, documents.name)
    plan, password = plan_for(year.settings, year.root), password_of(year.settings)
    findings = [*check_requests(gathered, year), *_unfit(gathered, plan)]
    books: dict[Path, bytes] = {}
    for unit, own in _by_department(gathered, year):
        data = filled_book(plan, year.settings, unit, own, password, only_finance=only_finance)
        path = out / f"{year.roster.file_stem(unit)}.xlsx"
        books[path] = data
    put_all(books, FILLED, force=force)
    return Filled(tuple(books), len(rows), tuple(findings))


def filled_book(
    plan: Plan,
    settings: Settings,
    unit: Department,
    documents: list[Document],
    password: str = "",
    *,
    only_finance: bool = False,
) -> bytes:
    """Give a department's book with its documents, and blank sheets up to the configured number."""
    placed = _placed(documents, unit)
    first = {"accounts": settings.accounts[0].name}
    sheets = []
    for number in range(1, max([settings.sheets, *placed]) + 1):
        blank = handed_out_document(settings, unit, number)
        document = {**blank, **placed.get(number, {}), "id": f"{unit.code}-{number}"}
        whole, empty = sheet_values(document, plan), sheet_values(blank, plan)
        finance = _finance(whole, plan)
        values = complete({**empty, **finance} if only_finance else whole, plan, first)
        issued = {**only_text(empty), **_cell_by_cell(finance)}
        sheets.append(SheetContent(f"{unit.code}-{number}", values, issued))
    return request_book(plan, settings, unit, sheets, password)


def _finance(values: Values, plan: Plan) -> dict[str, Value | tuple[Value, ...]]:
    own = {slot.name for slot in plan.slots if slot.by is By.FINANCE}
    return {name: value for name, value in values.items() if name in own}


def _cell_by_cell(values: Values) -> dict[str, Value]:
    columns = {name: column for name, column in values.items() if isinstance(column, tuple)}
    cells = {row_key(name, row): v for name, col in columns.items() for row, v in enumerate(col)}
    return {**only_text(values), **cells}


def _placed(documents: list[Document], unit: Department) -> dict[int, Document]:
    """Give each document its sheet: the one its id names, or the first that is free."""
    placed: dict[int, Document] = {}
    homeless = []
    for document in documents:
        number = _sheet_number(document.get("id"), unit)
        if number is None or number in placed:
            homeless.append(document)
        else:
            placed[number] = document
    for document in homeless:
        placed[next(n for n in range(1, len(placed) + 2) if n not in placed)] = document
    return placed


def _sheet_number(request_id: object, unit: Department) -> int | None:
    text = str(request_id).removeprefix(f"{unit.code}-")
    known = isinstance(request_id, str) and text != request_id and text.isascii()
    number = int(text) if known and text.isdecimal() and len(text) < 4 else 0
    return number if 1 <= number <= _MOST_SHEETS else None


_MOST_SHEETS = 200
"""More request sheets than any department needs; an id beyond it is given a free sheet."""


def _by_department(
    gathered: list[Gathered], year: YearFolder
) -> Iterator[tuple[Department, list[Document]]]:
    # Before the first book is written: a refusal leaves nothing half done.
    if strangers := [item for item in gathered if _unit_of(item, year) is None]:
        raise WrongInput(*map(_unknown_department, strangers))
    for unit in year.roster:
        own = [item.document for item in gathered if _unit_of(item, year) == unit]
        if own:
            yield unit, own


def _unit_of(item: Gathered, year: YearFolder) -> Department | None:
    return year.roster.by_code(department_code(item.document))


def _unknown_department(item: Gathered) -> Finding:
    return codes.UNKNOWN_DEPARTMENT.at(
        item.locate("/department/code"),
        "/department/code",
        wanted=department_code(item.document) or "",
        problem="ありません",
        candidates="department の code を 組織.csv のコードに直してください。",
    )


def _unfit(gathered: list[Gathered], plan: Plan) -> Iterator[Finding]:
    """Tell of every value that the form cannot hold as it is."""
    for item in gathered:
        back, _ = document_of(complete(sheet_values(item.document, plan), plan), plan)
        pointers = [p for p in differences(item.document, back) if p != "/id"]
        if pointers:
            yield codes.DOES_NOT_FIT.at(
                item.locate(pointers[0]),
                pointers[0],
                id=item.document.get("id") or item.sheet,
                pointers="、".join(pointers),
            )
