"""要求書 on the page."""

from __future__ import annotations

from tests.excel.summary.samples import nine, row
from tests.report.page.samples import FORM, budgeted_row, contents, page
from yosan_xl.form.definition import Block
from yosan_xl.model.intake import Doubtful, Intake
from yosan_xl.model.rollup import SummaryRow


def _texts(*rows: SummaryRow, public: bool = False) -> list[str]:
    return page(contents(rows, public=public)).texts


def test_sheet__has_every_block_of_the_form_in_order() -> None:
    found = _texts(nine()[0])
    blocks = (
        item
        for band in FORM.bands
        for stack in band.stacks
        for item in stack.items
        if isinstance(item, Block)
    )
    captions = [
        FORM.fields[block.field].caption
        for block in blocks
        if block.field not in ("/title", "/category")
    ]
    assert [text for text in found if text in captions] == captions
    assert "14 編成の考え方" in captions


def test_sheet__of_no59_has_its_lines_parts_and_funding() -> None:
    tables = page(contents([nine()[4]])).tables
    lines = tables["10 要求内容（単位：千円）"]
    assert lines[0] == ["内容", "要求額", "うち特財"]
    assert [line[0] for line in lines[1:]].count("小計") == 2
    assert lines[-1] == ["合計", "90,955", "12,000"]
    funding = tables["財源内訳（単位：千円）"]
    assert funding[2] == ["都支出金", "国民健康保険保険給付費等交付金（都繰入金2号分）", "12,000"]
    assert funding[1] == ["国庫支出金", "", "-"]


def test_sheet__what_is_not_given_is_said_but_not_what_finance_has_yet_to_write() -> None:
    found = _texts(row(1))
    assert found[found.index("4 背景、区民ニーズ、現状課題等") + 1] == "（記入なし）"
    assert "14 編成の考え方" not in found


def test_sheet__budget_beside_request_once_decided() -> None:
    tables = page(contents([budgeted_row(1, 100, 80)])).tables
    assert tables["10 要求内容（単位：千円）"][1] == ["委託料", "100", "80", "-"]
    assert tables["財源内訳（単位：千円）"][4] == ["一般財源", "", "100", "80"]


def test_sheet__contract_authorization_only_where_there_is_one() -> None:
    given = row(1, contract_authorization={"term_start": 2020, "term_end": 2022, "limit": 300})
    table = page(contents([given])).tables["債務負担行為（単位：千円）"]
    assert table == [["期間", "令和2年度～令和4年度"], ["限度額", "300"]]
    assert "債務負担行為（単位：千円）" not in page(contents([row(1)])).tables


def test_sheet__tells_where_it_came_from_but_not_the_public() -> None:
    assert "0301_企画課.xlsx　要求書1" in _texts(row(1))
    assert not [text for text in _texts(row(1), public=True) if "xlsx" in text]


def test_left_out__is_shown_and_marked_and_in_no_total() -> None:
    late = row(2, title="二度目")
    intake = Intake(2, (Doubtful(late, "二度提出されているため"),))
    found = page(contents([row(1)], intake=intake))
    assert found.names.count("article") == 2
    assert found.tables["会計・款別の要求額"][-1][:3] == ["全会計の計", "1", "100"]
    assert found.tables["要求の一覧"][2][1] == "二度目未算入"
    assert found.tables["未算入の要求など"][1][5] == "二度提出されているため"
    assert "未算入 1件（100千円）は、どの合計にも入っていません。" in found.texts


def test_left_out__the_public_sees_that_there_are_some_but_not_which() -> None:
    intake = Intake(2, (Doubtful(row(2, title="二度目"), "二度提出されているため"),))
    found = page(contents([row(1)], intake=intake, public=True))
    assert found.names.count("article") == 1
    assert "未算入 1件（100千円）は、どの合計にも入っていません。" in found.texts
    assert "二度目" not in "".join([*found.texts, *found.scripts])
