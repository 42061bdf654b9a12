"""債務負担行為調書: who binds later years, for how long, to how much; per account."""

from __future__ import annotations

from tests.excel.summary.samples import book_bytes, many, nine, opened, row, table

SHEET = "債務負担行為調書"
CONTRACT = {"term_start": 2020, "term_end": 2023, "limit": 500}


def contracts() -> bytes:
    special = "国民健康保険事業会計"
    rows = [
        row(1, no=1, title="=1+1", contract_authorization=CONTRACT),
        row(2, no=2, account=special, contract_authorization={**CONTRACT, "limit": 70}),
        row(3, no=3, contract_authorization={"term_start": 2021}),
        row(4, no=4),
    ]
    return book_bytes(rows)


def test_contracts__the_requests_of_each_account_and_their_limits() -> None:
    found = table(opened(contracts()), SHEET)
    shown = ("会計", "NO", "款", "期間", "債務負担開始年度（西暦）", "債務負担限度額")
    assert [tuple(one[key] for key in shown) for one in found] == [
        ("一般会計", 1, "総務費", "令和2年度～令和5年度", 2020, 500),
        ("一般会計", 3, "総務費", "令和3年度～", 2021, 0),
        ("一般会計", None, "小計", None, None, 500),
        ("国民健康保険事業会計", 2, "総務費", "令和2年度～令和5年度", 2020, 70),
        ("国民健康保険事業会計", None, "小計", None, None, 70),
        ("全会計 計", None, None, None, None, 570),
    ]
    assert (found[0]["所管課"], found[0]["事項（事業名）"]) == (
        "子ども家庭支援部 子ども政策課",
        "=1+1",
    )


def test_contracts__limits_follow_the_list() -> None:
    sheet = opened(contracts(), values=False)[SHEET]
    keys = "1*EXACT(一覧_ファイル,$J5)*EXACT(一覧_シート,$K5)"
    assert sheet["I5"].value == f"=SUMPRODUCT({keys},一覧_債務負担限度額)"
    assert sheet["I7"].value == "=SUMPRODUCT(1*EXACT(一覧_会計,$A7),一覧_債務負担限度額)"
    assert sheet["I10"].value == "=SUM(一覧_債務負担限度額)"


def test_contracts__none_says_so() -> None:
    found = table(opened(book_bytes(many(3))), SHEET)
    assert found[0]["会計"] == "債務負担行為のある要求書はありません。"
    assert (found[1]["会計"], found[1]["債務負担限度額"]) == ("全会計 計", 0)


def test_contracts__the_nine_have_none() -> None:
    assert len(table(opened(book_bytes(nine())), SHEET)) == 2
