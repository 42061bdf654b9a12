"""Rows of a CSV as Excel, Notepad or an editor saved it."""

from __future__ import annotations

import pytest

from yosan_xl.store.csv_rows import BadCsv, CsvFaults, columns_of, csv_rows
from yosan_xl.store.succession_file import ROW, TABLE

TEXT = "種類,前,後\r\n# 説明,,\r\n,,\r\n事業, 甲 ,乙\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_rows__are_read_in_every_encoding_of_excel(encoding: str) -> None:
    rows = csv_rows(TEXT.encode(encoding))
    assert [(row.number, row.cells) for row in rows] == [
        (1, ("種類", "前", "後")),
        (4, ("事業", "甲", "乙")),
    ]


def test_rows__may_be_parted_by_tabs() -> None:
    assert csv_rows("種類\t前\n事業\t甲,乙\n".encode())[1].cells == ("事業", "甲,乙")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("コード，部，課\n01，甲，乙\n", "1行目の区切りが全角の「，」です"),
        ("コード,部,課\n01，甲，乙\n", "2行目の区切りが全角の「，」です"),
        ("コード,部,課\n01,甲，乙\n", "2行目の区切りが全角の「，」です"),
        ("コード;部;課\n01;甲;乙\n", "1行目の区切りが「;」です"),
        ("コード,部,課\n01\t甲\t乙\n", "2行目の区切りがタブです"),
        ("コード\t部\t課\n01,甲,乙\n", "2行目の区切りが「,」です。区切りはタブです"),
    ],
)
def test_rows__parted_by_something_else_are_told_so(text: str, told: str) -> None:
    with pytest.raises(BadCsv) as error:
        csv_rows(text.encode())
    assert error.value.problem.startswith(told)
    assert "置きかえて" in error.value.remedy


def test_rows__may_have_such_a_mark_in_a_cell() -> None:
    assert csv_rows("コード,部,課\n01,甲；乙,丙，丁\n".encode())[1].cells == (
        "01",
        "甲；乙",
        "丙，丁",
    )


@pytest.mark.parametrize("data", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_rows__of_a_book_called_csv_say_how_to_save_it(data: bytes) -> None:
    with pytest.raises(BadCsv) as error:
        csv_rows(data)
    assert "Excel のブック" in error.value.problem
    assert "CSV UTF-8" in error.value.remedy


def test_rows__of_no_known_encoding_are_refused() -> None:
    with pytest.raises(BadCsv) as error:
        csv_rows(b"\x81\xff\x00")
    assert "文字コード" in error.value.problem
    assert "CSV UTF-8" in error.value.remedy


def test_rows__with_an_open_quotation_are_refused() -> None:
    with pytest.raises(BadCsv) as error:
        csv_rows(b'a,b\n"c,d\n')
    assert "閉じていない" in error.value.problem


def test_headings__are_compared_without_width_and_blanks() -> None:
    (header,) = csv_rows("Ａ Ｂ,前\n".encode())
    faults = CsvFaults("a.csv", TABLE, ROW)
    assert columns_of(header, faults, ["前"], ["AB", "後"], "") == {"前": 1, "AB": 0}
    assert not faults.findings
