"""円 for 千円: an amount that is a thousand times what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from yosan_xl.model.axes import ASKED, TOTAL, Axes
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.money import THOUSANDFOLD, with_commas, with_unit
from yosan_xl.model.request import Request
from yosan_xl.rules.contract import contract_label
from yosan_xl.rules.estimates import mismatched
from yosan_xl.rules.figures import NUMBER, adding, halved, lines_sum, row_amounts, totals, zero
from yosan_xl.rules.registry import RuleContext, rule

YEN_BESIDE = Code(
    "YX215",
    Weight.WARNING,
    title="ほかの年度や要求とくらべて千倍ほどの額",
    fact="{amount_name}の合計 {amount} は、{neighbour} の{times}倍で、円で入力した疑いがあります。",
    remedy="単位は千円です。額を確かめてください(正しい額であれば、そのままで構いません)。",
    why="要求の全体を円で入力すると、同じ要求の中ではどの額も食いちがいません。前年度の同じ事業の500倍以上か、"
    "ほかの要求の中央の額の1,000倍以上のときに知らせます。",
    wrong="前年度 331千円 の事業の要求額 331,000千円",
    right="前年度 331千円 の事業の要求額 350千円",
)
THOUSANDS_BESIDE = Code(
    "YX218",
    Weight.WARNING,
    title="前年度とくらべて千分の一ほどの額",
    fact="{amount_name}の合計 {amount} は、前年度の同じ事業 {neighbour} のおよそ{times}分の1で、千円で入力した疑いがあります。",
    remedy="単位は円です。額を確かめてください(正しい額であれば、そのままで構いません)。",
    why="円の様式に千円の額をそのまま入れると、千分の一の要求になります。前年度の同じ事業の500分の1から2,000分の1のときに知らせます。",
    wrong="前年度 5,500,000円 の事業の要求額 5,800円",
    right="前年度 5,500,000円 の事業の要求額 5,800,000円",
)

_OF_LAST_YEAR, _OF_THE_USUAL = 500, 1_000
_FEW = 5
"""So few requests have no usual total."""

_BILLION_YEN = 1_000_000
"""10億円 in 千円; below it the amounts of one request do lie thousandfold apart."""

_STATED = re.compile(rf"(?<![0-9.,])({NUMBER})\s*千円")
_ASKED_TOTAL = (ASKED, TOTAL)


def _reads(axes: Axes) -> Iterator[str]:
    if axes.unit == "円":
        return  # nothing can have been typed in 円 by mistake
    yield from row_amounts(axes)
    yield from totals(axes)
    for own in axes.lists:
        yield from (own.row_pointer(key) for key in (own.label_key,) if key)
    meanings = ("contract_limit", "future_cost")
    yield from (axes.meanings[one] for one in meanings if axes.has(one))


@rule(
    Code(
        "YX212",
        Weight.WARNING,
        title="円で入力した疑いがある",
        fact="{where} {amount} は、{neighbour} とくらべて桁が大きく、円で入力した疑いがあります。",
        remedy="単位は千円です。額を確かめてください(正しい額であれば、そのままで構いません)。",
        why="円の額をそのまま入れると千倍の要求になります。10億円以上の額のうち、同じ要求のほかの"
        "明細の百倍から千倍をこえるものと、将来コストに書いた額のちょうど千倍のものを指摘します。",
        wrong="明細 30,765,000千円 と 331千円",
        right="明細 30,765千円 と 331千円",
    ),
    reads=_reads,
)
def in_yen(request: Request, context: RuleContext) -> Iterator[Fault]:
    """No amount is thousandfold its neighbours; one finding for all the lines of a request."""
    axes, asked = request.axes, request.amount(ASKED)
    if zero(asked) != zero(lines_sum(request, adding(axes, *_ASKED_TOTAL), _ASKED_TOTAL, asked)):
        return  # YX202 tells of it
    off = mismatched(request, context.settings.expenditure_rounding)
    told = off.get(axes.main.key, []) if axes.main else []  # YX208 tells of these
    lines = [index for index in _large_lines(request) if index not in told]
    if lines:
        yield _line_fault(request, lines)
    elif not told and (stated := _stated_thousandth(request)):
        yield Fault(
            axes.stage(ASKED).amounts[TOTAL],
            {
                "where": "「合計」の",
                "amount": with_unit(zero(asked)),
                "neighbour": f"「{axes.word('future_cost')}」の {with_unit(stated)}",
            },
        )
    yield from _limit(request)


def usual_total(requests: Iterable[Request]) -> int:
    """Return the total in the middle of this year's (千円); 0 where there are too few to tell."""
    totals = sorted(request.requested for request in requests)
    return totals[len(totals) // 2] if len(totals) > _FEW else 0


def yen_beside(request: Request, last: int, usual: int) -> Fault | None:
    """Return the fault of a total that is about thousandfold last year's, or what others ask for.

    `last` is what the same project came to last year, `usual` the usual total of this year (千円);
    0 where it is not known. None in a form of 円.
    """
    if request.axes.unit == "円":
        return None
    total = zero(request.amount(ASKED))
    for words, amount, times in (
        ("前年度の同じ事業", last, _OF_LAST_YEAR),
        ("ほかの要求の中央の額", usual, _OF_THE_USUAL),
    ):
        if amount > 0 and total >= amount * times:
            neighbour = f"{words} {with_unit(amount)}"
            facts = {
                "amount_name": request.axes.stage(ASKED).label,
                "amount": with_unit(total),
                "neighbour": neighbour,
                "times": total // amount,
            }
            return Fault(request.axes.stage(ASKED).amounts[TOTAL], facts)
    return None


def thousands_beside(request: Request, last: int) -> Fault | None:
    """Return the fault of a total in 円 that is about a thousandth of last year's (円, 0 where it is not known)."""
    total = zero(request.amount(ASKED))
    if request.axes.unit != "円" or not total or last // total not in THOUSANDFOLD:
        return None
    amount, neighbour = (with_unit(each, "円") for each in (total, last))
    facts = {"amount_name": request.axes.stage(ASKED).label, "times": with_commas(last // total)}
    pointer = request.axes.stage(ASKED).amounts[TOTAL]
    return Fault(pointer, {**facts, "amount": amount, "neighbour": neighbour})


def _line_fault(request: Request, lines: list[int]) -> Fault:
    amounts = _asked_amounts(request)
    small = max(each for each in amounts if 0 < each < _BILLION_YEN)
    more = f"(ほかに {len(lines) - 1}行)" if len(lines) > 1 else ""
    main = request.axes.main
    column = main.of_amount(ASKED) if main else None
    key, label = (column.key, column.label) if column else ("", "")
    return Fault(
        f"{main.pointer if main else ''}/{lines[0]}/{key}",
        {
            "where": f"{lines[0] + 1}行目の「{label}」",
            "amount": f"{with_unit(amounts[lines[0]])}{more}",
            "neighbour": f"ほかの明細の {with_unit(small)}",
        },
    )


def _asked_amounts(request: Request) -> list[int]:
    return [zero(line.amounts.get(_ASKED_TOTAL)) for line in request.lines]


def _large_lines(request: Request) -> list[int]:
    """Return the rows of 10億円 or more beside others that are far smaller."""
    amounts = _asked_amounts(request)
    small = sorted(each for each in amounts if 0 < each < _BILLION_YEN)
    if not small:
        return []
    middle = small[(len(small) - 1) // 2]
    return [
        index
        for index, each in enumerate(amounts)
        if each >= _BILLION_YEN
        and (each >= 1000 * middle or (each % 1000 == 0 and each >= 100 * small[-1]))
    ]


def _stated_thousandth(request: Request) -> int | None:
    """Return the amount of 将来コスト (千円) of which the 合計 is just the thousandfold."""
    total = zero(request.amount(ASKED))
    text = halved(request.meaning("future_cost") or "")
    stated = [int(each.replace(",", "")) for each in _STATED.findall(text) if "." not in each]
    return next((each for each in stated if each >= 100 and each * 1000 == total), None)


def _limit(request: Request) -> Iterator[Fault]:
    limit, total = zero(request.contract_authorization.limit), zero(request.amount(ASKED))
    if limit >= _BILLION_YEN and limit >= 1000 * total > 0:
        yield Fault(
            request.axes.meanings["contract_limit"],
            {
                "where": f"債務負担行為の「{contract_label(request.axes, 'contract_limit')}」",
                "amount": with_unit(limit),
                "neighbour": f"{request.axes.stage(ASKED).label}の合計 {with_unit(total)}",
            },
        )
