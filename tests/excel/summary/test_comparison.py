"""前年度比較: both years by 会計・款, by 会計・部 and request by request, with one grand total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from tests.excel.summary.samples import SETTINGS, against, many, nine, opened, roster, row, table
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.model.finding import Place
from yosan_xl.model.rollup import SummaryRow

SHOWN = ("会計", "款", "要求額", "前年度", "増減額", "増減率（％）", "増減")


def last(rows: Sequence[SummaryRow]) -> list[SummaryRow]:
    """Give requests as last year's: from files of other names."""
    return [
        replace(one, source=Place(f"前年度/{one.source.file}", one.source.sheet)) for one in rows
    ]


def book_bytes(now: Sequence[SummaryRow], before: Sequence[SummaryRow] | None) -> bytes:
    last_year = None if before is None else against(now, before)
    return summary_bytes(now, (), SETTINGS, roster(), None, last_year)


def blocks(content: bytes, block: str) -> list[dict[str, object]]:
    return [one for one in table(opened(content), "前年度比較") if one["比較の単位"] == block]


def test_comparison__amounts_changes_and_rates_by_kan() -> None:
    now = [row(1, title="甲"), row(2, kan="民生費", title="乙")]
    old = [row(1, title="甲", total={"requested": 90, "budgeted": 80}), row(3, kan="衛生費")]
    found = blocks(book_bytes(now, last(old)), "会計・款")
    assert [tuple(one[key] for key in SHOWN) for one in found] == [
        ("一般会計", "総務費", 100, 80, 20, 25, "増"),
        ("一般会計", "民生費", 100, 0, 100, "－", "皆増"),
        ("一般会計", "衛生費", 0, 100, -100, -100, "皆減"),
        ("一般会計", "小計", 200, 180, 20, 11.1, "増"),
        ("全会計 計", None, 200, 180, 20, 11.1, "増"),
    ]


def test_comparison__the_sheet_says_what_last_year_is() -> None:
    old = [row(1, total={"requested": 90, "budgeted": 80}), row(3)]
    book = opened(book_bytes(nine(), last(old)))
    said = "今年度は要求額、前年度は、予算額のある1件は予算額、ない1件は要求額です。"
    assert str(book["前年度比較"]["A2"].value).startswith(said)
    listed = [(one["比較に使う額"], one["比較に使う額の種類"]) for one in table(book, "前年度一覧")]
    assert listed == [(80, "予算額"), (100, "要求額")]


def test_comparison__requests_that_go_on_begin_and_end() -> None:
    now = [row(1, id="a", no=1, title="甲　事業"), row(2, id="b", no=2, title="新しい事業")]
    old = [
        row(7, id="x", no=5, title="甲事業", total={"requested": 70}),
        row(8, id="b", no=6, title="終わる"),
    ]
    found = blocks(book_bytes(now, last(old)), "事業")
    shown = ("NO", "事業名", "要求額", "前年度", "増減")
    assert [tuple(one[key] for key in shown) for one in found[:3]] == [
        (1, "甲　事業", 100, 70, "増"),
        (2, "新しい事業", 100, None, "皆増"),
        (6, "終わる", None, 100, "皆減"),
    ]


@pytest.mark.parametrize("now", [(), nine(), many(150)], ids=["0", "9", "150"])
def test_comparison__every_block_has_the_same_total(now: Sequence[SummaryRow]) -> None:
    old = many(120)
    content = book_bytes(now, last(old))
    expected = sum(one.request.requested for one in now)
    before = sum(one.request.requested for one in old)
    for block in ("会計・款", "会計・部", "事業"):
        total = blocks(content, block)[-1]
        assert (total["要求額"], total["前年度"]) == (expected, before)


def test_comparison__accounts_are_never_mixed() -> None:
    now = [row(1, title="甲")]
    old = [row(1, title="甲", account="国民健康保険事業会計")]
    sums = [one for one in blocks(book_bytes(now, last(old)), "事業") if one["款"] == "小計"]
    assert [(one["会計"], one["要求額"], one["前年度"]) for one in sums] == [
        ("一般会計", 100, 0),
        ("国民健康保険事業会計", 0, 100),
    ]


def test_comparison__is_left_out_and_told_where_last_year_is_unknown() -> None:
    book = opened(book_bytes(nine(), None))
    assert not {"前年度比較", "前年度一覧"} & set(book.sheetnames)
    told = [one for one in table(book, "目次") if one["区分"] == "前年度比較"]
    assert "--last-year" in str(told[0]["NO"])
    known = opened(book_bytes(nine(), last(nine())))
    line = next(one for one in table(known, "目次") if one["区分"] == "前年度比較")
    assert (line["要求額"], "--last-year" in str(line["NO"])) == (383_511, False)


def test_comparison__is_a_valid_workbook_with_every_value_cached(tmp_path: Path) -> None:
    content = book_bytes(many(150), last(many(120)))
    path = tmp_path / "集計.xlsx"
    path.write_bytes(content)
    assert OpenXmlValidator().validate(str(path)).errors == []
    values = opened(content)
    for name in ("前年度比較", "前年度一覧"):
        cells = [c for line in opened(content, values=False)[name].iter_rows() for c in line]
        formulas = [cell.coordinate for cell in cells if cell.data_type == "f"]
        assert bool(formulas) == (name == "前年度比較")
        assert all(values[name][cell].value is not None for cell in formulas)
