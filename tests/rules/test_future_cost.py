from __future__ import annotations

import pytest

from tests.rules.nine import codes_of, one, told
from yosan_xl.model.request import Document


def _with(limit: int | None, end: int | None, future_cost: str | None) -> Document:
    start = None if end is None else 2020
    term = {"term_start": start, "term_end": end, "limit": limit}
    return one(55, contract_authorization=term, future_cost=future_cost)


@pytest.mark.parametrize(
    "text", ["なし", "・なし", "特になし。", "令和3年度以降の経費は 生じない", "０円"]
)
def test_yx404__hits_a_promise_beside_no_cost(text: str) -> None:
    found = told(_with(30000, 2022, text))

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
    assert codes_of(_with(limit, end, text)) == []


def test_yx404__does_not_hit_where_the_limit_is_missing() -> None:
    assert codes_of(_with(None, 2022, "なし")) == ["YX401"]


def test_yx405__hits_a_promise_that_is_only_in_the_text() -> None:
    found = told(_with(None, None, "債務負担行為により令和4年度まで毎年10,000千円"))

    assert [(each.code, each.pointer) for each in found] == [
        ("YX405", "/contract_authorization/limit")
    ]


@pytest.mark.parametrize(
    "text", ["債務負担行為なし", "債務負担行為は設定しない。毎年500千円", "毎年10,000千円", None]
)
def test_yx405__does_not_hit_without_a_promise(text: str | None) -> None:
    assert codes_of(_with(None, None, text)) == []


def test_yx405__does_not_hit_where_it_is_entered() -> None:
    assert codes_of(_with(30000, 2022, "債務負担行為により毎年15,000千円")) == []
