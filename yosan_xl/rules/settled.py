"""What must be settled before a stage of the assessment closes: decided, not held, of today's request, with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.model.assessment import Progress
from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.request import VERDICT
from yosan_xl.rules.figures import zero
from yosan_xl.rules.judged import DECIDED_TOTAL, EntryFault, Judged, decision_rule


def lacks_reason(judged: Judged) -> bool:
    """Return whether a decision differs from what was asked for and nobody says why; one as the stage before, or as asked again, has its reason there."""
    decision = judged.decision
    if not judged.reason or not decision.is_decided or decision.total == zero(judged.asked()):
        return False
    if judged.before and judged.before.total == decision.total:
        return False
    # Why what was asked again is given is what the department says.
    is_as_asked = decision.again and decision.total == decision.again.total
    return not is_as_asked and not judged.has_reason


@decision_rule(
    Code(
        "YX749",
        Weight.ERROR,
        title="要求とちがう決定に理由がない",
        fact="{who}は要求 {asked} を {amount} と決めましたが、{label}がありません。",
        remedy="{label}の欄に入力してください。",
        why="なぜ変えたかは、所管課への内示と、次の段階の判断に要ります。前の段階と同じ額であれば、前の段階の理由で足ります。",
        wrong="要求額 4,000千円、予算額 3,500千円、理由は空欄",
        right="要求額 4,000千円、予算額 3,500千円、理由「実績により精査」",
    )
)
def unreasoned(judged: Judged) -> Iterator[EntryFault]:
    """A decision that differs from what was asked for says why."""
    if lacks_reason(judged):
        asked, amount = judged.asked(), judged.decision.total
        facts = {"asked": judged.shown(asked), "amount": judged.shown(amount)}
        yield EntryFault(judged.reason, facts)


@decision_rule(
    Code(
        "YX750",
        Weight.ERROR,
        title="決まっていない要求",
        fact="{who}（要求 {asked}）は、「{stage}」で{how}。",
        remedy="{label}か査定区分を入力してください。",
        why="段階を締めると、決まった額が次の段階の元になります。",
        wrong="予算額も査定区分も空欄のまま締めた。",
        right="予算額 3,500千円を入力してから締めた。",
    )
)
def undecided(judged: Judged) -> Iterator[EntryFault]:
    """Every request is decided when a stage closes."""
    how = {
        Progress.OPEN: "決まっていません（未定）",
        Progress.PARTLY: "一部しか決まっていません",
    }.get(judged.decision.progress)
    if how:
        yield EntryFault(DECIDED_TOTAL, {"asked": judged.shown(judged.asked()), "how": how})


@decision_rule(
    Code(
        "YX751",
        Weight.ERROR,
        title="保留のままの要求",
        fact="{who}（要求 {asked}）は、「{stage}」で保留のままです。",
        remedy="{label}と額を入力してください。",
        why="保留のまま締めると、次の段階に渡す額がありません。",
        wrong="査定区分「保留」のまま締めた。",
        right="査定区分「一部減額」と予算額を入力してから締めた。",
    )
)
def held(judged: Judged) -> Iterator[EntryFault]:
    """Nothing is held (保留) when a stage closes."""
    if judged.decision.progress is Progress.HELD:
        yield EntryFault(VERDICT, {"asked": judged.shown(judged.asked())})


@decision_rule(
    Code(
        "YX757",
        Weight.ERROR,
        title="決めたあとに前の段階の額か復活要求が変わった",
        fact="{who}は、「{stage}」で {amount} と決めたあとに変わりました: {what}。",
        remedy="{label}を見直して、入力し直してください（同じ額でよければ、そのことを理由に書きます）。",
        why="決めたときの前の段階の額と復活要求ではないので、その決定のままでよいかは分かりません。",
        wrong="市長の額が 59,000千円のときの復活の額を、50,000千円になってもそのままにした。",
        right="変わった市長の額を見て、復活の額を入力し直した。",
    )
)
def overtaken(judged: Judged) -> Iterator[EntryFault]:
    """A later stage decided on what the stage before and 復活要求 say now."""
    decision = judged.decision
    if decision.is_decided and decision.moved:
        facts = {"amount": judged.shown(decision.total), "what": decision.moved.words}
        yield EntryFault(DECIDED_TOTAL, facts)


@decision_rule(
    Code(
        "YX752",
        Weight.ERROR,
        title="決めたあとに要求額が変わった",
        fact="{who}は、「{stage}」で {amount} と決めたあとに、{change}に変わりました。",
        remedy="変わった要求を見て、{label}を直してください（同じ額でよければ、そのことを理由か備考に書きます）。",
        why="決めたときの要求ではないので、その決定のままでよいかは分かりません。",
        wrong="要求額 147,699千円のときの予算額を、要求額 88,539千円になってもそのままにした。",
        right="変わった要求額を見て、予算額を入力し直した。",
    )
)
def outdated(judged: Judged) -> Iterator[EntryFault]:
    """A decision was made on what is asked for now."""
    decision = judged.decision
    if decision.is_decided and decision.is_changed:
        then, asked = judged.shown(decision.asked_then), judged.shown(judged.asked())
        facts = {
            "amount": judged.shown(decision.total),
            "change": f"要求が {then} から {asked} "
            if then != asked
            else f"要求 {asked} の財源が別のもの",
        }
        yield EntryFault(DECIDED_TOTAL, facts)
