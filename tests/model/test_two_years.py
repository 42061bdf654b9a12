"""Two years: which request of last year goes on as which of this year, and that accounts are never mixed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.excel.summary.samples import SETTINGS
from tests.years import AXES, document
from yosan_xl.model.comparison import By, ComparedRow, Figure, YearRequests
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession, SuccessionKind, SuccessionRow
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import NOT_GIVEN
from yosan_xl.model.two_years import NO_TITLE, TwoYears, known_keys, project_key
from yosan_xl.usecases.succession import two_years


def made(
    request_id: str | None, title: str | None, code: str = "0301", account: str = "一般会計"
) -> Request:
    return Request.from_document(
        {"id": request_id, "title": title, "account": account, "department": {"code": code}},
        AXES,
    )


def together(last: list[Request], now: list[Request], *links: SuccessionRow) -> TwoYears:
    old = YearRequests("R1", FiscalYear(2019), tuple(last))
    new = YearRequests("R2", FiscalYear(2020), tuple(now))
    return two_years(old, new, Succession(links))[0]


def partners(now: list[Request], last: list[Request]) -> list[tuple[str | None, str | None]]:
    years = together(last, now)

    def titles(row: ComparedRow) -> tuple[str | None, str | None]:
        after = now[row.after[0]].title if row.after else None
        return after, last[row.before[0]].title if row.before else None

    return [titles(row) for row in years.rows(By.REQUEST, Figure.EITHER, Figure.REQUESTED)]


def test_pairs__the_same_title_of_a_unit_goes_on_whatever_its_id() -> None:
    assert partners([made("1", "甲 事業")], [made("2", "甲事業")]) == [("甲 事業", "甲事業")]


def test_pairs__one_id_goes_on_only_where_the_titles_are_alike() -> None:
    assert partners([made("1", "道路の改修と整備")], [made("1", "道路の改修")]) == [
        ("道路の改修と整備", "道路の改修")
    ]
    assert partners([made("1", "道路の改修")], [made("1", "保育園の開設")]) == [
        ("道路の改修", None),
        (None, "保育園の開設"),
    ]


def test_pairs__two_of_one_title_are_told_apart_by_id_or_not_at_all() -> None:
    twins = [made("1", "甲"), made("2", "甲")]
    assert partners(twins, [made("2", "甲")]) == [("甲", None), ("甲", "甲")]
    nameless = [made(None, None), made(None, None)]
    assert partners(nameless, nameless) == [(None, None)] * 4


def test_pairs__another_unit_is_another_request() -> None:
    assert partners([made("1", "甲")], [made("9", "甲", "0302")]) == [("甲", None), (None, "甲")]


@pytest.mark.parametrize(
    "links", [(), (SuccessionRow(2, SuccessionKind.PROJECT, "1", "1"),)], ids=["by id", "said"]
)
def test_pairs__another_account_is_ended_and_new_and_told(links: tuple[SuccessionRow, ...]) -> None:
    years = together([made("1", "甲")], [made("1", "甲", account="介護保険会計")], *links)
    rows = years.rows(By.REQUEST, Figure.EITHER, Figure.EITHER)
    assert [(row.key[0], row.state.value) for row in rows] == [
        ("介護保険会計", "皆増"),
        ("一般会計", "皆減"),
    ]
    assert years.notes == (
        "1「甲」は、会計が「一般会計」から「介護保険会計」に変わったので、前の会計の皆減、後の会計の皆増としました。",
    )
    assert years.questions == ()


@pytest.mark.parametrize("by", [by for by in By if by.is_of(AXES)])
def test_rows__never_add_a_special_account_to_the_general_one(by: By) -> None:
    documents = [
        document("0103-1", "甲", 10),
        document("0103-2", "乙", 3, account="介護保険会計"),
    ]
    requests = [Request.from_document(one, AXES) for one in documents]
    rows = together(requests, requests).rows(by, Figure.EITHER, Figure.EITHER)
    assert [(row.key[0], row.old.sum, row.new.sum) for row in rows] == [
        ("一般会計", 10, 10),
        ("介護保険会計", 3, 3),
    ]


def test_project_key__has_the_unit_s_name_of_the_roster_else_of_the_request() -> None:
    (one,) = (Request.from_document(document("0103-1", "甲", 10), AXES) for _ in "1")
    assert project_key(one, {"0103": "税務課（新）"})[2] == "税務課（新）"
    assert project_key(one, {})[2] == one.department
    assert project_key(made(None, None, code=""), {})[1:] == ("", NOT_GIVEN, NO_TITLE)


TAX, TAX_NOW, PLANS = (
    Department("0103", "産業部", "税務課"),
    Department("0203", "企画部", "納税課"),
    Department("0301", "企画部", "企画課"),
)


def reorganized(old: list[Request], new: list[Request], *links: SuccessionRow) -> TwoYears:
    """Return two years of which 税務課 of the first is 納税課 of the second."""
    before = YearRequests("R1", FiscalYear(2019), tuple(old), Roster((TAX, PLANS)))
    after = YearRequests("R2", FiscalYear(2020), tuple(new), Roster((TAX_NOW, PLANS)))
    renamed = SuccessionRow(2, SuccessionKind.DEPARTMENT, "0103", "0203")
    return two_years(before, after, Succession((renamed, *links)))[0]


def test_rows__of_a_unit_that_was_renamed_have_its_name_now_and_before() -> None:
    years = reorganized([made("1", "甲", "0103")], [made("2", "乙", "0203")])
    (row,) = years.rows(By.DEPARTMENT, Figure.EITHER, Figure.EITHER)
    assert (row.key, row.was) == (("一般会計", "0203", "企画部 納税課"), "産業部 税務課")
    assert (row.before, row.after) == ((0,), (0,))
    assert years.old_units == [TAX_NOW]
    (bureau,) = years.rows(By.BUREAU, Figure.EITHER, Figure.EITHER)
    assert (bureau.key, bureau.was) == (("一般会計", "企画部"), "")
    assert years.notes == (
        "所管課 0103「産業部 税務課」を、0203「企画部 納税課」と同じものとして比べました。",
    )


def test_rows__of_a_unit_that_is_the_same_say_no_former_name() -> None:
    both = [made("1", "甲")]
    years = reorganized(both, both)
    (row,) = years.rows(By.DEPARTMENT, Figure.EITHER, Figure.EITHER)
    assert (row.key[1:], row.was, years.notes) == (("0301", "企画部 企画課"), "", ())


def test_rows__of_a_unit_that_is_gone_have_its_old_name() -> None:
    old = YearRequests("R1", FiscalYear(2019), (made("1", "甲", "0103"),), Roster((TAX,)))
    new = YearRequests("R2", FiscalYear(2020), (), Roster((PLANS,)))
    years = two_years(old, new, Succession(()))[0]
    (row,) = years.rows(By.DEPARTMENT, Figure.EITHER, Figure.EITHER)
    assert (row.key[1:], row.was) == (("0103", "産業部 税務課"), "")
    assert years.old_units == [TAX]
    nameless = YearRequests("R1", FiscalYear(2019), (made("1", "甲", ""),))
    (row,) = two_years(nameless, new, Succession(()))[0].rows(
        By.DEPARTMENT, Figure.EITHER, Figure.EITHER
    )
    assert row.key[1:] == (NOT_GIVEN, NOT_GIVEN)


def test_rows__of_a_project_say_what_it_was_where_that_is_another() -> None:
    years = reorganized(
        [made("1", "甲", "0103"), made("3", "窓口", "0301"), made("4", "丙", "0301")],
        [made("2", "甲", "0203"), made("3", "窓口", "0301"), made("9", "丙", "0301")],
    )
    rows = years.rows(By.REQUEST, Figure.EITHER, Figure.EITHER)
    assert [row.was for row in rows] == [
        "1 産業部 税務課「甲」",
        "",
        "4 企画部 企画課「丙」",
    ]


def test_rows__of_two_projects_that_became_one_say_both() -> None:
    links = (
        SuccessionRow(3, SuccessionKind.PROJECT, "3", "5"),
        SuccessionRow(4, SuccessionKind.PROJECT, "5", "5"),
    )
    old = [made("3", "窓口", "0301"), made("5", "窓口", "0301")]
    (row,) = reorganized(old, [made("5", "窓口", "0301")], *links).rows(
        By.REQUEST, Figure.EITHER, Figure.EITHER
    )
    assert (row.before, row.was) == ((0, 1), "3 企画部 企画課「窓口」、5 企画部 企画課「窓口」")


def test_rows__of_what_a_request_does_not_say_are_not_given() -> None:
    (row,) = together([], [made("1", "甲")]).rows(By.KAN, Figure.EITHER, Figure.EITHER)
    assert row.key == ("一般会計", NOT_GIVEN)


def test_known_keys__are_those_of_settings_and_roster_in_their_order() -> None:
    settings = replace(
        SETTINGS,
        accounts=SETTINGS.accounts[:1],
        levels=(("一般会計", "総務費", "徴税費"), ("一般会計", "民生費", "社会福祉費")),
    )
    year = YearRequests("R2", FiscalYear(2020), (), Roster((TAX_NOW, PLANS)), settings)
    name = "一般会計"
    assert [*known_keys(By.CATEGORY, year)] == [(name, one) for one in settings.categories]
    assert [*known_keys(By.DEPARTMENT, year)] == [(name, "0203"), (name, "0301")]
    assert [*known_keys(By.BUREAU, year)] == [(name, "企画部"), (name, "企画部")]
    assert [*known_keys(By.REQUEST, year)] == []
    assert [*known_keys(By.KOU, year)] == [*settings.levels]
    assert {len(key) for key in known_keys(By.KAN, year)} == {2}
    bare = replace(year, settings=None)
    assert [key for by in By for key in known_keys(by, bare)] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (("1", "あいう"), ("2", "あいえ"), "「事業,1,2」、別の事業なら「事業,1,」"),
        (
            (None, "あいう"),
            (None, "あいえ"),
            "「事業,あいう,あいえ」、別の事業なら「事業,あいう,」",
        ),
    ],
)
def test_questions__name_a_project_by_its_id_else_by_its_title(
    old: tuple[str | None, str], new: tuple[str | None, str], said: str
) -> None:
    (question,) = together([made(*old)], [made(*new)]).questions
    assert said in question
    assert "要求書IDは同じ" not in question
