from __future__ import annotations

import pytest

from tests.excel.ooxml.parts import parts, read, style_sheet
from yosan_xl.excel.number_format import is_date_format


@pytest.mark.parametrize(
    "code",
    [
        "yyyy/m/d", "ggge年", '[$-411]ggge"年"m"月"d"日"', "[h]:mm", "[ss]", "hh:mm AM/PM",
        "[$-ja-JP-x-gannen]e", '"期日"yyyy', "YYYY", "[mm]", "m",
    ],
)  # fmt: skip
def test_is_date_format__dates(code: str) -> None:
    assert is_date_format(code)


@pytest.mark.parametrize(
    "code",
    [
        "General", "G/標準", "#,##0", '#,##0"千円";△#,##0', "[Red]0", "0.00E+00", "0.0e-0", "@",
        '"yyyy/mm"0', r"\y0", "_m0", "*d0", "[$-411]0", "[>=100]0", "", '"unfinished yyyy', "General;[Red]-General",
    ],
)  # fmt: skip
def test_is_date_format__numbers(code: str) -> None:
    assert not is_date_format(code)


@pytest.mark.parametrize(
    ("number", "is_date"),
    [(0, False), (13, False), (14, True), (22, True), (23, False), (27, True), (36, True), (37, False),
     (44, False), (45, True), (47, True), (48, False), (50, True), (58, True), (59, False)],
)  # fmt: skip
def test_read_styles__built_in_dates(number: int, is_date: bool) -> None:
    book = read(parts(styles=style_sheet(f'<xf numFmtId="{number}"/>')))
    assert [(own.locked, own.is_date) for own in book.formats] == [(True, is_date)]


def test_read_styles__codes_of_the_book_and_locks() -> None:
    book = read(
        parts(
            styles=style_sheet(
                '<xf numFmtId="176"><protection locked="0"/></xf><xf numFmtId="14">'
                '<protection hidden="1"/></xf><xf numFmtId="177"><protection locked="1"/></xf>',
                '<numFmt numFmtId="176" formatCode="ggge&quot;年&quot;"/>'
                '<numFmt numFmtId="14" formatCode="0"/><numFmt numFmtId="177" formatCode="#,##0"/>',
            )
        )
    )
    found = [(own.locked, own.is_date, own.code) for own in book.formats]
    assert found == [(False, True, 'ggge"年"'), (True, False, "0"), (True, False, "#,##0")]
