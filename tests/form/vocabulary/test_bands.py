"""A page that is too wide, too narrow or too long is told; what fits is not."""

from __future__ import annotations

import pytest

from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import DefinitionError
from yosan_xl.form.load import parse_definition
from yosan_xl.form.plan import Plan
from yosan_xl.model.fiscal_year import FiscalYear

HEAD = """
vocabulary = 2
id = "page-1"
version = 1
title = "紙面"
{paper}
[stages]
request = {{ label = "要求", is = "asked" }}
[fields]
title = {{ label = "件名", is = "title", max = 40, required = true }}
a = {{ label = "い", kind = "prose", max = {most} }}
b = {{ label = "ろ", max = 60 }}
c = {{ label = "は", max = 60 }}
[lists.lines]
label = "内訳"
rows = {rows}
[lists.lines.columns]
item = {{ label = "内容", is = "label", max = 40 }}
amount = {{ label = "要求", stage = "request" }}
{bands}
"""
TITLE = '[[bands]]\nrows = [["title"]]\n'
ASKED = '{ rows = [[{ amount = "request" }]] }'
LINES = f'[[bands]]\nstack = [{{ list = "lines" }}, {ASKED}]\n'


def page(bands: str, *, rows: int = 3, paper: str = "", most: int = 60) -> Plan:
    """Return the sheet of a form with these bands, beside a title and a list; raise for what is wrong."""
    text = HEAD.format(paper=paper, rows=rows, bands=bands, most=most)
    return compile_plan(parse_definition(text.encode(), "form.toml"), FiscalYear(2020))


def problems(bands: str, **words: object) -> list[str]:
    try:
        page(bands, **words)  # type: ignore[arg-type]
    except DefinitionError as error:
        return [fault.problem for fault in error.faults]
    return []


ALL = TITLE + LINES + '[[bands]]\nfields = ["a", "b", "c"]\n'


@pytest.mark.parametrize(
    ("paper", "most"), [("", 64), ('paper = "A4縦"', 92)], ids=["landscape", "portrait"]
)
def test_page__has_as_many_rows_as_its_paper(paper: str, most: int) -> None:
    # The rows of status, title, 件名, two of the list's headings, its three, one of an amount, two of fields.
    fitting = most - 2 - 1 - 2 - 3 - 1 - 2
    share = min(fitting, 40)
    rest = fitting - share
    stack = f'{{ list = "lines" }}, {ASKED}, {{ field = "a", share = {share} }}, "b", "c"'
    bands = f"{TITLE}[[bands]]\nstack = [{stack}]\n"
    plan = page(bands, rows=3 + rest, paper=paper)
    assert plan.print_area.height == most - 1, "the status is not printed"
    (problem,) = problems(bands, rows=4 + rest, paper=paper)
    assert problem.startswith(f"紙面が {most + 1} 行になり")


@pytest.mark.parametrize(
    ("widths", "paper", "is_told"),
    [
        ((60, 55), "", False),
        ((60, 56), "", True),
        ((40, 40), 'paper = "A4縦"', False),
        ((40, 41), 'paper = "A4縦"', True),
    ],
)
def test_page__has_the_width_of_its_paper(
    widths: tuple[int, int], paper: str, *, is_told: bool
) -> None:
    cells = ", ".join(
        f'{{ field = "{key}", width = {width} }}'
        for key, width in zip(("title", "b"), widths, strict=True)
    )
    bands = f'[[bands]]\nrows = [[{cells}]]\n{LINES}[[bands]]\nfields = ["a", "c"]\n'
    found = problems(bands, paper=paper)
    assert [one.startswith(f"幅の計が {sum(widths)} 字") for one in found] == [True] * is_told


@pytest.mark.parametrize(("width", "is_told"), [(8, False), (7.9, True)])
def test_cell__has_room_beside_its_caption(width: float, *, is_told: bool) -> None:
    cell = f'{{ field = "title", width = {width}, caption = 6 }}'
    bands = f'[[bands]]\nrows = [[{cell}, "b", "c"]]\n{LINES}[[bands]]\nfields = ["a"]\n'
    assert bool(problems(bands)) is is_told


def test_cell__that_goes_down_is_not_covered() -> None:
    rows = '[[bands]]\nrows = [[{ field = "title", down = 2 }, "b"], ["c"]]\n'
    plan = page(rows + LINES + '[[bands]]\nfields = ["a"]\n')
    slots = plan.by_name()
    assert slots["yx_title"].area.height == 2
    assert slots["yx_c"].area.left > slots["yx_title"].area.right
    below = '[[bands]]\nrows = [[{ field = "title", down = 3 }, "b"], ["c"]]\n'
    (problem,) = problems(below + LINES + '[[bands]]\nfields = ["a"]\n')
    assert problem == "down が行の終わりをこえます。"
    whole = '[[bands]]\nrows = [[{ field = "title", down = 2 }], ["b", "c"]]\n'
    (problem,) = problems(whole + LINES + '[[bands]]\nfields = ["a"]\n')
    assert problem == "上の行から down でつないだ欄と重なります。"


def test_page__bands_of_rows_are_its_head_and_stand_lower_where_more_is_beside_it() -> None:
    bands = TITLE + '[[bands]]\nrows = [["b", "c"]]\n' + LINES + '[[bands]]\nfields = ["a"]\n'
    assert [row.name for row in page(bands).rows][:7] == [
        *["TOOLS"] * 3,
        *("TITLE", "HEAD", "HEAD", "BODY"),
    ]
    beside = [slot for slot in page(bands).slots if slot.area.left == 8]
    assert [slot.area.top for slot in beside] == [*range(6)]
    assert problems(ALL) == []


def test_page__fields_that_share_a_height_count_a_row_each() -> None:
    assert problems(ALL, rows=55) == []
    assert len(problems(ALL, rows=56)) == 1


@pytest.mark.parametrize(("most", "rows"), [(1_150, 10), (1_151, 11), (1, 2), (230, 2), (231, 3)])
def test_prose__has_the_rows_of_its_longest_text_as_far_as_that_is_likely(
    most: int, rows: int
) -> None:
    # Four fifths of its characters, in lines of 92: the page's 96 em less a caption of 3 and a margin.
    bands = TITLE + LINES + '[[bands]]\nrows = [["b", "c"]]\n[[bands]]\nfields = ["a"]\n'
    assert page(bands, most=most).by_name()["yx_a"].area.height == rows


def test_cells__that_go_down_leave_their_place_free_below() -> None:
    rows = '[[{ field = "title", down = 3 }, "b"], ["c"], [{ text = "甲" }], [{ text = "乙" }]]'
    plan = page(f'[[bands]]\nrows = {rows}\n{LINES}[[bands]]\nfields = ["a"]\n')
    right = plan.by_name()["yx_title"].area.right
    left = {label.text: label.area.left for label in reversed(plan.labels)}
    assert (left["は"], left["甲"], left["乙"]) == (right + 1, right + 1, 0)


def test_cells__are_dealt_to_what_is_free_from_left_to_right() -> None:
    first = (
        '[{ text = "左", width = 30 }, { field = "title", down = 2 }, { text = "右", width = 30 }]'
    )
    second = '[{ text = "甲", width = 20 }, { text = "乙", width = 10 }, "b"]'
    plan = page(f'[[bands]]\nrows = [{first}, {second}]\n{LINES}[[bands]]\nfields = ["c", "a"]\n')
    area = {label.text: label.area for label in reversed(plan.labels)}
    assert area["甲"].left == area["左"].left
    assert area["乙"].right == area["左"].right
    assert area["ろ"].left == area["右"].left
    narrow = second.replace("10", "11")
    plan = page(f'[[bands]]\nrows = [{first}, {narrow}]\n{LINES}[[bands]]\nfields = ["c", "a"]\n')
    area = {label.text: label.area for label in reversed(plan.labels)}
    assert (area["甲"].right, area["乙"].left) == (area["左"].right, area["右"].left)


def test_bands__of_rows_beside_one_another_are_no_head() -> None:
    beside = '[[bands]]\nbeside = [{ rows = [["b"]] }, { rows = [["c"]] }]\n'
    plan = page(TITLE + beside + LINES + '[[bands]]\nfields = ["a"]\n')
    roles = [row.name for row in plan.rows]
    assert roles[:6] == [*["TOOLS"] * 4, "TITLE", "HEAD"]
    assert roles[6] == "BODY"
    slots = plan.by_name()
    assert slots["yx_b"].area.top == slots["yx_c"].area.top
