"""A closed stage stays what it was when it was closed: later books change none of its amounts, and are told."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.noticed import REASON, TOTAL, close_stage, decide, hand_in, year_of
from yosan_xl.model.assessment import Progress, StageDecision
from yosan_xl.model.axes import ASKED
from yosan_xl.model.decision import Spot, line_keys
from yosan_xl.model.history import EntryRecord, Origin
from yosan_xl.store.decisions_file import DecisionsError, read_decisions, write_decisions
from yosan_xl.usecases.counted import Counted, count
from yosan_xl.usecases.decisions.entries import keep_entries
from yosan_xl.usecases.notice import notice
from yosan_xl.usecases.stages import reopen_stage
from yosan_xl.usecases.year import form_of

STAGES = """
[[stages]]
name = "財政課"

[[stages]]
name = "区長"
"""
REQUEST = "0103-1"


def decide_lines(year: Path, request: str = REQUEST, less: int = 100) -> int:
    """Let every line have been given that much less than it asks for; return what they come to."""
    counted = count((), year)
    (row,) = (one for one in counted.rows if one.request.id == request)
    history, basis = counted.decided.history, counted.decided.bases[request]
    stage = counted.decided.open_stage
    assert stage is not None
    given = [
        (line_key, (line.amount(ASKED) or 0) - less)
        for line_key, line in zip(line_keys(row.request), row.request.lines, strict=True)
    ]
    records = [
        EntryRecord(
            stage.name,
            Spot(request, "decided/total", line_key),
            amount,
            Origin("集計.xlsx", "", 0),
            raw=str(amount),
            basis=len(history.bases),
        )
        for line_key, amount in given
    ]
    history = replace(history, records=(*history.records, *records), bases=(*history.bases, basis))
    keep_entries(counted.year, replace(counted.taken, history=history), form_of(counted.year))
    return sum(amount for _, amount in given)


def resubmit(year: Path, change: Any, request: str = REQUEST) -> None:
    """Hand a request in again with another document."""
    path = year / "提出" / "requests.json"
    documents = json.loads(path.read_text(encoding="utf-8"))
    (own,) = (one for one in documents if one["id"] == request)
    change(own)
    path.write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")


def relabel(document: dict[str, Any]) -> None:
    for line in document["lines"]:
        line["label"] = f"{line['label']}（修正）"


def add_line(document: dict[str, Any]) -> None:
    document["lines"].append({**document["lines"][-1], "label": "追加の明細", "requested": 5})
    document["lines"][-1]["earmarked"] = None
    document["total"]["requested"] += 5
    document["funding"]["general"]["amount"] += 5


def remove_line(document: dict[str, Any]) -> None:
    gone = document["lines"].pop(0)["requested"]
    document["total"]["requested"] -= gone
    document["funding"]["general"]["amount"] -= gone


def of_stage(counted: Counted, stage: str, request: str = REQUEST) -> StageDecision:
    (row,) = (one for one in counted.rows if one.request.id == request)
    (decision,) = (one for one in row.decisions if one.stage == stage)
    return decision


@pytest.mark.parametrize("change", [relabel, add_line, remove_line])
def test_yx730__hits_a_closed_stage_whose_lines_changed_and_keeps_its_amounts(
    tmp_path: Path, change: Any
) -> None:
    year = year_of(tmp_path / "R2", STAGES)
    expected = decide_lines(year)
    close_stage(year, "財政課")
    before = of_stage(count((), year), "財政課")
    resubmit(year, change)
    counted = count((), year)
    after = of_stage(counted, "財政課")
    assert (before.total, before.progress) == (expected, Progress.DONE)
    assert (after.amounts, after.progress) == (before.amounts, Progress.DONE)
    told = [one for one in counted.decided.findings if one.code == "YX730"]
    assert [f"{expected:,}千円" in one.fact for one in told] == [True]
    assert "stage reopen 財政課" in told[0].remedy


def test_closed__has_its_lines_only_where_they_are_those_of_then(tmp_path: Path) -> None:
    year = year_of(tmp_path / "R2", STAGES)
    decide_lines(year)
    close_stage(year, "財政課")
    before = of_stage(count((), year), "財政課")
    resubmit(year, relabel)
    assert of_stage(count((), year), "財政課").lines == before.lines
    resubmit(year, remove_line)
    lines = of_stage(count((), year), "財政課").lines
    assert len(lines) == len(before.lines) - 1
    assert {one["total"] for one in lines} == {None}


def test_closed__by_lines_is_open_once_it_is_opened_again(tmp_path: Path) -> None:
    year = year_of(tmp_path / "R2", STAGES)
    decide_lines(year)
    close_stage(year, "財政課")
    resubmit(year, relabel)
    reopen_stage(year, "財政課")
    counted = count((), year)
    assert not of_stage(counted, "財政課").is_decided
    assert not [one for one in counted.decided.findings if one.code == "YX730"]


def test_yx730__does_not_hit_a_closed_stage_whose_entries_still_hold(tmp_path: Path) -> None:
    year = year_of(tmp_path / "R2", STAGES)
    decide(year, {REQUEST: 20_000})
    close_stage(year, "財政課")
    resubmit(year, relabel)
    counted = count((), year)
    assert of_stage(counted, "財政課").total == 20_000
    assert not [one for one in counted.decided.findings if one.code == "YX730"]


def test_closed__is_kept_in_the_file_of_decisions(tmp_path: Path) -> None:
    year = year_of(tmp_path / "R2", STAGES)
    decide_lines(year)
    close_stage(year, "財政課")
    kept = read_decisions(year)
    assert [one.total for one in kept.history.settled["財政課"].values()] == [
        of_stage(count((), year), "財政課").total
    ]
    write_decisions(year, kept.history, kept.sha256)
    assert read_decisions(year) == kept


TWO_ROUNDS = """
[[stages]]
name = "財政課"
notice = true

[[stages]]
name = "調整"
restoration = true

[[stages]]
name = "区長"
notice = true

[[stages]]
name = "復活"
restoration = true
"""
FIRST, LATE = "0103-1", "0103-2"


@pytest.fixture(scope="module")
def second_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a year in which 0103-1 asked again after the first 内示, and the second one is out."""
    year = year_of(tmp_path_factory.mktemp("rounds") / "R2", TWO_ROUNDS)
    decide(year, {FIRST: 20_000, LATE: 30_000, "0103-3": 0})
    close_stage(year, "財政課")
    notice(year, ["税務課"])
    hand_in(year, {(FIRST, TOTAL): 101, (FIRST, REASON): "一回目"}, "一回目.xlsx")
    decide(year, {FIRST: 20_050}, n0103_1="一部を認める")
    close_stage(year, "調整")
    decide(year, {LATE: 29_000, FIRST: "前の段階どおり", "0103-3": "前の段階どおり"})
    close_stage(year, "区長")
    notice(year, ["税務課"])
    return year


@pytest.fixture
def rounds(second_round: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(second_round, tmp_path / "R2"))


def second_book(year: Path) -> str:
    return next(path.name for path in (year / "内示").glob("0103_*区長*.xlsx"))


def test_closed__for_restoration_is_not_undone_by_a_second_round(rounds: Path) -> None:
    before = {one: of_stage(count((), rounds), "調整", one) for one in (FIRST, LATE)}
    hand_in(rounds, {(LATE, TOTAL): 501, (LATE, REASON): "二回目"}, source=second_book(rounds))
    counted = count((), rounds)
    for one, own in before.items():
        found = of_stage(counted, "調整", one)
        assert (found.amounts, found.progress) == (own.amounts, Progress.DONE)
    assert not of_stage(counted, "復活", LATE).is_decided
    # What 0103-1 asked for after the first 内示 was decided on then.
    assert of_stage(counted, "復活", FIRST).total == 20_050
    assert not [one for one in counted.decided.findings if one.code in ("YX794", "YX709")]


def test_restorations__of_the_later_notice_count_whatever_was_saved_last(rounds: Path) -> None:
    hand_in(rounds, {(LATE, TOTAL): 501, (LATE, REASON): "二回目"}, "a.xlsx", second_book(rounds))
    hand_in(rounds, {(LATE, TOTAL): 880, (LATE, REASON): "遅れた一回目"}, "z.xlsx")
    (row,) = (one for one in count((), rounds).rows if one.request.id == LATE)
    assert row.restoration is not None
    assert (row.restoration.stage, row.restoration.amounts["total"]) == ("区長", 501)


def test_restorations__of_the_first_notice_are_not_decided_in_the_second_round(
    rounds: Path,
) -> None:
    assert of_stage(count((), rounds), "復活", FIRST).total == 20_050


@pytest.mark.parametrize(
    "settled", [[], {"財政課": []}, {"財政課": {"x": {}}}, {"財政課": {"0": {}}}]
)
def test_closed__that_makes_no_sense_in_the_file_is_refused(tmp_path: Path, settled: Any) -> None:
    year = year_of(tmp_path / "R2", STAGES)
    decide_lines(year)
    path = year / "査定.json"
    value = {**json.loads(path.read_text(encoding="utf-8")), "settled": settled}
    path.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(DecisionsError):
        read_decisions(year)
