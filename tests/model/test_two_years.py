"""Two years: which request of last year goes on as which of this year, and that accounts are never mixed."""

from __future__ import annotations

import pytest

from tests.years import AXES, document
from yosan_xl.model.comparison import By, ComparedRow, Figure, YearRequests
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession, SuccessionKind, SuccessionRow
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import NOT_GIVEN
from yosan_xl.model.two_years import NO_TITLE, TwoYears, project_key
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
