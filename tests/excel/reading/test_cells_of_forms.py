"""Cells of forms other than the usual one: units, codes, decimals, choices under choices, last year's amounts."""

from __future__ import annotations

import pytest

from tests.excel.forms import form_of, known
from tests.excel.reading.edit import Editor
from tests.forms.years import form_text
from yosan_xl.excel.reading import codes
from yosan_xl.form.definition import FieldKind
from yosan_xl.model.finding import Code


def test_amount_of_the_year_before__counts_as_it_was_handed_out() -> None:
    city = known("municipal-1")
    slot = city.plan.slot_at("/amounts/prior/total")
    assert slot
    editor = Editor(city.book(city.documents[0]))
    editor.put_number(f"{city.plan.sheet}1", slot.area.first, 1)
    (request,) = city.read(editor.data()).requests
    expected = city.documents[0]["amounts"]["prior"]["total"]
    assert request.document["amounts"]["prior"]["total"] == expected
    (finding,) = (one for one in request.findings if one.code == codes.FINANCE_CHANGED.code)
    assert finding.fact.startswith("入力できない欄「前年度当初」")
    assert f"「{expected:,}千円」から「1千円」に" in finding.fact


@pytest.mark.parametrize(
    ("typed", "code", "value", "said"),
    [
        ("１，２００円", codes.AMOUNT_AS_TEXT, 1_200, "1,200円と読みました"),
        ("500千円", codes.AMOUNT_AS_TEXT, 500_000, "500,000円と読みました。千円の額か円の額かを"),
        ("約500", codes.NOT_AN_AMOUNT, None, "円単位の整数を"),
    ],
)
def test_amount__is_told_in_the_unit_of_the_form(
    typed: str, code: Code, value: int | None, said: str
) -> None:
    town = known("small_town")
    slot = town.plan.slot_at("/amounts/request/grant")
    assert slot
    editor = Editor(town.book(town.documents[0]))
    editor.put_text(f"{town.plan.sheet}1", slot.area.first, typed)
    (request,) = town.read(editor.data()).requests
    assert request.document["amounts"]["request"]["grant"] == value
    (finding,) = (one for one in request.findings if one.code == code.code)
    assert said in f"{finding.fact}{finding.remedy}"


def _with_code(typed: int) -> list[str]:
    """Return what is told of a code of six figures that is a number, after it was read as one of six."""
    city = known("municipal-1")
    slot = city.plan.slot_of("project_code")
    assert slot
    editor = Editor(city.book(city.documents[0]))
    editor.put_number(f"{city.plan.sheet}1", slot.area.first, typed)
    (request,) = city.read(editor.data()).requests
    assert request.document["code"] == f"{typed:06d}"
    return [finding.code for finding in request.findings]


def test_yx140__hits_a_code_that_lost_its_zeros() -> None:
    assert codes.ZEROS_LOST.code in _with_code(1_234)


@pytest.mark.parametrize("typed", [123_456, 1_234_567])
def test_yx140__does_not_hit_a_code_with_all_its_figures(typed: int) -> None:
    assert codes.ZEROS_LOST.code not in _with_code(typed)


def test_choice__is_mended_by_what_stands_under_the_choices_above_it() -> None:
    city = known("municipal-1")
    slots = [city.plan.slot_of(f"level{level}") for level in (1, 2, 3)]
    editor = Editor(city.book(city.documents[0] | {"moku": "財政管理費"}))
    for slot, typed in zip(slots, ("総務費 ", "総務管理費", "財政管理費　"), strict=True):
        assert slot
        editor.put_text(f"{city.plan.sheet}1", slot.area.first, typed)
    (request,) = city.read(editor.data()).requests
    found = [request.document[key] for key in ("kan", "kou", "moku")]
    assert found == ["総務費", "総務管理費", "財政管理費"]
    assert "stale" not in [mark.test for mark in request.marks]


def test_decimals__are_read_as_they_are_and_no_more_of_them() -> None:
    form = form_of(
        _with_fields('rate = { label = "補助率", kind = "number", decimal = 2 }', "rate")
    )
    slot = form.plan.slot_at("/rate")
    assert slot
    document = form.any_document(1) | {"rate": 12.5}
    (request,) = form.read(form.book(document)).requests
    assert request.document["rate"] == 12.5
    editor = Editor(form.book(document))
    editor.put_number(f"{form.plan.sheet}1", slot.area.first, "12.345")
    (request,) = form.read(editor.data()).requests
    assert request.document["rate"] is None
    (finding,) = (one for one in request.findings if one.code == codes.FRACTION.code)
    assert "小数第2位までの数" in finding.fact
    for typed, value in (("１２．７５", 12.75), ("△1,234.5", -1234.5)):
        editor.put_text(f"{form.plan.sheet}1", slot.area.first, typed)
        (request,) = form.read(editor.data()).requests
        assert request.document["rate"] == value
    editor.put_text(f"{form.plan.sheet}1", slot.area.first, "約60")
    (request,) = form.read(editor.data()).requests
    (finding,) = (one for one in request.findings if one.code == codes.NOT_AN_AMOUNT.code)
    assert finding.fact == "「補助率」の「約60」は数として読めません。"
    (request,) = form.read(form.book(document | {"rate": -0.25})).requests
    assert (request.document["rate"], request.findings) == (-0.25, ())


def _with_fields(field: str, key: str) -> str:
    """Return the small town's form with one more field."""
    text = form_text("small_town")
    field_at, row_at = "note  = {", '["note"]'
    assert field_at in text
    assert row_at in text
    return text.replace(field_at, f"{field}\n{field_at}").replace(row_at, f'["note"], ["{key}"]')


def test_number__that_is_none_is_not_called_an_amount() -> None:
    every = known("every_check")
    slot = next(
        one
        for one in every.plan.slots
        if one.kind is FieldKind.NUMBER and one.is_entry and not one.repeats
    )
    editor = Editor(every.blank())
    editor.put_text(f"{every.plan.sheet}1", slot.area.first, "10%")
    (request,) = every.read(editor.data()).requests
    (finding,) = (one for one in request.findings if one.code == codes.NOT_AN_AMOUNT.code)
    assert "「10%」は数として読めません" in finding.fact
