"""Books of which two readers could make two: each is refused, never guessed at."""

from __future__ import annotations

import pytest

from tests.excel.ooxml.parts import (
    ONE_SHEET,
    parts,
    read,
    refused,
    relationships,
    shared_strings,
    texts,
    workbook,
    worksheet,
)
from yosan_xl.excel.ooxml import refusals

ROW = '<sheetData><row><c t="s"><v>0</v></c></row></sheetData>'


@pytest.mark.parametrize(
    "cell",
    [
        "<c><v>1<x>2</x></v></c>",
        '<c t="str"><v>a<v>b</v></v></c>',
        "<c><f>A2<f>A3</f></f></c>",
        '<c t="inlineStr"><is><t>a<x>b</x></t></is></c>',
    ],
)
def test_open_book__an_element_within_a_value(cell: str) -> None:
    made = parts(f"<sheetData><row>{cell}</row></sheetData>")
    assert "文字の中" in refused(made, refusals.MALFORMED)


def test_open_book__an_element_within_a_shared_string_or_a_name() -> None:
    refused(parts(ROW, strings=shared_strings("<t>a<t>b</t></t>")), refusals.MALFORMED)
    names = '<definedNames><definedName name="a">A1<x>B1</x></definedName></definedNames>'
    refused(parts(ROW, book=workbook(ONE_SHEET + names)), refusals.MALFORMED)


@pytest.mark.parametrize("kind", ["sharedStrings", "styles"])
def test_open_book__two_parts_where_there_can_be_one(kind: str) -> None:
    rels = {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": (kind, f"{kind}.xml")}
    twice = relationships({**rels, "rId3": (kind, "other.xml")})
    made = parts(ROW) | {
        "xl/_rels/workbook.xml.rels": twice,
        "xl/other.xml": str(parts(ROW)[f"xl/{kind}.xml"]),
    }
    assert "2つ" in refused(made, refusals.MALFORMED)


def test_open_book__two_workbooks() -> None:
    office = ("officeDocument", "xl/workbook.xml")
    twice = relationships({"a": office, "b": ("officeDocument", "xl/other.xml")})
    made = parts(ROW) | {"_rels/.rels": twice, "xl/other.xml": workbook(ONE_SHEET)}
    assert "2つ" in refused(made, refusals.MALFORMED)


def test_open_book__the_same_part_named_twice_is_one() -> None:
    strings = ("sharedStrings", "sharedStrings.xml")
    rels = {"rId1": ("worksheet", "worksheets/sheet1.xml"), "a": strings, "b": strings}
    made = parts(ROW) | {"xl/_rels/workbook.xml.rels": relationships(rels)}
    assert texts(read(made).sheets[0]) == {(0, 0): "総務費"}


def test_open_book__columns_over_one_another() -> None:
    cols = '<col min="1" max="16384" hidden="1"/><col min="16384" max="16384"/>'
    made = parts(worksheet(f"<cols>{cols}</cols>").encode())
    assert "列" in refused(made, refusals.MALFORMED)
    whole = read(parts('<cols><col min="1" max="16384" hidden="1"/></cols>')).sheets[0]
    assert len(whole.hidden_cols) == 16_384


def test_open_book__a_long_part_name_is_told_short() -> None:
    rels = relationships({"rId1": ("worksheet", "x" * 100_000)})
    assert len(refused(parts(ROW) | {"xl/_rels/workbook.xml.rels": rels}, refusals.MALFORMED)) < 500


def test_open_book__a_sheet_of_a_kind_that_nobody_knows() -> None:
    rels = relationships({"rId1": ("sheet", "worksheets/sheet1.xml")})
    assert "種類" in refused(parts(ROW) | {"xl/_rels/workbook.xml.rels": rels}, refusals.MALFORMED)
