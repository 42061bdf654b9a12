"""進み具合 and 査定経過: counts by state, what is missing, and what every stage decided."""

from __future__ import annotations

from dataclasses import replace

from openpyxl.utils import get_column_letter

from tests.excel.summary.samples import SETTINGS, opened, row, table
from tests.excel.summary.staged import TYPED, YEAR, Entries, asks_again, requests, staged_bytes
from yosan_xl.model.settings import AssessmentStage

STATES = ("件数", "未定", "一部", "済", "保留", "要確認")


def test_progress__counts_by_account_by_unit_and_of_all() -> None:
    rows = table(opened(staged_bytes(requests(), closed=["財政課"])), "進み具合")[:4]
    assert [(one["所管課"], one["事業名"], *(one[key] for key in STATES)) for one in rows] == [
        ("一般会計", "総務費", 3, 0, 0, 2, 1, 0),
        ("一般会計", "民生費", 1, 1, 0, 0, 0, 0),
        ("部", "子ども家庭支援部", 4, 1, 0, 2, 1, 0),
        ("全会計 計", None, 4, 1, 0, 2, 1, 0),
    ]
    assert [one["区長の額"] for one in rows] == [250, "未定", 250, 250]


def test_progress__says_of_every_request_what_is_missing() -> None:
    typed = {**TYPED, ("区長", "0301-4", "decided/total"): 10}
    rows = table(opened(staged_bytes(requests(), typed, ["財政課"])), "進み具合")
    listed = {one["NO"]: one for one in rows if isinstance(one["NO"], int)}
    assert [listed[at]["足りないもの"] for at in (1, 2, 3, 4)] == [
        None,
        None,
        "保留の解除",
        "理由",
    ]
    assert (listed[3]["保留"], listed[3]["済"]) == ("○", None)
    assert listed[3]["区長の額"] == "保留"


def test_progress__what_is_open_is_to_be_typed_and_lines_are_counted() -> None:
    rows = table(opened(staged_bytes(requests()[:1], {}, settings=SETTINGS)), "進み具合")
    assert (rows[-1]["未定"], rows[-1]["足りないもの"]) == ("○", "予算額の入力")


def test_course__shows_every_stage_with_its_reason() -> None:
    rows = [*requests()[:3], asks_again(requests()[3], 40, "周知が要る。")]
    found = table(opened(staged_bytes(rows, closed=["財政課", "区長"])), "査定経過")
    shown = ("要求額", "財政課の額", "財政課の理由", "区長の額", "区長の査定区分")
    assert [tuple(one[key] for key in shown) for one in found[:4]] == [
        (100, 100, None, 100, "要求どおり"),
        (200, 150, "単価を見直した。", 150, "一部減額"),
        (300, 0, None, "保留", "保留"),
        (400, 400, None, "未定", None),
    ]
    assert (found[3]["復活要求額"], found[3]["復活要求の理由"]) == (40, "周知が要る。")
    last = found[-1]
    assert (last["要求額"], last["財政課の額"], last["区長の額"]) == (1_000, 650, 250)
    assert last["復活要求額"] == 40
    assert (last["財政課の査定区分"], last["区長の査定区分"]) == ("決定 4 / 4", "決定 2 / 4")


def test_course__prints_all_stages_on_one_page() -> None:
    sheet = opened(staged_bytes(requests(), closed=["財政課", "区長"]))["査定経過"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.page_setup.fitToWidth or 1) == 1


def test_course__of_one_stage_is_content_with_a4() -> None:
    sheet = opened(staged_bytes(requests(), {}, settings=SETTINGS))["査定経過"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth or 1) == (9, 1)


def test_course__without_stages_has_the_words_of_the_form_and_its_rationale() -> None:
    typed: Entries = {
        ("査定", "0301-1", "decided/total"): 60,
        ("査定", "0301-1", "rationale"): "精査した。",
    }
    (found, _) = table(opened(staged_bytes(requests()[:1], typed, settings=SETTINGS)), "査定経過")
    assert (found["予算額"], found["理由"]) == (60, "精査した。")


def test_progress__speaks_of_lines_only_where_some_are_decided() -> None:
    lines = [{"label": one, "requested": 50} for one in ("甲", "乙")]
    asked = row(1, id="0301-1", no=1, lines=lines, funding={})
    typed: Entries = {("財政課", "0301-1", "verdict"): "一部減額"}
    rows = table(opened(staged_bytes([asked], typed)), "進み具合")
    assert (rows[-1]["一部"], rows[-1]["足りないもの"]) == ("○", "財政課の額の入力")


def test_course__many_stages_fill_two_pages_that_both_say_whose_row_it_is() -> None:
    names = ("係長", "主査", "財政課長", "財政部長", "副市長", "市長", "復活", "最終査定")
    stages = tuple(AssessmentStage(name, restoration=name == "復活") for name in names)
    year = replace(YEAR, stages=stages)
    book = opened(staged_bytes(requests(), {}, closed=names[:-1], settings=year))
    sheet = book["査定経過"]
    headings = [cell.value for cell in sheet[4]]
    assert headings[:2] == ["NO", "事業名"]
    assert sheet.print_title_cols == "$A:$B"
    assert "最終査定の区分" in headings
    assert sheet.page_setup.fitToWidth == 2
    reasons = [get_column_letter(at) for at, one in enumerate(headings, 1) if "理由" in str(one)]
    groups = sheet.column_dimensions
    assert all(groups[one].width >= 16 for one in reasons if one in groups)
