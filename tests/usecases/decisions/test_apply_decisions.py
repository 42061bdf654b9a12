"""What finance typed put onto requests, stage by stage: by hand-made histories, without books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.excel.summary.samples import AXES
from tests.forms.years import documents_of, form_text
from tests.usecases.deciding import settings_of
from tests.usecases.decisions.test_assessment import request
from tests.usecases.year import example_documents
from yosan_xl.form.load import load_definition, parse_definition
from yosan_xl.model.assessment import (
    AskedAgain,
    Progress,
    Restoration,
    StageBasis,
    StageDecision,
)
from yosan_xl.model.axes import ASKED
from yosan_xl.model.continuity import basis_of
from yosan_xl.model.decision import Spot, Value, line_keys
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin, ProjectState
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.request import VERDICT, Request
from yosan_xl.model.settings import AssessmentStage
from yosan_xl.usecases.decisions.apply import DecidedRows, apply_decisions

FORM = load_definition("minato-r2")
ID = "0103-1"
OWN = request(600, 400, national=500)
TOTAL = "decided/total"
FIRST, SECOND, LAST = "財政課", "区長", "復活"
STAGES = (
    AssessmentStage(FIRST, notice=True),
    AssessmentStage(SECOND),
    AssessmentStage(LAST, restoration=True),
)


def row(of: Request = OWN, asked: Restoration | None = None) -> SummaryRow:
    return SummaryRow(of, Place("提出.json", of.id), restoration=asked)


def again(more: int, given: int | None = 900, stage: str = FIRST, **sources: int) -> Restoration:
    """Return 復活要求 of the request, against the 内示額 of a stage."""
    amounts = {"total": Money(more), **{key: Money(one) for key, one in sources.items()}}
    told = None if given is None else Money(given)
    return Restoration(ID, amounts, "要る", "復活/a.xlsx", "F7", "復活要求", stage, told)


def typed(
    value: Value, what: str = TOTAL, stage: str = FIRST, line: int = 0, **more: Any
) -> EntryRecord:
    """Return a record of the request, or of one of its lines."""
    key = line_keys(OWN)[line - 1] if line else None
    fields: dict[str, Any] = {"raw": str(value or ""), "basis": 0} | more
    place = Origin("a.xlsx", "b", 0, sheet="一覧", cell="R5")
    return EntryRecord(stage, Spot(ID, what, key), value, place, **fields)


def apply(
    *records: EntryRecord,
    rows: tuple[SummaryRow, ...] = (row(),),
    then: ProjectState | None = None,
    closed: tuple[str, ...] = (),
    settled: Mapping[str, Mapping[int, StageDecision]] | None = None,
    stages: tuple[AssessmentStage, ...] = STAGES,
    moves: Mapping[str, str] | None = None,
    heeded: Mapping[str, str] | None = None,
    more: tuple[ProjectState, ...] = (),
) -> DecidedRows:
    history = DecisionHistory(
        records,
        (then or basis_of(OWN, ID), *more),
        closed=closed,
        settled=settled or {},
        heeded=heeded or {},
    )
    settings = replace(settings_of(FORM), stages=stages)
    return apply_decisions(history, rows, settings, FORM, moves)


def told(done: DecidedRows, code: str) -> list[Finding]:
    return [one for one in done.findings if one.code == code]


def totals(done: DecidedRows, at: int = 0) -> list[int | None]:
    """Return the amount of every stage until the open one."""
    return [one.total for one in done.rows[at].decisions]


def test_apply__the_stages_until_the_open_one() -> None:
    done = apply()
    assert (done.open_stage, done.is_last, totals(done), done.decided) == (
        STAGES[0],
        False,
        [None],
        0,
    )
    assert done.stamped().stage == FIRST
    assert apply(typed(900)).rows[0].request.amount("decided") is None
    done = apply(typed(900), typed(900, stage=SECOND), closed=(FIRST, SECOND))
    assert (done.open_stage, done.is_last) == (STAGES[2], True)
    assert (totals(done), done.decided) == ([900, 900, 900], 1)
    done = apply(typed(900), closed=(FIRST, SECOND, LAST))
    assert (done.open_stage, done.is_last, done.stamped().stage) == (None, True, "")
    assert done.entries.typed == {}


def test_apply__a_year_without_stages_has_one() -> None:
    done = apply(typed(900, stage="査定"), stages=())
    assert (done.stamped().stage, done.is_last, totals(done)) == ("査定", True, [900])
    assert done.rows[0].request.amount("decided") == 900


def test_apply__a_document_that_nobody_typed_of_stays_as_it_is() -> None:
    document = next(one for one in example_documents() if one["id"] == ID)
    total = document["total"] | {"budgeted": 30_000}
    of = Request.from_document(document | {"total": total}, AXES)
    done = apply(stages=(), rows=(row(of),))
    assert totals(done) == [30_000]
    assert done.rows[0].request is of


def test_stage_bases__what_the_open_stage_decides_on() -> None:
    assert apply(typed(900)).stage_bases == {}
    done = apply(typed(900, stage=SECOND), typed(700), closed=(FIRST,))
    assert done.stage_bases == {ID: StageBasis(Money(700))}
    assert apply(typed("保留", VERDICT), closed=(FIRST,)).stage_bases == {ID: StageBasis(None)}
    done = apply(typed(700), closed=(FIRST, SECOND), rows=(row(asked=again(50)),))
    assert done.stage_bases[ID].again == AskedAgain(Money(700), Money(50))
    assert apply(typed(700), closed=(FIRST, SECOND, LAST)).stage_bases == {}


def test_closing__keeps_what_is_decided_by_project() -> None:
    done = apply(typed(900))
    assert {at: one.total for at, one in done.closing(FIRST).settled[FIRST].items()} == {0: 900}
    assert done.closing(SECOND).settled == {}
    assert apply(typed("保留", VERDICT)).closing(FIRST).settled == {}
    assert (
        apply(typed(900), then=replace(basis_of(OWN, ID), title="別", lines=()))
        .closing(FIRST)
        .settled
        == {}
    )


def kept(total: int, *lines: int | None) -> dict[str, dict[int, StageDecision]]:
    """Return what was decided when the first stage was closed."""
    amounts = {"total": Money(total), "specific": None}
    rows = tuple({"total": None if one is None else Money(one), "specific": None} for one in lines)
    own = StageDecision(FIRST, amounts, rows, "一部減額", "見直す。", Progress.DONE)
    return {FIRST: {0: own}}


def test_closed__stands_as_it_was_where_its_entries_come_to_something_else() -> None:
    done = apply(typed(900), closed=(FIRST,), settled=kept(800, 500, 300))
    own = done.rows[0].decisions[0]
    assert (own.total, own.verdict, own.reason, own.is_kept) == (800, "一部減額", "見直す。", True)
    assert [one.get("total") for one in own.lines] == [500, 300]
    (finding,) = told(done, "YX730")
    assert "800千円" in finding.fact
    # An open stage is of what is typed.
    assert totals(apply(typed(900), settled=kept(800, 500, 300))) == [900]
    lines = typed(450, line=1), typed(350, line=2)
    whole = apply(*lines, closed=(FIRST,), settled=kept(800, None, None))
    assert [one.get("total") for one in whole.rows[0].decisions[0].lines] == [450, 350]


def test_closed__as_its_entries_come_to_is_not_kept() -> None:
    first = apply(typed(900), typed(700, "decided/specific"))
    settled = first.closing(FIRST).settled
    done = apply(typed(900), typed(700, "decided/specific"), closed=(FIRST,), settled=settled)
    assert (done.rows[0].decisions[0].is_kept, told(done, "YX730")) == (False, [])


@pytest.mark.parametrize(
    ("lines", "given", "shown"),
    [
        ((("経費1", 600), ("経費2", 400)), (500, 300), [500, 300]),
        ((("ほか", 600), ("経費2", 400)), (500, 300), [500, 300]),
        ((("経費1", 600), ("経費2", 399)), (500, 300), [None, None]),
        ((("経費1", 1_000),), (800,), [None, None]),
        ((("経費1", 600), ("経費2", 400)), (800,), [None, None]),
    ],
)
def test_closed__lines_are_those_of_then_where_each_asks_for_as_much(
    lines: tuple[tuple[str, int], ...], given: tuple[int, ...], shown: list[int | None]
) -> None:
    then = replace(basis_of(OWN, ID), lines=lines)
    done = apply(typed(900), then=then, closed=(FIRST,), settled=kept(800, *given))
    assert [one.get("total") for one in done.rows[0].decisions[0].lines] == shown


def test_yx705__hits_a_stage_after_the_open_one_with_entries_or_closed() -> None:
    (found,) = told(apply(typed(900, stage=SECOND), typed("x", "reason", SECOND)), "YX705")
    assert "段階「区長」には、記入が 2 件あります。" in found.fact
    (found,) = told(apply(closed=(LAST,)), "YX705")
    assert "段階「復活」には、記入が 0 件あります（締めてあります）" in found.fact
    assert told(apply(typed(900)), "YX705") == []
    assert told(apply(typed(900, stage=LAST), closed=(FIRST, SECOND)), "YX705") == []


def test_yx731__hits_once_for_all_that_is_not_decided() -> None:
    documents = [one | {"title": f"事業{at}"} for at, one in enumerate(example_documents(), 1)]
    rows = tuple(row(Request.from_document(one, AXES)) for one in documents)
    every = FIRST, SECOND, LAST
    (found,) = told(apply(rows=rows[:4], closed=every), "YX731")
    assert "要求 4 件（「事業1」「事業2」「事業3」など）は、「復活」まで" in found.fact
    (found,) = told(apply(rows=rows[:3], closed=every), "YX731")
    assert "（「事業1」「事業2」「事業3」）" in found.fact
    assert told(apply(typed(900), typed(900, stage=SECOND), closed=every), "YX731") == []
    assert told(apply(rows=rows[:4], closed=(FIRST, SECOND)), "YX731") == []


def test_yx610__hits_an_amount_that_is_not_what_the_lines_come_to() -> None:
    (found,) = told(apply(typed(900), typed(500, line=1), typed(300, line=2)), "YX610")
    assert "900千円" in found.fact
    assert "明細の計 800千円 と 100千円 ちがいます。" in found.fact
    assert found.place.cell == "R5"
    (found,) = told(apply(typed(400), typed(500, line=1)), "YX610")
    assert "100千円 ちがいます（空欄の明細 1行）。" in found.fact
    assert told(apply(typed(800), typed(500, line=1), typed(300, line=2)), "YX610") == []
    assert told(apply(typed(800)), "YX610") == []


def test_checked__what_does_not_add_up_is_to_be_looked_at() -> None:
    plain = request(600, 400)
    own: dict[str, Any] = {"rows": (row(plain),), "then": basis_of(plain, ID)}
    lines = typed("見直す。", "reason"), typed(500, line=1), typed(300, line=2)
    assert apply(typed(800), *lines, **own).rows[0].decisions[0].progress is Progress.DONE
    assert apply(typed(900), *lines, **own).rows[0].decisions[0].progress is Progress.DOUBTFUL
    # What was typed at a stage before the last that there is says nothing of that any more.
    done = apply(typed(900), *lines, closed=(FIRST,), **own)
    assert (told(done, "YX610"), done.rows[0].decisions[0].progress) == ([], Progress.DONE)


def test_lacks_reason__as_the_stage_before_it_has_its_reason_there() -> None:
    done = apply(
        *(typed(900), typed("見直す。", "reason"), typed(900, stage=SECOND)), closed=(FIRST,)
    )
    assert [one.lacks_reason for one in done.rows[0].decisions] == [False, False]
    done = apply(typed(900), typed(800, stage=SECOND), closed=(FIRST,))
    assert [one.lacks_reason for one in done.rows[0].decisions] == [True, True]


def test_yx703__hits_another_amount_or_other_sources_than_when_it_was_decided() -> None:
    then = replace(basis_of(OWN, ID), asked=1_100)
    done = apply(typed(900), then=then)
    (found,) = told(done, "YX703")
    assert "要求額が変わりました（1,100千円 → 1,000千円）" in found.fact
    assert done.rows[0].decisions[0].asked_then == 1_100
    sources = dict(basis_of(OWN, ID).sources) | {"national": 300, "other": 200}
    then = replace(basis_of(OWN, ID), sources=tuple(sources.items()))
    (found,) = told(apply(typed(900), then=then), "YX703")
    old, new = "国庫支出金 300千円、その他特財 200千円", "国庫支出金 500千円、その他特財 0千円"
    assert f"要求の財源が変わりました（{old} → {new}）" in found.fact
    assert told(apply(typed(900)), "YX703") == []


@pytest.mark.parametrize(
    ("records", "closed", "progress"),
    [
        ((typed(900), typed(450, "decided/national")), (), Progress.DOUBTFUL),
        ((typed(900), typed(450, "decided/national")), (FIRST,), Progress.DONE),
        ((typed("保留", VERDICT),), (), Progress.HELD),
    ],
)
def test_changed__is_to_be_looked_at_while_its_stage_is_open(
    records: tuple[EntryRecord, ...], closed: tuple[str, ...], progress: Progress
) -> None:
    then = replace(basis_of(OWN, ID), asked=1_100)
    own = apply(*records, then=then, closed=closed).rows[0].decisions[0]
    assert (own.progress, own.is_changed) == (progress, True)


def test_yx709__hits_a_decision_on_what_the_stage_before_said_then() -> None:
    second = typed(700, stage=SECOND, stage_basis=StageBasis(Money(800)))
    (found,) = told(apply(typed(900), second, closed=(FIRST,)), "YX709")
    assert "前の段階の額 800 → 900" in found.fact
    second = replace(second, stage_basis=StageBasis(Money(900)))
    assert told(apply(typed(900), second, closed=(FIRST,)), "YX709") == []


SECOND_CLOSED = (FIRST, SECOND)


def test_again__is_asked_of_a_stage_for_it_alone() -> None:
    rows = (row(asked=again(50, 700)),)
    asked = typed("要求どおり", VERDICT, LAST)
    done = apply(typed(700), asked, closed=SECOND_CLOSED, rows=rows)
    assert [one.again and one.again.total for one in done.rows[0].decisions] == [None, None, 750]
    assert totals(done) == [700, None, 750]
    assert done.rows[0].request.amount("decided") == 750
    nothing = apply(typed(700), closed=SECOND_CLOSED, rows=rows)
    assert totals(nothing) == [700, None, None]


def test_again__decided_on_what_was_asked_then() -> None:
    then = StageBasis(Money(700), AskedAgain(Money(700), Money(30)))
    own = typed("要求どおり", VERDICT, LAST, stage_basis=then)
    rows = (row(asked=again(50, 700)),)
    assert totals(apply(typed(700), own, closed=SECOND_CLOSED, rows=rows))[-1] == 730
    emptied = replace(own, value=None, raw="")
    done = apply(typed(700), own, emptied, closed=SECOND_CLOSED, rows=rows)
    assert done.rows[0].decisions[-1].again == AskedAgain(Money(700), Money(50))
    reason = typed("x", "reason", LAST, stage_basis=then)
    done = apply(typed(700), reason, closed=SECOND_CLOSED, rows=rows)
    assert done.rows[0].decisions[-1].again == AskedAgain(Money(700), Money(50))


@pytest.mark.parametrize(
    ("asked", "sources"),
    [
        (again(50, 1_000, national=20, general=30), (("national", 520),)),
        (again(50, 1_000, other=20, general=30), (("national", 500), ("other", 20))),
        (again(50, 1_000, national=20), None),
    ],
)
def test_again__has_sources_where_they_are_known(
    asked: Restoration, sources: tuple[tuple[str, int], ...] | None
) -> None:
    first = typed("要求どおり", VERDICT)
    done = apply(first, closed=SECOND_CLOSED, rows=(row(asked=asked),))
    own = done.rows[0].decisions[-1].again
    assert own == AskedAgain(Money(1_000), Money(50), sources and tuple(sources))  # type: ignore[arg-type]
    open_ = apply(typed("保留", VERDICT), closed=SECOND_CLOSED, rows=(row(asked=asked),))
    assert open_.rows[0].decisions[-1].again == AskedAgain(None, Money(50))
    cut = apply(typed(900), closed=SECOND_CLOSED, rows=(row(asked=asked),))
    assert cut.rows[0].decisions[-1].again == AskedAgain(Money(900), Money(50))


def test_again__is_against_the_last_notice_before_its_stage() -> None:
    stages = (STAGES[0], AssessmentStage(SECOND, notice=True), STAGES[2])

    def found(stage: str) -> AskedAgain | None:
        done = apply(
            *(typed(700), typed(800, stage=SECOND)),
            stages=stages,
            closed=SECOND_CLOSED,
            rows=(row(asked=again(50, 800, stage)),),
        )
        return done.rows[0].decisions[-1].again

    assert found(FIRST) is None
    assert found(SECOND) == found("") == AskedAgain(Money(800), Money(50))


def test_again__of_nothing_is_nothing_more() -> None:
    rows = (row(asked=again(0, 700)),)
    done = apply(typed(700), closed=SECOND_CLOSED, rows=rows)
    assert done.rows[0].decisions[-1].again == AskedAgain(Money(700), Money(0))


def of_prefecture(
    text: str, *records: EntryRecord, own: Restoration | None = None, **more: Any
) -> DecidedRows:
    """Return a request of a form that has stages of its own for 内示 and 調整要求."""
    form = parse_definition(text.encode(), "prefecture")
    document = documents_of("prefecture")[0]
    document["amounts"] = {"asked": document["amounts"]["asked"]}
    of = Request.from_document(document | {"id": ID}, form.axes)
    stages = (
        AssessmentStage(FIRST, column="内示", notice=True),
        AssessmentStage(LAST, column="調整要求", restoration=True),
    )
    history = DecisionHistory(records, (basis_of(of, ID),), **more)
    settings = replace(settings_of(form), stages=stages)
    return apply_decisions(history, (row(of, own),), settings, form)


PREFECTURE = form_text("prefecture")


def test_fills__a_stage_of_the_form_with_what_was_decided_there() -> None:
    def found(*records: EntryRecord, own: Restoration | None = None, **more: Any) -> list[Any]:
        request = of_prefecture(PREFECTURE, *records, own=own, **more).rows[0].request
        return [request.amount(one) for one in ("notice", "adjustment", "decided")]

    assert found() == [None, None, None]
    assert found(typed(900)) == [900, None, None]
    assert found(typed(900), closed=(FIRST,)) == [900, None, 900]
    assert found(typed(900), closed=(FIRST,), own=again(50)) == [900, 50, None]
    assert found(typed(70, stage=LAST), closed=(FIRST,)) == [None, None, 70]
    # What was decided when a stage was closed stands, though nothing is typed of it any more.
    settled = kept(800)
    assert found(typed(70, stage=LAST), closed=(FIRST,), settled=settled) == [800, None, 70]


@pytest.mark.parametrize(("treasury", "is_known"), [(50, True), (20, False)])
def test_again__sources_of_a_form_without_a_rest_come_to_all_of_it(
    treasury: int, is_known: bool
) -> None:
    text = PREFECTURE.replace(", rest = true", "")
    first = typed("要求どおり", VERDICT)
    done = of_prefecture(text, first, closed=(FIRST,), own=again(50, treasury=treasury))
    own = done.rows[0].decisions[-1].again
    assert own
    assert (own.sources is not None) is is_known


def test_yx794__hits_what_was_asked_again_of_a_closed_stage_that_did_not_decide_on_it() -> None:
    rows = (row(asked=again(50, 700)),)
    every = FIRST, SECOND, LAST
    (found,) = told(apply(typed(700), closed=every, rows=rows), "YX794")
    assert "復活要求 50千円 は、締めた段階「復活」" in found.fact
    assert (found.place.sheet, found.place.cell) == ("復活要求", "F7")
    assert told(apply(typed(700), closed=SECOND_CLOSED, rows=rows), "YX794") == []
    own = typed(720, stage=LAST)
    assert told(apply(typed(700), own, closed=every, rows=rows), "YX794") == []
    late = {LAST: {0: StageDecision(LAST, {"total": Money(720)}, ({}, {}), progress=Progress.DONE)}}
    assert told(apply(typed(700), own, closed=every, rows=rows, settled=late), "YX794")
    assert told(apply(typed(700), closed=every), "YX794") == []


def test_yx793__hits_what_was_asked_again_against_another_amount() -> None:
    def found(given: int | None, *records: EntryRecord) -> list[str]:
        rows = (row(asked=again(50, given)),)
        return [one.fact for one in told(apply(*records, closed=(FIRST,), rows=rows), "YX793")]

    (fact,) = found(700, typed(900))
    assert "内示額 700千円 に対するものですが、「財政課」の額は、いまは 900千円 です" in fact
    (fact,) = found(700, typed("保留", VERDICT), typed(700))
    assert "いまは 未定" in fact
    (told_,) = told(apply(rows=(row(asked=again(50, 700)),)), "YX793")
    assert told_.place == Place("復活/a.xlsx", "復活要求", "F7")
    (fact,) = found(None, typed(900))
    assert "内示額 未定" in fact
    assert found(900, typed(900)) == found(None) == []


@pytest.mark.parametrize(
    ("moves", "why"),
    [
        ({ID: "9999-9"}, "要求書「9999-9」がない"),
        ({"0101-1": ID}, "要求書「0101-1」に記入がない"),
        ({ID: ID}, ""),
    ],
)
def test_yx707__hits_a_move_of_nothing_or_to_nothing(moves: dict[str, str], why: str) -> None:
    found = told(apply(typed(900), moves=moves), "YX707")
    assert [why in one.fact for one in found] == ([True] if why else [])


def test_checked__beside_the_stage_before_it() -> None:
    records = typed("要求どおり", VERDICT), typed(900, stage=SECOND), typed(1_000, stage=LAST)
    done = apply(*records, closed=SECOND_CLOSED)
    assert any("「区長」の 900千円 から、要求の 1,000千円 に" in one.fact for one in done.findings)


def test_findings__name_a_request_without_a_title_by_its_id() -> None:
    own = Request.from_document(OWN.document | {"title": None}, AXES)
    then = replace(basis_of(own, ID), asked=1_100)
    rows = (row(own, again(0, 700)),)
    lines = typed(500, line=1), typed(300, line=2)
    every = FIRST, SECOND, LAST
    done = apply(typed(900), rows=rows, then=then, closed=every, settled=kept(800, 500, 300))
    assert {"YX703", "YX730", "YX793", "YX794"} <= {one.code for one in done.findings}
    more = apply(typed(900), *lines, rows=rows, then=basis_of(own, ID))
    for one in (*done.findings, *told(more, "YX610")):
        assert f"「{ID}」" in one.fact
    (late,) = told(done, "YX794")
    assert "復活要求 0千円" in late.fact


def test_yx707__hits_the_second_of_two_moves_to_one_request() -> None:
    others = [Request.from_document(one, AXES) for one in example_documents() if one["id"] != ID]
    rows = (row(), *map(row, others))
    one, two = (str(other.id) for other in others[:2])
    (found,) = told(apply(typed(900), rows=rows, moves={ID: one, two: one}), "YX707")
    assert f"「{two}」→「{one}」は、「{one}」に移す行がほかにもある" in found.fact
    # One that was acted on once says nothing of a project that is back.
    back = apply(typed(900), rows=rows, moves={ID: one}, heeded={ID: one})
    assert (told(back, "YX707"), totals(back)) == ([], [900])


def test_yx707__hits_a_move_to_where_another_project_is_decided() -> None:
    (document,) = (one for one in example_documents() if one["id"] == "0206-1")
    rows = row(), row(Request.from_document(document, AXES))
    there = basis_of(rows[1].request, "0206-1")
    gone = replace(there, title="別の事業", lines=(), asked=1)
    moves: dict[str, Any] = {"moves": {"0206-1": ID}, "heeded": {"0206-1": ID}, "rows": rows}
    both = typed(900), typed(5, basis=1)
    (found,) = told(apply(*both, more=(gone,), **moves), "YX707")
    assert f"「{ID}」では別の事業として決まっている" in found.fact
    assert told(apply(typed(5), then=gone, **moves), "YX707") == []
    assert told(apply(*both, more=(there,), **moves), "YX707") == []


def test_entries__what_follows_stands_in_cells_where_nothing_was_typed() -> None:
    done = apply(typed(500, line=1), typed(300, line=2))
    total, line = Spot(ID, TOTAL), Spot(ID, TOTAL, line_keys(OWN)[0])
    assert (done.entries.shown(total), total in done.entries.typed) == (800, False)
    assert (done.entries.shown(line), line in done.entries.base) == (500, False)
    emptied = apply(typed(500, line=1), typed(300, line=2), typed(900), typed(None))
    assert emptied.entries.shown(total) == 800
    assert total not in emptied.entries.typed
    alone = apply(typed(900), typed(None))
    assert alone.entries.typed == {total: None}


def test_entries__what_the_document_says_stands_there_while_nothing_was_typed() -> None:
    document = next(one for one in example_documents() if one["id"] == ID)
    of = Request.from_document(document | {"total": document["total"] | {"budgeted": 30_000}}, AXES)
    spot = Spot(ID, TOTAL)
    assert apply(rows=(row(of),)).entries.base[spot] == 30_000
    assert spot not in apply(typed("x", "reason"), rows=(row(of),)).entries.base
    assert spot not in apply(rows=(row(of),), closed=(FIRST,)).entries.base


def test_of_change__is_told_at_the_last_stage_that_was_typed() -> None:
    then = replace(basis_of(OWN, ID), asked=1_100)
    done = apply(typed(900), typed(800, stage=SECOND), then=then, closed=(FIRST,))
    assert len(told(done, "YX703")) == 1
    assert done.rows[0].request.amount(ASKED) == 1_000


def test_listed__is_told_with_its_title_and_unit() -> None:
    (found,) = told(apply(typed(None, raw="約", why="金額ではありません")), "YX611")
    assert found.fact.startswith(f"「{OWN.title}」")
    assert "（金額は千円単位の整数）" in found.remedy
    reason = typed(None, "reason", raw="長い", why="長すぎます")
    (found,) = told(apply(reason), "YX611")
    assert "千円単位" not in found.remedy
    (found,) = told(apply(typed(5, raw="5", why="わけ", basis=None)), "YX612")
    assert found.fact.startswith(f"「{ID}」")
    assert told(apply(typed("メモ", "", why="欄の外")), "YX612") == []
