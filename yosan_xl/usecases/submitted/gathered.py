"""A request as it was read from a book or a JSON document: data alone, that processes can exchange."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from yosan_xl.form.checks import Mark
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.left_out import with_left_out
from yosan_xl.form.plan import Plan
from yosan_xl.model.axes import Axes
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import YEARS, FiscalYear
from yosan_xl.model.request import Document, Request
from yosan_xl.model.text import shortened
from yosan_xl.store.snapshot import snapshot
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted import codes
from yosan_xl.usecases.year import axes_of, definition_of

_MOST_LEVELS = 50
"""A request has five; what copies or prints one calls itself for each."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A request as it was read, where its values stand, and what reading found.

    `cells` gives by pointer the cell (A1) of the sheet; `marks` are those of the sheet's own panel,
    which a JSON document has not; `checked` all findings of this request by
    itself, where they were made along with the reading.
    """

    request: Request
    file: str
    sheet: str | None
    cells: Mapping[str, str | None] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    broken: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    form: str | None = None
    form_sha256: str | None = None
    is_json: bool = False
    checked: tuple[Finding, ...] | None = None

    @property
    def document(self) -> Document:
        """The request as JSON has it."""
        return self.request.document

    @property
    def place(self) -> Place:
        """The sheet as a whole; of JSON the document."""
        return Place(self.file, self.sheet)

    def with_findings(self, checked: Iterable[Finding]) -> Gathered:
        """Return the same with all findings of this request by itself."""
        return replace(self, checked=tuple(checked))

    def with_no(self, number: int | None) -> Gathered:
        """Return the same with this NO."""
        return replace(self, request=self.request.with_no(number))

    def locate(self, pointer: str) -> Place:
        """Return the place of a pointer, of what encloses it, or the sheet; in JSON the pointer itself."""
        if self.is_json:
            return Place(self.file, self.sheet, pointer or None)
        while pointer:
            if pointer in self.cells:
                return Place(self.file, self.sheet, self.cells[pointer])
            pointer = pointer.rpartition("/")[0]
        return self.place

    @property
    def places(self) -> dict[str, Place]:
        """The place of every pointer."""
        return {p: Place(self.file, self.sheet, cell) for p, cell in self.cells.items()}


def read_documents(path: Path) -> list[Document]:
    """Read request documents from JSON; raise WrongInput."""
    return parse_documents(snapshot(path).data, path.name)


def parse_documents(data: bytes, name: str) -> list[Document]:
    """Return the request documents in the bytes of a JSON file called `name`; raise WrongInput."""
    try:
        value = json.loads(
            data.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_each_key_once
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # half of a surrogate pair is no text
    except _Twice as key:
        problem = f"「{shortened(str(key), 20)}」が1つの要素に2回あります"
        raise WrongInput(codes.NOT_DOCUMENTS.at(Place(name), problem=problem)) from key
    except (ValueError, RecursionError) as error:
        problem = "UTF-8 の JSON ではありません"
        raise WrongInput(codes.NOT_DOCUMENTS.at(Place(name), problem=problem)) from error
    if _is_deep(value):
        problem = f"{_MOST_LEVELS}段より深い入れ子があります"
        raise WrongInput(codes.NOT_DOCUMENTS.at(Place(name), problem=problem))
    rows = value.get("requests") if isinstance(value, dict) else value
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problem = "要求書の配列がありません"
        raise WrongInput(codes.NOT_DOCUMENTS.at(Place(name), problem=problem))
    return rows


def view(documents: Iterable[Document], near: Path | None = None) -> Iterator[Request]:
    """Yield documents as requests of the forms that they name, as the year around `near` has them."""
    known: dict[str, Axes] = {}
    for document in documents:
        form = str(document.get("form"))
        if form not in known:
            known[form] = axes_of(document, near)
        yield Request.from_document(document, known[form])


def gathered_documents(
    documents: Iterable[Document], name: str, near: Path | None = None
) -> list[Gathered]:
    """Return documents from a JSON file at `near` as gathered; their places are the JSON pointers.

    What they may leave out is put in: nobody writes by hand what the sheet computes.
    """
    return gathered_requests(view(_whole(documents, near), near), name)


def _whole(documents: Iterable[Document], near: Path | None) -> Iterator[Document]:
    plans: dict[str, Plan | None] = {}
    for document in documents:
        form = str(document.get("form"))
        if form not in plans:
            definition = definition_of(document, near)
            # A document of the first vocabulary has all of its keys: it says so where one is missing.
            is_first = definition.vocabulary == 1
            plans[form] = None if is_first else compile_plan(definition, FiscalYear(YEARS[0]))
        plan = plans[form]
        yield with_left_out(document, plan) if plan else document


def gathered_requests(requests: Iterable[Request], name: str) -> list[Gathered]:
    """Return requests that stand in no book as gathered, numbered as in a JSON file."""
    return [
        Gathered(request, name, f"{number}件目", is_json=True)
        for number, request in enumerate(requests, 1)
    ]


def departments_of(requests: Iterable[Gathered]) -> dict[str, str]:
    """Return the 所管課 of each file whose requests are all of one."""
    names: dict[str, set[str]] = {}
    for item in requests:
        request = item.request
        names.setdefault(item.file, set()).add(request.department)
    return {file: of.pop() for file, of in names.items() if len(of) == 1 and of != {""}}


def _is_deep(value: object) -> bool:
    level: list[Any] = [[value]]
    for _ in range(_MOST_LEVELS + 1):
        inner = (one.values() if isinstance(one, dict) else one for one in level)
        level = [each for one in inner for each in one if isinstance(each, dict | list)]
    return bool(level)


class _Twice(Exception):
    """A key that an object of a JSON text has twice."""


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the object of its pairs; json by itself would keep the last value and say nothing."""
    whole = dict(pairs)
    if len(whole) < len(pairs):
        times = Counter(key for key, _ in pairs)
        raise _Twice(times.most_common(1)[0][0])
    return whole


def _no_number(word: str) -> None:
    raise ValueError(word)  # NaN and Infinity are not JSON (RFC 8259)
