"""A table as a value: its headings, its columns by their keys, and some of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yosan_xl.model.table import ColumnKind, Table, TableColumn

TABLE = Table(
    "比較",
    (
        TableColumn("款", key="/key"),
        TableColumn("額", ColumnKind.MONEY, "/amount", "額(千円)"),
        TableColumn("件数", ColumnKind.COUNT, "/count"),
    ),
    (("総務費", 5, 1), ("民生費", 7, 2)),
    ("計", 12, 3),
    (("小計", 12, 3),),
)


def test_headings__are_those_of_data_where_there_are_any() -> None:
    assert TABLE.headings == ("款", "額(千円)", "件数")


def test_pick__has_rows_and_sums_of_the_columns_in_that_order() -> None:
    found = TABLE.pick(["/count", "/key"])
    assert found.headings == ("件数", "款")
    assert found.rows == ((1, "総務費"), (2, "民生費"))
    assert (found.total, found.subtotals) == ((3, "計"), ((3, "小計"),))
    assert replace(TABLE, total=None).pick(["/key"]).total is None
    with pytest.raises(ValueError, match="/other"):
        TABLE.pick(["/other"])


def test_column_kind__all_but_texts_and_codes_are_figures() -> None:
    assert {one for one in ColumnKind if not one.is_figure} == {ColumnKind.TEXT, ColumnKind.CODE}
