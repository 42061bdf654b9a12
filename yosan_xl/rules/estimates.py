"""積算 in words: a unit-price expression that is typed beside an amount must come to that amount, and a
sum that is stated in a prose block to the sum of its parts.

Most texts hold neither: the grammars (sum_grammars.py) are loaded for the others alone, since their
patterns take long to compile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import floor
from typing import TYPE_CHECKING

from yosan_xl.model.axes import Axes
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.money import Rounding, thousand_yen, with_commas, with_unit
from yosan_xl.model.request import Line, Request
from yosan_xl.rules.figures import (
    Priced,
    gap,
    kept_for_last,
    list_words,
    may_break_down,
    may_multiply,
    priced,
    shown,
    sum_cell,
    zero,
)
from yosan_xl.rules.registry import RuleContext, rule
from yosan_xl.rules.texts import block_pointers, blocks

if TYPE_CHECKING:
    from fractions import Fraction

    from yosan_xl.rules.sum_grammars import Breakdown, Price


@rule(
    Code(
        "YX208",
        Weight.WARNING,
        title="内容に書いた積算が要求額とちがう",
        fact="{list_name}{row}行目の「{text_name}」の積算 {arithmetic} は {computed}({rounding})で、"
        "「{amount_name}」 {amount} と {gap} ちがいます。",
        remedy="積算の式か「{amount_name}」を直してください"
        "(消費税などを含む額は、式にも書いてください。円と千円のまちがいもお確かめください)。",
        why="単価と数量は円で、要求額は多く千円で書くので、手で計算した額が合わないことがあります。"
        "端数処理は yosan.toml の設定によります。式のほかに額や数を書いた内容は、"
        "計算できないので確かめません。",
        wrong="内容 @456,450円×8月×1.1、要求額 4,071千円",
        right="内容 @456,450円×8月×1.1 (= 4,016,760円)、要求額 4,017千円",
    ),
    reads=lambda axes: [
        own.rows.row_pointer(key) for own in _priced(axes) for key in (own.text, own.amount)
    ],
)
def estimate(request: Request, context: RuleContext) -> Iterator[Fault]:
    """単価 × 数量 = 要求額, rounded as the year's settings say (切上げ where there is no year)."""
    rounding, unit = context.settings.expenditure_rounding, request.axes.unit
    for own in _priced(request.axes):
        lines = request.lists[own.rows.key]
        for index in mismatched(request, rounding)[own.rows.key]:
            found = _prices(lines[index], own)
            amount = lines[index].amounts.get(own.cell)
            computed = _rounded(_sum(found), rounding, unit)
            yield Fault(
                f"{own.rows.pointer}/{index}/{own.amount}",
                {
                    "list_name": list_words(request.axes, own.rows),
                    "row": index + 1,
                    "text_name": own.text_label,
                    "amount_name": own.amount_label,
                    "arithmetic": "と".join(f"「{each.text}」= {_yen(each.yen)}" for each in found),
                    "computed": shown(computed, unit),
                    "rounding": f"{unit}未満{rounding.value}",
                    "amount": shown(amount, unit),
                    "gap": gap(computed, amount, unit),
                },
            )


def _priced(axes: Axes) -> tuple[Priced, ...]:
    """Return the lists that say how an amount of 要求 is worked out: in a column of its own, else beside what it is for."""
    return priced(axes, "estimate", "label")


@kept_for_last
def mismatched(request: Request, rounding: Rounding) -> Mapping[str, list[int]]:
    """Return by list the rows whose expression comes to another amount; no row where a sum tells of it."""
    return {own.rows.key: _mismatched(request, own, rounding) for own in _priced(request.axes)}


def _mismatched(request: Request, own: Priced, rounding: Rounding) -> list[int]:
    return [
        index
        for index, line in enumerate(request.lists[own.rows.key])
        if (computed := _off(line, own, rounding, request.axes.unit)) is not None
        and not _sum_tells(request, own, line, computed - zero(line.amounts.get(own.cell)))
    ]


def _off(line: Line, own: Priced, rounding: Rounding, unit: str) -> int | None:
    """Return what the expression comes to where the amount is given and is another."""
    amount = line.amounts.get(own.cell)
    if amount is None or not (found := _prices(line, own)):
        return None
    agreeing = _agreeing(found, rounding, unit)
    # A reduction (減額) may be written with the price of what is no longer bought.
    return None if amount < 0 or amount in agreeing else agreeing[0]


def _prices(line: Line, own: Priced) -> tuple[Price, ...]:
    """Return the unit-price expressions of a row; their grammar is loaded for those that may have one."""
    text = line.values.get(own.text)
    if not isinstance(text, str) or not may_multiply(text):
        return ()
    from yosan_xl.rules.sum_grammars import prices

    return prices(text)


def _agreeing(found: tuple[Price, ...], rounding: Rounding, unit: str) -> list[int]:
    """Return the amounts that agree: all together, each rounded by itself, or one of them."""
    each = [_rounded(price.yen, rounding, unit) for price in found]
    agreeing = [_rounded(_sum(found), rounding, unit), sum(each), *each]
    if unit == "円":  # whole 千円 are asked for in 円 as well
        return [*agreeing, *(_rounded(yen, rounding, "千円") * 1000 for yen in [_sum(found)])]
    # `@456,450×8月` names no unit: it may be in 千円 as the column is.
    bare = [price.yen for price in found if "円" not in price.text and "¥" not in price.text]
    return [*agreeing, *(_rounded(yen * 1000, rounding, unit) for yen in bare)]


def _sum_tells(request: Request, own: Priced, line: Line, excess: int) -> bool:
    """Return whether a 小計 or 合計 is off by just this much: then its own finding tells of it."""
    lines = request.lists[own.rows.key]
    group = [each.amounts for each in lines if each.group == line.group]
    sums = [(request.amounts.get(own.cell), [each.amounts for each in lines])]
    sums += [
        (each.amounts.get(own.cell), group)
        for each in request.subtotals.get(own.rows.key, ())
        if each.group == line.group
    ]
    return any(zero(given) - zero(sum_cell(of, own.cell)) == excess for given, of in sums)


def _sum(found: Iterable[Price]) -> Fraction | int:
    return sum(price.yen for price in found)


def _rounded(yen: Fraction | int, rounding: Rounding, unit: str) -> int:
    """Return 円 in the form's unit; a fraction of a 円 counts for rounding up, in 千円 it is nothing otherwise."""
    if unit == "円" and rounding is Rounding.NEAREST:
        return floor(2 * yen + 1) // 2
    whole = -(-yen.numerator // yen.denominator) if rounding is Rounding.UP else int(yen)
    return whole if unit == "円" else thousand_yen(whole, rounding)


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
        "(3,523千円)とちがう例があります。"
        "「約」や「うち」の付く額、くらべるために並べた額は確かめません。",
        wrong="計 3,523千円／年（SMS 429千円、転出 660千円、預貯金照会 2,508千円）",
        right="計 3,597千円／年（SMS 429千円、転出 660千円、預貯金照会 2,508千円）",
    ),
    reads=block_pointers,
    apart=True,
)
def stated_sum(request: Request, _: RuleContext) -> Iterator[Fault]:
    """A total in the text = the sum of the parts that are listed with it."""
    for block in blocks(request):
        wrong = [found for found in _breakdowns(block.text) if not found.agrees]
        for found in dict.fromkeys(wrong):
            yield Fault(block.pointer, {"label": block.label, **_facts(found)})


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
