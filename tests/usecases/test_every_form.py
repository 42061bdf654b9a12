"""A whole year of every form, from init to archive, each book through LibreOffice; the totals agree three ways."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from tests.forms.years import documents_of, form_text, make_year
from tests.office.office import Office
from tests.usecases import year as minato
from tests.usecases.year import hand_in_filled
from yosan_xl.form.mapping import get
from yosan_xl.form.plan import Plan
from yosan_xl.model.axes import Axes
from yosan_xl.model.comparison import By
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document
from yosan_xl.store.year_folder import open_year_folder
from yosan_xl.usecases.archive.add import add
from yosan_xl.usecases.archive.verify import restore, verify
from yosan_xl.usecases.compare import compare
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.export import ExportOptions, export
from yosan_xl.usecases.generate import generate, plan_for
from yosan_xl.usecases.page import page
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate
from yosan_xl.usecases.year_source import open_source

pytestmark = pytest.mark.slow

FORMS = ("minato-r2", "municipal-1", "prefecture", "small_town")
UNITS = 3
"""Of how many departments there are books, but for the ward's own six; `tests/test_made_up_year.py` has all of the city's."""

Totals = Mapping[str, int]
"""Sums over all requests by pointer of the amount; what no request gives is left out."""


@dataclass(frozen=True, slots=True)
class Round:
    """A year whose books went through LibreOffice, and what it recalculated in them."""

    root: Path
    documents: list[Document]
    axes: Axes
    recalculated: Totals


@pytest.fixture(scope="module", params=FORMS)
def done(
    request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> Round:
    root = made(request.param, tmp_path_factory.mktemp("year") / "R")
    documents = json.loads((root / "requests.json").read_text(encoding="utf-8"))
    generate(root)
    hand_in_filled(root)
    plan = plan_for(open_year_folder(root).settings, root)
    found = [cell for path in books(root) for cell in through(office, path, plan)]
    return Round(root, documents, plan.axes, summed(found))


def made(form: str, root: Path) -> Path:
    """Return a new year folder of a form with its requests, and a roster of the departments that have any."""
    if form == "minato-r2":
        year = minato.make_year(root)
        codes = {one["department"]["code"] for one in minato.faultless_documents()}
        head, *rows = (year / "組織.csv").read_text(encoding="utf-8").splitlines()
        own = [row for row in rows if row.partition(",")[0] in codes]
        (year / "組織.csv").write_text("\n".join([head, *own, ""]), encoding="utf-8")
        return year
    units = dict.fromkeys(one["department"]["code"] for one in documents_of(form))
    few = list(units)[:UNITS]
    documents = [one for one in documents_of(form) if one["department"]["code"] in few]
    return make_year(root, form_text(form), documents)


def books(root: Path) -> list[Path]:
    """Return the books that were handed in."""
    return sorted((root / "提出").glob("*.xlsx"))


def through(office: Office, path: Path, plan: Plan) -> Iterator[tuple[str, int]]:
    """Yield the amounts that LibreOffice computes anew in a book, and save the book as it does."""
    pointers = amount_pointers(plan.axes)
    names = [plan.names_at(pointer)[0] for pointer in pointers]
    book = office.open(path)
    try:
        office.recalculate(book)
        sheets = [one.name for one in office.sheets(book) if one.name.startswith(plan.sheet)]
        for sheet in sheets:
            values = office.values(book, sheet, names)
            pairs = zip(pointers, (cell.value for cell in values), strict=True)
            yield from ((pointer, value) for pointer, value in pairs if isinstance(value, int))
        office.save_as(book, path)
    finally:
        office.close(book)


def amount_pointers(axes: Axes) -> list[str]:
    """Return where the amounts of every stage and source are."""
    return [pointer for stage in axes.stages for pointer in stage.amounts.values()]


def summed(cells: list[tuple[str, int]]) -> Totals:
    """Return the sums by pointer that are not 0."""
    totals: dict[str, int] = {}
    for pointer, value in cells:
        totals[pointer] = totals.get(pointer, 0) + value
    return {pointer: total for pointer, total in totals.items() if total}


def of_documents(documents: list[Document], axes: Axes) -> Totals:
    """Return the sums of the documents' own amounts."""
    pointers = amount_pointers(axes)
    found = [(pointer, get(document, pointer)) for document in documents for pointer in pointers]
    return summed([(pointer, value) for pointer, value in found if isinstance(value, int)])


def without_no(documents: list[Document]) -> dict[object, Document]:
    """Return documents by their id, but for the number that finance gives."""
    return {document["id"]: {**document, "no": None} for document in documents}


def test_blank_books__hold_no_request(done: Round) -> None:
    assert read([done.root / "配布"]).result["requests"] == []


def test_books__saved_by_libreoffice_are_read_to_the_same_documents(done: Round) -> None:
    found = read([done.root / "提出"]).result["requests"]
    assert without_no(found) == without_no(done.documents)


def test_books__have_no_findings(done: Round) -> None:
    assert [str(finding) for finding in validate([done.root], done.root).findings] == []


def test_totals__agree_three_ways(done: Round) -> None:
    summary = consolidate([done.root], done.root).summary
    expected = of_documents(done.documents, done.axes)
    assert len(expected) > 2
    assert done.recalculated == expected
    listed = [request.document for request in open_source(str(summary)).requests.requests]
    assert of_documents(listed, done.axes) == expected


def test_summary__adds_up_in_libreoffice(done: Round, office: Office) -> None:
    summary = consolidate([done.root], done.root).summary
    asked = of_documents(done.documents, done.axes)[done.axes.pointer("asked") or ""]
    book = office.open(summary)
    try:
        office.recalculate(book)
        sheets = [one.name for one in office.sheets(book) if one.visible]
        every = {name: office.used(book, name) for name in sheets}
    finally:
        office.close(book)
    wrong = [(n, c.a1, c.value) for n, used in every.items() for c in used if c.kind == "error"]
    assert wrong == []
    assert [name for name, used in every.items() if asked in [cell.value for cell in used]]


def texts(document: Document, axes: Axes, *, private: bool) -> set[str]:
    """Return what the text fields, the names of sources and the rows of a document say."""
    own = [get(document, field.pointer) for field in axes.fields if field.private is private]
    if not private:
        own += [get(document, source.name) for source in axes.sources if source.name]
        rows = (row for one in axes.lists for row in get(document, one.pointer) or ())
        own += [value for row in rows for value in row.values()]
    return {line for text in own if isinstance(text, str) for line in text.splitlines() if line}


def outputs(done: Round, folder: Path, *, public: bool) -> dict[str, str]:
    """Return the text of everything that shows requests, by what it is."""
    html = page([done.root], done.root, folder / "a.html", public=public).page
    tables = export([done.root], done.root, ExportOptions("csv", public=public), folder).files
    data = export([done.root], done.root, ExportOptions("json", public=public)).text or ""
    said = {"page": html_text(html), "csv": "".join(map(csv_text, tables)), "json": json_text(data)}
    return said if public else {**said, "summary": summary_text(done)}


def html_text(path: Path) -> str:
    """Return a page's text."""
    return unescape(re.sub("<[^>]*>", "\n", path.read_text(encoding="utf-8")))


def csv_text(path: Path) -> str:
    """Return the cells of a CSV, a line each."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return "\n".join(cell for row in csv.reader(file) for cell in row)


def json_text(data: str) -> str:
    """Return the texts of JSON as they are."""
    return data.replace("\\n", "\n").replace('\\"', '"')


def summary_text(done: Round) -> str:
    """Return the texts of the summary."""
    book = openpyxl.load_workbook(consolidate([done.root], done.root).summary, read_only=True)
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


def test_outputs__have_all_that_a_form_has(done: Round, tmp_path: Path) -> None:
    found = outputs(done, tmp_path, public=False)
    for document in done.documents:
        for private in (False, True):
            wanted = texts(document, done.axes, private=private)
            lost = {name: {t for t in wanted if t not in said} for name, said in found.items()}
            assert {name: words for name, words in lost.items() if words} == {}


def test_public_outputs__have_nothing_private(done: Round, tmp_path: Path) -> None:
    found = outputs(done, tmp_path, public=True)
    for document in done.documents:
        told = texts(document, done.axes, private=True)
        assert [(name, one) for name, said in found.items() for one in told if one in said] == []


def test_archive__holds_the_year(done: Round, tmp_path: Path) -> None:
    archive = tmp_path / "保存庫"
    added = add(done.root, archive=archive)
    assert (added.requests, added.agreed) == (len(done.documents), added.books)
    assert verify(archive).findings == ()
    year = FiscalYear(done.documents[0]["fiscal_year"])
    again = restore(archive, year, tmp_path / "R").folder
    assert without_no(read([again / "提出"]).result["requests"]) == without_no(done.documents)
    for by in By:
        if by.is_of(done.axes):
            rows = compare(f"{archive}:{year.short}", str(again), by).comparison.rows
            assert {row.change for row in rows} == {0}
