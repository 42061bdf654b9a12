"""公表: what of a form's requests, and of what was decided of them, is for everyone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from yosan_xl.model.assessment import Progress, StageDecision
from yosan_xl.model.axes import DECIDED, STEP, Amounts, Axes, RowList, Stage
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import with_unit
from yosan_xl.model.request import VERDICT, Document, Line, Request, Subtotal, steps
from yosan_xl.model.settings import Settings

_FINANCE = "finance"


Rows = TypeVar("Rows", Line, Subtotal)


def public_rows(
    rows: Sequence[SummaryRow], settings: Settings
) -> tuple[tuple[SummaryRow, ...], int]:
    """Return rows with the decisions of the last stage where it is closed and no others, and how many were left out.

    A year without [[stages]] has one stage, which is closed too when every request has its amount. What an edition would
    not show as decided (`why_open`) is not shown here either. Reasons and verdicts on the way, and 復活要求, are nobody's business but the house's.
    """
    whole = bool(rows) and not settings.stages
    whole = whole and all(row.request.amount(DECIDED) is not None for row in rows)
    found = tuple(_public_row(row, settings, is_closed=whole) for row in rows)
    left_out = sum(
        was.request.amount(DECIDED) is not None and now.request.amount(DECIDED) is None
        for was, now in zip(rows, found, strict=True)
    )
    return found, left_out


def _public_row(row: SummaryRow, settings: Settings, *, is_closed: bool) -> SummaryRow:
    last = settings.assessment[-1].name
    decision = next((one for one in row.decisions if one.stage == last), None)
    if decision is None:
        request = row.request if is_closed else undecided(row.request)
        return replace(row, request=request, decisions=(), restoration=None)
    is_shown = (is_closed or decision.is_closed) and why_open(row, settings) is None
    return replace(
        row,
        request=row.request if is_shown else undecided(row.request),
        decisions=(_without_reason(decision),) if is_shown else (),
        restoration=None,
    )


def why_open(row: SummaryRow, settings: Settings) -> str | None:
    """Return why a decision cannot be published (未定, 保留, 財源が未定 …), None where it can."""
    decision, request = row.decision, row.request
    if decision and decision.progress is not Progress.DONE:
        return f"{decision.progress.value}{_doubt(decision)}"
    if request.amount(DECIDED) is None:
        return Progress.OPEN.value
    if decision and not decision.is_funded:
        return "財源が未定"
    if gap := _gap(request):
        return f"財源の計と{with_unit(abs(gap), request.axes.unit)}ちがう額"
    if decision and settings.stages and not decision.is_closed:
        return f"段階「{decision.stage}」を締める前の額"
    return None


def _doubt(decision: StageDecision) -> str:
    """Return why a decision is 要確認, with brackets; nothing of any other."""
    if decision.progress is not Progress.DOUBTFUL:
        return ""
    if not decision.is_funded:
        return "（財源が決まっていないか、額と合わない）"
    if decision.moved:
        return "（決めたあとに前の段階の額か復活要求が変わった）"
    return f"（{'決めたあとに要求が変わった' if decision.is_changed else '決定に誤りがある'}）"


def _gap(request: Request) -> int:
    """Return by how much the sources of a decided amount are more than it; 0 in a form without sources of what is decided."""
    axes = request.axes
    sources = [one.key for one in axes.sources if axes.pointer(DECIDED, one.key)]
    total = request.amount(DECIDED) or 0
    return sum(request.amount(DECIDED, one) or 0 for one in sources) - total if sources else 0


def _without_reason(decision: StageDecision) -> StageDecision:
    return replace(
        decision,
        verdict=None,
        reason=None,
        asked_then=None,
        is_changed=False,
        again=None,
        moved=None,
        line_verdicts=(),
        is_kept=False,
    )


def undecided(request: Request) -> Request:
    """Return a request as it was handed in: with no amount that is decided, and the texts of the department."""
    asked = Request.from_document(request.origin, request.axes)
    asked = replace(asked, lacks_last_year=request.lacks_last_year)
    main = request.axes.main
    return asked.with_decision(
        lines=map(_opened, asked.lines),
        subtotals=map(_opened, asked.subtotals.get(main.key, ()) if main else ()),
        amounts=asked.with_computed(_open(asked.amounts)),
        said={one: asked.meaning(one) for one in ("rationale", VERDICT)},
    )


def _opened(row: Rows) -> Rows:
    return replace(row, amounts=_open(row.amounts))


def _open(amounts: Amounts) -> Amounts:
    return {cell: None if cell[0] == DECIDED else amount for cell, amount in amounts.items()}


@lru_cache(maxsize=64)
def public_axes(axes: Axes) -> Axes:
    """Return what of a form is for the public.

    Private fields and columns are not, nor lists that have no others, nor the note beside 一般財源, nor what
    finance thought on its way to what is decided.
    """
    stages = tuple(_open_stages(axes.stages))
    known = {one.key for one in stages}
    lists = (_open_list(one, known) for one in axes.lists)
    return replace(
        axes,
        stages=stages,
        sources=tuple(one._replace(name=None) if one.is_rest else one for one in axes.sources),
        lists=tuple(one for one in lists if one.columns),
        fields=tuple(one for one in axes.fields if not one.private),
    )


def public_document(document: Document, axes: Axes) -> Document:
    """Return a request document without what is not for the public; every key stays, as the schema wants it."""
    for path in _hidden(axes):
        document = _emptied(document, path)
    return document


@lru_cache(maxsize=64)
def _hidden(axes: Axes) -> tuple[tuple[str, ...], ...]:
    """Return the paths of what is not for the public; `*` stands for every row of a list."""
    known = {*_pointers(public_axes(axes))}
    return tuple(steps(one) for one in _pointers(axes) if one not in known)


def _open_stages(stages: Iterable[Stage]) -> Iterator[Stage]:
    hidden: set[str] = set()
    for stage in stages:
        if (stage.role == STEP and stage.by == _FINANCE) or hidden & {*stage.of}:
            hidden.add(stage.key)
        else:
            yield stage


def _open_list(own: RowList, stages: set[str]) -> RowList:
    columns = (one for one in own.columns if not one.private)
    return replace(
        own, columns=tuple(one for one in columns if one.stage is None or one.stage in stages)
    )


def _pointers(axes: Axes) -> Iterator[str]:
    yield from (one.pointer for one in axes.fields)
    yield from (one.name for one in axes.sources if one.name)
    yield from (pointer for stage in axes.stages for pointer in stage.amounts.values())
    for own in axes.lists:
        yield own.pointer
        yield from (own.row_pointer(one.key) for one in own.columns)
        if own.subtotals:
            yield from (
                f"{own.subtotals}/*/{one.key}" for one in own.columns if one.kind == "money"
            )


def _emptied(value: Any, path: tuple[str, ...]) -> Any:
    """Return a document with nothing at a path, of a list no rows; what has no such path is left as it is."""
    if not path:
        return [] if isinstance(value, list) else None
    first, rest = path[0], path[1:]
    if first == "*" and isinstance(value, list):
        return [_emptied(row, rest) for row in value]
    if isinstance(value, dict) and first in value:
        return {**value, first: _emptied(value[first], rest)}
    return value
