"""Sums that are stated in a prose block must be the sums of their parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.money import with_commas, with_unit
from yosan_xl.model.request import Request
from yosan_xl.rules.blocks import BLOCK_POINTERS, blocks
from yosan_xl.rules.context import Context
from yosan_xl.rules.registry import rule
from yosan_xl.rules.sum_text import may_break_down

if TYPE_CHECKING:
    from yosan_xl.rules.breakdown_text import Breakdown


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
def stated_sum(request: Request, _: Context) -> Iterator[Fault]:
    """A total in the text = the sum of the parts that are listed with it."""
    for block in blocks(request):
        wrong = [found for found in _breakdowns(block.text) if not found.agrees]
        for found in dict.fromkeys(wrong):
            yield Fault(block.pointer, {"label": block.label, **_facts(found)})


def _breakdowns(text: str) -> Iterator[Breakdown]:
    """Give the breakdowns of a text; their grammar is loaded for those that may have one."""
    if may_break_down(text):
        from yosan_xl.rules.breakdown_text import breakdowns

        yield from breakdowns(text)


def _facts(found: Breakdown) -> dict[str, object]:
    return {
        "parts": " + ".join(found.parts),
        "summed": _shown(found, int(found.summed)),
        "total": found.total,
        "gap": _shown(found, abs(int(found.summed - found.stated))),
    }


def _shown(found: Breakdown, yen: int) -> str:
    """Give 円 in 千円 where the text counts in 千円, and in 円 otherwise."""
    in_thousands = found.total.endswith("千円") and yen % 1000 == 0
    return with_unit(yen // 1000) if in_thousands else f"{with_commas(yen)}円"
