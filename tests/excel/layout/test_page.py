"""Widths and heights: the page is filled, letters first get smaller and then lines closer."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.excel.documents import DEFINITION, PLAN, YEAR, longest
from tests.excel.forms import form_of, known
from tests.usecases.year import sources
from yosan_xl.excel.layout.page import Page, lay_out
from yosan_xl.excel.layout.paper import PAGE_POINTS
from yosan_xl.excel.layout.spans import Spans, fits, heights, union
from yosan_xl.form.area import Area
from yosan_xl.form.check_kinds import not_shown
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.mapping import complete, sheet_values
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.plan import RowRole
from yosan_xl.form.relation import Values

EMPTY: Values = {}
TWO_LINES, THREE_LINES = 24, 36
"""Points."""

BESIDE = """
vocabulary = 2
id = "beside"
version = 1
title = "要求書"
about = "文章の横に金額の表がある。"
[stages]
request = { label = "要求", is = "asked" }
[sources]
grant = { label = "補助金" }
general = { label = "一般財源", rest = true }
[fields]
title = { label = "事業名", is = "title", max = 60, required = true }
why = { label = "理由", kind = "prose", max = 400 }
[[bands]]
rows = [["title"]]
[[bands]]
beside = [{ width = 40, stack = [{ amounts = "sources" }] }, { width = 60, fields = ["why"] }]
"""
POINTS = 0.75


def _printed(values: Values) -> tuple[float, float]:
    page, area = lay_out(PLAN, values), PLAN.print_area
    width = sum(page.widths[area.left : area.right + 1]) * POINTS
    return width, sum(page.heights[area.top : area.bottom + 1])


@pytest.mark.parametrize("values", [EMPTY, sheet_values(longest("長い文章です。"), PLAN)])
def test_page__is_filled_in_both_directions(values: Values) -> None:
    width, height = _printed(values)
    assert width / height == pytest.approx(PAGE_POINTS[0] / PAGE_POINTS[1], rel=0.005)


@pytest.mark.parametrize("form", ["minato-r2", "municipal-1", "prefecture"])
def test_page__of_a_blank_sheet_prints_with_letters_of_seven_and_a_half_points(form: str) -> None:
    plan = known(form).plan
    page, area = lay_out(plan, EMPTY), plan.print_area
    width = sum(page.widths[area.left : area.right + 1]) * POINTS
    assert 9 * PAGE_POINTS[0] / width >= 7.5


def test_rooms__of_a_blank_sheet_show_each_of_the_nine_requests_whole() -> None:
    rooms = lay_out(PLAN, EMPTY).rooms
    for document in sources()["examples"]:
        sheet = PanelSheet(PLAN, sheet_values(document, PLAN), {}, rooms)
        assert list(not_shown(sheet)) == [], document["title"]


@pytest.mark.parametrize("form", ["minato-r2", "municipal-1", "prefecture"])
def test_rows__of_the_lists_of_a_blank_sheet_are_equally_high(form: str) -> None:
    plan = known(form).plan
    heights = lay_out(plan, EMPTY).heights
    for group in plan.groups:
        rows = plan.by_name()[next(iter(group.columns.values()))].cells()
        assert max(heights[row.top] for row in rows) - min(heights[row.top] for row in rows) <= 1
        assert heights[rows[0].top] >= 15


def test_rows__of_the_lists_of_nine_requests_are_even_where_their_texts_have_one_line() -> None:
    for document in sources()["examples"]:
        values = complete(sheet_values(document, PLAN), PLAN)
        page = lay_out(PLAN, values)
        for name in ("yx_lines1_label", "yx_lines2_label"):
            rows = PLAN.by_name()[name].cells()
            high = [page.heights[row.top] for row in rows]
            assert max(high) - min(high) <= 1


def test_widths__go_where_text_is() -> None:
    more = compile_plan(DEFINITION, YEAR.settings.year, (20, 10))
    label = more.by_name()["yx_lines1_label"].area
    prose = more.by_name()["yx_proposal"].area
    rows: Values = {"yx_lines1_label": ("字" * 60,) * 20, "yx_lines2_label": ("字" * 60,) * 10}
    blank, filled = lay_out(more, {}), lay_out(more, rows)

    def width(page: Page, area: Area) -> int:
        return sum(page.widths[area.left : area.right + 1])

    assert width(filled, label) / width(filled, prose) > 1.5
    assert width(blank, label) / width(blank, prose) < 1.5


def test_rooms__of_a_blank_sheet_hold_what_real_texts_need() -> None:
    rooms = lay_out(PLAN, EMPTY).rooms
    held = {name: one.per_line * one.lines for name, one in rooms.items()}
    assert held["yx_proposal"] >= 290
    assert held["yx_background"] >= 240
    assert held["yx_outcome"] >= 240
    assert held["yx_description"] >= 150
    assert held["yx_trends"] >= 120
    assert held["yx_lines1_label"] >= 30


def test_rooms__of_a_list_say_the_lines_of_each_of_its_rows() -> None:
    room = lay_out(PLAN, {"yx_lines1_label": ("字" * 100, "字"), "yx_title": "事業"}).rooms[
        "yx_lines1_label"
    ]
    assert len(room.rows) == 8
    assert room.lines == min(room.rows)
    assert room.per_line * room.rows[0] >= 100


def test_rows__have_what_a_row_may_have_at_most() -> None:
    heights = lay_out(PLAN, {"yx_lines1_label": ("行\n" * 90,) * 8}).heights
    assert max(heights) == 409.5


def test_blank_blocks__have_room_in_proportion_to_their_longest_texts() -> None:
    heights = lay_out(PLAN, EMPTY).heights
    rows = {slot.name: slot.area for slot in PLAN.counted()}
    room = {name: sum(heights[area.top : area.bottom + 1]) for name, area in rows.items()}
    line = 9 * 1.2
    assert room["yx_proposal"] >= 9 * line
    assert room["yx_background"] >= 9 * line
    assert room["yx_description"] >= 4 * line


def test_page__grows_with_the_rows_of_line_items() -> None:
    more = compile_plan(DEFINITION, YEAR.settings.year, (20, 10))
    values = complete(sheet_values(longest("文"), more), more)
    assert len(lay_out(more, values).heights) == len(more.rows)


@st.composite
def _spans(draw: st.DrawFn) -> Spans:
    rows = draw(st.integers(1, 12))
    single = {(row, row + 1): draw(st.integers(1, 40)) for row in range(rows)}
    edges = st.tuples(st.integers(0, rows - 1), st.integers(1, rows)).filter(lambda e: e[0] < e[1])
    return union(single, draw(st.dictionaries(edges, st.integers(1, 300), max_size=12)))


def _least(spans: Spans) -> int:
    return next(room for room in range(5_000) if fits(spans, room))


def test_fits__two_halves_beside_each_other_need_their_longest_path() -> None:
    spans = {(0, 1): 10, (1, 2): 10, (2, 3): 10, (0, 2): 50, (1, 3): 30}
    assert fits(spans, 60)
    assert not fits(spans, 59)


@given(_spans(), st.integers(0, 200), st.integers(0, 3))
def test_heights__keep_every_span_and_fill_the_room(spans: Spans, more: int, fixed: int) -> None:
    room = _least(spans) + more
    found = heights(spans, room, min(fixed, max(bottom for _, bottom in spans) - 1))
    assert sum(found) == room
    assert {rows: sum(found[slice(*rows)]) >= height for rows, height in spans.items()} == (
        dict.fromkeys(spans, True)
    )


def test_heights__are_even_where_nothing_asks_for_more() -> None:
    spans = {(row, row + 1): 16 for row in range(5)}
    assert heights(spans, 128, head=1) == [16, 28, 28, 28, 28]


def test_heights__a_tall_span_takes_from_all_other_rows() -> None:
    spans = {(row, row + 1): 10 for row in range(6)} | {(0, 2): 100}
    assert heights(spans, 160, head=0) == [50, 50, 15, 15, 15, 15]


def test_rows__of_amounts_and_lists_leave_the_page_to_prose() -> None:
    form = known("prefecture")
    page, plan = lay_out(form.plan, EMPTY), form.plan
    prose = [slot.area for slot in plan.slots if slot.kind is FieldKind.PROSE]
    covered = {row for area in prose for row in range(area.top, area.bottom + 1)}
    body = [row for row, role in enumerate(plan.rows) if role is RowRole.BODY]
    assert max(page.heights[row] for row in body if row not in covered) <= THREE_LINES
    assert page.is_full


def test_rows__beside_prose_do_not_become_higher_than_three_lines() -> None:
    form = form_of(BESIDE)
    page, plan = lay_out(form.plan, EMPTY), form.plan
    body = [h for h, role in zip(page.heights, plan.rows, strict=True) if role is RowRole.BODY]
    assert TWO_LINES < max(body) <= 36
    assert not page.is_full
    text = {"yx_why": "ながい文章。" * 600}
    assert max(lay_out(plan, text).heights) > 36


def test_heights__of_rows_with_a_most_leave_the_rest_to_the_others() -> None:
    single: Spans = {(row, row + 1): 10 for row in range(4)}
    assert heights(single, 400, 1, (20.0, inf, 20.0)) == [10, 20, 350, 20]
    needs: Spans = {**single, (1, 2): 100}
    assert heights(needs, 400, 1, (20.0, inf, 20.0))[1] >= 100
