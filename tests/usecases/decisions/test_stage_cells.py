"""Where every entry stands now, and what a request was when it was decided on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.excel.summary.samples import AXES
from tests.usecases.year import example_documents, make_year
from yosan_xl.model.axes import ASKED, SPECIFIC, TOTAL
from yosan_xl.model.continuity import basis_of
from yosan_xl.model.decision import Spot
from yosan_xl.model.finding import Place
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin, ProjectState
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.request import Request
from yosan_xl.usecases.decisions.apply import apply_decisions
from yosan_xl.usecases.decisions.projects_now import GONE
from yosan_xl.usecases.decisions.stage_cells import as_it_was
from yosan_xl.usecases.year import form_of, open_year

REQUESTS = [Request.from_document(one, AXES) for one in example_documents()]
TWO_LINES = next(one for one in REQUESTS if len(one.lines) > 1 and one.lines[0].amount(ASKED))


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
