"""財源内訳: the funding must be what the lines say and add up to the total, and 11 実施に向けた財源確保
must not contradict it in words.

Σ 財源 = 合計 and 一般財源 = 合計 − 特財 are one equation. Who tells of a mistake depends on
what else agrees: 特財 that differs from うち特財 is YX203; else a 一般財源 that is written is
YX206; what is left (no 一般財源, or two mistakes at once) is YX204. A wrong 合計 is YX202 alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from yosan_xl.model.axes import ASKED, GENERAL, SPECIFIC, SPECIFIC_SOURCES, STAGES, BudgetStage
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.model.text import on_one_line
from yosan_xl.rules.amounts import overdrawn
from yosan_xl.rules.figures import (
    LINE_AMOUNTS,
    TOTAL_AMOUNTS,
    Balance,
    balances,
    figures,
    gap,
    shown,
    zero,
)
from yosan_xl.rules.registry import RuleContext, rule

_EARMARKS = (
    *(f"/lines/*/{stage.specific}" for stage in STAGES),
    *(stage.pointer(SPECIFIC) for stage in STAGES),
)
_SOURCES = tuple(stage.pointer(source) for source in SPECIFIC_SOURCES for stage in STAGES)
_GENERAL = tuple(stage.pointer(GENERAL) for stage in STAGES)
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
def earmarks(request: Request, context: RuleContext) -> Iterator[Fault]:
    """Σ(うち特財) = 国庫 + 都 + その他特財; nothing is asked while the amount is 未定."""
    for balance in balances(request):
        summed = balance.lines_earmarked if balance.earmarked is None else balance.earmarked
        both_given = summed is not None and balance.sources is not None
        if balance.earmarks_agree or not (balance.is_decided or both_given):
            continue
        if _line_tells(request, balance, zero(summed) - zero(balance.sources)):
            continue
        written = _written_sources(request, balance.stage)
        label = context.label(f"/lines/*/{balance.stage.specific}")
        specific = context.label("/lines/*/earmarked")
        yield Fault(
            balance.stage.pointer(written[0] if written else SPECIFIC),
            {
                "column": label.replace(specific, f"({specific})"),
                "column_of_line": label,
                "earmarked": shown(summed),
                "sources": shown(balance.sources),
                "gap": gap(summed, balance.sources),
                **figures(balance.sources, summed),
                "written": "".join(f"「{label}」" for label in _labels(written, context)),
            },
        )


@rule(
    Code(
        "YX204",
        Weight.ERROR,
        title="財源の計が合計とちがう",
        fact="財源の計 {funded} が「{column}」の合計 {total} と {gap} ちがいます。",
        remedy="「{/funding}」の額を直してください。",
        why="要求額は、特定財源と一般財源ですべてまかなわれます(地方自治法施行規則 第15条の2 "
        "事項別明細書の財源内訳)。",
        wrong="合計 6,259千円、国庫支出金 5,868千円、一般財源 なし",
        right="合計 6,259千円、国庫支出金 5,868千円、一般財源 391千円",
    ),
    reads=_ALL,
)
def funded(request: Request, context: RuleContext) -> Iterator[Fault]:
    """Σ 財源 = 合計, where neither うち特財 (YX203) nor 一般財源 (YX206) alone is to blame."""
    for balance in balances(request):
        if balance.is_decided and not balance.adds_up and not _other_rule_tells(balance):
            yield Fault(
                balance.stage.pointer(GENERAL),
                {
                    "funded": shown(balance.funded),
                    "column": context.label(f"/lines/*/{balance.stage.total}"),
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
        remedy="合計と特定財源の額を確かめ、どちらも正しければ「{/funding/general}」を {right} に直してください。",
        why="一般財源は、合計のうち特定財源でまかなえない残りです。要求書では自動で計算されます"
        "(地方自治法施行規則 第15条の2 事項別明細書の財源内訳)。",
        wrong="合計 90,955千円、特定財源 12,000千円、一般財源 78,965千円",
        right="合計 90,955千円、特定財源 12,000千円、一般財源 78,955千円",
    ),
    reads=_ALL,
)
def general(request: Request, context: RuleContext) -> Iterator[Fault]:
    """一般財源 = 合計 − 特財, where it is written and 特財 is what the lines say."""
    for balance in balances(request):
        if balance.is_decided and not balance.adds_up and _general_is_to_blame(balance):
            right = zero(_total(balance)) - zero(balance.sources)
            yield Fault(
                balance.stage.pointer(GENERAL),
                {
                    "general": shown(balance.general),
                    "column": context.label(f"/lines/*/{balance.stage.total}"),
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
def negative_general(request: Request, context: RuleContext) -> Iterator[Fault]:
    """一般財源 >= 0 unless the total is a reduction, and where no other rule tells the cause."""
    for balance in balances(request):
        agrees = balance.is_decided and balance.adds_up and balance.earmarks_agree
        excess = zero(balance.general) < 0 <= zero(_total(balance))
        explained = any(balance.stage in overdrawn(line) for line in request.lines)
        if agrees and excess and not explained:
            yield Fault(
                balance.stage.pointer(GENERAL),
                {
                    "sources": shown(balance.sources),
                    "column": context.label(f"/lines/*/{balance.stage.total}"),
                    "total": shown(_total(balance)),
                    "general": shown(balance.general),
                    **figures(balance.general, None),
                },
            )


def _line_tells(request: Request, balance: Balance, excess: int) -> bool:
    """Return whether mending one うち特財 above its line's amount (YX205) mends the sum as well."""
    stage = balance.stage
    return any(
        0 <= zero(line.amounts.at(stage, SPECIFIC)) - excess <= zero(line.amounts.at(stage))
        for line in request.lines
        if stage in overdrawn(line)
    )


def _general_is_to_blame(balance: Balance) -> bool:
    return balance.general is not None and balance.earmarks_agree


def _other_rule_tells(balance: Balance) -> bool:
    return _general_is_to_blame(balance) or balance.general_follows_earmarks


def _total(balance: Balance) -> int | None:
    return balance.lines_total if balance.total is None else balance.total


def _labels(sources: Sequence[str], context: RuleContext) -> list[str]:
    return [context.label(f"/funding/{source}") for source in sources or SPECIFIC_SOURCES]


def _written_sources(request: Request, stage: BudgetStage) -> list[str]:
    """Return the keys of the sources that have an amount at this stage."""
    return [each for each in SPECIFIC_SOURCES if request.amount(stage, each) is not None]


_READS = (
    "/funding_effort",
    "/lines/*/requested",
    "/lines/*/earmarked",
    "/total/requested",
    "/total/earmarked",
    *(ASKED.pointer(source) for source in SPECIFIC_SOURCES),
)
_NONE = re.compile(
    r"(?:活用できる|充当できる|見込める)?(?:特定財源|特財)(?:は|の確保は|の見込みは)?[、:]?"
    r"(?:特に)?(?:なし|無し|無|ない|ありません|ございません)(?:です)?"
)
_GRANT = r"(?:国庫(?:支出金|補助金|負担金)|都支出金|都補助金|補助金|交付金|負担金|助成金)"
_USED = re.compile(
    rf"{_GRANT}(?:\([^()]*\))?(?:を|の)?(?:充当|活用|財源とし|財源とする|受けて実施)"
)
_NOT_YET = re.compile(
    r"検討|予定|見込|申請|要望|協議|なし|無|ない|ません|せず|対象外|今後|以降|翌年度|次年度|来年度|将来"
    r"|終了|不採択|確認|調整|働きかけ|求め|目指|努め|図る|図り|可能|場合|廃止|まで"
)


@rule(
    Code(
        "YX210",
        Weight.WARNING,
        title="特定財源の額があるのに「特定財源なし」とある",
        fact="特定財源が {sources} ありますが、「{/funding_effort}」は「{text}」です。",
        remedy="「{/funding_effort}」に財源の名を書くか、特定財源の額を確かめてください。",
        why="「{/funding_effort}」は、財源内訳の額がどのような財源かを言葉で示す欄です"
        "(様式の項目11)。食いちがうと、どちらが正しいか読む人に分かりません。",
        wrong="都支出金 12,000千円、財源確保 特定財源なし",
        right="都支出金 12,000千円、財源確保 都の交付金を充当",
    ),
    reads=_READS,
)
def no_funds_in_words(request: Request, _: RuleContext) -> Iterator[Fault]:
    """「特定財源なし」 stands where there is none; a source that the lines know nothing of is YX203."""
    balance, text = _asked(request), request.meaning("funding_effort") or ""
    if zero(balance.sources) and balance.earmarks_agree and _NONE.fullmatch(_plain(text)):
        facts = {"sources": shown(balance.sources), "text": text.strip()}
        yield Fault("/funding_effort", facts)


@rule(
    Code(
        "YX211",
        Weight.WARNING,
        title="補助金等を充てるとあるのに特定財源の額がない",
        fact="「{/funding_effort}」に「{text}」とありますが、特定財源の額がありません。",
        remedy="「{/funding}」と「{/lines/*/earmarked}」に額を入れるか、「{/funding_effort}」の文を確かめてください。",
        why="充てる補助金等の額が財源内訳にないと、その分まで一般財源で要求したことになります"
        "(地方自治法施行規則 第15条の2 事項別明細書の財源内訳)。申請中や検討中など、"
        "まだ決まっていないことを書いた文は指摘しません。",
        wrong="財源確保 国庫補助金を充当、国庫支出金 (空)",
        right="財源確保 国庫補助金を充当、国庫支出金 5,868千円",
    ),
    reads=_READS,
)
def funds_in_words_only(request: Request, _: RuleContext) -> Iterator[Fault]:
    """A grant that is said to be used has an amount, once the request itself has one."""
    balance, text = _asked(request), request.meaning("funding_effort") or ""
    figures = (balance.sources, balance.earmarked, balance.lines_earmarked)
    if any(map(zero, figures)) or not (zero(balance.total) or zero(balance.lines_total)):
        return
    plain = _plain(text)
    if _USED.search(plain) and not _NOT_YET.search(plain):
        yield Fault("/funding_effort", {"text": on_one_line(text, 30)})


def _asked(request: Request) -> Balance:
    return balances(request)[0]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("・。.※-()")
