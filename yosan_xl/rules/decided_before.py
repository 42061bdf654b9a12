"""What a stage decided against what departments know already: the stage before, and what was asked back on it (復活要求)."""

from __future__ import annotations

from collections.abc import Iterator

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
        remedy="加える額ではなく、加えたあとの総額を入力してください（復活要求をすべて認めるなら {whole}。査定区分「復活要求どおり」だけでも、その額になります）。",
        why="復活要求の額は内示の額に加えるもので、復活の段階の額は総額です。加える額だけを入れると、内示した額が消えます。"
        "内示の額より少なく、復活要求の額までのものを誤りに、復活要求の額とちょうど同じもの、理由なく内示の額より少ないものを注意にします。",
        wrong="内示の額 1,150,000千円、復活要求 50,000千円、査定額 50,000千円",
        right="内示の額 1,150,000千円、復活要求 50,000千円、査定額 1,200,000千円",
    )
)
def below_told(judged: Judged) -> Iterator[EntryFault]:
    """Who asks for something back does not end with less than before, nor with what he asks back alone."""
    known = _asked_back(judged)
    if known is None or known["told"] in (0, known["amount"]):
        return
    is_less = known["amount"] < known["told"]
    is_added_alone = known["amount"] == known["back"]
    is_cut = is_less and known["amount"] > known["back"]
    if is_added_alone or (is_less and not (is_cut and judged.has_reason)):
        how = "復活要求の額と同じです" if is_added_alone else "内示の額より少なくなっています"
        yield _fault(
            judged, known, Weight.ERROR if is_less and not is_cut else Weight.WARNING, how=how
        )


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
    known = _asked_back(judged)
    if known and known["amount"] > known["whole"]:
        yield _fault(judged, known)


def _asked_back(judged: Judged) -> dict[str, Money] | None:
    """Return the amounts of a request of which more is asked back, None of any other."""
    again, amount = judged.decision.again, judged.decision.total
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
        fact="{who}の「{own}」は、「{before}」の {told} から、要求の {amount} に戻っています。{label}がありません。",
        remedy="「{before}」の額のままなら、査定区分を「前の段階どおり」にしてください。要求の額に戻すのであれば、{label}の欄に入力してください。",
        why="査定区分の「要求どおり」は、前の段階の案のとおりということではなく、はじめの要求の額にすることです。",
        wrong="要求額 12,500千円、財政課の額 11,000千円、市長の査定区分「要求どおり」、理由は空欄",
        right="要求額 12,500千円、財政課の額 11,000千円、市長の査定区分「前の段階どおり」",
    )
)
def back_to_asked(judged: Judged) -> Iterator[EntryFault]:
    """What the stage before changed is not undone without a word; what was asked back has its reason."""
    amount, told = judged.decision.total, judged.before.total if judged.before else None
    if (
        judged.decision.again
        or not judged.reason
        or told is None
        or amount is None
        or told == amount
    ):
        return
    if amount == zero(judged.asked()) and not judged.has_reason:
        facts = {"own": judged.label(TOTAL), "before": judged.before.stage if judged.before else ""}
        shown = {"told": judged.shown(told), "amount": judged.shown(amount)}
        yield EntryFault(judged.reason, {**facts, **shown})
