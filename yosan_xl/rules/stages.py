"""Stages that are worked out from others (増減, 計): each of their amounts must be what those come to."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.model.axes import Axes, Stage
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.rules.amounts import total
from yosan_xl.rules.figures import COMPUTED, balances, figures, gap, shown, zero
from yosan_xl.rules.registry import RuleContext, rule


def _reads_computed(axes: Axes) -> Iterator[str]:
    for stage in _computed(axes):
        for key in (stage.key, *stage.of):
            yield from axes.stage(key).amounts.values()


@rule(
    Code(
        "YX216",
        Weight.ERROR,
        title="計算で出る段階の額が、もとの段階の額と合わない",
        fact="「{label}」の {given} が {formula} の {expected} と {gap} ちがいます。",
        remedy="もとの額が正しければ「{label}」を {expected} に直してください。",
        why="増減や計の欄は、ほかの段階の額から計算で出ます。要求書では自動で計算されます。",
        wrong="前年度 500千円、要求額 800千円、増減 200千円",
        right="前年度 500千円、要求額 800千円、増減 300千円",
    ),
    reads=_reads_computed,
)
def computed(request: Request, context: RuleContext) -> Iterator[Fault]:
    """増減 = 要求 − 前年度 and 計 = Σ stages, in 合計 and in every source; a stage that is wrong itself is told first."""
    axes = request.axes
    wrong: set[str] = set()
    for stage in _computed(axes):
        faults = [
            fault for source in stage.amounts if (fault := _computed_fault(request, stage, source))
        ]
        wrong |= {stage.key} if faults else set()
        if faults and wrong.isdisjoint(stage.of) and not _is_told(request, stage.of, context):
            yield from faults


def _computed(axes: Axes) -> list[Stage]:
    return [stage for stage in axes.stages if stage.total in COMPUTED]


def _computed_fault(request: Request, stage: Stage, source: str) -> Fault | None:
    axes, unit = request.axes, request.axes.unit
    if any(source not in axes.stage(key).amounts for key in stage.of):
        return None
    expected = stage.computed(source, request.amounts)
    given = request.amounts.get((stage.key, source))
    is_unknown = given is None and request.lacks_last_year and stage in axes.against_last_year()
    if is_unknown or zero(given) == zero(expected):
        return None
    sign = " + " if stage.total == "sum" else " - "
    facts = {
        "label": axes.amount_label(stage.key, source),
        "given": shown(given, unit),
        "formula": sign.join(f"「{axes.stage(key).label}」" for key in stage.of),
        "expected": shown(expected, unit),
        "gap": gap(given, expected, unit),
        **figures(given, expected),
    }
    return Fault(stage.amounts[source], facts)


def _is_told(request: Request, stages: tuple[str, ...], context: RuleContext) -> bool:
    """Return whether a stage's own amounts do not agree, of which other rules tell."""
    told = {fault.pointer for fault in total.check(request, context)}
    off = {
        balance.stage.key
        for balance in balances(request)
        if balance.is_decided and not (balance.adds_up and balance.specific_agrees)
    }
    return any(
        key in off or not told.isdisjoint(request.axes.stage(key).amounts.values())
        for key in stages
    )
