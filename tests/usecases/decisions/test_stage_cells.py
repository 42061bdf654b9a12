"""Where every entry stands now, and what a request was when it was decided on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.excel.summary.samples import AXES
from tests.forms.years import form_text
from tests.usecases.deciding import settings_of
from tests.usecases.decisions.test_assessment import request
from tests.usecases.year import example_documents, make_year
from yosan_xl.form.definition import Definition
from yosan_xl.form.load import load_definition, parse_definition
from yosan_xl.model.assessment import StageBasis
from yosan_xl.model.axes import ASKED, SPECIFIC, TOTAL
from yosan_xl.model.continuity import basis_of
from yosan_xl.model.decision import RATIONALE, REASON, LineKey, Spot, Value, line_keys
from yosan_xl.model.finding import Place
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin, ProjectState
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.request import Request
from yosan_xl.model.settings import AssessmentStage
from yosan_xl.usecases.decisions.apply import apply_decisions
from yosan_xl.usecases.decisions.entries import CLOSED_STAGE
from yosan_xl.usecases.decisions.projects_now import GONE, ProjectsNow
from yosan_xl.usecases.decisions.stage_cells import StageCells, as_it_was
from yosan_xl.usecases.year import form_of, open_year

REQUESTS = [Request.from_document(one, AXES) for one in example_documents()]
TWO_LINES = next(one for one in REQUESTS if len(one.lines) > 1 and one.lines[0].amount(ASKED))
ID = TWO_LINES.id or ""


def test_entry__without_a_project_goes_to_the_request_that_it_names(tmp_path: Path) -> None:
    year = open_year(make_year(tmp_path / "R2"))
    spots = [Spot("0103-1", "decided/total"), Spot("9999-1", "decided/total")]
    records = (EntryRecord("査定", spot, 5, Origin("a.xlsx", "b", 0), raw="5") for spot in spots)
    rows = [SummaryRow(one, Place("提出.json", one.id)) for one in REQUESTS]
    done = apply_decisions(DecisionHistory(tuple(records)), rows, year.settings, form_of(year))
    assert done.entries.typed == {spots[0]: 5}
    ((listed, why),) = [(one.typed.spot, one.why) for one in done.entries.uncarried]
    assert (listed, why) == (spots[1], GONE)


def state(*lines: tuple[str, int | None], asked: int = 700) -> ProjectState:
    """Return what the request was then, with other lines."""
    own = basis_of(TWO_LINES, "0103-1")
    return replace(own, asked=asked, lines=(*lines, *own.lines[len(lines) :]))


def amounts(request: Request, at: int = 0) -> tuple[int | None, int | None]:
    """Return what a line asks for, and 特財 of it."""
    line = request.lines[at]
    return line.amount(ASKED), line.amount(ASKED, SPECIFIC)


def test_as_it_was__has_the_amounts_of_then() -> None:
    label, now = basis_of(TWO_LINES, "0103-1").lines[0]
    then = as_it_was(TWO_LINES, state((label, 1)))
    assert then.amount(ASKED) == 700
    assert amounts(then) == (1, None)
    assert amounts(then, 1) == amounts(TWO_LINES, 1)
    assert amounts(as_it_was(TWO_LINES, state((label, now)))) == amounts(TWO_LINES)


def test_as_it_was__of_a_line_that_said_something_else_nothing_is_known() -> None:
    now = basis_of(TWO_LINES, "0103-1").lines[0][1]
    assert amounts(as_it_was(TWO_LINES, state(("ほかの経費", now)))) == (None, None)
    label = basis_of(TWO_LINES, "0103-1").lines[0][0]
    assert amounts(as_it_was(TWO_LINES, state((label, None)))) == (None, None)
    lines = basis_of(TWO_LINES, "0103-1").lines[:1]
    short = replace(state(), lines=lines)
    assert amounts(as_it_was(TWO_LINES, short), 1) == (None, None)


def test_as_it_was__of_a_request_whose_amount_was_open_it_is_as_it_is() -> None:
    assert as_it_was(TWO_LINES, replace(state(), asked=None)) is TWO_LINES
    assert TWO_LINES.amount(ASKED, TOTAL) is not None


def test_as_it_was__has_the_sources_of_then() -> None:
    own = request(600, 400, national=500, metropolitan=300)
    then = as_it_was(own, replace(basis_of(own, ID), asked=900, sources=(("national", 400),)))
    assert [then.amount(ASKED, one) for one in ("national", "metropolitan", "other")] == [
        400,
        0,
        None,
    ]


def test_as_it_was__of_a_line_that_asks_for_as_much_its_sources_are_known() -> None:
    own = request(600, 400, national=500, specifics=(500, None))
    then = basis_of(own, ID)
    label = then.lines[0][0]
    other = replace(then, asked=900, lines=((label, 600), ("経費2", 300)))
    assert [amounts(as_it_was(own, other), at) for at in (0, 1)] == [(600, 500), (300, None)]
    # Where the request asked for as much, nobody looks at its lines.
    same = replace(then, lines=((label, 700), ("経費2", 300)))
    assert amounts(as_it_was(own, same)) == (600, 500)


def test_as_it_was__of_a_line_without_a_label() -> None:
    own = request(600, 400, national=500, specifics=(500, None))
    own = replace(own, lists={"lines": tuple(replace(one, label=None) for one in own.lines)})
    then = replace(basis_of(own, ID), asked=900, lines=(("", 600), ("", 300)))
    assert [amounts(as_it_was(own, then), at) for at in (0, 1)] == [(600, 500), (300, None)]


FORM = load_definition("minato-r2")
FIRST, LAST = "財政課", "区長"
SETTINGS = replace(settings_of(FORM), stages=(AssessmentStage(FIRST), AssessmentStage(LAST)))
ROWS = [SummaryRow(one, Place("提出.json", one.id)) for one in REQUESTS]
OWN = basis_of(TWO_LINES, ID)
AMOUNT = "decided/total"
ON = StageBasis(Money(5))
LINES = line_keys(TWO_LINES)


def entry(
    value: Value, what: str = AMOUNT, line: LineKey | None = None, **more: Any
) -> EntryRecord:
    """Return a record of the request with the lines."""
    fields: dict[str, Any] = {"stage": FIRST, "raw": str(value or ""), "basis": 0} | more
    return EntryRecord(
        spot=Spot(ID, what, line), value=value, origin=Origin("a.xlsx", "b", 0), **fields
    )


def filled(
    *records: EntryRecord,
    closed: tuple[str, ...] = (),
    then: ProjectState = OWN,
    form: Definition = FORM,
) -> StageCells:
    """Return the cells with these records, of a request as it was then."""
    history = DecisionHistory(records, (then,), closed=closed)
    cells = StageCells(form, ProjectsNow.of(history, ROWS, [], {}), ROWS, SETTINGS)
    cells.fill(history)
    return cells


def whys(cells: StageCells) -> list[tuple[Value, str]]:
    """Return what is listed, and why."""
    return [(one.typed.raw, one.why) for one in cells.listed]


def test_fill__what_was_dismissed_has_no_place() -> None:
    cells = filled(
        entry(1), entry("約", why="x"), entry(None, dismisses=1, raw=""), entry(2, stage=LAST)
    )
    spot = Spot(ID, AMOUNT)
    assert (cells.values, whys(cells)) == ({FIRST: {spot: 1}, LAST: {spot: 2}}, [])
    assert filled(entry(1), entry(3, dismisses=0)).values == {}


def test_fill__a_rationale_of_before_stages_is_of_the_last_and_the_reason_of_the_first() -> None:
    cells = filled(entry("当初", RATIONALE))
    assert cells.values == {FIRST: {Spot(ID, REASON): "当初"}, LAST: {Spot(ID, RATIONALE): "当初"}}
    assert filled(entry("後", RATIONALE, stage=LAST)).values == {LAST: {Spot(ID, RATIONALE): "後"}}
    listed = filled(entry("約", RATIONALE, why="x"))
    assert (listed.values, whys(listed)) == ({}, [("約", "x")])


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (entry(1, stage="昔"), "段階「昔」が yosan.toml にない"),
        (entry("済", "remarks"), "この欄がない"),
        (entry(1, line=LineKey(9, None, "ない経費")), "明細がなくなった"),
        (entry(1, why="わけ"), "わけ"),
        (entry(1, why=CLOSED_STAGE.format(stage=FIRST)), "段階を締めていた間に書かれた"),
    ],
)
def test_fill__what_has_no_place_is_listed_with_why(record: EntryRecord, why: str) -> None:
    ((raw, told),) = whys(filled(record))
    assert (raw, why in told) == (record.raw, True)
    assert whys(filled(replace(record, raw=""))) == []


def test_fill__a_word_that_the_form_does_not_have_is_listed_with_those_that_it_has() -> None:
    prefecture = parse_definition(form_text("prefecture").encode(), "prefecture")
    ((raw, told),) = whys(filled(entry("だめ", "verdict", LINES[0]), form=prefecture))
    assert (raw, "一覧にない言葉" in told, "「認めない」" in told) == ("だめ", True, True)


def test_fill__of_a_stage_that_is_closed_still_says_so() -> None:
    why = CLOSED_STAGE.format(stage=FIRST)
    assert whys(filled(entry(1, why=why), closed=(FIRST,))) == [("1", why)]


def test_fill__a_line_is_found_where_it_is_now() -> None:
    turned = replace(OWN, lines=OWN.lines[1::-1] + OWN.lines[2:])
    cells = filled(entry(7, line=replace(LINES[0], position=2)), then=turned)
    assert cells.values == {FIRST: {Spot(ID, AMOUNT, LINES[0]): 7}}


@pytest.mark.parametrize(
    ("what", "says"),
    [(AMOUNT, True), ("verdict", True), (REASON, False), ("decided/national", True)],
)
def test_fill__remembers_what_was_decided_on(what: str, says: bool) -> None:
    cells = filled(entry("要求どおり", what, stage_basis=ON))
    at = FIRST, ID
    assert (cells.bases, cells.stage_bases, cells.decided_on) == ({at: 0}, {at: ON}, {at})
    assert cells.amount_bases == ({at: 0} if says else {})
    assert cells.amount_stage_bases == ({at: ON} if says else {})
    bare = filled(entry(1, what, basis=None))
    assert (bare.bases, bare.stage_bases, bare.decided_on) == ({}, {}, {at})


def test_fill__goes_to_the_request_that_the_project_is_now() -> None:
    then = replace(OWN, request="0999-1")
    cells = filled(replace(entry(7), spot=Spot("0999-1", AMOUNT)), then=then)
    assert cells.values == {FIRST: {Spot(ID, AMOUNT): 7}}


def test_origin__is_where_it_was_typed_or_the_request_stands() -> None:
    (own,) = (one for one in ROWS if one.request.id == ID)
    there = replace(entry(1, REASON), origin=Origin("a.xlsx", "b", 0, sheet="一覧", cell="R5"))
    cells = filled(entry(1), there)
    assert cells.origin(FIRST, Spot(ID, AMOUNT), own) == Place("a.xlsx")
    assert cells.origin(FIRST, Spot(ID, REASON), own) == Place("a.xlsx", "一覧", "R5")
    assert cells.origin(LAST, Spot(ID, AMOUNT), own) == own.source


def test_listed__a_problem_until_something_is_typed_there() -> None:
    problem = entry(None, raw="約", why="読めない")
    assert whys(filled(problem)) == [("約", "読めない")]
    assert whys(filled(problem, entry(1))) == []
    assert whys(filled(entry(1), problem)) == [("約", "読めない")]
    assert whys(filled(problem, entry(1, stage=LAST))) == [("約", "読めない")]
    assert whys(filled(entry(2, why="あとから"), entry(1))) == [("2", "あとから")]


def test_listed__says_what_it_was_and_which_problem_it_has() -> None:
    problem, other, nobody = filled(
        entry(None, raw="約", why="読めない"), entry(2, why="x"), entry(3, basis=None, why="y")
    ).listed
    assert [one.typed.problem for one in (problem, other, nobody)] == ["読めない", None, None]
    assert [one.typed.title for one in (problem, other, nobody)] == [OWN.title, OWN.title, ""]
    assert [one.number for one in (problem, other, nobody)] == [0, 1, 2]


def test_still__says_what_counts_in_its_place() -> None:
    cells = filled(entry(4_000), entry(None, raw="約", why="読めない"))
    (left,) = cells.listed
    assert cells.still(left) == "（いまも「4,000千円」のままです）"
    assert cells.still(replace(left, number=7)) == ""
    words = filled(entry("当面", REASON), entry(None, REASON, raw="約", why="読めない"))
    assert words.still(words.listed[0]) == "（いまも「当面」のままです）"
    alone = filled(entry(None, raw="約", why="読めない"))
    assert alone.still(alone.listed[0]) == ""


def test_filled__by_the_last_stage_alone() -> None:
    cells = filled()
    assert [cells.filled(one) for one in (FIRST, LAST, "昔")] == ["", "decided", ""]


def test_decided_on__what_it_asked_for_then() -> None:
    then = replace(OWN, asked=700)
    cells = filled(entry(1), then=then)
    assert cells.asked_then(FIRST, ID) == (True, 700)
    assert cells.asked_then(LAST, ID) == (False, None)
    assert cells.as_decided_on(FIRST, TWO_LINES, ID).amount(ASKED) == 700
    assert cells.as_decided_on(LAST, TWO_LINES, ID) is TWO_LINES
    assert filled(entry(1)).asked_then(FIRST, ID) == (False, None)
