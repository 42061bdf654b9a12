from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from yosan_xl.model.finding import Code, Place, Weight, fails

ERROR, WARNING, INFO = (
    Code("YX120", weight, "文字", "「{label}」の「{found}」。", "直す。", "わけ", "誤", "正")
    for weight in Weight
)
PLACE = Place("a.xlsx", "要求書1", "H22")


@pytest.mark.parametrize(
    ("code", "at_error", "at_warning"),
    [(ERROR, True, True), (WARNING, False, True), (INFO, False, False)],
)
def test_fails__from_a_weight_on(code: Code, at_error: bool, at_warning: bool) -> None:
    found = [code.at(PLACE, label="要求額", found="１")]
    assert (fails(found, Weight.ERROR), fails(found, Weight.WARNING)) == (at_error, at_warning)


def test_fails__an_acknowledged_warning_does_not_but_an_error_does() -> None:
    error, warning = (code.at(PLACE, label="要求額", found="１") for code in (ERROR, WARNING))
    assert not fails([replace(warning, reason="内示による")], Weight.WARNING)
    assert fails([replace(error, reason="内示による")], Weight.ERROR)
    assert not fails([], Weight.INFO)


def test_finding__says_its_figures_to_programs() -> None:
    facts: dict[str, Any] = {"label": "「要求額」", "found": "１，２３４", "repaired_to": 1234}
    finding = ERROR.at(PLACE, "/lines/0/requested", **facts)
    assert (finding.label, finding.value, finding.repaired_to) == ("要求額", "１，２３４", 1234)
    assert finding.expected is None


def test_finding__raw_figures_come_before_those_of_the_sentence() -> None:
    facts: dict[str, Any] = {
        "found": "1千円",
        "raw_value": 1,
        "expected": "2千円",
        "raw_expected": ["甲", "乙"],
    }
    finding = ERROR.at(PLACE, label="「要求内容」の3行目の「要求額」", **facts)
    assert (finding.value, finding.expected) == (1, ("甲", "乙"))
    assert finding.label == "「要求内容」の3行目の「要求額」"


def test_finding__facts_do_not_make_it_another() -> None:
    one, other = (ERROR.at(PLACE, label="額", found="１", row=row) for row in (1, 2))
    assert one == other
    assert hash(one) == hash(other)
