"""明細: a table for programs: one heading row, then values, none left out."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from tests.excel.summary.samples import book_bytes, nine, opened, row

HEADINGS = [
    *("NO", "要求書ID", "年度", "年度（西暦）", "会計", "款", "所管課コード", "部", "課", "事業名"),
    *("要求区分", "行", "区分", "内容", "要求額", "うち特財", "予算額", "予算額のうち特財", "単位"),
]


def detail(content: bytes, values: bool = True) -> Worksheet:
    sheet = opened(content, values)["明細"]
    assert isinstance(sheet, Worksheet)
    return sheet


def rows(content: bytes) -> list[dict[str, object]]:
    headings, *found = detail(content).iter_rows(values_only=True)
    return [dict(zip(map(str, headings), one, strict=True)) for one in found]


def test_detail__one_heading_row_and_every_line_item() -> None:
    content = book_bytes(nine())
    assert [cell.value for cell in detail(content)[1]] == HEADINGS
    found = rows(content)
    assert len(found) == sum(len(one.request.lines) for one in nine())
    assert sum(int(str(one["要求額"] or 0)) for one in found) == 383_511
    assert sum(int(str(one["うち特財"] or 0)) for one in found) == 17_868


def test_detail__no_key_is_left_out_and_no_figure_is_text() -> None:
    keys = ("要求書ID", "年度", "年度（西暦）", "会計", "款", "所管課コード", "部", "課", "事業名")
    for one in rows(book_bytes(nine())):
        assert all(one[key] for key in (*keys, "要求区分", "行", "単位"))
        amounts = [one[key] for key in HEADINGS[14:18]]
        assert all(amount is None or isinstance(amount, int) for amount in amounts)


def test_detail__a_line_of_a_sectioned_list() -> None:
    found = [one for one in rows(book_bytes(nine())) if one["NO"] == 59]
    assert list(found[2].values()) == [
        *(59, "0206-1", "令和2年度", 2020, "国民健康保険事業会計", "総務費", "0206"),
        *("保健福祉支援部", "国保年金課", "国民健康保険料徴収", "レベルアップ事業", 3),
        *("経常経費分", "・徴収事務に要する経費", 87_432, 8_477, None, None, "千円"),
    ]


def test_detail__values_alone_no_merge_no_formula_no_link() -> None:
    sheet = detail(book_bytes(nine()), values=False)
    assert sheet.merged_cells.ranges == set()
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell for cell in cells if cell.hyperlink] == []
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B2", "$1:$1")


def test_detail__of_nothing_is_a_heading_row() -> None:
    assert rows(book_bytes([row(lines=[])])) == []
