"""財源確保: what is said in words of 特定財源 must not contradict their amounts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from yosan_xl.model.axes import ASKED, SPECIFIC, TOTAL, Axes
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.model.text import on_one_line
from yosan_xl.rules.figures import Balance, balances, funded_stages, shown, zero
from yosan_xl.rules.registry import RuleContext, of_meanings, rule


def _reads_asked(axes: Axes) -> Iterator[str]:
    """Yield what a text about 特定財源 is compared with."""
    for own in axes.lists:
        yield from (own.row_pointer(key) for key, cell in own.amounts if cell in _ASKED_CELLS)
    asked = axes.stage(ASKED).amounts
    sources = (TOTAL, SPECIFIC, *axes.specific)
    yield from (asked[source] for source in sources if source in asked)


_ASKED_CELLS = ((ASKED, TOTAL), (ASKED, SPECIFIC))
_OF_EFFORT = of_meanings("funding_effort", also=_reads_asked)


def _reads_effort(axes: Axes) -> Iterator[str]:
    if any(own.stage.key == ASKED and own.specific for own in funded_stages(axes)):
        yield from _OF_EFFORT(axes)


_NONE = re.compile(
    r"(?:活用できる|充当できる|見込める)?(?:特定財源|特財)(?:は|の確保は|の見込みは)?[、:]?"
    r"(?:特に)?(?:なし|無し|無|ない|ありません|ございません)(?:です)?"
)
_GRANTS = ("補助金", "交付金", "負担金", "助成金")
_NOT_YET = re.compile(
    r"検討|予定|見込|申請|要望|協議|なし|無|ない|ません|せず|対象外|今後|以降|翌年度|次年度|来年度|将来"
    r"|終了|不採択|確認|調整|働きかけ|求め|目指|努め|図る|図り|可能|場合|廃止|まで"
)


@lru_cache(maxsize=64)
def _used(axes: Axes) -> re.Pattern[str]:
    """Return the pattern of a grant, or a source of the form (その他 is none), that is said to be used."""
    labels = (_plain(axes.source_label(source)) for source in axes.specific)
    names = [*(label for label in labels if label and not label.startswith("その他")), *_GRANTS]
    grant = "|".join(map(re.escape, names))
    return re.compile(
        rf"(?:{grant})(?:\([^()]*\))?(?:を|の)?(?:充当|活用|財源とし|財源とする|受けて実施)"
    )


@rule(
    Code(
        "YX210",
        Weight.WARNING,
        title="特定財源の額があるのに「特定財源なし」とある",
        fact="特定財源が {sources} ありますが、「{label:funding_effort}」は「{text}」です。",
        remedy="「{label:funding_effort}」に財源の名を書くか、特定財源の額を確かめてください。",
        why="「{label:funding_effort}」は、財源内訳の額がどのような財源かを言葉で示す欄です。"
        "食いちがうと、どちらが正しいか読む人に分かりません。",
        wrong="特定財源 12,000千円、財源確保 特定財源なし",
        right="特定財源 12,000千円、財源確保 国の交付金を充当",
    ),
    reads=_reads_effort,
)
def no_funds_in_words(request: Request, _: RuleContext) -> Iterator[Fault]:
    """「特定財源なし」 stands where there is none; a source that the rows know nothing of is YX203."""
    balance, text = _asked(request), request.meaning("funding_effort") or ""
    if zero(balance.sources) and balance.specific_agrees and _NONE.fullmatch(_plain(text)):
        facts = {"sources": shown(balance.sources, request.axes.unit), "text": text.strip()}
        yield Fault(request.axes.meanings["funding_effort"], facts)


@rule(
    Code(
        "YX211",
        Weight.WARNING,
        title="補助金等を充てるとあるのに特定財源の額がない",
        fact="「{label:funding_effort}」に「{text}」とありますが、特定財源の額がありません。",
        remedy="{places}に額を入れるか、「{label:funding_effort}」の文を確かめてください。",
        why="充てる補助金等の額が財源内訳にないと、その分まで一般財源で要求したことになります"
        "(地方自治法施行規則 第15条の2 事項別明細書の財源内訳)。申請中や検討中など、"
        "まだ決まっていないことを書いた文は指摘しません。",
        wrong="財源確保 国の補助金を充当、特定財源 (空)",
        right="財源確保 国の補助金を充当、特定財源 5,868千円",
    ),
    reads=_reads_effort,
)
def funds_in_words_only(request: Request, _: RuleContext) -> Iterator[Fault]:
    """A grant that is said to be used has an amount, once the request itself has one."""
    balance, text = _asked(request), request.meaning("funding_effort") or ""
    sums = (balance.sources, balance.specific, balance.lines_specific)
    if any(map(zero, sums)) or not (zero(balance.total) or zero(balance.lines_total)):
        return
    plain = _plain(text)
    if _used(request.axes).search(plain) and not _NOT_YET.search(plain):
        columns = (own.of_amount(ASKED, SPECIFIC) for own in balance.funded_stage.of_specific[:1])
        places = ["財源内訳", *(column.label for column in columns if column)]
        facts = {"text": on_one_line(text, 30), "places": "と".join(f"「{one}」" for one in places)}
        yield Fault(request.axes.meanings["funding_effort"], facts)


def _asked(request: Request) -> Balance:
    return next(one for one in balances(request) if one.stage.key == ASKED)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("・。.※-()")
