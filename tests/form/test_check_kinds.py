"""What each kind of check looks at, and what it makes of the values of a sheet (its formulas: tests/office)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.form.samples import YEAR, definition, plan, plan_of
from yosan_xl.form.check_kinds import numbers, pairs, specific_sums
from yosan_xl.form.checks import BLANK, ERROR, GOOD, WARNING, check_value
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.mapping import complete, shown_values
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.plan import Check, Plan, Room

LISTS = {
    "years": ("令和2年度", "令和3年度", "令和4年度"),
    "accounts": ("一般会計", "介護保険会計"),
    "level1/一般会計": ("総務費", "民生費"),
    "level1/介護保険会計": (),
    "level2/一般会計/総務費": ("総務管理費",),
    "kan/一般会計": ("総務費", "民生費"),
}


def sheet_of(form: Plan, rooms: dict[str, Room] | None = None, **values: Any) -> PanelSheet:
    """Return a sheet with a title and these values, by their names without yx_."""
    named = {f"yx_{name}": value for name, value in values.items()}
    shown = shown_values(complete({"yx_title": "事業", **named}, form), form)
    return PanelSheet(form, shown, LISTS, rooms or {})


def mark(name: str, kind: str, rooms: dict[str, Room] | None = None, **values: Any) -> str:
    """Return the mark of a check on such a sheet."""
    own = sheet_of(plan_of(name), rooms, **values)
    (check,) = (one for one in own.plan.checks if one.kind == kind)
    return check_value(check, own)


TOWN = {"kan": "総務費", "amounts_request_total": 5}
CITY = {"account": "一般会計", "kan": "総務費", "lines1_item": ("委託料",)}


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("small_town", TOWN, GOOD),
        ("small_town", {**TOWN, "kan": None}, ERROR),
        ("small_town", {**TOWN, "kan": ""}, ERROR),
        ("small_town", {**TOWN, "amounts_request_total": None}, ERROR),
        ("small_town", {**TOWN, "amounts_request_total": 0}, GOOD),
        ("small_town", {"kan": "総務費", "amounts_request_grant": 5}, GOOD),
        ("every_check", CITY, GOOD),
        ("every_check", {**CITY, "lines1_item": ()}, ERROR),
        ("every_check", {**CITY, "lines1_item": (), "lines1_amount": (5,)}, ERROR),
        ("every_check", {**CITY, "lines1_item": (), "lines2_item": ("委託料",)}, GOOD),
        ("every_check", {**CITY, "lines1_item": (), "grounds1_item": ("補助",)}, ERROR),
        ("every_check", {**CITY, "account": None}, ERROR),
    ],
)
def test_missing__a_required_cell_or_all_that_is_asked_for(
    name: str, values: dict[str, Any], expected: str
) -> None:
    assert mark(name, "missing", **values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, GOOD),
        ({"lines1_amount": (5, None, 3)}, GOOD),
        ({"lines1_amount": (5, "６千円")}, ERROR),
        ({"area": "広い"}, ERROR),
        ({"code": "A12-34"}, GOOD),
        ({"amounts_request_fees": "未定"}, ERROR),
    ],
)
def test_text_amount__in_any_cell_of_a_number(values: dict[str, Any], expected: str) -> None:
    assert mark("every_check", "text_amount", **values) == expected


def test_numbers__are_the_entries_of_amounts_and_other_numbers() -> None:
    found = numbers(plan_of("every_check"))
    assert {"yx_area", "yx_limit", "yx_lines1_grant", "yx_grounds1_amount"} <= {*found}
    assert not {"yx_no", "yx_since", "yx_lines_subtotal1_amount", "yx_title"} & {*found}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"lines1_item": ("委託料",), "lines1_amount": (5,)}, GOOD),
        ({"lines1_item": ("委託料",), "lines1_amount": (0,)}, GOOD),
        ({"lines1_item": ("委託料", None), "lines1_amount": (5, 3)}, WARNING),
        ({"lines1_item": ("委託料", "謝礼"), "lines1_amount": (5, None)}, WARNING),
        ({"lines2_item": ("委託料",), "lines2_amount": (None,)}, WARNING),
        ({"grounds1_item": ("補助",), "grounds1_amount": (None,)}, WARNING),
        ({"grounds1_item": ("補助",), "grounds1_amount": (5,)}, GOOD),
    ],
)
def test_unpaired__words_and_their_amount(values: dict[str, Any], expected: str) -> None:
    assert mark("every_check", "unpaired", **values) == expected


def test_pairs__are_of_every_group_of_rows() -> None:
    assert pairs(plan_of("every_check")) == (
        ("yx_lines1_item", "yx_lines1_amount"),
        ("yx_lines2_item", "yx_lines2_amount"),
        ("yx_grounds1_item", "yx_grounds1_amount"),
    )
    assert pairs(plan_of("small_town")) == ()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"lines1_item": ("甲",)}, GOOD),
        ({"lines2_item": ("乙",)}, GOOD),
        ({"lines1_item": ("甲",), "lines2_item": ("乙",)}, ERROR),
        ({"lines1_grant": (5,), "lines2_grant": (5,)}, ERROR),
        ({"lines1_item": ("甲",), "lines2_item": ("乙",), "lines_group1": "新しい分"}, GOOD),
        ({"lines1_item": ("甲",), "grounds1_item": ("丙",)}, GOOD),
    ],
)
def test_mixed__rows_of_two_groups_of_which_one_has_no_name(
    values: dict[str, Any], expected: str
) -> None:
    assert mark("every_check", "mixed", **values) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (5, 5, GOOD),
        (6, 5, ERROR),
        (1, 0, GOOD),
        (1, -5, GOOD),
        (None, 5, GOOD),
        (6, None, GOOD),
        ("六", 5, GOOD),
        (2, 1, ERROR),
    ],
)
def test_over_line__a_part_of_something_to_be_paid(part: Any, whole: Any, expected: str) -> None:
    for group in ("lines1", "lines2"):
        rows: dict[str, Any] = {f"{group}_amount": (None, whole), f"{group}_grant": (None, part)}
        assert mark("every_check", "over_line", **rows) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"lines1_grant": (5,), "amounts_request_national": 5}, GOOD),
        ({"lines1_grant": (5,), "lines2_grant": (2,), "amounts_request_national": 7}, GOOD),
        (
            {"lines1_grant": (5,), "amounts_request_national": 4, "amounts_request_fees": 1},
            GOOD,
        ),
        ({"lines1_grant": (5,), "amounts_request_national": 4}, ERROR),
        ({"lines1_grant": (5,)}, ERROR),
        ({"amounts_request_fees": 5}, ERROR),
        ({}, GOOD),
    ],
)
def test_specific__rows_and_sources(values: dict[str, Any], expected: str) -> None:
    assert mark("every_check", "specific", **values) == expected


def test_specific__sums_are_those_of_lists_that_have_it() -> None:
    ((names, sources),) = specific_sums(plan_of("every_check"))
    assert names == ["yx_lines1_grant", "yx_lines2_grant"]
    assert sources == ["yx_amounts_request_national", "yx_amounts_request_fees"]
    assert specific_sums(plan_of("small_town")) == ()


@pytest.mark.parametrize(
    ("amount", "expected"), [(-1, WARNING), (0, GOOD), (1, GOOD), (None, GOOD), ("-1", GOOD)]
)
def test_negative__in_any_entry_of_an_amount(amount: Any, expected: str) -> None:
    assert mark("every_check", "negative", limit=amount) == expected
    assert mark("every_check", "negative", lines2_amount=(None, amount)) == expected
    assert mark("every_check", "negative", area=-1) == GOOD


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (999_999, GOOD),
        (1_000_000, WARNING),
        (-999_999, GOOD),
        (-1_000_000, WARNING),
        (None, GOOD),
        ("1000000", GOOD),
    ],
)
def test_yen__from_a_billion_on(amount: Any, expected: str) -> None:
    assert mark("every_check", "yen", limit=amount) == expected
    assert mark("every_check", "yen", lines1_amount=(5, amount)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"account": "一般会計", "kan": "総務費"}, GOOD),
        ({"account": "一般会計", "kan": "教育費"}, ERROR),
        ({"account": "介護保険会計", "kan": "総務費"}, ERROR),
        ({"account": "別の会計", "kan": "総務費"}, ERROR),
        ({"account": "一般会計", "kan": None}, GOOD),
        ({"account": None, "kan": "総務費"}, GOOD),
        ({"account": "一般会計", "kan": "総務費", "kou": "総務管理費"}, GOOD),
        ({"account": "一般会計", "kan": "民生費", "kou": "総務管理費"}, ERROR),
        ({"account": "一般会計", "kan": None, "kou": "総務管理費"}, GOOD),
    ],
)
def test_stale__a_choice_that_does_not_stand_under_the_one_above(
    values: dict[str, Any], expected: str
) -> None:
    assert mark("municipal-1", "stale", **values) == expected


def test_stale__in_the_first_vocabulary_a_blank_above_is_told_too() -> None:
    own = sheet_of(plan(), kan="総務費")
    (check,) = (one for one in own.plan.checks if one.kind == "stale_kan")
    assert check_value(check, own) == ERROR
    assert check_value(check, sheet_of(plan(), account="一般会計", kan="総務費")) == GOOD


@pytest.mark.parametrize(
    ("start", "end", "limit", "expected"),
    [
        (None, None, None, GOOD),
        ("令和2年度", "令和3年度", 5, GOOD),
        ("令和3年度", "令和3年度", 5, GOOD),
        ("令和4年度", "令和3年度", 5, ERROR),
        ("令和2年度", "令和3年度", None, ERROR),
        ("令和2年度", None, None, ERROR),
        (None, None, 0, ERROR),
        ("令和2年度", "令和9年度", 5, ERROR),
        ("令和元年度", "令和3年度", 5, ERROR),
    ],
)
def test_contract__whole_and_in_order(
    start: str | None, end: str | None, limit: int | None, expected: str
) -> None:
    assert mark("every_check", "contract", start=start, end=end, limit=limit) == expected


TEXT_ROOM, LIST_ROOM = Room(10, 2), Room(10, 1, (1, 2, 1))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"reason": "国" * 20}, GOOD),
        ({"reason": "国" * 21}, WARNING),
        ({"title": "国" * 40}, GOOD),
        ({"title": "国" * 41}, WARNING),
        ({"lines1_item": ("国" * 10, "国" * 20, "国" * 10)}, GOOD),
        ({"lines1_item": ("国" * 11, "国" * 20, "国" * 10)}, WARNING),
        ({"lines1_item": ("国", "国" * 20, "国" * 11)}, WARNING),
        ({"lines1_item": ("国", "国" * 21, "国")}, WARNING),
        ({"lines2_item": ("国" * 40, "国" * 40)}, GOOD),
        ({"lines2_item": ("国", "国" * 41)}, WARNING),
    ],
)
def test_too_long__beyond_its_characters_or_its_room(values: dict[str, Any], expected: str) -> None:
    rooms = {"yx_reason": TEXT_ROOM, "yx_lines1_item": LIST_ROOM}
    assert mark("every_check", "too_long", rooms, **values) == expected


def first_panel(**values: Any) -> tuple[PanelSheet, dict[str, Check]]:
    """Return a sheet of the first panel, and its checks by what they look at."""
    form = compile_plan(definition(), YEAR, (8, 6), 1)
    return sheet_of(form, **values), {one.test: one for one in form.checks}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("国" * 200, GOOD), ("国" * 201, WARNING), ("\n" * 40, WARNING), ("国\n" * 5, GOOD)],
)
def test_too_long__in_the_first_panel_beyond_its_characters_or_lines(
    text: str, expected: str
) -> None:
    own, checks = first_panel(description=text)
    assert check_value(checks["too_long"], own) == expected


@pytest.mark.parametrize(
    ("requested", "national", "expected"),
    [(10, 10, GOOD), (10, 11, WARNING), (0, 1, WARNING), (0, 0, GOOD), (10, None, GOOD)],
)
def test_negative_rest__of_minato(requested: int, national: int | None, expected: str) -> None:
    amounts: dict[str, Any] = {
        "lines1_requested": (requested,),
        "funding_national_amount": national,
    }
    assert mark("minato-r2", "general", **amounts) == expected


def test_checks__of_a_sheet_in_which_nothing_of_weight_stands_are_not_judged() -> None:
    form = plan_of("every_check")
    values = shown_values(complete({"yx_account": "一般会計"}, form), form)
    sheet = PanelSheet(form, values, LISTS)
    assert {check_value(check, sheet) for check in form.checks} == {BLANK}
