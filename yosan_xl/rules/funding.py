"""財源内訳: the funding must be what the rows say and add up to the total.

Σ 財源 = 合計 and 一般財源 = 合計 − 特財 are one equation. Who tells of a mistake depends on
what else agrees: 特財 that differs from うち特財 is YX203; else a 一般財源 that is written is
YX206; what is left (no 一般財源, or two mistakes at once) is YX204. A wrong 合計 is YX202 alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yosan_xl.model.axes import ASKED, SPECIFIC, TOTAL, Axes, RowList
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.model.text import on_one_line
from yosan_xl.rules.amounts import limits_of, overdrawn
from yosan_xl.rules.figures import (
    Balance,
    FundedStage,
    balances,
    figures,
    funded_stages,
    gap,
    lines_sum,
    list_words,
    row_amounts,
    shown,
    sum_cell,
    totals,
    zero,
)
from yosan_xl.rules.registry import RuleContext, rule


def _reads_specific(axes: Axes) -> Iterator[str]:
    for funded in funded_stages(axes):
        if lists := (*funded.of_specific, *funded.apart):
            yield from (_specific_pointer(own, funded) for own in lists)
            yield from (funded.stage.amounts[SPECIFIC],) if SPECIFIC in funded.stage.amounts else ()
            yield from (funded.stage.amounts[source] for source in funded.specific)


def _specific_pointer(own: RowList, funded: FundedStage) -> str:
    column = own.of_amount(funded.stage.key, SPECIFIC)
    return own.row_pointer(column.key) if column else own.pointer


def _reads_all(axes: Axes) -> Iterator[str]:
    stages = funded_stages(axes)
    if stages:
        yield from row_amounts(axes)
        yield from totals(axes)
    for funded in stages:
        yield from funded.pointers


def _reads_rest(axes: Axes) -> Iterator[str]:
    if any(funded.rest for funded in funded_stages(axes)):
        yield from _reads_all(axes)


@rule(
    Code(
        "YX203",
        Weight.ERROR,
        title="うち特財の計が特定財源の計とちがう",
        fact="「{column}」の計 {specific} が特定財源の計 {sources} と {gap} ちがいます。",
        remedy="{written}の額か{rows_name}「{column_of_line}」を直してください。",
        why="特定財源は使いみちの決まった財源なので、どの明細に"
        "充てるかの額と一致します(地方自治法施行規則 第15条の2 事項別明細書の財源内訳)。",
        wrong="うち特財の計 12,000千円、特定財源 11,999千円",
        right="うち特財の計 12,000千円、特定財源 12,000千円",
    ),
    reads=_reads_specific,
)
def specific_rows(request: Request, _: RuleContext) -> Iterator[Fault]:
    """Σ(うち特財) = Σ特定財源, in every list that has them; nothing is asked while the amount is 未定."""
    for balance in balances(request):
        funded = balance.funded_stage
        if funded.of_specific and not balance.specific_agrees:
            by_rows = balance.specific is None
            summed = balance.lines_specific if by_rows else balance.specific
            if not _line_tells(request, balance, zero(summed) - zero(balance.sources)):
                yield from _specific_fault(request, balance, funded.of_specific[0], summed)
        for own in funded.apart:
            summed = lines_sum(request, (own,), (balance.stage.key, SPECIFIC))
            if not _agrees_apart(request, balance, own, summed):
                yield from _specific_fault(request, balance, own, summed)


def _agrees_apart(request: Request, balance: Balance, own: RowList, summed: int | None) -> bool:
    """Return whether a list that says 特定財源 once more says the same, or its 小計 or the other rows are told of."""
    cell = (balance.stage.key, SPECIFIC)
    parts = sum_cell((row.amounts for row in request.subtotals.get(own.key, ())), cell)
    said = {*balance.all_sources, zero(balance.specific), zero(balance.lines_specific)}
    return zero(summed) in said or (parts is not None and parts in said)


def _specific_fault(
    request: Request, balance: Balance, own: RowList, summed: int | None
) -> Iterator[Fault]:
    both_given = summed is not None and balance.sources is not None
    if not (balance.is_decided or both_given) or (summed is None and balance.is_transfer):
        return
    axes, funded = request.axes, balance.funded_stage
    written = _written_sources(request, funded)
    pointers = balance.stage.amounts
    named = written or ([] if SPECIFIC in pointers else list(funded.specific))
    column = own.of_amount(balance.stage.key, SPECIFIC)
    label = column.label if column else ""
    asked = own.of_amount(ASKED, SPECIFIC)
    yield Fault(
        pointers[named[0] if named else SPECIFIC],
        {
            "column": label.replace(asked.label, f"({asked.label})") if asked else label,
            "column_of_line": label,
            "rows_name": list_words(axes, own) or "明細の",
            "specific": shown(summed, axes.unit),
            "sources": shown(balance.sources, axes.unit),
            "gap": gap(summed, balance.sources, axes.unit),
            **figures(balance.sources, summed),
            "written": "".join(
                f"「{axes.source_label(source)}」" for source in written or funded.specific
            ),
        },
    )


@rule(
    Code(
        "YX204",
        Weight.ERROR,
        title="財源の計が合計とちがう",
        fact="財源の計 {funded} が「{column}」の合計 {total} と {gap} ちがいます。",
        remedy="「財源内訳」の額を直してください。",
        why="要求額は、特定財源と一般財源ですべてまかなわれます(地方自治法施行規則 第15条の2 "
        "事項別明細書の財源内訳)。",
        wrong="合計 6,259千円、特定財源 5,868千円、一般財源 なし",
        right="合計 6,259千円、特定財源 5,868千円、一般財源 391千円",
    ),
    reads=_reads_all,
)
def funded(request: Request, _: RuleContext) -> Iterator[Fault]:
    """Σ 財源 = 合計, where neither うち特財 (YX203) nor 一般財源 (YX206) alone is to blame."""
    unit = request.axes.unit
    for balance in balances(request):
        if balance.is_decided and not balance.adds_up and not _other_rule_tells(balance):
            rest = balance.funded_stage.rest
            yield Fault(
                balance.stage.amounts[rest if rest and not _is_sum_of_sources(balance) else TOTAL],
                {
                    "funded": shown(balance.funded, unit),
                    "column": balance.stage.label,
                    "total": shown(_total(balance), unit),
                    "gap": gap(balance.funded, _total(balance), unit),
                    **figures(balance.funded, _total(balance)),
                },
            )


@rule(
    Code(
        "YX206",
        Weight.ERROR,
        title="一般財源が合計から特定財源を引いた額とちがう",
        fact="{rest_name} {rest} が、「{column}」の合計 {total} から特定財源 {sources} を引いた額"
        " {right} と {gap} ちがいます。",
        remedy="合計と特定財源の額を確かめ、どちらも正しければ「{rest_name}」を {right} に直してください。",
        why="一般財源は、合計のうち特定財源でまかなえない残りです。要求書では自動で計算されます"
        "(地方自治法施行規則 第15条の2 事項別明細書の財源内訳)。",
        wrong="合計 90,955千円、特定財源 12,000千円、一般財源 78,965千円",
        right="合計 90,955千円、特定財源 12,000千円、一般財源 78,955千円",
    ),
    reads=_reads_rest,
)
def rest(request: Request, _: RuleContext) -> Iterator[Fault]:
    """一般財源 = 合計 − 特財, where it is written and 特財 is what the rows say."""
    axes = request.axes
    for balance in balances(request):
        if balance.is_decided and not balance.adds_up and _rest_is_to_blame(balance):
            right = zero(_total(balance)) - zero(balance.sources)
            yield Fault(
                _rest_pointer(balance),
                {
                    "rest_name": axes.source_label(axes.rest or ""),
                    "rest": shown(balance.rest, axes.unit),
                    "column": balance.stage.label,
                    "total": shown(_total(balance), axes.unit),
                    "sources": shown(zero(balance.sources), axes.unit),
                    "right": shown(right, axes.unit),
                    "gap": gap(balance.rest, right, axes.unit),
                    **figures(balance.rest, right),
                },
            )


@rule(
    Code(
        "YX207",
        Weight.WARNING,
        title="一般財源が0より小さい",
        fact="特定財源の計 {sources} が「{column}」の合計 {total} を上回り、"
        "{rest_name}が {rest} です。",
        remedy="特定財源の額を確かめ、ほかの事業にも充てるのであればその旨を財政課に伝えてください。",
        why="特定財源がその事業の額をこえることはまれで、桁や単位のまちがいが多いためです"
        "(要求額が減額の要求か、財源だけを入れかえる 0 の要求であれば指摘しません)。",
        wrong="合計 50千円、特定財源 100千円、一般財源 △50千円",
        right="合計 50千円、特定財源 50千円、一般財源 0千円",
    ),
    reads=_reads_rest,
)
def negative_rest(request: Request, _: RuleContext) -> Iterator[Fault]:
    """一般財源 >= 0 unless the total is a reduction or 0 (財源振替), and where no other rule tells the cause."""
    axes = request.axes
    for balance in balances(request):
        agrees = balance.is_decided and balance.adds_up and balance.specific_agrees
        excess = zero(balance.rest) < 0 < zero(_total(balance))
        if agrees and excess and not _is_overdrawn(request, balance):
            yield Fault(
                _rest_pointer(balance),
                {
                    "sources": shown(balance.sources, axes.unit),
                    "column": balance.stage.label,
                    "total": shown(_total(balance), axes.unit),
                    "rest_name": axes.source_label(axes.rest or ""),
                    "rest": shown(balance.rest, axes.unit),
                    **figures(balance.rest, None),
                },
            )


_NO_NAME = re.compile(r"(?:該当|特に|とくに)?(?:なし|無し|無|ない|未定)。?|[－―ー‐-]+")
"""What is written for no source."""


def _reads_names(axes: Axes) -> Iterator[str]:
    for funded in funded_stages(axes):
        if funded.stage.key == ASKED:
            yield funded.stage.amounts[TOTAL]
            for source in _named_sources(axes, funded):
                yield from (axes.source(source).name or "", funded.stage.amounts[source])


def _named_sources(axes: Axes, funded: FundedStage) -> list[str]:
    """Return the keys of the specific sources of a stage that have a text beside them."""
    return [source for source in funded.specific if axes.source(source).name]


@rule(
    Code(
        "YX219",
        Weight.WARNING,
        title="財源の名称があるのに額がない",
        fact="「{label}」に「{name}」とありますが、額がありません。",
        remedy="見込まれる額を入力してください。この要求に充てないときは、名称を消してください。",
        why="額を入れ忘れると、その分が一般財源になり、市町村の負担が大きく見えます。",
        wrong="国の補助金「道路メンテナンス事業補助金」、額なし",
        right="国の補助金「道路メンテナンス事業補助金」、額 59,000千円",
    ),
    reads=_reads_names,
)
def named_without_amount(request: Request, _: RuleContext) -> Iterator[Fault]:
    """A 特定財源 that has a name has an amount (0 is one), once what is asked for is known."""
    axes, amounts = request.axes, request.amounts
    for funded in funded_stages(axes):
        if funded.stage.key != ASKED or not amounts.get((ASKED, TOTAL)):
            continue
        for source in _named_sources(axes, funded):
            name = (request.source_name(source) or "").strip()
            is_lacking = name and amounts.get((ASKED, source)) is None
            if is_lacking and not _NO_NAME.fullmatch(name):
                facts = {"label": axes.source_label(source), "name": on_one_line(name, _SHOWN)}
                yield Fault(funded.stage.amounts[source], facts)


_SHOWN = 40
"""Characters of a name that stand in a sentence."""


def _rest_pointer(balance: Balance) -> str:
    return balance.stage.amounts[balance.funded_stage.rest or TOTAL]


def _is_overdrawn(request: Request, balance: Balance) -> bool:
    return any(True for _ in _overdrawn_amounts(request, balance))


def _line_tells(request: Request, balance: Balance, excess: int) -> bool:
    """Return whether mending one うち特財 above its row's amount (YX205) mends the sum as well."""
    return any(
        0 <= within - excess <= whole for within, whole in _overdrawn_amounts(request, balance)
    )


def _overdrawn_amounts(request: Request, balance: Balance) -> Iterator[tuple[int, int]]:
    """Yield the うち特財 of the stage that are above their rows' amounts, each with that amount."""
    specific = (balance.stage.key, SPECIFIC)
    for own in balance.funded_stage.of_specific:
        limits = limits_of(request.axes, own.key)
        for line in request.lists[own.key] if limits else ():
            for part, whole in overdrawn(limits, line):
                if part.amount == specific and whole.amount:
                    yield zero(line.amounts.get(specific)), zero(line.amounts.get(whole.amount))


def _rest_is_to_blame(balance: Balance) -> bool:
    return balance.rest is not None and balance.specific_agrees and not _is_sum_of_sources(balance)


def _is_sum_of_sources(balance: Balance) -> bool:
    return balance.stage.total == "sources"


def _other_rule_tells(balance: Balance) -> bool:
    return _rest_is_to_blame(balance) or balance.rest_follows_specific


def _total(balance: Balance) -> int | None:
    return balance.lines_total if balance.total is None else balance.total


def _written_sources(request: Request, own: FundedStage) -> list[str]:
    """Return the keys of the specific sources that have an amount at a stage."""
    key = own.stage.key
    return [source for source in own.specific if request.amounts.get((key, source)) is not None]
