"""What stages and sources of a definition are, and what of them does not fit together."""

from __future__ import annotations

from typing import Any

import pytest

from yosan_xl.form.definition import Field, FilledBy
from yosan_xl.form.vocabulary.amounts import check_columns, grid_of, sources_of, stages_of
from yosan_xl.form.vocabulary.shape import Faults
from yosan_xl.model.axes import ASKED, DECIDED, LAST_YEAR, SPECIFIC, TOTAL, Column, RowList

REQUEST = {"label": "要求", "is": "asked"}
PRIOR = {"label": "前年", "is": "last_year"}


def wrong(table: dict[str, Any]) -> list[str]:
    faults = Faults("")
    stages_of(table, faults)
    sources_of(table, faults)
    return [one.problem for one in faults.found.values()]


def staged(**stages: dict[str, Any]) -> list[str]:
    return wrong({"stages": {"request": REQUEST, "prior": PRIOR, **stages}})


DIFFERENCE = {"label": "差", "total": "difference", "of": ["request", "prior"]}


@pytest.mark.parametrize(
    ("stage", "problem"),
    [
        (DIFFERENCE, None),
        ({**DIFFERENCE, "total": "sum"}, None),
        ({**DIFFERENCE, "total": "rate"}, None),
        ({**DIFFERENCE, "of": ["request"]}, "もとになる段階が2つ以上いります。"),
        (
            {**DIFFERENCE, "of": ["request", "other"]},
            "of の「other」という段階は、これより前にありません。",
        ),
        (
            {**DIFFERENCE, "of": ["request", "a"]},
            "of の「a」という段階は、これより前にありません。",
        ),
        ({**DIFFERENCE, "by": "finance"}, "ほかの段階から求める段階に by は書けません。"),
        (
            {"label": "差", "of": ["request", "prior"]},
            "of は、ほかの段階から求める段階だけのものです。",
        ),
        (
            {**DIFFERENCE, "is": "decided"},
            'is = "decided" の段階は、ほかの段階から求められません。',
        ),
        ({"label": "差", "is": "asked"}, 'is = "asked" の段階が「request」と「a」の2つあります。'),
        ({"label": "差", "is": "step"}, None),
        (
            {"label": "差", "is": "decided", "by": "department"},
            "最後に決まる額（decided）は財政課が入れます。",
        ),
        ({"label": "差", "is": "decided", "by": "finance"}, None),
        ({"label": "差", "is": "decided"}, None),
    ],
)
def test_stages__what_does_not_fit_is_told(stage: dict[str, Any], problem: str | None) -> None:
    assert staged(a=stage) == ([problem] if problem else [])


def test_stages__a_rate_is_of_two_and_nothing_is_of_a_rate() -> None:
    rate = {**DIFFERENCE, "total": "rate"}
    three = {**rate, "of": ["request", "prior", "more"]}
    assert staged(more={"label": "補正"}, a=three) == ["rate の of は2つです。"]
    assert staged(a=rate, b={**DIFFERENCE, "of": ["request", "a"]}) == [
        "of の「a」という段階は、これより前にありません。"
    ]


def test_stages__one_is_asked_by_departments_and_has_its_own_name() -> None:
    assert wrong({"stages": {"a": {"label": "い"}}}) == [
        'is = "asked" の段階（所管課の要求額）がありません。'
    ]
    assert wrong({}) == []
    assert wrong({"stages": {"a": {**REQUEST, "by": "finance"}}}) == [
        "要求額（asked）は所管課が入れます。"
    ]
    assert wrong({"stages": {"asked": REQUEST}}) == []
    assert staged(decided={"label": "い"}) == [
        '「decided」は is = "decided" の段階だけの名前です。'
    ]


def test_stages__keys_and_who_fills_them_follow_from_what_they_mean() -> None:
    table = {
        "stages": {
            "r": REQUEST,
            "p": PRIOR,
            "d": {"label": "い", "is": "decided"},
            "n": {"label": "ろ", "by": "finance"},
            "x": {"label": "は", "total": "sum", "of": ["r", "p"]},
            "s": {"label": "に"},
        }
    }
    found = stages_of(table, Faults(""))
    assert [(one.key, one.by) for one in found] == [
        (ASKED, "department"),
        (LAST_YEAR, "prior"),
        (DECIDED, "finance"),
        ("n", "finance"),
        ("x", "formula"),
        ("s", "department"),
    ]
    assert [one.is_computed for one in found] == [False] * 4 + [True, False]


@pytest.mark.parametrize(
    ("sources", "problem"),
    [
        ({"a": {"rest": True}, "b": {"rest": False}}, None),
        (
            {"a": {"rest": True}, "b": {"rest": True}},
            "rest = true の財源（一般財源）が「a」と「b」の2つあります。",
        ),
        ({"total": {}}, "「total」は、合計を指す言葉なので、財源の名前に使えません。"),
        (
            {"specific": {}},
            "「specific」は、特定財源の計を指す言葉なので、財源の名前に使えません。",
        ),
    ],
)
def test_sources__what_does_not_fit_is_told(sources: dict[str, Any], problem: str | None) -> None:
    said = {key: {"label": key, **own} for key, own in sources.items()}
    assert wrong({"sources": said}) == ([problem] if problem else [])


def a_list(key: str, *columns: tuple[str, str | None, str]) -> RowList:
    own = tuple(
        Column(name, name, "money", "department", stage=stage, source=source)
        for name, stage, source in columns
    )
    return RowList(key, key, f"/lists/{key}", own)


SOURCES = {"a": {"label": "国庫", "name": True}, "b": {"label": "一財", "rest": True}}
LINES = a_list("lines", ("amount", ASKED, TOTAL), ("grant", ASKED, SPECIFIC))


def grid(
    stages: dict[str, Any], *lists: RowList, sources: dict[str, Any] | None = None
) -> tuple[dict[str, Field], list[str]]:
    """Return the fields of all amounts, and what is wrong."""
    faults = Faults("")
    table = {"stages": stages, "sources": SOURCES if sources is None else sources}
    made = grid_of(stages_of(table, faults), sources_of(table, faults), lists, "円", faults)
    return dict(made.fields), [one.problem for one in faults.found.values()]


def related(fields: dict[str, Field]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the fields that follow from others by the ends of their pointers: how, and from what."""
    return {
        pointer.removeprefix("/amounts/"): (one.relation.kind, tuple(one.relation.of))
        for pointer, one in fields.items()
        if one.relation
    }


def test_grid__rows_add_up_and_the_rest_is_what_is_left() -> None:
    fields, problems = grid({"request": REQUEST}, LINES)
    assert problems == []
    assert related(fields) == {
        "request/total": ("sum", ("/lists/lines/*/amount",)),
        "request/specific": ("sum", ("/lists/lines/*/grant",)),
        "request/b": ("difference", ("/amounts/request/total", "/amounts/request/a")),
    }
    own = fields["/amounts/request/a"]
    assert (own.label, own.by, own.hint) == (
        "国庫",
        FilledBy.DEPARTMENT,
        "国庫を円の整数で入力してください。",
    )
    assert fields["/amounts/request/b"].hint == ""
    assert fields["/source_names/a"].label == "国庫の名称"


def test_grid__specific_is_that_of_lists_that_add_up_to_the_total_else_of_the_first() -> None:
    alone = a_list("why", ("part", ASKED, SPECIFIC))
    assert related(grid({"request": REQUEST}, alone, LINES)[0])["request/specific"] == (
        "sum",
        ("/lists/lines/*/grant",),
    )
    other = a_list("more", ("part", ASKED, SPECIFIC))
    found = related(grid({"request": REQUEST}, alone, other)[0])
    assert found["request/specific"] == ("sum", ("/lists/why/*/part",))
    assert "request/total" not in found


def test_grid__a_total_of_sources_leaves_the_rest_to_be_entered() -> None:
    found = related(grid({"request": {**REQUEST, "total": "sources"}})[0])
    assert found == {
        "request/total": ("sum", ("/amounts/request/a", "/amounts/request/b")),
    }


def test_grid__of_last_year_nothing_follows() -> None:
    fields, _ = grid({"request": REQUEST, "prior": PRIOR})
    assert [one for one in related(fields) if one.startswith("prior")] == []


def test_grid__computed_stages_have_the_sources_that_theirs_have() -> None:
    stages = {
        "request": REQUEST,
        "prior": {**PRIOR, "sources": False},
        "gap": DIFFERENCE,
        "both": {"label": "計", "total": "sum", "of": ["request", "request2"]},
        "rate": {"label": "率", "total": "rate", "of": ["request", "prior"]},
    }
    stages = {"request2": {"label": "補正"}, **stages}
    fields, problems = grid(stages)
    assert problems == []
    found = related(fields)
    request, prior = "/amounts/request/total", "/amounts/prior/total"
    assert found["gap/total"] == ("change", (request, request, prior))
    assert "/amounts/gap/a" not in fields
    assert found["both/a"] == ("sum", ("/amounts/request/a", "/amounts/request2/a"))
    assert found["/rates/rate"] == ("rate", (request, prior))
    assert fields["/rates/rate"].decimals == 1
    both = fields["/amounts/both/a"].relation
    assert both is not None
    assert both.parts[0] == (request, "/amounts/request/a", "/amounts/request/b")
    total = fields["/amounts/both/total"].relation
    assert total is not None
    assert total.parts == ()


@pytest.mark.parametrize(
    ("stage", "lists", "sources", "problem"),
    [
        ({"total": "lines"}, (LINES,), SOURCES, None),
        ({"total": "lines"}, (), SOURCES, "この段階に足す明細の列がありません。"),
        ({"total": "entry"}, (), SOURCES, None),
        ({"total": "entry"}, (LINES,), SOURCES, "合計が entry なのに、明細の列も足しています。"),
        (
            {"total": "sources"},
            (LINES,),
            SOURCES,
            "合計が sources なのに、明細の列も足しています。",
        ),
        ({"total": "sources"}, (), SOURCES, None),
        ({"total": "sources"}, (), {}, "合計を求める財源がありません。"),
        ({"total": "sources", "sources": False}, (), SOURCES, "合計を求める財源がありません。"),
        ({}, (LINES,), SOURCES, None),
    ],
)
def test_total__that_does_not_fit_is_told(
    stage: dict[str, Any],
    lists: tuple[RowList, ...],
    sources: dict[str, Any],
    problem: str | None,
) -> None:
    _, problems = grid({"request": {**REQUEST, **stage}}, *lists, sources=sources)
    assert problems == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ([("x", ASKED, TOTAL), ("y", ASKED, SPECIFIC), ("z", ASKED, "a")], None),
        ([("x", ASKED, TOTAL), ("y", ASKED, TOTAL)], "「x」と同じ段階の同じ額に足しています。"),
        (
            [("x", LAST_YEAR, TOTAL)],
            "「前年」は前年度の額を入れる段階なので、明細からは求められません。",
        ),
        (
            [("x", "gap", TOTAL)],
            "「差」はほかの段階から求める段階なので、明細からは求められません。",
        ),
        ([("x", DECIDED, TOTAL)], "「決定」の段階と、入れる人（by）がちがいます。"),
        (
            [("x", ASKED, "b")],
            "一般財源（rest）は合計から引いて求めるので、列からは求められません。",
        ),
        ([("x", "bare", "a")], "「裸」の段階に財源がありません。"),
        ([("x", "bare", TOTAL)], None),
        ([("x", "whole", "b")], None),
        ([("x", None, TOTAL), ("y", None, TOTAL), ("z", "other", TOTAL)], None),
    ],
)
def test_columns__what_they_cannot_add_up_to_is_told(
    columns: list[tuple[str, str | None, str]], problem: str | None
) -> None:
    stages = {
        "request": REQUEST,
        "prior": PRIOR,
        "gap": DIFFERENCE,
        "d": {"label": "決定", "is": "decided"},
        "bare": {"label": "裸", "sources": False},
        "whole": {"label": "全", "total": "sources"},
    }
    faults = Faults("")
    table = {"stages": stages, "sources": SOURCES}
    own = [a_list("lines", *columns)]
    check_columns(own, stages_of(table, faults), sources_of(table, faults), faults)
    assert [one.problem for one in faults.found.values()] == ([problem] if problem else [])
