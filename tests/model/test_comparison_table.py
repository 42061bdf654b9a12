"""年度比較 and 推移 as tables: their columns, rows and sums."""

from __future__ import annotations

from dataclasses import replace

from tests.years import AXES
from yosan_xl.model.comparison import (
    Amount,
    Basis,
    By,
    ComparedRow,
    Comparison,
    Figure,
    Side,
    Trend,
    TrendRow,
)
from yosan_xl.model.comparison_table import (
    comparison_table,
    data_keys,
    long_trend_table,
    seen_keys,
    sheet_keys,
    trend_keys,
    trend_table,
)
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import Money
from yosan_xl.model.table import ColumnKind

OLD, NEW = (
    Side(name, FiscalYear(year), Basis(0, 1, 0)) for name, year in (("前", 2020), ("後", 2021))
)
ROWS = tuple(
    ComparedRow(("一般会計", name), Amount(1, Money(old)), Amount(1, Money(new)), was)
    for name, old, new, was in (("民生費", 100, 150, "福祉費"), ("総務費", 7, 7, ""))
)
COMPARED = Comparison(By.KAN, Figure.EITHER, OLD, NEW, ROWS, axes=AXES)


def test_comparison_table__has_both_years_and_what_changed() -> None:
    table = comparison_table(COMPARED)
    assert [one.label for one in table.columns] == [
        *("会計", "款", "令和2年度\n件数", "令和2年度\n額", "令和3年度\n件数", "令和3年度\n額"),
        *("増減", "増減率（％）", "増減率", "区分", "前の年度での名称"),
    ]
    assert table.rows == (
        ("一般会計", "民生費", 1, 100, 1, 150, 50, 500, "50.0%", "継続", "福祉費"),
        ("一般会計", "総務費", 1, 7, 1, 7, 0, 0, "0.0%", "継続", None),
    )
    assert table.total == ("計", None, 2, 107, 2, 157, 50, 467, "46.7%", "継続", None)
    assert [one.missing for one in table.columns if one.key.endswith("/amount")] == [0, 0]


def test_comparison_table__where_no_request_is_there_is_no_amount() -> None:
    new = replace(ROWS[0], old=Amount(), was="")
    assert comparison_table(replace(COMPARED, rows=(new,))).rows[0][2:6] == (0, None, 1, 150)


def test_comparison_table__codes_are_no_texts() -> None:
    for by, codes in ((By.KAN, []), (By.DEPARTMENT, ["コード"]), (By.REQUEST, ["要求書ID"])):
        table = comparison_table(replace(COMPARED, by=by, rows=()))
        keys = [one for one in table.columns if one.key.startswith("/key/")]
        assert [one.label for one in keys if one.kind is ColumnKind.CODE] == codes
        assert {one.kind for one in keys} <= {ColumnKind.CODE, ColumnKind.TEXT}


def test_keys__name_a_former_name_on_screen_and_sheet_only_where_there_is_one() -> None:
    plain = replace(COMPARED, rows=ROWS[1:])
    for keys in (seen_keys, sheet_keys):
        assert (keys(COMPARED)[-1], keys(plain)) == ("/was", keys(COMPARED)[:-1])
    assert data_keys(COMPARED) == data_keys(plain)
    every = {one.key for one in comparison_table(COMPARED).columns}
    assert {*seen_keys(COMPARED), *data_keys(COMPARED), *sheet_keys(COMPARED)} <= every


TREND = Trend(
    By.KAN,
    Figure.EITHER,
    (OLD, NEW),
    (
        TrendRow(("一般会計", "民生費"), (Amount(1, Money(5)), Amount())),
        TrendRow(("介護保険会計", "総務費"), (Amount(2, Money(7)), Amount(1, Money(0)))),
    ),
    axes=AXES,
)


def test_trend_table__has_count_and_amount_of_every_year() -> None:
    table = trend_table(TREND)
    assert table.rows == (
        ("一般会計", "民生費", 1, 5, 0, None),
        ("介護保険会計", "総務費", 2, 7, 1, 0),
    )
    assert table.total == ("全会計 計", None, 3, 12, 1, 0)
    assert table.subtotals == (
        ("一般会計", "小計", 1, 5, 0, None),
        ("介護保険会計", "小計", 2, 7, 1, 0),
    )
    assert {one.missing for one in table.columns[2:]} == {0}
    names = ["/key/0", "/key/1"]
    assert trend_keys(TREND) == [*names, "/amounts/0/amount", "/amounts/1/amount"]
    assert trend_keys(TREND, "count")[2:] == ["/amounts/0/count", "/amounts/1/count"]


def test_long_trend_table__has_a_row_for_each_key_and_year() -> None:
    rows = long_trend_table(TREND).rows
    assert rows[:2] == (
        ("一般会計", "民生費", "令和2年度", 2020, 1, 5),
        ("一般会計", "民生費", "令和3年度", 2021, 0, None),
    )
    assert len(rows) == 4


def test_tables__of_a_form_whose_rows_have_no_name_keep_one_column_for_their_sum() -> None:
    fields = tuple(one for one in AXES.fields if one.meaning != "account")
    axes = replace(AXES, fields=fields)
    table = comparison_table(replace(COMPARED, axes=axes))
    assert [one.label for one in table.columns][:2] == ["款", "令和2年度\n件数"]
    assert (table.rows[0][0], table.total[:2] if table.total else None) == ("民生費", ("計", 2))
