"""What people type into a cell for an amount (千円): understood, repaired and told, or an error.

A text is never in the sheet's own SUM, so every request with an amount as text is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.corpus.book import AMOUNT, FIRST, SHEET, TOTAL, calculated, edited, with_cell
from tests.corpus.expect import Entry, Expectation, accepted, left_out
from tests.excel.reading import samples
from tests.excel.reading.edit import Editor
from yosan_xl.model.request import Document

OTHERS = TOTAL - FIRST

_AS_TEXT: dict[str, int] = {
    "１，２３４": 1234, "6,000円": 6, "1,234千円": 1234, "１２３４": 1234, "▲500": -500, "△500": -500,
    "(500)": -500, "（５００）": -500, "－500": -500, "-500": -500, "−500": -500, "‐500": -500, "―500": -500,
    "ー500": -500, "500.0": 500, "500.00": 500, "+5": 5, "￥1,000": 1, "¥2000": 2, " 4001 ": 4001,
    "　4001　": 4001, "4001": 4001, "0": 0, "０": 0, "12,345,678": 12_345_678, "1234 千円": 1234, "△1,234千円": -1234,
    "▲ 500": -500, "４００１千円": 4001, "007": 7,
    "\u202e105": 105, "4001\u200b": 4001,
}  # fmt: skip
_NO_FIGURE = [
    "皆増",
    "皆減",
    "-",
    "－",
    "―",
    "‐",
    "ー",
    "--",
    "なし",
    "無し",
    "無",
    "ナシ",
    "※",
    "未定",
    "な し",
]
_NO_AMOUNT = [
    "約500", "500~600", "1_000", "٣٤", "inf", "NaN", "1e3", "0x10", "1.5", "1,23", "１２,３４", "②", "五百",
    "500\n300", "5 00", "1.234.567", "=4001", "'4001", "5％", "10000000001", "9" * 21, "1,2345", "--5", "(5", "５百万円",
    "Ⅳ", "½", "१२", "4001;", "TRUE",
]  # fmt: skip
_OF_ANOTHER_UNIT = ["1,234円", "４００１円", "￥1,234"]
_NUMERALS: dict[str, int] = {
    "1234": 1234, "1.234E3": 1234, "1234.0": 1234, "1234.000000": 1234, "0": 0, "-500": -500, "+7": 7,
    "1E6": 1_000_000, "9999999": 9_999_999, "-0": 0, "00012": 12, "12E-0": 12, "120E-1": 12, ".12e2": 12,
}  # fmt: skip
_FRACTIONS = ["12.5", "0.001", "-1.5", "1E-9", "4001.0000001", "1234.5678", "0.1E-300"]
_BEYOND = {"10000000001": 10**10 + 1, "-10000000001": -(10**10) - 1, "1E15": 10**15}
_BEYOND_FIGURES = [
    2**53 + 1, 123456789012345678901234567890, "1e309", "-1e309", "1E+310", "9.99e308", "1e999", "12345678901234567890",
    "1.23456789012346e+19", "-98765432109876543210", "99999999999999999999.5", "0.5e309", 10**400 - 1,
]  # fmt: skip
"""Numbers that no spreadsheet program can hold, or that were pasted."""

_ERRORS = ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!"]

_FIELDS: dict[str, tuple[str, Expectation]] = {
    "total": ("/total/requested", left_out(TOTAL, "YX042")),
    "general": ("/funding/general/amount", left_out(TOTAL, "YX042")),
    "national": ("/funding/national/amount", left_out(TOTAL, "YX123")),
    "limit": ("/contract_authorization/limit", accepted(TOTAL, "YX123")),
    "term": ("/contract_authorization/term_start", accepted(TOTAL, "YX134")),
    "year": ("/fiscal_year", accepted(TOTAL, "YX134")),
    "no": ("/no", accepted(TOTAL, "YX046")),
    "title": ("/title", accepted(TOTAL, "YX134")),
}
"""Other fields that may hold such a number."""

_BILLION_YEN, _FAR = 1_000_000, ["YX212"]
"""From 10億円 on (千円) an amount beside far smaller ones may have been typed in 円."""


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    for number, (text, amount) in enumerate(_AS_TEXT.items()):
        yield _text(
            f"as-text-{number:02}", text, left_out(OTHERS + amount, "YX120", *_marked(amount))
        )
    for number, text in enumerate(_NO_FIGURE):
        yield _text(f"no-figure-{number:02}", text, accepted(OTHERS, "YX125"))
    for number, text in enumerate(_NO_AMOUNT):
        yield _text(f"no-amount-{number:02}", text, left_out(OTHERS, "YX121"))
    for number, text in enumerate(_OF_ANOTHER_UNIT):
        yield _text(f"other-unit-{number:02}", text, left_out(OTHERS, "YX122"))
    yield _text("error-as-text", "#REF!", left_out(OTHERS, "YX124"))
    yield _text("the-limit", "10000000000", left_out(0, "YX104", "YX120"))
    yield from _numbers()
    yield from _others()


def _marked(amount: int) -> list[str]:
    """Return what the sheet's own panel marks of an amount, where no rule says it."""
    return ["YX214"] if amount >= _BILLION_YEN else []


def _asked(amount: int) -> list[str]:
    """Give what is asked about an amount that is read as it stands."""
    return [*(_FAR if amount >= _BILLION_YEN else []), *(["YX214"] if amount < 0 else [])]


def _numbers() -> Iterator[Entry]:
    for number, (numeral, amount) in enumerate(_NUMERALS.items()):
        yield Entry(
            f"number-{number:02}",
            edited(partial(_number, numeral, amount)),
            accepted(OTHERS + amount, *_asked(amount)),
        )
    for number, numeral in enumerate(_FRACTIONS):
        cell = f'<c r="{AMOUNT}" s="{{s}}"><v>{numeral}</v></c>'
        yield Entry(f"fraction-{number:02}", with_cell(cell), left_out(OTHERS, "YX122"))
    for number, (numeral, amount) in enumerate(_BEYOND.items()):
        yield Entry(
            f"beyond-{number:02}",
            edited(partial(_number, numeral, amount)),
            left_out(OTHERS, "YX123"),
        )
    for number, saved in enumerate(_BEYOND_FIGURES):
        cell = f'<c r="{AMOUNT}" s="{{s}}"><v>{saved}</v></c>'
        yield Entry(f"beyond-figures-{number}", with_cell(cell), left_out(OTHERS, "YX123"))


def _others() -> Iterator[Entry]:
    for name, (pointer, expect) in _FIELDS.items():
        cell = f'<c r="{samples.cell(pointer)}" s="{{s}}"><v>1e309</v></c>'
        yield Entry(f"beyond-in-{name}", with_cell(cell, samples.cell(pointer)), expect)
    for number, error in enumerate(_ERRORS):
        cell = f'<c r="{AMOUNT}" s="{{s}}" t="e"><v>{error}</v></c>'
        yield Entry(f"error-{number:02}", with_cell(cell), left_out(OTHERS, "YX124"))
    no_value = left_out(OTHERS, "YX124")
    yield Entry("true", edited(lambda book: book.put_boolean(SHEET, AMOUNT)), no_value)
    yield Entry("date", edited(lambda book: book.put_date(SHEET, AMOUNT, 43_922)), no_value)
    yield Entry("lost-link", edited(lambda book: book.put_error(SHEET, AMOUNT)), no_value)


def _text(name: str, text: str, expect: Expectation) -> Entry:
    def edit(book: Editor) -> None:
        book.put_text(SHEET, AMOUNT, text)
        calculated(book, lambda document: _set(document, None))

    return Entry(name, edited(edit), expect)


def _number(numeral: str, amount: int, book: Editor) -> None:
    book.put_number(SHEET, AMOUNT, numeral)
    calculated(book, lambda document: _set(document, amount))


def _set(document: Document, amount: int | None) -> None:
    document["lines"][0]["requested"] = amount
