from __future__ import annotations

import pytest

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
