"""How far a decision is, and what it was decided on: kept as JSON has it, told where it is something else by now."""

from __future__ import annotations

import pytest

from yosan_xl.model.assessment import AskedAgain, Progress, StageBasis, StageChange
from yosan_xl.model.axes import TOTAL
from yosan_xl.model.money import Money

AGAIN = AskedAgain(Money(80_000), Money(5_000), (("national", Money(1_000)),))


@pytest.mark.parametrize("progress", Progress)
def test_progress__only_what_is_done_or_doubtful_is_decided(progress: Progress) -> None:
    assert progress.is_decided is (progress.value in ("済", "要確認"))


def test_asked_again__is_as_json_has_it() -> None:
    plain = AskedAgain.of({"given": 10, "more": 2, "sources": None})
    assert (plain, plain.total) == (AskedAgain(Money(10), Money(2), None), 12)
    shared = AskedAgain.of({"given": None, "more": 2, "sources": [["national", 1]]})
    assert (shared.sources, shared.total) == ((("national", Money(1)),), None)
    with pytest.raises(ValueError, match="more"):
        AskedAgain.of({"given": 10, "more": None, "sources": None})


@pytest.mark.parametrize("wrong", ["10", 1.5, True])
def test_asked_again__takes_no_amount_that_is_no_whole_number(wrong: object) -> None:
    with pytest.raises(TypeError):
        AskedAgain.of({"given": wrong, "more": 2, "sources": None})


def test_asked_again__has_the_amount_of_the_whole_and_of_each_source() -> None:
    assert [AGAIN.amount(one) for one in (TOTAL, "national", "other")] == [85_000, 1_000, None]
    assert AskedAgain(Money(1), Money(2)).amount("national") is None


def test_stage_basis__is_as_json_has_it() -> None:
    assert StageBasis.of({"before": 5, "again": None}) == StageBasis(Money(5))
    again = {"given": 80_000, "more": 5_000, "sources": [["national", 1_000]]}
    assert StageBasis.of({"before": None, "again": again}) == StageBasis(None, AGAIN)


MORE = AskedAgain(Money(80_000), Money(-6_000))
OTHER_SOURCES = AskedAgain(Money(80_000), Money(5_000), (("national", Money(2)),))


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (StageBasis(Money(59_000)), StageBasis(Money(-5)), "前の段階の額 59,000 → △5"),
        (StageBasis(), StageBasis(Money(0)), "前の段階の額 未定 → 0"),
        (StageBasis(None, AGAIN), StageBasis(None, MORE), "復活要求額 5,000 → △6,000"),
        (StageBasis(None, AGAIN), StageBasis(), "復活要求額 5,000 → なし"),
        (StageBasis(), StageBasis(None, AGAIN), "復活要求額 なし → 5,000"),
        (
            StageBasis(Money(1), AGAIN),
            StageBasis(Money(2), MORE),
            "前の段階の額 1 → 2、復活要求額 5,000 → △6,000",
        ),
        (StageBasis(None, AGAIN), StageBasis(None, OTHER_SOURCES), "内示額か復活要求の財源"),
        (StageBasis(Money(1), AGAIN), StageBasis(None, OTHER_SOURCES), "前の段階の額 1 → 未定"),
        (StageBasis(Money(1), AGAIN), StageBasis(Money(1), AGAIN), ""),
    ],
)
def test_stage_change__tells_what_is_something_else_by_now(
    then: StageBasis, now: StageBasis, words: str
) -> None:
    assert StageChange(then, now).words == words
