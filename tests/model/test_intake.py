"""提出状況 in figures: what was handed in, what of it counts, and who is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.excel.summary.samples import row
from yosan_xl.model.assessment import StageDecision
from yosan_xl.model.department import Department
from yosan_xl.model.intake import (
    Doubtful,
    Intake,
    Status,
    Stray,
    UnitFile,
    UnitState,
    UnitStatus,
    asked,
)
from yosan_xl.model.money import Money


def unit(
    section: str,
    state: UnitState = UnitState.SUBMITTED,
    *,
    late: bool = False,
    bureau: str = "企画部",
    attachments: tuple[str, ...] = (),
) -> UnitStatus:
    files = (UnitFile("一.xlsx", None), UnitFile("二.xlsx", None))
    own = Department("0101", bureau, section)
    return UnitStatus(own, state, 3, Money(100), 0, 0, files, late, attachments)


MISSING, SUBMITTED, FAULTY = UnitState.MISSING, UnitState.SUBMITTED, UnitState.FAULTY


def test_status__counts_units_and_strays_together() -> None:
    stray = Stray("三.xlsx", "どの課のものでもない", requests=2, requested=Money(30))
    status = Status(
        units=(unit("税務課", attachments=("甲.pdf",)), unit("企画課", attachments=("乙", "丙"))),
        strays=(stray, stray),
        attachments=("表.pdf", "図.pdf"),
    )
    assert (status.requests, status.requested) == (10, 260)
    assert (status.of_units, status.beside) == (4, 5)


def test_status__a_unit_that_handed_nothing_in_is_missing_and_not_late() -> None:
    late, missing = unit("税務課", FAULTY, late=True), unit("企画課", MISSING, late=True)
    status = Status(units=(late, missing, unit("区民課")))
    assert (status.missing, status.handed_in_late) == ((missing,), (late,))
    counts = {state.name: count for state, count in status.states.items() if count}
    assert counts == {"MISSING": 1, "SUBMITTED": 1, "FAULTY": 1}


@pytest.mark.parametrize(
    ("most", "names"),
    [
        (1, "税務課 ほか 3 課"),
        (2, "税務課、芝支所 区民課 ほか 2 課"),
        (3, "税務課、芝支所 区民課、麻布支所 区民課 ほか 1 課"),
        (4, "税務課、芝支所 区民課、麻布支所 区民課、企画課"),
        (5, "税務課、芝支所 区民課、麻布支所 区民課、企画課"),
    ],
)
def test_names__have_the_bureau_where_a_section_stands_twice(most: int, names: str) -> None:
    units = (
        unit("税務課"),
        *(unit("区民課", bureau=one) for one in ("芝支所", "麻布支所")),
        unit("企画課"),
    )
    assert Status(units=units).names(units, most) == names


def test_intake__has_what_counts_and_what_is_left_out() -> None:
    left_out = tuple(Doubtful(row(at), "誤り") for at in (1, 2))
    twice = Doubtful(row(3), "重複")
    intake = Intake(left_out=left_out, again=(twice,), counted=5, requested=Money(700))
    assert (intake.requests, intake.asked) == (7, 900)
    assert [(name, len(rows)) for name, rows in intake.apart] == [
        ("未算入", 2),
        ("誤りのまま算入", 0),
        ("重複", 1),
    ]
    assert asked([]) == 0


def test_row__the_decision_is_that_of_its_last_stage() -> None:
    one, two = StageDecision("財政課"), StageDecision("区長")
    assert replace(row(1), decisions=(one, two)).decision is two
    assert row(1).decision is None
