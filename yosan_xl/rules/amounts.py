"""要求内容: what the line items, 小計 and 合計 must add up to, and that an amount says what it is for."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.model.axes import SPECIFIC, STAGES, BudgetStage
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import AMOUNTS, Amounts, Line, Request
from yosan_xl.rules.figures import (
    LINE_AMOUNTS,
    TOTAL_AMOUNTS,
    amount,
    figures,
    gap,
    shown,
    sum_column,
    zero,
)
from yosan_xl.rules.registry import RuleContext, rule


@rule(
    Code(
        "YX201",
        Weight.ERROR,
        title="小計が明細の計とちがう",
        fact="「{part}」の明細の「{column}」の計 {lines} が小計 {subtotal} と {gap} ちがいます。",
        remedy="「{part}」の明細の額か小計を直してください。",
        why="小計は、その区分の明細をすべて足した額です。集計は明細からも小計からも行うので、"
        "ちがうと表によって額が変わります(様式の項目10「{/lines}」)。",
        wrong="レベルアップ分の明細 4,000千円 + 500千円、小計 4,400千円",
        right="レベルアップ分の明細 4,000千円 + 500千円、小計 4,500千円",
    ),
    reads=("/lines/*/part", *LINE_AMOUNTS, "/subtotals"),
)
def subtotal(request: Request, context: RuleContext) -> Iterator[Fault]:
    """Σ line items of a part = its 小計, in each of the four columns."""
    if is_mixed(request):
        return  # YX306 tells of it; which lines belong to the 小計 is not known
    for part, pointer, amounts in _subtotals(request):
        rows = [line.amounts for line in request.lines if line.part == part]
        for column in AMOUNTS:
            lines = sum_column(rows, column)
            given = amount(amounts, column) if amounts else None
            if _differs(column, lines, given):
                yield Fault(
                    f"{pointer}/{column}" if amounts else pointer,
                    {
                        "part": part,
                        "column": context.label(f"/lines/*/{column}"),
                        "lines": shown(lines),
                        "subtotal": shown(given),
                        "gap": gap(lines, given),
                        **figures(given, lines),
                    },
                )


@rule(
    Code(
        "YX202",
        Weight.ERROR,
        title="合計が小計(明細)の計とちがう",
        fact="{summands}の「{column}」の計 {sum} が合計 {total} と {gap} ちがいます。",
        remedy="{summands}の額か合計を直してください。",
        why="合計は要求する額そのもので、議会と区民に示す額になります"
        "(地方自治法 第210条 総計予算主義: 収入と支出はすべて予算に入れる)。",
        wrong="小計 4,500千円 + 1,000千円、合計 5,400千円",
        right="小計 4,500千円 + 1,000千円、合計 5,500千円",
    ),
    reads=(*LINE_AMOUNTS, "/subtotals", *TOTAL_AMOUNTS),
)
def total(request: Request, context: RuleContext) -> Iterator[Fault]:
    """Σ 小計 = 合計, or Σ line items = 合計 in a flat list.

    A 合計 that agrees with the lines but not with 小計 is right, and YX201 tells of the 小計.
    """
    rows = [line.amounts for line in request.lines]
    parts = [row.amounts for row in request.subtotals]
    for column in AMOUNTS:
        lines = sum_column(rows, column)
        summed = sum_column(parts, column) if parts else lines
        given = amount(request.total, column)
        if _differs(column, summed, given) and _differs(column, lines, given):
            yield Fault(
                f"/total/{column}",
                {
                    "summands": "小計" if parts else "明細",
                    "column": context.label(f"/lines/*/{column}"),
                    "sum": shown(summed),
                    "total": shown(given),
                    "gap": gap(summed, given),
                    **figures(given, summed),
                },
            )


@rule(
    Code(
        "YX205",
        Weight.ERROR,
        title="うち特財が要求額より大きい",
        fact="{row}行目の「{earmarked_label}」 {earmarked} が「{column}」 {amount} を"
        " {gap} 上回っています。",
        remedy="{row}行目のどちらかの額を直してください(円と千円のまちがいもお確かめください)。",
        why="うち特財は、その行の額のうち特定財源でまかなう分なので、行の額をこえません"
        "(様式の項目10「{/lines}」の「{/lines/*/earmarked}」)。",
        wrong="要求額 6,259千円、うち特財 58,680千円",
        right="要求額 6,259千円、うち特財 5,868千円",
    ),
    reads=LINE_AMOUNTS,
)
def earmarked(request: Request, context: RuleContext) -> Iterator[Fault]:
    """うち特財 <= the amount of the line, where both are positive (a reduction may be both)."""
    for index, line in enumerate(request.lines):
        for stage in overdrawn(line):
            whole, within = line.amounts.at(stage), line.amounts.at(stage, SPECIFIC)
            yield Fault(
                f"/lines/{index}/{stage.specific}",
                {
                    "row": index + 1,
                    "column": context.label(f"/lines/*/{stage.total}"),
                    "earmarked_label": context.label(f"/lines/*/{stage.specific}"),
                    "amount": shown(whole),
                    "earmarked": shown(within),
                    "gap": gap(within, whole),
                    **figures(within, None),
                },
            )


def overdrawn(line: Line) -> list[BudgetStage]:
    """Return the stages in which a line's うち特財 is larger than its amount."""
    amounts = line.amounts
    return [
        stage for stage in STAGES if zero(amounts.at(stage, SPECIFIC)) > zero(amounts.at(stage)) > 0
    ]


def is_mixed(request: Request) -> bool:
    """Return whether some lines belong to a part and others to none."""
    return len({line.part is None for line in request.lines}) == 2


def _subtotals(request: Request) -> Iterator[tuple[str, str, Amounts | None]]:
    """Return every part with the pointer and the amounts of its 小計; None where it has none."""
    for index, row in enumerate(request.subtotals):
        yield row.part or "小計", f"/subtotals/{index}", row.amounts
    written = {row.part for row in request.subtotals}
    for part in dict.fromkeys(line.part for line in request.lines):
        if part is not None and part not in written:
            yield part, "/subtotals", None


def _differs(column: str, summed: int | None, given: int | None) -> bool:
    # Finance may write a 予算額 for the whole before it has one for each line.
    if summed is None and column.startswith("budgeted"):
        return False
    return zero(summed) != zero(given)


@rule(
    Code(
        "YX213",
        Weight.WARNING,
        title="要求額だけで内容のない行がある",
        fact="{row}行目に「{/lines/*/requested}」 {amount} がありますが、「{/lines/*/label}」がありません{more}。",
        remedy="「{/lines/*/label}」に何の経費かを書いてください。",
        why="内容のない額は、査定でも公表でも何の経費か分かりません(様式の項目10「{/lines}」)。"
        "額の決まらない内容(未定)はあるので、内容だけの行は指摘しません。",
        wrong="内容 (空)、要求額 4,017千円",
        right="内容 サービス利用料、要求額 4,017千円",
    ),
    reads=("/lines/*/label", "/lines/*/requested"),
)
def labelled(request: Request, _: RuleContext) -> Iterator[Fault]:
    """Every amount stands beside its 内容; one finding for all rows of a request."""
    rows = [
        index
        for index, line in enumerate(request.lines)
        if line.amounts.requested is not None and not (line.label or "").strip()
    ]
    if rows:
        first = rows[0]
        more = f"(ほかに {len(rows) - 1}行)" if len(rows) > 1 else ""
        amount = shown(request.lines[first].amounts.requested)
        yield Fault(f"/lines/{first}/label", {"row": first + 1, "amount": amount, "more": more})
