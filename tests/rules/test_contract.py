from __future__ import annotations

import pytest

from tests.rules.nine import codes_of, one, told
from tests.rules.samples import codes, findings, flat
from yosan_xl.model.request import Document


def _with(start: int | None, end: int | None, limit: int | None) -> Document:
    term = {"term_start": start, "term_end": end, "limit": limit}
    return flat(contract_authorization=term)


@pytest.mark.parametrize(
    ("start", "end", "limit", "missing"),
    [
        (2021, 2023, None, "limit"),
        (None, None, 30000, "term_start"),
        (2021, None, 30000, "term_end"),
        (None, 2023, None, "term_start"),
    ],
)
def test_yx401__hits_whatever_is_missing(
    start: int | None, end: int | None, limit: int | None, missing: str
) -> None:
    found = findings(_with(start, end, limit))

    assert [(finding.code, finding.pointer) for finding in found] == [
        ("YX401", f"/contract_authorization/{missing}")
    ]


def test_yx401__hits_in_words() -> None:
    found = findings(_with(2021, 2023, None))

    assert found[0].fact == (
        "債務負担行為に「期間の初年度」「期間の最終年度」がありますが、「限度額」がありません。"
    )


def test_yx401__does_not_hit_all_or_none() -> None:
    assert codes(_with(None, None, None)) == []
    assert codes(_with(2021, 2023, 0)) == []


def test_yx401__does_not_hit_where_the_limit_could_not_be_read() -> None:
    assert codes(_with(2021, 2023, None), "/contract_authorization/limit") == []


def test_yx402__hits_a_period_that_ends_before_it_starts() -> None:
    found = findings(_with(2023, 2021, 30000))

    assert [finding.code for finding in found] == ["YX402"]
    assert "最終年度 令和3年度 が初年度 令和5年度 より前です。" in found[0].fact


def test_yx402__does_not_hit_one_year_or_a_start_before_the_budget() -> None:
    assert codes(_with(2021, 2021, 30000)) == []
    assert codes(_with(2018, 2021, 30000)) == []


@pytest.mark.parametrize(("start", "end"), [(2017, 2019), (2019, 2019)])
def test_yx403__hits_a_period_that_is_over_before_the_year(start: int, end: int) -> None:
    found = findings(_with(start, end, 30000))

    assert [(each.code, each.pointer) for each in found] == [
        ("YX403", "/contract_authorization/term_end")
    ]
    assert "令和元年度 に終わり、要求の年度 令和2年度 より前です。" in found[0].fact


@pytest.mark.parametrize(("start", "end"), [(2018, 2020), (2018, 2021), (2020, 2020), (2021, 2025)])
def test_yx403__does_not_hit_a_period_that_goes_on(start: int, end: int) -> None:
    assert codes(_with(start, end, 30000)) == []


def test_yx403__does_not_hit_a_period_in_the_wrong_order() -> None:
    assert codes(_with(2021, 2019, 30000)) == ["YX402"]


def _with_cost(limit: int | None, end: int | None, future_cost: str | None) -> Document:
    start = None if end is None else 2020
    term = {"term_start": start, "term_end": end, "limit": limit}
    return one(55, contract_authorization=term, future_cost=future_cost)


@pytest.mark.parametrize(
    "text", ["なし", "・なし", "特になし。", "令和3年度以降の経費は 生じない", "０円"]
)
def test_yx404__hits_a_promise_beside_no_cost(text: str) -> None:
    found = told(_with_cost(30000, 2022, text))

    assert [(each.code, each.pointer) for each in found] == [("YX404", "/future_cost")]
    assert "限度額 30,000千円(令和4年度まで)" in found[0].fact


@pytest.mark.parametrize(
    ("limit", "end", "text"),
    [
        (30000, 2022, "令和3年度以降、毎年15,000千円"),
        (30000, 2022, None),
        (30000, 2022, "令和3年度以降 331千円（特財なし）／年"),
        (30000, 2020, "なし"),
        (0, 2022, "なし"),
        (None, None, "なし"),
    ],
)
def test_yx404__does_not_hit(limit: int | None, end: int | None, text: str | None) -> None:
    assert codes_of(_with_cost(limit, end, text)) == []


def test_yx404__does_not_hit_where_the_limit_is_missing() -> None:
    assert codes_of(_with_cost(None, 2022, "なし")) == ["YX401"]


def test_yx405__hits_a_promise_that_is_only_in_the_text() -> None:
    found = told(_with_cost(None, None, "債務負担行為により令和4年度まで毎年10,000千円"))

    assert [(each.code, each.pointer) for each in found] == [
        ("YX405", "/contract_authorization/limit")
    ]


@pytest.mark.parametrize(
    "text", ["債務負担行為なし", "債務負担行為は設定しない。毎年500千円", "毎年10,000千円", None]
)
def test_yx405__does_not_hit_without_a_promise(text: str | None) -> None:
    assert codes_of(_with_cost(None, None, text)) == []


def test_yx405__does_not_hit_where_it_is_entered() -> None:
    assert codes_of(_with_cost(30000, 2022, "債務負担行為により毎年15,000千円")) == []
