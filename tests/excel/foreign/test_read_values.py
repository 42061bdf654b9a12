"""What a worker says is taken within bounds, whatever has become of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.corpus.book import STYLES, good, with_text
from tests.excel.reading.binary import NOT_AVAILABLE, REFERENCE, as_xls, as_xlsb
from tests.excel.reading.edit import Editor
from tests.excel.reading.ods import as_ods, packed
from yosan_xl.excel.foreign.raw_bytes import errors_in
from yosan_xl.excel.foreign.read_values import Unread, values_by
from yosan_xl.excel.ooxml.book import CellKind


@pytest.mark.parametrize(
    ("answer", "times", "problem"),
    [
        ("[", 100_000, "開けません"),
        ('{"sheets": 5}', 1, "開けません"),
        ('{"sheets": [{"name": "a", "state": "", "cells": [[1]]}]}', 1, "開けません"),
        ("9", 5_000, "開けません"),
        ("", 1, "開けません"),
        (" ", 40_000_000, "セルか文字、書式が多すぎます"),
    ],
)
def test_values_by__an_answer_that_is_none(
    answer: str, times: int, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = tmp_path / "worker"
    says = f"print({answer!r} * {times}, end='')"
    worker.write_text(f"#!{sys.executable}\n{says}\n", encoding="utf-8")
    worker.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(worker))
    with pytest.raises(Unread, match=problem):
        values_by("calamine", b"")


def test_values_by__more_than_the_memory_of_the_worker_is_no_answer() -> None:
    font = '<font><sz val="9"/><color rgb="FF000001"/></font>'
    many = with_text(STYLES, "</fonts>", f"{font * 250_000}</fonts>")
    with pytest.raises(Unread, match=r"上限に達しました|多すぎます"):
        values_by("openpyxl", many())


def test_values_by__gives_errors_where_calamine_gives_nothing() -> None:
    put = {("要求書1", "I6"): NOT_AVAILABLE, ("積算", "B2"): REFERENCE}
    for write in (as_xls, as_xlsb):
        sheets = {sheet.name: sheet for sheet in values_by("calamine", write(Editor(good()), put))}
        assert sheets["要求書1"].text(5, 8) == "#N/A"
        assert sheets["積算"].text(1, 1) == "#REF!"


def test_values_by__gives_the_errors_of_an_ods_as_libreoffice_writes_them() -> None:
    error = (
        '<table:table-cell table:formula="of:=[$積算.H8]" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"{more}>'
        "<office:annotation><text:p>確かめる</text:p></office:annotation><text:p>#N/A</text:p>"
        "</table:table-cell>"
    )
    number = '<table:table-cell office:value-type="float" office:value="7"/>'
    twice = error.format(more=' table:number-columns-repeated="2"')
    spaces = ("office", "table", "text")
    names = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in spaces
    )
    rows = (
        f"<table:table-row>{number}{error.format(more='')}</table:table-row>",
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>',
        f'<table:table-row table:number-rows-repeated="2">{twice}{number}</table:table-row>',
    )
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(own)}</table:table>'
        for name, own in (("甲", rows[:1]), ("乙", rows))
    )
    content = (
        f'<office:document-content {names} xmlns:calcext="urn:calcext" office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    first, second = values_by("calamine", packed(content))
    assert {spot: cell.text for spot, cell in first.cells.items()} == {
        (0, 0): "7",
        (0, 1): "#N/A",
    }
    wrong = [spot for spot, cell in second.cells.items() if cell.kind is CellKind.ERROR]
    assert wrong == [(0, 1), (3, 0), (3, 1), (4, 0), (4, 1)]


def test_errors_in__of_an_ods_are_its_texts() -> None:
    assert errors_in(as_ods(Editor(good()))) is None


def test_values_by__what_lies_in_the_present_folder_is_no_part_of_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert values_by("openpyxl", good())
