"""前年度: which request of last year goes on as which of this year."""

from __future__ import annotations

import pytest

from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.last_year import Comparison, base, trend
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.settings import Account, Settings

SETTINGS = Settings(
    "港区", FiscalYear(2020), "f", (Account("一般会計", ("総務費",)),), ("新規事業",)
)
ROSTER = Roster((Department("0301", "部", "課"),))


def made(request_id: str | None, title: str | None, code: str = "0301") -> Request:
    return Request.from_document(
        {"id": request_id, "title": title, "account": "一般会計", "department": {"code": code}}
    )


def partners(now: list[Request], last: list[Request]) -> list[tuple[str | None, str | None]]:
    rollups = [
        Rollup.of(
            [SummaryRow(one, Place(file, str(at))) for at, one in enumerate(rows)], SETTINGS, ROSTER
        )
        for file, rows in (("now", now), ("last", last))
    ]
    pairs = [pair for found in Comparison(*rollups).pairs().values() for pair in found]
    return [
        (one.now.request.title if one.now else None, one.last.request.title if one.last else None)
        for one in pairs
    ]


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
    ("total", "expected"),
    [({"requested": 5, "budgeted": 0}, 0), ({"requested": 5}, 5), ({}, 0)],
)
def test_base__is_what_was_budgeted_else_what_was_asked(
    total: dict[str, int], expected: int
) -> None:
    assert base(Request.from_document({"total": total})) == expected


@pytest.mark.parametrize(
    ("now", "last", "word"),
    [(5, 0, "皆増"), (0, 5, "皆減"), (6, 5, "増"), (4, 5, "減"), (5, 5, "同額"), (0, 0, "同額")],
)
def test_trend__in_the_words_of_a_budget_book(now: int, last: int, word: str) -> None:
    assert trend(now, last) == word
