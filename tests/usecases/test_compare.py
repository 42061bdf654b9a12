"""compare: two years by 款, department, 要求区分 and project; nothing alike is taken silently."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.usecases.year import EXAMPLE
from tests.years import AXES, R3, document, save, year_of
from yosan_xl.model.comparison import Amount, By, ComparedRow, Figure, State, YearRequests
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession, SuccessionKind, SuccessionRow
from yosan_xl.store.faults import StoreError
from yosan_xl.usecases.compare import compare, compare_years, trend_of
from yosan_xl.usecases.errors import WrongInput


def figures(rows: tuple[ComparedRow, ...]) -> list[tuple[str, int, int, str]]:
    return [(row.key[-1], row.old.sum, row.new.sum, row.state.value) for row in rows]


def links(*rows: tuple[SuccessionKind, str, str]) -> Succession:
    return Succession(tuple(SuccessionRow(at, *row) for at, row in enumerate(rows, 2)))


UNIT, PROJECT = SuccessionKind.DEPARTMENT, SuccessionKind.PROJECT


@pytest.mark.parametrize("by", [by for by in By if by.is_of(AXES)])
def test_nine__with_themselves_add_up_whatever_the_rows(by: By) -> None:
    found = compare(str(EXAMPLE), str(EXAMPLE / "requests.json"), by).comparison
    assert (found.total.old.sum, found.total.new.sum) == (383_511, 383_511)
    assert (found.total.old.count, found.total.change) == (9, 0)
    assert {row.state for row in found.rows} == {State.CONTINUED}
    assert (found.questions, found.notes) == ((), ())


@pytest.mark.parametrize("by", [by for by in By if by.is_of(AXES)])
def test_made_up_year__has_the_same_sums_whatever_the_rows(by: By) -> None:
    done = compare(str(EXAMPLE), str(R3), by)
    total = done.comparison.total
    assert (total.old.sum, total.new.sum, total.change) == (383_511, 254_943, -128_568)
    assert done.findings == ()


def test_made_up_year__by_project_shows_every_kind_of_change() -> None:
    found = compare(str(EXAMPLE), str(R3)).comparison
    by_title = {row.key[3]: row for row in found.rows}
    assert found.tally == "継続 7件、皆増 2件、皆減 2件"
    assert by_title["電子申告の利用の促進"].state is State.NEW
    assert by_title["税務資料の電子化の推進"].state is State.ENDED
    assert by_title["国民健康保険料徴収"].rate_text == "4.2%"
    moved = by_title["政策の調査研究と人材の育成"]
    assert (moved.old.sum, moved.new.sum) == (24_103, 27_700)
    assert moved.was == "0601-2 企画経営部 企画課「港区政策創造研究所の運営」"
    assert by_title["報道機関情報提供活動"].key[1:3] == ("0606-1", "企画経営部 区政広報室")
    assert found.questions == ()
    assert found.notes == (
        "所管課 0602「企画経営部 区長室」を、0606「企画経営部 区政広報室」と同じものとして比べました。",
    )


def test_made_up_year__by_kan_is_in_the_order_of_the_settings() -> None:
    found = compare(str(EXAMPLE), str(R3), By.KAN).comparison
    assert [row.key for row in found.rows] == [
        ("一般会計", "総務費"),
        ("一般会計", "環境清掃費"),
        ("一般会計", "民生費"),
        ("国民健康保険事業会計", "総務費"),
    ]


def test_renamed_unit__without_the_map_is_new_and_ended(tmp_path: Path) -> None:
    table = tmp_path / "空.csv"
    table.write_text("種類,前,後\n", encoding="utf-8")
    found = compare(str(EXAMPLE), str(R3), By.DEPARTMENT, table=table).comparison
    states = {row.key[1]: row.state for row in found.rows}
    assert (states["0602"], states["0606"]) == (State.ENDED, State.NEW)


def test_merged_units__are_one_row_with_both_names() -> None:
    old = year_of(
        2020,
        document("0101-1", "甲", 10, section="一課"),
        document("0102-1", "乙", 20, section="二課"),
    )
    new = year_of(2021, document("0109-1", "甲", 40, section="新課"))
    table = links((UNIT, "0101", "0109"), (UNIT, "産業部 二課", "新課"))
    found = compare_years(old, new, By.DEPARTMENT, succession=table).comparison
    (row,) = found.rows
    assert (row.key, row.old.sum, row.new.sum) == (("一般会計", "0109", "産業部 新課"), 30, 40)
    assert row.was == "産業部 一課、産業部 二課"


def test_merged_projects__are_one_row_with_both_names() -> None:
    old = year_of(2020, document("0103-1", "甲の整備", 10), document("0103-2", "乙の改修", 20))
    new = year_of(2021, document("0103-1", "甲の整備と乙の改修", 25))
    found = compare_years(old, new, By.REQUEST, succession=links((PROJECT, "0103-2", "0103-1")))
    (row,) = found.comparison.rows
    assert (row.old.sum, row.old.count, row.new.sum) == (30, 2, 25)
    assert "「甲の整備」" in row.was
    assert "「乙の改修」" in row.was


def test_likeness__is_a_question_that_says_what_to_write() -> None:
    old = year_of(2020, document("0103-1", "預貯金照会の導入", 10))
    new = year_of(2021, document("0103-2", "預貯金照会の運用", 8))
    found = compare_years(old, new, By.REQUEST).comparison
    assert [row.state for row in found.rows] == [State.NEW, State.ENDED]
    (question,) = found.questions
    assert "0103-1「預貯金照会の導入」は、後の 0103-2「預貯金照会の運用」のことですか。" in question
    assert "「事業,0103-1,0103-2」" in question
    said = links((PROJECT, "0103-1", "0103-2"))
    answered = compare_years(old, new, By.REQUEST, succession=said).comparison
    assert (answered.questions, [row.state for row in answered.rows]) == ((), [State.CONTINUED])
    no = compare_years(old, new, By.REQUEST, succession=links((PROJECT, "0103-1", ""))).comparison
    assert (no.questions, len(no.rows)) == ((), 2)


def test_id__that_another_project_has_now_is_asked() -> None:
    old = year_of(2020, document("0103-1", "電子化の推進", 10))
    new = year_of(2021, document("0103-1", "防災訓練", 8))
    (question,) = compare_years(old, new, By.REQUEST).comparison.questions
    assert "要求書IDは同じですが、事業名がちがいます。" in question


def test_figure__is_the_budget_where_there_is_one_and_is_said() -> None:
    old = year_of(2020, document("0103-1", "甲", 10, 8), document("0103-2", "乙", 20))
    new = year_of(2021, document("0103-1", "甲", 12), document("0103-2", "乙", 22))
    either = compare_years(old, new, By.CATEGORY).comparison
    assert (either.total.old.sum, either.total.new.sum) == (28, 34)
    assert either.basis == (
        "令和2年度（R2）は予算額 1件、要求額 1件、令和3年度（R3）は要求額 2件です。"
    )
    asked = compare_years(old, new, By.CATEGORY, Figure.REQUESTED).comparison
    assert asked.total.old.sum == 30
    budgeted = compare_years(old, new, By.CATEGORY, Figure.BUDGETED).comparison
    assert (budgeted.total.old.sum, budgeted.total.new.sum) == (8, 0)
    assert "額の記入なし 2件" in budgeted.basis


def test_unit__of_the_same_full_name_and_another_code_is_the_same() -> None:
    old = year_of(2020, document("0103-1", "甲", 10))
    new = year_of(2021, document("0301-1", "甲", 12))
    found = compare_years(old, new, By.REQUEST).comparison
    assert figures(found.rows) == [("甲", 10, 12, "継続")]
    assert "0301「産業部 税務課」" in found.notes[0]


def test_yx672__hits_a_name_that_several_units_have() -> None:
    old = year_of(
        2020,
        document("0801-1", "甲", 1, section="管理課"),
        {**document("0901-1", "乙", 2), "department": unit("0901", "麻布支所", "管理課")},
    )
    new = year_of(2021, document("0701-1", "甲", 1, section="総務課"))
    with pytest.raises(StoreError) as error:
        compare_years(old, new, By.KAN, succession=links((UNIT, "管理課", "0701")))
    (finding,) = error.value.findings
    assert finding.code == "YX672"
    assert finding.fact == "2行目: 令和2年度の所管課「管理課」は 2つあります。"
    assert "0801 産業部 管理課、0901 麻布支所 管理課" in finding.remedy


def test_yx672__hits_one_unit_that_becomes_two_by_code_and_by_name() -> None:
    old = year_of(2020, document("0103-1", "甲", 1))
    new = year_of(
        2021,
        document("0104-1", "甲", 1, section="一課"),
        document("0105-1", "乙", 1, section="二課"),
    )
    table = links((UNIT, "0103", "0104"), (UNIT, "税務課", "0105"))
    with pytest.raises(StoreError) as error:
        compare_years(old, new, By.KAN, succession=table)
    assert [finding.code for finding in error.value.findings] == ["YX672"]
    assert "1つの所管課は1つにだけ" in error.value.findings[0].remedy


def test_yx672__does_not_hit_a_bureau_and_section() -> None:
    old = year_of(2020, document("0801-1", "甲", 1, section="管理課"))
    new = year_of(2021, document("0701-1", "甲", 1, section="総務課"))
    done = compare_years(old, new, By.KAN, succession=links((UNIT, "産業部　管理課", "総務課")))
    assert done.findings == ()


def test_yx673__hits_a_row_of_which_a_side_is_not_there() -> None:
    old = year_of(2020, document("0103-1", "甲", 1))
    new = year_of(2021, document("0103-1", "甲", 1))
    table = links((PROJECT, "乙", "0103-1"), (UNIT, "0103", "9999"))
    found = compare_years(old, new, By.KAN, succession=table).findings
    assert [finding.code for finding in found] == ["YX673", "YX673"]
    assert found[0].fact == "2行目: 令和2年度に、事業「乙」がありません。この行は使っていません。"
    assert found[1].fact.startswith("3行目: 令和3年度に、所管課「9999」がありません")


@pytest.mark.parametrize(
    ("kind", "written", "hint"),
    [
        (UNIT, "103", "「0103」のことでしょうか。Excel で保存すると先頭の 0 が消えます。"),
        (UNIT, "税務", "「税務課」のことでしょうか。"),
        (PROJECT, "口座振替納税", "「口座振替等納税奨励」のことでしょうか。"),
        (PROJECT, "防災", "コードや名前のつづり"),
    ],
)
def test_yx673__hits_and_offers_what_was_probably_meant(
    kind: SuccessionKind, written: str, hint: str
) -> None:
    old = year_of(2020, document("0103-1", "口座振替等納税奨励", 1))
    new = year_of(2021, document("0104-1", "口座振替", 1, section="収納課"))
    row = {UNIT: "0104", PROJECT: "0104-1"}[kind]
    (finding,) = compare_years(old, new, By.KAN, succession=links((kind, written, row))).findings
    assert finding.code == "YX673"
    assert finding.remedy.startswith(hint)


def test_yx673__does_not_hit_a_row_of_another_year() -> None:
    old = year_of(2020, document("0103-1", "甲", 1))
    new = year_of(2021, document("0103-1", "甲", 1))
    table = Succession((SuccessionRow(2, PROJECT, "乙", "丙", FiscalYear(2023)),))
    assert compare_years(old, new, By.KAN, succession=table).findings == ()


def test_map__is_that_of_the_new_year_s_folder_unless_another_is_given(tmp_path: Path) -> None:
    table = tmp_path / "map.csv"
    table.write_text("種類,前,後\n所管課,0602,9999\n", encoding="utf-8")
    assert compare(str(EXAMPLE), str(R3)).findings == ()
    assert [one.code for one in compare(str(EXAMPLE), str(R3), table=table).findings] == ["YX673"]


def test_json__of_a_request_without_a_key_is_in_a_row_of_its_own(tmp_path: Path) -> None:
    lone = document("0103-1", "甲", 5, account=None, kan=None, category=None)
    path = save(tmp_path / "a.json", lone)
    (row,) = compare(path, path, By.KAN).comparison.rows
    assert row.key == ("（記入なし）", "（記入なし）")


def unit(code: str, bureau: str, section: str) -> dict[str, str]:
    return {"code": code, "bureau": bureau, "section": section}


def test_units__whose_codes_were_given_anew_are_known_by_their_names() -> None:
    old = year_of(
        2020,
        document("0103-1", "甲", 1, section="税務課"),
        document("0104-1", "乙", 2, section="住民課"),
    )
    new = year_of(
        2021,
        document("0103-1", "乙", 20, section="住民課"),
        document("0104-1", "甲", 10, section="税務課"),
    )
    found = compare_years(old, new, By.DEPARTMENT).comparison
    assert figures(found.rows) == [
        ("産業部 住民課", 2, 20, "継続"),
        ("産業部 税務課", 1, 10, "継続"),
    ]
    by_project = compare_years(old, new, By.REQUEST).comparison
    assert figures(by_project.rows) == [("乙", 2, 20, "継続"), ("甲", 1, 10, "継続")]


TITLES = st.sampled_from(["防災訓練", "防災訓練の実施", "窓口の改善", "電子化", None])
AMOUNTS = st.none() | st.integers(-1_000, 10**10)


@st.composite
def years(draw: st.DrawFn, western: int) -> YearRequests:
    """Give a year of requests of few units and titles, so that much of it may be the same."""
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1, max_size=8))
    rows = [
        document(one, draw(TITLES), draw(AMOUNTS), draw(AMOUNTS), section=f"{one[:4]}課")
        for one in ids
    ]
    return year_of(western, *rows)


IDS = [f"010{unit}-{number}" for unit in (1, 2, 3) for number in (1, 2, 3)]


@settings(max_examples=60)
@given(years(2020), years(2021), st.sampled_from([*By]), st.sampled_from([*Figure]))
def test_any_two_years__keep_their_sums_whatever_the_rows(
    old: YearRequests, new: YearRequests, by: By, figure: Figure
) -> None:
    table = links((UNIT, "0101", "0102"), (PROJECT, "0101-1", "0101-2"), (PROJECT, "0102-1", ""))
    total = compare_years(old, new, by, figure, table).comparison.total
    for found, year in ((total.old, old), (total.new, new)):
        assert found == Amount.of(year.requests, figure)
    in_a_row = trend_of([old, new], by, figure, [table]).trend.total
    assert in_a_row.amounts == (total.old, total.new)


@pytest.mark.parametrize("by", [By.KOU, By.MOKU])
def test_yx681__hits_what_no_form_has(by: By) -> None:
    with pytest.raises(WrongInput) as refused:
        compare(str(EXAMPLE), str(R3), by)
    (told,) = refused.value.findings
    assert told.code == "YX681"
    assert "kan、bureau、department、category、request" in told.remedy


@pytest.mark.parametrize("by", [By.KAN, By.CATEGORY])
def test_yx681__does_not_hit_what_the_forms_have(by: By) -> None:
    assert compare(str(EXAMPLE), str(R3), by).findings == ()
