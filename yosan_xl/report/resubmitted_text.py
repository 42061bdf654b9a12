"""出し直しで変わった要求 as text for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from yosan_xl.model.history import ProjectState
from yosan_xl.model.money import with_unit
from yosan_xl.model.resubmitted import ChangeKind, RequestChange, UnitChanges
from yosan_xl.report.printable import printable

_OPEN = "未定"


def changes_lines(units: Sequence[UnitChanges], unit: str) -> Iterator[str]:
    """Yield a line for each department and one for each request that changed; amounts are in `unit`."""
    for one in units:
        since = f"「{one.replaced}」から" if one.replaced else "前に集計したときから"
        yield printable(f"{one.department.code} {one.department.name}（{since}）:")
        yield from (f"  {printable(_line(change, unit))}" for change in one.changes)


def changes_value(units: Sequence[UnitChanges]) -> list[dict[str, Any]]:
    """Return the same as JSON has it; amounts are in the form's unit, null where none is given."""
    return [
        {
            "code": one.department.code,
            "name": one.department.name,
            "replaced": one.replaced,
            "requests": [
                {
                    "what": change.kind.name.lower(),
                    "id": change.shown.request,
                    "before": _value(change.old),
                    "now": _value(change.new),
                }
                for change in one.changes
            ],
        }
        for one in units
    ]


def _line(change: RequestChange, unit: str) -> str:
    old, new, shown = change.old, change.new, change.shown
    title = f"{shown.request}「{shown.title}」"
    if old and new and change.kind is ChangeKind.RENAMED:
        title = f"{shown.request}「{old.title}」→「{new.title}」"
    amounts = [_amount(one, unit) for one in (old, new) if one]
    moved = f" {' → '.join(dict.fromkeys(amounts))}"
    more = "（財源の額が変わりました）" if change.kind is ChangeKind.SOURCES else ""
    return f"{change.kind.value} {title}{moved}{more}"


def _amount(state: ProjectState, unit: str) -> str:
    return _OPEN if state.asked is None else with_unit(state.asked, unit)


def _value(state: ProjectState | None) -> dict[str, Any] | None:
    return (
        None
        if state is None
        else {"id": state.request, "title": state.title, "requested": state.asked}
    )
