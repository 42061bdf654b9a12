"""Every rule of a decision (査定の規則), and the check of one: slips of the fingers first, then all else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from yosan_xl.model.assessment import HELD, StageDecision
from yosan_xl.model.axes import DECIDED, Axes
from yosan_xl.model.decision import RATIONALE, Spot, line_keys, request_key
from yosan_xl.model.finding import Code, Finding, Place, has_errors
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.request import VERDICT
from yosan_xl.rules.decided_amounts import (
    absurd,
    contradicted,
    held_amount,
    in_thousands,
    in_yen,
    overdrawn,
    promised,
)
from yosan_xl.rules.decided_before import back_to_asked, below_told, beyond_asked_back
from yosan_xl.rules.decided_funding import unasked_source, unbalanced, unfunded
from yosan_xl.rules.judged import DECIDED_TOTAL, REASON, DecisionRule, EntryFault, Judged
from yosan_xl.rules.settled import held, outdated, overtaken, undecided, unreasoned

SLIPS: tuple[DecisionRule, ...] = (in_yen, in_thousands, absurd)
"""A slip of the fingers is told alone: what else does not fit comes of it."""

RULES: tuple[DecisionRule, ...] = (
    overdrawn,
    unasked_source,
    contradicted,
    held_amount,
    unbalanced,
    unfunded,
    promised,
    below_told,
    beyond_asked_back,
    back_to_asked,
)
CLOSING: tuple[DecisionRule, ...] = (undecided, held, outdated, overtaken, unreasoned)
"""What must be settled before a stage closes."""

CODES = tuple(rule.code for rule in (*SLIPS, *RULES, *CLOSING))


def check_decision(
    row: SummaryRow,
    decision: StageDecision,
    places: Mapping[Spot, Place] | None = None,
    *,
    before: StageDecision | None = None,
    closing: bool = False,
    reason: str = REASON,
    fills: str = DECIDED,
) -> Iterator[Finding]:
    """Yield the findings of what a stage decided of a request; `before` is the decision of the stage before.

    `places` says where entries were typed; a finding on another is at the amount or what else says it, or else at the request. When it is `closing`, what is not
    settled is told too, and that nothing stands in the field of the `reason`. `fills` is the form's stage that this one
    fills, which has the words. A decision with 誤り is 要確認.
    """
    earlier = (decision, before, *reversed(row.decisions))
    again = next((one.again for one in earlier if one and one.again), None)
    judged = Judged(row.request, decision, before, reason, fills, again)
    is_slip = False
    # What is held is no decision: nothing is told of its amount but that it has one.
    rules = (held_amount,) if HELD in (decision.verdict or "") else RULES
    for rule in (*SLIPS, *rules):
        found = () if is_slip else tuple(_found(rule, judged, row, places or {}))
        is_slip |= rule in SLIPS and has_errors(found)
        yield from found
    settled = (one for one in CLOSING if not (is_slip and one is unreasoned))
    for rule in settled if closing else ():
        yield from _found(rule, judged, row, places or {})


def _found(
    rule: DecisionRule, judged: Judged, row: SummaryRow, places: Mapping[Spot, Place]
) -> Iterator[Finding]:
    for fault in rule.check(judged):
        yield _finding(rule.code, fault, judged, row, places)


def _finding(
    code: Code, fault: EntryFault, judged: Judged, row: SummaryRow, places: Mapping[Spot, Place]
) -> Finding:
    request, stage = row.request, judged.decision.stage
    keys = line_keys(request)
    line = keys[fault.line] if fault.line is not None else None
    spot = Spot(request_key(request.id, row.source), fault.field, line)
    code = replace(code, weight=fault.weight or code.weight)
    # `part`: findings of several requests are told one by one.
    facts = {
        "who": named(row),
        "part": spot.request,
        "stage": stage,
        "label": _label(fault, judged),
        **fault.facts,
    }
    pointer = None if line else _pointer(fault.field, request.axes)
    return code.at(place_of_entry(places, spot) or row.source, pointer, **facts)


def place_of_entry(places: Mapping[Spot, Place], spot: Spot) -> Place | None:
    """Return where an entry was typed, else the entry that says as much: the amount, the 査定区分, else the first of the request; None where there is none."""
    fields = (spot.field, DECIDED_TOTAL, VERDICT)
    own = (spot, *(replace(spot, field=field, line=None) for field in fields))
    if found := next((places[one] for one in own if one in places), None):
        return found
    others = [one for one in places if one.request == spot.request]
    first = min(
        others, key=lambda one: (one.line.position if one.line else 0, one.field), default=None
    )
    return places[first] if first else None


def named(row: SummaryRow) -> str:
    """Return how a request is called in a sentence: `NO 56「事業名」`."""
    request = row.request
    number = f"NO {request.no}{'（仮）' if row.provisional else ''}" if request.no else ""
    return f"{number}「{request.title or request_key(request.id, row.source)}」"


def _label(fault: EntryFault, judged: Judged) -> str:
    """Return the words for an entry: 「予算額」, 3行目「委託料」の「予算額」."""
    request, axes, (_, _, source) = judged.request, judged.axes, fault.field.partition("/")
    own = {REASON: "理由", VERDICT: "査定区分", RATIONALE: axes.word(RATIONALE)}
    words = own.get(fault.field) or judged.label(source)
    if fault.line is None:
        return f"「{words}」"
    line, column = request.lines[fault.line], axes.main and axes.main.of_amount(DECIDED, source)
    words = column.label if column and judged.fills == DECIDED else words
    return f"明細{fault.line + 1}行目{f'「{line.label}」' if line.label else ''}の「{words}」"


def _pointer(field: str, axes: Axes) -> str | None:
    stage, _, source = field.partition("/")
    return axes.pointer(stage, source) if source else axes.meanings.get(field)
