"""積算 in words: a unit-price expression that is typed beside an amount must come to that amount, and a
sum that is stated in a prose block to the sum of its parts.

Most texts hold neither: the grammars (sum_grammars.py) are loaded for the others alone, since their
patterns take long to compile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.money import Rounding, thousand_yen, with_commas, with_unit
from yosan_xl.model.request import Line, Request
from yosan_xl.rules.figures import gap, may_break_down, may_multiply, shown, sum_column, zero
from yosan_xl.rules.registry import RuleContext, rule
from yosan_xl.rules.texts import BLOCK_POINTERS, blocks

if TYPE_CHECKING:
    from fractions import Fraction

    from yosan_xl.rules.sum_grammars import Breakdown, Price


@rule(
    Code(
        "YX208",
        Weight.WARNING,
        title="内容に書いた積算が要求額とちがう",
        fact="{row}行目の「{/lines/*/label}」の積算 {arithmetic} は {computed}({rounding})で、"
        "「{/lines/*/requested}」 {amount} と {gap} ちがいます。",
        remedy="積算の式か「{/lines/*/requested}」を直してください"
        "(消費税などを含む額は、式にも書いてください。円と千円のまちがいもお確かめください)。",
        why="単価と数量は円で、要求額は千円で書くので、手で計算した額が合わないことがあります。"
        "千円未満の端数処理は yosan.toml の設定によります。式のほかに額や数を書いた内容は、"
        "計算できないので確かめません。",
        wrong="内容 @456,450円×8月×1.1、要求額 4,071千円",
        right="内容 @456,450円×8月×1.1 (= 4,016,760円)、要求額 4,017千円",
    ),
    reads=("/lines/*/label", "/lines/*/requested"),
)
def estimate(request: Request, context: RuleContext) -> Iterator[Fault]:
    """単価 × 数量 = 要求額, rounded as the year's settings say (切上げ where there is no year)."""
    rounding = context.settings.expenditure_rounding
    for index in mismatched(request, rounding):
        found = _prices(request.lines[index])
        amount = request.lines[index].amounts.requested
        computed = _rounded(_sum(found), rounding)
        yield Fault(
            f"/lines/{index}/requested",
            {
                "row": index + 1,
                "arithmetic": "と".join(f"「{each.text}」= {_yen(each.yen)}" for each in found),
                "computed": shown(computed),
                "rounding": f"千円未満{rounding.value}",
                "amount": shown(amount),
                "gap": gap(computed, amount),
            },
        )


def mismatched(request: Request, rounding: Rounding) -> list[int]:
    """Return the rows whose expression comes to another amount; no row where a sum tells of it."""
    return [
        index
        for index, line in enumerate(request.lines)
        if (computed := _off(line, rounding)) is not None
        and not _sum_tells(request, line, computed - zero(line.amounts.requested))
    ]


def _off(line: Line, rounding: Rounding) -> int | None:
    """Return what the expression comes to (千円) where the amount is given and is another."""
    amount = line.amounts.requested
    if amount is None or not (found := _prices(line)):
        return None
    agreeing = _agreeing(found, rounding)
    # A reduction (減額) may be written with the price of what is no longer bought.
    return None if amount < 0 or amount in agreeing else agreeing[0]


def _prices(line: Line) -> tuple[Price, ...]:
    """Return the unit-price expressions of a line; their grammar is loaded for those that may have one."""
    if not may_multiply(line.label or ""):
        return ()
    from yosan_xl.rules.sum_grammars import prices

    return prices(line.label or "")


def _agreeing(found: tuple[Price, ...], rounding: Rounding) -> list[int]:
    """Return the amounts (千円) that agree: all together, each rounded by itself, or one of them."""
    each = [_rounded(price.yen, rounding) for price in found]
    agreeing = [_rounded(_sum(found), rounding), sum(each)]
    # `@456,450×8月` names no unit: it may be in 千円 as the column is.
    bare = [price.yen for price in found if "円" not in price.text and "¥" not in price.text]
    return [*agreeing, *each, *(_rounded(yen * 1000, rounding) for yen in bare)]


def _sum_tells(request: Request, line: Line, excess: int) -> bool:
    """Return whether a 小計 or 合計 is off by just this much: then its own finding tells of it."""
    rows = [each.amounts for each in request.lines]
    part = [each.amounts for each in request.lines if each.part == line.part]
    sums = [(request.total.requested, rows)]
    sums += [(each.amounts.requested, part) for each in request.subtotals if each.part == line.part]
    return any(zero(given) - zero(sum_column(of, "requested")) == excess for given, of in sums)


def _sum(found: Iterable[Price]) -> Fraction | int:
    return sum(price.yen for price in found)


def _rounded(yen: Fraction | int, rounding: Rounding) -> int:
    """Return 円 as 千円; a fraction of a 円 counts for rounding up and is nothing otherwise."""
    whole = -(-yen.numerator // yen.denominator) if rounding is Rounding.UP else int(yen)
    return thousand_yen(whole, rounding)


def _yen(yen: Fraction) -> str:
    tenths = int(yen * 10)
    point = f".{tenths % 10}" if yen.denominator != 1 else ""
    return f"{with_commas(tenths // 10)}{point}円"


@rule(
    Code(
        "YX209",
        Weight.WARNING,
        title="文中の内訳の計が合計とちがう",
        fact="「{label}」の文中の {parts} の計は {summed} で、書かれている {total} と"
        " {gap} ちがいます。",
        remedy="文中の合計か内訳の額を直してください。",
        why="公表された要求書に、内訳の計(429 + 660 + 2,508 = 3,597千円)が書かれた合計"
        "(3,523千円)とちがう例があります(港区 令和2年度予算要求概要 NO 59 の項目13)。"
        "「約」や「うち」の付く額、くらべるために並べた額は確かめません。",
        wrong="レベルアップ分 3,523千円／年（SMS 429千円、区外転出 660千円、預貯金照会 2,508千円）",
        right="レベルアップ分 3,597千円／年（SMS 429千円、区外転出 660千円、預貯金照会 2,508千円）",
    ),
    reads=BLOCK_POINTERS,
    apart=True,
)
def stated_sum(request: Request, context: RuleContext) -> Iterator[Fault]:
    """A total in the text = the sum of the parts that are listed with it."""
    for block in blocks(request):
        wrong = [found for found in _breakdowns(block.text) if not found.agrees]
        for found in dict.fromkeys(wrong):
            yield Fault(block.pointer, {"label": context.label(block.pointer), **_facts(found)})


def _breakdowns(text: str) -> Iterator[Breakdown]:
    """Return the breakdowns of a text; their grammar is loaded for those that may have one."""
    if may_break_down(text):
        from yosan_xl.rules.sum_grammars import breakdowns

        yield from breakdowns(text)


def _facts(found: Breakdown) -> dict[str, object]:
    return {
        "parts": " + ".join(found.parts),
        "summed": _shown(found, int(found.summed)),
        "total": found.total,
        "gap": _shown(found, abs(int(found.summed - found.stated))),
    }


def _shown(found: Breakdown, yen: int) -> str:
    """Return 円 in 千円 where the text counts in 千円, and in 円 otherwise."""
    in_thousands = found.total.endswith("千円") and yen % 1000 == 0
    return with_unit(yen // 1000) if in_thousands else f"{with_commas(yen)}円"
