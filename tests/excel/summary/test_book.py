"""The whole summary: valid, the same every time, and every sheet with the same total."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from tests.excel.summary.samples import book_bytes, many, nine, opened, row, table
from tests.excel.summary.staged import requests, staged_bytes
from yosan_xl.model.rollup import SummaryRow

SHEETS = [
    "目次",
    "会計・款別",
    "部別",
    "部・課別",
    "要求区分別",
    "財源内訳",
    "グラフ",
    "債務負担行為調書",
    "予算案比較",
    "一覧",
    "査定",
    "進み具合",
    "査定経過",
    "引き継げない記入",
    "明細",
    "提出状況",
    "検証結果",
]
CALCULATED = [*SHEETS[:7], "債務負担行為調書", "予算案比較", "進み具合", "査定経過"]
COUNTS = pytest.mark.parametrize("rows", [(), nine(), many(150)], ids=["0", "9", "150"])
HIDDEN = "_yosan_summary"


@COUNTS
def test_summary__is_a_valid_workbook(rows: Sequence[SummaryRow], tmp_path: Path) -> None:
    path = tmp_path / "集計.xlsx"
    path.write_bytes(book_bytes(rows))
    assert OpenXmlValidator().validate(str(path)).errors == []
    assert opened(path.read_bytes()).sheetnames == [*SHEETS, HIDDEN]


@COUNTS
def test_summary__same_input_same_bytes(rows: Sequence[SummaryRow]) -> None:
    content = book_bytes(rows)
    assert content == book_bytes(list(rows))
    assert opened(content).properties.created == datetime(2019, 9, 1)


@COUNTS
def test_summary__every_sheet_has_the_same_total(rows: Sequence[SummaryRow]) -> None:
    book = opened(book_bytes(rows))
    expected = sum(one.request.requested for one in rows)
    for name in SHEETS[1:5]:
        assert table(book, name)[-1]["要求額"] == expected
        assert table(book, name)[-1]["件数"] == len(rows)
    funding = [one for one in table(book, "財源内訳") if one["会計"] == "全会計"]
    assert (funding[-1]["財源"], funding[-1]["金額"]) == ("計", expected)


@COUNTS
def test_summary__every_formula_has_its_value_and_no_list_has_a_formula(
    rows: Sequence[SummaryRow],
) -> None:
    content = book_bytes(rows)
    values = opened(content)
    for sheet in opened(content, values=False):
        formulas = [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
        charted = rows or sheet.title != "グラフ"
        assert bool(formulas) == bool(sheet.title in CALCULATED and charted)
        for cell in formulas:
            assert values[sheet.title][cell.coordinate].value is not None


def test_summary__text_of_staff_is_never_a_formula_or_a_link() -> None:
    texts = ('=HYPERLINK("http://example.com")', "http://example.com", "0123", "+1", "@a", "{=1}")
    rows = [row(at, title=text, kan=text) for at, text in enumerate(texts)]
    book = opened(book_bytes(rows), values=False)
    cells = [(line[1], line[3]) for line in book["一覧"].iter_rows(min_row=5)]
    assert [cell.value for pair in cells for cell in pair] == [x for x in texts for _ in "12"]
    assert {cell.data_type for pair in cells for cell in pair} == {"s"}
    assert {cell.hyperlink for pair in cells for cell in pair} == {None}


def test_summary__a_text_that_excel_cannot_hold_is_cut_and_ends_no_run() -> None:
    # That it is too long is a finding of its request (YX105); one book must not cost all others.
    too_long = dict.fromkeys(("title", "account", "kan", "description"), "長" * 32_768)
    sheet = opened(book_bytes([row(1, **too_long)]))["一覧"]
    texts = [str(cell.value) for cells in sheet.iter_rows() for cell in cells]
    assert texts.count("長" * 32_766 + "…") == len(too_long)


@pytest.mark.parametrize("name", [name for name in SHEETS if name not in ("明細", "グラフ")])
def test_summary__every_sheet_is_ready_for_screen_and_paper(name: str) -> None:
    sheet = opened(book_bytes(nine()))[name]
    assert str(sheet["A1"].value) == f"港区　令和2年度　予算要求集計　{name}"
    assert str(sheet.freeze_panes).endswith("5")
    # 目次 lists nothing here.
    filtered = {"進み具合": "A13:", "目次": "None"}.get(name, "A4:")
    assert str(sheet.auto_filter.ref).startswith(filtered)
    paper = 8 if name in ("一覧", "査定") else 9
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", paper)
    assert sheet.print_title_rows == "$1:$4"
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.center.text == "&P / &N"
    units = [cell.value for cell in sheet[2] if cell.value == "単位：千円"]
    assert len(units) == (name not in ("検証結果", "引き継げない記入"))


def test_summary__columns_are_wide_enough_for_the_largest_sum() -> None:
    rows = [row(at, total={"requested": 10**10}) for at in range(200)]
    sheet = opened(book_bytes(rows))["会計・款別"]
    assert sheet["D7"].value == 2 * 10**12
    assert sheet.column_dimensions["D"].width > len("2,000,000,000,000")


def test_summary__pages_beside_one_another_have_title_and_unit_in_their_heads() -> None:
    book = opened(staged_bytes(requests(), closed=["財政課", "区長"]))
    heads = [book[name].oddHeader for name in ("一覧", "予算案比較")]
    said = [str(one.left.text or "") if one and one.left else "" for one in heads]
    assert said == ["港区　令和2年度　予算要求集計　一覧", ""]
    assert [one.right.text for one in heads[:1] if one and one.right] == ["単位：千円"]


def test_summary__a_note_runs_over_as_many_lines_as_it_takes() -> None:
    sheet = opened(book_bytes(nine()))["予算案比較"]
    (merged,) = sheet.merged_cells.ranges
    assert (merged.min_row, merged.max_row, merged.min_col) == (2, 2, 1)
    assert sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height > 30
    assert sheet.cell(2, merged.max_col + 1).value == "単位：千円"
