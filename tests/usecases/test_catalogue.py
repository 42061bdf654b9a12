"""Every code of every floor: one page, two cases, whole sentences, and a cell where it has one."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.excel.ooxml.test_every_refusal import BOOK
from tests.excel.reading.samples import SECTIONED, filled, read
from tests.rules.samples import AXES
from tests.usecases.year import ROOT, make_year
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import REFUSALS
from yosan_xl.model.finding import Code, Finding
from yosan_xl.report.rules_page import explain_text
from yosan_xl.rules.check import rules_of
from yosan_xl.rules.registry import Rule
from yosan_xl.usecases.catalogue import all_codes
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.validate import validate

EVERY = pytest.mark.parametrize("code", all_codes(), ids=lambda code: code.code)
PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
REFUSED = {code.code for code in REFUSALS}
"""Their files, one each, are in tests/excel/ooxml/test_every_refusal.py."""

STEPS = ("YX06", "YX07", "YX08")
"""Codes of steps rather than of books: what they do not hit is a whole year without a fault."""


@cache
def sources() -> str:
    """Give the source of every test but this one."""
    paths = sorted((ROOT / "tests").rglob("test_*.py"))
    return "\n".join(p.read_text(encoding="utf-8") for p in paths if p != Path(__file__))


@pytest.fixture(scope="module")
def of_a_good_year(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """Everything that is told in a year in which nobody makes a mistake."""
    year = make_year(tmp_path_factory.mktemp("good") / "R2")
    generate(year)
    filled_in = fill(year / "requests.json", year / "提出")
    return [*filled_in.findings, *validate([], year).findings, *consolidate([], year).findings]


def test_codes__are_unique() -> None:
    assert [code for code, times in Counter(c.code for c in all_codes()).items() if times > 1] == []


@EVERY
def test_code__has_a_page_with_why_and_both_examples(code: Code) -> None:
    section = PAGE.split(f"\n### {code.code} ")[1].split("\n### ")[0]
    assert f"({code.weight.value})" in section.splitlines()[0]
    for part in ("指摘の文", "わけ", "誤った例", "正しい例"):
        assert re.search(rf"^- {part}: .+", section, re.M), part
    assert code.wrong != code.right
    assert code.why in explain_text(code)


def test_page__has_no_code_that_is_gone() -> None:
    assert re.findall(r"^### (YX\d{3})", PAGE, re.M) == [code.code for code in all_codes()]


@EVERY
def test_code__is_told_in_whole_sentences(code: Code) -> None:
    assert code.fact.endswith("。")
    assert code.remedy.endswith(("。", "}"))
    assert code.why.endswith("。")


@EVERY
def test_code__has_a_case_that_hits(code: Code) -> None:
    named = f"def test_{code.code.lower()}__hits" in sources()
    assert named or code.code in REFUSED or re.search(rf"\b{code.code}\b", sources())


@EVERY
def test_code__has_a_case_that_does_not_hit(code: Code, of_a_good_year: list[Finding]) -> None:
    if code.code in REFUSED:
        assert open_book(BOOK).sheets
    elif code.code.startswith(STEPS):
        assert code.code not in [finding.code for finding in of_a_good_year]
    else:
        assert f"def test_{code.code.lower()}__does_not" in sources()


@pytest.mark.parametrize("rule", rules_of(AXES), ids=lambda rule: rule.code.code)
def test_rule__tells_of_a_cell(rule: Rule) -> None:
    (request,) = read(filled(SECTIONED)).requests
    read_at = {p: request.place_of(_one(p)) for p in rule.reads_of(AXES)}
    nowhere = [pointer for pointer, place in read_at.items() if place.cell is None]
    assert nowhere in ([], ["/department"]), "its faults are at the names in it"
    assert request.place_of("/department/section").cell is not None


def _one(pointer: str) -> str:
    return pointer.replace("*", "0")
