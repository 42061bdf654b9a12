"""一覧: one row per request, as values; a blank is not 0."""

from __future__ import annotations

from tests.excel.summary.samples import book_bytes, nine, opened, row, table

HEADINGS = [
    "NO",
    "事業名",
    "会計",
    "款",
    "所管課コード",
    "部",
    "課",
    "要求区分",
    "要求額",
    "うち特財",
    "国庫支出金",
    "都支出金",
    "その他特財",
    "一般財源",
    "債務負担開始年度（西暦）",
    "債務負担終了年度（西暦）",
    "債務負担限度額",
    "予算額",
    "予算額のうち特財",
    "国庫支出金の予算額",
    "都支出金の予算額",
    "その他特財の予算額",
    "一般財源の予算額",
    "査定区分",
]


def test_listing__every_request_in_order_of_no() -> None:
    rows = table(opened(book_bytes(tuple(reversed(nine())))), "一覧")
    assert [one["NO"] for one in rows] == list(range(55, 64))
    assert list(rows[0])[: len(HEADINGS)] == HEADINGS
    assert sum(int(str(one["要求額"])) for one in rows) == 383_511


def test_listing__what_is_not_given_is_blank_and_a_key_says_so() -> None:
    blank = row(1, account=None, total={"requested": None, "earmarked": 0}, funding={})
    found = table(opened(book_bytes([blank])), "一覧")[0]
    assert (found["会計"], found["要求額"], found["うち特財"]) == ("（記入なし）", None, 0)


def test_listing__contract_prose_and_origin_stand_in_their_columns() -> None:
    contract = {"term_start": 2020, "term_end": 2023, "limit": 500}
    one = row(3, id="0301-3", contract_authorization=contract, description="一行目\n二行目")
    found = table(opened(book_bytes([one])), "一覧")[0]
    assert [found[heading] for heading in HEADINGS[-10:-7]] == [2020, 2023, 500]
    assert found["事業説明文"] == "一行目\n二行目"
    assert (found["ファイル"], found["シート"]) == ("0301_企画課.xlsx", "要求書3")
    assert found["要求書ID"] == "0301-3"


def test_listing__prose_is_on_the_screen_but_not_on_paper() -> None:
    sheet = opened(book_bytes(nine()))["一覧"]
    assert str(sheet.print_area).endswith("$A$1:$Z$13")
    shown = [sheet[f"{column}4"].value for column in ("Y", "Z", "AA", "AB")]
    assert shown == ["進み具合", "確認", "編成の考え方", "事業説明文"]


def test_listing__every_column_that_formulas_use_has_a_name() -> None:
    names = opened(book_bytes(nine())).defined_names
    assert names["一覧_要求額"].attr_text == "一覧!$I$5:$I$13"
    assert names["一覧_シート"].attr_text == "一覧!$AM$5:$AM$13"
