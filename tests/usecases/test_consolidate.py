"""consolidate: the totals of the paper, and what happens to what cannot be counted."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.excel.reading.attach import note
from tests.excel.reading.edit import Editor
from tests.lazy_book import lazy_book
from tests.usecases.edit import cell_of, plan, set_cell
from tests.usecases.resaved import save_at
from tests.usecases.year import PUBLISHED_FAULTS, hand_in_filled, make_year, sources
from yosan_xl.model.intake import asked
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput

NINE = pytest.mark.parametrize("documents", sources().values(), ids=sources().keys())

PAPER = {
    ("一般会計", "総務費"): (7, 286_297),
    ("一般会計", "民生費"): (1, 6_259),
    ("国民健康保険事業会計", "総務費"): (1, 90_955),
}

SHOWN = ("NO", "課", "款", "要求区分", "要求額", "うち特財", "国庫支出金", "都支出金", "一般財源")
LISTED = [
    (55, "地域振興課", "総務費", "レベルアップ事業", 151_486, 0, 0, 0, 151_486),
    (56, "税務課", "総務費", "新規事業", 30_765, 0, 0, 0, 30_765),
    (57, "税務課", "総務費", "新規事業", 38_484, 0, 0, 0, 38_484),
    (58, "税務課", "総務費", "新規事業", 36_936, 0, 0, 0, 36_936),
    (59, "国保年金課", "総務費", "レベルアップ事業", 90_955, 12_000, 0, 12_000, 78_955),
    (60, "生活福祉調整課", "民生費", "新規事業", 6_259, 5_868, 5_868, 0, 391),
    (61, "企画課", "総務費", "新規事業", 331, 0, 0, 0, 331),
    (62, "企画課", "総務費", "レベルアップ事業", 24_103, 0, 0, 0, 24_103),
    (63, "区長室", "総務費", "レベルアップ事業", 4_192, 0, 0, 0, 4_192),
]


def _year(tmp_path: Path, documents: list[dict[str, Any]] | None = None) -> Path:
    year = make_year(tmp_path / "R2", documents)
    hand_in_filled(year)
    return year


def totals(data: bytes) -> dict[str, dict[tuple[str, ...], list[Any]]]:
    """Give the rows of the summary's aggregate sheets by their text columns (cached values)."""
    book = lazy_book(data, values=True)
    return {
        name: {
            tuple(str(cell) for cell in row[:2] if isinstance(cell, str)): [
                cell for cell in row if isinstance(cell, int | float)
            ]
            for row in book[name].iter_rows(min_row=5, values_only=True)
        }
        for name in ("会計・款別", "要求区分別")
    }


@NINE
def test_consolidate__the_totals_of_the_paper(
    documents: list[dict[str, Any]], tmp_path: Path
) -> None:
    year = _year(tmp_path, documents)
    done = consolidate([year], tmp_path)
    assert [finding.code for finding in done.findings] == PUBLISHED_FAULTS
    assert (done.counted, done.requested) == (9, 383_511)
    rows = totals(done.summary.read_bytes())["会計・款別"]
    assert {key: tuple(rows[key][:2]) for key in PAPER} == PAPER
    # 件数, 要求額, うち特財, 国庫支出金, 都支出金, その他特財, 一般財源
    whole = [9, 383_511, 17_868, 5_868, 12_000, 0, 365_643]
    assert whole in [row[:7] for row in rows.values()]


@NINE
def test_consolidate__the_list_of_the_paper(
    documents: list[dict[str, Any]], tmp_path: Path
) -> None:
    summary = consolidate([_year(tmp_path, documents)], tmp_path).summary
    sheet = lazy_book(summary, values=True)["一覧"]
    headings, *rows = sheet.iter_rows(min_row=4, values_only=True)
    columns = [headings.index(name) for name in SHOWN]
    found = [tuple(row[column] for column in columns) for row in rows]
    assert [row[:4] for row in found] == [row[:4] for row in LISTED]
    assert [tuple(int(str(cell or 0)) for cell in row[4:]) for row in found] == [
        row[4:] for row in LISTED
    ]


def test_consolidate__an_empty_folder_is_told(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    done = consolidate([year], tmp_path)
    assert [finding.code for finding in done.findings] == ["YX060"]
    assert "提出" in str(done.findings[0])
    assert not done.written
    assert not done.summary.exists()


def test_consolidate__a_stranger_is_told_and_the_rest_counted(tmp_path: Path) -> None:
    year = _year(tmp_path)
    stranger = openpyxl.Workbook()
    stranger.save(year / "提出" / "予定表.xlsx")
    done = consolidate([year], tmp_path)
    assert [(f.code, f.place.file) for f in done.findings] == [("YX030", "予定表.xlsx")]
    assert (done.counted, done.requested) == (9, 383_511)


def test_consolidate__a_text_in_an_amount_is_told_and_the_rest_counted(tmp_path: Path) -> None:
    year = _year(tmp_path)
    book = year / "提出" / "0602_区長室.xlsx"
    cell = set_cell(book, "yx_lines1_requested", 0, "約2,769")
    done = consolidate([year], tmp_path)
    errors = [finding for finding in done.findings if finding.is_error]
    assert [(f.code, f.place.file, f.place.sheet, f.place.cell) for f in errors] == [
        ("YX121", "0602_区長室.xlsx", "要求書1", cell)
    ]
    assert [f.code for f in done.findings if not f.is_error] == ["YX065"]
    assert (done.counted, done.left_out, done.requested) == (8, 1, 383_511 - 4_192)


def test_consolidate__another_year_is_told_first_and_alone(tmp_path: Path) -> None:
    year = _year(tmp_path)
    other = make_year(tmp_path / "R1")
    settings = (other / "yosan.toml").read_text(encoding="utf-8")
    (other / "yosan.toml").write_text(settings.replace("令和2年度", "令和元年度"), encoding="utf-8")
    text = (other / "requests.json").read_text(encoding="utf-8")
    (other / "requests.json").write_text(
        text.replace('"fiscal_year": 2020', '"fiscal_year": 2019'), encoding="utf-8"
    )
    hand_in_filled(other)
    shutil.copyfile(other / "提出/0602_区長室.xlsx", year / "提出/0602_区長室.xlsx")
    done = consolidate([year], tmp_path)
    assert [(f.code, f.place.file, f.place.sheet) for f in done.findings] == [
        ("YX032", "0602_区長室.xlsx", "要求書1")
    ]
    assert done.findings[0].place.cell
    assert done.requested == 383_511 - 4_192


def test_consolidate__a_path_that_is_not_there(tmp_path: Path) -> None:
    make_year(tmp_path / "R2")
    with pytest.raises(WrongInput, match="見つかりません"):
        consolidate([tmp_path / "R2" / "提出" / "ない.xlsx"], tmp_path)


def test_consolidate__a_book_handed_in_twice_counts_once(tmp_path: Path) -> None:
    year = _year(tmp_path)
    save_at(year / "提出/0602_区長室.xlsx", "いつか", year / "提出/0602_区長室(修正).xlsx")
    done = consolidate([year], tmp_path)
    assert "YX504" in [finding.code for finding in done.findings]
    assert (done.counted, done.requested) == (9, 383_511)


def test_consolidate__submissions_are_untouched(tmp_path: Path) -> None:
    year = _year(tmp_path)
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (year / "提出").iterdir()}
    consolidate([year], tmp_path)
    after = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (year / "提出").iterdir()}
    assert before == after


def test_consolidate__an_empty_folder_does_not_cost_the_summary(tmp_path: Path) -> None:
    year = _year(tmp_path)
    first = consolidate([year], tmp_path)
    before = first.summary.read_bytes()
    shutil.rmtree(year / "提出")
    (year / "提出").mkdir()
    again = consolidate([year], tmp_path)
    assert (again.written, [f.code for f in again.findings]) == (False, ["YX060"])
    assert first.summary.read_bytes() == before


def test_consolidate__tells_once_of_a_request_that_is_there_twice(tmp_path: Path) -> None:
    year = _year(tmp_path)
    save_at(year / "提出/0602_区長室.xlsx", "いつか", year / "提出/0602_区長室_控え.xlsx")
    done = consolidate([year], tmp_path)
    assert [f.code for f in done.findings if "0602" in f.place.file] == ["YX504"]
    assert [one.why for one in done.intake.again] == ["二度提出されているため"]


def test_consolidate__what_is_left_out_is_on_the_first_sheet(tmp_path: Path) -> None:
    year = _year(tmp_path)
    set_cell(year / "提出/0205_生活福祉調整課.xlsx", "yx_funding_national_amount", 0, 5_000)
    done = consolidate([year], tmp_path)
    assert (done.counted, done.left_out, asked(done.intake.left_out)) == (8, 1, 6_259)
    sheet = lazy_book(done.summary, values=True).worksheets[0]
    rows = [row[:4] for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert ("未算入", 1, 6_259, 60) in rows
    assert ("算入", 8, 383_511 - 6_259, None) in rows


def test_consolidate__with_errors_counted_and_told(tmp_path: Path) -> None:
    year = _year(tmp_path)
    set_cell(year / "提出/0205_生活福祉調整課.xlsx", "yx_funding_national_amount", 0, 5_000)
    done = consolidate([year], tmp_path, include_errors=True)
    assert (done.counted, done.requested, done.left_out) == (9, 383_511, 0)
    assert (len(done.intake.anyway), asked(done.intake.anyway)) == (1, 6_259)
    assert [f.code for f in done.findings if f.code in ("YX065", "YX094")] == ["YX094"]
    sheet = lazy_book(done.summary, values=True).worksheets[0]
    rows = [row[:4] for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert ("うち誤りのまま算入", 1, 6_259, 60) in rows


def test_yx094__hits_and_a_copy_is_left_out_all_the_same(tmp_path: Path) -> None:
    year = _year(tmp_path)
    set_cell(year / "提出/0602_区長室.xlsx", "yx_lines1_requested", 0, "約2,769")
    save_at(year / "提出/0602_区長室.xlsx", "いつか", year / "提出/0602_区長室(修正).xlsx")
    done = consolidate([year], tmp_path, include_errors=True)
    assert [f.code for f in done.findings if f.code in ("YX065", "YX094")] == ["YX094"]
    assert (done.counted, done.left_out) == (9, 0)
    assert (len(done.intake.anyway), len(done.intake.again)) == (1, 1)


def test_yx094__does_not_hit_a_good_request(tmp_path: Path) -> None:
    assert consolidate([_year(tmp_path)], tmp_path, include_errors=True).findings == ()


def test_consolidate__a_line_at_the_edge_of_the_list_leaves_its_request_out(tmp_path: Path) -> None:
    year = _year(tmp_path)
    path = year / "提出" / "0602_区長室.xlsx"
    row = plan().by_name()["yx_subtotal2_requested"].area.top
    label, amount = (cell_of(f"yx_lines1_{key}")[0] for key in ("label", "requested"))
    book = Editor(path.read_bytes())
    book.insert_row("要求書1", row)
    book.put_text("要求書1", f"{label}{row + 1}", "追加の委託")
    book.put_number("要求書1", f"{amount}{row + 1}", 1_000)
    path.write_bytes(book.data())
    done = consolidate([year], tmp_path)
    assert (done.counted, done.requested) == (8, 379_319)
    assert [f.place.file for f in done.findings if f.code == "YX065"] == ["0602_区長室.xlsx"]
    (told,) = [f for f in done.findings if f.code == "YX091"]
    assert (told.is_error, told.place.cell) == (True, f"{amount}{row + 1}")


def test_consolidate__the_summary_leads_to_what_was_noted_for_finance(tmp_path: Path) -> None:
    year, words = _year(tmp_path), "財政課様 この額は概算です。"
    path = year / "提出" / "0602_区長室.xlsx"
    book = Editor(path.read_bytes())
    note(book, "要求書1", {"I6": words})
    path.write_bytes(book.data())
    done = consolidate([year], tmp_path)
    assert (done.counted, done.requested) == (9, 383_511)
    rows = lazy_book(done.summary)["検証結果"].iter_rows(min_row=5)
    (row,) = [row for row in rows if any(words in str(cell.value) for cell in row)]
    link = next(cell.hyperlink for cell in row if cell.value == "I6")
    assert link is not None
    assert (link.target, link.location) == ("../提出/0602_区長室.xlsx", "'要求書1'!I6")
