"""What a form itself demands of its amounts: equals, not more, a sum, a difference; what is not given yet waits."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.forms import A, a_list, axes, document, field, request, stage
from tests.rules.samples import CONTEXT
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL, Axes, ToldRelation
from yosan_xl.model.finding import Fault, Weight
from yosan_xl.rules.told import told_rules

AMOUNT, DECISION = f"/amounts/{ASKED}/total", f"/amounts/{DECIDED}/total"
LIMIT, AREA, ROWS = "/limit", "/area", "/lists/lines/*/amount"


def form(kind: str, cell: str, *of: str, weight: str = "誤り") -> Axes:
    relation = ToldRelation(kind, cell, of, weight, "合わせてください。")
    return axes(
        [stage(ASKED, "要求", []), stage(DECIDED, "査定", [], by="finance")],
        lists=[a_list("lines", "内訳", [A("amount", "")], label="内容")],
        fields=[
            field("limit", "上限", "money")._replace(pointer=LIMIT),
            field("area", "面積", "number")._replace(pointer=AREA),
        ],
        told=[relation],
    )


def told(own: Axes, rows: list[int | None] | None = None, **given: Any) -> list[Fault]:
    """Return what the relation of a form finds in a document of these values."""
    amounts = {key: {TOTAL: given.pop(key)} for key in (ASKED, DECIDED) if key in given}
    lines = {"lines": [{"amount": one} for one in rows or []]}
    made = request(own, document(own, amounts, lines, **{"limit": None, "area": None, **given}))
    (rule,) = told_rules(own)
    return [*rule.check(made, CONTEXT)]


EQUALS, NOT_MORE = form("equals", LIMIT, AMOUNT), form("not_more", LIMIT, AMOUNT)


@pytest.mark.parametrize(
    ("limit", "asked", "equals", "not_more"),
    [
        (5, 5, True, True),
        (6, 5, False, False),
        (4, 5, False, True),
        (None, 5, False, True),
        (5, None, False, False),
        (-1, None, False, True),
        (None, None, True, True),
        (0, None, True, True),
        (None, 0, True, True),
    ],
)
def test_yx217__of_two_amounts(
    limit: int | None, asked: int | None, *, equals: bool, not_more: bool
) -> None:
    assert (told(EQUALS, limit=limit, asked=asked) == []) is equals
    assert (told(NOT_MORE, limit=limit, asked=asked) == []) is not_more


@pytest.mark.parametrize(("decided", "is_told"), [(None, False), (4, True), (5, False), (0, True)])
def test_yx217__waits_for_what_finance_decides(decided: int | None, *, is_told: bool) -> None:
    for own in (form("equals", LIMIT, DECISION), form("equals", DECISION, LIMIT)):
        assert bool(told(own, limit=5, decided=decided)) is is_told


def test_yx217__says_both_amounts_and_their_gap() -> None:
    (more,) = told(EQUALS, limit=1_500, asked=1_000)
    (less,) = told(EQUALS, limit=-1_500, asked=1_000)
    (open_,) = told(EQUALS, asked=1_000)
    (above,) = told(NOT_MORE, limit=1_500, asked=1_000)
    assert (more.pointer, more.weight) == (LIMIT, Weight.ERROR)
    assert more.facts == {
        "check": "told1",
        "say": "合わせてください。",
        "label": "「上限」",
        "others": "「要求」",
        "given": "1,500千円",
        "expected": "1,000千円",
        "gap": "500千円",
        "how": "ちがいます",
        "raw_value": 1_500,
        "raw_expected": 1_000,
    }
    assert (less.facts["given"], less.facts["gap"]) == ("△1,500千円", "2,500千円")
    assert (open_.facts["given"], open_.facts["raw_value"]) == ("(入力なし)", "None")
    assert above.facts["how"] == "上回っています"
    (warned,) = told(form("equals", LIMIT, AMOUNT, weight="注意"), limit=1)
    assert warned.weight is Weight.WARNING


def test_yx217__a_number_that_is_no_money_has_no_unit() -> None:
    own = form("equals", AREA, LIMIT)
    (fault,) = told(own, area=2.5, limit=1)
    assert (fault.facts["given"], fault.facts["gap"]) == ("2.5", "1.5")
    assert fault.facts["raw_value"] == "2.5"
    assert told(own, area=1.0, limit=1) == []
    assert told(own, area=float("inf"), limit=0) == []
    assert told(own, area=True, limit=0) == []


@pytest.mark.parametrize(
    ("kind", "asked", "expected", "words"),
    [
        ("sum", 12, None, ""),
        ("sum", 2, "12千円", "「面積」と「上限」の計"),
        ("difference", 2, None, ""),
        ("difference", 12, "2千円", "「面積」から「上限」を引いた額"),
    ],
)
def test_yx217__a_sum_and_a_difference(
    kind: str, asked: int, expected: str | None, words: str
) -> None:
    found = told(form(kind, AMOUNT, AREA, LIMIT), area=7, limit=5, asked=asked)
    assert [(one.facts["expected"], one.facts["others"]) for one in found] == (
        [(expected, words)] if expected else []
    )


@pytest.mark.parametrize(
    ("rows", "limit", "is_told"),
    [([2, 3], 5, False), ([2, None], 2, False), ([2, 3], 4, True), ([], 5, True), ([], 0, False)],
)
def test_yx217__a_column_is_its_sum(rows: list[int | None], limit: int, *, is_told: bool) -> None:
    own = form("equals", ROWS, LIMIT)
    found = told(own, rows, limit=limit)
    assert bool(found) is is_told
    for one in found:
        assert (one.pointer, one.facts["label"]) == ("/lists/lines", "「内訳」の「金額」の計")


def test_yx217__what_is_no_list_has_no_rows() -> None:
    own = form("equals", ROWS, LIMIT)
    made = request(own, {"lists": {"lines": 5}, "limit": 3})
    (rule,) = told_rules(own)
    (fault,) = rule.check(made, CONTEXT)
    assert fault.facts["given"] == "(入力なし)"
    assert [*rule.check(request(own, {"lists": 5}), CONTEXT)] == []
    assert rule.reads_of(own) == (ROWS, LIMIT)
