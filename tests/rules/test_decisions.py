"""Decisions of finance against what was asked for: each code with what it hits and what it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.rules.samples import AXES, amounts, flat, funding, line
from yosan_xl.model.assessment import AskedAgain, Progress, StageBasis, StageChange, StageDecision
from yosan_xl.model.axes import SPECIFIC, TOTAL, Axes, Column
from yosan_xl.model.decision import Spot, line_keys
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.request import Document, Request
from yosan_xl.rules.decisions import CODES, check_decision, place_of_entry

SHEET = Place("集計.xlsx", "一覧", "H5")
ASKED, SUBSIDY = 90_955, 12_000


def row(document: Document | None = None, axes: Axes = AXES, **more: Any) -> SummaryRow:
    request = Request.from_document(document or flat(), axes)
    return SummaryRow(request, Place("0203.xlsx", "要求書1"), **more)


def decided(
    total: int | None, specific: int | None = SUBSIDY, *, metropolitan: int | None = -1, **more: Any
) -> StageDecision:
    """Return a decision of the whole; 都支出金 is all of 特定財源, 一般財源 the rest."""
    own = specific if metropolitan == -1 else metropolitan
    rest = None if total is None or specific is None else total - specific
    given = {TOTAL: total, SPECIFIC: specific, "national": 0, "metropolitan": own, "other": 0}
    given["general"] = rest
    found = {key: None if one is None else Money(one) for key, one in given.items()}
    more = {"progress": Progress.DONE, **more}
    return StageDecision("区長", found, **more)


def codes(decision: StageDecision, of: SummaryRow | None = None, **how: Any) -> list[str]:
    return [one.code for one in check_decision(of or row(), decision, **how)]


def only(decision: StageDecision, of: SummaryRow | None = None, **how: Any) -> Finding:
    (finding,) = check_decision(of or row(), decision, **how)
    return finding


def with_amounts(decision: StageDecision, amounts: Mapping[str, int | None]) -> StageDecision:
    own = {key: None if one is None else Money(one) for key, one in amounts.items()}
    return replace(decision, amounts={**decision.amounts, **own})


def test_yx747__hits_where_a_source_is_not_known_at_all() -> None:
    amounts = {TOTAL: Money(90_000), SPECIFIC: Money(SUBSIDY), "metropolitan": Money(SUBSIDY)}
    own = StageDecision("区長", amounts, progress=Progress.DOUBTFUL, is_funded=False)
    assert codes(own) == ["YX747"]


def test_sources_of_the_sample_are_those_of_its_form() -> None:
    assert set(decided(1).amounts) == {TOTAL, SPECIFIC, *(one.key for one in AXES.sources)}


@pytest.mark.parametrize(("total", "times"), [(ASKED * 500, 500), (ASKED * 2_001 - 1, 2000)])
def test_yx740__hits_a_total_in_yen_and_nothing_that_comes_of_it(total: int, times: int) -> None:
    of = row(flat(no=56), provisional=True)
    finding = only(decided(total, verdict="要求どおり"), of)
    assert (finding.code, finding.weight, finding.place) == ("YX740", Weight.ERROR, of.source)
    assert f"NO 56（仮）「糖尿病性腎症重症化予防事業」の「予算額」 {total:,}千円" in finding.fact
    assert f"要求 90,955千円 の {times}倍" in finding.fact
    assert "千円単位で入力し直し" in finding.remedy
    assert finding.pointer == "/total/budgeted"


def test_yx740__hits_a_source_and_a_line_in_yen() -> None:
    assert codes(decided(ASKED, SUBSIDY * 1_000)) == ["YX740"]
    lines = ({TOTAL: Money(78_955)}, {TOTAL: Money(12_000_000)})
    finding = only(decided(12_078_955, lines=lines))
    assert "明細2行目「印刷費」の「予算額」 12,000,000千円" in finding.fact


def test_yx740__does_not_hit_other_multiples_nor_a_form_in_yen() -> None:
    for total in (ASKED * 500 - 1, ASKED * 2_001):
        assert "YX740" not in codes(decided(total))
    yen = replace(AXES, unit="円")
    assert "YX740" not in codes(decided(ASKED * 1_000), row(axes=yen))


def test_yx740__stands_at_the_cell_that_was_typed_into() -> None:
    places = {Spot("0203-1", "decided/total"): SHEET}
    assert only(decided(ASKED * 1_000), places=places).place == SHEET
    lines = ({TOTAL: Money(78_955)}, {TOTAL: Money(12_000_000)})
    key = line_keys(row().request)[1]
    assert only(decided(12_078_955, lines=lines), places=places).place == SHEET
    places = {Spot("0203-1", "decided/total", key): SHEET}
    assert only(decided(12_078_955, lines=lines), places=places).place == SHEET


YEN = replace(AXES, unit="円")


def test_yx740__names_the_column_of_a_stage_that_has_its_own() -> None:
    lines = ({TOTAL: Money(78_955)}, {TOTAL: Money(12_000_000)})
    finding = only(decided(12_078_955, lines=lines), fills="")
    assert "明細2行目「印刷費」の「区長の額」 12,000,000千円" in finding.fact


def test_yx740__of_a_closing_stage_leaves_only_the_reason_untold() -> None:
    slip = decided(ASKED * 1_000, is_changed=True, asked_then=Money(80_000))
    assert closing(slip) == ["YX740", "YX752"]


def test_yx753__hits_what_is_just_a_thousandth_in_a_form_in_yen() -> None:
    asked = flat(total=amounts(4_620_000, 2_000_000))
    finding = only(decided(4_620, 2_000), row(asked, YEN))
    assert (finding.code, finding.weight) == ("YX753", Weight.ERROR)
    assert "「予算額」 4,620円 は、要求 4,620,000円 のおよそ1000分の1です。" in finding.fact
    assert "円で入力し直し" in finding.remedy
    source = only(decided(4_620_000, 2_000), row(asked, YEN))
    assert "「予算額のうち特財」 2,000円" in source.fact
    lines = ({TOTAL: Money(78_955)}, {TOTAL: Money(12)})
    of_line = only(decided(78_967, 0, lines=lines), row(axes=YEN))
    assert (of_line.code, "明細2行目「印刷費」" in of_line.fact) == ("YX753", True)


def test_yx753__of_a_token_amount_it_is_a_warning() -> None:
    asked = flat(total=amounts(1_000_000, 0), funding=funding(general=1_000_000))
    finding = only(decided(1_000, 0), row(asked, YEN))
    assert (finding.code, finding.weight) == ("YX753", Weight.WARNING)


def test_yx753__does_not_hit_other_parts_nor_a_form_in_thousands() -> None:
    asked = flat(total=amounts(4_620_000, 0), funding=funding(general=4_620_000))
    for amount in (2_308, 9_241, 462_000):
        assert "YX753" not in codes(decided(amount, 0), row(asked, YEN))
    assert "YX753" not in codes(decided(4_620, 0), row(asked))


def test_yx741__hits_a_decision_out_of_all_proportion() -> None:
    document = flat(total=amounts(-49_999, 0), funding=funding(general=-49_999))
    finding = only(decided(9_000_000_000, 0), row(document))
    assert (finding.code, finding.weight) == ("YX741", Weight.ERROR)
    assert "9,000,000,000千円 は、要求 △49,999千円 とかけはなれています" in finding.fact
    nothing = flat(total=amounts(), funding=funding())
    assert codes(decided(1_000_000, 0), row(nothing)) == ["YX741"]


def test_yx741__hits_the_other_sign_as_a_warning() -> None:
    finding = only(decided(-1, 0))
    assert (finding.code, finding.weight) == ("YX741", Weight.WARNING)


def test_yx741__does_not_hit_a_great_project_or_a_small_one_that_grows() -> None:
    assert codes(decided(ASKED * 100)) == []
    small = flat(total=amounts(9, 0), funding=funding(general=9))
    assert codes(decided(999_999, 0), row(small)) == []


def test_yx741__does_not_hit_a_sign_where_nothing_is_asked_for_or_decided() -> None:
    nothing = flat(total=amounts(), funding=funding())
    assert codes(decided(-1, 0), row(nothing)) == []
    reduction = flat(total=amounts(-500, 0), funding=funding(general=-500))
    assert codes(decided(None, None, progress=Progress.OPEN), row(reduction)) == []


def test_yx742__hits_more_of_specific_sources_than_there_is() -> None:
    finding = next(check_decision(row(), decided(11_999, 12_000)))
    assert finding.code == "YX742"
    assert "「予算額のうち特財」 12,000千円 が、「予算額」 11,999千円 より多く" in finding.fact
    assert "YX742" in codes(decided(0, 1))
    lines = ({TOTAL: Money(78_955)}, {TOTAL: Money(11_000), SPECIFIC: Money(12_000)})
    assert "明細2行目" in only(decided(89_955, lines=lines)).fact


def test_yx742__hits_where_all_that_was_asked_for_is_of_specific_sources() -> None:
    all_of_it = flat(total=amounts(500, 500), funding=funding(metropolitan=500), lines=[])
    assert "YX742" in codes(decided(400, 401), row(all_of_it))


def test_yx742__compares_what_is_decided_of_them_not_what_the_sources_come_to() -> None:
    assert codes(decided(12_000, 12_000, metropolitan=12_001)) == ["YX746"]


def test_yx742__does_not_hit_up_to_all_of_it_a_reduction_nor_an_exchange() -> None:
    assert codes(decided(12_000, 12_000)) == []
    reduction = flat(total=amounts(-500, -300), funding=funding(metropolitan=-300, general=-200))
    assert codes(decided(-500, -300), row(reduction)) == []
    exchange = flat(total=amounts(0, 100), funding=funding(metropolitan=100, general=-100))
    assert codes(decided(0, 100), row(exchange)) == []


def test_yx743__hits_a_source_that_nobody_asked_for() -> None:
    wrong = with_amounts(decided(ASKED, SUBSIDY), {"national": 12_000, "metropolitan": 0})
    finding = only(wrong)
    assert (finding.code, finding.weight) == ("YX743", Weight.WARNING)
    assert "「国庫支出金の予算額」 12,000千円 は、要求していない財源" in finding.fact
    none = flat(total=amounts(ASKED, 0), funding=funding(general=ASKED))
    assert codes(decided(ASKED, 5), row(none)) == ["YX743"]
    sums = {TOTAL: Money(ASKED), SPECIFIC: Money(5)}
    assert codes(replace(decided(ASKED), amounts=sums), row(none)) == ["YX743"]


def test_yx743__does_not_hit_less_or_more_of_what_was_asked_for() -> None:
    for specific in (0, 1, SUBSIDY + 1):
        assert codes(decided(ASKED, specific)) == []


@pytest.mark.parametrize(
    ("verdict", "total", "asked", "is_wrong"),
    [
        ("要求どおり", ASKED, ASKED, False),
        ("要求どおり", ASKED - 1, ASKED, True),
        ("A 要求どおり査定", ASKED + 1, ASKED, True),
        ("一部減額", ASKED - 1, ASKED, False),
        ("一部減額", ASKED, ASKED, True),
        ("精査しその一部減額", ASKED + 1, ASKED, True),
        ("増額", ASKED + 1, ASKED, False),
        ("増額", ASKED, ASKED, True),
        ("ゼロ査定", 0, ASKED, False),
        ("ゼロ査定", 1, ASKED, True),
        ("ゼロ査定", 0, 0, False),
        ("前の段階どおり", ASKED, ASKED, False),
        ("B 精査", 5, ASKED, False),
        (None, 5, ASKED, False),
        ("要求どおり", None, ASKED, False),
    ],
)
def test_yx744__hits_a_verdict_that_the_amount_contradicts(
    verdict: str | None, total: int | None, asked: int, is_wrong: bool
) -> None:
    promise = {"term_start": None, "term_end": None, "limit": None}
    asks = {"total": amounts(asked, 0), "funding": funding(general=asked)}
    document = flat(contract_authorization=promise, **asks)
    found = codes(decided(total, 0, verdict=verdict), row(document))
    assert found == (["YX744"] if is_wrong else [])


def test_yx744__says_what_does_not_fit() -> None:
    finding = only(decided(ASKED, verdict="一部減額"))
    assert (
        "「査定区分」は「一部減額」ですが、「予算額」 90,955千円 は要求 90,955千円 より少なくありません。"
        in finding.fact
    )


def test_yx744__hits_as_before_where_it_is_not() -> None:
    before = replace(decided(80_000), stage="財政課")
    same, other = (decided(total, verdict="前の段階どおり") for total in (80_000, 80_001))
    assert codes(same, before=before) == []
    assert "「財政課」の 80,000千円 とちがいます" in only(other, before=before).fact


def test_yx744__names_the_stage_before_where_復活要求_came() -> None:
    before = replace(decided(80_000), stage="財政課")
    own = decided(80_001, verdict="前の段階どおり", again=AGAIN)
    fact = next(
        one for one in check_decision(row(), own, before=before) if one.code == "YX744"
    ).fact
    assert "は「財政課」の 80,000千円 とちがいます" in fact


def test_yx744__hits_the_verdict_of_a_line() -> None:
    (main,) = AXES.lists
    column = Column("verdict", "査定", "choice", "finance", meaning="verdict")
    axes = replace(AXES, lists=(replace(main, columns=(*main.columns, column)),))
    judged = {**line("委託料", 78_955), "verdict": "要求どおり"}
    of = row(flat(lines=[judged, line("印刷費", 12_000, 12_000)]), axes)
    rest = {TOTAL: Money(12_000)}
    assert codes(decided(90_000, lines=({TOTAL: Money(78_000)}, rest)), of) == ["YX744"]
    assert codes(decided(ASKED, lines=({TOTAL: Money(78_955)}, rest)), of) == []


def test_yx745__hits_what_is_held_with_an_amount() -> None:
    finding = only(decided(ASKED, verdict="保留", progress=Progress.HELD))
    assert (finding.code, finding.weight) == ("YX745", Weight.WARNING)


def test_yx745__is_told_alone_of_what_is_held() -> None:
    own = decided(80_000, None, verdict="保留", progress=Progress.HELD, is_funded=False)
    assert codes(with_amounts(own, {"general": 1})) == ["YX745"]


def test_yx745__does_not_hit_what_is_held_alone() -> None:
    assert codes(decided(None, None, verdict="保留", progress=Progress.HELD)) == []


def test_yx746__hits_sources_that_do_not_come_to_the_amount() -> None:
    wrong = with_amounts(decided(ASKED), {"general": 78_954})
    finding = only(wrong)
    assert (finding.code, finding.value, finding.expected) == ("YX746", 90_954, 90_955)
    assert "都支出金 12,000千円、" in finding.fact
    assert "一般財源 78,954千円" in finding.fact
    assert "の財源の計 90,954千円 が、「予算額」 90,955千円 と 1千円 ちがいます" in finding.fact
    assert finding.pointer == "/funding/metropolitan/budgeted"
    specific = only(with_amounts(decided(ASKED), {"metropolitan": 11_999}))
    assert "の特定財源の計 11,999千円 が、「予算額のうち特財」 12,000千円" in specific.fact


def test_yx746__hits_though_sources_that_nobody_asked_for_are_open() -> None:
    unasked = {"national": None, "other": None}
    assert codes(with_amounts(decided(ASKED), {**unasked, "general": 1})) == ["YX746"]


def test_yx746__does_not_hit_while_the_rest_is_open() -> None:
    all_of_it = flat(total=amounts(500, 500), funding=funding(metropolitan=500), lines=[])
    assert codes(with_amounts(decided(500, 400), {"general": None}), row(all_of_it)) == []


def test_yx742_yx744_yx746__name_the_column_of_a_stage_that_has_its_own() -> None:
    own = decided(ASKED, ASKED + 1)
    assert "「区長の額」 90,955千円 より多く" in next(check_decision(row(), own, fills="")).fact
    less = decided(ASKED, verdict="一部減額")
    assert "「区長の額」 90,955千円 は要求" in only(less, fills="").fact
    wrong = with_amounts(decided(ASKED), {"general": 1})
    assert "が、「区長の額」 90,955千円 と" in only(wrong, fills="").fact


def test_yx746__does_not_hit_sources_that_do_nor_unknown_ones() -> None:
    assert codes(decided(5, 0)) == []
    assert "YX746" not in codes(decided(ASKED, metropolitan=None))
    unasked = with_amounts(decided(ASKED), {"national": None, "other": None})
    assert codes(unasked) == []


def test_yx747__hits_an_amount_without_its_sources() -> None:
    open_ = with_amounts(
        decided(80_000, None, metropolitan=None, is_funded=False), {"general": None}
    )
    finding = only(open_)
    assert finding.code == "YX747"
    assert "80,000千円 と決まっていますが、「予算額のうち特財」が決まっていません" in finding.fact
    two = flat(funding=funding(national=6_000, metropolitan=6_000, general=78_955))
    finding = only(with_amounts(open_, {"national": None}), row(two))
    assert "「国庫支出金の予算額」と「都支出金の予算額」が" in finding.fact
    one = decided(80_000, 10_000, metropolitan=6_000, is_funded=False)
    finding = only(with_amounts(one, {"national": None, "general": None}), row(two))
    assert "いますが、「国庫支出金の予算額」が" in finding.fact


def test_yx747__hits_特財_of_which_the_source_is_not_known() -> None:
    document = flat(total=amounts(400, 0), funding=funding(general=400))
    own = dict.fromkeys(("national", "metropolitan", "other"))
    open_ = with_amounts(decided(400, 100, is_funded=False), {**own, "general": 300})
    finding = only(open_, row(document))
    assert finding.code == "YX747"
    assert "「国庫支出金の予算額」と「都支出金の予算額」と「その他特財の予算額」が" in finding.fact


def test_yx742__has_no_word_for_a_column_that_is_not_there() -> None:
    own = with_amounts(decided(80_000), {"metropolitan": 80_001, "general": -1})
    amounts_ = {key: one for key, one in own.amounts.items() if key != SPECIFIC}
    found = next(check_decision(row(), replace(own, amounts=amounts_), fills=""))
    assert "「特定財源の計」 80,001千円 が、「区長の額」 80,000千円 より多く" in found.fact


def test_yx747__does_not_hit_what_is_funded_nor_what_is_told_as_unbalanced() -> None:
    assert codes(decided(80_000)) == []
    assert codes(with_amounts(decided(ASKED, is_funded=False), {"general": 1})) == ["YX746"]


def test_yx748__hits_a_promise_of_what_gets_nothing() -> None:
    finding = only(decided(0, 0))
    assert (finding.code, finding.weight) == ("YX748", Weight.WARNING)
    assert "債務負担行為の限度額 30,000千円 が残っています" in finding.fact


def test_yx748__does_not_hit_without_a_promise_nor_where_only_that_was_asked_for() -> None:
    none = flat(contract_authorization={"term_start": None, "term_end": None, "limit": None})
    assert codes(decided(0, 0), row(none)) == []
    only_that = flat(total=amounts(0, 0), funding=funding(general=0))
    assert codes(decided(0, 0), row(only_that)) == []


def closing(decision: StageDecision, **how: Any) -> list[str]:
    return codes(decision, closing=True, **how)


def test_yx749__hits_a_cut_without_a_reason() -> None:
    finding = only(decided(ASKED - 1), closing=True)
    assert finding.code == "YX749"
    assert "要求 90,955千円 を 90,954千円 と決めましたが、「理由」がありません" in finding.fact
    assert closing(decided(ASKED + 1, reason=" ")) == ["YX749"]
    rationale = only(decided(ASKED - 1), closing=True, reason="rationale")
    assert "「編成の考え方」がありません" in rationale.fact


def test_yx749__does_not_hit_with_a_reason_as_asked_or_where_none_is_typed() -> None:
    assert closing(decided(ASKED - 1, reason="実績により精査")) == []
    assert closing(decided(ASKED)) == []
    assert closing(decided(ASKED - 1), reason="") == []
    assert codes(decided(ASKED - 1)) == []
    assert closing(decided(ASKED - 1), before=decided(ASKED - 1)) == []
    assert closing(decided(ASKED - 1), before=decided(ASKED - 2)) == ["YX749"]


@pytest.mark.parametrize(
    ("progress", "said"),
    [(Progress.OPEN, "決まっていません（未定）"), (Progress.PARTLY, "一部しか")],
)
def test_yx750__hits_what_is_not_decided(progress: Progress, said: str) -> None:
    finding = only(decided(None, None, progress=progress), closing=True)
    assert finding.code == "YX750"
    assert said in finding.fact


def test_yx750__does_not_hit_before_a_stage_closes() -> None:
    assert codes(decided(None, None, progress=Progress.OPEN)) == []
    assert closing(decided(ASKED)) == []


def test_yx751__hits_what_is_held() -> None:
    assert closing(decided(None, None, verdict="保留", progress=Progress.HELD)) == ["YX751"]


def test_yx751__does_not_hit_what_is_decided() -> None:
    assert closing(decided(ASKED, verdict="要求どおり")) == []


def moved(then: int, now: int) -> StageDecision:
    change = StageChange(StageBasis(Money(then)), StageBasis(Money(now)))
    return decided(60_000, progress=Progress.DOUBTFUL, moved=change, reason="要る")


def test_yx757__hits_a_decision_on_another_amount_of_the_stage_before() -> None:
    (finding,) = [one for one in check_decision(row(), moved(59_000, 50_000), closing=True)]
    assert finding.code == "YX757"
    assert "前の段階の額 59,000 → 50,000" in finding.fact


def test_yx757__does_not_hit_before_a_stage_closes() -> None:
    assert codes(moved(59_000, 50_000)) == []
    assert "YX757" not in closing(decided(60_000, reason="要る"))


AGAIN = AskedAgain(Money(80_000), Money(5_000))


def test_yx744__compares_as_asked_with_what_is_asked_again() -> None:
    assert codes(decided(85_000, verdict="復活要求どおり", again=AGAIN)) == []
    (finding,) = check_decision(row(), decided(84_000, verdict="要求どおり", again=AGAIN))
    assert finding.code == "YX744"
    assert "内示額と復活要求額の計 85,000千円 とちがいます" in finding.fact
    assert codes(decided(85_000, verdict="一部減額", again=AGAIN)) == []


@pytest.mark.parametrize(("said", "code"), [("ゼロ査定", "YX744"), ("保留", "YX745")])
def test_yx744_yx745__hit_a_line_that_is_judged_otherwise_than_it_is_decided(
    said: str, code: str
) -> None:
    lines = tuple({TOTAL: one.amount("asked")} for one in row().request.lines)
    verdicts = (said, *[None] * (len(lines) - 1))
    found = check_decision(row(), decided(ASKED, lines=lines, line_verdicts=verdicts))
    assert [one.code for one in found] == [code]
    plain = decided(ASKED, lines=lines, line_verdicts=(None,) * len(lines))
    assert codes(plain) == []


def test_yx752__hits_a_decision_on_another_amount() -> None:
    old = decided(ASKED, progress=Progress.DOUBTFUL, is_changed=True, asked_then=Money(147_699))
    finding = only(old, closing=True)
    assert finding.code == "YX752"
    assert "要求が 147,699千円 から 90,955千円 に変わりました" in finding.fact


def test_yx752__says_that_only_the_sources_changed() -> None:
    old = decided(ASKED, progress=Progress.DOUBTFUL, is_changed=True, asked_then=Money(ASKED))
    fact = only(old, closing=True).fact
    assert "決めたあとに、要求 90,955千円 の財源が別のものに変わりました" in fact


def test_yx752__does_not_hit_a_decision_on_what_is_asked_now() -> None:
    assert closing(decided(ASKED, progress=Progress.DOUBTFUL)) == []


def restored(total: int, back: int = 5_000, told: int = 80_000, **more: Any) -> list[Finding]:
    """Return what is told of 復活 decided so, where `back` is asked back beyond what was `told`."""
    before = replace(decided(told), stage="内示")
    own = decided(total, 0, again=AskedAgain(Money(told), Money(back)), **more)
    return [*check_decision(row(), own, before=before)]


@pytest.mark.parametrize("total", [5_000, 19_999, 20_000])
def test_yx754__hits_less_than_was_told_where_more_is_asked_back(total: int) -> None:
    (finding,) = restored(total, back=20_000)
    assert (finding.code, finding.weight) == ("YX754", Weight.ERROR)
    assert "（内示額 80,000千円、復活要求 20,000千円）" in finding.fact
    assert "すべて認めるなら 100,000千円" in finding.remedy


def test_yx754__of_a_cut_without_a_reason_or_of_just_what_is_asked_back_it_is_a_warning() -> None:
    (cut,) = restored(79_000)
    (same,) = restored(50_000, back=50_000, told=30_000, reason="認める")
    assert [(one.code, one.weight) for one in (cut, same)] == [("YX754", Weight.WARNING)] * 2
    assert restored(79_000, reason="国の内示が減った") == []


def test_yx754__does_not_hit_from_there_on_nor_where_less_is_asked_for() -> None:
    assert [restored(total) for total in (80_000, 82_000, 85_000)] == [[], [], []]
    assert [restored(79_000, back=back) for back in (0, -1_000)] == [[], []]
    assert restored(5_000, told=0) == []
    assert restored(30_000, back=30_000, told=30_000) == []  # nothing of it is given back
    assert "YX754" not in codes(decided(5_000), before=decided(80_000))


@pytest.mark.parametrize(
    ("total", "verdict", "weight"),
    [
        (0, "ゼロ査定", Weight.WARNING),
        (0, None, Weight.WARNING),
        (3_000, "一部減額", Weight.WARNING),
        (5_000, "一部減額", Weight.WARNING),
        (3_000, None, Weight.ERROR),
    ],
)
def test_yx754__of_a_cut_that_is_said_to_be_one_it_is_a_warning(
    total: int, verdict: str | None, weight: Weight
) -> None:
    finding, silent = (
        next(one for one in restored(total, verdict=verdict, reason=why) if one.code == "YX754")
        for why in ("国の制度がなくなった", None)
    )
    assert (finding.weight, silent.weight) == (weight, Weight.ERROR)
    assert "「前の段階どおり」" in finding.remedy


def test_yx754__does_not_hit_what_goes_back_to_the_amount_that_was_told() -> None:
    asked = replace(decided(85_000, again=AGAIN), stage="調整")
    own = decided(80_000)
    assert codes(own, row(decisions=(asked, own)), before=asked) == []


def test_yx754__hits_in_the_stages_after_that_too() -> None:
    asked = replace(decided(85_000, again=AGAIN), stage="調整")
    between = replace(decided(85_000), stage="部長")
    told = replace(decided(80_000), stage="内示")
    for decisions in ((told, asked), (told, asked, between)):
        own = decided(5_000, 0, reason="復活分")
        of = row(decisions=(*decisions, own))
        (finding,) = check_decision(of, own, before=decisions[-1])
        assert (finding.code, finding.weight) == ("YX754", Weight.ERROR)
        whole = decided(85_000)
        assert codes(whole, row(decisions=(*decisions, whole)), before=decisions[-1]) == []


def test_yx754__does_not_hit_what_the_stage_for_it_decided_already() -> None:
    cut = replace(decided(5_000, 0, again=AGAIN, verdict="一部減額", reason="国"), stage="調整")
    own = decided(5_000, 0, verdict="一部減額", reason="国")
    assert codes(own, row(decisions=(cut, own)), before=cut) == []


def test_yx755__hits_more_than_was_told_and_asked_back() -> None:
    (finding,) = restored(ASKED, verdict="要求どおり")
    assert (finding.code, finding.weight) == ("YX755", Weight.WARNING)
    assert "加えた 85,000千円 より多く" in finding.fact


def test_yx755__does_not_hit_up_to_that() -> None:
    assert restored(85_000) == []
    assert restored(80_001, back=1) == []
    assert [one.code for one in restored(80_002, back=1)] == ["YX755"]


def test_yx756__hits_what_goes_back_to_what_was_asked_for_without_a_reason() -> None:
    before = replace(decided(80_000), stage="財政課")
    finding = only(decided(ASKED, verdict="要求どおり"), before=before)
    assert (finding.code, finding.weight) == ("YX756", Weight.WARNING)
    assert "「財政課」の 80,000千円 から、要求の 90,955千円 に戻っています" in finding.fact
    assert "「前の段階どおり」" in finding.remedy


def test_yx756__does_not_hit_with_a_reason_another_amount_nor_the_same() -> None:
    before = replace(decided(80_000), stage="財政課")
    for own in (decided(ASKED, reason="要る"), decided(85_000, reason=None), decided(80_000)):
        assert "YX756" not in codes(own, before=before)
    assert codes(decided(ASKED), before=decided(ASKED)) == []


def test_yx756__says_that_the_request_is_another_by_now() -> None:
    before = replace(decided(80_000), stage="財政課", is_changed=True, asked_then=Money(85_000))
    fact = only(decided(ASKED, verdict="要求どおり"), before=before).fact
    assert (
        "要求の 90,955千円 に戻っています（要求は、そのあとに 85,000千円 から変わりました）。"
        in fact
    )


def test_yx756__does_not_hit_a_request_that_came_down_below_the_cut() -> None:
    cut = replace(decided(95_000), stage="財政課", is_changed=True, asked_then=Money(99_000))
    assert codes(decided(ASKED, verdict="要求どおり"), before=cut) == []
    assert codes(decided(ASKED), before=replace(cut, asked_then=Money(95_000))) == []
    raised = replace(cut, asked_then=Money(94_999))
    assert codes(decided(ASKED, verdict="要求どおり"), before=raised) == ["YX756"]


def test_place__is_where_the_decision_was_typed() -> None:
    key = line_keys(row().request)[1]
    before = replace(decided(80_000), stage="財政課")
    for spot in (Spot("0203-1", "verdict"), Spot("0203-1", "decided/total", key)):
        found = only(decided(ASKED), before=before, places={spot: SHEET})
        assert (found.code, found.place) == ("YX756", SHEET)
    other = {Spot("0203-2", "verdict"): SHEET}
    assert only(decided(ASKED), before=before, places=other).place == row().source


def test_place__is_that_of_the_request_before_those_of_its_lines() -> None:
    lines = (Spot("0203-1", "decided/total", key) for key in line_keys(row().request))
    first, second = (replace(SHEET, cell=cell) for cell in ("H6", "H7"))
    places = dict(zip(lines, (first, second), strict=True))
    wanted = Spot("0203-1", "reason")
    assert place_of_entry(places, wanted) == first
    assert place_of_entry({**places, Spot("0203-1", "rationale"): SHEET}, wanted) == SHEET


def test_codes__are_of_their_block_once_each() -> None:
    numbers = [code.code for code in CODES]
    assert sorted(set(numbers)) == sorted(numbers)
    assert all("YX740" <= number <= "YX759" for number in numbers)


def test_yx744__does_not_hit_words_of_a_form_that_say_nothing_of_the_amount() -> None:
    assert codes(decided(5, 0, verdict="C 廃止を含めて検討")) == []


def test_check_decision__calls_amounts_as_the_summary_does() -> None:
    two = flat(funding=funding(national=6_000, metropolitan=6_000, general=78_955))
    open_ = decided(80_000, None, metropolitan=None, is_funded=False)
    open_ = with_amounts(open_, {"general": None, "national": None})
    (finding,) = check_decision(row(two), open_, fills="")
    assert "「国庫支出金の区長の額」と「都支出金の区長の額」が決まっていません" in finding.fact
    (finding,) = check_decision(row(), decided(ASKED * 1_000), fills="")
    assert "の「区長の額」 90,955,000千円" in finding.fact
    (finding,) = check_decision(row(), decided(ASKED, SUBSIDY * 1_000), fills="")
    assert "の「区長の額のうち特財」 12,000,000千円" in finding.fact
