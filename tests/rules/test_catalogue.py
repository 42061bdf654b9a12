from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from yosan_xl.model.finding import Code, Place
from yosan_xl.rules.catalogue import codes

_SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py"))
)


@pytest.mark.parametrize("code", codes(), ids=lambda code: code.code)
@pytest.mark.parametrize("case", ["hits", "does_not"])
def test_code__has_a_test_that_hits_and_one_that_does_not(code: Code, case: str) -> None:
    assert f"def test_{code.code.lower()}__{case}" in _SOURCE


def test_tests__name_no_code_that_is_gone() -> None:
    named = set(re.findall(r"def test_(yx\d{3})__", _SOURCE))

    assert named == {code.code.lower() for code in codes()}


def test_codes__are_in_order_and_unique() -> None:
    found = [code.code for code in codes()]

    assert found == sorted(set(found))
    assert all(re.fullmatch(r"YX(?:025|[1-59]\d\d)", code) for code in found)


@pytest.mark.parametrize("code", codes(), ids=lambda code: code.code)
def test_code__is_whole_japanese_sentences_that_can_be_filled(code: Code) -> None:
    finding = code.at(Place("a.xlsx"), None, **_anything(code))

    assert finding.fact.endswith("。")
    assert finding.remedy.endswith("。")
    assert "{" not in str(finding)
    assert all((code.title, code.why, code.wrong, code.right))
    assert code.wrong != code.right


def _anything(code: Code) -> dict[str, str]:
    facts: dict[str, str] = defaultdict(str)
    for name in re.findall(r"\{(\w+)\}", code.fact + code.remedy):
        facts[name] = "値"
    return facts
