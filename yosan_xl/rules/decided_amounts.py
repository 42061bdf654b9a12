"""What finance decided of a request against what was asked for: amounts, 特定財源 among them, verdicts and promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from yosan_xl.model.assessment import AS_ASKED, AS_BEFORE, HELD, LESS, MORE, NOTHING
from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL
from yosan_xl.model.decision import entry_field
from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.money import THOUSANDFOLD, Money
from yosan_xl.model.request import VERDICT, Line
from yosan_xl.rules.figures import zero
from yosan_xl.rules.judged import DECIDED_TOTAL, EntryFault, Judged, decision_rule

_ABSURD_TIMES = 100
_ABSURD = 1_000_000
"""10億円 in 千円: below it a decision may be any multiple of what was asked for."""


@decision_rule(
    Code(
        "YX740",
        Weight.ERROR,
        title="決定の額を円で入力した疑いがある",
        fact="{who}の{label} {amount} は、要求 {asked} の {times}倍です。",
        remedy="円で入力した疑いがあります。千円単位で入力し直してください。",
        why="円の額をそのまま入れると千倍の決定になります。要求の500倍から2,000倍のときに指摘します。",
        wrong="要求額 30,765千円、予算額 30,000,000千円",
        right="要求額 30,765千円、予算額 30,000千円",
    )
)
def in_yen(judged: Judged) -> Iterator[EntryFault]:
    """No decided amount is about thousandfold what was asked for; of one that is, its parts are not told too."""
    if judged.axes.unit != "円":
        yield from _of_other_unit(
            judged, lambda amount, asked: abs(amount) // abs(asked) in THOUSANDFOLD
        )


@decision_rule(
    Code(
        "YX753",
        Weight.ERROR,
        title="決定の額を千円で入力した疑いがある",
        fact="{who}の{label} {amount} は、要求 {asked} のおよそ{times}分の1です。",
        remedy="千円で入力した疑いがあります。円で入力し直してください。",
        why="円の様式に千円の額をそのまま入れると、千分の一の決定になります。要求の500分の1から2,000分の1のときに指摘します。科目存置の 1,000円は注意にします。",
        wrong="円の様式で、要求額 4,620,000円、予算額 4,620円",
        right="円の様式で、要求額 4,620,000円、予算額 4,620,000円",
    )
)
def in_thousands(judged: Judged) -> Iterator[EntryFault]:
    """In a form in 円 no decided amount is about a thousandth of what was asked for; of one that is, its parts are not told too."""
    if judged.axes.unit == "円":
        for fault in _of_other_unit(judged, lambda amount, asked: asked // amount in THOUSANDFOLD):
            is_token = fault.facts["amount"] == judged.shown(1_000)
            yield replace(fault, weight=Weight.WARNING) if is_token else fault


def _of_other_unit(judged: Judged, is_so: Callable[[int, int], bool]) -> Iterator[EntryFault]:
    """Yield the amounts that are to what was asked for as `is_so` says: the first of the whole, else each of the rows."""
    for source in (TOTAL, SPECIFIC, *judged.axes.specific):
        asked, amount = judged.asked(source), judged.decision.amounts.get(source)
        if asked and amount and is_so(amount, asked):
            yield _compared(judged, source, amount, asked)
            return
    for at, (line, row) in enumerate(judged.lines()):
        for source, amount in row.items():
            asked = line.amount(ASKED, source)
            if asked and amount and is_so(amount, asked):
                yield _compared(judged, source, amount, asked, at)


def _compared(
    judged: Judged, source: str, amount: int, asked: int, at: int | None = None
) -> EntryFault:
    one, two = sorted((abs(amount), abs(asked)))
    facts = {"amount": judged.shown(amount), "asked": judged.shown(asked), "times": two // one}
    return EntryFault(entry_field((DECIDED, source)), facts, at)


@decision_rule(
    Code(
        "YX741",
        Weight.ERROR,
        title="要求とかけはなれた決定の額",
        fact="{who}の{label} {amount} は、要求 {asked} とかけはなれています。",
        remedy="額を確かめて、直してください。",
        why="けたや行をまちがえた決定は、合計と公表の額を変えてしまいます。要求の百倍をこえる10億円以上の額を誤りに、"
        "増額の要求に減額、減額の要求に増額の決定を注意にします。",
        wrong="要求額 △49,999千円、予算額 9,000,000,000千円",
        right="要求額 △49,999千円、予算額 △49,999千円",
    )
)
def absurd(judged: Judged) -> Iterator[EntryFault]:
    """No decision is out of all proportion to what was asked for, nor of the other sign."""
    asked, amount = zero(judged.asked()), zero(judged.decision.total)
    bound = _ABSURD * (1_000 if judged.axes.unit == "円" else 1)
    is_huge = abs(amount) >= bound and abs(amount) > _ABSURD_TIMES * abs(asked)
    if is_huge or asked * amount < 0:
        facts = {"amount": judged.shown(amount), "asked": judged.shown(judged.asked())}
        yield EntryFault(DECIDED_TOTAL, facts, weight=None if is_huge else Weight.WARNING)


@decision_rule(
    Code(
        "YX742",
        Weight.ERROR,
        title="決定の額より多い特定財源",
        fact="{who}の{label} {amount} が、「{own}」 {total} より多くなっています。",
        remedy="特定財源か額を直してください。",
        why="特定財源は、決定した額の内の額です。多いままでは一般財源がマイナスになります。"
        "財源の振替のように、要求がはじめからそうなっているものは指摘しません。",
        wrong="予算額 4,000千円、うち特財 5,000千円",
        right="予算額 4,000千円、うち特財 3,000千円",
    )
)
def overdrawn(judged: Judged) -> Iterator[EntryFault]:
    """特定財源 is not above the amount, of the request and of each row."""
    if zero(judged.asked(SPECIFIC)) <= zero(judged.asked()):
        yield from _overdrawn(judged, _with_specific(judged))
    for at, (line, row) in enumerate(judged.lines()):
        if zero(line.amount(ASKED, SPECIFIC)) <= zero(line.amount(ASKED)):
            yield from _overdrawn(judged, row, at)


def _overdrawn(
    judged: Judged, decided: Mapping[str, Money | None], at: int | None = None
) -> Iterator[EntryFault]:
    total, specific = decided.get(TOTAL), decided.get(SPECIFIC)
    if total is not None and zero(specific) > total >= 0:
        facts = {
            "own": judged.label(TOTAL),
            "amount": judged.shown(specific),
            "total": judged.shown(total),
        }
        yield EntryFault(entry_field((DECIDED, SPECIFIC)), facts, at)


@decision_rule(
    Code(
        "YX744",
        Weight.ERROR,
        title="査定区分と決定の額が合わない",
        fact="{who}の{label}は「{verdict}」ですが、「{own}」 {amount} は{compared} {asked} {relation}。",
        remedy="査定区分か額を直してください。",
        why="査定区分と額が食いちがうと、どちらが決まったことか分かりません。",
        wrong="要求額 4,000千円、査定区分「要求どおり」、予算額 3,500千円",
        right="要求額 4,000千円、査定区分「一部減額」、予算額 3,500千円",
    )
)
def contradicted(judged: Judged) -> Iterator[EntryFault]:
    """A verdict says what the amount says, of the request and of each row."""
    decision = judged.decision
    facts = _contradiction(decision.verdict, decision.total, judged.asked(), judged)
    if facts and decision.again and decision.again.total is not None:
        # Less and more may be meant against what was asked for first, or again.
        again, words = decision.again.total, "内示額と復活要求額の計"
        facts = _contradiction(decision.verdict, decision.total, again, judged, compared=words)
    if facts:
        yield EntryFault(VERDICT, facts)
    for at, (line, row) in enumerate(judged.lines()):
        verdict = _verdict_of_line(judged, line, at)
        if facts := _contradiction(verdict, row.get(TOTAL), line.amount(ASKED), judged):
            yield EntryFault(VERDICT, facts, at)


def _verdict_of_line(judged: Judged, line: Line, at: int) -> str | None:
    typed = judged.decision.line_verdicts
    if at < len(typed) and typed[at]:
        return typed[at]
    column = judged.axes.main.meaning(VERDICT) if judged.axes.main else None
    said = line.values.get(column.key) if column else None
    return said if isinstance(said, str) else None


_CONTRADICTIONS: tuple[tuple[str, Callable[[int, int], bool], str], ...] = (
    (AS_ASKED, lambda decided, asked: decided != asked, "とちがいます"),
    (LESS, lambda decided, asked: decided >= asked, "より少なくありません"),
    (MORE, lambda decided, asked: decided <= asked, "より多くありません"),
    (NOTHING, lambda decided, asked: decided != 0, "に対して 0 ではありません"),
)


def _contradiction(
    verdict: str | None,
    decided: Money | None,
    asked: Money | None,
    judged: Judged,
    *,
    compared: str = "要求",
) -> dict[str, object] | None:
    """Return the figures of a verdict that the amount contradicts, None where it does not; `compared` says what is `asked`."""
    if verdict is None or decided is None:
        return None
    for word, is_wrong, relation in _CONTRADICTIONS:
        if word in verdict and is_wrong(decided, zero(asked)):
            amounts = {
                "own": judged.label(TOTAL),
                "amount": judged.shown(decided),
                "asked": judged.shown(asked),
            }
            return {"verdict": verdict, "compared": compared, "relation": relation, **amounts}
    return _other_than_before(verdict, decided, judged)


def _other_than_before(verdict: str, decided: Money, judged: Judged) -> dict[str, object] | None:
    before = judged.before
    if AS_BEFORE not in verdict or before is None or decided != judged.decision.total:
        return None  # what a line was before is not known
    if before.total == decided:
        return None
    return {
        "verdict": verdict,
        "own": judged.label(TOTAL),
        "amount": judged.shown(decided),
        "compared": f"「{before.stage}」の",
        "asked": judged.shown(before.total),
        "relation": "とちがいます",
    }


@decision_rule(
    Code(
        "YX745",
        Weight.WARNING,
        title="保留なのに額がある",
        fact="{who}は「{verdict}」ですが、{label} {amount} が入っています。",
        remedy="決まったのであれば査定区分を直し、決まっていなければ額を空欄にしてください。",
        why="保留の額は仮のもので、決まった額としては数えません。",
        wrong="査定区分「保留」、予算額 3,500千円",
        right="査定区分「保留」、予算額 （空欄）",
    )
)
def held_amount(judged: Judged) -> Iterator[EntryFault]:
    """What is held (保留) has no amount."""
    verdict, total = judged.decision.verdict, judged.decision.total
    if HELD in (verdict or "") and total is not None:
        yield EntryFault(DECIDED_TOTAL, {"verdict": verdict, "amount": judged.shown(total)})
    for at, (line, row) in enumerate(judged.lines()):
        verdict, amount = _verdict_of_line(judged, line, at), row.get(TOTAL)
        if HELD in (verdict or "") and amount is not None:
            facts = {"verdict": verdict, "amount": judged.shown(amount)}
            yield EntryFault(DECIDED_TOTAL, facts, at)


@decision_rule(
    Code(
        "YX748",
        Weight.WARNING,
        title="ゼロ査定なのに債務負担行為がある",
        fact="{who}は 0 と決まりましたが、債務負担行為の限度額 {amount} が残っています。",
        remedy="債務負担行為も取りやめるのであれば、所管課の要求書から期間と限度額を消してもらってください。",
        why="債務負担行為は予算で定めるものです(地方自治法 第214条)。予算のつかない事業のものが残ると、議案が誤ります。",
        wrong="予算額 0、債務負担行為の限度額 30,000千円",
        right="予算額 0、債務負担行為なし",
    )
)
def promised(judged: Judged) -> Iterator[EntryFault]:
    """A request that gets nothing promises nothing for years to come."""
    limit = judged.request.contract_authorization.limit
    if judged.decision.total == 0 and limit and judged.asked():
        yield EntryFault(DECIDED_TOTAL, {"amount": judged.shown(limit)})


def _with_specific(judged: Judged) -> dict[str, Money | None]:
    """Return what is decided with 特定財源: as it is, else what its sources come to."""
    amounts = dict(judged.decision.amounts)
    parts = [amounts.get(one) for one in judged.axes.specific]
    if amounts.get(SPECIFIC) is None and any(part is not None for part in parts):
        amounts[SPECIFIC] = Money(sum(map(zero, parts)))
    return amounts
