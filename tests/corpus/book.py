"""The good books that the corpus is made of, whole and as parts, and small changes of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from xml.sax.saxutils import escape, unescape

from tests.excel.ooxml.parts import zipped
from tests.excel.reading import samples
from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import FLAT, SECTIONED
from yosan_xl.excel.ooxml.formulas import SharedFormula
from yosan_xl.form.area import parse_a1
from yosan_xl.model.request import Document
from yosan_xl.usecases.fill import filled_book

Parts = dict[str, bytes]
Change = Callable[[Parts], Mapping[str, str | bytes]]

SHEET = samples.SHEET
WORKBOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
TYPES, TOP = "[Content_Types].xml", "_rels/.rels"
RELS = "xl/_rels/workbook.xml.rels"
FORM = "xl/worksheets/sheet3.xml"
"""The part of 要求書1: はじめに and 一覧 stand before it."""

TOTAL = 30_765
"""要求額の合計 (千円) of `good`."""

AMOUNT = samples.line("requested")
FIRST = 4_001
"""The cell of the first line's 要求額 in `good`, and what stands there (千円)."""

SECTIONED_TOTAL = 90_955
THREE_TOTAL = 30_765 + 38_484 + 36_936


@cache
def good() -> bytes:
    """Give a book of one request sheet, a flat list of three lines."""
    return one_request(FLAT, samples.documents(FLAT)[0])


@cache
def sectioned() -> bytes:
    """Give a book of one request in two parts, of a special account, with 都支出金."""
    return one_request(SECTIONED, samples.documents(SECTIONED)[0])


@cache
def three() -> bytes:
    """Give a book of three requests."""
    return samples.filled(FLAT)


def one_request(code: str, document: Document) -> bytes:
    """Give the book of a department with one sheet and this request in it."""
    unit = samples.year().roster.by_code(code)
    assert unit
    settings = replace(samples.settings(), sheets=1)
    return filled_book(samples.plan(), settings, unit, [{**document, "id": f"{code}-1"}])


def parts_of(data: bytes) -> Parts:
    """Give the parts of a book by name, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(change: Change, base: Callable[[], bytes] = good) -> Callable[[], bytes]:
    """Give the way to a book whose parts are replaced by those that `change` gives."""

    def build() -> bytes:
        whole = parts_of(base())
        new = change(whole)
        assert any(_bytes(content) != whole.get(name) for name, content in new.items())
        return zipped({**whole, **new})

    return build


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def with_text(part: str, old: str, new: str) -> Callable[[], bytes]:
    """Give the way to `good` with a text of one part replaced, which must be there."""

    def change(whole: Parts) -> Mapping[str, str]:
        text = whole[part].decode()
        assert old in text, f"{part}: {old}"
        return {part: text.replace(old, new, 1)}

    return changed(change)


def with_part(part: str, content: str | bytes) -> Callable[[], bytes]:
    """Give the way to `good` with a part that is new or another."""
    return changed(lambda _: {part: content})


def without_part(part: str) -> Callable[[], bytes]:
    """Give the way to `good` without one of its parts."""

    def build() -> bytes:
        whole = parts_of(good())
        del whole[part]
        return zipped(whole)

    return build


def with_cell(xml: str, ref: str = AMOUNT) -> Callable[[], bytes]:
    """Give the way to `good` with another XML for a cell; `{s}` is the style it had."""

    def change(whole: Parts) -> Mapping[str, str]:
        text = _unshared(whole[FORM].decode())
        found = re.search(rf'<c r="{ref}" s="([0-9]+)"(?:[^>]*/>|.*?</c>)', text)
        assert found, ref
        return {FORM: text.replace(found[0], xml.replace("{s}", found[1]), 1)}

    return changed(change)


def _unshared(text: str) -> str:
    """Return a sheet whose cells have their formulas themselves, as programs write one that was edited."""
    shared: dict[str, SharedFormula] = {}

    def own(found: re.Match[str]) -> str:
        head, cell, number, formula = found.groups()
        row, column = parse_a1(cell)
        if formula:
            shared[number] = SharedFormula(unescape(formula), row, column)
        return f"{head}<f>{escape(shared[number].at(row, column))}</f>"

    return _SHARED.sub(own, text)


_SHARED = re.compile(
    r'(<c r="([A-Z]+[0-9]+)"[^>]*>)<f t="shared" si="([0-9]+)"(?: ref="[^"]*")?(?:/>|>([^<]*)</f>)'
)


def edited(
    edit: Callable[[Editor], object], base: Callable[[], bytes] = good
) -> Callable[[], bytes]:
    """Give the way to a book that is edited as people and programs do."""

    def build() -> bytes:
        book = Editor(base())
        edit(book)
        return book.data()

    return build


def calculated(book: Editor, change: Callable[[Document], object]) -> None:
    """Save in `good`'s formulas what a spreadsheet program has for its request changed so."""
    document = samples.documents(FLAT)[0]
    change(document)
    samples.recalculate(book, document)
