"""Lists of rows and stages: what the rows, 小計, 合計 and 増減 must add up to, and that an amount says what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.model.axes import SPECIFIC, TOTAL, Amounts, Axes, Column, RowList, Stage
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Line, Request
from yosan_xl.rules.figures import (
    adding,
    figures,
    gap,
    lines_sum,
    list_words,
    priced,
    shown,
    sum_cell,
    sum_given,
    zero,
)
from yosan_xl.rules.registry import RuleContext, rule


def _reads_subtotals(axes: Axes) -> Iterator[str]:
    for own in axes.lists:
        if own.subtotals:
            yield own.row_pointer(own.group)
            yield from (own.row_pointer(key) for key, _ in own.amounts)
            yield own.subtotals


@rule(
    Code(
        "YX201",
        Weight.ERROR,
        title="小計が明細の計とちがう",
        fact="{list_name}「{part}」の明細の「{column}」の計 {lines} が{subtotal_name} {subtotal} と {gap} ちがいます。",
        remedy="{list_name}「{part}」の明細の額か{subtotal_name}を直してください。",
        why="小計は、その区分の明細をすべて足した額です。集計は明細からも小計からも行うので、"
        "ちがうと表によって額が変わります(様式の「{label:lines}」)。",
        wrong="報酬の明細 4,000千円 + 500千円、小計 4,400千円",
        right="報酬の明細 4,000千円 + 500千円、小計 4,500千円",
    ),
    reads=_reads_subtotals,
)
def subtotal(request: Request, _: RuleContext) -> Iterator[Fault]:
    """Σ rows of a group = its 小計, in each column that adds up to a stage."""
    for own in request.axes.lists:
        if own.subtotals and not is_mixed(request.lists[own.key]):
            yield from _subtotal_faults(request, own)


def _subtotal_faults(request: Request, own: RowList) -> Iterator[Fault]:
    unit = request.axes.unit
    for part, pointer, amounts in _subtotals(request, own):
        rows = [line.amounts for line in request.lists[own.key] if line.group == part]
        for column in own.columns:
            if column.amount is None:
                continue
            lines = sum_cell(rows, column.amount)
            given = amounts.get(column.amount) if amounts else None
            if _differs(request.axes.stage(column.amount[0]), lines, given):
                yield Fault(
                    f"{pointer}/{column.key}" if amounts else pointer,
                    {
                        "list_name": list_words(request.axes, own),
                        "subtotal_name": own.subtotal,
                        "part": part,
                        "column": column.label,
                        "lines": shown(lines, unit),
                        "subtotal": shown(given, unit),
                        "gap": gap(lines, given, unit),
                        **figures(given, lines),
                    },
                )


class Summed(NamedTuple):
    """An amount that lists add up to: where it is, what the lists and their column are called, and the sum."""

    cell: tuple[str, str]
    pointer: str
    lists: tuple[RowList, ...]
    rows: str
    column: str
    words: str


@lru_cache(maxsize=64)
def summed(axes: Axes) -> tuple[Summed, ...]:
    """Return every amount that lists add up to, in the form's order."""
    return tuple(
        _summed(axes, stage, source, lists)
        for stage in axes.stages
        for source in stage.amounts
        if (lists := adding(axes, stage.key, source))
    )


def _summed(axes: Axes, stage: Stage, source: str, lists: tuple[RowList, ...]) -> Summed:
    """Return an amount with its words; the sum is 合計 where its column has the stage's word."""
    column = lists[0].of_amount(stage.key, source)
    label = column.label if column else ""
    words = "合計"
    if source == TOTAL and stage.label != label:
        words = f"「{stage.label}」の合計"
    elif source not in (TOTAL, SPECIFIC):
        words = f"「{axes.amount_label(stage.key, source)}」"
    names = "".join(f"「{own.label}」" for own in lists) if len(axes.lists) > 1 else ""
    return Summed(
        cell=(stage.key, source),
        pointer=stage.amounts[source],
        lists=lists,
        rows=f"{names}の" if names else "",
        column=label,
        words=words,
    )


def _reads_totals(axes: Axes) -> Iterator[str]:
    for amount in summed(axes):
        for own in amount.lists:
            yield from (own.row_pointer(key) for key, cell in own.amounts if cell == amount.cell)
            yield from (own.subtotals,) if own.subtotals else ()
        yield amount.pointer


@rule(
    Code(
        "YX202",
        Weight.ERROR,
        title="合計が小計(明細)の計とちがう",
        fact="{summands}の「{column}」の計 {sum} が{sum_name} {total} と {gap} ちがいます。",
        remedy="{summands}の額か合計を直してください。",
        why="合計は要求する額そのもので、議会と住民に示す額になります"
        "(地方自治法 第210条 総計予算主義: 収入と支出はすべて予算に入れる)。",
        wrong="小計 4,500千円 + 1,000千円、合計 5,400千円",
        right="小計 4,500千円 + 1,000千円、合計 5,500千円",
    ),
    reads=_reads_totals,
)
def total(request: Request, _: RuleContext) -> Iterator[Fault]:
    """Σ 小計 = 合計, or Σ rows = 合計 in a flat list; so every source that a list adds up to.

    A 合計 that agrees with the rows but not with 小計 is right, and YX201 tells of the 小計.
    """
    unit = request.axes.unit
    for amount in summed(request.axes):
        lines = lines_sum(request, amount.lists, amount.cell)
        given = request.amounts.get(amount.cell)
        parts = [row for own in amount.lists for row in request.subtotals.get(own.key, ())]
        by_parts = _sum_of_parts(request, amount) if parts else lines
        stage = request.axes.stage(amount.cell[0])
        if _differs(stage, by_parts, given) and _differs(stage, lines, given):
            yield Fault(
                amount.pointer,
                {
                    "summands": amount.rows + (amount.lists[0].subtotal if parts else "明細"),
                    "column": amount.column,
                    "sum_name": amount.words,
                    "sum": shown(by_parts, unit),
                    "total": shown(given, unit),
                    "gap": gap(by_parts, given, unit),
                    **figures(given, by_parts),
                },
            )


def _sum_of_parts(request: Request, amount: Summed) -> int | None:
    """Return the sum of 小計, and of the rows of the lists that have none."""
    rows = (request.subtotals.get(own.key) or request.lists[own.key] for own in amount.lists)
    return sum_given(row.amounts.get(amount.cell) for own in rows for row in own)


def _reads_limits(axes: Axes) -> Iterator[str]:
    for own in axes.lists:
        for column in own.columns:
            if column.not_more:
                yield own.row_pointer(column.not_more)
                yield own.row_pointer(column.key)


@rule(
    Code(
        "YX205",
        Weight.ERROR,
        title="うち特財が要求額より大きい",
        fact="{list_name}{row}行目の「{within_name}」 {within} が「{column}」 {amount} を {gap} 上回っています。",
        remedy="{list_name}{row}行目のどちらかの額を直してください(円と千円のまちがいもお確かめください)。",
        why="うち特財は、その行の額のうち特定財源でまかなう分なので、行の額をこえません"
        "(様式の「{label:lines}」)。",
        wrong="要求額 6,259千円、うち特財 58,680千円",
        right="要求額 6,259千円、うち特財 5,868千円",
    ),
    reads=_reads_limits,
)
def overdrawn_rows(request: Request, _: RuleContext) -> Iterator[Fault]:
    """うち特財 <= the amount of the row, where both are positive (a reduction may be both)."""
    unit = request.axes.unit
    for own in request.axes.lists:
        limits = limits_of(request.axes, own.key)
        for index, line in enumerate(request.lists[own.key] if limits else ()):
            for part, whole in overdrawn(limits, line):
                within, amount = _value(line, part), _value(line, whole)
                yield Fault(
                    f"{own.pointer}/{index}/{part.key}",
                    {
                        "list_name": list_words(request.axes, own),
                        "row": index + 1,
                        "column": whole.label,
                        "within_name": part.label,
                        "amount": shown(amount, unit),
                        "within": shown(within, unit),
                        "gap": gap(within, amount, unit),
                        **figures(within, None),
                    },
                )


Limits = tuple[tuple[Column, Column], ...]
"""Columns of a list (うち特財), each with the one that it must not exceed (要求額)."""


@lru_cache(maxsize=256)
def limits_of(axes: Axes, key: str) -> Limits:
    """Return the limits of a list."""
    columns = {column.key: column for column in axes.rows(key).columns}
    return tuple((one, columns[one.not_more]) for one in columns.values() if one.not_more)


def overdrawn(limits: Limits, line: Line) -> list[tuple[Column, Column]]:
    """Return the columns of a row that are more than they may be, each with its limit."""
    return [
        (part, whole)
        for part, whole in limits
        if zero(_value(line, part)) > zero(_value(line, whole)) > 0
    ]


def _value(line: Line, column: Column) -> int | None:
    if column.amount:
        return line.amounts.get(column.amount)
    value = line.values.get(column.key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def is_mixed(lines: tuple[Line, ...]) -> bool:
    """Return whether some rows belong to a group and others to none."""
    return len({line.group is None for line in lines}) == 2


def _subtotals(request: Request, own: RowList) -> Iterator[tuple[str, str, Amounts | None]]:
    """Return every group with the pointer and the amounts of its 小計; None where it has none."""
    for index, row in enumerate(request.subtotals[own.key]):
        yield row.group or own.subtotal, f"{own.subtotals}/{index}", row.amounts
    written = {row.group for row in request.subtotals[own.key]}
    for group in dict.fromkeys(line.group for line in request.lists[own.key]):
        if group is not None and group not in written:
            yield group, own.subtotals or "", None


def _differs(stage: Stage, added: int | None, given: int | None) -> bool:
    # Finance may write a 予算額 for the whole before it has one for each row.
    if added is None and stage.by == "finance":
        return False
    return zero(added) != zero(given)


@rule(
    Code(
        "YX213",
        Weight.WARNING,
        title="要求額だけで内容のない行がある",
        fact="{list_name}{row}行目に「{amount_name}」 {amount} がありますが、「{text_name}」がありません{more}。",
        remedy="「{text_name}」に何の経費かを書いてください。",
        why="内容のない額は、査定でも公表でも何の経費か分かりません(様式の「{label:lines}」)。"
        "額の決まらない内容(未定)はあるので、内容だけの行は指摘しません。",
        wrong="内容 (空)、要求額 4,017千円",
        right="内容 サービス利用料、要求額 4,017千円",
    ),
    reads=lambda axes: [
        own.rows.row_pointer(key) for own in priced(axes, "label") for key in (own.text, own.amount)
    ],
)
def labelled(request: Request, _: RuleContext) -> Iterator[Fault]:
    """Every amount stands beside its 内容; one finding for all rows of a list."""
    for own in priced(request.axes, "label"):
        lines = request.lists[own.rows.key]
        rows = [
            index
            for index, line in enumerate(lines)
            if line.amounts.get(own.cell) is not None and not (line.label or "").strip()
        ]
        if rows:
            first = rows[0]
            yield Fault(
                f"{own.rows.pointer}/{first}/{own.text}",
                {
                    "list_name": list_words(request.axes, own.rows),
                    "row": first + 1,
                    "amount_name": own.amount_label,
                    "text_name": own.text_label,
                    "amount": shown(lines[first].amounts.get(own.cell), request.axes.unit),
                    "more": f"(ほかに {len(rows) - 1}行)" if len(rows) > 1 else "",
                },
            )
