"""Rows of a CSV as Excel, Notepad or an editor saved it."""

from __future__ import annotations

import pytest

from yosan_xl.store.csv_rows import BadCsv, csv_rows, headings

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
    (row,) = csv_rows("Ａ Ｂ,前\n".encode())
    assert headings(row) == ["AB", "前"]
