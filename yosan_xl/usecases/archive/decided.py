"""What was decided of the requests of an archived stage, as 要求書.json has it beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from yosan_xl.model.assessment import Progress, Restoration, StageDecision
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.store.snapshot import Malformed

Value = dict[str, Any]


class ArchivedDecisions(NamedTuple):
    """The decisions of a request in the order of the stages, and what was asked for again beyond its 内示."""

    stages: tuple[StageDecision, ...] = ()
    restoration: Restoration | None = None


def decisions_value(row: SummaryRow) -> Value:
    """Return what was decided of a request as JSON has it; null is "not decided", which is not 0."""
    value: Value = {"stages": [_stage(one) for one in row.decisions]}
    if own := row.restoration:
        amounts = dict(own.amounts)
        value["restoration"] = {"amounts": amounts, "reason": own.reason, "file": own.file}
    return value


def _stage(decision: StageDecision) -> Value:
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


def decisions_of(value: object, request_id: str | None) -> ArchivedDecisions:
    """Return the decisions in JSON; none where an archive of before has none. Raises Malformed."""
    if value is None:
        return ArchivedDecisions()
    if not isinstance(value, dict):
        raise Malformed("査定の形がちがいます")
    asked = value.get("restoration")
    restoration = asked and Restoration(
        request_id or "", _amounts(asked["amounts"]), asked["reason"], asked["file"]
    )
    return ArchivedDecisions(tuple(map(_decision, value["stages"])), restoration)


def _decision(row: Value) -> StageDecision:
    return StageDecision(
        stage=row["stage"],
        amounts=_amounts(row["amounts"]),
        lines=tuple(map(_amounts, row["lines"])),
        verdict=row["verdict"],
        reason=row["reason"],
        progress=Progress(row["progress"]),
        asked_then=row["asked_then"],
        is_changed=row["changed"],
        is_funded=row["funded"],
        is_closed=row["closed"],
    )


def _amounts(row: Mapping[str, Any]) -> dict[str, Money | None]:
    if any(not isinstance(one, int | None) for one in row.values()):
        raise Malformed("査定の額が数ではありません")
    return {key: None if one is None else Money(one) for key, one in row.items()}
