"""A stage for 復活要求: what 要求どおり means there, amounts that can hardly be meant, and what it was decided on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.usecases.noticed import (
    BOOK,
    NATIONAL,
    REASON,
    TOTAL,
    close_stage,
    decide,
    hand_in,
    year_of,
)
from yosan_xl.model.assessment import AskedAgain, Progress, StageBasis, StageDecision
from yosan_xl.model.finding import Finding
from yosan_xl.model.money import Money
from yosan_xl.store.decisions_file import read_decisions
from yosan_xl.usecases.counted import Counted, count
from yosan_xl.usecases.notice import notice
from yosan_xl.usecases.stages import close_stage as close_by_command
from yosan_xl.usecases.stages import reopen_stage

STAGES = """
[[stages]]
name = "財政課"
notice = true

[[stages]]
name = "復活"
restoration = true
"""
ASKED, GIVEN, MORE = 38_484, 30_000, 500
WHY = "契約の更新が避けられないため"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = year_of(tmp_path_factory.mktemp("made") / "R2", STAGES)
    decide(
        folder,
        {"0103-1": 20_000, "0103-2": GIVEN, "0103-3": 0, "0601-1": 300, "0601-2": 0},
        n0103_2="精査",
    )
    close_stage(folder, "財政課")
    notice(folder, ["税務課"])
    hand_in(
        folder,
        {("0103-2", TOTAL): MORE, ("0103-2", NATIONAL): 200, ("0103-2", REASON): WHY},
    )
    return folder


@pytest.fixture
def year(made: Path, tmp_path: Path) -> Path:
    """Return a year in which 0103-2 asks again."""
    return Path(shutil.copytree(made, tmp_path / "R2"))


def decision(counted: Counted, request: str = "0103-2") -> StageDecision:
    (row,) = (one for one in counted.rows if one.request.id == request)
    assert row.decision is not None
    return row.decision


def told(counted: Counted, code: str) -> list[Finding]:
    return [one for one in counted.decided.findings if one.code == code]


@pytest.mark.parametrize("verdict", ["要求どおり", "復活要求どおり"])
def test_as_asked__is_what_was_given_with_what_is_asked_again(year: Path, verdict: str) -> None:
    decide(year, {"0103-2": verdict})
    counted = count((), year)
    found = decision(counted)
    assert (found.total, found.amounts["national"]) == (GIVEN + MORE, 200)
    assert found.amounts["general"] == GIVEN + MORE - 200
    assert (found.progress, found.again) == (
        Progress.DONE,
        AskedAgain(Money(GIVEN), Money(MORE), (("national", Money(200)),)),
    )
    assert not [one for one in counted.decided.findings if one.code.startswith("YX7")]


def test_as_asked__of_a_request_that_asks_nothing_again_is_what_was_given(year: Path) -> None:
    decide(year, {"0103-1": "要求どおり"})
    assert decision(count((), year), "0103-1").total == 20_000


def test_as_asked__is_less_than_the_request_on_paper(year: Path) -> None:
    decide(year, {"0103-2": "復活要求どおり"})
    (row,) = (one for one in count((), year).rows if one.request.id == "0103-2")
    assert row.request.amount("decided") == GIVEN + MORE
    assert (row.decision and row.decision.verdict) == "復活要求どおり"


def test_as_asked__needs_no_reason_to_close(year: Path) -> None:
    decide(year, {"0103-2": "復活要求どおり"})
    done = close_by_command(year, "復活", year.parent / "保存庫")
    assert not [one for one in done.findings if one.code == "YX749" and "地方税" in one.fact]


@pytest.mark.parametrize(
    ("amount", "codes"),
    [
        (MORE, ["YX754"]),
        (GIVEN, []),
        (GIVEN + 1, []),
        (GIVEN + MORE, []),
        (GIVEN + MORE + 1, ["YX755"]),
        (MORE + 1, []),
    ],
)
def test_yx754_yx755__hit_amounts_that_are_not_the_whole_after_restoration(
    year: Path, amount: int, codes: list[str]
) -> None:
    decide(year, {"0103-2": amount}, n0103_2="認める")
    counted = count((), year)
    found = [one.code for one in counted.decided.findings if one.code in ("YX754", "YX755")]
    assert found == codes
    assert decision(counted).progress is not Progress.DONE or amount in (GIVEN, GIVEN + MORE)


def test_yx709__a_stage_before_that_changed_is_told_and_keeps_the_stage_from_closing(
    year: Path,
) -> None:
    decide(year, {"0103-2": "復活要求どおり"}, n0103_2="認める")
    reopen_stage(year, "財政課")
    decide(year, {"0103-2": 25_000})
    close_stage(year, "財政課")
    counted = count((), year)
    found = decision(counted)
    assert (found.total, found.progress) == (GIVEN + MORE, Progress.DOUBTFUL)
    assert "前の段階の額 30,000 → 25,000" in told(counted, "YX709")[0].fact
    refused = close_by_command(year, "復活", year.parent / "保存庫")
    assert refused.is_refused
    assert "YX757" in [one.code for one in refused.findings]
    decide(year, {}, n0103_2="確かめた")
    assert told(count((), year), "YX709") == []


def test_yx709__restoration_that_is_handed_in_anew_changes_no_decision(year: Path) -> None:
    decide(year, {"0103-2": "復活要求どおり"})
    hand_in(year, {("0103-2", TOTAL): 800, ("0103-2", REASON): WHY})
    counted = count((), year)
    assert decision(counted).total == GIVEN + MORE
    assert "復活要求額 500 → 800" in told(counted, "YX709")[0].fact
    decide(year, {"0103-2": GIVEN + 800})
    assert told(count((), year), "YX709") == []


def test_yx709__restoration_that_is_taken_back_changes_no_decision(year: Path) -> None:
    decide(year, {"0103-2": "復活要求どおり"})
    (year / "復活" / BOOK).unlink()
    counted = count((), year)
    found = decision(counted)
    assert (found.total, found.amounts["national"]) == (GIVEN + MORE, 200)
    assert found.progress is Progress.DOUBTFUL
    (finding,) = told(counted, "YX709")
    assert "復活要求額 500 → なし" in finding.fact
    assert finding.place.file == "集計.xlsx"
    decide(year, {}, n0103_2="確かめた")
    assert decision(count((), year)).total == GIVEN + MORE
    decide(year, {"0103-2": "要求どおり"})
    assert decision(count((), year)).total == GIVEN


def test_as_asked__before_anybody_asked_again_is_still_what_was_given(year: Path) -> None:
    book = year / "復活" / BOOK
    away = book.rename(year / BOOK)
    decide(year, {"0103-2": "要求どおり"})
    away.rename(book)
    counted = count((), year)
    found = decision(counted)
    assert (found.total, found.progress) == (GIVEN, Progress.DOUBTFUL)
    assert told(counted, "YX709")


def test_yx709__of_a_closed_stage_names_the_command_that_opens_it(year: Path) -> None:
    decide(year, {"0103-2": "復活要求どおり"})
    close_stage(year, "復活")
    (year / "復活" / BOOK).unlink()
    counted = count((), year)
    assert decision(counted).total == GIVEN + MORE
    assert "yosan-xl stage reopen 復活" in told(counted, "YX709")[0].remedy


def test_yx731__hits_requests_that_no_closed_stage_decided(year: Path) -> None:
    close_stage(year, "復活")
    counted = count((), year)
    (finding,) = told(counted, "YX731")
    assert "YX731" not in [one.code for one in counted.of_requests().own]
    assert "要求 5 件（「区民保養施設」" in finding.fact
    assert "yosan-xl stage reopen 復活" in finding.remedy


def test_yx731__does_not_hit_while_a_stage_is_open_or_all_is_decided(year: Path) -> None:
    assert told(count((), year), "YX731") == []
    decide(year, {str(row.request.id): 5 for row in count((), year).rows})
    close_stage(year, "復活")
    assert told(count((), year), "YX731") == []


def test_yx709__does_not_hit_where_nothing_changed(year: Path) -> None:
    decide(year, {"0103-2": GIVEN + 100}, n0103_2="一部")
    assert told(count((), year), "YX709") == []


def test_yx793__hits_restoration_against_another_amount_than_today(year: Path) -> None:
    reopen_stage(year, "財政課")
    decide(year, {"0103-2": 29_000})
    close_stage(year, "財政課")
    (finding,) = told(count((), year), "YX793")
    assert "内示額 30,000千円" in finding.fact
    assert "29,000千円" in finding.fact
    assert finding.place.file == f"復活/{BOOK}"


def test_yx793__does_not_hit_restoration_against_the_amount_of_today(year: Path) -> None:
    assert told(count((), year), "YX793") == []


def test_stage_basis__is_kept_in_the_decisions_file(year: Path) -> None:
    decide(year, {"0103-2": GIVEN})
    record = read_decisions(year).history.records[-1]
    again = AskedAgain(Money(GIVEN), Money(MORE), (("national", Money(200)),))
    assert record.stage_basis == StageBasis(Money(GIVEN), again)


def test_yx794__hits_restoration_that_came_after_its_stage_was_closed(year: Path) -> None:
    close_stage(year, "復活")
    counted = count((), year)
    (finding,) = told(counted, "YX794")
    assert "復活要求 500千円" in finding.fact
    assert decision(counted).progress is Progress.OPEN


def test_yx794__does_not_hit_what_was_decided(year: Path) -> None:
    decide(year, {"0103-2": "復活要求どおり"})
    close_stage(year, "復活")
    assert told(count((), year), "YX794") == []


def test_closed__a_stage_is_not_changed_by_restoration_that_comes_later(year: Path) -> None:
    decide(year, {"0103-2": "復活要求どおり"})
    closed = close_by_command(year, "復活", year.parent / "保存庫", anyway=True)
    assert not closed.is_refused
    late = {("0103-1", TOTAL): 700, ("0103-1", REASON): WHY}
    again = {("0103-2", TOTAL): MORE, ("0103-2", NATIONAL): 200, ("0103-2", REASON): WHY}
    hand_in(year, {**late, **again})
    counted = count((), year)
    assert decision(counted, "0103-1").total == 20_000
    assert decision(counted).total == GIVEN + MORE
    (finding,) = told(counted, "YX794")
    assert "700千円" in finding.fact
    reopen_stage(year, "復活")
    assert decision(count((), year), "0103-1").progress is Progress.OPEN
