"""債務負担行為: its period and its limit (地方自治法 第214条)."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.rules.context import Context
from yosan_xl.rules.figures import shown_year
from yosan_xl.rules.registry import rule

_LABELS = {"term_start": "期間の初年度", "term_end": "期間の最終年度", "limit": "限度額"}
_READS = tuple(f"/contract_authorization/{key}" for key in _LABELS)


@rule(
    Code(
        "YX401",
        Weight.ERROR,
        title="債務負担行為の期間と限度額がそろっていない",
        fact="債務負担行為に{given}がありますが、{missing}がありません。",
        remedy="期間の初年度と最終年度、限度額をすべて入れるか、すべて空にしてください。",
        why="債務負担行為は、事項ごとに期間と限度額を予算で定めます(地方自治法 第214条、第215条、"
        "地方自治法施行規則 第14条の様式)。",
        wrong="期間 令和3年～令和5年、限度額なし",
        right="期間 令和3年～令和5年、限度額 30,000千円",
    ),
    reads=_READS,
)
def complete(request: Request, _: Context) -> Iterator[Fault]:
    """Period and limit stand together: all or none."""
    values = {key: getattr(request.contract_authorization, key) for key in _LABELS}
    given = [key for key, value in values.items() if value is not None]
    missing = [key for key, value in values.items() if value is None]
    if given and missing:
        pointer = f"/contract_authorization/{missing[0]}"
        yield Fault(pointer, {"given": _names(given), "missing": _names(missing)})


@rule(
    Code(
        "YX402",
        Weight.ERROR,
        title="債務負担行為の期間が逆になっている",
        fact="債務負担行為の期間の最終年度 {end} が初年度 {start} より前です。",
        remedy="期間を直してください。",
        why="期間は初年度から最終年度までです(地方自治法 第214条)。初年度が要求の年度より"
        "前のことはあるので、指摘しません。",
        wrong="期間 令和5年～令和3年",
        right="期間 令和3年～令和5年",
    ),
    reads=_READS[:2],
)
def in_order(request: Request, _: Context) -> Iterator[Fault]:
    """期間 ends no earlier than it starts; a start before the budget's year is normal."""
    term = request.contract_authorization
    if term.term_start is not None and term.term_end is not None:
        if term.term_end >= term.term_start:
            return
        facts = {"start": shown_year(term.term_start), "end": shown_year(term.term_end)}
        yield Fault("/contract_authorization/term_end", facts)


@rule(
    Code(
        "YX403",
        Weight.WARNING,
        title="債務負担行為の期間が要求の年度より前に終わっている",
        fact="債務負担行為の期間は {end} に終わり、要求の年度 {year} より前です。",
        remedy="期間の最終年度を確かめてください(前の年度の要求書から写した期間ではありませんか)。",
        why="債務負担行為は翌年度以降の支出を約束するものなので(地方自治法 第214条)、要求の年度より"
        "前に終わった期間は、前の年度の要求書の写しであることが多いためです。初年度が要求の年度より"
        "前でも、続いている期間であれば指摘しません。",
        wrong="令和2年度の要求に、期間 平成29年～令和元年",
        right="令和2年度の要求に、期間 平成30年～令和3年",
    ),
    reads=("/fiscal_year", *_READS[:2]),
)
def is_over(request: Request, _: Context) -> Iterator[Fault]:
    """期間 that is in order ends in the year of the request or later."""
    term, year = request.contract_authorization, request.fiscal_year
    if term.term_end is None or year is None or (term.term_start or 0) > term.term_end:
        return
    if term.term_end < year:
        facts = {"end": shown_year(term.term_end), "year": shown_year(year)}
        yield Fault("/contract_authorization/term_end", facts)


def _names(keys: list[str]) -> str:
    return "".join(f"「{_LABELS[key]}」" for key in keys)
