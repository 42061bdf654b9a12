"""財源 of what finance decided: they were asked for, are known, and come to the amount."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yosan_xl.model.axes import DECIDED, SPECIFIC, TOTAL
from yosan_xl.model.decision import entry_field
from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.money import Money, with_unit
from yosan_xl.rules.figures import zero
from yosan_xl.rules.judged import (
    DECIDED_TOTAL,
    EntryFault,
    Judged,
    decision_rule,
)


@decision_rule(
    Code(
        "YX743",
        Weight.WARNING,
        title="要求していない財源の決定",
        fact="{who}の{label} {amount} は、要求していない財源です。",
        remedy="財源の欄を確かめてください（見込みがついた財源であれば、そのままでかまいません）。",
        why="となりの財源の欄に入れると、合計は合っていても財源別の額が誤ります。",
        wrong="要求の財源は県の補助金だけ、決定の国の補助金 5,868千円",
        right="要求の財源は県の補助金だけ、決定の県の補助金 5,868千円",
    )
)
def unasked_source(judged: Judged) -> Iterator[EntryFault]:
    """特定財源 that are decided were asked for."""
    decided = judged.decision.amounts
    named = [one for one in judged.axes.specific if decided.get(one) and not judged.is_asked(one)]
    is_any = any(map(judged.is_asked, judged.axes.specific))
    if not named and decided.get(SPECIFIC) and not is_any and judged.decision.is_funded:
        named = [SPECIFIC]
    for source in named:
        facts = {"amount": judged.shown(decided[source])}
        yield EntryFault(entry_field((DECIDED, source)), facts)


@decision_rule(
    Code(
        "YX746",
        Weight.ERROR,
        title="決定の財源の計が合わない",
        fact="{who}の{what}の計 {found} が、「{whole}」 {expected} と {gap} ちがいます（{parts}）。",
        remedy="財源か額を直してください。",
        why="財源の計は、決定した額と同じです。合わないままでは、公表する財源内訳が誤ります。",
        wrong="予算額 6,000千円、国の補助金 5,868千円、一般財源 391千円",
        right="予算額 6,000千円、国の補助金 5,609千円、一般財源 391千円",
    )
)
def unbalanced(judged: Judged) -> Iterator[EntryFault]:
    """The sources add up to the amount, and 特定財源 to what the amount has of them."""
    sources, amounts = judged.sources(), judged.decision.amounts
    specific = {one: amount for one, amount in sources.items() if one in judged.axes.specific}
    wholes = [(SPECIFIC, specific, "特定財源"), (TOTAL, sources, "財源")]
    if judged.axes.rest and judged.axes.rest not in sources:
        wholes.pop()  # the stage has no 一般財源 of its own
    if zero(amounts.get(SPECIFIC)) and not any(map(zero, specific.values())):
        return  # of which source that is, is not known
    for whole, parts, words in wholes if specific else ():
        expected, found = amounts.get(whole), _known_sum(judged, parts)
        if expected is not None and found is not None and found != expected:
            facts = {
                "found": judged.shown(found),
                "what": words,
                "whole": judged.label(whole),
                "expected": judged.shown(expected),
                "gap": judged.shown(abs(found - expected)),
                "parts": _named(judged, parts),
                "raw_value": found,
                "raw_expected": expected,
            }
            first = next((one for one, amount in parts.items() if amount), next(iter(parts)))
            yield EntryFault(entry_field((DECIDED, first)), facts)
            return


@decision_rule(
    Code(
        "YX747",
        Weight.ERROR,
        title="決定の財源が分からない",
        fact="{who}は {amount} と決まっていますが、{missing}が決まっていません。",
        remedy="{missing}の欄に入力してください（額を変える前と同じ額でよいときも、入力します）。",
        why="特定財源が2つ以上あるか、額を変えたときは、どの財源をいくら減らすかは決まりません。"
        "財源の分からない決定は公表しません。",
        wrong="要求 6,259千円（国の補助金 3,000千円、県の補助金 2,868千円）、予算額 5,000千円、財源は空欄",
        right="要求 6,259千円（国の補助金 3,000千円、県の補助金 2,868千円）、予算額 5,000千円、国の補助金 2,400千円、県の補助金 2,294千円",
    )
)
def unfunded(judged: Judged) -> Iterator[EntryFault]:
    """The sources of a decided amount are known."""
    decision = judged.decision
    if decision.is_funded or decision.total is None or any(unbalanced.check(judged)):
        return
    amounts, specific = decision.amounts, judged.axes.specific
    open_ = [one for one in specific if judged.is_asked(one) and amounts.get(one) is None]
    open_ = open_ or [one for one in specific if one in amounts and amounts[one] is None]
    if len(open_) < 2 and SPECIFIC in amounts and amounts[SPECIFIC] is None:
        open_ = [SPECIFIC]
    words = "と".join(f"「{judged.label(one)}」" for one in open_) or "財源"
    field = entry_field((DECIDED, open_[0])) if open_ else DECIDED_TOTAL
    yield EntryFault(field, {"amount": judged.shown(decision.total), "missing": words})


def _known_sum(judged: Judged, parts: Mapping[str, Money | None]) -> int | None:
    """Return what sources come to; None while one of them is open that must be known.

    A source that nobody asked for and nobody decided adds nothing; 一般財源 must be known.
    """
    for source, amount in parts.items():
        if amount is None and (source == judged.axes.rest or judged.asked(source)):
            return None
    known = [amount for amount in parts.values() if amount is not None]
    return sum(known) if known else None


def _named(judged: Judged, parts: Mapping[str, Money | None]) -> str:
    return "、".join(
        f"{judged.axes.source_label(one)} {with_unit(amount, judged.axes.unit)}"
        for one, amount in parts.items()
        if amount is not None
    )
