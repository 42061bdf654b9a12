"""fill: documents of any form into its books; what no department types, and what does not fit, in the form's words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.lazy_book import lazy_book
from tests.usecases.city import city_year
from yosan_xl.model.finding import Finding
from yosan_xl.usecases.fill import Filled, fill

LINE = {
    "setsu": "需用費",
    "item": "消耗品",
    "formula": None,
    "amount": 30,
    "assessed": None,
}


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return city_year(tmp_path / "R9")


def document(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Give a request of 税務課."""
    department = {"code": "0102", "bureau": "総務部", "section": "税務課"}
    own = {"fiscal_year": 2027, "no": None, "department": department, "title": "賦課"}
    return {
        **{"form": "municipal-1", "id": "0102-1"},
        **own,
        "amounts": {},
        "lists": {"lines": [*lines]},
        **more,
    }


def filled(year: Path, one: dict[str, Any], *, only_finance: bool = False) -> Filled:
    (year / "requests.json").write_text(json.dumps([one]), encoding="utf-8")
    return fill(year / "requests.json", year / "記入", only_finance=only_finance, force=True)


def unfit(year: Path, one: dict[str, Any]) -> list[Finding]:
    return [found for found in filled(year, one).findings if found.code == "YX062"]


def cells(done: Filled, *names: str) -> list[Any]:
    sheet = lazy_book(done.books[0])["要求書1"]
    places = (sheet.defined_names[name].attr_text.rpartition("!")[2] for name in names)
    return [sheet[place.replace("$", "").partition(":")[0]].value for place in places]


AMOUNTS = {"prior": {"total": 50, "national": 20}, "decision": {"national": 9}}


def test_fill__stages_of_last_year_and_of_finance(year: Path) -> None:
    line = {**LINE, "assessed": 25}
    done = filled(year, document(line, amounts=AMOUNTS, verdict="一部減額"))
    names = ("yx_title", "yx_amounts_prior_total", "yx_amounts_decision_national", "yx_verdict")
    assert cells(done, *names) == ["賦課", 50, 9, "一部減額"]


def test_fill__only_what_no_department_types(year: Path) -> None:
    line = {**LINE, "assessed": 25}
    one = document(line, amounts=AMOUNTS, verdict="一部減額", no=7)
    done = filled(year, one, only_finance=True)
    names = ("yx_title", "yx_amounts_prior_total", "yx_amounts_decision_national", "yx_verdict")
    assert cells(done, *names, "yx_no", "yx_lines1_item", "yx_lines1_assessed") == [
        *(None, 50, 9, "一部減額"),
        *(7, None, 25),
    ]


def test_yx062__hits_more_rows_than_a_list_has_with_its_label(year: Path) -> None:
    (one,) = unfit(year, document(*[LINE] * 13))
    assert "「要求の内訳」の明細が 13行あり、様式は 12行" in one.fact
    assert "rows = [13] と書いてください" in one.remedy


def test_yx062__hits_more_rows_than_may_be(year: Path) -> None:
    (one,) = unfit(year, document(*[LINE] * 61))
    assert "「要求の内訳」の順に 60行までです" in one.remedy


def test_yx062__hits_a_total_that_is_not_the_rows(year: Path) -> None:
    (one,) = unfit(year, document(LINE, amounts={"request": {"total": 31}}))
    assert "31千円 から 30千円" in one.fact
    assert "計は明細から計算した額になります" in one.remedy


def test_yx062__does_not_hit_what_comes_back(year: Path) -> None:
    assert unfit(year, document(*[LINE] * 12, amounts={"request": {"total": 360}})) == []


def test_fill__what_may_be_left_out_is_not_missed(year: Path) -> None:
    line = {"setsu": "需用費", "item": "消耗品", "amount": 30}
    department = {"code": "0102"}
    levels = {"account": "一般会計", "kan": "総務費", "kou": "徴税費", "moku": "税務総務費"}
    one = {"department": department, **levels, "title": "賦課", "lists": {"lines": [line]}}
    given = {"kind": "継続", "purpose": "公平な課税のためです。", "content": "消耗品を買います。"}
    done = filled(year, {**one, **given})
    assert done.findings == ()
    assert cells(done, "yx_title", "yx_id", "yx_department_section", "yx_lines1_amount") == [
        *("賦課", "0102-1", "税務課", 30)
    ]


def test_fill__what_is_there_and_is_not_what_the_sheet_computes_is_told(year: Path) -> None:
    one = document(LINE, amounts={"request": {"total": 31}})
    found = {finding.code: finding for finding in filled(year, one).findings}
    assert "31千円 から 30千円" in found["YX062"].fact


def test_fill__a_row_more_than_the_sheet_has_is_told_and_added_up(year: Path) -> None:
    codes = [finding.code for finding in filled(year, document(*[LINE] * 13)).findings]
    assert codes.count("YX062") == 1
    assert "YX201" not in codes


def test_one_gap_above_a_level__is_one_mark(year: Path) -> None:
    levels = {"account": "一般会計", "kan": "総務費", "moku": "税務総務費"}
    found = filled(year, document(LINE, **levels, kind="継続", purpose="-", content="-")).findings
    assert [finding.pointer for finding in found if finding.code == "YX101"] == ["/kou"]
    assert "YX214" not in {finding.code for finding in found}


def test_a_level_that_does_not_stand_under_those_above__is_told(year: Path) -> None:
    levels = {"account": "一般会計", "kan": "総務費", "kou": "徴税費", "moku": "一般管理費"}
    found = filled(year, document(LINE, **levels, kind="継続", purpose="-", content="-")).findings
    assert [finding.code for finding in found] == ["YX301"]
