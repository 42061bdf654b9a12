"""What a number shows in a format, held against what LibreOffice shows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl

from tests.office.office import Office
from yosan_xl.excel.number_format import shown_number

AMOUNTS = ["0", "7", "450", "4001", "450000", "30765000", "-1234567", "0.5", "1234.5", "-0.25"]
FORMATS = [
    *("General", "0", "#,##0", "#,##0.0", "#,##0,", "#,##0,,", "0.0,", "0%", "0.0%", "#", "#,###"),
    *(
        "#,##0;△#,##0;0",
        "#,##0;[Red]-#,##0",
        "#,##0_ ;(#,##0)",
        "#,##0;#,##0",
        "0;0",
        "#,##0;▲ #,##0",
    ),
    *(";;;", ";;", "#,##0;-#,##0;", '#,##0;-#,##0;"-"', "#,##0;;", "[Red]0;[Blue]-0"),
    *(
        '"要求"',
        '#,##0"千円"',
        '#,##0"円"',
        '"第"0"期"',
        '"約"#,##0',
        '0"万"0000',
        "00000",
        "000-0000",
    ),
    *("[$¥-411]#,##0", '"¥"#,##0', "\\¥#,##0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ', "@", '@"様"'),
    *(
        "[>=1000]#,##0,;0",
        '[=1]"有";"無"',
        "0.##",
        "?0",
        "[DBNum3]#,##0",
        '0"."0',
        "#,##0.00;△#,##0.00",
    ),
]
DAYS = ["46113", "43586", "43585", "32515", "46113.5", "46113.99"]
DATES = [
    *(
        "yyyy/m/d",
        'ggge"年"m"月"d"日"',
        "[$-411]ge.m.d",
        "gge",
        'm"月"d"日"',
        'yyyy"年"',
        "yy/mm/dd",
    ),
    *(
        "aaa",
        "aaaa",
        'm"月"d"日"(aaa)',
        "h:mm",
        "hh:mm:ss",
        'h"時"mm"分"',
        "[h]:mm",
        "yyyy/m/d h:mm",
    ),
    *("mm:ss", "yyyy-mm-dd", 'e"年度"', "ee/mm"),
]
# Excel shows 「-要求」 and 「7.」, as we do; of a negative number under a condition we say nothing.
OTHERWISE = {
    *(('"要求"', value) for value in AMOUNTS if value.startswith("-")),
    *(
        (code, value)
        for code in FORMATS
        if code[:2] in ("[>", "[=")
        for value in AMOUNTS
        if value.startswith("-")
    ),
    *(("0.##", value) for value in AMOUNTS if "." not in value),
}
PAIRS = [*((f, v) for f in FORMATS for v in AMOUNTS), *((f, v) for f in DATES for v in DAYS)]


def test_number__shows_what_libreoffice_shows(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row, (code, value) in enumerate(PAIRS, 1):
        cell = book.active.cell(row, 1, float(value) if "." in value else int(value))  # type: ignore[union-attr]
        cell.number_format = code
    book.save(tmp_path / "formats.xlsx")
    opened = office.open(tmp_path / "formats.xlsx")
    names = [f"A{row}" for row in range(1, len(PAIRS) + 1)]
    found = office.displays(opened, "Sheet", names)
    office.close(opened)
    differing = []
    for (code, value), display in zip(PAIRS, found, strict=True):
        own = shown_number(code, Decimal(value))
        if own != display.text.strip() and (code, value) not in OTHERWISE:
            differing.append((code, value, own, display.text))
    assert differing == []
