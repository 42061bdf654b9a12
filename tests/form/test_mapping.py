from __future__ import annotations

import copy
import json
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.form.samples import (
    CURRENT,
    FORMS,
    LEVEL_UP,
    ROWS,
    YEAR,
    documents,
    examples,
    filled,
    plan,
    plan_of,
)
from tests.seed import seed_documents
from yosan_xl.form.area import MOST_CHARACTERS
from yosan_xl.form.compile import compile_plan, slot_name
from yosan_xl.form.load import parse_definition
from yosan_xl.form.mapping import (
    complete,
    differences,
    document_of,
    get,
    line_counts,
    put,
    sheet_values,
    shown_values,
)
from yosan_xl.form.plan import LineGroup
from yosan_xl.form.schema import request_schema
from yosan_xl.model.request import Document, Request

BUNDLED = [*examples(), *(seed_documents() or [])]


def there_and_back(document: Document, rows: tuple[int, int] = (8, 6)) -> Document:
    form = plan(rows)
    return document_of(complete(sheet_values(document, form), form), form)[0]


@settings(max_examples=150)
@given(documents())
def test_round_trip__of_any_document_that_fits(document: Document) -> None:
    assert there_and_back(document) == document
    assert differences(document, there_and_back(document)) == ()


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=40)
@given(data=st.data())
def test_round_trip__of_any_form(name: str, data: st.DataObject) -> None:
    sheet = plan_of(name)
    values = data.draw(filled(name))
    document, origins = document_of(complete(values, sheet), sheet)
    json.dumps(document, allow_nan=False)
    again = document_of(complete(sheet_values(document, sheet), sheet), sheet)[0]
    assert differences(document, again) == ()
    assert Request.from_document(document, sheet.axes).document == document
    assert {name for name, _ in origins.values()} <= sheet.by_name().keys()
    assert line_counts(document, sheet) == [_rows_used(values, group) for group in sheet.groups]


def _rows_used(values: dict[str, Any], group: LineGroup) -> int:
    columns = [values.get(one, ()) for one in group.columns.values()]
    return sum(any(v is not None for v in row) for row in zip_longest(*columns))


@pytest.mark.parametrize("name", [name for name in FORMS if name != "minato-r2"])
def test_document__names_its_form_and_has_every_key(name: str) -> None:
    sheet = plan_of(name)
    document = document_of(complete({}, sheet), sheet)[0]
    assert document["form"] == name
    for pointer in sheet.order:
        assert get(document, pointer) == (
            name if pointer == "/form" else [] if pointer.startswith(("/lists", "/sub")) else None
        )


def test_decimals__are_numbers_of_the_document() -> None:
    text = (Path(__file__).parents[1] / "forms" / "small_town.toml").read_text(encoding="utf-8")
    area = 'area = { label = "面積", kind = "number", decimal = 2 }'
    text = text.replace("[fields]", f"[fields]\n{area}").replace('["note"]', '["note"], ["area"]')
    sheet = compile_plan(parse_definition(text.encode(), "form.toml"), YEAR)
    document = document_of({"yx_area": Decimal("12.50")}, sheet)[0]
    assert document["area"] == 12.5
    assert sheet_values(document, sheet)["yx_area"] == Decimal("12.5")
    properties = request_schema(parse_definition(text.encode(), "form.toml"))["properties"]
    assert properties["area"]["multipleOf"] == 0.01


@settings(max_examples=30)
@given(documents(rows=(1, 1)))
def test_round_trip__on_the_smallest_sheet(document: Document) -> None:
    assert there_and_back(document, (1, 1)) == document


@pytest.mark.parametrize("document", BUNDLED, ids=lambda document: f"NO{document['no']}")
@pytest.mark.parametrize("rows", ROWS[:2])
def test_round_trip__of_the_bundled_requests(document: Document, rows: tuple[int, int]) -> None:
    back = there_and_back(document, rows)
    assert back == document
    assert list(back) == list(document)


@settings(max_examples=50)
@given(documents())
def test_origins__lead_to_the_values(document: Document) -> None:
    form = plan()
    values = complete(sheet_values(document, form), form)
    back, origins = document_of(values, form)
    slots = form.by_name()
    for pointer, (name, row) in origins.items():
        if pointer.count("/") == 3 and pointer.startswith("/lines") and "part" not in pointer:
            column = values[name]
            assert isinstance(column, tuple)
            _, _, index, key = pointer.split("/")
            assert back["lines"][int(index)][key] == column[row]
        elif slots[name].group is None:
            assert get(back, pointer) == values[name]


def test_origins__name_every_value() -> None:
    document = next(d for d in examples() if d["subtotals"])
    _, origins = document_of(complete(sheet_values(document, plan()), plan()), plan())
    assert set(pointers_of(document)) <= origins.keys()


def pointers_of(value: object, at: str = "") -> list[str]:
    if isinstance(value, dict):
        return [p for key, inner in value.items() for p in pointers_of(inner, f"{at}/{key}")]
    if isinstance(value, list):
        return [p for index, inner in enumerate(value) for p in pointers_of(inner, f"{at}/{index}")]
    return [at]


def longer(part: str | None, count: int) -> Document:
    document = copy.deepcopy(examples()[0])
    line = {"label": "印刷費", "requested": 1, "earmarked": None}
    line |= {"budgeted": None, "budgeted_earmarked": None}
    document["lines"] = [{**line, "part": part} for _ in range(count)]
    document["subtotals"] = []
    document["total"]["requested"] = document["funding"]["general"]["amount"] = count
    return document


def test_too_many_lines__are_named_by_their_pointers() -> None:
    document = longer(None, 10)
    told = differences(document, there_and_back(document))
    assert set(told) == {
        "/lines/8",
        "/lines/9",
        "/total/requested",
        "/funding/general/amount",
    }


def test_as_many_lines_as_there_are_rows__fit() -> None:
    assert differences(longer(None, 8), there_and_back(longer(None, 8))) == ()


def test_unknown_part__does_not_come_back() -> None:
    document = longer("臨時分", 1)
    assert "/lines/0" in differences(document, there_and_back(document))


def test_lines_without_part_among_level_up__are_told() -> None:
    document = longer(LEVEL_UP, 2)
    document["lines"][0]["part"] = None
    assert "/lines/0/part" in differences(document, there_and_back(document))


def test_part_given_after_the_other__comes_in_the_order_of_the_form() -> None:
    document = longer(LEVEL_UP, 2)
    document["lines"][0]["part"] = CURRENT
    assert [row["part"] for row in there_and_back(document)["lines"]] == [LEVEL_UP, CURRENT]


@pytest.mark.parametrize("lines", [None, [], "x", [None, 3]])
def test_lines_of_a_wrong_type__are_none(lines: object) -> None:
    back = there_and_back({"lines": lines})
    assert (back["lines"], back["subtotals"], back["title"]) == ([], [], None)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/title", ["x"]),
        ("/title", 3),
        ("/title", "x" * 32_768),
        ("/funding/national/amount", "12"),
        ("/funding/national/amount", 1.5),
        ("/funding/national/amount", True),
        ("/funding/national/amount", 10**400),
        ("/fiscal_year", "R2"),
        ("/contract_authorization/term_start", 1),
    ],
)
def test_value_that_no_cell_can_hold__is_left_out_and_told(pointer: str, value: object) -> None:
    document = copy.deepcopy(examples()[0])
    put(document, pointer, value)
    back = there_and_back(document)
    assert get(back, pointer) is None
    assert differences(document, back)[0].startswith(pointer)


def test_line_that_no_cell_can_hold__is_left_out_and_told() -> None:
    document = longer(None, 2)
    document["lines"][0] |= {"label": ["x"], "requested": {"a": 1}}
    assert "/lines/0/label" in differences(document, there_and_back(document))


def test_empty_line__is_left_out() -> None:
    document = longer(None, 2)
    document["lines"][0] |= {"label": None, "requested": None}
    assert len(there_and_back(document)["lines"]) == 1


def test_put_and_get__make_and_follow_objects() -> None:
    document: Document = {}
    put(document, "/funding/national/name", "補助金")
    assert document == {"funding": {"national": {"name": "補助金"}}}
    assert get(document, "/funding/national/name") == "補助金"
    assert get(document, "/funding/other/name") is None


def test_differences__of_equals_are_none_and_null_is_not_zero() -> None:
    assert differences({"a": {"b": [1, None]}}, {"a": {"b": [1, None]}}) == ()
    assert differences({"a": None}, {"a": 0}) == ("/a",)
    assert differences({"a": [1]}, {"a": [1, 2]}) == ("/a/1",)


@pytest.mark.parametrize("lines", [3, True, "明細", {"label": "明細"}])
def test_sheet_values__lines_that_are_no_list_are_told_by_differences(lines: object) -> None:
    form = plan()
    document = {"lines": lines}
    back, _ = document_of(complete(sheet_values(document, form), form), form)
    assert "/lines" in differences(document, back)


@pytest.mark.parametrize(
    ("pointer", "value", "is_held"),
    [
        ("/contract_authorization/term_start", 1926, True),
        ("/contract_authorization/term_start", 1925, False),
        ("/contract_authorization/term_start", 2999, True),
        ("/contract_authorization/term_start", 3000, False),
        ("/funding/other/amount", 10**15, True),
        ("/funding/other/amount", 10**15 + 1, False),
        ("/funding/other/amount", -(10**15), True),
        ("/funding/other/amount", -(10**15) - 1, False),
        ("/funding/other/amount", 0, True),
        ("/funding/other/amount", False, False),
        ("/funding/other/amount", 5.0, False),
        ("/funding/other/amount", "5", False),
        ("/title", "あ" * MOST_CHARACTERS, True),
        ("/title", "あ" * (MOST_CHARACTERS + 1), False),
        ("/title", 5, False),
    ],
)
def test_cell__holds_what_its_kind_can(pointer: str, value: object, *, is_held: bool) -> None:
    document: Document = {}
    put(document, pointer, value)
    name = slot_name(pointer)
    assert sheet_values(document, plan())[name] == (value if is_held else None)


@pytest.mark.parametrize(
    ("value", "held"), [(2.5, Decimal("2.5")), (2, 2), (1e16, None), (-1e15, Decimal("-1e15"))]
)
def test_cell__of_decimals_holds_them_as_they_are_written(value: float, held: object) -> None:
    assert sheet_values({"area": value}, plan_of("every_check"))["yx_area"] == held


def test_rows__that_the_sheet_has_no_room_for_are_there_where_every_row_is_wanted() -> None:
    rows = [{"label": f"第{at}", "part": None} for at in range(10)]
    document = {"lines": rows}
    assert sheet_values(document, plan())["yx_lines1_label"] == tuple(f"第{at}" for at in range(8))
    every = sheet_values(document, plan(), every_row=True)
    assert every["yx_lines1_label"] == tuple(f"第{at}" for at in range(10))
    assert every["yx_lines2_label"] == (None,) * 6


def test_get__of_a_row_that_is_not_there_is_nothing() -> None:
    document = {"lines": [{"label": "甲"}, 5]}
    for pointer, value in (
        ("/lines/0/label", "甲"),
        ("/lines/1", 5),
        ("/lines/1/label", None),
        ("/lines/2", None),
        ("/lines/x", None),
        ("/lines/-1", None),
        ("/other/x", None),
    ):
        assert get(document, pointer) == value


def test_differences__name_each_place() -> None:
    one = {"a": 1, "b": [1, 2], "c": {"d": 1}}
    two = {"a": 1, "b": [1, 3, 4], "e": 5}
    assert differences(one, two) == ("/b/1", "/b/2", "/c", "/e")
    assert differences({"a": [1]}, {"a": {"b": 1}}) == ("/a",)


def test_shown_values__a_year_is_shown_as_it_is_called() -> None:
    form = plan_of("every_check")
    values: dict[str, Any] = {"yx_since": 2020, "yx_area": 2020, "yx_other": 2020}
    assert shown_values(values, form) == {**values, "yx_since": "令和2年度"}


def test_subtotals__are_of_groups_that_have_rows_and_a_name() -> None:
    values: dict[str, Any] = {"yx_lines2_item": ("乙", None), "yx_lines1_item": ("甲", None, None)}
    form = plan_of("every_check")
    document, origins = document_of(complete(values, form), form)
    assert [one["group"] for one in document["subtotals"]["lines"]] == ["いつもの分"]
    assert origins["/subtotals/lines/0/amount"] == ("yx_lines_subtotal2_amount", 0)
    named = complete({**values, "yx_lines_group1": "新しい分"}, form)
    document, origins = document_of(named, form)
    assert [one["group"] for one in document["subtotals"]["lines"]] == ["新しい分", "いつもの分"]
    assert origins["/subtotals/lines/1/group"] == ("yx_lines_subtotal2_amount", 0)
    assert origins["/lists/lines/1/item"] == ("yx_lines2_item", 0)
    assert [one["group"] for one in document["lists"]["lines"]] == ["新しい分", "いつもの分"]
