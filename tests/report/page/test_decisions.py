"""What the page says of decisions: how far they are, stage by stage, and never more than it may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.excel.summary.samples import SETTINGS, nine, roster
from tests.report.forms import (
    PREFECTURE,
    PREFECTURE_UNITS,
    PREFECTURE_YEAR,
    made_row,
    prefecture_document,
)
from tests.report.page.samples import FORM, Parts, budgeted_row, contents, page
from yosan_xl.model.assessment import Progress, Restoration, StageDecision
from yosan_xl.model.axes import DECIDED, TOTAL
from yosan_xl.model.comparison import YearRequests
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.intake import Intake, SummaryRow
from yosan_xl.model.matching import Succession
from yosan_xl.model.money import Money
from yosan_xl.model.rollup import Rollup
from yosan_xl.model.settings import AssessmentStage
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.report.page import PageContents, page_html
from yosan_xl.report.page.listing import listing_table
from yosan_xl.usecases.succession import two_years

STAGES = (
    AssessmentStage("財政課"),
    AssessmentStage("知事", column="内示"),
    AssessmentStage("最終"),
)
YEAR = replace(PREFECTURE_YEAR, stages=STAGES)


def _row(*decisions: StageDecision) -> SummaryRow:
    document = prefecture_document()
    document["amounts"][DECIDED] = dict.fromkeys(document["amounts"][DECIDED])
    back = Restoration("01-1", {TOTAL: Money(77)}, "橋が落ちる。", "復活.xlsx")
    return replace(made_row(document, PREFECTURE), decisions=decisions, restoration=back)


def _first(progress: Progress = Progress.DONE) -> StageDecision:
    amounts = {TOTAL: Money(8_765), "grant": Money(8_765)}
    return StageDecision("財政課", amounts, verdict="一部減額", reason="単価。", progress=progress)


def _made(rows: Sequence[SummaryRow], *, public: bool = False) -> PageContents:
    rollup = Rollup.of(rows, YEAR, PREFECTURE_UNITS, PREFECTURE)
    return PageContents(rollup, Intake(), public=public)


def staged_contents() -> PageContents:
    """Return a page of a request that one stage has decided and the next holds."""
    return _made([_row(_first(), StageDecision("最終", progress=Progress.HELD))])


def test_stages__stand_beside_one_another_and_say_why() -> None:
    some = staged_contents()
    heads, row = Parts(listing_table(some).html).tables["要求の一覧"]
    assert dict(zip(heads, row, strict=True))["財政課の額"] == "8,765"
    assert page(some).tables["査定経過（単位：千円）"][1:] == [
        ["財政課", "済", "8,765", "一部減額", "単価。"],
        ["最終", "保留", "保留", "", ""],
        ["復活要求", "", "77", "", "橋が落ちる。"],
    ]


def test_stages__public_page_knows_nothing_of_them() -> None:
    html = page_html(_made([_row(_first())], public=True))
    for word in ("8,765", "単価。", "財政課", "橋が落ちる", "一部減額"):
        assert word not in html, word


def test_undecided__is_never_zero_and_zero_is_zero() -> None:
    rows = [budgeted_row(1, 100, None), budgeted_row(2, 70, 0)]
    found = page(contents(rows))
    heads, *listed = found.tables["要求の一覧"]
    assert [row[heads.index("予算額")] for row in listed] == ["未定", "0"]
    table = found.tables["要求区分別の要求額"]
    assert table[-1][2:4] == ["170", "0決定 1 / 2"]


def test_undecided__a_department_without_any_decision_has_no_figure() -> None:
    rows = [budgeted_row(1, 100, 90), replace(budgeted_row(2, 70, None))]
    other = replace(rows[1], request=replace(rows[1].request, department_code="0602"))
    table = page(contents([rows[0], other])).tables["部・課別の要求額"]
    texts = [cell for row in table for cell in row]
    assert "未定" in texts
    assert "0" not in [row[table[0].index("予算額") - len(table[0]) :][0] for row in table[1:]]


def test_sources__what_is_decided_of_them_stands_beside() -> None:
    heads, *rows = page(contents([budgeted_row(1, 100, 80)])).tables["財源別（会計ごと）"]
    assert rows[-1][heads.index("一般財源の予算額")] == "80"
    assert rows[-1][-2:] == ["100", "80"]


def test_sources__a_decision_without_them_is_told() -> None:
    row = budgeted_row(1, 100, 80)
    amounts = {cell: a for cell, a in row.request.amounts.items() if cell[0] != DECIDED}
    amounts[DECIDED, TOTAL] = Money(80)
    own = replace(row, request=replace(row.request, amounts=amounts))
    heads, *rows = page(contents([budgeted_row(2, 5, 5), own])).tables["財源別（会計ごと）"]
    assert rows[-1][heads.index("一般財源の予算額")] == "5財源未定 1件"


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (((5, 4), (3, None)), "予算要求の概要（港区、決定 1 / 2）"),
        (((5, 4), (3, 0)), "予算案の概要（港区）"),
        (((5, None),), "予算要求の概要（港区）"),
    ],
)
def test_title__is_the_budget_only_when_all_is_decided(
    amounts: Sequence[tuple[int, int | None]], said: str
) -> None:
    rows = [budgeted_row(at, *pair) for at, pair in enumerate(amounts, 1)]
    assert f"<title>令和2年度 {said}</title>" in page_html(contents(rows))


def test_title__is_no_budget_while_somebody_is_to_look_at_a_decision() -> None:
    doubtful = StageDecision("査定", {TOTAL: Money(4)}, progress=Progress.DOUBTFUL)
    row = replace(budgeted_row(1, 5, 4), decisions=(doubtful,))
    assert "予算要求の概要" in page_html(contents([row]))
    sure = replace(doubtful, is_closed=True)
    assert "予算案の概要" in page_html(contents([replace(row, decisions=(sure,))]))


def test_number__that_may_change_says_so() -> None:
    rows = [replace(one, provisional=one.request.no == 55) for one in nine()]
    found = page(contents(rows))
    assert [row[0] for row in found.tables["要求の一覧"][1:3]] == ["仮55", "56"]
    assert "NO 仮55" in found.texts


def test_head__says_edition_date_and_where_the_data_are() -> None:
    some = _headed(edition="要求状況", saved="2019-10-04T01:02:03Z")
    found = Parts(page_html(some))
    text = " ".join(found.texts)
    assert "版：要求状況" in text
    assert "データの時点：2019-10-04 10:02" in text
    (link,) = [a for name, a in found.elements if name == "a" and "download" in a]
    assert link["href"] == "R2_%E4%B8%80%E8%A6%A7.csv"


def _headed(edition: str, saved: str) -> PageContents:
    rollup = Rollup.of(nine(), SETTINGS, roster(), FORM.axes)
    links = (("一覧", "R2_一覧.csv"),)
    return PageContents(rollup, Intake(), edition=edition, saved=saved, links=links)


def test_last_year__stands_beside_each_request_and_sums_know_what_ended() -> None:
    rows = nine()
    rollup = Rollup.of(rows, SETTINGS, roster(), FORM.axes)
    now = tuple(row.request for row in rollup.rows)
    before = (now[1], replace(now[2], id="9-9", texts={**now[2].texts, **_title("終わった事業")}))
    old = YearRequests("R1", FiscalYear(2019), before, roster(), SETTINGS)
    years, _ = two_years(
        old, YearRequests("R2", FiscalYear(2020), now, roster(), SETTINGS), Succession()
    )
    found = page(PageContents(rollup, Intake(), last_year=AgainstLastYear((), years)))
    heads, *listed = found.tables["要求の一覧"]
    at = heads.index("前年度")
    assert [row[at : at + 2] for row in listed[:2]] == [["新規", "151,486"], ["30,765", "0"]]
    table = found.tables["款別の前年度比較"]
    assert table[-1] == ["計", "69,249", "383,511", "314,262", "453.8%"]


def _title(title: str) -> dict[str, str]:
    return {FORM.axes.meanings["title"]: title}
