"""一覧 and the sheets of sums in a year with stages: the open one to type into, closed ones beside it, what is 未定."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl.workbook import Workbook

from tests.excel.summary.samples import SETTINGS, nine, opened, roster, table
from tests.excel.summary.staged import (
    FORM,
    TYPED,
    YEAR,
    asks_again,
    decided,
    requests,
    staged_bytes,
)
from tests.forms.years import form_text
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.excel.summary.reading import read_summary
from yosan_xl.excel.summary.stages import StagePlan
from yosan_xl.excel.summary.template import summary_definition
from yosan_xl.form.load import parse_definition
from yosan_xl.model.decision import Spot
from yosan_xl.model.money import Money
from yosan_xl.model.settings import AssessmentStage


def headings(book: Workbook, sheet: str) -> list[str]:
    return [str(cell.value) for cell in book[sheet][4] if cell.value is not None]


def free(book: Workbook, sheet: str) -> list[str]:
    """Return the headings of the columns that are not locked."""
    return [
        str(head.value)
        for head, cell in zip(book[sheet][4], book[sheet][5], strict=True)
        if not cell.protection.locked
    ]


def choices(book: Workbook, heading: str) -> str:
    sheet = book["一覧"]
    at = next(cell.coordinate for cell in sheet[4] if cell.value == heading).rstrip("4")
    every = sheet.data_validations.dataValidation
    return next(str(one.formula1) for one in every if f"{at}5" in str(one.sqref))


def test_stages__the_first_is_open_under_its_own_name() -> None:
    book = opened(staged_bytes(requests()))
    assert free(book, "一覧") == [
        *("財政課の額", "財政課の額のうち特財", "国庫支出金の財政課の額", "都支出金の財政課の額"),
        *("その他特財の財政課の額", "査定区分", "理由"),
    ]
    assert "予算額" not in headings(book, "一覧")
    assert "前の段階どおり" not in choices(book, "査定区分")
    found = {one["NO"]: one for one in table(book, "一覧")}
    assert [found[at]["財政課の額"] for at in (1, 2, 3, 4)] == [100, 150, 0, 400]
    assert found[3]["国庫支出金の財政課の額"] == 0
    assert found[2]["理由"] == "単価を見直した。"


def test_stages__a_closed_one_stands_locked_beside_the_open_one() -> None:
    book = opened(staged_bytes(requests(), closed=["財政課"]))
    shown = headings(book, "一覧")
    at = shown.index("財政課の額")
    assert shown[at : at + 4] == ["財政課の額", "財政課の査定区分", "財政課の理由", "区長の額"]
    assert "財政課の額" not in free(book, "一覧")
    assert free(book, "一覧")[0] == "区長の額"
    assert "前の段階どおり" in choices(book, "査定区分")
    found = {one["NO"]: one for one in table(book, "一覧")}
    assert [found[at]["財政課の額"] for at in (1, 2, 3, 4)] == [100, 150, 0, 400]
    assert (found[2]["財政課の査定区分"], found[2]["財政課の理由"]) == (
        "一部減額",
        "単価を見直した。",
    )
    assert [found[at]["進み具合"] for at in (1, 2, 3, 4)] == ["済", "済", "保留", "未定"]
    assert headings(book, "査定").count("財政課の額") == 1


def test_stages__the_last_has_the_words_of_the_form_and_its_rationale() -> None:
    rows = [asks_again(requests()[2], 40, "周知が要る。"), *requests()[3:]]
    book = opened(staged_bytes(rows, closed=["財政課", "区長"]))
    assert free(book, "一覧")[0] == "予算額（復活後の総額）"
    assert free(book, "一覧")[-2:] == ["理由", "編成の考え方"]
    found = table(book, "一覧")
    assert (found[0]["復活要求額"], found[0]["復活要求の理由"]) == (40, "周知が要る。")
    assert (found[1]["復活要求額"], found[1]["区長の額"]) == (None, None)


def test_stages__all_closed_leaves_nothing_to_type_into() -> None:
    closed = ["財政課", "区長", "復活"]
    data = staged_bytes(requests(), closed=closed)
    book = opened(data)
    assert (free(book, "一覧"), free(book, "査定")) == ([], [])
    assert book["一覧"].protection.sheet
    assert book["査定"].protection.sheet
    assert table(book, "一覧")[0]["予算額"] == 100
    assert read_summary(data, "集計.xlsx", FORM).cells == ()


def test_stages__what_was_typed_is_read_back() -> None:
    data = staged_bytes(requests(), closed=["財政課"])
    reading = read_summary(data, "集計.xlsx", FORM)
    expected = {
        Spot(request, field): value
        for (stage, request, field), value in TYPED.items()
        if stage == "区長"
    }
    assert {one.spot: one.value for one in reading.cells} == expected
    assert (reading.notes, reading.uncarried, reading.stage) == ((), (), "区長")


def test_stages__sums_say_how_many_are_decided_and_leave_out_what_is_held() -> None:
    rows = table(opened(staged_bytes(requests(), closed=["財政課"])), "会計・款別")
    shown = [(one["款"], one["財政課の額"], one["財政課の決定件数"]) for one in rows]
    assert shown == [
        *(("総務費", 250, "3 / 3"), ("民生費", 400, "1 / 1"), ("小計", 650, "4 / 4")),
        (None, 650, "4 / 4"),
    ]
    # 保留 with an amount is no decision, and what nobody decided is not 0.
    assert [(one["区長の額"], one["区長の決定件数"]) for one in rows] == [
        *((250, "2 / 3"), ("未定", "0 / 1"), (250, "2 / 4"), (250, "2 / 4")),
    ]


def test_stages__a_zero_that_was_decided_is_zero() -> None:
    book = opened(staged_bytes(requests()[2:3], {("財政課", "0301-3", "verdict"): "ゼロ査定"}))
    last = table(book, "会計・款別")[-1]
    assert (last["財政課の額"], last["財政課の決定件数"]) == (0, "1 / 1")
    sheet = book["会計・款別"]
    at = next(cell.column_letter for cell in sheet[4] if cell.value == "財政課の額")
    assert not sheet[f"{at}5"].number_format.endswith('"-"')


def test_stages__the_formulas_count_and_sum_the_list() -> None:
    book = opened(staged_bytes(requests(), closed=["財政課"]), values=False)
    sheet = book["会計・款別"]
    at = {cell.value: cell.coordinate.rstrip("4") for cell in sheet[4]}
    keys = "1*EXACT(一覧_会計,$A5)*EXACT(一覧_款,$B5)"
    counted = f'SUMPRODUCT({keys}*ISNUMBER(一覧_区長の額)*ISERROR(FIND("保留",一覧_査定区分)))'
    amount, count = at["区長の額"], at["区長の決定件数"]
    assert sheet[f"{count}5"].value == f'={counted}&" / "&$C5'
    assert sheet[f"{amount}5"].value == (f'=IF({counted}=0,"未定",{counted[:-1]},一覧_区長の額))')
    own = counted.replace(keys, "1*EXACT(一覧_会計,$A7)")
    assert sheet[f"{amount}7"].value == f'=IF({own}=0,"未定",{own[:-1]},一覧_区長の額))'


def test_stages__the_first_sheet_says_how_far_the_open_one_is() -> None:
    rows = table(opened(staged_bytes(requests(), closed=["財政課"])), "目次")
    found = next(one for one in rows if one["区分"] == "決定（区長の額）")
    assert (found["件数"], found["NO"]) == (2, "決定 2 / 4件、計 250千円")


def test_stages__a_stage_of_the_form_that_one_fills_is_there_once() -> None:
    form = parse_definition(form_text("prefecture").encode(), "form.toml")
    stages = (AssessmentStage("財政課", column="内示", notice=True), AssessmentStage("知事"))
    settings = replace(SETTINGS, form="prefecture", stages=stages)
    for closed, there in (((), ["内示"]), (("財政課",), ["内示", "査定"])):
        plan = StagePlan.of(settings, form.axes, closed)
        labels = [one.label for one in summary_definition(form, plan).listing.fields]
        assert [one for one in labels if one in ("内示", "査定")] == there
        sums = summary_definition(form, plan).of_kind("grouped").fields
        shown = [one.label for one in sums if one.label in ("内示", "調整要求", "査定")]
        assert [one for one in shown if one != "調整要求"] == there


def test_stages__a_year_without_any_has_one_and_asks_for_no_reason() -> None:
    book = opened(staged_bytes(requests(), {}, settings=SETTINGS))
    shown = headings(book, "一覧")
    assert "理由" not in shown
    assert free(book, "一覧")[-2:] == ["査定区分", "編成の考え方"]
    assert headings(book, "会計・款別")[-2:] == ["予算額", "決定件数"]


def test_stages__a_request_that_asks_for_something_else_now_is_told() -> None:
    (one, *_) = decided(requests()[:1], TYPED).rows
    decision = replace(one.decisions[-1], is_changed=True, asked_then=Money(147_699))
    row = replace(one, decisions=(decision,))
    data = summary_bytes([row], (), YEAR, roster())
    assert table(opened(data), "一覧")[0]["確認"] == "要求額が変わりました 147,699 → 100"


@pytest.mark.parametrize("sheet", ["一覧", "進み具合", "査定経過", "債務負担行為調書"])
def test_provisional__a_no_is_shown_as_such_and_stays_a_number(sheet: str) -> None:
    contract = {"term_start": 2020, "term_end": 2023, "limit": 500}
    rows = [replace(one, provisional=True) for one in nine()[:1]]
    document = {**rows[0].request.document, "contract_authorization": contract}
    request = type(rows[0].request).from_document(document, rows[0].request.axes)
    book = opened(staged_bytes([replace(rows[0], request=request)], {}))
    cells = [cell for line in book[sheet].iter_rows(min_row=5) for cell in line if cell.value == 55]
    assert [cell.number_format for cell in cells] == ['"仮"0']
    assert "仮" in str(book["目次"]["A2"].value)


def test_provisional__a_final_no_is_a_plain_number() -> None:
    book = opened(staged_bytes(nine()[:1], {}))
    assert book["一覧"]["A5"].number_format == "0"
    assert "仮" not in str(book["目次"]["A2"].value)


def test_stages__for_restoration_says_what_is_typed_and_shows_what_is_asked_again() -> None:
    rows = requests()
    rows[0] = asks_again(rows[0], 40, "周知が要る。")
    book = opened(staged_bytes(rows, closed=("財政課", "区長")))
    offered = choices(book, "査定区分")
    assert "復活要求どおり" in offered
    assert "前の段階どおり" in offered
    assert '"要求どおり' not in offered
    assert "予算額（復活後の総額）" in free(book, "一覧")
    assert "一覧_予算額" in book.defined_names
    assert not [one for one in book.defined_names if "総額" in one]
    found = table(book, "一覧")[0]
    own = ("内示額", "復活要求額", "復活後の額（要求）", "復活要求の理由")
    assert [found[one] for one in own] == [100, 40, 140, "周知が要る。"]
    assert "国庫支出金の復活要求額" in headings(book, "一覧")
    assert "予算額（復活後の総額）" not in headings(book, "査定経過")


def test_stages__a_later_one_shows_where_it_differs_from_the_one_before() -> None:
    typed = {**TYPED, ("区長", "0301-2", "verdict"): "要求どおり"}
    book = opened(staged_bytes(requests(), typed, closed=("財政課",)))
    found = {one["NO"]: one for one in table(book, "一覧")}
    assert found[2]["確認"] == "前の段階「財政課」は 150"
    assert found[1]["確認"] is None
