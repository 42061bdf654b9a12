"""The cause first, and what it explains as a note; nothing is left out."""

from __future__ import annotations

from typing import Any

from tests.rules.samples import AXES
from yosan_xl.excel.reading import codes
from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.rules import entry
from yosan_xl.rules.amounts import overdrawn_rows, total
from yosan_xl.rules.contract import in_order
from yosan_xl.usecases.submitted.check import at_their_pointers, cause_first, lost

PLACE = Place("a.xlsx", "要求書1", "H22")
LINE = "/lines/2/requested"


class _Any(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "値"


def finding(code: Code, pointer: str | None = None, cell: str | None = None) -> Finding:
    """Give a finding in a cell of its own."""
    fact, remedy = code.fact.format_map(_Any()), code.remedy.format_map(_Any())
    place = Place("a.xlsx", "要求書1", cell or code.code)
    return Finding(code.code, code.weight, place, fact, remedy, pointer)


def told(*findings: Finding) -> list[tuple[str, Weight]]:
    return [(each.code, each.weight) for each in cause_first(findings, AXES)]


def test_cause_first__a_changed_formula_explains_that_the_lock_is_off() -> None:
    unlocked, formula = finding(codes.UNPROTECTED), finding(codes.FORMULA_OVERWRITTEN)
    assert told(unlocked, formula) == [("YX042", Weight.ERROR), ("YX039", Weight.INFO)]


def test_cause_first__what_the_same_cell_explains_is_not_said_again() -> None:
    repaired, sums = (finding(code, LINE, "H22") for code in (codes.AMOUNT_AS_TEXT, total.code))
    assert told(sums, repaired) == [("YX120", Weight.ERROR)]


def test_cause_first__a_number_as_text_is_no_news_where_the_text_is_wrong() -> None:
    number = finding(codes.NUMBER_AS_TEXT, "/kan", "H3")
    assert told(number) == [("YX126", Weight.INFO)]
    assert told(number, finding(in_order.code, "/kan", "H3")) == [("YX402", Weight.ERROR)]
    assert told(number, finding(in_order.code, "/kan", "H4"))[0] == ("YX126", Weight.INFO)


def test_cause_first__a_value_of_several_fields_is_told_once() -> None:
    parts = [finding(entry.CHOICE, f"/lines/{row}/part", "E5") for row in range(3)]
    assert told(*parts) == [("YX103", Weight.ERROR)]
    apart = [finding(entry.CHOICE, f"/lines/{row}/part", f"E{row}") for row in range(3)]
    assert told(*apart) == [("YX103", Weight.ERROR)] * 3


def test_cause_first__a_lock_that_is_off_alone_stays_a_warning() -> None:
    unlocked, typed = finding(codes.UNPROTECTED), finding(codes.NOT_AN_AMOUNT, LINE)
    assert told(unlocked, typed) == [("YX039", Weight.WARNING), ("YX121", Weight.ERROR)]


def test_cause_first__a_lost_row_explains_a_saved_total() -> None:
    stale = finding(codes.STALE)
    assert told(stale) == [("YX044", Weight.WARNING)]
    assert told(stale, finding(codes.LOST_PLACE)) == [
        ("YX036", Weight.ERROR),
        ("YX044", Weight.INFO),
    ]


def test_cause_first__a_repaired_amount_explains_the_sums_that_read_it() -> None:
    repaired = finding(codes.AMOUNT_AS_TEXT, LINE)
    sums, other = finding(overdrawn_rows.code), finding(in_order.code)
    assert told(sums, other, repaired) == [
        ("YX402", Weight.ERROR),
        ("YX120", Weight.ERROR),
        ("YX205", Weight.INFO),
    ]
    assert told(finding(total.code)) == [("YX202", Weight.ERROR)]


def test_at_their_pointers__a_cell_of_a_line_gets_its_row() -> None:
    (found,) = at_their_pointers(
        [finding(codes.AMOUNT_AS_TEXT, "/lines/*/requested", "H22")],
        {LINE: PLACE, "/title": Place("b"), "/lines": PLACE},
        AXES,
    )
    assert found.pointer == LINE
    same = [
        finding(codes.FORMULA_GONE, "/total/requested"),
        finding(codes.NOT_AN_AMOUNT, "/lines/*/x"),
    ]
    assert at_their_pointers(same, {}, AXES) == same


def test_lost__a_place_that_is_gone_puts_the_lines_in_doubt() -> None:
    gone = finding(codes.LOST_PLACE, "/description")
    assert lost([gone], AXES) == {"/lines"}
    assert lost([finding(codes.MOVED)], AXES) == frozenset()
    assert [f.pointer for f in at_their_pointers([gone], {}, AXES)] == ["/lines"]
