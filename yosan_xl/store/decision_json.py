"""What a stage decided of a request, as JSON has it: in 査定.json of a stage that was closed, and in an archived stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yosan_xl.model.assessment import Progress, StageDecision
from yosan_xl.model.money import Money
from yosan_xl.store.snapshot import Malformed


def decision_value(decision: StageDecision) -> dict[str, Any]:
    """Return a decision as JSON has it; null is "not decided", which is not 0."""
    return {
        "stage": decision.stage,
        "amounts": dict(decision.amounts),
        "lines": [dict(line) for line in decision.lines],
        "verdict": decision.verdict,
        "reason": decision.reason,
        "progress": decision.progress.value,
        "asked_then": decision.asked_then,
        "changed": decision.is_changed,
        "funded": decision.is_funded,
        "closed": decision.is_closed,
    }


def decision_of_value(row: Mapping[str, Any]) -> StageDecision:
    """Return a decision that JSON has; raise Malformed, KeyError, TypeError or ValueError for what is none."""
    return StageDecision(
        stage=row["stage"],
        amounts=amounts_of_value(row["amounts"]),
        lines=tuple(map(amounts_of_value, row["lines"])),
        verdict=row["verdict"],
        reason=row["reason"],
        progress=Progress(row["progress"]),
        asked_then=row["asked_then"],
        is_changed=row["changed"],
        is_funded=row["funded"],
        is_closed=row["closed"],
    )


def amounts_of_value(row: Mapping[str, Any]) -> dict[str, Money | None]:
    """Return amounts by source; raise Malformed where one is no number."""
    if any(not isinstance(one, int | None) for one in row.values()):
        raise Malformed("査定の額が数ではありません")
    return {key: None if one is None else Money(one) for key, one in row.items()}
