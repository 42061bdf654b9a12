"""What was decided of the requests of an archived stage, as 要求書.json has it beside them."""

from __future__ import annotations

from typing import Any, NamedTuple

from yosan_xl.model.assessment import Restoration, StageDecision
from yosan_xl.model.intake import SummaryRow
from yosan_xl.store.decision_json import amounts_of_value, decision_of_value, decision_value
from yosan_xl.store.snapshot import Malformed

Value = dict[str, Any]


class ArchivedDecisions(NamedTuple):
    """The decisions of a request in the order of the stages, and what was asked for again beyond its 内示."""

    stages: tuple[StageDecision, ...] = ()
    restoration: Restoration | None = None


def decisions_value(row: SummaryRow) -> Value:
    """Return what was decided of a request as JSON has it; null is "not decided", which is not 0."""
    value: Value = {"stages": [decision_value(one) for one in row.decisions]}
    if own := row.restoration:
        amounts = dict(own.amounts)
        value["restoration"] = {"amounts": amounts, "reason": own.reason, "file": own.file}
    return value


def decisions_of(value: object, request_id: str | None) -> ArchivedDecisions:
    """Return the decisions in JSON; none where an archive of before has none. Raises Malformed."""
    if value is None:
        return ArchivedDecisions()
    if not isinstance(value, dict):
        raise Malformed("査定の形がちがいます")
    asked = value.get("restoration")
    restoration = asked and Restoration(
        request_id or "", amounts_of_value(asked["amounts"]), asked["reason"], asked["file"]
    )
    return ArchivedDecisions(tuple(map(decision_of_value, value["stages"])), restoration)
