"""Where the requests of a year come from, and which year they are of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.usecases.archive.samples import put as add
from tests.usecases.typing import type_in
from tests.usecases.year import EXAMPLE, hand_in_filled, make_year
from tests.years import document, save
from yosan_xl.model.axes import DECIDED
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.faults import StoreError
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.init import init
from yosan_xl.usecases.year_source import open_source, read_last_year


def codes(source: str) -> list[str]:
    with pytest.raises(StoreError) as error:
        open_source(source)
    return [finding.code for finding in error.value.findings]


@pytest.mark.parametrize("source", [EXAMPLE, EXAMPLE / "提出", EXAMPLE / "requests.json"])
def test_source__may_be_a_year_folder_books_or_json(source: Path) -> None:
    found = open_source(str(source))
    assert (found.requests.year.western, len(found.requests.requests)) == (2020, 9)
    assert sum(request.requested for request in found.requests.requests) == 383_511
    assert (found.folder is not None) == (source == EXAMPLE)


def test_source__has_what_finance_decided_in_the_summary(tmp_path: Path) -> None:
    folder = make_year(tmp_path / "R2")
    hand_in_filled(folder)
    done = consolidate([folder], tmp_path)
    entered: dict[tuple[str, str, int | None], object] = {
        ("0103-1", "予算額", None): 30_000,
        ("0602-1", "予算額", None): 4_000,
    }
    type_in(done.summary, entered)
    add(folder)
    for source in (folder, f"{tmp_path / '保存庫'}:R2"):
        found = open_source(str(source)).requests.requests
        budgeted = {row.id: row.amount(DECIDED) for row in found if row.amount(DECIDED) is not None}
        assert budgeted == {"0103-1": 30_000, "0602-1": 4_000}
    last = read_last_year(str(folder), FiscalYear(2021))
    assert sum(row.request.amount(DECIDED) or 0 for row in last.rows) == 34_000
    carried = init(tmp_path / "R3", FiscalYear(2021), source=str(folder)).carried
    assert carried
    assert (carried.basis.budgeted, carried.basis.requested) == (2, 7)


def test_source__that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert codes(str(tmp_path / "R9")) == ["YX070"]


def test_yx674__hits_two_years_in_one_source(tmp_path: Path) -> None:
    two = [document("0103-1", "甲", 1), document("0103-2", "乙", 1, year=2021)]
    with pytest.raises(StoreError) as error:
        open_source(save(tmp_path / "二.json", *two))
    (finding,) = error.value.findings
    assert finding.code == "YX674"
    assert finding.fact == "「二.json」に令和2年度と令和3年度の要求があります。"


def test_yx674__hits_requests_without_a_year(tmp_path: Path) -> None:
    assert codes(save(tmp_path / "a.json", {**document("1-1", "甲", 1), "fiscal_year": None})) == [
        "YX674"
    ]


@pytest.mark.parametrize("year", [0, 1, 99_999, -5])
def test_yx674__hits_a_number_that_is_no_year(tmp_path: Path, year: int) -> None:
    assert codes(save(tmp_path / "a.json", document("0103-1", "甲", 1, year=year))) == ["YX674"]


def test_yx674__does_not_hit_a_request_without_a_year_beside_others(tmp_path: Path) -> None:
    both = [document("0103-1", "甲", 1), {**document("0103-2", "乙", 1), "fiscal_year": None}]
    assert len(open_source(save(tmp_path / "a.json", *both)).requests.requests) == 2


def test_yx676__hits_a_source_without_requests(tmp_path: Path) -> None:
    assert codes(save(tmp_path / "a.json")) == ["YX676"]
    assert codes(str(tmp_path / "a.json")) == ["YX676"]


def test_yx676__does_not_hit_one_request(tmp_path: Path) -> None:
    assert open_source(save(tmp_path / "a.json", document("0103-1", "甲", 1))).findings == ()


def test_request__that_is_there_twice_is_told_and_counted_once(tmp_path: Path) -> None:
    twice = [document("0103-1", "甲", 5), document("0103-1", "甲", 5)]
    found = open_source(save(tmp_path / "a.json", *twice))
    assert len(found.requests.requests) == len(found.places) == 1
    assert [finding.code for finding in found.findings] == ["YX504"]
