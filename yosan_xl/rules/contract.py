"""債務負担行為: its period and its limit (地方自治法 第214条), and 事業実施に伴う将来コスト, which tells of
the same years to come and must not contradict.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from yosan_xl.model.axes import Axes
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.rules.figures import shown, shown_year
from yosan_xl.rules.registry import RuleContext, of_meanings, rule

_KEYS = {"contract_start": "term_start", "contract_end": "term_end", "contract_limit": "limit"}
"""The meanings of its fields, and what a request calls them."""

_TERM = ("contract_start", "contract_end")


def _contract(axes: Axes) -> list[str]:
    """Return where the fields are that the form has of it."""
    return [axes.meanings[meaning] for meaning in _KEYS if axes.has(meaning)]


def _reads_all(axes: Axes) -> list[str]:
    found = _contract(axes)
    return found if len(found) > 1 else []


def contract_label(axes: Axes, meaning: str) -> str:
    """Return the word for a field of it beside 債務負担行為: `限度額` of 債務負担行為の限度額."""
    return axes.word(meaning).removeprefix("債務負担行為の")


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
    reads=_reads_all,
)
def complete(request: Request, _: RuleContext) -> Iterator[Fault]:
    """Period and limit stand together: all or none."""
    axes, own = request.axes, request.contract_authorization
    values = {one: getattr(own, key) for one, key in _KEYS.items() if axes.has(one)}
    given = [meaning for meaning, value in values.items() if value is not None]
    missing = [meaning for meaning, value in values.items() if value is None]
    if given and missing:
        facts = {"given": _names(given, axes), "missing": _names(missing, axes)}
        yield Fault(axes.meanings[missing[0]], facts)


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
    reads=of_meanings(*_TERM),
)
def in_order(request: Request, _: RuleContext) -> Iterator[Fault]:
    """期間 ends no earlier than it starts; a start before the budget's year is normal."""
    term = request.contract_authorization
    if term.term_start is not None and term.term_end is not None:
        if term.term_end >= term.term_start:
            return
        facts = {"start": shown_year(term.term_start), "end": shown_year(term.term_end)}
        yield Fault(request.axes.meanings["contract_end"], facts)


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
    reads=of_meanings("year", *_TERM),
)
def is_over(request: Request, _: RuleContext) -> Iterator[Fault]:
    """期間 that is in order ends in the year of the request or later."""
    term, year = request.contract_authorization, request.fiscal_year
    if term.term_end is None or year is None or (term.term_start or 0) > term.term_end:
        return
    if term.term_end < year:
        facts = {"end": shown_year(term.term_end), "year": shown_year(year)}
        yield Fault(request.axes.meanings["contract_end"], facts)


def _names(meanings: list[str], axes: Axes) -> str:
    return "".join(f"「{contract_label(axes, meaning)}」" for meaning in meanings)


_NONE = re.compile(
    r"(?:(?:令和[0-9元]+年度以降|翌年度以降|次年度以降|将来コスト|経費|費用)(?:の経費|の費用)?[はも、:]*)?"
    r"(?:(?:特に)?(?:なし|無し|無|無い|ない|ありません|ございません|生じない|生じません|発生しない"
    r"|発生しません)|0千?円)(?:です)?"
)
_PROMISED = re.compile(
    r"債務負担行為(?!は?(?:なし|無|ない|設定しない|設定せず|ありません|不要|対象外|検討))"
)


@rule(
    Code(
        "YX404",
        Weight.WARNING,
        title="債務負担行為があるのに将来コストがない",
        fact="債務負担行為の限度額 {limit}({end}まで)がありますが、「{label:future_cost}」は"
        "「{text}」です。",
        remedy="翌年度以降の経費を「{label:future_cost}」に書くか、債務負担行為を確かめてください。",
        why="債務負担行為は翌年度以降に支出する額の約束です(地方自治法 第214条)。将来コストが"
        "「なし」では、読む人に翌年度以降の負担が伝わりません。",
        wrong="限度額 30,000千円、将来コスト なし",
        right="限度額 30,000千円、将来コスト 令和3年度以降、毎年10,000千円",
    ),
    reads=of_meanings("future_cost", "contract_end", "contract_limit", also=_contract),
)
def cost_is_told(request: Request, _: RuleContext) -> Iterator[Fault]:
    """A 債務負担行為 beyond the request's year stands beside a 将来コスト that is not 「なし」."""
    term, text = request.contract_authorization, request.meaning("future_cost") or ""
    if not term.limit or term.term_end is None or not says_none(text):
        return
    if request.fiscal_year is None or term.term_end > request.fiscal_year:
        limit, end = shown(term.limit, request.axes.unit), shown_year(term.term_end)
        facts = {"limit": limit, "end": end, "text": text.strip()}
        yield Fault(request.axes.meanings["future_cost"], facts)


@rule(
    Code(
        "YX405",
        Weight.WARNING,
        title="将来コストにある債務負担行為が記入されていない",
        fact="「{label:future_cost}」に債務負担行為とありますが、債務負担行為の期間と限度額が"
        "記入されていません。",
        remedy="債務負担行為の期間と限度額を入れるか、「{label:future_cost}」の文を確かめてください。",
        why="債務負担行為は、事項ごとに期間と限度額を予算で定めます(地方自治法 第214条、第215条)。"
        "文だけでは予算書に載りません。",
        wrong="将来コスト 債務負担行為により令和4年度まで毎年10,000千円、債務負担行為 (空)",
        right="将来コスト 債務負担行為により令和4年度まで毎年10,000千円、期間 令和3年～令和4年、"
        "限度額 20,000千円",
    ),
    reads=of_meanings("future_cost", "contract_limit", also=_contract),
)
def promise_is_entered(request: Request, _: RuleContext) -> Iterator[Fault]:
    """A 債務負担行為 that 将来コスト speaks of is entered with its period and limit."""
    text, term = request.meaning("future_cost") or "", request.contract_authorization
    given = any(getattr(term, key) is not None for key in _KEYS.values())
    if not given and _PROMISED.search("".join(text.split())):
        yield Fault(request.axes.meanings["contract_limit"])


def says_none(text: str) -> bool:
    """Return whether a text says that there is nothing, and nothing else."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return bool(_NONE.fullmatch(plain.strip("・。.、※-()")))
