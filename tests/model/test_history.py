"""The history of decisions: generations, what was deleted, what a project became, which stages are closed."""

from __future__ import annotations

from yosan_xl.model.assessment import StageDecision
from yosan_xl.model.decision import Spot
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin, ProjectState

ORIGIN = Origin("R2_集計.xlsx", "00", 0)
SPOT = Spot("0103-1", "decided/total")


def record(stage: str = "査定", value: int | None = 1, dismisses: int | None = None) -> EntryRecord:
    return EntryRecord(stage, SPOT, value, ORIGIN, dismisses=dismisses)


def test_history__generation_is_the_number_of_records() -> None:
    assert DecisionHistory().generation == 0
    assert DecisionHistory((record(), record())).generation == 2


def test_history__is_known_by_what_it_was_at_each_generation() -> None:
    one, other = DecisionHistory((record(),)), DecisionHistory((record("財政課"),))
    more = DecisionHistory((*one.records, record(value=2)))
    assert len(one.mark(1)) == 16
    assert more.mark(1) == one.mark(1) != more.mark(2)
    assert one.mark(1) != other.mark(1)
    assert one.mark(0) == other.mark(0) != ""
    assert one.mark(2) == ""


def test_history__knows_a_book_once() -> None:
    history = DecisionHistory().knowing("aa").knowing("bb").knowing("aa")
    assert history.books == ("aa", "bb")


def test_history__forgets_only_the_summaries_that_are_named() -> None:
    history = DecisionHistory((record(),)).writing("a.xlsx").writing("b.xlsx")
    assert history.written == {"a.xlsx": 1, "b.xlsx": 1}
    assert history.forgetting(["a.xlsx", "c.xlsx"]).written == {"b.xlsx": 1}


def test_history__of_a_stage_with_numbers_and_without_deletions() -> None:
    records = (record("財政課"), record("区長"), record("財政課", dismisses=0), record("財政課", 3))
    history = DecisionHistory(records)
    assert [number for number, _ in history.of_stage("財政課")] == [0, 3]
    assert history.dismissed == {0}
    assert DecisionHistory((record(),)).dismissed == frozenset()


def test_history__the_latest_of_a_project_is_found_through_all_steps() -> None:
    bases = tuple(ProjectState(f"0103-{n}") for n in range(4))
    history = DecisionHistory(bases=bases, continued={0: 2, 2: 3})
    assert [history.latest(at) for at in range(4)] == [3, 1, 3, 3]


def test_history__a_circle_of_bases_ends() -> None:
    history = DecisionHistory(bases=(ProjectState("1"), ProjectState("2")), continued={0: 1, 1: 0})
    assert history.latest(0) in (0, 1)


def test_history__a_stage_is_closed_and_reopened_with_those_after_it() -> None:
    history = DecisionHistory().closing("財政課").closing("区長").closing("復活")
    assert history.closed == ("財政課", "区長", "復活")
    assert history.reopening("区長").closed == ("財政課",)
    assert history.reopening("財政課").closed == ()
    assert history.reopening("区長").reopened == ("区長", "復活")


def test_history__what_a_closed_stage_decided_is_kept_until_it_is_opened_again() -> None:
    first, second = {0: StageDecision("財政課")}, {0: StageDecision("区長")}
    history = DecisionHistory().closing("財政課", first).closing("区長", second)
    assert history.settled == {"財政課": first, "区長": second}
    assert history.closing("復活").settled == history.settled
    assert history.reopening("区長").settled == {"財政課": first}
