from __future__ import annotations

import io
import zipfile
from dataclasses import fields, replace
from typing import Any

import pytest

from tests.excel.ooxml.parts import (
    MAIN,
    ONE_SHEET,
    Parts,
    content_types,
    parts,
    read,
    refused,
    relationships,
    shared_strings,
    style_sheet,
    workbook,
    worksheet,
    zipped,
)
from yosan_xl.excel.number_format import BUILT_IN
from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.ooxml.limits import LIMITS

CELLS = "<sheetData>" + "<row><c/><c/></row>" * 2 + "</sheetData>"
SHARED = (
    '<sheetData><row><c><f t="shared" ref="A1:A9" si="0">LEN("123456")</f></c></row>'
    + '<row><c><f t="shared" si="0"/></c></row>' * 3
    + "</sheetData>"
)
NAMES = "".join(f'<definedName name="n{n}">1</definedName>' for n in range(4))
COLS = "<cols>" + '<col min="1" max="1"/>' * 4 + "</cols>"
ROWS = "<sheetData>" + '<row r="1"/>' * 4 + "</sheetData>"
MERGES = "<mergeCells>" + '<mergeCell ref="A1"/>' * 4 + "</mergeCells>"


def noted(made: Parts, count: int) -> Parts:
    """Put `count` comments of one character each into a book."""
    notes = "".join(
        f'<comment ref="A{n + 1}"><text><t>注</t></text></comment>' for n in range(count)
    )
    return made | {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships({"a": ("comments", "/xl/c.xml")}),
        "xl/c.xml": f'<comments xmlns="{MAIN}"><commentList>{notes}</commentList></comments>',
    }


CASES: dict[str, tuple[Parts, int]] = {
    "entries": (parts(), 7),
    "tags": (parts(), sum(str(content).count("<") for content in parts().values())),
    "cells": (parts(CELLS), 4),
    "row_elements": (parts(ROWS), 4),
    "column_elements": (parts(COLS), 4),
    "merges": (parts(MERGES), 4),
    "cell_chars": (parts(strings=shared_strings("<t>1234567</t>")), 7),
    "names": (parts(book=workbook(f"{ONE_SHEET}<definedNames>{NAMES}</definedNames>")), 4),
    "shared_strings": (parts(strings=shared_strings("", "", "", "")), 4),
    "text_chars": (parts(strings=shared_strings("<t>12</t>", "<r><t>3</t></r>", "<t>4</t>")), 4),
    "formula_chars": (parts(SHARED), 4 * len('LEN("123456")')),
    "comments": (noted(parts(), 4), 4),
    "formats": (parts(styles=style_sheet("<xf/>" * 60)), 60),
    "number_formats": (
        parts(styles=style_sheet("<xf/>", '<numFmt numFmtId="176" formatCode="0"/>')),
        len(BUILT_IN) + 1,
    ),
    "depth": (parts("<a><b><c/></b></a>"), 4),
}


@pytest.mark.parametrize("name", CASES)
def test_limits__reached_is_read_and_passed_is_refused(name: str) -> None:
    made, count = CASES[name]
    change: dict[str, Any] = {name: count}
    read(made, replace(LIMITS, **change))
    change = {name: count - 1}
    told = refused(made, refusals.TOO_LARGE, replace(LIMITS, **change))
    assert f"{count - 1:,}" in told


def test_limits__file_bytes() -> None:
    data = zipped(parts())
    refused(data, refusals.TOO_LARGE, replace(LIMITS, file_bytes=len(data) - 1))


def two_sheets(inner: str) -> Parts:
    listed = '<sheet name="a" r:id="rId1"/><sheet name="b" r:id="rId2"/>'
    rels = {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("worksheet", "sheet2.xml")}
    return parts(inner, book=workbook(f"<sheets>{listed}</sheets>")) | {
        "xl/_rels/workbook.xml.rels": relationships(rels),
        "xl/sheet2.xml": worksheet(inner),
    }


def test_limits__sheets() -> None:
    read(two_sheets(""), replace(LIMITS, sheets=2))
    refused(two_sheets(""), refusals.TOO_LARGE, replace(LIMITS, sheets=1))


def test_limits__cells_are_counted_over_all_sheets() -> None:
    read(two_sheets(CELLS), replace(LIMITS, cells=8))
    refused(two_sheets(CELLS), refusals.TOO_LARGE, replace(LIMITS, cells=7))


@pytest.mark.parametrize(
    ("name", "inner", "each"), [("row_elements", ROWS, 4), ("column_elements", COLS, 4)]
)
def test_limits__rows_and_columns_are_counted_over_all_sheets(
    name: str, inner: str, each: int
) -> None:
    exact: dict[str, Any] = {name: 2 * each}
    read(two_sheets(inner), replace(LIMITS, **exact))
    short: dict[str, Any] = {name: 2 * each - 1}
    refused(two_sheets(inner), refusals.TOO_LARGE, replace(LIMITS, **short))


def test_limits__texts_of_strings_cells_and_comments_are_counted_together() -> None:
    inner = (
        '<sheetData><row><c t="str"><v>123</v></c>'
        '<c t="inlineStr"><is><t>45</t></is></c><c t="e"><v>#N/A</v></c></row></sheetData>'
    )
    made = noted(parts(inner, strings=shared_strings("<t>1</t>")), 2)
    read(made, replace(LIMITS, text_chars=3 + 2 + 4 + 1 + 2))
    refused(made, refusals.TOO_LARGE, replace(LIMITS, text_chars=3 + 2 + 4 + 1 + 1))


def test_limits__a_shared_text_counts_in_every_cell_that_uses_it() -> None:
    cells = '<c t="s"><v>0</v></c>' * 5
    made = parts(f"<sheetData><row>{cells}</row></sheetData>", strings=shared_strings("<t>123</t>"))
    read(made, replace(LIMITS, used_chars=15, text_chars=3))
    refused(made, refusals.TOO_LARGE, replace(LIMITS, used_chars=14))


def test_limits__relationships_are_no_more_than_parts() -> None:
    many = relationships({f"r{n}": ("officeDocument", "xl/workbook.xml") for n in range(8)})
    made = parts() | {"_rels/.rels": many}
    read(made, replace(LIMITS, entries=8))
    refused(made, refusals.TOO_LARGE, replace(LIMITS, entries=7))


def test_limits__content_types_are_no_more_than_parts() -> None:
    kinds = "".join(f'<Override PartName="/p{n}" ContentType="x"/>' for n in range(6))
    made = parts() | {"[Content_Types].xml": content_types().replace("</T", f"{kinds}</T")}
    read(made, replace(LIMITS, entries=8))
    refused(made, refusals.TOO_LARGE, replace(LIMITS, entries=7))


def test_limits__text_of_a_cell() -> None:
    inner = f'<sheetData><row><c t="str"><v>{"あ" * 40_000}</v></c></row></sheetData>'
    assert len(read(parts(inner)).sheets[0].cell(0, 0).text) == 40_000
    refused(parts(inner), refusals.TOO_LARGE, replace(LIMITS, cell_chars=39_999))


def bomb(size: int) -> bytes:
    inner = b"<sheetData>" + b" " * size + b"</sheetData>"
    return zipped(parts(worksheet("").replace("></", f">{inner.decode()}</").encode()))


@pytest.mark.parametrize(
    "inner",
    [
        "<!--" + " " * 1_500_000 + "-->",
        '<x a="' + " " * 1_500_000 + '"/>',
        "<x " + " ".join(f'a{n}=""' for n in range(150_000)) + "/>",
    ],
    ids=["comment", "attribute", "attributes"],
)
def test_limits__one_long_tag(inner: str) -> None:
    assert "1つのタグの長さ" in refused(parts(inner), refusals.TOO_LARGE)


def test_limits__long_text_is_no_long_tag() -> None:
    inner = f"<x>{'あ' * 1_500_000}</x>" + "<x/>" * 500_000
    assert read(parts(inner)).sheets[0].cells == {}


def test_limits__unpacking_stops_at_the_limit() -> None:
    data = bomb(8_000_000)
    assert len(data) < 20_000
    part = replace(LIMITS, part_bytes=1_000_000)
    assert "展開した部品" in refused(data, refusals.TOO_LARGE, part)
    total = replace(LIMITS, total_bytes=1_000_000)
    assert "展開した大きさの合計" in refused(data, refusals.TOO_LARGE, total)


def test_limits__a_size_that_lies_does_not_help() -> None:
    data = bytearray(bomb(8_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        real = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    lie = bytes(data).replace(real, (1_000).to_bytes(4, "little"))
    refused(lie, refusals.TOO_LARGE, replace(LIMITS, part_bytes=1_000_000))


@pytest.mark.parametrize("limit", fields(LIMITS), ids=lambda limit: limit.name)
def test_limits__each_says_what_and_why(limit: Any) -> None:
    assert limit.metadata["what"]
    assert limit.metadata["unit"]
    assert limit.metadata["why"]
