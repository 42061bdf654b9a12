from __future__ import annotations

import string

import pytest

from yosan_xl.excel.ooxml.refusals import REFUSALS, TRUNCATED, Refused
from yosan_xl.model.finding import Code, Place


def test_refusals__codes_are_each_used_once_and_in_range() -> None:
    numbers = [code.code for code in REFUSALS]
    assert numbers == sorted(set(numbers))
    assert all("YX001" <= number <= "YX029" for number in numbers)


@pytest.mark.parametrize("code", REFUSALS, ids=lambda code: code.code)
def test_refusals__sentences_are_whole_and_say_what_to_do(code: Code) -> None:
    assert code.fact.endswith("。")
    assert code.remedy.endswith("ください。")
    assert not [field for _, field, _, _ in string.Formatter().parse(code.remedy) if field]
    assert code.title
    assert code.why.endswith("。")


def test_refused__gives_a_finding_at_a_place() -> None:
    finding = Refused(TRUNCATED, size=1234).at(Place("提出/0801.xlsx"))
    assert finding.code == "YX012"
    assert "1,234バイト" in str(finding)


def test_refused__as_a_line_of_a_log() -> None:
    assert (
        str(Refused(TRUNCATED, size=1234)) == "YX012 ファイルが途中で切れています（1,234バイト）。"
    )
