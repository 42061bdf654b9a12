"""The panel's marks, counters and status as values (its formulas: tests/office)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.form.samples import YEAR, definition, plan, plan_of
from tests.form.test_check_kinds import LISTS, sheet_of
from yosan_xl.form import checks
from yosan_xl.form.checks import DONE, ERROR, WARNING, counter_value, marks_of, open_checks
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.mapping import complete, shown_values
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.plan import Room

GOOD_CITY: dict[str, Any] = {
    "account": "一般会計",
    "kan": "総務費",
    "lines1_item": ("委託料",),
    "lines1_amount": (5,),
    "amounts_request_fees": 5,
    "lines1_grant": (5,),
}


def kinds(sheet: PanelSheet) -> list[tuple[str, str]]:
    return [(mark.kind, mark.weight) for mark in marks_of(sheet)]


def test_marks__of_a_good_sheet_and_of_a_blank_one_there_are_none() -> None:
    form = plan_of("every_check")
    assert kinds(sheet_of(form, **GOOD_CITY)) == []
    blank = PanelSheet(form, shown_values(complete({}, form), form), LISTS)
    assert (kinds(blank), checks.status_value(blank)) == ([], "未記入")


def test_marks__are_errors_and_warnings_in_the_order_of_the_panel() -> None:
    form = plan_of("every_check")
    own = sheet_of(form, **{**GOOD_CITY, "account": "別の会計", "limit": -1, "code": "1"})
    found = [("negative", WARNING), ("stale", ERROR), ("contract", ERROR), ("picture", ERROR)]
    assert kinds(own) == found
    unlisted = replace(own, lists={})
    assert kinds(unlisted) == [found[0], found[3]], "what the lists are is not known"
    assert {mark.cut for mark in marks_of(own)} == {()}


@pytest.mark.parametrize(
    ("values", "cut"),
    [
        ({"reason": "国" * 21}, ("「理由」",)),
        ({"reason": "国" * 60}, ("「理由」",)),
        ({"reason": "国" * 61}, ()),
        ({"lines1_item": ("国", "国" * 11)}, ("「内容」の上から2行目",)),
        (
            {"lines1_item": ("国" * 11, "国" * 40)},
            ("「内容」の上から1行目", "「内容」の上から2行目"),
        ),
        ({"lines1_item": ("国" * 41,)}, ()),
    ],
)
def test_marks__name_what_is_cut_though_it_is_no_longer_than_it_may_be(
    values: dict[str, Any], cut: tuple[str, ...]
) -> None:
    rooms = {"yx_reason": Room(10, 2), "yx_lines1_item": Room(10, 1, (1, 1, 1))}
    amounts = {"lines1_amount": (5, 5), "lines1_grant": (5, 5), "amounts_request_fees": 10}
    own = sheet_of(plan_of("every_check"), rooms, **{**GOOD_CITY, **amounts, **values})
    (mark,) = (one for one in marks_of(own) if one.test == "too_long")
    assert mark.cut == cut


@pytest.mark.parametrize(
    ("values", "is_open", "status"),
    [
        ({}, 0, DONE),
        ({"limit": -1, "start": "令和2年度", "end": "令和2年度"}, 1, "誤り 0件　要確認 1"),
        (
            {"limit": -1, "start": "令和2年度", "end": "令和2年度", "reason_negative": "過年度"},
            0,
            DONE,
        ),
        ({"code": "1"}, 1, "誤り 1件　要確認 0"),
        ({"limit": -1}, 2, "誤り 1件　要確認 1"),
        ({"limit": -1, "reason_negative": "過年度"}, 1, "誤り 1件　要確認 1"),
    ],
)
def test_status__counts_what_is_open_a_warning_with_its_reason_is_not(
    values: dict[str, Any], is_open: int, status: str
) -> None:
    own = sheet_of(plan_of("every_check"), **{**GOOD_CITY, **values})
    assert open_checks(own) == is_open
    said = checks.status_value(own)
    assert said.startswith(status)
    assert said.endswith(DONE if not is_open else "など、右の欄を見てください")


def test_status__names_the_first_check_that_is_open() -> None:
    values = {**GOOD_CITY, "limit": -1, "reason_negative": "過年度"}
    said = checks.status_value(sheet_of(plan_of("every_check"), **values))
    assert said.endswith("件：「初年度、終年度、上限額」など、右の欄を見てください")
    form = compile_plan(definition(), YEAR, (8, 6), 1)
    assert checks.status_value(sheet_of(form)).endswith("（右の「確認すること」を見てください）")


def test_versions__are_those_that_have_all_kinds_the_newest_first() -> None:
    assert checks.versions(["missing", "told"]) == [2, 1]
    assert checks.versions(["missing", "something else"]) == []
    every = checks.PANELS[1].kinds
    assert checks.versions([*every, "told"]) == [2, 1]


CUT, LONG = (
    "　印刷で切れます（短くするか、行を高くしてください）",
    "　長すぎます（短くしてください）",
)


@pytest.mark.parametrize(
    ("text", "room", "said"),
    [
        (None, Room(10, 2), "0 / 60字"),
        ("国" * 20, Room(10, 2), "20 / 60字"),
        ("国" * 21, Room(10, 2), f"21 / 60字{CUT}"),
        ("国" * 60, Room(10, 2), f"60 / 60字{CUT}"),
        ("国" * 61, Room(10, 2), f"61 / 60字{LONG}"),
        ("国" * 60, None, "60 / 60字"),
        ("国" * 61, None, f"61 / 60字{LONG}"),
    ],
)
def test_counter__of_a_text(text: str | None, room: Room | None, said: str) -> None:
    form = plan_of("every_check")
    own = sheet_of(form, {"yx_reason": room} if room else {}, reason=text)
    assert counter_value(form.by_name()["yx_reason"], own) == said


@pytest.mark.parametrize(
    ("texts", "room", "said"),
    [
        ((), Room(10, 1, (1, 1, 1)), "最長 0 / 40字"),
        (("国", "国" * 10), Room(10, 1, (1, 1, 1)), "最長 10 / 40字"),
        (
            ("国", "国" * 11),
            Room(10, 1, (1, 1, 1)),
            "最長 11 / 40字　上から2行目が印刷で切れます（短くするか、行を高く）",
        ),
        (("国" * 40, "国"), None, "最長 40 / 40字"),
        (("国" * 41, "国"), None, f"最長 41 / 40字{LONG}"),
    ],
)
def test_counter__of_a_column(texts: tuple[str, ...], room: Room | None, said: str) -> None:
    form = plan_of("every_check")
    own = sheet_of(form, {"yx_lines1_item": room} if room else {}, lines1_item=texts)
    assert counter_value(form.by_name()["yx_lines1_item"], own) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("国" * 200, "200 / 200字"), ("国" * 201, "201 / 200字　長すぎます"), (None, "0 / 200字")],
)
def test_counter__of_the_first_panel(text: str | None, said: str) -> None:
    form = compile_plan(definition(), YEAR, (8, 6), 1)
    slot = form.by_name()["yx_description"]
    assert counter_value(slot, sheet_of(form, description=text)) == said


def test_formulas__of_the_newest_panel_do_not_judge_an_error() -> None:
    for form, is_safe in ((plan(), True), (compile_plan(definition(), YEAR, (8, 6), 1), False)):
        said = [checks.check_formula(check, form) for check in form.checks]
        assert [one.count("IFERROR(IF(") for one in said] == [int(is_safe)] * len(said)
        assert ("ISERROR(SUM(" in checks.status_formula(form)) is is_safe
