"""査定: what finance typed into the summary becomes part of the request documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from yosan_xl.model.axes import SPECIFIC_SOURCES
from yosan_xl.model.decision import Desk, LineKey, Spot, Value
from yosan_xl.model.request import Document

ASKED = {"budgeted": "requested", "budgeted_earmarked": "earmarked"}
AMOUNTS = tuple(ASKED)

Typed = Mapping[Spot, Value]


def decided(documents: Iterable[Document], desk: Desk) -> list[Document]:
    """Give request documents with finance's entries in them: 予算額, its 特財, 編成の考え方.

    They are matched by request id; a document without one, or without entries, is given as it is.
    """
    by_request = entries_by_request(desk)
    return [
        decide(row, str(row.get("id")), by_request.get(str(row.get("id")), {})) for row in documents
    ]


def entries_by_request(desk: Desk) -> dict[str, dict[Spot, Value]]:
    """Give finance's entries request by request."""
    found: dict[str, dict[Spot, Value]] = {}
    for spot, value in desk.typed.items():
        found.setdefault(spot.request, {})[spot] = value
    return found


def decide(document: Document, key: str, typed: Typed) -> Document:
    """Give a document with its entries, and the sums that follow from them.

    予算額 of the request is what was typed for it, or else the sum of its lines. Where no line was
    decided, lines follow from the request's as far as there is no choice: a lone line, 要求どおり, 0.
    In the same way 財源内訳 follows from 予算額のうち特財.
    """
    if not typed:
        return document
    lines = [_line(row, key, at, typed) for at, row in enumerate(_rows(document, "lines"), 1)]
    total = dict(document.get("total") or {})
    for field in AMOUNTS:
        own = typed.get(Spot(key, field))
        if Spot(key, field) in typed or any(Spot(key, field, k) in typed for k in _keys(document)):
            total[field] = own if own is not None else sum_of(lines, field)
        lines = shared_out(total.get(field), lines, field, ASKED[field])
    rationale = typed.get(Spot(key, "budget_rationale"), document.get("budget_rationale"))
    return {
        **document,
        "lines": lines,
        "subtotals": [_subtotal(row, lines) for row in _rows(document, "subtotals")],
        "total": total,
        "funding": _funding(dict(document.get("funding") or {}), total),
        "budget_rationale": rationale,
    }


def sum_of(lines: Iterable[Document], field: str) -> int | None:
    """Give the sum of an amount (千円) over lines; nothing where none has any."""
    given = [row[field] for row in lines if _is_amount(row.get(field))]
    return sum(given) if given else None


def shared_out(
    total: int | None, rows: Sequence[Document], field: str, asked: str
) -> list[Document]:
    """Give rows with their part of a total (千円) where it can only be one, else as they are."""
    if total is None or not rows or any(_is_amount(row.get(field)) for row in rows):
        return list(rows)
    if len(rows) == 1:
        return [{**rows[0], field: total}]
    if total == 0:
        return [{**row, field: 0} for row in rows]
    if total == sum_of(rows, asked):
        return [{**row, field: row.get(asked)} for row in rows]
    return list(rows)


def _line(row: Document, key: str, position: int, typed: Typed) -> Document:
    line = LineKey(position, row.get("part"), row.get("label"))
    spots = {field: Spot(key, field, line) for field in AMOUNTS}
    return {**row, **{field: typed[spot] for field, spot in spots.items() if spot in typed}}


def _keys(document: Document) -> Iterator[LineKey]:
    for position, row in enumerate(_rows(document, "lines"), 1):
        yield LineKey(position, row.get("part"), row.get("label"))


def _subtotal(row: Document, lines: Sequence[Document]) -> Document:
    own = [line for line in lines if line.get("part") == row.get("part")]
    return {**row, **{field: sum_of(own, field) for field in AMOUNTS}}


def _funding(funding: dict[str, Any], total: Document) -> Document:
    """Give 財源内訳 with 予算額, as far as it follows from what was decided."""
    budgeted, earmarked = (total.get(field) for field in AMOUNTS)
    sources = {key: dict(funding.get(key) or {}) for key in SPECIFIC_SOURCES if key in funding}
    named = [key for key, row in sources.items() if row.get("amount")]
    parts = shared_out(earmarked, [sources[key] for key in named], "budgeted", "amount")
    sources |= dict(zip(named, parts, strict=True))
    split = sum(row.get("budgeted") or 0 for row in sources.values())
    own = split if earmarked is None else earmarked
    general = dict(funding.get("general") or {})
    general["budgeted"] = None if budgeted is None else budgeted - own
    return {**funding, **sources, **({"general": general} if "general" in funding else {})}


def _rows(document: Document, key: str) -> list[Document]:
    rows = document.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _is_amount(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
