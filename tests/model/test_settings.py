"""A year's settings: its stages of the assessment, and the day on which it is due."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.excel.summary.samples import SETTINGS
from tests.report.forms import PREFECTURE
from yosan_xl.model.axes import DECIDED
from yosan_xl.model.settings import USUAL_STAGE, AssessmentStage, Settings, fillable_stages


def staged(*stages: AssessmentStage) -> Settings:
    return replace(SETTINGS, stages=stages)


def test_assessment__is_one_stage_where_none_are_set() -> None:
    (one,) = SETTINGS.assessment
    assert (one.name, SETTINGS.filled(one, PREFECTURE)) == (USUAL_STAGE, DECIDED)
    assert (SETTINGS.stage(USUAL_STAGE), SETTINGS.stage("区長")) == (one, None)


def test_stages__fill_the_form_s_by_label_or_key_and_the_last_what_is_decided() -> None:
    first, mayor, last = (
        AssessmentStage("財政課", column="内示"),
        AssessmentStage("区長"),
        AssessmentStage("最終"),
    )
    own = staged(first, mayor, last)
    assert [own.filled(one, PREFECTURE) for one in own.stages] == ["notice", "", DECIDED]
    assert own.stage_keys(PREFECTURE) == {"財政課": "notice", "区長": "step.2", "最終": DECIDED}
    assert own.stage("区長") is mayor
    assert own.asked_again(PREFECTURE) == ""


@pytest.mark.parametrize(
    ("column", "filled", "asked_again"),
    [
        ("notice", DECIDED, "notice"),
        ("計上", DECIDED, ""),
        ("", DECIDED, ""),
        ("復活", DECIDED, ""),
    ],
)
def test_stages__of_restoration_fill_what_is_asked_again(
    column: str, filled: str, asked_again: str
) -> None:
    back = AssessmentStage("復活", column=column, restoration=True)
    own = staged(AssessmentStage("財政課"), back)
    assert (own.filled(back, PREFECTURE), own.asked_again(PREFECTURE)) == (filled, asked_again)


def test_fillable_stages__are_finance_s_that_do_not_follow_from_others() -> None:
    assert [one.key for one in fillable_stages(PREFECTURE)] == ["notice", DECIDED]
    computed = tuple(
        one._replace(of=(DECIDED,)) if one.key == "notice" else one for one in PREFECTURE.stages
    )
    assert [one.key for one in fillable_stages(replace(PREFECTURE, stages=computed))] == [DECIDED]
    bare = tuple(
        one._replace(amounts={}) if one.key == "notice" else one for one in PREFECTURE.stages
    )
    assert [one.key for one in fillable_stages(replace(PREFECTURE, stages=bare))] == [DECIDED]


@pytest.mark.parametrize(
    ("deadline", "is_day", "problem"),
    [
        ("", False, None),
        ("2020-03-31", True, None),
        ("2020-04-01", True, "令和2年度が始まったあとの日付です"),
        ("2020-04-02", True, "令和2年度が始まったあとの日付です"),
        ("令和元年10月4日（金）", True, None),
        ("令和元年10月4日（木）", False, "曜日がちがいます（正しくは 令和元年10月4日（金））"),
        ("10月中", False, "日付として読めません"),
    ],
)
def test_deadline_problem__is_a_day_before_the_year(
    deadline: str, problem: str | None, *, is_day: bool
) -> None:
    own = replace(SETTINGS, deadline=deadline)
    assert (own.deadline_problem, own.due is not None) == (problem, is_day)


def test_account__by_its_name() -> None:
    assert [SETTINGS.account(one.name) for one in SETTINGS.accounts] == [*SETTINGS.accounts]
    assert (SETTINGS.account("別の会計"), SETTINGS.account(None)) == (None, None)


@pytest.mark.parametrize(
    ("prefecture", "word"), [("東京都", "都"), ("北海道", "道"), ("千葉県", "県"), ("", "")]
)
def test_prefecture_word__is_its_last_character(prefecture: str, word: str) -> None:
    assert replace(SETTINGS, prefecture=prefecture).prefecture_word == word
