"""A second reader before a year is kept: what it says is told and recorded, and never stops the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.book import parts_of
from tests.excel.ooxml.parts import zipped
from tests.usecases.archive.samples import json_year, put, small_year
from tests.usecases.edit import cell_of
from yosan_xl.excel.foreign.read_values import Unread
from yosan_xl.excel.ooxml.book import Book, Cell, CellKind, Sheet
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.form.area import parse_a1
from yosan_xl.store.archive.manifest import Kind as FileKind
from yosan_xl.store.archive.manifest import manifest_bytes, parse_manifest, seal_bytes
from yosan_xl.store.archive.shelf import read_shelf
from yosan_xl.usecases.archive.add import add
from yosan_xl.usecases.archive.record import SecondReadOptions
from yosan_xl.usecases.archive.verify import verify

AMOUNT = cell_of("yx_lines1_requested")
DTD = b'<!DOCTYPE x [<!ENTITY a "b">]>'


class Reader:
    """A second reader of our opinion that counts what it was given; `wrong` differs in one amount."""

    def __init__(self, *, wrong: bool = False) -> None:
        self.given: list[bytes] = []
        self.wrong = wrong

    def __call__(self, data: bytes) -> tuple[Sheet, ...]:
        self.given.append(data)
        sheets = open_book(data).sheets
        return tuple(map(_altered, sheets)) if self.wrong else sheets


def _altered(sheet: Sheet) -> Sheet:
    if sheet.name != "要求書1":
        return sheet
    wrong = {parse_a1(AMOUNT): Cell(CellKind.NUMBER, "1", None, 0)}
    return replace(sheet, cells={**sheet.cells, **wrong})


def _with_dtd(part: str | bytes) -> bytes:
    whole = part.encode() if isinstance(part, str) else part
    return whole.replace(b"<workbook", DTD + b"<workbook", 1)


def refuse(data: bytes) -> tuple[Sheet, ...]:
    raise Unread("20秒で読み終わりません")


def test_add__the_nine_by_openpyxl_itself(tmp_path: Path) -> None:
    done = add(small_year(tmp_path / "R2", 6))
    assert (done.requests, done.books, done.agreed, done.findings) == (9, 6, 6, ())
    (stage,) = read_shelf(tmp_path / "保存庫").stages
    assert {entry.agreed for entry in stage.manifest.of_kind(FileKind.SUBMITTED)} == {True}
    assert sum(entry.agreed for entry in stage.manifest.files) == 6


def test_yx679__hits_a_reader_that_disagrees_and_the_year_is_kept(tmp_path: Path) -> None:
    done = put(small_year(tmp_path / "R2", 2), second=SecondReadOptions(Reader(wrong=True)))
    assert (done.is_new, done.books, done.agreed) == (True, 2, 0)
    first, second = done.findings
    assert (first.code, first.weight.value, first.place.sheet) == ("YX679", "注意", "要求書1")
    assert (first.place.file, first.place.cell) == ("0101_地域振興課.xlsx", AMOUNT)
    assert second.place.file == "0103_税務課.xlsx"
    kept = tmp_path / "保存庫" / "R2" / "要求" / "保存" / "指摘.json"
    assert kept.read_text(encoding="utf-8").count('"YX679"') == 2
    assert verify(tmp_path / "保存庫").findings == ()


def test_yx679__hits_our_own_reader_gone_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yosan_xl.excel.reading import read_book

    def wrongly(data: bytes, **options: Any) -> Book:
        book = open_book(data, **options)
        return replace(book, sheets=tuple(map(_altered, book.sheets)))

    monkeypatch.setattr(read_book, "open_book", wrongly)
    done = put(small_year(tmp_path / "R2"), second=SecondReadOptions(Reader()))
    assert [finding.code for finding in done.findings] == ["YX679"]
    assert "「1」、別の読み方（openpyxl）は" in done.findings[0].fact


def test_yx680__hits_a_book_that_takes_too_long_and_the_year_is_kept(tmp_path: Path) -> None:
    done = put(small_year(tmp_path / "R2"), second=SecondReadOptions(refuse))
    assert (done.is_new, done.books, done.agreed) == (True, 1, 0)
    (finding,) = done.findings
    assert (finding.code, finding.weight.value) == ("YX680", "情報")
    assert finding.place.file == "0101_地域振興課.xlsx"
    assert "20秒で読み終わりません" in finding.fact


def test_yx680__does_not_hit_a_book_that_we_refuse_nor_is_it_given(tmp_path: Path) -> None:
    year = small_year(tmp_path / "R2")
    good = (year / "提出" / "0101_地域振興課.xlsx").read_bytes()
    parts = parts_of(good)
    parts["xl/workbook.xml"] = _with_dtd(parts["xl/workbook.xml"])
    (year / "提出" / "dtd.xlsx").write_bytes(zipped(parts))
    reader = Reader()
    done = put(year, second=SecondReadOptions(reader), anyway=True)
    assert reader.given == [good]
    assert (done.books, done.agreed) == (2, 1)
    assert [finding.code for finding in done.findings] == ["YX015"]


def test_add__books_that_agreed_are_not_read_again(tmp_path: Path) -> None:
    year, reader = small_year(tmp_path / "R2", 2), Reader()
    put(year, second=SecondReadOptions(reader))
    put(year, second=SecondReadOptions(reader))
    (year / "メモ.txt").write_text("内示のあと")
    done = put(year, "内示", second=SecondReadOptions(reader))
    assert len(reader.given) == 2
    assert (done.is_new, done.books, done.agreed) == (True, 2, 2)


def test_add__a_book_that_did_not_agree_is_read_again(tmp_path: Path) -> None:
    year, reader = small_year(tmp_path / "R2"), Reader()
    put(year, second=SecondReadOptions(refuse))
    (year / "メモ.txt").write_text("内示のあと")
    assert put(year, "内示", second=SecondReadOptions(reader)).agreed == 1
    assert len(reader.given) == 1


def test_add__json_is_no_book(tmp_path: Path) -> None:
    done = put(json_year(tmp_path / "R2"), second=SecondReadOptions(refuse))
    assert (done.books, done.agreed, done.findings) == (0, 0, ())


def test_add__shows_how_far_the_second_reader_is(tmp_path: Path) -> None:
    seen: list[Path] = []

    def progress(books: Iterable[Path]) -> Iterable[Path]:
        for book in books:
            yield book
            seen.append(book)

    put(small_year(tmp_path / "R2", 2), second=SecondReadOptions(Reader(), progress=progress))
    assert [path.name for path in seen] == ["0101_地域振興課.xlsx", "0103_税務課.xlsx"]


def test_manifest__says_how_many_agreed(tmp_path: Path) -> None:
    put(small_year(tmp_path / "R2", 2), second=SecondReadOptions(Reader()))
    path = tmp_path / "保存庫" / "R2" / "要求" / "manifest.json"
    value = json.loads(path.read_text(encoding="utf-8"))
    assert value["second_reader"] == {"name": "openpyxl", "books": 2, "agreed": 2}
    assert [row["path"] for row in value["files"] if row.get("agreed")] == [
        "提出/0101_地域振興課.xlsx",
        "提出/0103_税務課.xlsx",
    ]


def test_manifest__of_before_there_was_a_second_reader_is_read(tmp_path: Path) -> None:
    put(small_year(tmp_path / "R2"), second=SecondReadOptions(Reader()))
    (stage,) = read_shelf(tmp_path / "保存庫").stages
    files = tuple(replace(entry, agreed=False) for entry in stage.manifest.files)
    old = manifest_bytes(replace(stage.manifest, files=files, books=None))
    assert b"second_reader" not in old
    assert b"agreed" not in old
    assert parse_manifest(old, seal_bytes(old)).agreed == ()
