"""What is known of the stages in an archive and their requests; as text for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from yosan_xl.model.assessment import Progress, Restoration, StageDecision
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL, Axes
from yosan_xl.model.intake import LEFT_OUT
from yosan_xl.model.money import Money, with_unit
from yosan_xl.model.request import Request
from yosan_xl.model.table import ColumnKind, Table, TableColumn
from yosan_xl.report.printable import printable
from yosan_xl.report.table import row_json, table_lines, to_json


@dataclass(frozen=True, slots=True)
class StageSummary:
    """A stage in a line; `requested` is what counts, `left_out` how many do not; `decided` are the amounts that are.

    `axes` are those of the year's form.
    """

    name: str
    year: str
    stage: str
    sequence: int
    municipality: str
    form: str
    program: str
    books: int
    files: int
    requests: int
    requested: Money
    left_out: int
    decided: tuple[Money, ...]
    axes: Axes

    @property
    def how_far(self) -> str:
        """Return `105 / 159`: how many requests are decided of those that count."""
        return f"{len(self.decided)} / {self.requests - self.left_out}"


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in the archive, where it stood, and why it is not in the totals (None: it is).

    `decisions` are those of every stage until then; a NO that is `provisional` (仮) was not final.
    """

    request: Request
    file: str
    sheet: str | None
    left_out: str | None
    decisions: tuple[StageDecision, ...] = ()
    restoration: Restoration | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request with the words of its own form beside each value; 復活要求 came before the stage `restoring`."""

    stage: StageSummary
    row: RequestRow
    values: tuple[tuple[str, str], ...]
    restoring: str = ""


_STAGE = (
    TableColumn("順", ColumnKind.NUMBER, "/sequence"),
    TableColumn("団体", key="/municipality"),
    TableColumn("年度", key="/year"),
    TableColumn("段階", key="/stage"),
    TableColumn("様式", key="/form"),
    TableColumn("プログラム", key="/program"),
    TableColumn("ブック", ColumnKind.COUNT, "/books"),
    TableColumn("ファイル", ColumnKind.COUNT, "/files"),
    TableColumn("要求", ColumnKind.COUNT, "/count"),
    TableColumn("要求（{unit}）", ColumnKind.MONEY, "/requested"),
    TableColumn("決定（{unit}）", ColumnKind.MONEY, "/decided"),
    TableColumn("決定済み", key="/how_far"),
    TableColumn(LEFT_OUT, ColumnKind.COUNT, "/left_out"),
    TableColumn("単位", key="/unit"),
)
_KEYS = ("account", "level1", "kind")
"""The meanings of what a request is told apart by in a line."""

_MIXED = "金額"
"""What stands over amounts of several units."""

_SEEN = (
    *("sequence", "year", "stage", "form", "books", "count", "requested"),
    *("decided", "how_far", "left_out"),
)
"""The columns of the list on the terminal."""


def stages_text(stages: Sequence[StageSummary]) -> str:
    """Return a line for each stage, in the order of adding."""
    seen = _SEEN if len(_units(stages)) == 1 else (*_SEEN, "unit")
    return "\n".join(table_lines(_stages(stages).pick(f"/{name}" for name in seen)))


def stages_json(stages: Sequence[StageSummary]) -> str:
    """Return the same as JSON; amounts are in the units of the forms."""
    return to_json({"stages": _rows(stages)})


def requests_text(stage: StageSummary, rows: Sequence[RequestRow]) -> str:
    """Return a line for each request of a stage, and what they add up to."""
    lines = table_lines(_requests(stage.axes, rows))
    left_out = f"（ほかに{LEFT_OUT} {stage.left_out}件）" if stage.left_out else ""
    counted = stage.requests - stage.left_out
    unit, decided = stage.axes.unit, Money(sum(stage.decided))
    own = f"、決定 {with_unit(decided, unit)}（{stage.how_far}）" if stage.decided else ""
    total = f"要求 {counted}件、{with_unit(stage.requested, unit)}{own}{left_out}"
    return "\n".join([_title(stage), "", *lines, "", total])


def requests_json(stage: StageSummary, rows: Sequence[RequestRow]) -> str:
    """Return a stage and its request documents as JSON."""
    value = {**_rows([stage])[0], "requests": [row.request.document for row in rows]}
    decided = [[_decision(one) for one in row.decisions] for row in rows]
    return to_json({**value, "decisions": decided} if any(decided) else value)


def _decision(decision: StageDecision) -> dict[str, Any]:
    return {
        "stage": decision.stage,
        "amounts": dict(decision.amounts),
        "verdict": decision.verdict,
        "reason": decision.reason,
        "progress": decision.progress.value,
        "closed": decision.is_closed,
    }


def request_text(page: RequestPage) -> str:
    """Return one request, each value by the words of its own form."""
    values = (f"{printable(caption)}: {printable(text)}" for caption, text in page.values)
    left_out = [f"{LEFT_OUT}: {page.row.left_out}"] if page.row.left_out else []
    source = f"ブック: {printable(page.row.file)}"
    mark = [f"{page.row.request.axes.word('no')} は仮の番号です。"] if page.row.provisional else []
    own = [source, *mark, *left_out]
    return "\n".join([_title(page.stage), "", *_course(page), *values, "", *own])


_COURSE = (
    TableColumn("段階"),
    TableColumn("{unit}", ColumnKind.MONEY),
    TableColumn("要求との差", ColumnKind.MONEY),
    TableColumn("査定区分"),
    TableColumn("状態"),
    TableColumn("理由"),
)


def _course(page: RequestPage) -> list[str]:
    """Return 査定の経過: what was asked for, what each stage made of it, and what was decided in the end."""
    row, request = page.row, page.row.request
    if not any(one.total is not None or one.verdict or one.reason for one in row.decisions):
        return []
    asked = request.amount(ASKED)
    lines = [_step(request.axes.stage(ASKED).label, asked)]
    for one in row.decisions:
        if row.restoration and one.stage == page.restoring:
            lines.append(
                _step("復活要求", row.restoration.amounts.get(TOTAL), row.restoration.reason)
            )
        lines.append(_stage_step(one, asked))
    if request.axes.has_stage(DECIDED) and row.decisions[-1].is_closed:
        total = request.amount(DECIDED)
        word = "" if total is not None else Progress.OPEN.value
        gap = None if total is None or asked is None else total - asked
        label = request.axes.stage(DECIDED).label
        lines.append((label if label == "決定" else f"決定（{label}）", total, gap, "", word, ""))
    columns = (replace(one, label=one.label.format(unit=request.axes.unit)) for one in _COURSE)
    return ["査定の経過", *table_lines(Table("査定の経過", tuple(columns), tuple(lines))), ""]


_Step = tuple[str, int | None, int | None, str, str, str]


def _step(name: str, amount: int | None, reason: str | None = None) -> _Step:
    return (name, amount, None, "", "", reason or "")


def _stage_step(decision: StageDecision, asked: int | None) -> _Step:
    total = decision.total
    gap = None if total is None or asked is None else total - asked
    word = decision.progress.value if not decision.is_decided or not decision.is_closed else ""
    return (decision.stage, total, gap, decision.verdict or "", word, decision.reason or "")


def _title(stage: StageSummary) -> str:
    return f"{printable(stage.municipality)}　{stage.year}　{printable(stage.stage)}"


def _stages(stages: Sequence[StageSummary]) -> Table:
    rows = [
        (
            *(one.sequence, one.municipality, one.year, one.stage, one.form, one.program),
            *(one.books, one.files, one.requests, one.requested),
            Money(sum(one.decided)) if one.decided else None,
            *(one.how_far, one.left_out, one.axes.unit),
        )
        for one in stages
    ]
    units = _units(stages)
    unit = units[0] if len(units) == 1 else _MIXED
    columns = (replace(one, label=one.label.format(unit=unit)) for one in _STAGE)
    return Table("段階", tuple(columns), tuple(rows))


def _units(stages: Sequence[StageSummary]) -> list[str]:
    return [*dict.fromkeys(one.axes.unit for one in stages)]


def _rows(stages: Sequence[StageSummary]) -> list[dict[str, Any]]:
    table = _stages(stages)
    return [row_json(table, row) for row in table.rows]


def _requests(axes: Axes, rows: Sequence[RequestRow]) -> Table:
    keys = [key for key in _KEYS if axes.has(key)]
    columns = (
        TableColumn(axes.word("no"), ColumnKind.NUMBER),
        TableColumn("所管課"),
        *(TableColumn(axes.word(key)) for key in keys),
        TableColumn(axes.unit, ColumnKind.MONEY),
        TableColumn(axes.word("title")),
    )
    return Table("要求", columns, tuple(_request(row, keys) for row in rows))


def _request(row: RequestRow, keys: Sequence[str]) -> tuple[str | int | None, ...]:
    request = row.request
    mark = f"（{LEFT_OUT}）" if row.left_out else ""
    title = request.title or f"（{request.axes.word('title')}なし）"
    mark += "（NO は仮）" if row.provisional else ""
    return (
        request.no,
        request.department,
        *(request.meaning(key) for key in keys),
        request.requested,
        title + mark,
    )
