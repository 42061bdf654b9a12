"""査定: what finance typed into the summary becomes part of the requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from yosan_xl.model.axes import ASKED, DECIDED, GENERAL, SPECIFIC, SPECIFIC_SOURCES
from yosan_xl.model.decision import Desk, Spot, Value, line_keys
from yosan_xl.model.request import Amounts, FundingRow, Request
from yosan_xl.rules.figures import sum_column, zero

ASKED_FOR = {DECIDED.total: ASKED.total, DECIDED.specific: ASKED.specific}
AMOUNTS = tuple(ASKED_FOR)

Entries = Mapping[Spot, Value]
Row = TypeVar("Row", Amounts, FundingRow)


def entries_by_request(desk: Desk) -> dict[str, dict[Spot, Value]]:
    """Give finance's entries request by request."""
    found: dict[str, dict[Spot, Value]] = {}
    for spot, value in desk.typed.items():
        found.setdefault(spot.request, {})[spot] = value
    return found


def decide(request: Request, key: str, entries: Entries) -> Request:
    """Return a request with its entries, and the sums that follow from them.

    予算額 of the request is what was typed for it, or else the sum of its lines. Where no line was
    decided, lines follow from the request's as far as there is no choice: a lone line, 要求どおり, 0.
    In the same way 財源内訳 follows from 予算額のうち特財.
    """
    if not entries:
        return request
    keys, total = line_keys(request), request.total
    rows = [line.amounts for line in request.lines]
    for field in AMOUNTS:
        spots = [Spot(key, field, line) for line in keys]
        rows = [
            _with(row, field, entries[spot]) if spot in entries else row
            for row, spot in zip(rows, spots, strict=True)
        ]
        if Spot(key, field) in entries or any(spot in entries for spot in spots):
            own = entries.get(Spot(key, field))
            total = _with(total, field, sum_column(rows, field) if own is None else own)
        rows = shared_out(getattr(total, field), rows, field, ASKED_FOR[field])
    lines = [replace(line, amounts=row) for line, row in zip(request.lines, rows, strict=True)]
    subtotals = [
        replace(
            one,
            amounts=_summed(one.amounts, [own.amounts for own in lines if own.part == one.part]),
        )
        for one in request.subtotals
    ]
    why = entries.get(Spot(key, "budget_rationale"), request.meaning("rationale"))
    return request.with_decision(
        lines=lines,
        subtotals=subtotals,
        total=total,
        funding=_funding(request.funding, total),
        rationale=why if isinstance(why, str) else None,
    )


def shared_out(total: int | None, rows: Sequence[Row], field: str, asked: str) -> list[Row]:
    """Return rows with their part of a total (千円) where it can only be one, else as they are."""
    wanted = [getattr(row, asked) for row in rows]
    if total is None or not rows or any(getattr(row, field) is not None for row in rows):
        return list(rows)
    if len(rows) == 1:
        return [_with(rows[0], field, total)]
    if total == 0:
        return [_with(row, field, 0) for row in rows]
    if any(each is not None for each in wanted) and total == sum(map(zero, wanted)):
        return [_with(row, field, own) for row, own in zip(rows, wanted, strict=True)]
    return list(rows)


def _with(row: Row, field: str, value: Value) -> Row:
    changes: dict[str, Any] = {field: value}
    return replace(row, **changes)


def _summed(own: Amounts, rows: Sequence[Amounts]) -> Amounts:
    sums: dict[str, Any] = {field: sum_column(rows, field) for field in AMOUNTS}
    return replace(own, **sums)


def _funding(funding: Mapping[str, FundingRow], total: Amounts) -> dict[str, FundingRow]:
    """Return 財源内訳 with 予算額, as far as it follows from what was decided."""
    decided, specific = total.at(DECIDED), total.at(DECIDED, SPECIFIC)
    sources = {key: funding[key] for key in SPECIFIC_SOURCES if key in funding}
    named = [key for key, row in sources.items() if row.amount]
    parts = shared_out(specific, [sources[key] for key in named], DECIDED.source, ASKED.source)
    sources |= dict(zip(named, parts, strict=True))
    own = sum(zero(row.budgeted) for row in sources.values()) if specific is None else specific
    found = {**funding, **sources}
    if GENERAL in found:
        rest = None if decided is None else decided - own
        found[GENERAL] = _with(found[GENERAL], DECIDED.source, rest)
    return found
