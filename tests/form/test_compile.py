from __future__ import annotations

import re
from itertools import combinations

import pytest

from tests.form.samples import AMOUNTS, FORMS, ROWS, YEAR, definition, form, plan, plan_of
from yosan_xl.form.area import Area
from yosan_xl.form.checks import panel_sha256
from yosan_xl.form.compile import compile_plan, issued_plan, slot_name
from yosan_xl.form.definition import Block
from yosan_xl.form.plan import Plan

LEGAL = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,254}")
CELL = re.compile(r"(?i)[a-z]{1,3}[0-9]+|r[0-9]*c[0-9]*")

every_size = pytest.mark.parametrize("rows", ROWS)


def areas(form: Plan) -> list[Area]:
    """Give every place of a sheet: labels, slots, the checks panel, counters, the status line."""
    return [
        *(label.area for label in form.labels),
        *(area for slot in form.slots for area in slot.cells()),
        *(area for c in form.checks for area in (c.mark, c.advice_area, c.reason)),
        *(counter.area for counter in form.counters),
        form.status,
    ]


@every_size
def test_areas__do_not_overlap(rows: tuple[int, int]) -> None:
    crossing = [
        (str(one), str(two)) for one, two in combinations(areas(plan(rows)), 2) if overlap(one, two)
    ]
    assert crossing == []


def overlap(one: Area, two: Area) -> bool:
    beside = one.right < two.left or two.right < one.left
    return not beside and one.top <= two.bottom and two.top <= one.bottom


def test_overlap__sees_a_shared_cell() -> None:
    assert overlap(Area(0, 0, 2, 2), Area(2, 2, 3, 3))
    assert not overlap(Area(0, 0, 2, 2), Area(0, 3, 2, 3))


@every_size
def test_areas__lie_in_the_sheet_and_are_whole(rows: tuple[int, int]) -> None:
    form = plan(rows)
    for area in areas(form):
        assert 0 <= area.top <= area.bottom < len(form.rows)
        assert 0 <= area.left <= area.right < len(form.widths)


@every_size
def test_fields__are_placed_once(rows: tuple[int, int]) -> None:
    names = [slot.name for slot in plan(rows).slots if slot.group is None]
    assert sorted(names) == sorted(slot_name(key) for key in definition().fields)


@every_size
def test_lines__have_every_column_in_every_group(rows: tuple[int, int]) -> None:
    form = plan(rows)
    slots = form.by_name()
    columns = {column.field.key for column in definition().lists[0].columns}
    for count, group in zip(rows, form.groups, strict=True):
        assert group.rows == count
        assert group.columns.keys() == columns
        assert group.subtotals.keys() == set(AMOUNTS)
        heights = {slots[name].area.height for name in group.columns.values()}
        tops = {slots[name].area.top for name in group.columns.values()}
        assert (heights, len(tops)) == ({count}, 1)


@every_size
def test_names__are_unique_and_legal(rows: tuple[int, int]) -> None:
    form = plan(rows)
    names = [slot.name for slot in form.slots]
    names += [name for c in form.checks for name in (c.mark_name, c.reason_name) if name]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(LEGAL.fullmatch(name) and not CELL.fullmatch(name) for name in names)


@every_size
def test_formulas__name_slots_that_are_there(rows: tuple[int, int]) -> None:
    form = plan(rows)
    computed = [slot for slot in form.slots if slot.formula]
    assert len(computed) >= len(AMOUNTS) * 3
    for slot in computed:
        assert slot.formula
        assert slot.formula.text(form.ref).startswith("=")
        assert not slot.is_entry


@every_size
def test_halves__end_at_the_same_row(rows: tuple[int, int]) -> None:
    form = plan(rows)
    slots = form.by_name()
    last_left, last_right = (
        slots[slot_name(stack.items[-1].field)]
        for stack in definition().bands[-1].stacks
        if isinstance(stack.items[-1], Block)
    )
    assert last_left.area.bottom == last_right.area.bottom == form.print_area.bottom


@every_size
def test_slots__stand_from_top_to_bottom(rows: tuple[int, int]) -> None:
    places = [(slot.area.top, slot.area.left) for slot in plan(rows).slots]
    assert places == sorted(places)


def test_year__stands_in_the_title() -> None:
    assert any(label.text == "令和2年度予算要求事業概要書" for label in plan().labels)


def test_rows__are_the_definitions_own_where_none_are_given() -> None:
    own = tuple(group.rows for group in definition().lists[0].groups)
    assert compile_plan(definition(), YEAR) == compile_plan(definition(), YEAR, own)


@pytest.mark.parametrize("rows", [(8,), (8, 6, 1)])
def test_rows__of_another_number_of_groups(rows: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="line_rows"):
        compile_plan(definition(), YEAR, rows)


def test_entries__have_no_formula_and_are_all_of_the_department() -> None:
    pointers = {slot.pointer for slot in plan().slots if slot.is_entry and slot.pointer}
    assert "/title" in pointers
    assert "/lines/*/requested" in pointers
    assert pointers.isdisjoint(
        {"/no", "/id", "/fiscal_year", "/budget_rationale", "/total/requested"}
    )


every_form = pytest.mark.parametrize("name", FORMS)


@every_form
def test_forms__areas_lie_in_the_sheet_and_do_not_overlap(name: str) -> None:
    places = areas(plan_of(name))
    for area in places:
        assert 0 <= area.top <= area.bottom < len(plan_of(name).rows)
        assert 0 <= area.left <= area.right < len(plan_of(name).widths)
    crossing = [(str(a), str(b)) for a, b in combinations(places, 2) if overlap(a, b)]
    assert crossing == []


@every_form
def test_forms__every_field_of_the_document_is_placed_once(name: str) -> None:
    sheet = plan_of(name)
    single = [slot.pointer for slot in sheet.slots if slot.pointer and slot.list is None]
    wanted = [one for one in sheet.order if one in form(name).fields]
    assert sorted(single) == sorted(wanted)
    assert sheet.slot_of("id")
    assert sheet.slot_of("year")


@every_form
def test_forms__every_list_has_its_groups_and_columns(name: str) -> None:
    sheet = plan_of(name)
    assert len(sheet.groups) == sum(len(own.groups) for own in form(name).lists)
    for own in sheet.axes.lists:
        for group in sheet.groups_of(own.key):
            assert list(group.columns) == [column.key for column in own.columns]
            summed = [column.key for column in own.columns if column.stage]
            assert list(group.subtotals) == (summed if group.name else [])


@every_form
def test_forms__names_are_unique_and_formulas_name_them(name: str) -> None:
    sheet = plan_of(name)
    names = [slot.name for slot in sheet.slots]
    assert len({one.casefold() for one in names}) == len(names)
    assert all(LEGAL.fullmatch(one) and not CELL.fullmatch(one) for one in names)
    for slot in sheet.slots:
        if slot.formula:
            assert slot.formula.text(sheet.ref).startswith("=")
            assert not slot.is_entry


def test_prefecture__its_word_is_said_and_the_fingerprint_stays() -> None:
    city = form("municipal-1")
    assert (city.prefecture, form("prefecture").prefecture) == ("県", None)
    assert city.axes.source_label("prefecture") == "県支出金"
    again = city.worded("県")
    assert (again.prefecture, again.sha256) == (city.prefecture, city.sha256)
    assert again.axes.source_label("prefecture") == "県支出金"
    assert city.worded("都").prefecture == "都"
    said = {label.text for label in plan_of("municipal-1").labels}
    assert "県支出金" in said
    assert not [text for text in said if "{" in text]


def test_issued_plan__is_of_the_panel_that_the_book_was_issued_with() -> None:
    rows = (8, 6)
    first, newest = (compile_plan(definition(), YEAR, rows, panel) for panel in (1, 2))
    said = [None, panel_sha256(first), panel_sha256(newest), "of a program to come"]
    found = [issued_plan(definition(), YEAR, rows, one).panel for one in said]
    assert found == [1, 1, 2, 2]


def test_plan__says_what_is_printed_and_which_columns_take_what_room_is_left() -> None:
    form = plan()
    assert (form.print_area.a1(), form.elastic, form.status.a1()) == ("A2:L38", (1, 2), "A1:C1")
    assert [row.name for row in form.rows[:4]] == ["TOOLS", "TITLE", "HEAD", "BODY"]
    assert {row.name for row in form.rows[3:]} == {"BODY"}
    town = plan_of("small_town")
    assert [row.name for row in town.rows[5:]] == ["BODY"] * 4 + ["TOOLS"] * 6
    assert max(counter.area.bottom for counter in town.counters) == len(town.rows) - 1
