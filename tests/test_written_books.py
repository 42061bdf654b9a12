"""What holds in the XML of every kind of workbook that the program writes, as Excel takes it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import NamedTuple

import pytest

from tests.written_books import PASSWORD, written_books
from yosan_xl.excel.packing import password_verifier
from yosan_xl.form.area import Area, parse_a1

pytestmark = pytest.mark.slow

_CELL = re.compile(
    r'<c r="(?P<cell>[A-Z]+[0-9]+)"(?: s="(?P<style>[0-9]+)")?(?: t="(?P<type>[a-z]+)")?'
    r"(?:/>|>(?:<f(?: [^>]*)?>(?P<formula>[^<]*)</f>)?(?:<v>(?P<value>[^<]*)</v>)?</c>)"
)
_VALIDATION = re.compile(r"<dataValidation ([^>]*)>(?:<formula1>([^<]*)</formula1>)?")
_ATTRIBUTE = re.compile(r'([A-Za-z]+)="([^"]*)"')
_VOLATILE = re.compile(r"\b(OFFSET|INDIRECT|NOW|TODAY|RAND|RANDBETWEEN|CELL|INFO)\(|\):INDEX\(")
"""What Excel computes anew when a book is opened; a range that begins or ends with INDEX is so too."""

_IGNORED = re.compile(r'<ignoredError sqref="([^"]*)" ([^/]*)/>')
_NUMBER = re.compile(r"[0-9][0-9,.]*")
_STYLE = re.compile(r"<xf [^>]*?(?:/>|>.*?</xf>)", re.DOTALL)


class Sheet(NamedTuple):
    """A worksheet: the book it is of, its part's name and text."""

    book: str
    part: str
    text: str


def _parts(book: str, beginning: str) -> Iterator[Sheet]:
    with zipfile.ZipFile(BytesIO(written_books()[book])) as package:
        for name in package.namelist():
            if name.startswith(beginning) and name.endswith(".xml"):
                yield Sheet(book, name, package.read(name).decode())


def _sheets() -> Iterator[Sheet]:
    for book in written_books():
        yield from _parts(book, "xl/worksheets/sheet")


def _workbooks() -> Iterator[Sheet]:
    for book in written_books():
        yield from _parts(book, "xl/workbook.xml")


def test_books__are_of_every_kind() -> None:
    kinds = {name.partition(" ")[0] for name in written_books()}
    assert kinds == {
        *("generate", "fill", "return", "notice", "consolidate"),
        *("compare", "trend", "validate", "publish"),
    }
    assert len(written_books()) > 25


def test_books__are_of_the_present_engine_and_nothing_is_computed_on_opening() -> None:
    for _, _, text in _workbooks():
        assert re.findall("<calcPr[^>]*>", text) == ['<calcPr calcId="191029"/>']


def test_formulas__are_not_volatile() -> None:
    found = 0
    for book, part, text in _sheets():
        formulas = re.findall("<f[^>]*>([^<]*)</f>", text)
        found += len(formulas)
        assert [one for one in formulas if _VOLATILE.search(one)] == [], (book, part)
    for book, _, text in _workbooks():
        names = re.findall(r"<definedName [^>]*>([^<]*)</definedName>", text)
        found += len(names)
        assert [one for one in names if _VOLATILE.search(one)] == [], book
    assert found > 5_000


def test_formulas__have_a_result_and_a_blank_one_is_a_text() -> None:
    blank = 0
    for book, part, text in _sheets():
        cells = [one for one in _CELL.finditer(text) if one["formula"] is not None]
        assert len(cells) == text.count("</f>"), (book, part)
        for one in cells:
            assert one["value"] is not None, (book, part, one["cell"])
            assert one["value"] or one["type"] == "str", (book, part, one["cell"])
            blank += not one["value"]
    assert blank > 1_000


def test_validations__say_how_the_input_method_stands() -> None:
    found: dict[str, set[str | None]] = {}
    for book, part, text in _sheets():
        for attributes, formula in _VALIDATION.findall(text):
            own = dict(_ATTRIBUTE.findall(attributes))
            found.setdefault(own["type"], set()).add(own.get("imeMode"))
            assert own.get("imeMode") == _ime(own, formula), (book, part, own)
    assert {"whole", "custom", "list", "textLength"} <= found.keys()


def _ime(validation: dict[str, str], formula: str) -> str | None:
    """Give what is expected: figures and codes without an input method, texts with one, choices as it stands."""
    if validation["type"] == "list":
        return None
    is_text = validation["type"] == "textLength" and validation.get("operator") != "equal"
    is_year = formula == "4"
    return "hiragana" if is_text and not is_year else "off"


def test_codes_as_text_and_formulas__have_no_green_triangle() -> None:
    texts = formulas = 0
    for book, part, text in _sheets():
        ignored = {
            kind: _areas(refs)
            for refs, kinds in _IGNORED.findall(text)
            for kind, _ in _ATTRIBUTE.findall(kinds)
        }
        strings = _strings(book)
        for one in _CELL.finditer(text):
            place = (book, part, one["cell"])
            if one["formula"] is not None:
                formulas += 1
                kinds = ("formula", "formulaRange", "unlockedFormula", "emptyCellReference")
                assert all(_holds(ignored[kind], one["cell"]) for kind in kinds), place
            elif one["type"] == "s" and _NUMBER.fullmatch(strings[int(one["value"])]):
                texts += 1
                assert _holds(ignored["numberStoredAsText"], one["cell"]), place
                assert _holds(ignored["twoDigitTextYear"], one["cell"]), place
    assert texts > 500
    assert formulas > 5_000


def test_amounts_of_departments__keep_the_triangle_of_a_number_typed_as_text() -> None:
    blank = next(name for name in written_books() if name.startswith("generate "))
    text = next(one.text for one in _parts(blank, "xl/worksheets/sheet3.xml"))
    (texts,) = (_areas(refs) for refs, kind in _IGNORED.findall(text) if "StoredAs" in kind)
    whole = [dict(_ATTRIBUTE.findall(one)) for one, _ in _VALIDATION.findall(text)]
    amounts = [own["sqref"].partition(":")[0] for own in whole if own["type"] == "whole"]
    assert len(amounts) > 5
    assert not [cell for cell in amounts if _holds(texts, cell)]


def _areas(refs: str) -> list[Area]:
    return [Area.parse(ref) for ref in refs.split()]


def _holds(areas: list[Area], cell: str) -> bool:
    row, column = parse_a1(cell)
    return any(one.top <= row <= one.bottom and one.left <= column <= one.right for one in areas)


def _strings(book: str) -> list[str]:
    (shared,) = _parts(book, "xl/sharedStrings.xml")
    return [unescape(one) for one in re.findall(r"<si><t[^>]*>([^<]*)</t></si>", shared.text)]


def test_charts__name_fonts_of_japanese() -> None:
    charts = [chart for book in written_books() for chart in _parts(book, "xl/charts/")]
    assert {chart.book.partition(" ")[0] for chart in charts} == {"consolidate", "trend"}
    for book, part, text in charts:
        fonts = re.findall(r'<a:latin typeface="([^"]*)"[^>]*/>(<a:ea typeface="\1"/>)?', text)
        assert fonts, (book, part)
        assert all(east for _, east in fonts), (book, part)
        assert "en-US" not in text
        # What names no font of its own has that of the whole chart.
        assert text.count("</c:txPr><c:printSettings>") == 1


def test_books_of_a_year_with_locked_structure__say_so_with_the_password_of_the_sheets() -> None:
    key = password_verifier(PASSWORD)
    for book, _, text in _workbooks():
        locks = re.findall("<workbookProtection[^>]*>", text)
        wanted = f'<workbookProtection workbookPassword="{key}" lockStructure="1"/>'
        assert locks == ([wanted] if " locked " in book else []), book
    for book, part, text in _sheets():
        if " locked " in book:
            assert f'<sheetProtection password="{key}"' in text, (book, part)
