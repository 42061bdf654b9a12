"""What a stage decided against what departments know already: the stage before, and what was asked back on it (復活要求)."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.model.assessment import LESS, NOTHING
from yosan_xl.model.axes import TOTAL
from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.money import Money
from yosan_xl.rules.figures import zero
from yosan_xl.rules.judged import DECIDED_TOTAL, EntryFault, Judged, decision_rule


@decision_rule(
    Code(
        "YX754",
        Weight.ERROR,
        title="復活の額が、加える額だけになっている疑いがある",
        fact="{who}の{label} {amount} は、{how}（内示額 {told}、復活要求 {back}）。",
        remedy="加える額ではなく、加えたあとの総額を入力してください（復活要求をすべて認めるなら {whole}。復活の段階では、査定区分「復活要求どおり」だけでも、その額になります）。"
        "内示の額のままなら「前の段階どおり」です。内示の額より減らすのであれば、査定区分（「一部減額」か「ゼロ査定」）と理由を入力すると、注意だけになります。",
        why="復活要求の額は内示の額に加えるもので、復活の段階と、そのあとの段階の額は総額です。加える額だけを入れると、内示した額が消えます。"
        "内示の額より少なく、復活要求の額までのものを誤り（減らすと査定区分と理由にあるものは注意）に、復活要求の額とちょうど同じもの、理由なく内示の額より少ないものを注意にします。",
        wrong="内示の額 1,150,000千円、復活要求 50,000千円、査定額 50,000千円",
        right="内示の額 1,150,000千円、復活要求 50,000千円、査定額 1,200,000千円",
    )
)
def below_told(judged: Judged) -> Iterator[EntryFault]:
    """Who asks for something back does not end with less than before, nor with what he asks back alone."""
    known, before = _asked_back(judged), judged.before
    stands = before.total if before else None
    if known is None or not known["told"] or known["amount"] == stands:
        return
    is_less = known["amount"] < known["told"]
    is_added_alone = known["amount"] == known["back"] != known["told"]
    is_more_than_added = known["amount"] > known["back"]
    is_reasoned = is_less and is_more_than_added and judged.has_reason
    if is_reasoned or not (is_less or is_added_alone):
        return
    how = "復活要求の額と同じです" if is_added_alone else "内示の額より少なくなっています"
    is_meant = is_more_than_added or _is_said_to_be_cut(judged, known["amount"])
    weight = Weight.ERROR if is_less and not is_meant else Weight.WARNING
    yield _fault(judged, known, weight, how=how)


def _is_said_to_be_cut(judged: Judged, amount: Money) -> bool:
    """Return whether less than before is what is meant: with a reason, and a 査定区分 that says so or nothing at all."""
    verdict = judged.decision.verdict or ""
    return judged.has_reason and (amount == 0 or LESS in verdict or NOTHING in verdict)


@decision_rule(
    Code(
        "YX755",
        Weight.WARNING,
        title="内示の額と復活要求の計より多い",
        fact="{who}の{label} {amount} は、内示額 {told} に復活要求 {back} を加えた {whole} より多くなっています。",
        remedy="復活要求をすべて認めるなら {whole} です（査定区分「復活要求どおり」だけでも、その額になります）。その額でよければ、このままで結構です。",
        why="課が復活要求で求めたものより多く決めることは、まれです。",
        wrong="要求額 1,250,000千円、内示の額 1,150,000千円、復活要求 50,000千円、査定額 1,250,000千円",
        right="要求額 1,250,000千円、内示の額 1,150,000千円、復活要求 50,000千円、査定額 1,200,000千円",
    )
)
def beyond_asked_back(judged: Judged) -> Iterator[EntryFault]:
    """Nobody gets more than was told and asked back."""
    known = _asked_back(judged) if judged.decision.again else None
    if known and known["amount"] > known["whole"]:
        yield _fault(judged, known)


def _asked_back(judged: Judged) -> dict[str, Money] | None:
    """Return the amounts of a request of which more is asked back, None of any other."""
    again, amount = judged.again, judged.decision.total
    if again is None or again.given is None or amount is None or again.more <= 0:
        return None
    whole = Money(again.given + again.more)
    return {"amount": amount, "told": again.given, "back": again.more, "whole": whole}


def _fault(
    judged: Judged, known: dict[str, Money], weight: Weight | None = None, **more: str
) -> EntryFault:
    facts = {name: judged.shown(amount) for name, amount in known.items()}
    return EntryFault(DECIDED_TOTAL, {**facts, **more}, weight=weight)


@decision_rule(
    Code(
        "YX756",
        Weight.WARNING,
        title="前の段階で変えた額が、要求の額に戻っている",
        fact="{who}の「{own}」は、「{before}」の {told} から、要求の {amount} に戻っています{changed}。{label}がありません。",
        remedy="「{before}」の額のままなら、査定区分を「前の段階どおり」にしてください。要求の額にするのであれば、{label}の欄に入力してください。",
        why="査定区分の「要求どおり」は、前の段階の案のとおりということではなく、はじめの要求の額にすることです。",
        wrong="要求額 12,500千円、財政課の額 11,000千円、市長の査定区分「要求どおり」、理由は空欄",
        right="要求額 12,500千円、財政課の額 11,000千円、市長の査定区分「前の段階どおり」",
    )
)
def back_to_asked(judged: Judged) -> Iterator[EntryFault]:
    """What the stage before changed is not undone without a word; what was asked back has its reason."""
    amount, before = judged.decision.total, judged.before
    if judged.decision.again or not judged.reason or judged.has_reason:
        return
    if amount is None or not before or before.total is None or amount != zero(judged.asked()):
        return
    told, then = before.total, before.asked_then
    # A department that asks by now for less than a cut had left: nothing is undone.
    if amount <= told <= (amount if then is None else max(amount, then)):
        return
    changed = (
        f"（要求は、そのあとに {judged.shown(then)} から変わりました）"
        if then not in (None, amount)
        else ""
    )
    shown = {"told": judged.shown(told), "amount": judged.shown(amount)}
    facts = {"own": judged.label(TOTAL), "before": before.stage, "changed": changed}
    yield EntryFault(judged.reason, {**facts, **shown})
