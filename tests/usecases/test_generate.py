"""generate: the blanks of all, of one, and with last year's projects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.lazy_book import lazy_book
from tests.usecases.edit import cell_of
from tests.usecases.year import example_documents, make_year
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return make_year(tmp_path / "R2")


def test_generate__a_book_for_every_department_without_a_finding(year: Path) -> None:
    made = generate(year)
    names = [path.name for path in made.books]
    assert (len(names), len(set(names)), made.findings) == (57, 57, ())
    assert {path.name for path in (year / "配布").iterdir()} == set(names)
    done = validate([year / "配布"], year)
    assert (done.findings, done.requests, done.untouched) == ((), 0, 57 * 5)


def test_generate__one_section_of_many_by_its_bureau(year: Path) -> None:
    (book,) = generate(year, "赤坂地区総合支所 区民課").books
    assert book.name.endswith("_赤坂地区総合支所区民課.xlsx")


def test_generate__an_ambiguous_section_lists_the_candidates(year: Path) -> None:
    with pytest.raises(WrongInput) as stop:
        generate(year, "区民課")
    (finding,) = stop.value.findings
    assert (finding.code, finding.remedy.count("区民課")) == ("YX063", 5)
    assert list((year / "提出").parent.glob("配布/*")) == []


def test_generate__last_year_s_project_has_its_words_and_no_amount(year: Path) -> None:
    before = example_documents()
    generate(year, "国保年金課", year / "requests.json")
    sheet = lazy_book(year / "配布/0206_国保年金課.xlsx")["要求書1"]
    (wanted,) = [d for d in before if d["department"]["code"] == "0206"]
    assert sheet[cell_of("yx_title")].value == wanted["title"]
    assert sheet[cell_of("yx_kan")].value == wanted["kan"]
    for name in ("yx_no", "yx_category", "yx_lines1_requested", "yx_budget_rationale"):
        assert sheet[cell_of(name)].value is None, name


def test_generate__last_year_s_projects_are_no_requests_yet(year: Path) -> None:
    generate(year, "税務課", year / "requests.json")
    back = read([year / "配布"])
    assert (back.result["requests"], back.findings, back.untouched) == ([], (), 5)


def test_generate__a_project_of_a_department_that_is_gone_is_told(year: Path) -> None:
    before = example_documents()
    before[0]["department"]["code"] = "9999"
    path = year / "前年度.json"
    path.write_text(json.dumps(before), encoding="utf-8")
    made = generate(year, "税務課", path)
    assert [(f.code, before[0]["title"] in f.fact) for f in made.findings] == [("YX068", True)]
