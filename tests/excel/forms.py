"""Every form that the tests know, with a year around it and documents to fill its books with."""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from tests.excel import documents as usual
from tests.forms.years import documents_of, form_text
from tests.usecases.year import example_documents
from yosan_xl.excel.reading.read_book import BookReading, read_request_book
from yosan_xl.form.choices import lists_of
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import Definition, FieldKind
from yosan_xl.form.load import parse_definition
from yosan_xl.form.mapping import complete, document_of
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.relation import CellValue
from yosan_xl.model.department import Department
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document
from yosan_xl.model.settings import Account, Settings
from yosan_xl.usecases.fill import filled_book
from yosan_xl.usecases.generate import blank_book

USUAL = "minato-r2"
OTHERS = ("municipal-1", "prefecture", "small_town")
IN_YEN = "municipal-1 in 円"
ODD = ("every_check", IN_YEN)
"""Forms of which there is no year: one with every check, and the city's in 円, with a name that formulas must quote."""

FORMS = (USUAL, *OTHERS)
WITHOUT_LISTS = "small_town"

LEVELS = (
    ("一般会計", "総務費", "総務管理費", "一般管理費"),
    ("一般会計", "総務費", "総務管理費", "財政管理費"),
    ("一般会計", "総務費", "徴税費", "賦課徴収費"),
    ("一般会計", "民生費", "社会福祉費", "社会福祉総務費"),
    ("国民健康保険特別会計", "総務費", "総務管理費", "一般管理費"),
    ("国民健康保険特別会計", "保険給付費", "療養諸費", "一般被保険者療養給付費"),
)

Row = dict[str, CellValue | tuple[CellValue, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class KnownForm:
    """A form with the settings of a year, a department, and that department's requests."""

    definition: Definition
    settings: Settings
    plan: Plan
    unit: Department
    documents: tuple[Document, ...]

    def __call__(self, form_id: str, sha256: str | None, /) -> Definition:
        """Return its definition, as who reads a book asks for it."""
        return self.definition

    def known(self) -> tuple[Definition, ...]:
        """Return its definition alone."""
        return (self.definition,)

    def blank(self) -> bytes:
        """Return a blank book."""
        return blank_book(self.plan, self.settings, self.unit, definition=self.definition)

    def book(self, *documents: Document) -> bytes:
        """Return a book with these requests, or with the department's own."""
        own = documents or self.documents
        year = replace(self.settings, sheets=len(own))
        return filled_book(self.plan, year, self.unit, list(own))

    def full(self) -> bytes:
        """Return a book with a request full to its limits."""
        return self.book(self.longest("長い"))

    def read(self, data: bytes) -> BookReading:
        """Read a book of the form."""
        return read_request_book(data, f"{self.unit.code}.xlsx", self, self.settings.year)

    def longest(self, text: str) -> Document:
        """Return a request full to its limits: every text repeats `text`, every amount has 9 digits."""
        return self._document({slot.name: _full(slot, self, text) for slot in self._typed()})

    def any_document(self, seed: int) -> Document:
        """Return a request that the form can hold, of nothing but what its cells take."""
        chance = random.Random(seed)
        return self._document({slot.name: _any(slot, self, chance) for slot in self._typed()})

    def choices(self, slot: Slot) -> tuple[str, ...]:
        """Return every name that the drop-down of a slot may offer."""
        lists, own = lists_of(self.settings, self.plan), slot.choices or ""
        below = (names for key, names in lists.items() if key.startswith(f"{own}/"))
        return lists.get(own) or tuple(dict.fromkeys(name for names in below for name in names))

    def _typed(self) -> list[Slot]:
        return [slot for slot in self.plan.slots if slot.formula is None]

    def _document(self, values: Row) -> Document:
        own: Row = {"yx_id": f"{self.unit.code}-1", "yx_fiscal_year": self.settings.year.western}
        unit: Row = {
            "yx_department_code": self.unit.code,
            "yx_department_bureau": self.unit.bureau,
            "yx_department_section": self.unit.section,
        }
        whole = complete({**values, **own, **unit}, self.plan)
        return document_of(whole, self.plan)[0]


@lru_cache
def known(form: str) -> KnownForm:
    """Return a form by its id."""
    if form == USUAL:
        return _usual()
    if form in ODD:
        odd = form_of(_in_yen() if form == IN_YEN else form_text(form))
        own = (odd.any_document(n) | {"id": f"{odd.unit.code}-{n}"} for n in (1, 2))
        return replace(odd, documents=tuple(own))
    return form_of(form_text(form), [one for one in documents_of(form) if _is_own(one)])


def _in_yen() -> str:
    text = form_text("municipal-1").replace("version = 1", 'version = 1\nunit = "円"')
    return text.replace('sheet = "要求書"', 'sheet = "様式 (円)"')


def form_of(text: str, documents: list[Document] | None = None) -> KnownForm:
    """Return the form that a text defines, in a prefecture that is a 県."""
    definition = parse_definition(text.encode(), "form.toml").worded("県")
    settings = Settings(
        municipality="架空市",
        year=FiscalYear(2027),
        form=definition.id,
        accounts=_accounts(),
        categories=("新規", "拡充", "継続", "臨時"),
        prefecture="千葉県",
        levels=LEVELS,
        sheets=2,
    )
    unit = Department("0101", "総務部", "財政課")
    plan = compile_plan(definition, settings.year)
    return KnownForm(definition, settings, plan, unit, tuple(documents or ()))


def _usual() -> KnownForm:
    own = tuple(copy.deepcopy(one) for one in example_documents() if one["no"] in (56, 57))
    settings = replace(usual.SETTINGS, sheets=2)
    return KnownForm(usual.DEFINITION, settings, usual.PLAN, usual.UNIT, own)


def _is_own(document: Document) -> bool:
    return str(document["department"]["code"]) == "0101"


def _accounts() -> tuple[Account, ...]:
    names = dict.fromkeys(path[0] for path in LEVELS)
    return tuple(
        Account(name, tuple(dict.fromkeys(path[1] for path in LEVELS if path[0] == name)))
        for name in names
    )


def _full(slot: Slot, form: KnownForm, text: str) -> CellValue | tuple[CellValue, ...]:
    value = _longest(slot, form, text)
    return (value,) * slot.area.height if slot.repeats else value


def _longest(slot: Slot, form: KnownForm, text: str) -> CellValue:
    if slot.picture:
        return slot.picture.replace("9", "8")
    if slot.choices and slot.kind is FieldKind.CHOICE:
        return max(form.choices(slot), key=len)
    if slot.kind is FieldKind.YEAR:
        return form.settings.year.western
    if slot.kind is FieldKind.NUMBER:
        return _number(123_456, slot)
    if slot.kind is FieldKind.MONEY:
        return 123_456_789
    length = slot.max_length or 10
    return (text * (length // len(text) + 1))[:length]


def _any(slot: Slot, form: KnownForm, chance: random.Random) -> CellValue | tuple[CellValue, ...]:
    if not slot.repeats:
        return _one(slot, form, chance)
    return tuple(_one(slot, form, chance) for _ in range(slot.area.height))


def _one(slot: Slot, form: KnownForm, chance: random.Random) -> CellValue:
    """Return a value that a cell may hold; one cell in four is empty."""
    if chance.random() < 0.25:
        return None
    if slot.kind is FieldKind.MONEY:
        return chance.randint(-10_000, 10_000_000)
    if slot.kind is FieldKind.NUMBER:
        return _number(chance.randint(0, 10**6), slot)
    if slot.kind is FieldKind.YEAR:
        return form.settings.year.western + chance.randint(0, 5)
    if slot.picture:
        return "".join(
            chance.choice("0123456789") if mark == "9" else mark for mark in slot.picture
        )
    if slot.choices:
        return chance.choice(form.choices(slot))
    words = chance.choices(["要求", "の", "12 ", "（a）", "、", "=1+1", "'"], k=8)
    return "".join(words)[: slot.max_length].strip() or "無"


def _number(figures: int, slot: Slot) -> CellValue:
    return Decimal(figures).scaleb(-slot.decimals) if slot.decimals else figures
