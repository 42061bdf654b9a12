"""Links of the summary: every request to its sheet, every amount to its very cell, every finding too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.excel.summary.samples import SETTINGS, opened, roster, row, table
from yosan_xl.excel.summary import listing, submissions
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.model.intake import Doubtful, Intake
from yosan_xl.model.rollup import SummaryRow

FILE = "0301_企画課.xlsx"
PATHS = {FILE: f"../提出/{FILE}"}
CELLS = {
    "/title": "D5",
    "/total/requested": "H20",
    "/total/earmarked": "I20",
    "/funding/general/amount": "I25",
}


def linked(sheet: int = 1, **changes: object) -> SummaryRow:
    return replace(row(sheet, **changes), cells=CELLS)


def book(
    rows: list[SummaryRow], findings: tuple[Finding, ...] = (), paths: dict[str, str] | None = None
) -> bytes:
    return summary_bytes(
        rows, findings, SETTINGS, roster(), None, None, PATHS if paths is None else paths
    )


def found(content: bytes, sheet: str) -> dict[str, tuple[str | None, str | None]]:
    page = opened(content)[sheet]
    assert isinstance(page, Worksheet)
    cells = [cell for line in page.iter_rows() for cell in line if cell.hyperlink]
    return {
        cell.coordinate: (cell.hyperlink.target, cell.hyperlink.location)
        for cell in cells
        if cell.hyperlink
    }


def test_links__a_request_opens_its_sheet_and_an_amount_its_cell() -> None:
    target = f"../提出/{FILE}"
    assert found(book([linked(2)]), "一覧") == {
        "B5": (target, "'要求書2'!D5"),
        "I5": (target, "'要求書2'!H20"),
        "N5": (target, "'要求書2'!I25"),
    }


def test_links__the_no_opens_the_sheet_where_there_is_one() -> None:
    rows = [linked(2, no=7), replace(linked(3, no=8), provisional=True)]
    assert {"A5", "A6"} <= set(found(book(rows), "一覧"))
    assert not {"B5", "B6"} & set(found(book(rows), "一覧"))
    assert opened(book(rows))["一覧"]["A6"].number_format == '"仮"0'


def test_links__values_stay_numbers_and_blanks_stay_blank() -> None:
    one = table(opened(book([linked(total={"requested": 5, "earmarked": 0})])), "一覧")[0]
    assert (one["要求額"], one["うち特財"], one["国庫支出金"]) == (5, 0, None)


def test_links__a_document_that_is_no_book_is_linked_to_as_a_file() -> None:
    assert found(book([row(1)]), "一覧") == {"B5": (f"../提出/{FILE}", None)}


def test_links__what_is_not_counted_is_linked_to_from_the_contents() -> None:
    intake = Intake(1, (Doubtful(linked(3, no=7, title="甲"), "二度提出されているため"),))
    content = summary_bytes([], (), SETTINGS, roster(), intake, None, PATHS)
    targets = [link for link in found(content, "目次").values() if link[0]]
    assert targets == [(f"../提出/{FILE}", "'要求書3'!D5")]


def test_links__no_path_no_link() -> None:
    assert found(book([linked(1)], paths={}), "一覧") == {}


def test_links__a_finding_opens_the_cell_at_fault() -> None:
    of_file = Finding("YX030", Weight.ERROR, Place(FILE), "ちがう。", "直す。")
    of_cell = replace(of_file, place=Place(FILE, "要求書1", "M24"))
    assert found(book([], (of_cell, of_file)), "検証結果") == {
        "C5": (f"../提出/{FILE}", "'要求書1'!M24"),
        "A6": (f"../提出/{FILE}", None),
    }


def test_links__where_amounts_are_too_many_one_a_request_and_the_contents_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [linked(at) for at in (1, 2)]
    said = [one for one in table(opened(book(rows)), "目次") if one["区分"] == "一覧"]
    assert "要求書1件に1つ" not in str(said[0]["NO"])
    for module in (listing, submissions):
        monkeypatch.setattr(module, "MOST_LINKS", 5)
    content = book(rows)
    assert list(found(content, "一覧")) == ["B5", "B6"]
    said = [one for one in table(opened(content), "目次") if one["区分"] == "一覧"]
    assert "要求書1件に1つ" in str(said[0]["NO"])


def test_links__no_more_than_excel_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (listing, submissions):
        monkeypatch.setattr(module, "MOST_LINKS", 1)
    told = Finding("YX030", Weight.ERROR, Place(FILE, "要求書1", "A1"), "ちがう。", "直す。")
    findings = tuple(replace(told, place=Place(FILE, f"要求書{at}", "A1")) for at in (1, 2))
    content = book([linked(1), linked(2)], findings)
    assert (list(found(content, "一覧")), list(found(content, "検証結果"))) == (["B5"], ["C5"])
    said = {one["区分"]: str(one["NO"]) for one in table(opened(content), "目次")}
    assert all("リンクは上から" in said[name] for name in ("一覧", "検証結果"))


@pytest.mark.parametrize("path", ["mailto:a.xlsx", "a\\b.xlsx", "a\u202e.xlsx", "あ" * 2001])
def test_links__no_link_to_what_is_no_plain_path(path: str) -> None:
    assert found(book([linked(1)], paths={FILE: path}), "一覧") == {}
