"""The stages of the assessment (査定の段階) as text for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from yosan_xl.model.assessment import Progress
from yosan_xl.model.axes import TOTAL, Axes
from yosan_xl.model.money import with_unit
from yosan_xl.model.standing import AssessmentStanding, StageStanding, StageState
from yosan_xl.model.table import ColumnKind, Table, TableColumn
from yosan_xl.model.text import as_argument
from yosan_xl.report.printable import printable
from yosan_xl.report.table import table_lines, to_json

_UNSETTLED = (Progress.OPEN, Progress.PARTLY, Progress.HELD, Progress.DOUBTFUL)


def stages_text(year: str, standing: AssessmentStanding, axes: Axes) -> str:
    """Return a line for each stage: where it is, how many requests are decided, and what they come to by source."""
    lines = [f"{year} 査定の段階", "", *table_lines(_table(standing, axes)), ""]
    return "\n".join([*lines, *_unfunded(standing), *standing_lines(standing)])


def _unfunded(standing: AssessmentStanding) -> Iterator[str]:
    """Yield what the amounts of sources lack."""
    for one in standing.stages:
        if one.unfunded:
            amount = with_unit(one.unfunded_amount or 0, standing.unit)
            yield printable(
                f"{one.stage.name}: 財源の決まっていない要求が {one.unfunded} 件（{amount}）あります。財源別の額には、分かっている財源だけが入っています。"
            )


def unreasoned_line(count: int, word: str) -> str:
    """Return what is said of decisions without a reason, whose stage cannot be closed."""
    return f"「{word}」のない決定が {count:,}件あります。入力すると締められます（「進み具合」の「足りないもの」で分かります）。"


def standing_lines(standing: AssessmentStanding) -> Iterator[str]:
    """Yield which stage is open and how far it is, and how many 復活要求 came."""
    open_stage = standing.open_stage
    if open_stage:
        states = "、".join(
            f"{state.value} {open_stage.progress[state]}"
            for state in _UNSETTLED
            if open_stage.progress.get(state)
        )
        more = f"（{states}）" if states else ""
        yield printable(f"入力中の段階 {open_stage.stage.name}: {open_stage.how_far}{more}")
        if open_stage.unreasoned:
            yield printable(unreasoned_line(open_stage.unreasoned, standing.reason))
    elif standing.stages:
        yield "査定の段階は、すべて締めています。"
        if late := standing.unfinished:
            command = f"yosan-xl stage reopen {as_argument(late.stage.name)}"
            count = late.requests - late.decided
            yield printable(
                f"決まっていない要求が {count} 件あります（{command} で開き直して決めます）。"
            )
    if standing.restoring:
        yield f"復活要求 {len(standing.restoring)} 課（{printable('、'.join(standing.restoring))}）"


def stages_json(year: str, standing: AssessmentStanding) -> str:
    """Return the same as JSON; amounts are in the form's unit, null where nothing is decided."""
    return to_json({"year": year, **standing_value(standing)})


def standing_value(standing: AssessmentStanding) -> dict[str, Any]:
    """Return the stages as JSON has them."""
    open_stage = standing.open_stage
    return {
        "open_stage": open_stage.stage.name if open_stage else None,
        "stages": [_stage(one) for one in standing.stages],
        "restorations": list(standing.restoring),
    }


def _stage(one: StageStanding) -> dict[str, Any]:
    return {
        "name": one.stage.name,
        "state": one.state.value,
        "requests": one.requests,
        "decided": one.decided,
        "amounts": dict(one.amounts),
        "unfunded": {"requests": one.unfunded, "amount": one.unfunded_amount or 0},
        "progress": {state.value: one.progress.get(state, 0) for state in Progress},
        "notice": one.stage.notice,
        "restoration": one.stage.restoration,
        "edition": one.stage.edition,
    }


def _table(standing: AssessmentStanding, axes: Axes) -> Table:
    sources = [
        source
        for source in (TOTAL, *(one.key for one in axes.sources))
        if any(source in one.amounts for one in standing.stages)
    ]
    columns = (
        TableColumn("段階"),
        TableColumn("状態", ColumnKind.CODE),
        TableColumn("決定"),
        *(_money(source, axes) for source in sources),
        TableColumn("内示"),
        TableColumn("公表"),
    )
    return Table("査定の段階", columns, tuple(_row(one, sources) for one in standing.stages))


def _money(source: str, axes: Axes) -> TableColumn:
    label = (
        f"{axes.source_label(source)}（{axes.unit}）"
        if source == TOTAL
        else axes.source_label(source)
    )
    return TableColumn(label, ColumnKind.MONEY)


def _row(one: StageStanding, sources: Sequence[str]) -> tuple[str | int | None, ...]:
    is_begun = one.state is not StageState.AHEAD
    return (
        one.stage.name,
        one.state.value,
        f"{one.decided} / {one.requests}" if is_begun else "",
        *(one.amounts.get(source) for source in sources),
        "する" if one.stage.notice else "",
        one.stage.edition,
    )
