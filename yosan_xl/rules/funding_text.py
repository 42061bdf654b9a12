"""11 実施に向けた財源確保 in words, and the 特定財源 in figures: they must not contradict."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import EARMARKED_SOURCES, Request
from yosan_xl.rules.context import Context
from yosan_xl.rules.figures import Balance, balances, shown, zero
from yosan_xl.rules.registry import rule

_READS = (
    "/funding_effort",
    "/lines/*/requested",
    "/lines/*/earmarked",
    "/total/requested",
    "/total/earmarked",
    *(f"/funding/{source}/amount" for source in EARMARKED_SOURCES),
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
        fact="特定財源が {sources} ありますが、「実施に向けた財源確保」は「{text}」です。",
        remedy="「実施に向けた財源確保」に財源の名を書くか、特定財源の額を確かめてください。",
        why="「実施に向けた財源確保」は、財源内訳の額がどのような財源かを言葉で示す欄です"
        "(様式の項目11)。食いちがうと、どちらが正しいか読む人に分かりません。",
        wrong="都支出金 12,000千円、財源確保 特定財源なし",
        right="都支出金 12,000千円、財源確保 都の交付金を充当",
    ),
    reads=_READS,
)
def no_funds_in_words(request: Request, _: Context) -> Iterator[Fault]:
    """「特定財源なし」 stands where there is none; a source that the lines know nothing of is YX203."""
    balance, text = _asked(request), request.texts.get("funding_effort", "")
    if zero(balance.sources) and balance.earmarks_agree and _NONE.fullmatch(_plain(text)):
        facts = {"sources": shown(balance.sources), "text": text.strip()}
        yield Fault("/funding_effort", facts)


@rule(
    Code(
        "YX211",
        Weight.WARNING,
        title="補助金等を充てるとあるのに特定財源の額がない",
        fact="「実施に向けた財源確保」に「{text}」とありますが、特定財源の額がありません。",
        remedy="「財源内訳」と「うち特財」に額を入れるか、「実施に向けた財源確保」の文を確かめてください。",
        why="充てる補助金等の額が財源内訳にないと、その分まで一般財源で要求したことになります"
        "(地方自治法施行規則 第15条の2 事項別明細書の財源内訳)。申請中や検討中など、"
        "まだ決まっていないことを書いた文は指摘しません。",
        wrong="財源確保 国庫補助金を充当、国庫支出金 (空)",
        right="財源確保 国庫補助金を充当、国庫支出金 5,868千円",
    ),
    reads=_READS,
)
def funds_in_words_only(request: Request, _: Context) -> Iterator[Fault]:
    """A grant that is said to be used has an amount, once the request itself has one."""
    balance, text = _asked(request), request.texts.get("funding_effort", "")
    figures = (balance.sources, balance.earmarked, balance.lines_earmarked)
    if any(map(zero, figures)) or not (zero(balance.total) or zero(balance.lines_total)):
        return
    plain = _plain(text)
    if _USED.search(plain) and not _NOT_YET.search(plain):
        yield Fault("/funding_effort", {"text": _short(text)})


def _asked(request: Request) -> Balance:
    return balances(request)[0]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("・。.※-()")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 30 else f"{line[:30]}…"
