"""財源内訳: the funding must be what the lines say and add up to the total.

Σ 財源 = 合計 and 一般財源 = 合計 − 特財 are one equation. Who tells of a mistake depends on
what else agrees: 特財 that differs from うち特財 is YX203; else a 一般財源 that is written is
YX206; what is left (no 一般財源, or two mistakes at once) is YX204. A wrong 合計 is YX202 alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import EARMARKED_SOURCES, Request
from yosan_xl.rules.amounts import overdrawn
from yosan_xl.rules.context import Context
from yosan_xl.rules.figures import (
    COLUMNS,
    LINE_AMOUNTS,
    SOURCES,
    TOTAL_AMOUNTS,
    Balance,
    Edition,
    amount,
    balances,
    figures,
    gap,
    shown,
    zero,
)
from yosan_xl.rules.registry import rule

_EARMARKS = (
    "/lines/*/earmarked",
    "/lines/*/budgeted_earmarked",
    "/total/earmarked",
    "/total/budgeted_earmarked",
)
_SOURCES = tuple(
    f"/funding/{source}/{column}" for source in SOURCES for column in ("amount", "budgeted")
)
_GENERAL = ("/funding/general/amount", "/funding/general/budgeted")
_ALL = (*LINE_AMOUNTS, *TOTAL_AMOUNTS, *_SOURCES, *_GENERAL)


@rule(
    Code(
        "YX203",
        Weight.ERROR,
        title="うち特財の計が特定財源の計とちがう",
        fact="「{column}」の計 {earmarked} が特定財源の計 {sources} と {gap} ちがいます。",
        remedy="{written}の額か明細の「{column_of_line}」を直してください。",
        why="特定財源(国庫支出金、都支出金、その他特財)は使いみちの決まった財源なので、どの明細に"
        "充てるかの額と一致します(地方自治法施行規則 第15条の2 事項別明細書の財源内訳)。",
        wrong="うち特財の計 12,000千円、都支出金 11,999千円",
        right="うち特財の計 12,000千円、都支出金 12,000千円",
    ),
    reads=(*_EARMARKS, *_SOURCES),
)
def earmarks(request: Request, _: Context) -> Iterator[Fault]:
    """Σ(うち特財) = 国庫 + 都 + その他特財; nothing is asked while the amount is 未定."""
    for balance in balances(request):
        summed = balance.lines_earmarked if balance.earmarked is None else balance.earmarked
        both_given = summed is not None and balance.sources is not None
        if balance.earmarks_agree or not (balance.is_decided or both_given):
            continue
        if _line_tells(request, balance, zero(summed) - zero(balance.sources)):
            continue
        written = _written_sources(request, balance.edition)
        label = COLUMNS[balance.edition.earmarked]
        yield Fault(
            f"/funding/{written[0]}/{balance.edition.funding}"
            if written
            else f"/total/{balance.edition.earmarked}",
            {
                "column": label.replace("うち特財", "(うち特財)"),
                "column_of_line": label,
                "earmarked": shown(summed),
                "sources": shown(balance.sources),
                "gap": gap(summed, balance.sources),
                **figures(balance.sources, summed),
                "written": "".join(f"「{SOURCES[source]}」" for source in written or SOURCES),
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
        wrong="合計 6,259千円、国庫支出金 5,868千円、一般財源 なし",
        right="合計 6,259千円、国庫支出金 5,868千円、一般財源 391千円",
    ),
    reads=_ALL,
)
def funded(request: Request, _: Context) -> Iterator[Fault]:
    """Σ 財源 = 合計, where neither うち特財 (YX203) nor 一般財源 (YX206) alone is to blame."""
    for balance in balances(request):
        if balance.is_decided and not balance.adds_up and not _other_rule_tells(balance):
            yield Fault(
                f"/funding/general/{balance.edition.funding}",
                {
                    "funded": shown(balance.funded),
                    "column": COLUMNS[balance.edition.total],
                    "total": shown(_total(balance)),
                    "gap": gap(balance.funded, _total(balance)),
                    **figures(balance.funded, _total(balance)),
                },
            )


@rule(
    Code(
        "YX206",
        Weight.ERROR,
        title="一般財源が合計から特定財源を引いた額とちがう",
        fact="一般財源 {general} が、「{column}」の合計 {total} から特定財源 {sources} を引いた額"
        " {right} と {gap} ちがいます。",
        remedy="合計と特定財源の額を確かめ、どちらも正しければ「一般財源」を {right} に直してください。",
        why="一般財源は、合計のうち特定財源でまかなえない残りです。要求書では自動で計算されます"
        "(地方自治法施行規則 第15条の2 事項別明細書の財源内訳)。",
        wrong="合計 90,955千円、特定財源 12,000千円、一般財源 78,965千円",
        right="合計 90,955千円、特定財源 12,000千円、一般財源 78,955千円",
    ),
    reads=_ALL,
)
def general(request: Request, _: Context) -> Iterator[Fault]:
    """一般財源 = 合計 − 特財, where it is written and 特財 is what the lines say."""
    for balance in balances(request):
        if balance.is_decided and not balance.adds_up and _general_is_to_blame(balance):
            right = zero(_total(balance)) - zero(balance.sources)
            yield Fault(
                f"/funding/general/{balance.edition.funding}",
                {
                    "general": shown(balance.general),
                    "column": COLUMNS[balance.edition.total],
                    "total": shown(_total(balance)),
                    "sources": shown(zero(balance.sources)),
                    "right": shown(right),
                    "gap": gap(balance.general, right),
                    **figures(balance.general, right),
                },
            )


@rule(
    Code(
        "YX207",
        Weight.WARNING,
        title="一般財源が0より小さい",
        fact="特定財源の計 {sources} が「{column}」の合計 {total} を上回り、"
        "一般財源が {general} です。",
        remedy="特定財源の額を確かめ、ほかの事業にも充てるのであればその旨を財政課に伝えてください。",
        why="特定財源がその事業の額をこえることはまれで、桁や単位のまちがいが多いためです"
        "(要求額が減額の要求であれば指摘しません)。",
        wrong="合計 50千円、国庫支出金 100千円、一般財源 △50千円",
        right="合計 50千円、国庫支出金 50千円、一般財源 0千円",
    ),
    reads=_ALL,
)
def negative_general(request: Request, _: Context) -> Iterator[Fault]:
    """一般財源 >= 0 unless the total is a reduction, and where no other rule tells the cause."""
    for balance in balances(request):
        agrees = balance.is_decided and balance.adds_up and balance.earmarks_agree
        excess = zero(balance.general) < 0 <= zero(_total(balance))
        explained = any(balance.edition in overdrawn(line) for line in request.lines)
        if agrees and excess and not explained:
            yield Fault(
                f"/funding/general/{balance.edition.funding}",
                {
                    "sources": shown(balance.sources),
                    "column": COLUMNS[balance.edition.total],
                    "total": shown(_total(balance)),
                    "general": shown(balance.general),
                    **figures(balance.general, None),
                },
            )


def _line_tells(request: Request, balance: Balance, excess: int) -> bool:
    """Tell whether mending one うち特財 above its line's amount (YX205) mends the sum as well."""
    column, whole = balance.edition.earmarked, balance.edition.total
    return any(
        0 <= zero(amount(line.amounts, column)) - excess <= zero(amount(line.amounts, whole))
        for line in request.lines
        if balance.edition in overdrawn(line)
    )


def _general_is_to_blame(balance: Balance) -> bool:
    return balance.general is not None and balance.earmarks_agree


def _other_rule_tells(balance: Balance) -> bool:
    return _general_is_to_blame(balance) or balance.general_follows_earmarks


def _total(balance: Balance) -> int | None:
    return balance.lines_total if balance.total is None else balance.total


def _written_sources(request: Request, edition: Edition) -> list[str]:
    """Give the keys of the sources that have an amount in this edition."""
    return [
        source
        for source in EARMARKED_SOURCES
        if source in request.funding
        and getattr(request.funding[source], edition.funding) is not None
    ]
