"""A table as a sheet."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from yosan_xl.excel import styles
from yosan_xl.excel.checked import workbook
from yosan_xl.excel.table_sheet import TableSheet
from yosan_xl.model.table import ColumnKind, Table, TableColumn


def _width(*amounts: int) -> float:
    out = BytesIO()
    columns = (TableColumn("事業"), TableColumn("増減", ColumnKind.MONEY))
    rows = tuple(("一", one) for one in amounts)
    table = Table("表", columns, rows, ("計", sum(amounts)))
    with workbook(out, title="表", year=2027, default_font=styles.DEFAULT_FONT) as book:
        TableSheet(book, table, "表", {}).finish()
    return float(openpyxl.load_workbook(out)["表"].column_dimensions["B"].width)


@pytest.mark.parametrize("amounts", [(-123_456_789_012, 0), (-123_456_789_012, 123_456_789_012)])
def test_table_sheet__a_column_has_room_for_what_becomes_smaller(amounts: tuple[int, ...]) -> None:
    assert _width(*amounts) >= len("123,456,789,012") + 6


def test_table_sheet__a_column_is_as_wide_as_ever_for_usual_amounts() -> None:
    assert _width(1_234_567) == pytest.approx(14.7, abs=0.1)
