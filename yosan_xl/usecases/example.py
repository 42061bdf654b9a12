"""`init --example`: a filled year to try on, made from the requests (JSON) of a bundled example."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.department import Department
from yosan_xl.model.request import Document
from yosan_xl.resources import example_folder
from yosan_xl.store.year_folder import (
    NewFolder,
    YearFolder,
    create_year_folder,
    refuse_second,
    template_content,
)
from yosan_xl.usecases.fill import filled_books
from yosan_xl.usecases.generate import department_code
from yosan_xl.usecases.outputs import FILLED, put_all
from yosan_xl.usecases.submitted.gathered import read_documents

_REQUESTS = "requests.json"
_NOTHING = "なし"
"""What 組織.csv says of a unit that asks for nothing."""


@dataclass(frozen=True, slots=True)
class Example:
    """A bundled year: its folder, the unit whose book is missing, and the value that is wrong in one request."""

    folder: str
    missing: str
    request: str
    pointer: str
    wrong: int | None


EXAMPLES = {
    "港区": Example("R2", "0501", "0205-1", "/funding/national/amount", 5_688),
    "municipal": Example("架空市/R9", "0302", "0202-1", "/end", None),
}
"""The examples by the word of `--example`: two digits of an amount exchanged, the end of a 債務負担行為 forgotten."""


@dataclass(frozen=True, slots=True)
class ExampleYear:
    """A year that was made to try on: so many books and requests, who is missing and whose book has a mistake."""

    year: YearFolder
    books: int
    requests: int
    missing: Department
    faulty: Department


def make_example(root: Path, name: str) -> ExampleYear:
    """Make the year folder `root` with the books of an example handed in; raise WrongInput."""
    refuse_second(root)
    example = EXAMPLES[name]
    folder = example_folder(example.folder)
    documents = [_with_mistake(one, example) for one in read_documents(folder / _REQUESTS)]
    documents = [one for one in documents if department_code(one) != example.missing]
    year = create_year_folder(root, _content(folder, example, documents))
    units = {unit.code: unit for unit in year.roster}
    groups = {
        unit: own
        for code, unit in units.items()
        if (own := [one for one in documents if department_code(one) == code])
    }
    books = filled_books(year, groups, year.submitted)
    put_all(books, FILLED)
    faulty = example.request.partition("-")[0]
    return ExampleYear(year, len(books), len(documents), units[example.missing], units[faulty])


def _with_mistake(document: Document, example: Example) -> Document:
    """Return a document, with the wrong value where it is the one that has it."""
    if document["id"] == example.request:
        *way, key = example.pointer.strip("/").split("/")
        inner = document
        for step in way:
            inner = inner[step]
        inner[key] = example.wrong
    return document


def _content(folder: Path, example: Example, documents: Iterable[Document]) -> NewFolder:
    """Return settings and tables of an example: whoever asks for nothing says so, but for who is missing."""
    content = template_content(folder, folder, {})
    asking = {department_code(one) for one in documents} | {example.missing}
    return content._replace(roster=_roster(content.roster, asking))


def _roster(data: bytes, asking: set[str | None]) -> bytes:
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    said = head.index("要求")
    for row in rows:
        row[said] = "" if row[0] in asking else _NOTHING
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([head, *rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
