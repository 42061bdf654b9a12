"""What several rules know of the figures of a request: which lists add up, whether there is anything to fund."""

from __future__ import annotations

import pytest

from tests.rules.forms import A, a_list, axes, document, request, sources, stage
from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL
from yosan_xl.model.request import Request
from yosan_xl.rules.figures import adding, balances, kept_for_last, may_break_down, shown_year

STAGES = [
    stage(ASKED, "要求", ["s1", "s2"]),
    stage(DECIDED, "査定", ["s1", "s2"], by="finance"),
]
SOURCES = sources("国庫", "一般財源", rest="一般財源")
LINES = a_list("lines", "内訳", [A("amount"), A("grant", source=SPECIFIC)], label="内容")
WHY = a_list("why", "根拠", [A("part", source=SPECIFIC)], label="根拠")
MORE = a_list("more", "ほか", [A("part", source=SPECIFIC)], label="ほか")


def test_adding__specific_counts_in_lists_that_add_up_to_the_total_else_in_the_first() -> None:
    form = axes(STAGES, SOURCES, [WHY, MORE, LINES])
    assert adding(form, ASKED, TOTAL) == (LINES,)
    assert adding(form, ASKED, SPECIFIC) == (LINES,)
    assert adding(axes(STAGES, SOURCES, [WHY, MORE]), ASKED, SPECIFIC) == (WHY,)
    assert adding(axes(STAGES, SOURCES), ASKED, SPECIFIC) == ()


@pytest.mark.parametrize(
    ("asked", "decided", "is_decided"),
    [
        ({TOTAL: 5}, {TOTAL: 5}, (True, False)),
        ({TOTAL: 5}, {TOTAL: 5, "s1": 5}, (True, True)),
        ({"s1": 5}, {"s1": 5}, (True, True)),
        ({"s2": 5}, {"s2": 5}, (True, True)),
        ({}, {}, (False, False)),
    ],
)
def test_is_decided__a_later_stage_waits_for_its_funding(
    asked: dict[str, int], decided: dict[str, int], is_decided: tuple[bool, bool]
) -> None:
    form = axes(STAGES, SOURCES)
    made = request(form, document(form, {ASKED: asked, DECIDED: decided}))
    assert tuple(one.is_decided for one in balances(made)) == is_decided


@pytest.mark.parametrize(
    ("amounts", "is_decided"),
    [
        ({ASKED: {"s1": 5}}, False),
        ({ASKED: {TOTAL: 5}}, True),
        ({ASKED: {TOTAL: 5, "s1": 5}}, True),
    ],
)
def test_is_decided__where_rows_add_up_only_with_a_total(
    amounts: dict[str, dict[str, int]], *, is_decided: bool
) -> None:
    form = axes([STAGES[0]._replace(total="lines")], SOURCES, [LINES])
    (balance,) = balances(request(form, document(form, amounts)))
    assert balance.is_decided is is_decided


def test_is_decided__where_rows_add_up_a_later_stage_waits_for_its_funding() -> None:
    form = axes([STAGES[0], STAGES[1]._replace(total="lines")], SOURCES)
    for given, is_decided in (({TOTAL: 5}, False), ({TOTAL: 5, "s2": 5}, True), ({"s2": 5}, False)):
        made = request(form, document(form, {DECIDED: given}))
        (decided,) = (one for one in balances(made) if one.stage.key == DECIDED)
        assert decided.is_decided is is_decided


@pytest.mark.parametrize(
    ("total", "row", "rest", "is_transfer"),
    [
        (0, 0, -5, True),
        (0, 0, -4, False),
        (1, 0, -5, False),
        (0, 1, -5, False),
        (None, None, -5, True),
    ],
)
def test_is_transfer__sources_change_places_and_nothing_is_asked_for(
    total: int | None, row: int | None, rest: int, *, is_transfer: bool
) -> None:
    form = axes(STAGES[:1], SOURCES, [LINES])
    given = {ASKED: {TOTAL: total, "s1": 5, "s2": rest}}
    made = request(form, document(form, given, {"lines": [{"amount": row}]}))
    (balance,) = balances(made)
    assert balance.is_transfer is is_transfer


def test_kept_for_last__of_one_request_and_the_same_words_only() -> None:
    done: list[tuple[str | None, int]] = []

    @kept_for_last
    def work(own: Request, times: int) -> int:
        done.append((own.id, times))
        return times

    form = axes(STAGES, SOURCES)
    one, two = (request(form, document(form, {}, id=key)) for key in ("1", "2"))
    found = [work(one, 3), work(one, 3), work(one, 4), work(two, 4), work(two, 4), work(one, 4)]
    assert found == [3, 3, 4, 4, 4, 4]
    assert done == [("1", 3), ("1", 4), ("2", 4), ("1", 4)]


def test_shown_year__before_showa_is_a_number() -> None:
    assert [shown_year(one) for one in (1926, 1925, 2020)] == [
        "昭和元年度",
        "1925年度",
        "令和2年度",
    ]


def test_may_break_down__with_three_amounts() -> None:
    assert [may_break_down("1円" * count) for count in (2, 3)] == [False, True]
