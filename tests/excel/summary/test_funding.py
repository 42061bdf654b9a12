"""財源内訳: amounts and shares by account and source, and the grants by name."""

from __future__ import annotations

from tests.excel.summary.samples import book_bytes, nine, opened, row, table
from yosan_xl.excel.summary.definition import TEXT_INDENT
from yosan_xl.excel.wrapping import one_line


def test_funding__amounts_and_shares_of_the_nine() -> None:
    rows = table(opened(book_bytes(nine())), "財源内訳")[:15]
    assert [(one["会計"], one["財源"], one["金額"], one["構成比（％）"]) for one in rows] == [
        ("一般会計", "国庫支出金", 5_868, 2),
        ("一般会計", "都支出金", 0, 0),
        ("一般会計", "その他特財", 0, 0),
        ("一般会計", "一般財源", 286_688, 98),
        ("一般会計", "計", 292_556, 100),
        ("国民健康保険事業会計", "国庫支出金", 0, 0),
        ("国民健康保険事業会計", "都支出金", 12_000, 13.2),
        ("国民健康保険事業会計", "その他特財", 0, 0),
        ("国民健康保険事業会計", "一般財源", 78_955, 86.8),
        ("国民健康保険事業会計", "計", 90_955, 100),
        ("全会計", "国庫支出金", 5_868, 1.5),
        ("全会計", "都支出金", 12_000, 3.1),
        ("全会計", "その他特財", 0, 0),
        ("全会計", "一般財源", 365_643, 95.3),
        ("全会計", "計", 383_511, 100),
    ]


def test_funding__a_source_stands_on_one_line() -> None:
    sheet = opened(book_bytes(nine()))["財源内訳"]
    assert sheet["B4"].value == "財源"
    assert sheet.column_dimensions["B"].width >= TEXT_INDENT + one_line("国庫支出金")


def test_funding__formulas_follow_the_list() -> None:
    sheet = opened(book_bytes(nine()), values=False)["財源内訳"]
    assert sheet["C5"].value == "=SUMPRODUCT(1*EXACT(一覧_会計,$A5),一覧_国庫支出金)"
    sources = "一覧_国庫支出金+一覧_都支出金+一覧_その他特財+一覧_一般財源"
    whole = f"SUMPRODUCT(1*EXACT(一覧_会計,$A5),{sources})"
    assert sheet["D5"].value == f'=IF({whole}=0,"－",ROUND($C5*1000/{whole},0)/10)'
    assert sheet["C9"].value == f"={whole.replace('$A5', '$A9')}"
    assert (sheet["C15"].value, sheet["C19"].value) == (
        "=SUM(一覧_国庫支出金)",
        f"=SUM({sources.replace('+', ',')})",
    )
    keys = "1*EXACT(一覧_ファイル,$K20)*EXACT(一覧_シート,$L20)"
    assert sheet["J20"].value == f"=SUMPRODUCT({keys},一覧_国庫支出金)"


def test_funding__grants_are_listed_by_name() -> None:
    funding = {
        "national": {"name": "国の補助金", "amount": 30},
        "metropolitan": {"name": None, "amount": 20},
        "general": {"name": None, "amount": 50},
    }
    rows = table(opened(book_bytes([row(1, no=8, funding=funding)])), "財源内訳")[10:]
    found = [(one["NO"], one["財源"], one["財源の名称"], one["名称ごとの額"]) for one in rows]
    assert found == [(8, "国庫支出金", "国の補助金", 30), (8, "都支出金", "（記入なし）", 20)]


def test_funding__no_total_has_no_share() -> None:
    rows = table(opened(book_bytes([row(1, funding={})])), "財源内訳")
    assert {one["構成比（％）"] for one in rows} == {"－"}
