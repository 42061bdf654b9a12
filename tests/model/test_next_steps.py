"""What is to be done next, for every state of a year from a fresh folder to the archived one."""

from __future__ import annotations

import pytest

from yosan_xl.model.next_steps import YearState, next_steps

NEW = YearState("R3")
ISSUED = NEW._replace(has_blanks=True)
COMING = ISSUED._replace(files=6, missing=1, faulty=2, counted=8, provisional=8, requests=8)
COMING = COMING._replace(stage="査定")
SUMMED = COMING._replace(has_summary=True)
WHOLE = SUMMED._replace(missing=0, faulty=0)
NUMBERED = WHOLE._replace(provisional=0)
SHOWN = NUMBERED._replace(published=("要求状況",))
HALF = SHOWN._replace(decided=5)
DECIDED = SHOWN._replace(decided=8)
NOTICED = SHOWN._replace(stage="区長", notice="財政課", is_any_closed=True)
CLOSED = SHOWN._replace(stage="", is_any_closed=True)
DONE = CLOSED._replace(published=("要求状況", "決定状況"))
ARCHIVED = DONE._replace(kept="決定")

STATES = {
    "new": (NEW, ["generate"]),
    "issued": (ISSUED, ["status"]),
    "coming": (COMING, ["status", "validate", "return", "consolidate"]),
    "only_missing": (COMING._replace(faulty=0), ["status", "consolidate"]),
    "only_faulty": (COMING._replace(missing=0), ["validate", "return", "consolidate"]),
    "summed": (SUMMED, ["status", "validate", "return"]),
    "whole_without_a_summary": (WHOLE._replace(has_summary=False), ["consolidate", "number"]),
    "whole": (WHOLE, ["number", "consolidate"]),
    "numbered": (NUMBERED, ["publish 要求状況", "consolidate"]),
    "whole_with_warnings": (
        WHOLE._replace(warnings=2),
        ["validate", "number", "consolidate"],
    ),
    "published_with_warnings": (SHOWN._replace(warnings=2), ["consolidate"]),
    "assessed_before_all_came": (
        SUMMED._replace(decided=1),
        ["status", "validate", "return", "number", "consolidate"],
    ),
    "published": (SHOWN, ["consolidate"]),
    "late_after_publication": (SHOWN._replace(missing=1), ["status", "consolidate"]),
    "half": (HALF, ["consolidate"]),
    "decided": (DECIDED, ["stage close 査定"]),
    "noticed": (NOTICED, ["notice", "consolidate"]),
    "closed": (CLOSED, ["publish 決定状況"]),
    "late": (CLOSED._replace(late=1, last_stage="区長"), ["stage reopen 区長"]),
    "late_after_all": (
        DONE._replace(late=1, last_stage="区長"),
        ["stage reopen 区長", "archive add"],
    ),
    "closed_unpublished": (CLOSED._replace(published=()), ["publish 要求状況"]),
    "nothing_counts": (
        SUMMED._replace(counted=0, requests=0, missing=0),
        ["validate", "return"],
    ),
    "nothing_asked_for": (WHOLE._replace(counted=0, provisional=0, requests=0), ["status"]),
    "done": (DONE, ["archive add"]),
    "returned": (SUMMED._replace(returned=1), ["status", "status", "validate", "return"]),
    "all_returned": (SUMMED._replace(returned=2), ["status", "status"]),
    "newer_than_the_summary": (SHOWN._replace(is_stale=True), ["consolidate"]),
    "newer_and_decided": (DECIDED._replace(is_stale=True), ["consolidate"]),
    "closed_after_the_summary": (
        CLOSED._replace(is_stale=True),
        ["consolidate", "publish 決定状況"],
    ),
    "published_before_the_summary": (DONE._replace(is_stale=True), ["consolidate"]),
    "before_notices": (
        DECIDED._replace(stage="復活", for_restoration=True, notice="市長"),
        ["notice"],
    ),
    "waiting_for_restoration": (
        DECIDED._replace(stage="復活", for_restoration=True),
        ["consolidate", "stage close 復活"],
    ),
    "unsettled": (DECIDED._replace(unsettled=1), ["consolidate"]),
    "changed_since": (
        ARCHIVED._replace(changed=("組織.csv",)),
        ["archive add --stage 決定2"],
    ),
    "changed_twice": (
        ARCHIVED._replace(kept="決定9", changed=("組織.csv",)),
        ["archive add --stage 決定10"],
    ),
    "a_stage_opened_after_publication": (
        DONE._replace(stage="復活", for_restoration=True, decided=5),
        ["consolidate", "consolidate"],
    ),
    "a_stage_to_close_after_publication": (
        ARCHIVED._replace(stage="知事", decided=8),
        ["stage close 知事"],
    ),
    "the_only_stage_opened_after_publication": (
        DONE._replace(stage="査定", decided=8),
        ["stage close 査定"],
    ),
    "archived": (ARCHIVED, ["init ../R3 --year R3 --from ."]),
}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        (("一", "二", "三"), "（一、二、三）。"),
        (("一", "二", "三", "四", "五"), "（一、二、三 ほか 2 件）。"),
    ],
)
def test_next_steps__name_three_files_that_changed_and_count_the_rest(
    changed: tuple[str, ...], named: str
) -> None:
    assert named in next_steps(ARCHIVED._replace(changed=changed))[0].what


@pytest.mark.parametrize("state", STATES)
def test_next_steps__of_every_state(state: str) -> None:
    year, commands = STATES[state]
    steps = next_steps(year)
    assert [step.command for step in steps] == [f"yosan-xl {one}" for one in commands]
    assert all(step.what.endswith("。") for step in steps)


def test_next_steps__say_how_many_and_name_the_stage() -> None:
    said = [step.what for step in next_steps(SUMMED)]
    assert said[0].startswith("未提出の 1 課")
    assert said[1].startswith("要修正の 2 課")
    assert "「査定」" in next_steps(HALF)[0].what
    assert next_steps(NUMBERED._replace(warnings=3))[0].what.startswith(
        "課がわけを書いていない注意 3 件"
    )
    waiting = next_steps(SUMMED._replace(missing=0, returned=2, also_returned=1))[0].what
    assert waiting.startswith("差し戻した 3 課（誤りのある 2 課と、注意だけの 1 課）から")
    assert "決定 5 / 8" in next_steps(HALF)[0].what
    assert next_steps(DECIDED._replace(stage="財政課 長"))[0].command.endswith('"財政課 長"')
