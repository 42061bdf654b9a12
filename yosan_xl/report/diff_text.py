"""What is not the same in two books of requests; as text for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from yosan_xl.model.finding import Place
from yosan_xl.model.money import Money, with_commas, with_unit
from yosan_xl.report.printable import printable
from yosan_xl.report.table import to_json

DocumentValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """A value in one of the two, and its cell; `place` is None where there is no such row.

    A cell that could not be read has no value, and is not `is_read`.
    """

    value: DocumentValue
    place: Place | None
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs; `gap` is how much more it is now, None for what is no amount."""

    pointer: str
    label: str
    old: ComparedValue
    new: ComparedValue
    gap: Money | None


@dataclass(frozen=True, slots=True)
class ChangedRequest:
    """A request that is in both, and the fields that differ."""

    id: str
    title: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class LoneRequest:
    """A request that is in one of the two alone, and what it asks for."""

    id: str
    title: str
    requested: Money


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; `gap` is how much more is asked for now, `asked` what the form calls that, in its `unit`."""

    old: str
    new: str
    same: int
    changed: tuple[ChangedRequest, ...]
    only_old: tuple[LoneRequest, ...]
    only_new: tuple[LoneRequest, ...]
    gap: Money
    asked: str = "要求額"
    unit: str = "千円"


_SAME = "ちがいはありません。"
_LONG = 30
"""From here on a text gets a line of its own, before and after."""


def diff_text(difference: Difference) -> str:
    """Return every field that differs under its request, and a last line of sums."""
    lines = [f"前: {printable(difference.old)}", f"後: {printable(difference.new)}", ""]
    for request in difference.changed:
        lines += [
            f"{printable(request.id)}「{printable(request.title)}」",
            *_changes(request, difference.unit),
            "",
        ]
    lines += _lone("後にだけある要求", difference.only_new, difference.unit)
    lines += _lone("前にだけある要求", difference.only_old, difference.unit)
    return "\n".join([*lines, _sum(difference)])


def diff_json(difference: Difference) -> str:
    """Return the same as JSON; amounts are in the form's unit."""
    value = {
        "from": difference.old,
        "to": difference.new,
        "unit": difference.unit,
        "same": difference.same,
        "changed": [
            {
                "id": request.id,
                "title": request.title,
                "changes": [_entry(change) for change in request.changes],
            }
            for request in difference.changed
        ],
        "only_from": [_request(one) for one in difference.only_old],
        "only_to": [_request(one) for one in difference.only_new],
        "difference": difference.gap,
    }
    return to_json(value)


def _changes(request: ChangedRequest, unit: str) -> Iterator[str]:
    for change in request.changes:
        old, new = _shown(change.old, change, unit), _shown(change.new, change, unit)
        head = f"  {_cells(change)} {printable(change.label)}"
        if max(len(old), len(new)) > _LONG:
            yield from (head, f"    前: {old}", f"    後: {new}")
        else:
            yield f"{head}: {old} → {new}{_gap(change, unit)}"


def _cells(change: FieldChange) -> str:
    """Return the cell, both where it moved; what has no cell is told by its row's other side."""
    cells = [_cell(side) for side in (change.old, change.new) if side.place]
    return " → ".join(dict.fromkeys(cells))


def _cell(side: ComparedValue) -> str:
    place = side.place
    sheet = f"{place.sheet}!" if place and place.sheet and place.cell else ""
    return printable(f"{sheet}{place.cell or place.sheet or ''}") if place else ""


def _shown(side: ComparedValue, change: FieldChange, unit: str) -> str:
    if not side.is_read:
        return "（読めない値）"
    if side.value is None or side.value == "":
        return "（なし）"
    if isinstance(side.value, int) and change.gap is not None:
        return with_unit(side.value, unit)
    return printable(str(side.value))


def _gap(change: FieldChange, unit: str) -> str:
    both_read = change.old.is_read and change.new.is_read
    return f"（{_signed(change.gap)}{unit}）" if change.gap is not None and both_read else ""


def _signed(amount: int) -> str:
    return f"+{amount:,}" if amount > 0 else with_commas(amount)


def _lone(heading: str, requests: Sequence[LoneRequest], unit: str) -> Iterator[str]:
    if requests:
        yield f"{heading}:"
        for one in requests:
            yield printable(f"  {one.id}「{one.title}」 {with_unit(one.requested, unit)}")
        yield ""


def _sum(difference: Difference) -> str:
    if not (difference.changed or difference.only_old or difference.only_new):
        return f"要求 {difference.same} 件に{_SAME}"
    spots = sum(len(request.changes) for request in difference.changed)
    return (
        f"変わった要求 {len(difference.changed)} 件（{spots} か所）、後だけの要求 {len(difference.only_new)} 件、"
        f"前だけの要求 {len(difference.only_old)} 件、同じ要求 {difference.same} 件。"
        f"{difference.asked}の差 {_signed(difference.gap)}{difference.unit}"
    )


def _entry(change: FieldChange) -> dict[str, Any]:
    return {
        "pointer": change.pointer,
        "label": change.label,
        "from": _side(change.old),
        "to": _side(change.new),
        "difference": change.gap,
    }


def _side(side: ComparedValue) -> dict[str, Any]:
    place = side.place
    return {
        "value": side.value,
        "sheet": place.sheet if place else None,
        "cell": place.cell if place else None,
        "is_read": side.is_read,
    }


def _request(one: LoneRequest) -> dict[str, Any]:
    return {"id": one.id, "title": one.title, "requested": one.requested}
