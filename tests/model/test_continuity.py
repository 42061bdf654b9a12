"""Which request of today a project is: only what is certain, from the surest sign to the weakest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.excel.summary.samples import AXES
from tests.report.forms import PREFECTURE, prefecture_document
from tests.usecases.year import example_documents
from yosan_xl.model.continuity import (
    acted_on,
    basis_of,
    is_same_project,
    place_projects,
    unheeded,
)
from yosan_xl.model.history import ProjectState
from yosan_xl.model.request import Request

LINES = (("設計", 100), ("工事", 900), ("監理", 50))
ROAD = ProjectState("0103-1", "0103", "", "道路の改修", 1_050, (("national", 300),), LINES)
BRIDGE = ProjectState("0103-2", "0103", "", "橋の点検", 400, (), (("点検", 400),))


def placed(
    old: ProjectState,
    *now: ProjectState,
    moves: dict[str, str] | None = None,
    said: str = "",
    beside: Sequence[ProjectState] = (),
) -> str | None:
    """Return the request that a project is now."""
    (found,) = place_projects([old], now, moves or {}, {0: said}, beside)
    return None if found is None else now[found].request


def test_place__the_same_on_its_sheet_and_nowhere() -> None:
    assert placed(ROAD, BRIDGE, ROAD) == "0103-1"
    assert placed(ROAD, BRIDGE) is None
    assert placed(ROAD) is None


def test_place__two_that_changed_places_go_with_their_sheets() -> None:
    now = [replace(ROAD, request="0103-2"), replace(BRIDGE, request="0103-1")]
    assert place_projects([ROAD, BRIDGE], now, {}) == [0, 1]


@pytest.mark.parametrize(
    "now",
    [
        replace(ROAD, asked=1_100, lines=(("設計", 150), *LINES[1:])),
        replace(ROAD, asked=5, lines=(("別", 5),)),
        replace(ROAD, title="道路の改修（拡充）"),
        replace(ROAD, title="まったく別の名"),
        replace(ROAD, request="0103-5"),
        replace(ROAD, request="0103-5", asked=1_000, lines=(("設計", 50), *LINES[1:])),
        replace(ROAD, request="0601-1", department="0601"),
        replace(ROAD, title="道路の改修等", asked=100, sources=(), lines=LINES[:1]),
        replace(ROAD, title="道 路の改修"),
    ],
    ids=[
        "raised",
        "rewritten",
        "retitled",
        "renamed",
        "moved",
        "moved and cut",
        "moved away",
        "reworded",
        "spaced",
    ],
)
def test_place__of_what_is_certainly_the_same(now: ProjectState) -> None:
    assert placed(ROAD, now, BRIDGE) == now.request


@pytest.mark.parametrize(
    "now",
    [
        BRIDGE,
        replace(BRIDGE, request="0103-1"),
        replace(ROAD, title="別の名", asked=5, lines=(("別", 5),)),
        replace(ROAD, title="別の名", lines=(*LINES[:1], ("別", 1), ("別の", 2))),
        replace(ROAD, request="0601-1", department="0601", asked=1_000),
        replace(ROAD, request="0103-5", lines=(*LINES[:1], ("別", 1), ("別の", 2))),
        replace(ROAD, request="0103-5", title=""),
        replace(
            ROAD, title="道路の改修の計画と住民への説明を行う事業", lines=(("別", 5),), asked=5
        ),
    ],
    ids=[
        "another",
        "another on its sheet",
        "all changed",
        "most changed",
        "raised elsewhere",
        "changed elsewhere",
        "untitled",
        "reworded",
    ],
)
def test_place__of_what_is_not_certain_is_open(now: ProjectState) -> None:
    assert placed(ROAD, now) is None


def test_place__half_of_the_lines_is_not_most_of_them() -> None:
    old = replace(ROAD, lines=(("設計", 100), ("工事", 900)))
    now = replace(old, request="0103-5", lines=(("設計", 100), ("別", 1)))
    assert placed(old, now) is None
    assert placed(old, replace(now, request="0103-1", title="別の名")) is None


def test_place__without_lines_the_amounts_say_it() -> None:
    old = replace(ROAD, lines=())
    assert placed(old, replace(old, request="0103-5")) == "0103-5"
    assert placed(old, replace(old, request="0103-5", asked=1)) is None
    assert placed(old, replace(old, title="別の名")) == "0103-1"
    unknown = replace(old, asked=None)
    assert (
        placed(
            unknown,
            replace(unknown, request="0103-5", department="0103", title="道路の改修", sources=()),
        )
        is None
    )


def test_place__blank_lines_are_no_sign() -> None:
    old = replace(ROAD, lines=(("", None), ("", None)))
    assert placed(old, replace(old, title="別の名")) is None


def test_place__reworded_with_the_same_amount_and_other_lines() -> None:
    now = replace(ROAD, title="道路の改修（拡充）", lines=(("別", 1_050),))
    assert placed(ROAD, now) == "0103-1"
    assert placed(ROAD, replace(now, asked=5)) is None
    unknown = replace(ROAD, asked=None)
    assert placed(unknown, replace(now, asked=None)) is None


def test_place__reworded_from_half_of_the_letter_pairs_on() -> None:
    old, now = replace(ROAD, title="道路の改修"), replace(ROAD, lines=(("別", 1_050),))
    assert placed(old, replace(now, title="道路の新設")) == "0103-1"
    assert placed(old, replace(now, title="道路の新設等")) is None


def test_place__lines_without_an_amount_are_a_sign() -> None:
    old = replace(ROAD, lines=(("設計", None), ("工事", None)))
    assert placed(old, replace(old, title="別の名")) == "0103-1"


def test_place__of_several_that_are_alike_is_open() -> None:
    twins = [replace(ROAD, request="0103-5"), replace(ROAD, request="0103-6")]
    assert place_projects([ROAD], twins, {}) == [None]
    assert place_projects(
        [ROAD, replace(ROAD, request="0103-2")], [replace(ROAD, request="0103-5")], {}
    ) == [None, None]


def test_place__one_request_is_one_project() -> None:
    other = replace(ROAD, request="0103-2", title="道路の改修", lines=(("別", 1),), asked=1)
    assert place_projects([ROAD, other], [ROAD], {}) == [0, None]


def test_place__a_code_goes_before_the_name_and_another_code_is_another_project() -> None:
    coded = replace(ROAD, project_code="A1")
    now = replace(coded, request="0103-9", title="別の名", asked=5, lines=(("別", 5),))
    assert placed(coded, now) == "0103-9"
    assert placed(coded, replace(coded, project_code="B2")) is None
    assert placed(coded, replace(coded, project_code="")) == "0103-1"
    assert placed(coded, replace(coded, project_code="B2", title="別の名")) is None


def test_place__what_people_said_goes_before_every_sign_until_it_was_acted_on() -> None:
    moved = replace(BRIDGE, request="0601-5", department="0601", title="別の名")
    assert placed(ROAD, moved, moves={"0103-1": "0601-5"}) == "0601-5"
    assert placed(ROAD, moved, moves={"0103-2": "0601-5"}) is None
    raised, moves = replace(ROAD, asked=2_000), {"0103-1": "0601-5"}
    for now in (raised, ROAD):
        assert placed(ROAD, moved, now, moves=moves, said="0601-5") == "0601-5"
        assert placed(ROAD, moved, now, moves=moves) == "0103-1"


def test_place__what_people_say_of_two_is_of_neither() -> None:
    moved = replace(BRIDGE, request="0601-5")
    said = {0: "0601-5", 1: "0601-5"}
    assert place_projects([ROAD, replace(ROAD, title="道")], [moved, ROAD], {}, said) == [1, None]


def test_place__what_stood_beside_is_no_candidate() -> None:
    coded = replace(ROAD, project_code="A1")
    other = replace(BRIDGE, request="0601-1", department="0601", project_code="A1")
    for now in (other, replace(other, asked=5), replace(other, title="橋の耐震", asked=5)):
        assert placed(coded, now, beside=[coded, other]) is None
        assert placed(coded, now, beside=[other]) is None
        assert placed(coded, now, beside=[replace(coded, asked=5)]) == "0601-1"
    assert placed(coded, other, replace(coded, request="0103-9"), beside=[other]) == "0103-9"


def test_place__two_change_places_of_which_one_is_only_known() -> None:
    now = [replace(ROAD, request="0103-2"), replace(BRIDGE, request="0103-1")]
    assert placed(ROAD, *now, beside=[ROAD, BRIDGE]) == "0103-2"


def test_place__what_people_say_takes_no_project_from_where_it_stands_unchanged() -> None:
    moves = {"0103-1": "0103-2"}
    assert place_projects([ROAD, BRIDGE], [BRIDGE], moves, {0: "0103-2"}) == [None, 0]
    said = {0: "0103-2", 1: "0103-5"}
    assert place_projects([ROAD, BRIDGE], [BRIDGE], moves, said) == [0, None]


def test_place__what_people_say_goes_to_a_request_that_only_stood_beside() -> None:
    moves = {"0103-1": "0103-2"}
    assert placed(ROAD, BRIDGE, moves=moves, said="0103-2", beside=[BRIDGE]) == "0103-2"


def test_unheeded__is_what_people_said_and_nobody_acted_on() -> None:
    moves = {"0103-1": "0601-5", "0103-2": "0601-6", "0103-3": "0601-7"}
    heeded = {"0103-1": "0601-5", "0103-2": "0601-1", "0103-9": "0601-9"}
    assert unheeded(moves, heeded) == {"0103-2": "0601-6", "0103-3": "0601-7"}


def test_acted_on__is_what_is_there_but_where_people_may_say_more() -> None:
    moves = {"0103-1": "0601-5", "0103-2": "0601-6", "0103-9": "0601-7"}
    here = ["0103-9", "0601-5", "0601-7"]
    came = [(ROAD, replace(ROAD, request="0103-9"))]
    assert acted_on(moves, (), here, ()) == {"0103-1": "0601-5", "0103-9": "0601-7"}
    assert acted_on(moves, came, here, ()) == {"0103-1": "0601-5"}
    stood = replace(BRIDGE, request="0103-9")
    assert acted_on(moves, came, here, [stood]) == {"0103-1": "0601-5", "0103-9": "0601-7"}


def test_is_same__on_one_sheet() -> None:
    assert is_same_project(ROAD, replace(ROAD, asked=9))
    assert is_same_project(ROAD, ROAD)
    assert not is_same_project(ROAD, replace(BRIDGE, request="0103-1"))


def test_basis_of__has_what_was_asked_and_nothing_that_is_0() -> None:
    (own,) = (one for one in example_documents() if one["id"] == "0205-1")
    found = basis_of(Request.from_document(own, AXES), "0205-1")
    assert (found.request, found.department, found.title) == ("0205-1", "0205", own["title"])
    assert (found.asked, found.sources) == (
        6_259,
        (("specific", 5_868), ("national", 5_868), ("general", 391)),
    )
    assert found.lines == ((own["lines"][0]["label"], 6_259),)


def test_basis_of__has_the_code_of_a_form_that_has_one() -> None:
    codes = [
        basis_of(Request.from_document(prefecture_document(code=code), PREFECTURE), "").project_code
        for code in ("0042", None)
    ]
    assert codes == ["0042", ""]
