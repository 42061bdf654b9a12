"""Which line of a request is the one that something was decided of."""

from __future__ import annotations

import pytest

from yosan_xl.model.decision import LineKey
from yosan_xl.usecases.decisions.stage_cells import line_now

Lines = list[tuple[str, int | None]]
THEN: Lines = [("設計", 100), ("工事", 900), ("監理", 50)]
TWICE: Lines = [("委託", 100), ("委託", 200), ("工事", 5)]


def keys(lines: Lines, group: str | None = None) -> list[LineKey]:
    return [LineKey(at, group, label or None) for at, (label, _) in enumerate(lines, 1)]


@pytest.mark.parametrize(
    ("at", "then", "now", "place"),
    [
        (2, THEN, THEN, 2),
        (2, THEN, [THEN[1], THEN[0], THEN[2]], 1),
        (2, THEN, [("設計", 100), ("工事", 5)], 2),
        (2, THEN, [("工事", 5), ("設計", 100)], 1),
        (3, THEN, THEN[:2], None),
        (2, THEN, [("設計", 100), ("別の工事", 900), ("監理", 50)], None),
        (1, [("委託", 100)], [("委託", 200), ("委託", 100)], 2),
        (1, TWICE, TWICE, 1),
        (2, TWICE, TWICE, 2),
        (1, TWICE, [TWICE[1], TWICE[0], TWICE[2]], 2),
        (3, TWICE[2:] + TWICE[:2], [TWICE[2], TWICE[1], TWICE[0]], 2),
        (1, TWICE, [TWICE[0], TWICE[2]], None),
        (1, TWICE, [TWICE[1], TWICE[2]], None),
        (1, TWICE, [("委託", 150), TWICE[1], TWICE[2]], 1),
        (1, [("委託", 100), ("委託", 100)], [("別", 1), ("委託", 100), ("委託", 100)], None),
        (1, [("委託", 100), ("委託", 100)], [("別", 1), ("委託", 100)], None),
        (1, [("委託", 100)], [("別", 1), ("委託", 100), ("委託", 100)], None),
        (1, [("", None), ("工事", 5)], [("", None), ("工事", 5)], 1),
        (1, [("", None), ("工事", 5)], [("工事", 5), ("", None)], None),
    ],
)
def test_line_now__is_known_by_what_it_says(
    at: int, then: Lines, now: Lines, place: int | None
) -> None:
    found = line_now(keys(then)[at - 1], then, keys(now), now)
    assert (found and found.position) == place


def test_line_now__of_another_group_is_another_line() -> None:
    wanted = keys(THEN, "レベルアップ分")[0]
    assert line_now(wanted, THEN, keys(THEN, "経常経費分"), THEN) is None


def test_line_now__of_a_summary_that_did_not_know_the_lines() -> None:
    assert line_now(keys(THEN)[1], (), keys(THEN), THEN) == keys(THEN)[1]
    assert line_now(keys(TWICE)[0], (), keys(TWICE), TWICE) == keys(TWICE)[0]
