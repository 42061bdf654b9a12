"""Good books, and the ways to read them and to find a cell in them through the Plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import pytest

from tests.excel.reading.edit import Editor
from tests.usecases.year import EXAMPLE, faultless_documents
from yosan_xl.excel.reading.read_book import BookReading, read_request_book
from yosan_xl.excel.reading.read_sheet import SheetReading
from yosan_xl.form.area import Area, a1
from yosan_xl.form.check_kinds import CheckKind
from yosan_xl.form.checks import PANELS, CounterKind, PanelVersion
from yosan_xl.form.definition import Definition
from yosan_xl.form.load import load_definition
from yosan_xl.form.mapping import complete, get, sheet_values
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.schema import request_schema
from yosan_xl.model.finding import Code, Finding
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document
from yosan_xl.model.settings import Settings
from yosan_xl.rules.check import check
from yosan_xl.rules.entry import SchemaCheck
from yosan_xl.rules.registry import RuleContext
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.fill import filled_book
from yosan_xl.usecases.generate import blank_book, plan_for
from yosan_xl.usecases.year import FormFinder, open_year

FILE = "0206_国保年金課.xlsx"
SHEET, SECOND = "要求書1", "要求書2"

FLAT = "0103"
"""A department with three requests, each a flat list."""

SECTIONED = "0206"
"""A department with one request in two parts, of a special account, with 都支出金."""


@dataclass(frozen=True, slots=True)
class OnlyForm:
    """Finds one form, whatever is looked for."""

    form: Definition

    def __call__(self, form_id: str, sha256: str | None, /) -> Definition:
        """Return it."""
        return self.form

    def known(self) -> tuple[Definition, ...]:
        """Return it."""
        return (self.form,)


@lru_cache
def year() -> YearFolder:
    return open_year(EXAMPLE)


@lru_cache
def settings() -> Settings:
    """Give the year's settings, with as few sheets as the examples need: fewer are read faster."""
    return replace(year().settings, sheets=3)


@lru_cache
def plan() -> Plan:
    return plan_for(year().settings)


def documents(code: str) -> list[Document]:
    """Give the example requests of a department, with nothing to be told of them."""
    return [row for row in faultless_documents() if row["department"]["code"] == code]


@lru_cache
def filled(code: str = SECTIONED) -> bytes:
    """Give a department's book with its example requests."""
    unit = year().roster.by_code(code)
    assert unit
    return filled_book(plan(), settings(), unit, documents(code))


@lru_cache
def blank(code: str = SECTIONED) -> bytes:
    """Give a department's book as it is handed out."""
    unit = year().roster.by_code(code)
    assert unit
    return blank_book(plan(), settings(), unit)


NEWER = PanelVersion(
    {
        **PANELS[max(PANELS)].kinds,
        "yen": CheckKind(
            lambda plan: f"N({plan.ref('yx_total_requested')})>=500000",
            lambda sheet: sheet.total(["yx_total_requested"]) >= 500_000,
        ),
    },
    CounterKind(
        lambda slot, plan: f'=LEN({slot.ref})&"字"',
        lambda slot, sheet: f"{len(str(sheet.one(slot.name) or ''))}字",
    ),
)
"""A panel of a program to come: 千円と円 looks at the total from 5億円 on, counters say less."""


def newer_plan(patch: pytest.MonkeyPatch) -> Plan:
    """Let the program issue books with that panel, and give their Plan."""
    patch.setitem(PANELS, max(PANELS) + 1, NEWER)
    return plan_for(year().settings)


def newer_book(code: str = SECTIONED) -> bytes:
    """Give a filled book of a program to come, which this one does not know."""
    unit = year().roster.by_code(code)
    assert unit
    with pytest.MonkeyPatch.context() as patch:
        return filled_book(newer_plan(patch), settings(), unit, documents(code))


def editor(code: str = SECTIONED) -> Editor:
    """Give a filled book to edit."""
    return Editor(filled(code))


def read(book: Editor | bytes, expected: FiscalYear | None = None) -> BookReading:
    """Read a book as `validate` does."""
    data = book if isinstance(book, bytes) else book.data()
    return read_request_book(data, FILE, FormFinder(EXAMPLE), expected or year().settings.year)


def found(reading: BookReading) -> list[Finding]:
    """Give every finding of a reading, those of the rules included; a good book has none."""
    own = [finding for request in reading.requests for finding in _of_request(request)]
    return [*reading.findings, *own]


def one(book: Editor | bytes, expected: FiscalYear | None = None) -> Finding:
    """Give the finding of a book that must have just one."""
    findings = found(read(book, expected))
    assert len(findings) == 1, list(map(str, findings))
    return findings[0]


def assert_one(
    book: Editor | bytes, code: Code, cell: str | None, sheet: str | None = SHEET
) -> Finding:
    """Assert that a book has one finding, of this kind and at this place; give it."""
    finding = one(book)
    where = (finding.place.file, finding.place.sheet, finding.place.cell)
    assert (finding.code, finding.weight, where) == (code.code, code.weight, (FILE, sheet, cell))
    return finding


def codes_of(book: Editor | bytes) -> list[str]:
    """Give the codes of the findings of a book."""
    return [finding.code for finding in found(read(book))]


def slot(pointer: str) -> Slot:
    """Give the slot of a single field."""
    return next(s for s in plan().slots if s.pointer == pointer)


def cell(pointer: str) -> str:
    """Give where a single field stands as handed out."""
    return slot(pointer).area.first


def line(key: str, row: int = 0, group: int = 0) -> str:
    """Give where a value of a line item stands as handed out."""
    area = plan().by_name()[plan().groups[group].columns[key]].area
    return a1(area.top + row, area.left)


def subtotal(key: str, group: int = 0) -> str:
    """Give where a 小計 stands as handed out."""
    return plan().by_name()[plan().groups[group].subtotals[key]].area.first


def label(text: str) -> Area:
    """Give the place of the label with this text; the checks panel, on the right, repeats some."""
    places = [label.area for label in plan().labels if label.text == text]
    return min(places, key=lambda area: area.left)


def recalculate(book: Editor, document: Document, sheet: str = SHEET) -> None:
    """Save the results a spreadsheet program has for `document` in the cells with formulas."""
    first = {"accounts": year().settings.accounts[0].name}
    values = complete(sheet_values(document, plan()), plan(), first)
    for slot in plan().slots:
        if slot.formula and book.formula(sheet, slot.area.first) is not None:
            value = values[slot.name]
            assert not isinstance(value, tuple | Decimal)
            book.put_saved(sheet, slot.area.first, "" if value is None else value)


def strangers(document: Document, original: Document) -> Mapping[str, object]:
    """Give the single values, by pointer, that were entered nowhere: neither as before nor None.

    What is computed is left out: it follows the lines.
    """
    return {
        slot.pointer: value
        for slot in plan().slots
        if slot.pointer and slot.group is None and slot.formula is None
        if (value := get(document, slot.pointer)) not in (None, get(original, slot.pointer))
    }


@lru_cache
def _entry() -> SchemaCheck:
    return SchemaCheck(request_schema(load_definition(plan().form_id)))


def _of_request(request: SheetReading) -> list[Finding]:
    context = RuleContext(year().settings, year().roster)
    rules = check(
        request.document,
        axes=plan().axes,
        schema=_entry(),
        context=context,
        locate=request.place_of,
        broken=request.broken,
    )
    return [*request.findings, *rules]
