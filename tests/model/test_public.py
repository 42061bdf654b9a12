"""What of a form is for the public."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.report.forms import (
    PREFECTURE,
    PREFECTURE_YEAR,
    TOWN,
    TOWN_YEAR,
    made_row,
    prefecture_document,
    town_document,
)
from yosan_xl.form.load import load_definition
from yosan_xl.model.assessment import Progress, Restoration, StageBasis, StageChange, StageDecision
from yosan_xl.model.axes import ASKED, DECIDED, STEP, TOTAL, Stage
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.public import public_axes, public_document, public_rows, why_open
from yosan_xl.model.settings import AssessmentStage


def test_public_axes__lack_finance_s_steps_and_what_is_computed_from_them() -> None:
    amounts = {"total": "/amounts/gap/total"}
    gap = Stage("gap", "差", STEP, "formula", "difference", amounts, ("appeal", "notice"))
    own = Stage("own", "差の差", STEP, "formula", "difference", amounts, ("gap", ASKED))
    axes = replace(PREFECTURE, stages=(*PREFECTURE.stages, gap, own))
    assert [one.key for one in public_axes(axes).stages] == [
        *("last_year", "asked", "change", "appeal", "decided"),
    ]


def test_public_axes__lack_private_fields_columns_and_the_note_of_the_rest() -> None:
    shown = public_axes(PREFECTURE)
    assert not [one for one in shown.fields if one.private]
    assert {one.label for one in PREFECTURE.lists[0].columns} - {
        one.label for one in shown.lists[0].columns
    } == {"内示", "覚え"}
    assert [bool(one.name) for one in shown.sources] == [True, False, False, False]


def test_public_axes__of_a_form_without_secrets_are_the_same() -> None:
    shown = public_axes(TOWN)
    assert (shown.stages, shown.fields, shown.lists) == (TOWN.stages, TOWN.fields, TOWN.lists)


def test_public_document__of_the_first_vocabulary_lacks_one_note_alone() -> None:
    axes = load_definition("minato-r2").axes
    document = {"funding": {"general": {"name": "備考", "amount": 1}}, "lines": [{"label": "甲"}]}
    assert public_document(document, axes) == {
        "funding": {"general": {"name": None, "amount": 1}},
        "lines": [{"label": "甲"}],
    }


def test_public_document__of_another_shape_is_left_as_it_is() -> None:
    for document in ({"lists": 3}, {"lists": {"items": 3}}, {"lists": {"items": [4]}}, {}):
        assert public_document(document, PREFECTURE) == document


def test_public_axes__lack_a_list_of_private_columns_alone_and_its_rows() -> None:
    own = PREFECTURE.lists[0]
    secret = replace(own, columns=tuple(one._replace(private=True) for one in own.columns))
    axes = replace(PREFECTURE, lists=(secret, *PREFECTURE.lists[1:]))
    assert [one.key for one in public_axes(axes).lists] == [one.key for one in axes.lists[1:]]
    document = {"lists": {own.key: [{own.columns[0].key: "甲"}, {}]}}
    assert public_document(document, axes) == {"lists": {own.key: []}}


def _decided_row(
    *,
    is_closed: bool,
    is_funded: bool = True,
    stage: str = "査定",
    progress: Progress = Progress.DONE,
) -> SummaryRow:
    row = made_row(prefecture_document(reason="庁内の話。"), PREFECTURE)
    handed_in = made_row(prefecture_document(reason="要求のときの文。"), PREFECTURE).request
    request = replace(row.request, origin=handed_in.origin, is_decided=True)
    decision = StageDecision(
        stage,
        {"total": Money(11_110)},
        verdict="一部減額",
        reason="途中の理由",
        progress=progress,
        is_closed=is_closed,
        is_funded=is_funded,
    )
    return replace(row, request=request, decisions=(StageDecision("財政課"), decision))


YEAR = replace(PREFECTURE_YEAR, stages=(AssessmentStage("財政課"), AssessmentStage("査定")))


def test_public_rows__of_a_closed_stage_have_the_decision_and_no_reason() -> None:
    (row,), left_out = public_rows([_decided_row(is_closed=True)], YEAR)
    assert (row.request.amount(DECIDED), left_out) == (11_110, 0)
    assert row.request.meaning("rationale") == "庁内の話。"
    assert [(one.stage, one.verdict, one.reason) for one in row.decisions] == [("査定", None, None)]


@pytest.mark.parametrize(
    "case",
    [
        {"is_closed": False},
        {"is_closed": True, "is_funded": False},
        {"is_closed": True, "stage": "区長"},
        {"is_closed": True, "progress": Progress.DOUBTFUL},
        {"is_closed": True, "progress": Progress.HELD},
    ],
)
def test_public_rows__of_an_open_stage_are_as_they_were_handed_in(case: dict[str, Any]) -> None:
    (row,), left_out = public_rows([_decided_row(**case)], YEAR)
    assert left_out == 1
    assert row.decisions == ()
    assert row.request.meaning("rationale") == "要求のときの文。"
    decided = {cell: found for cell, found in row.request.amounts.items() if cell[0] == DECIDED}
    assert set(decided.values()) == {None}
    assert row.request.amount(ASKED) == 6_000
    assert row.request.document["amounts"][DECIDED]["total"] is None
    assert row.request.document["reason"] == "要求のときの文。"


def test_public_rows__without_stages_are_closed_when_every_request_is_decided() -> None:
    one = made_row(town_document(1, decided=5), TOWN)
    two = made_row(town_document(2), TOWN)
    whole, _ = public_rows([one], TOWN_YEAR)
    assert whole[0].request.amount(DECIDED) == 5
    part, left_out = public_rows([one, two], TOWN_YEAR)
    assert [row.request.amount(DECIDED) for row in part] == [None, None]
    assert left_out == 1


def test_public_rows__know_nothing_of_what_is_asked_back() -> None:
    back = Restoration("1-1", {"total": Money(3)}, "足りない。", "復活.xlsx")
    row = replace(made_row(town_document(1, decided=5), TOWN), restoration=back)
    assert public_rows([row], TOWN_YEAR)[0][0].restoration is None


@pytest.mark.parametrize("progress", [Progress.DONE, Progress.DOUBTFUL])
def test_public_rows__without_stages_have_no_decision_that_is_to_be_looked_at(
    progress: Progress,
) -> None:
    own = StageDecision("査定", {"total": Money(5)}, progress=progress)
    row = replace(made_row(town_document(1, decided=5), TOWN), decisions=(own,))
    (shown,), left_out = public_rows([row], TOWN_YEAR)
    is_open = progress is Progress.DOUBTFUL
    assert (shown.request.amount(DECIDED), left_out) == (None if is_open else 5, int(is_open))


MOVED = StageChange(StageBasis(Money(1)), StageBasis(Money(2)))


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        ({}, None),
        ({"progress": Progress.HELD}, "保留"),
        ({"progress": Progress.HELD, "is_funded": False}, "保留"),
        (
            {"progress": Progress.DOUBTFUL, "is_funded": False},
            "要確認（財源が決まっていないか、額と合わない）",
        ),
        (
            {"progress": Progress.DOUBTFUL, "moved": MOVED},
            "要確認（決めたあとに前の段階の額か復活要求が変わった）",
        ),
        (
            {"progress": Progress.DOUBTFUL, "is_changed": True},
            "要確認（決めたあとに要求が変わった）",
        ),
        ({"progress": Progress.DOUBTFUL}, "要確認（決定に誤りがある）"),
        ({"is_funded": False}, "財源が未定"),
        ({"is_closed": False}, "段階「査定」を締める前の額"),
    ],
)
def test_why_open__says_what_a_decision_lacks(decision: dict[str, Any], why: str | None) -> None:
    row = _decided_row(is_closed=True)
    own = replace(row.decisions[-1], **decision)
    assert why_open(replace(row, decisions=(own,)), YEAR) == why


@pytest.mark.parametrize(
    ("decided", "sources", "why"),
    [
        (5, {"help": 2, "own": 3}, None),
        (5, {"help": 2, "own": 2}, "財源の計と1円ちがう額"),
        (5, {"help": 7}, "財源の計と2円ちがう額"),
        (5, {"own": 5}, None),
        (0, {"help": 0, "own": 0}, None),
        (None, {"own": 5}, "未定"),
        (None, {}, "未定"),
    ],
)
def test_why_open__where_the_sources_do_not_come_to_the_amount(
    decided: int | None, sources: dict[str, int], why: str | None
) -> None:
    row = made_row(town_document(1), TOWN)
    amounts = {
        **row.request.amounts,
        (DECIDED, TOTAL): None if decided is None else Money(decided),
        **{
            (DECIDED, one): Money(sources[one]) if one in sources else None
            for one in ("help", "own")
        },
    }
    given = replace(row, request=replace(row.request, amounts=amounts))
    assert why_open(given, TOWN_YEAR) == why
    bare = replace(TOWN, sources=())
    without = replace(given, request=replace(given.request, axes=bare))
    assert why_open(without, TOWN_YEAR) == ("未定" if decided is None else None)


def test_public_rows__have_nothing_of_a_decision_but_its_amounts() -> None:
    row = _decided_row(is_closed=True)
    own = replace(row.decisions[-1], is_kept=True, is_changed=True, moved=MOVED)
    (shown,) = public_rows([replace(row, decisions=(own,))], YEAR)[0]
    (decision,) = shown.decisions
    assert (decision.is_kept, decision.is_changed, decision.moved) == (False, False, None)
    assert decision.amounts == own.amounts


def test_public_document__lacks_the_subtotals_of_columns_that_are_finance_s() -> None:
    document = {
        "subtotals": {"items": [{"group": "委託料", "amount": 5, "offer": 4, "memo": "甲"}]}
    }
    assert public_document(document, PREFECTURE) == {
        "subtotals": {"items": [{"group": "委託料", "amount": 5, "offer": None, "memo": "甲"}]}
    }


def test_public_document__a_key_that_is_an_asterisk_is_no_row() -> None:
    rows = {"lists": {"items": {"*": {"offer": 3}}}}
    assert public_document(rows, PREFECTURE) == {"lists": {"items": {"*": {"offer": None}}}}
    listed: dict[str, Any] = {"lists": [{"items": 3}]}
    assert public_document(listed, PREFECTURE) == listed
