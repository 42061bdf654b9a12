"""Request documents to fill books with: the longest, mixed texts, and any at all."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.usecases.year import EXAMPLE, example_documents
from yosan_xl.form.choices import YEARS_AHEAD, YEARS_BACK
from yosan_xl.form.definition import FieldKind, FilledBy
from yosan_xl.form.load import load_definition
from yosan_xl.form.mapping import put
from yosan_xl.form.plan import Plan
from yosan_xl.model.department import Department
from yosan_xl.model.request import Document
from yosan_xl.model.settings import Settings
from yosan_xl.usecases.fill import filled_book
from yosan_xl.usecases.generate import plan_for
from yosan_xl.usecases.year import open_year

DEFINITION = load_definition("minato-r2")
YEAR = open_year(EXAMPLE)
SETTINGS: Settings = replace(YEAR.settings, sheets=1)
"""The example's settings, with no more sheets than there are documents."""

PLAN: Plan = plan_for(SETTINGS)
UNIT: Department = next(unit for unit in YEAR.roster if unit.section == "税務課")
PARTS = [group.name or "" for group in PLAN.groups]
SOURCES = ("national", "metropolitan", "other", "general")


def book_of(documents: list[Document], year: Settings = SETTINGS) -> bytes:
    """Give one book with a sheet for each document, whatever their departments."""
    return filled_book(plan_for(year), year, UNIT, [{**one, "id": None} for one in documents])


def longest(text: str) -> Document:
    """Give a request full to its limits: every text repeats `text`, every amount has 9 digits."""
    document = copy.deepcopy(example_documents()[0])
    for key, length in text_limits().items():
        put(document, key, _repeated(text, length))
    # 14 lines of this make the greatest total that the schema allows, of 10 digits.
    amount, label = 714_285_714, _repeated(text, _label_limit())
    rows = [part for part, group in zip(PARTS, PLAN.groups, strict=True) for _ in range(group.rows)]
    document["lines"] = [_line(label, part, amount) for part in rows]
    for source in SOURCES:
        document["funding"][source] |= {"amount": 123_456_789, "budgeted": 123_456_789}
    term = {"term_start": 2020, "term_end": 2060, "limit": 999_999_999}
    account = {"account": "国民健康保険事業会計", "kan": "国民健康保険事業費納付金"}
    return {**document, **account, "no": 999_999, "contract_authorization": term}


def mixed(seed: int) -> Document:
    """Give a request of words, figures, brackets, marks and line breaks in any order."""
    chance = random.Random(seed)
    document = copy.deepcopy(example_documents()[0])
    for key, length in text_limits().items():
        text = _mixture(chance, chance.randint(1, length))
        prose = DEFINITION.fields[key].kind is FieldKind.PROSE
        put(document, key, text if prose else text.replace("\n", ""))
    labels = [_mixture(chance, chance.randint(1, _label_limit())) for _ in range(6)]
    document["lines"] = [_line(label, PARTS[n % 2], 10**n) for n, label in enumerate(labels)]
    return document


def text_limits() -> dict[str, int]:
    """Give the pointers of the texts that are printed, with their greatest lengths."""
    printed = {slot.pointer for slot in PLAN.slots if slot.area.right <= PLAN.print_area.right}
    fields = [field for field in DEFINITION.fields.values() if field.key in printed]
    return {field.key: field.max_length for field in fields if field.max_length}


def samples(count: int) -> list[Document]:
    """Give `count` different requests as hypothesis makes them, the same ones every time."""
    found: list[Document] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(_requests(st.none()) | _requests(st.nothing()))
    def collect(document: Document) -> None:
        found.append(document)

    collect()
    return found


def _repeated(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def _label_limit() -> int:
    column = next(one for one in DEFINITION.lists[0].columns if one.field.key == "label")
    return column.field.max_length or 0


def _line(label: str | None, part: str | None, amount: int) -> Document:
    amounts = {"requested": amount, "earmarked": amount // 10}
    budgeted = {"budgeted": amount, "budgeted_earmarked": amount // 10}
    return {"label": label, **amounts, **budgeted, "part": part}


_WORDS = """
要求する 、 。 （ ） 「 」 ・ ① ～ ー っ デジタル ガバメント 23,570人 92.3% @456,450円×8月×1.1 LGWAN Request
Information https://www.city.minato.tokyo.jp/zaisei/ ICT 10/10⇒3/4 WWW △1,000千円 iii Q&A ％ ※ →
令和2年度 の を に は ！？ … 《 》 [a] (b) <d> ~ ｱｲｳ ａｂｃ １２３ é ― －
"""
_PIECES = ["\n", " ", *_WORDS.split()]


def _mixture(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += chance.choice(_PIECES)
    return text[:length].strip() or "無"


def _requests(none: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    """Requests of any sense or none: what a book can hold, typing mistakes included.

    `none` is st.none(), or st.nothing() where no value may be missing.
    """
    amounts = st.none() | st.just(0) | st.integers(-(10**7), 10**7) | st.sampled_from(_ODD_AMOUNTS)
    texts = none | st.text("要求・1２a、\n", min_size=1, max_size=40)
    kinds: dict[FieldKind, Callable[[str], st.SearchStrategy[Any]]] = {
        FieldKind.MONEY: lambda _: amounts,
        FieldKind.YEAR: lambda _: none | st.integers(2019 - YEARS_BACK, 2022 + YEARS_AHEAD),
        FieldKind.NUMBER: lambda _: none | st.integers(1, 99),
        FieldKind.TEXT: lambda _: texts,
        FieldKind.PROSE: lambda key: texts | st.sampled_from(_long_texts(key)),
        FieldKind.CHOICE: lambda key: none | st.sampled_from(_choices(key)),
    }
    fields = [field for field in DEFINITION.fields.values() if field.by is not FilledBy.FORMULA]
    values = st.fixed_dictionaries({field.key: kinds[field.kind](field.key) for field in fields})
    parts = st.sampled_from([None, *PARTS])
    amount_keys = ("requested", "earmarked", "budgeted", "budgeted_earmarked")
    line = st.fixed_dictionaries(
        {"label": texts, **dict.fromkeys(amount_keys, amounts), "part": parts}
    )
    return st.builds(_document, values, st.lists(line, max_size=9))


TEXT_AMOUNTS: dict[int, str] = {7_777_771: "１，２３４", 7_777_772: "未定", 7_777_773: "-"}
"""Amounts of the samples that a test puts as texts into the cells."""

_ODD_AMOUNTS = (999_999, 1_000_000, -1_000_000, *TEXT_AMOUNTS)


def _document(values: dict[str, Any], lines: list[Document]) -> Document:
    document: Document = {"lines": lines}
    for key, value in values.items():
        put(document, key, value)
    return document


def _choices(key: str) -> list[str]:
    accounts = SETTINGS.accounts
    if key == "/account":
        return [account.name for account in accounts]
    if key == "/kan":
        return sorted({kan for account in accounts for kan in account.kan})
    return list(SETTINGS.categories)


def _long_texts(key: str) -> list[str]:
    limit = DEFINITION.fields[key].max_length or 0
    return ["長" * limit, "長" * (limit + 1), "行\n" * (limit // 3), "長\n\n" * 9]
